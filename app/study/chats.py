"""Chats as trees of turns, so that editing or regenerating never throws anything away.

    chat, turn = await store.add(chat, parent="", role="user", text="Hello!")
    turns = await store.tail(chat, 60)          # the newest 60 turns of the branch on show

A turn knows its parent and its children. A chat knows the branch on show (`path`). Editing a question makes a sibling
of it, regenerating makes a sibling of the reply; `‹ 2/3 ›` walks between siblings. Turns are records of their own, so a
chat of a thousand turns opens as fast as a short one.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from typing import Annotated, Literal, TypedDict, Unpack

from app.core.cures import CurePage
from app.core.persona import Persona
from app.core.places import Place, place_of_record, told_of_record
from app.core.ports import Clock, Json, Record, Records
from app.core.reading import texts
from app.core.shapes import Strictly, When, decode, within
from app.core.text import shorten
from app.core.texts import Text, TextOrWords
from app.core.thinking import split
from app.core.values import StopReason, Timing, Usage
from app.study.attachments import Attachment, Draft, File, delete, file_from, sent
from app.study.cited import Cited, Scope, Sources, written_from
from app.study.ran import Checked, RunMark
from app.study.source import Source
from app.study.summary import Summary
from app.study.tutored import Tutored

TITLE_LENGTH = 48
Leave = Literal["", "yes", "no"]
Opinion = Literal["", "good", "bad"]
Write = tuple[str, str, Json]
Temperature = Annotated[float, within(0, 2)]


@dataclass(frozen=True, slots=True)
class Problem:
    """An error as it is kept beside a reply: what happened, what to do and on which page, whether to offer another try,
    the raw text."""

    message: str
    cure: str = ""
    again: bool = True
    detail: str = ""
    page: CurePage = "models"


@dataclass(frozen=True, slots=True)
class Turn:
    """One question or reply. `created` is seconds since 1970; the figures are empty for a question."""

    id: str
    chat_id: str
    parent: str
    role: Literal["user", "assistant"]
    text: str
    created: When = 0.0
    children: tuple[str, ...] = ()
    model_id: str = ""
    model_name: str = ""
    engine: str = ""
    where: str = ""
    usage: Usage = Usage()
    timing: Timing = Timing()
    stop_reason: StopReason = "end"
    notices: tuple[str, ...] = ()
    problem: Problem | None = None
    thinking: str = ""  # what the model wrote for itself before it answered
    receipt: Json | None = None  # how Automatic chose the model (app.models.routing.decision)
    place: Place = Place.BROWSER  # where the words went; `where` tells it in words
    opinion: Opinion = ""  # what the person thinks of a reply; it never leaves this device
    attachments: tuple[Attachment, ...] = ()  # of a question
    pictures: int = 0  # that the model was given for a reply
    persona: Persona | None = None  # by which a reply was made, as it was then
    dropped: int = 0  # of the oldest messages: as many it was not given, since it could not read them all
    ran: RunMark | None = None  # of a question that tells what a program printed
    sources: Sources | None = None  # of a reply: the passages of documents that it was written from
    tutor: Tutored | None = None  # of a tutored chat: which step it is
    checked: Checked | None = None  # of a reply: what runs have found out about its claims

    @property
    def passages(self) -> tuple[Cited, ...]:
        """What a reply was written from; none where no documents were asked, or nothing was found."""
        return self.sources.passages if self.sources else ()

    @property
    def found_nothing(self) -> bool:
        """Whether no model was asked, since the documents hold nothing about the question."""
        return self.sources is not None and not self.passages and not self.model_id


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat's own record. `path` holds the ids of the turns on show, oldest first; `roots` the first questions."""

    id: str
    title: str = ""
    created: When = 0.0
    updated: When = 0.0
    path: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()
    is_named: bool = False
    is_private: Strictly[bool] = False  # nothing of it ever leaves this device
    leave: Leave = ""  # whether its words may leave it by Automatic's choice, as the person said; "": not asked yet
    is_pinned: bool = False  # whether it stays at the top of the list
    source: Source | None = None  # where it was brought from, None for a chat of this app
    notebook: str = ""  # the one that it lies in, "" for none; one that was deleted is none
    persona: Persona | None = None  # who answers in it, as it was when that was last looked up
    temperature: Temperature | None = None  # of its replies; None is as in Settings, for `think` too
    think: bool | None = None
    model_id: str | None = None  # who answers in it; None is who answers in every chat
    summary: Summary | None = None  # stands for its beginning, for the model
    scope: Scope | None = None  # the documents that its replies are written from, None for none

    @property
    def name(self) -> TextOrWords:
        """What it is called."""
        return self.title or Text("chats.new")


