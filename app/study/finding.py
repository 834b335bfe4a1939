"""The search of the chats: titles, what is said on the branches on show, and the files attached there, from texts that
are kept folded.

    index = ChatIndex(records, clock)
    found = await index.search(chats, Query.of("light waves"))     # Found(query, (Hit(…), …), is_whole=False)
    await index.read(chats)                                        # what is not in it yet, a little at a time
    index.wrote([("turns", "3f2a9c")])                             # is read again before it is searched

Only the texts on show are in it: no version that a person went back from, nothing of a deleted chat, and no word of a
private one. The index lives in memory for as long as the page; nothing of it is stored.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.core.finding import Name, Query, Rank, fold, place, spans
from app.core.ports import Clock, Records
from app.core.reading import rows
from app.core.text import shorten
from app.core.thinking import split
from app.study.attachments import TEXT
from app.study.chats import Chat

SLICE_SECONDS = 0.012  # of searching or reading; then others have their turn
READ = 48  # turns that are read at once
LINES = 20  # chats whose lines are shown
EXCERPT, BEFORE = 160, 40  # characters of a line that was found, and of it before the first word
MARKS = re.compile(r"[*_`#>|~]+")  # Markdown, which a line of it does without
END = "\0"  # stands behind each turn and each file; no query holds it
NOTHING = Query()


@dataclass(frozen=True, slots=True)
class Hit:
    """A chat that was found, and how well it fits. `turn_id` is the turn that holds most of what the title lacks, with
    a `line` of it or of what is attached to it; both are "" where the title says it all."""

    chat_id: str
    rank: Rank
    turn_id: str = ""
    line: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search has found, the best first: among equals the chat used last. `is_whole` is False where some chats
    have not been read yet. Before anything is typed the query is empty, and nothing is found."""

    query: Query = NOTHING
    hits: tuple[Hit, ...] = ()
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is kept of a chat's texts, folded: all that the turns on show say, with their ids, and the names and texts
    of the files attached to them, each with the ids of its turn and of itself."""

    path: tuple[str, ...]
    ids: tuple[str, ...]
    said: str
    files: tuple[tuple[str, str], ...] = ()
    attached: str = ""


class ChatIndex:
    """The texts of all chats, each read when it is first needed and again when it has changed."""

    def __init__(self, records: Records, clock: Clock) -> None:
        self._records, self._clock = records, clock
        self._names: dict[str, Name] = {}
        self._kept: dict[str, _Kept] = {}
        self._reading: set[str] = set()

    def wrote(self, keys: Iterable[tuple[str, str]]) -> None:
        """These (shelf, key) were written or deleted, here or by another page: what they were of is read again."""
        written = {key for shelf, key in keys if shelf in ("turns", "chats")}
        for id, kept in list(self._kept.items()):
            if id in written or not written.isdisjoint(kept.path):
                del self._kept[id]
        if written:
            self._reading.clear()

    def is_whole(self, chats: Sequence[Chat]) -> bool:
        """Whether all texts that may be searched have been read."""
        return not self._unread(chats)

    def _unread(self, chats: Sequence[Chat]) -> list[Chat]:
        return [chat for chat in chats if not chat.is_private and not self._is_read(chat)]

    def _is_read(self, chat: Chat) -> bool:
        kept = self._kept.get(chat.id)
        return kept is not None and (kept.path is chat.path or kept.path == chat.path)

    async def read(self, chats: Sequence[Chat]) -> None:
        """Read what is not known yet of these chats, a little at a time: a reply goes on meanwhile. What belongs to
        others is forgotten. Raises StorageError."""
        known = {chat.id for chat in chats if not chat.is_private}
        self._kept = {id: kept for id, kept in self._kept.items() if id in known}
        unread, since = self._unread(chats), self._clock.tick()
        while unread:
            some, count = [unread.pop(0)], 0
            while unread and (count := count + len(some[-1].path)) < READ:
                some.append(unread.pop(0))
            await self._read(some)
            if self._clock.tick() - since > SLICE_SECONDS:
                await self._clock.sleep(0)
                since = self._clock.tick()

    async def _read(self, chats: Sequence[Chat]) -> None:
        said: dict[str, tuple[list[str], list[str]]] = {chat.id: ([], []) for chat in chats}
        beside: dict[str, list[Mapping[str, object]]] = {chat.id: [] for chat in chats}
        self._reading.update(said)  # what is written meanwhile goes from these
        ids = [id for chat in chats for id in chat.path]
        for start in range(0, len(ids), READ):
            for record in await self._records.get("turns", ids[start : start + READ]):
                if record and (both := said.get(str(record["chat_id"]))) is not None:
                    both[0].append(str(record["id"]))
                    both[1].append(_kept(spoken(record)))
                    if record.get("attachments"):
                        beside[str(record["chat_id"])].append(record)
        for chat in chats:
            files = await self._attached(beside[chat.id]) if beside[chat.id] else {}
            if chat.id in self._reading:
                turns, texts = said[chat.id]
                attached = "".join(map(_kept, files.values()))
                self._kept[chat.id] = _Kept(chat.path, tuple(turns), "".join(texts), tuple(files), attached)
        self._reading.difference_update(said)

    async def _attached(self, turns: Sequence[Mapping[str, object]]) -> dict[tuple[str, str], str]:
        """What is attached to turns, by the ids of the turn and the file: its name, and below it what a text says."""
        found = {(str(turn["id"]), str(one.get("id"))): one for turn in turns for one in rows(turn.get("attachments"))}
        ids = sorted({id for (_, id), one in found.items() if one.get("kind") == TEXT})
        records = await self._records.get("files", ids) if ids else []
        texts = {id: str(record.get("content")) for id, record in zip(ids, records, strict=True) if record}
        return {key: f"{one.get('name')}\n{texts.get(key[1], '')}" for key, one in found.items()}

    async def search(self, chats: Sequence[Chat], query: Query) -> Found:
        """The chats, given the one used last first, that hold every word: of a private one only the title counts. Gives
        others their turn, so that a newer search can take its place. Raises StorageError."""
        hits: list[tuple[Hit, list[str], _Kept | None]] = []
        tick, since = self._clock.tick, self._clock.tick()
        rarest = sorted(query.words, key=len, reverse=True)  # a long word is soon known to be missing
        for at, chat in enumerate(chats):
            if at % 16 == 15 and tick() - since > SLICE_SECONDS:
                await self._clock.sleep(0)
                since = tick()
            name = self._name(chat.title)
            lacking = [word for word in rarest if word not in name.line]
            if not lacking:
                hits.append((Hit(chat.id, name.rank(query.words)), lacking, None))
            elif (kept := self._kept.get(chat.id)) and not chat.is_private:
                said = kept.said
                if all(word in said for word in lacking):
                    hits.append((Hit(chat.id, Rank.TEXT), lacking, kept))
                elif kept.files and all(word in said or word in kept.attached for word in lacking):
                    unsaid = [word for word in lacking if word not in said]
                    hits.append((Hit(chat.id, Rank.ATTACHED), unsaid, kept))
        hits.sort(key=lambda hit: hit[0].rank)
        shown = await self._with_lines(hits[:LINES], query.words)
        return Found(query, (*shown, *(hit for hit, _, _ in hits[LINES:])), self.is_whole(chats))

    def _name(self, title: str) -> Name:
        if (known := self._names.get(title)) is None:
            known = self._names[title] = Name.of(title)
        return known

    async def _with_lines(self, hits: Sequence[tuple[Hit, list[str], _Kept | None]], words: Sequence[str]) -> list[Hit]:
        """The hits with a line of the turn, or of what is attached to it, that says most of what their titles lack."""
        best = {hit.chat_id: _best(kept, lacking, hit.rank) for hit, lacking, kept in hits if kept}
        records = await self._records.get("turns", [turn_id for turn_id, _, _ in best.values()]) if best else []
        turns = {str(record["id"]): record for record in records if record}
        shown = []
        for hit, _, _ in hits:
            turn_id, file_id, at = best.get(hit.chat_id, ("", "", 0))
            if turn := turns.get(turn_id):
                text = (await self._attached([turn])).get((turn_id, file_id), "") if file_id else spoken(turn)
                shown.append(replace(hit, turn_id=turn_id, line=around(text, words, at)))
            else:
                shown.append(hit)
        return shown


def _best(kept: _Kept, words: Sequence[str], rank: Rank) -> tuple[str, str, int]:
    """The turn that holds most of the words, the file where it is one, and where in its folded text the first of them
    stands."""
    is_file = rank is Rank.ATTACHED
    texts = (kept.attached if is_file else kept.said).split(END)[:-1]
    counts = [sum(word in text for word in words) for text in texts]
    at = counts.index(max(counts))
    turn_id, file_id = kept.files[at] if is_file else (kept.ids[at], "")
    return turn_id, file_id, min(start for word in words if (start := texts[at].find(word)) >= 0)


def _kept(text: str) -> str:
    return fold(text).replace(END, " ") + END


def spoken(record: Mapping[str, object]) -> str:
    """What a stored turn says: without the thinking that earlier versions kept in the text of a reply."""
    text = str(record["text"])
    is_reply = record["role"] == "assistant" and not record.get("thinking")
    return split(text)[1] if is_reply and text.lstrip()[:1] in "<[◁" else text


def around(text: str, words: Sequence[str], folded_at: int) -> str:
    """A line of a text, with the first of the folded words near its beginning; `folded_at` is where that stands in the
    folded text."""
    begin = max(0, place(text, folded_at) - 2 * EXCERPT)
    line = " ".join(MARKS.sub("", text[begin : begin + 8 * EXCERPT]).split())
    at = next((start for start, _ in spans(line, words)), 0)
    start = line.rfind(" ", 0, max(0, at - BEFORE)) + 1 if at > BEFORE else 0
    return ("… " if begin or start else "") + shorten(line[start:], EXCERPT)
