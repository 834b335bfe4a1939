"""Answering: from a chat's branch to a request, from a provider's events to a kept turn.

    async for live in answering.run(chat, turn, model, Asking()):
        live.text, live.note                      # what the page shows while it grows

Whatever ends a reply (its end, Stop, an error, a closed page), the words that came are kept and marked.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Protocol

from app.core.errors import AppError, StorageError, TooLong
from app.core.persona import Persona, instructions
from app.core.places import Place, in_records
from app.core.ports import Clock, Provider
from app.core.texts import Text, TextOrWords, Words, as_words, in_a_row
from app.core.values import (
    AnsweredBy,
    Delta,
    Done,
    Event,
    Loading,
    LoadPhase,
    Message,
    Model,
    Notice,
    Request,
    Reread,
    Routed,
    Sampling,
    Thought,
    Timing,
)
from app.models.answering.context import size_of
from app.models.answering.resuming import GO_ON
from app.study.asked import UNKNOWN, Reading, Said, instructed, merged, messages_of, read_of
from app.study.chats import Chat, ChatStore, Problem, Turn
from app.study.cited import Sources
from app.study.tutored import Instead, Stepped, spoken

KEEP_SECONDS, FIRST_KEEP_SECONDS = 1.0, 0.1  # the first words are kept sooner, each time after twice as long


@dataclass(frozen=True, slots=True)
class Live:
    """A reply while it is being made: its text and the model's thinking so far, one line about what is happening, and
    until the first word why another model answers than the chosen one (`reason`). `thinking_seconds` is how long it has
    thought; it `is_thinking` still, or answers. `loading` is what is done while its model is brought into memory,
    `sources` what it is written from."""

    turn_id: str
    text: str = ""
    note: TextOrWords = ""
    thinking: str = ""
    thinking_seconds: float = 0.0
    is_thinking: bool = False
    reason: TextOrWords = ""
    loading: Loading | None = None
    sources: Sources | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """How a question is put: as Settings say, by which feature (app.study.features), to a model of which `reading` is
    known, and by which persona; or who answers `instead`."""

    system_prompt: str = ""
    sampling: Sampling = Sampling()
    think: bool = True
    feature: str = "chat"
    reading: Reading = UNKNOWN
    persona: Persona | None = None
    instead: Instead | None = None

    @property
    def told(self) -> str:
        """What the model is told before the chat."""
        return instructions(self.system_prompt, self.persona)


class Ground(Protocol):
    """Finds what a reply is to be written from, in the documents of its chat; what it has already, if that is still
    allowed. Raises what searching raises."""

    async def __call__(self, chat: Chat, turn: Turn, model: Model, asking: Asking) -> Sources: ...


class Answering:
    """Runs replies. Texts are kept with a turn as `words` (see app.core.texts)."""

    def __init__(self, store: ChatStore, provider: Provider, clock: Clock, words: Words, ground: Ground) -> None:
        self._store = store
        self._provider = provider
        self._clock = clock
        self._words = words
        self._ground = ground
        self._under_way: set[Growing] = set()

    async def keep_all(self) -> None:
        """Keep what has come of every reply that is under way."""
        for growing in tuple(self._under_way):
            if growing.has_words:
                await self._keep(growing)

    async def mark_stopped(self, turn_id: str) -> None:
        """The person has stopped a reply, perhaps before it began: no page was closed."""
        for turn in await self._store.turns([turn_id]):
            if turn.stop_reason == "closed":
                await self._store.save_turn(replace(turn, stop_reason="stopped"))

    async def run(
        self,
        chat: Chat,
        turn: Turn,
        model: Model,
        asking: Asking,
    ) -> AsyncGenerator[Live, None]:
        """Stream the reply into `turn`, keeping its first words, what has come each second, and its end, however that
        comes.

        Raises StorageError where it cannot be kept; every other error is kept with the turn.
        """
        growing = Growing(turn, model, self._words)
        kept_at, wait = -math.inf, FIRST_KEEP_SECONDS
        self._under_way.add(growing)
        try:
            yield growing.live()
            if turn.sources or (chat.scope and not turn.text):  # what was begun without documents goes on without
                growing.take(Notice(Text("grounding.looking")), self._clock.tick())
                yield growing.live()
                growing.ground(await self._ground(chat, turn, model, asking))
                yield growing.live()  # what is on its way is known before anybody is asked
            async with aclosing(self._events(growing, chat, turn, model, asking)) as events:
                async for event in events:
                    if isinstance(event, AnsweredBy | Stepped):  # nothing of it is painted before the end
                        growing.known(event)
                        continue
                    now = self._clock.tick()
                    growing.take(event, now)
                    yield growing.live()
                    if growing.has_words and now - kept_at > wait:
                        kept_at, wait = now, min(2 * wait, KEEP_SECONDS) if await self._keep(growing) else math.inf
        except AppError as error:
            growing.fail(error)
        except Exception as error:  # noqa: BLE001 - kept with the turn and shown beside it
            growing.fail(AppError(detail=f"{type(error).__name__}: {error}"))
        finally:
            self._under_way.discard(growing)
            await asyncio.shield(self._store.save_turn(growing.turn()))

    async def _events(
        self, growing: Growing, chat: Chat, turn: Turn, model: Model, asking: Asking
    ) -> AsyncGenerator[Event | Stepped, None]:
        """What the provider says, or who answers instead. Where the passages are too much for its model after all, it
        is asked with fewer. Nobody is asked to answer from nothing."""
        if asking.instead:
            async with aclosing(asking.instead()) as steps:
                async for step in steps:
                    if isinstance(step, Sources):
                        growing.ground(step)
                    else:
                        yield step
            if not growing.found_nothing:
                return
        while not growing.found_nothing:
            said, summary = await self._said(chat, turn, asking.reading, growing.sources)
            gone_on = [Message("assistant", turn.text), Message("user", GO_ON)] if turn.text else []
            messages = merged([*instructed(said.messages, asking.told, summary), *gone_on])
            growing.asked(said, messages)
            request = replace(self._request(chat, messages, asking), question="" if turn.text else said.question)
            try:
                async with aclosing(self._provider.reply(model, request)) as events:
                    async for event in events:
                        yield event
                return
            except TooLong:
                if growing.has_words or not growing.give_less():
                    raise
        growing.unanswered()
        yield Done()

    def _request(self, chat: Chat, messages: tuple[Message, ...], asking: Asking) -> Request:
        """What the provider is asked: a private chat's words go no farther than this computer."""
        return Request(
            messages,
            asking.sampling,
            chat.id,
            asking.think,
            feature=asking.feature,
            farthest=Place.COMPUTER if chat.is_private else Place.CLOUD,
            belongs_to=chat.id,
        )

    async def _keep(self, growing: Growing) -> bool:
        """Write what has come so far. False where that failed, which must not end a reply: the last write will tell."""
        try:
            await self._store.save_turn(growing.turn(is_whole=False))
        except StorageError:
            return False
        return True

    async def _said(self, chat: Chat, turn: Turn, reading: Reading, sources: Sources | None) -> tuple[Said, str]:
        """The branch above the turn, with what is attached to it and what it is to be answered from, and the summary
        that stands for its beginning."""
        ids, summary = read_of(chat, chat.path[: chat.path.index(turn.id)])
        turns = spoken(await self._store.turns(ids))
        names = [one.id for item in turns for one in item.attachments]
        files = await self._store.files(names) if names else {}
        return messages_of(turns, files, reading, sources.passages if sources else ()), summary


