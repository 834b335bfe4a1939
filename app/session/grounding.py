"""Replies that are written from documents: which passages a model is given, and what is checked afterwards.

    sources = await session.grounding.find(chat, turn, model, asking)       # Sources((Cited(1, …), …), …)
    session.grounding.check_later(turn.id)      # once it has ended: turn.sources.claims, in a while

Everything heavy is done in the librarian's worker: a check never holds up words that stream, nor the next question.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypedDict, Unpack

from app.core.actions import TurnId, action
from app.core.errors import AppError, StorageError
from app.core.jobs import Jobs
from app.core.text import estimate_tokens
from app.core.values import FileFormat, Model
from app.models.answering.context import reply_budget
from app.session.library_queue import ReadingQueue
from app.session.searching import Searching
from app.session.state import State
from app.study.ask import Ask
from app.study.asked import messages_of, read_of
from app.study.chats import Chat, ChatStore, Turn
from app.study.cited import Claim, Quote, Scope, Sources
from app.study.grounding import around_tokens, looked_for
from app.study.library.documents import Document, listed
from app.study.library.giving import REACH, Room, given
from app.study.library.meaning import is_private
from app.study.quoting import MOST_SENTENCES, pick
from app.study.replies import Asking
from app.study.tutored import spoken

if TYPE_CHECKING:
    from app.session.library import Library
    from app.session.measuring import Measuring

MOST_HITS = 24  # that are looked at: twins and what has no room are left out
MOST_NAMED = 5  # documents, where nothing was found
USUAL = 4096  # tokens that a model reads which does not tell
#: of what a model reads besides its reply and the question: what passages may take though the talk before is long
SHARE = 0.6
SURE = 0.95  # of the room: what stands around messages is estimated
#: by where the model is: what reading takes time for, or costs
MOST = {"browser": Room(1500, 6), "cloud": Room(6000, 12)}
MOST_ELSEWHERE = Room(3000, 8)
#: on a processor, in a browser, that nobody has measured: 20 to 100 tokens a second are usual there
MOST_ON_PROCESSOR = Room(700, 4)
READ_SECONDS, LEAST_READ = 20, 400  # of a model that was measured here; and what is worth waiting for longer
PROCESSOR: tuple[FileFormat, ...] = ("gguf", "litertlm-cpu")  # files that run on one, unless they were seen not to


class Found(TypedDict, total=False):
    """What is known of a reply afterwards."""

    claims: tuple[Claim, ...]
    picked: tuple[Quote, ...]


class Grounding:
    """What stands between a chat with a scope and its documents; the actions `grounding:*`."""

    def __init__(
        self,
        state: State,
        jobs: Jobs,
        store: ChatStore,
        queue: ReadingQueue,
        searching: Searching,
        library: Callable[[], Library],
        ask: Callable[[], Ask],
        measure: Callable[[], Measuring],
    ) -> None:
        self._state, self._jobs, self._store = state, jobs, store
        self._queue, self._searching, self._library, self._ask = queue, searching, library, ask
        self._looked_at = set[str]()  # replies
        self._measure = measure

    async def find(self, chat: Chat, turn: Turn, model: Model, asking: Asking) -> Sources:
        """What a reply is to be written from. One that goes on keeps what it was begun from, as far as that is allowed
        now. Raises StorageError, and what the librarian raises."""
        documents = await self._documents(chat)
        if turn.text and turn.sources:
            kept = tuple(one for one in turn.sources.passages if self._may(chat, one.document))
            return replace(turn.sources, passages=kept)
        above, summary = read_of(chat, chat.path[: chat.path.index(turn.id)])
        stays = chat.is_private or chat.leave == "no"
        turns = spoken(await self._store.turns(above))
        return await self._found(chat, documents, turns, summary, model, asking, stays=stays)

    async def for_next(self, chat: Chat, turns: Sequence[Turn], summary: str, model: Model, asking: Asking) -> Sources:
        """What a reply to the last of these turns would be written from; its words were not sent yet, and no search
        sends them. Raises what `find` raises."""
        return await self._found(chat, await self._documents(chat), turns, summary, model, asking, stays=True)

    async def _found(
        self,
        chat: Chat,
        documents: Mapping[str, Document],
        turns: Sequence[Turn],
        summary: str,
        model: Model,
        asking: Asking,
        *,
        stays: bool,
    ) -> Sources:
        readable = {one.id: one for one in listed(documents.values()) if one.has_text}
        unread = sum(one.status == "waiting" for one in documents.values())
        if not readable:
            return Sources(unread=unread)
        await self._queue.ready()
        words, ids = looked_for(turns), tuple(readable)
        found = await self._searching.search(words, ids, MOST_HITS, is_private=stays)
        hits = [hit for hit in found.hits if hit.document in readable]
        places = [(hit.document, hit.passage) for hit in hits]
        passages = await self._queue.librarian.around(places, REACH) if places else ()
        names = {id: one.name for id, one in readable.items()}
        cited = given(hits, passages, names, await self._room(turns, summary, model, asking))
        looked_in = () if cited else tuple(names.values())[:MOST_NAMED]
        return Sources(cited, (), found.kind, len(readable), looked_in, unread=unread)

    async def _documents(self, chat: Chat) -> Mapping[str, Document]:
        """Those that the replies of a chat may use now."""
        library = self._library()
        if not library.is_known():
            await library.refresh()
        scope = chat.scope or Scope()
        return {
            id: one
            for id, one in library.documents().items()
            if (not scope.notebook or one.notebook == scope.notebook)
            and (not scope.documents or id in scope.documents)
            and self._may(chat, id)
        }

    def _may(self, chat: Chat, document: str) -> bool:
        """Whether a chat may use a document: of a private notebook only one that is private, too. So nothing of it can
        leave later with what was said."""
        library = self._library()
        one = library.documents().get(document)
        return chat.is_private or one is None or not is_private(one, library.notebooks())

    async def _room(self, turns: Sequence[Turn], summary: str, model: Model, asking: Asking) -> Room:
        """What passages may take of the model's context: what the talk leaves, and at least a share of it, since the
        oldest messages give way. Of Automatic's models it is the smallest one's: passages must not decide who answers,
        and whoever stands in for another can read them, too."""
        limit, speeds = asking.reading.limit or USUAL, await self._reading_speeds()
        most = self._most(model, speeds)
        if model.provider == "automatic":
            limits = [self._state.reading(one).limit for one in self._state.shelf.models if one.can_chat]
            rooms = [self._most(one, speeds) for one in self._state.shelf.ready() if one.provider == "browser"]
            limit = min(filter(None, limits), default=USUAL)
            most = min(rooms, key=lambda one: one.tokens, default=MOST["browser"])
        names = [one.id for turn in turns for one in turn.attachments]
        files = await self._store.files(names) if names else {}
        sizes = [estimate_tokens(one.content) for one in messages_of(turns, files, asking.reading).messages] or [0]
        fixed = sizes[-1] + estimate_tokens(asking.told) + estimate_tokens(summary) + around_tokens()
        free = int((limit - reply_budget(limit, asking.sampling.max_tokens) - fixed) * SURE)
        beside = max(free - sum(sizes[:-1]), int(free * SHARE))
        return replace(most, tokens=max(0, min(most.tokens, beside)))

    async def _reading_speeds(self) -> Mapping[str, float]:
        """Tokens a second that models were measured to read here, by their ids. They are a help alone."""
        try:
            await self._measure().look()
        except StorageError:
            return {}
        return self._measure().reading_speeds()

    def _most(self, model: Model, speeds: Mapping[str, float]) -> Room:
        """What a model may be given at most: as much as it reads in a bearable time, where it is on this device."""
        most, loaded = MOST.get(model.provider, MOST_ELSEWHERE), self._state.loaded()
        if model.provider == "cloud" or model.leaves_device:
            return most
        if speed := speeds.get(model.id):
            return replace(most, tokens=min(most.tokens, max(LEAST_READ, int(speed * READ_SECONDS))))
        used = loaded.used if loaded and loaded.model_id == model.id else None
        is_slow = model.provider == "browser" and model.format in PROCESSOR and not (used and used.on_gpu)
        return MOST_ON_PROCESSOR if is_slow else most

    # -- afterwards

    @action("grounding:quote", TurnId)
    def quote(self, turn_id: TurnId) -> None:
        """Have the sentences picked that a reply rests on. One after the other: they are a model's work, too."""
        if turn_id not in self._state.quoting():
            self._state.quoting.set(self._state.quoting() | {turn_id})
            self._jobs.start(f"quote:{turn_id}", self._quote(turn_id))

    async def _quote(self, turn_id: str) -> None:
        """Keep them with the turn. Raises what asking raises; the reply stays as it is."""
        try:
            turn = next(iter(await self._store.turns([turn_id])), None)
            if turn is None or turn.sources is None:
                return
            question = await self._question(turn)
            texts, about = _texts(turn), f"{question}\n{turn.text}"
            sentences = await self._queue.librarian.quotable(texts, about, MOST_SENTENCES)
            told = (turn.sources, sentences, question, turn.text)
            picked = await pick(self._ask(), *told, belongs_to=turn.chat_id)
            await self._keep(turn, picked=picked)
        finally:
            self._state.quoting.set(self._state.quoting() - {turn_id})

    def check_later(self, turn_id: str) -> None:
        """Look at what a reply says, once it has ended."""
        self._looked_at.add(turn_id)
        self._jobs.start(f"check:{turn_id}", self._check(turn_id))

    def catch_up(self, turns: Sequence[Turn]) -> None:
        """Look at replies that were not looked at, since their page was closed; once in each visit. One that was closed
        itself may be growing in another page."""
        growing = {live.turn_id for live in self._state.live().values()}
        for turn in turns:
            is_over = turn.stop_reason != "closed" and turn.id not in self._looked_at | growing
            if is_over and turn.sources and turn.sources.is_unchecked:
                self._looked_at.add(turn.id)
                self.check_later(turn.id)

    async def _check(self, turn_id: str) -> None:
        """Keep what was found of each sentence with the turn. Where the worker fails, nothing is said of the reply."""
        turn = next(iter(await self._store.turns([turn_id])), None)
        if turn is None or not turn.passages or not turn.text.strip():
            return
        try:
            claims = await self._queue.librarian.check(turn.text, _texts(turn), await self._question(turn))
        except AppError:
            return
        await self._keep(turn, claims=claims)

    async def _question(self, turn: Turn) -> str:
        return "".join(one.text for one in await self._store.turns([turn.parent]))

    async def _keep(self, turn: Turn, **found: Unpack[Found]) -> None:
        """Write what was found of a reply, unless it says something else by now, or is gone."""
        now = next(iter(await self._store.turns([turn.id])), None)
        if now and now.sources and (now.text, now.passages) == (turn.text, turn.passages):
            kept = replace(now, sources=replace(now.sources, **found))
            await self._store.save_turn(kept)
            self._state.turns.set(tuple(kept if one.id == turn.id else one for one in self._state.turns()))


def _texts(turn: Turn) -> list[str]:
    """The passages of a reply by their numbers, the first one being 1."""
    texts = {one.number: one.text for one in turn.passages}
    return [texts.get(number, "") for number in range(1, max(texts, default=0) + 1)]
