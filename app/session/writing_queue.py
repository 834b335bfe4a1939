"""Writes study notes from documents in the background, passage by passage, by one page at a time; a reply goes first.

    queue.go_on("3f2a")                 # from where it is, also after the page was closed in the middle
    await queue.stop()
    queue.progress()                    # Progress("3f2a", rate=1.2, …), a signal; None while nothing is written

Each step is kept before the next one begins: `app.study.writing.record`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial

from app.core.actions import Field
from app.core.documents import Passage
from app.core.errors import BadAnswer, TooLong
from app.core.jobs import Jobs
from app.core.ports import Clock, Tabs
from app.core.signals import Signal
from app.core.text import estimate_tokens
from app.core.texts import Words
from app.session.background import Background
from app.session.ending import unless
from app.session.library import Library
from app.session.library_queue import ReadingQueue
from app.session.state import State
from app.study.ask import Ask, Question
from app.study.chats import Turn
from app.study.cited import Cited
from app.study.features import NOTES
from app.study.library.documents import Document
from app.study.library.meaning import is_private
from app.study.writing.asking import (
    LEAST_SUMMED,
    about_passages,
    about_points,
    cited,
    fitting,
    judged,
    lines_of,
    points_of,
    renumbered,
    room,
    said,
    sentences_of,
)
from app.study.writing.markdown import markdown
from app.study.writing.record import (
    Point,
    Writing,
    asked,
    done,
    left_out,
    oldest_unfinished,
    read_on,
    summed_on,
    with_points,
)
from app.study.writing.store import WritingStore

JOB = "writing"
LOOK_SECONDS = 0.5
AT_ONCE = 24  # passages that are looked at for one question
#: tokens of passages in one question, by where the model is: what it reads in a bearable time
MOST, MOST_ELSEWHERE = 2000, 4000


#: keeps the words of a new note: id, title, text, notebook
Put = Callable[[str, str, str, str], Awaitable[Document]]


class WritingQueue:
    """The queue of one note at a time. `on_done` hears of each that is there by now."""

    def __init__(
        self,
        state: State,
        jobs: Jobs,
        clock: Clock,
        tabs: Tabs,
        words: Words,
        store: WritingStore,
        reading: ReadingQueue,
        library: Callable[[], Library],
        ask: Callable[[], Ask],
        put: Put,
        on_done: Callable[[Writing], None],
    ) -> None:
        self._state, self._jobs, self._clock, self._words = state, jobs, clock, words
        self._store, self._reading, self._library, self._ask = store, reading, library, ask
        self._put, self._on_done = put, on_done
        self.writings: Signal[dict[str, Writing]] = Signal({})
        self.line = Background(jobs, tabs, JOB, state.makes_notes, self._write, self._following)
        self.progress, self.problem = self.line.progress, self.line.problem

    def is_at(self, writing: Writing) -> bool:
        """Whether it is this one that is being written."""
        return self.line.is_at(writing.id)

    def is_later(self, writing: Writing) -> bool:
        """Whether it is this one's turn after another one's."""
        return writing.state == "making" and self.line.is_later(writing.id)

    async def resume(self, id: str) -> None:
        """Go on with one that was stopped, as it is kept now. Raises StorageError."""
        if (writing := await self._stored(id)) and writing.state != "done":
            await self.keep(replace(writing, state="making"))
            self.go_on(id)

    def go_on(self, id: str) -> None:
        """Write what is lacking of a note, if nobody is at it."""
        self.line.go_on(id)

    async def stop(self) -> None:
        """Not now: it can go on later. Raises StorageError."""
        id = await self.line.stop()
        if id and (writing := await self._stored(id)) and writing.state == "making":
            await self.keep(replace(writing, state="stopped"))
        if following := await self._following():
            self.go_on(following)

    async def keep(self, writing: Writing) -> None:
        """Keep one as it is now. Raises StorageError."""
        await self._store.keep(writing)
        self.writings.set({**self.writings(), writing.id: writing})

    async def end(self, writing: Writing) -> Writing:
        """Make a note of what is written. One that is there already was made before the page was closed, and may have
        been changed since. Raises StorageError."""
        document = self._library().documents().get(writing.id)
        if document is None:
            await self._library().ready()  # it says what is private
            text, place = markdown(writing, self._words), self.notebook_of(writing)
            document = await self._put(writing.id, writing.name, text, place)
            if (now := self.notebook_of(writing)) != place:  # a source became private while it was kept
                await self._library().move(Field(document.id, now))
        writing = done(writing, document.sha256, self._clock.now())
        await self.keep(writing)
        self._on_done(writing)
        return writing

    def notebook_of(self, writing: Writing) -> str:
        """Where its note goes: a private notebook, where a document of it has come to be in one."""
        library = self._library()
        documents, notebooks = library.documents(), library.notebooks()
        found = [documents[id] for id in writing.documents if id in documents]
        private = [one.notebook for one in found if is_private(one, notebooks)]
        is_here = not private or writing.notebook in private
        return writing.notebook if is_here else private[0]

    # -- the work

    def first(self, writings: Iterable[Writing]) -> str:
        """The one that waits longest, "" for none."""
        waiting = oldest_unfinished(self.line.untried(writings))
        return waiting.id if waiting else ""

    async def _following(self) -> str:
        return self.first((await self._store.all()).values())

    async def _write(self, id: str) -> None:
        await self._library().ready()  # it says what is private
        await self._reading.ready()
        while (writing := await self._stored(id)) and writing.state == "making":
            if writing.next_step == "end":
                await self.end(writing)
                return
            began = self._clock.tick()
            after = await self._undisturbed(writing)
            now = await self._stored(id)
            if now is None or now.state != "making":  # deleted or stopped meanwhile, perhaps in another page
                return
            await self.keep(after)
            self.line.took(after.read - writing.read, self._clock.tick() - began)

    async def _stored(self, id: str) -> Writing | None:
        """One as it is kept now, and shown as that: another page may have changed it."""
        writing = await self._store.writing(id)
        others = {key: one for key, one in self.writings().items() if key != id}
        self.writings.set({**others, id: writing} if writing else others)
        return writing

    async def _undisturbed(self, writing: Writing) -> Writing:
        """One step, begun again where a reply came in between, or where its words may not leave any more."""
        while True:
            await self._until_quiet()
            is_over = partial(self._is_over, writing, may_leave=not self.stays(writing))
            if after := await unless(is_over, self._step(writing)):
                return after

    def _is_over(self, writing: Writing, *, may_leave: bool) -> bool:
        return bool(self._state.live()) or (may_leave and self.stays(writing))

    def stays(self, writing: Writing) -> bool:
        """Whether nothing of it may leave this device, as it is now: one private document is enough."""
        return writing.stays or any(map(self._library().stays, writing.documents))

    async def _until_quiet(self) -> None:
        while bool(self._jobs.names("reply:")) or bool(self._state.live()) or self._reading.progress() is not None:
            self.line.waits(True)
            await self._clock.sleep(LOOK_SECONDS)
        self.line.waits(False)

    # -- one step

    async def _step(self, writing: Writing) -> Writing:
        return await (self._read(writing) if writing.next_step == "read" else self._sum(writing))

    async def _read(self, writing: Writing) -> Writing:
        """The next passages of the next document."""
        id = writing.documents[writing.document]
        document = self._library().documents().get(id)
        count = document.passages if document and document.has_text else 0
        left = range(writing.passage, min(count, writing.passage + AT_ONCE))
        passages = await self._reading.librarian.around([(id, number) for number in left], 0) if left else ()
        if not passages or document is None:  # it is gone, or was read anew and is shorter
            return read_on(writing, 0, is_over=True)
        return await self._of(writing, fitting(passages, self._room(writing)), document)

    def _room(self, writing: Writing) -> int:
        model = self._ask().model_for(NOTES, stays_here=self.stays(writing))
        most = MOST if model is None or model.provider in ("browser", "automatic") else MOST_ELSEWHERE
        return room(self._state.reading(model).limit if model else 0, writing.form, most)

    async def _of(self, writing: Writing, passages: Sequence[Passage], document: Document) -> Writing:
        """The points of some passages; of half as many where these are too long for the model."""
        sources = cited(passages, document.name)
        question = about_passages(writing.form, sources, stays=self.stays(writing))
        try:
            turns, points = await self._answered(question, lambda text: points_of(text, writing.form))
        except TooLong:
            if len(passages) > 1:
                return await self._of(writing, passages[: len(passages) // 2], document)
            turns, points = [], None
        if points is None:
            writing = replace(writing, missed=writing.missed + len(passages))
        held, fallen = await self._held(points or [], sources)
        writing = asked(writing, turns)
        writing = left_out(with_points(writing, held, sources), fallen)
        last = passages[-1].number + 1
        is_over = last >= document.passages
        return read_on(writing, last - writing.passage, is_over=is_over)

    async def _sum(self, writing: Writing) -> Writing:
        """The next points of the summary. What cannot be summed up is left out of it."""
        points = self._next_summed(writing)
        sources = [one for number in _numbers(points) if (one := writing.cited(number))]
        question = about_points(points, sources, stays=self.stays(writing))
        try:
            turns, sentences = await self._answered(question, lambda text: sentences_of(text, points))
        except TooLong:
            turns, sentences = [], None
        held, fallen = await self._held(sentences or [], sources)
        writing = asked(writing, turns)
        return left_out(summed_on(writing, len(points), held), fallen)

    def _next_summed(self, writing: Writing) -> Sequence[Point]:
        """As many points as fit into one question, and enough that a round leaves fewer."""
        left = writing.summed_up[writing.summed :]
        tokens, used = self._room(writing), 0
        for at, one in enumerate(left):
            used += estimate_tokens(said(one)) + 4
            if used > tokens and at >= LEAST_SUMMED:
                return left[:at]
        return left

    async def _answered(
        self, question: Question, read: Callable[[str], list[Point]]
    ) -> tuple[list[Turn], list[Point] | None]:
        """The replies, and the points of the last one; None where two cannot be read. Raises what asking raises, but
        BadAnswer."""
        turns = list[Turn]()
        for _ in range(2):
            with suppress(BadAnswer):
                turns.append(await self._ask().whole(question))
                return turns, read(turns[-1].text)
        return turns, None

    async def _held(self, points: Sequence[Point], sources: Sequence[Cited]) -> tuple[list[Point], list[Point]]:
        """Which points their passages say, and which not."""
        if not points:
            return [], []
        texts, numbers = renumbered(sources)
        known = [one for one in points if all(number in numbers for number in one.passages)]
        lines = lines_of(known, numbers)
        reply = "\n\n".join(lines)
        held, fallen = judged(known, await self._reading.librarian.check(reply, texts, ""), reply, lines)
        return held, [*fallen, *(one for one in points if one not in known)]


def _numbers(points: Sequence[Point]) -> list[int]:
    return list(dict.fromkeys(number for one in points for number in one.passages))