class ChatChanges(TypedDict, total=False):
    """Fields of a chat's own record that change by themselves."""

    title: str
    updated: float
    path: tuple[str, ...]
    is_named: bool
    is_private: bool
    leave: Leave
    is_pinned: bool
    notebook: str
    summary: Summary | None
    persona: Persona | None
    temperature: float | None
    think: bool | None
    model_id: str | None
    scope: Scope | None


#: what of a chat's record only `change` changes, and a branch takes over
CHOICES = ("persona", "temperature", "think", "model_id", "scope")


def turn_from(record: object, lost: list[str] | None = None) -> Turn:
    """A turn from its stored record; what of it cannot be read is named in `lost`. Replies of earlier versions may hold
    their thinking in the text: it is told apart here, so that it is folded and never sent back. Raises Damaged."""
    turn = decode(Turn, record, lost)
    if turn.role == "assistant" and not turn.thinking:
        thinking, text = split(turn.text)
        turn = replace(turn, thinking=thinking, text=text)
    place = place_of_record(turn.place, turn.where, turn.model_id)
    problem = _with_page(turn.problem, record)
    return replace(turn, place=place, where=told_of_record(place, turn.where), problem=problem)


def _with_page(problem: Problem | None, record: object) -> Problem | None:
    """A problem with the page that mends it. Before pages were kept, only the cure told which one it was."""
    kept = record.get("problem") if isinstance(record, Mapping) else None
    if problem is None or not isinstance(kept, Mapping) or "page" in kept:
        return problem
    return replace(problem, page="settings" if "Settings" in str(kept.get("cure", "")) else "models")


def chat_from(record: object, lost: list[str] | None = None) -> Chat:
    """A chat from its stored record; what of it cannot be read is named in `lost`. Raises Damaged."""
    return decode(Chat, record, lost)


def new_id() -> str:
    """A short random name for a chat or turn."""
    return secrets.token_hex(6)