class Growing:
    """A turn that grows by events."""

    def __init__(self, turn: Turn, model: Model, words: Words) -> None:
        self._words = in_records(words)  # all of it is for what is kept
        self._turn = replace(turn, problem=None, notices=(), dropped=0)
        self.answered_by(model)
        self._text = self._before = turn.text
        self._thinking = _Thinking(turn)
        self._note: TextOrWords = ""
        self._notices, self._about = list[str](), list[str]()
        self._reason: TextOrWords = ""
        self._loading: Loading | None = None
        self._done: Done | None = None
        self._problem: Problem | None = None

    @property
    def has_words(self) -> bool:
        """Whether anything of it has come that is worth keeping."""
        return self._text != self._before or bool(self._thinking.text)

    def answered_by(self, model: Model) -> None:
        """Who answers, as far as it is known: more of it once the model is ready."""
        where = self._words(model.where)
        self._turn = replace(self._turn, model_id=model.id, model_name=model.name, where=where, place=model.place)

    def asked(self, said: Said, messages: Sequence[Message]) -> None:
        """What the model is given: how many pictures, how much of it passages are, what the person should know."""
        sources = self.sources
        if sources:
            share = said.passage_tokens / max(1, sum(map(size_of, messages)))
            sources = replace(sources, share=share)
        self._turn = replace(self._turn, pictures=said.pictures, sources=sources)
        self._about = [*self._unread(), *(self._words(notice.text) for notice in said.notices)]

    def _unread(self) -> list[str]:
        """What was passed over because it waits to be read."""
        unread = self.sources.unread if self.sources else 0
        return [self._words(Text("grounding.unread", count=unread))] if unread else []

    @property
    def sources(self) -> Sources | None:
        """What it is written from."""
        return self._turn.sources

    @property
    def found_nothing(self) -> bool:
        """Whether there is nothing that it could be written from."""
        return self.sources is not None and not self.sources.passages and not self._before

    def ground(self, sources: Sources) -> None:
        """Write it from these passages. What was checked of it before says nothing of what it becomes."""
        self._turn, self._note = replace(self._turn, sources=replace(sources, claims=())), ""

    def known(self, event: AnsweredBy | Stepped) -> None:
        """Who answers, or which step of a tutored chat it is; where no model made that, none is named."""
        if isinstance(event, AnsweredBy):
            self.answered_by(event.model)
        else:
            by = event.by or Turn("", "", "", "assistant", "")
            known = {name: getattr(by, name) for name in ("model_id", "model_name", "where", "place")}
            self._turn = replace(self._turn, tutor=event.tutor, **known)

    def give_less(self) -> bool:
        """Write it from the better half of the passages; False where there is one at most."""
        passages = self._turn.passages
        if self.sources and len(passages) > 1:
            self.ground(replace(self.sources, passages=passages[: len(passages) // 2]))
        return len(passages) > 1

    def unanswered(self) -> None:
        """Nobody is asked, for there is nothing to answer from: it says so, and which documents were looked in."""
        sources = self.sources or Sources()
        told = Text("grounding.none", names=sources.looked_in)
        if sources.documents > len(sources.looked_in):
            told = Text("grounding.none_of_many", count=sources.documents, names=sources.looked_in)
        self._text = self._words(told if sources.looked_in else Text("grounding.no_documents"))
        self._turn = replace(self._turn, model_id="", model_name="", where="", place=Place.BROWSER)
        self._about = self._unread() if sources.looked_in else []

    def take(self, event: Event, now: float) -> None:
        """Add an event that came `now`. A call of a tool means nothing to a chat, which offers none."""
        if isinstance(event, Delta):
            self._text += event.text
            self._note = self._reason = ""
            self._thinking.pause(now)
        elif isinstance(event, Thought):
            self._thinking.add(event.text, now)
            self._note = ""
        elif isinstance(event, Reread):
            self._text = self._before + event.text
            self._thinking.become(event.thinking, now)
        elif isinstance(event, Notice):
            self._note = event.text
            if event.offers_again:
                self._note, self._reason = "", event.text
            if event.dropped:
                self._turn = replace(self._turn, dropped=event.dropped)
            if event.is_lasting:
                self._notices.append(self._words(event.text))
        elif isinstance(event, Loading):
            self._note, self._loading = "", None if event.phase is LoadPhase.READY else event
        elif isinstance(event, Routed):
            self._turn = replace(self._turn, receipt=as_words(event.receipt, self._words))
        elif isinstance(event, Done):
            self._done = event

    def fail(self, error: AppError) -> None:
        """The reply ended with an error; the words that had come stay."""
        kept = Text("study.partial_saved") if self._text != self._before else ""
        cure = self._words(in_a_row(kept, error.cure))
        self._problem = Problem(self._words(error.message), cure, error.again, error.detail, error.page)

    def live(self) -> Live:
        """What the page shows now."""
        thinking = self._thinking
        return Live(
            self._turn.id,
            self._text,
            self._note,
            thinking.text,
            thinking.seconds,
            thinking.is_on,
            self._reason,
            self._loading,
            self.sources,
        )

    def turn(self, *, is_whole: bool = True) -> Turn:
        """The turn to keep. Without `Done` and without an error, somebody stopped it; as long as it is not whole, it
        says what a page that is closed now leaves behind."""
        notices = (*self._about, *self._notices)
        turn = replace(self._turn, text=self._text, notices=notices, problem=self._problem)
        turn = replace(turn, thinking=self._thinking.text, timing=self._timed(turn.timing))
        if self._problem:  # it may have cost something all the same
            return replace(turn, stop_reason="error", usage=self._done.usage if self._done else turn.usage)
        if self._done is None or not is_whole:
            return replace(turn, stop_reason="stopped" if is_whole else "closed")
        done = self._done
        timing = self._timed(done.timing)
        return replace(turn, usage=done.usage, timing=timing, stop_reason=done.stop_reason, engine=done.engine)

    def _timed(self, timing: Timing) -> Timing:
        return replace(timing, thinking_seconds=self._thinking.seconds)


class _Thinking:
    """The thinking of a turn: its text, behind that of a reply that is gone on with, and the `seconds` that it took."""

    def __init__(self, begun: Turn) -> None:
        self._text_before, self._seconds_before = begun.thinking, begun.timing.thinking_seconds
        self._new, self.seconds, self.is_on = "", self._seconds_before, False
        self._first: float | None = None  # when the first words of any kind came
        self._last = 0.0

    @property
    def text(self) -> str:
        """All of it."""
        return "\n\n".join(filter(None, (self._text_before, self._new)))

    def add(self, text: str, now: float) -> None:
        """Some more of it."""
        self._note(now, is_on=True)
        self._new += text

    def pause(self, now: float) -> None:
        """The model answers now."""
        self._note(now, is_on=False)

    def become(self, text: str, now: float) -> None:
        """The reply reads otherwise: all that came since its first words was thinking, or none of it."""
        self._note(now, is_on=False)
        took = now - self._first if text and self._first is not None else 0.0
        self._new, self.seconds = text, self._seconds_before + took

    def _note(self, now: float, *, is_on: bool) -> None:
        self._first = now if self._first is None else self._first
        if self.is_on:
            self.seconds += now - self._last
        self._last, self.is_on = now, is_on