class ChatStore:
    """Chats and turns on two shelves. Each change is one durable transaction; nothing is ever half written. A chat's
    record is read and written under a lock: of two changes at a time none is lost. `private` are the chats made private
    on this page: no record is written without that mark."""

    def __init__(self, records: Records, clock: Clock) -> None:
        self._records = records
        self._clock = clock
        self._lock = asyncio.Lock()
        self.private: set[str] = set()

    async def all(self) -> list[Chat]:
        """Every chat, the one used last first."""
        chats = [chat_from(record) for record in await self._records.all("chats")]
        return sorted(chats, key=lambda chat: -chat.updated)

    async def turns(self, ids: Iterable[str]) -> list[Turn]:
        """The turns with these ids, in that order; ids that are not stored are left out."""
        return [turn_from(record) for record in await self._records.get("turns", list(ids)) if record]

    async def tail(self, chat: Chat, limit: int, skip: int = 0) -> list[Turn]:
        """The last `limit` turns of the branch on show, before its last `skip`. Another chat's never come with them."""
        end = len(chat.path) - skip
        turns = await self.turns(chat.path[max(0, end - limit) : end])
        return [turn for turn in turns if turn.chat_id == chat.id]

    async def opened(self, chat: Chat, limit: int) -> tuple[Chat, list[Turn]]:
        """A chat and its last turns. Where its records do not fit each other, its branches are found again by the
        turns' parents, and written."""
        turns = await self.tail(chat, limit)
        if _fit(chat, turns, limit):
            return chat, turns
        async with self._lock:
            chat = await self._mend(chat)
        return chat, await self.tail(chat, limit)

    async def _mend(self, chat: Chat) -> Chat:
        [stored] = await self._records.get("chats", [chat.id])
        if stored is None:
            return chat
        from app.study.archive.trees import mended  # most chats never need it

        turns = await self._records.all("turns")
        before = {str(record["id"]): record for record in turns if record["chat_id"] == chat.id}
        record, after = mended(stored, before)
        writes: list[Write] = [("turns", id, turn) for id, turn in after.items() if turn != before[id]]
        whole = chat_from(record)
        return await self._write(whole, writes) if writes or record != stored else self._marked(whole)

    async def add(self, chat: Chat, parent: str, turn: Turn, drafts: Sequence[Draft] = ()) -> tuple[Chat, Turn]:
        """Add a turn under `parent` ("" for a first question) and show its branch. With it are kept the contents of
        `drafts`, which were attached while it was written."""
        async with self._lock:
            return await self._add(chat, parent, turn, drafts)

    async def _add(self, chat: Chat, parent: str, turn: Turn, drafts: Sequence[Draft]) -> tuple[Chat, Turn]:
        now, chat = self._clock.now(), await self.as_stored(chat)
        turn = replace(turn, parent=parent, chat_id=chat.id, created=turn.created or now)
        writes: list[Write] = [("turns", turn.id, asdict(turn))]
        path = chat.path[: chat.path.index(parent) + 1] if parent else ()
        roots = chat.roots
        if parent:
            writes += await self._adopt(parent, turn.id)
        else:
            roots = (*roots, turn.id)
        title = chat.title
        if not chat.path and not chat.is_named and turn.role == "user":
            title = shorten(turn.text, TITLE_LENGTH) or chat.title
        chat = replace(chat, path=(*path, turn.id), roots=roots, title=title, updated=now, created=chat.created or now)
        puts, deletes = sent(drafts)
        return await self._write(chat, (*puts, *writes), deletes), turn

    async def _write(self, chat: Chat, turns: Iterable[Write] = (), deletes: Sequence[tuple[str, str]] = ()) -> Chat:
        chat = self._marked(chat)
        await self._records.write([*turns, ("chats", chat.id, asdict(chat))], deletes)
        return chat

    def _marked(self, chat: Chat) -> Chat:
        return replace(chat, is_private=chat.is_private or chat.id in self.private)

    async def _adopt(self, parent: str, child: str) -> list[Write]:
        [record] = await self._records.get("turns", [parent])
        if record is None:
            return []
        return [("turns", parent, {**record, "children": [*ids_in(record, "children"), child]})]

    async def save_turn(self, turn: Turn) -> None:
        """Write a turn again, as it is now; the children it has gained meanwhile are kept."""
        [record] = await self._records.get("turns", [turn.id])
        children = ids_in(record, "children") if record else turn.children
        await self._records.write([("turns", turn.id, {**asdict(turn), "children": list(children)})])

    async def as_stored(self, chat: Chat) -> Chat:
        """The chat with what has changed in its record meanwhile, here or in another page, but the branch on show. What
        is private stays so."""
        [record] = await self._records.get("chats", [chat.id])
        if not record:
            return chat
        more = [root for root in ids_in(record, "roots") if root not in chat.roots]
        stored = chat_from(record)
        is_private = chat.is_private or stored.is_private
        only_changed = ("leave", "title", "is_named", "is_pinned", "notebook", "summary", *CHOICES)  # by `change`
        known = {name: getattr(stored, name) for name in only_changed}
        return self._marked(replace(chat, roots=(*chat.roots, *more), is_private=is_private, **known))

    async def change(self, chat: Chat, **fields: Unpack[ChatChanges]) -> Chat:
        """Write some fields of a chat's own record; the others stay as they are stored. A chat that was deleted
        meanwhile is not written again."""
        async with self._lock:
            [record] = await self._records.get("chats", [chat.id])
            if record is None:
                return self._marked(replace(chat, **fields))
            changed = replace(chat_from(record), **fields)
            was_private = chat.is_private or bool(record.get("is_private"))
            return await self._write(replace(changed, is_private=changed.is_private or was_private))

    async def citing(self, documents: Collection[str]) -> set[str]:
        """The chats with a reply that was written from one of these documents, or with a question of the Tutor's that
        was answered from one."""
        turns = await self._records.all("turns")
        return {str(one["chat_id"]) for one in turns if not written_from(one).isdisjoint(documents)}

    async def siblings(self, chat: Chat, turn: Turn) -> tuple[str, ...]:
        """The versions of a turn, oldest first, the turn itself among them."""
        if not turn.parent:
            return chat.roots
        [record] = await self._records.get("turns", [turn.parent])
        return ids_in(record, "children") if record else (turn.id,)

    async def show(self, chat: Chat, turn_id: str) -> Chat:
        """Show the branch through a sibling: its ancestors, itself, and below it the newest of each generation."""
        found = await self.turns([turn_id])
        turn: Turn | None = found[0] if found else None
        if turn is None or (turn.parent and turn.parent not in chat.path):
            return chat
        path, below = chat.path[: chat.path.index(turn.parent) + 1] if turn.parent else (), [turn.id]
        while turn is not None:
            children = await self.turns(reversed(turn.children))
            turn = next((one for one in children if one.parent == below[-1] and one.id not in below), None)
            below += [turn.id] if turn else []
        return await self.change(chat, path=(*path, *below))

    async def branch(self, chat: Chat, turn_id: str, title: str) -> Chat | None:
        """A new chat with the turns on show up to one of them, None where that is not on show; the original stays as it
        is. A private one stays private; what was allowed to leave this device asks again, what was not stays here."""
        async with self._lock:
            chat = await self.as_stored(chat)
            if turn_id not in chat.path:
                return None
            turns = await self.turns(chat.path[: chat.path.index(turn_id) + 1])
            ids, now = [new_id() for _ in turns], self._clock.now()
            leave: Leave = "no" if chat.leave == "no" else ""
            new, summary = {turn.id: id for turn, id in zip(turns, ids, strict=True)}, chat.summary
            copy = Chat(
                new_id(),
                title,
                created=now,
                updated=now,
                path=tuple(ids),
                roots=tuple(ids[:1]),
                is_named=True,
                is_private=chat.is_private,
                leave=leave,
                **{name: getattr(chat, name) for name in CHOICES},
                summary=replace(summary, through=new[summary.through]) if summary and summary.through in new else None,
            )
            around = zip(turns, ["", *ids], ids, [*ids[1:], ""], strict=False)
            made = [
                replace(turn, id=id, chat_id=copy.id, parent=parent, children=(child,) if child else ())
                for turn, parent, id, child in around
            ]
            return await self._write(copy, [("turns", turn.id, asdict(turn)) for turn in made])

    async def whole(self, chat: Chat) -> dict[str, Record]:
        """The records of all turns of a chat by id, on every branch."""
        kept: dict[str, Record] = {}
        wanted = list(dict.fromkeys([*chat.roots, *chat.path]))
        while wanted:  # the branch on show in one read, then the generations beside it
            read = await self._records.get("turns", wanted)
            found = [record for record in read if record and record["chat_id"] == chat.id]
            kept.update((str(record["id"]), record) for record in found)
            children = [child for record in found for child in ids_in(record, "children")]
            wanted = [child for child in children if child not in kept]
        return kept

    async def files(self, ids: Iterable[str]) -> dict[str, File]:
        """What is attached to turns, by its id; what is not stored, or cannot be read, is left out."""
        found = await self._records.get("files", list(dict.fromkeys(ids)))
        return {file.id: file for file in map(file_from, filter(None, found))}

    async def delete(self, chat: Chat) -> tuple[list[Write], Chat]:
        """Remove a chat with all its turns, and what no other chat has attached. Returns what `restore` needs to undo
        it."""
        async with self._lock:
            chat = await self.as_stored(chat)
            kept = await self.whole(chat)
            files = await delete(self._records, chat.id, kept)
        turns: list[Write] = [("turns", turn_id, record) for turn_id, record in kept.items()]
        return [*turns, *files], chat

    async def restore(self, deleted: tuple[list[Write], Chat]) -> None:
        """Undo `delete`."""
        writes, chat = deleted
        await self._write(chat, writes)


def ids_in(record: Json, name: str) -> tuple[str, ...]:
    """A list of ids in a stored record."""
    return tuple(texts(record.get(name)))


def _fit(chat: Chat, turns: list[Turn], limit: int) -> bool:
    """Whether the last turns of the branch on show are there, each below the one before it."""
    ids = [turn.id for turn in turns]
    if not ids or ids != list(chat.path[-limit:]):
        return False
    is_whole = len(ids) < len(chat.path) or (not turns[0].parent and ids[0] in chat.roots)
    return is_whole and all(later.parent == one.id and later.id in one.children for one, later in pairwise(turns))
