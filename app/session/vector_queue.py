"""Makes the vectors of passages in the background, a few at a time, by one page at a time; a reply always goes first.

    await queue.work(lambda: Task(model, key, groups))     # until nothing lacks one
    queue.making()                              # Making(1240, 3100, rate=3.1, …): a signal

A batch is about as large as fits into a second, so that neither a reply nor a question that is looked for waits for
long; it is kept before the next one begins, so a page that is closed loses one batch.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from app.core.documents import Lacking, Meant
from app.core.errors import AppError, TooLong
from app.core.jobs import Jobs
from app.core.places import Place, Purpose
from app.core.ports import Clock, Tabs
from app.core.signals import Signal
from app.core.values import Model, Request
from app.core.vectors import BATCH, Embedder, ToEmbed
from app.session.library_queue import ReadingQueue
from app.session.state import State

JOB, HOLD = "meaning", "meaning"  # names of the job, and of what one page holds
BATCH_SECONDS = 0.8
LOOK_SECONDS = 0.5  # between two looks whether a reply is over
REMEMBERED = 8  # batches, for the rate
SHORTER, LEAST = 0.8, 100  # what is left of a text that is too long, and the characters that are always read
MakingState = Literal["making", "waiting", "done", "paused", "failed"]


@dataclass(frozen=True, slots=True)
class Making:
    """How many of the passages that may have a vector have one, how many are made in a second (0 while that is not
    known), and what keeps the others waiting. `languages` are the passages by their documents' languages."""

    made: int = 0
    total: int = 0
    rate: float = 0.0
    state: MakingState = "waiting"
    problem: AppError | None = None
    languages: tuple[tuple[str, int], ...] = ()

    @property
    def seconds_left(self) -> float:
        """Until all is made at this rate, 0 where that is not known."""
        return (self.total - self.made) / self.rate if self.rate else 0.0


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be made: with which model, into which set, of which documents, first things first. Each belongs to a
    group; the texts of a batch are of one, and no text of another document goes to the model."""

    model: Model
    key: str
    groups: Mapping[str, str]


class VectorQueue:
    """One model's vectors at a time, of the documents of this library."""

    def __init__(
        self,
        state: State,
        jobs: Jobs,
        clock: Clock,
        tabs: Tabs,
        reading: ReadingQueue,
        embedder: Callable[[], Embedder],
    ) -> None:
        self._state, self._jobs, self._clock, self._tabs = state, jobs, clock, tabs
        self._reading, self._embedder = reading, embedder
        self.making: Signal[Making] = Signal(Making())
        self._took: deque[tuple[int, float]] = deque(maxlen=REMEMBERED)  # texts, and the seconds they took
        self._kept: Meant | None = None  # the first passage of the last batch
        self._of, self._is_loaded = "", False  # the set whose speed that is, and whether its model has answered

    async def work(self, task: Callable[[], Task]) -> None:
        """Make all that is lacking, asked anew for each batch. Raises what keeps it from going on."""
        self._show(await self._lacking(task(), 0), "waiting")
        self._kept = None
        await self._tabs.wait(HOLD)  # another page may be at it
        try:
            while await self._batch(task):
                pass
        finally:
            self._tabs.release(HOLD)

    def made(self, key: str) -> Making:
        """How far a set is, as was last seen: of one that was not looked at since another, nothing is known."""
        return self.making() if key == self._of else Making()

    async def count(self, task: Task, state: MakingState) -> None:
        """Only say how much is there."""
        self._show(await self._lacking(task, 0), state)

    async def _lacking(self, task: Task, limit: int) -> Lacking:
        if task.key != self._of:
            self._took.clear()
            self._of, self._is_loaded = task.key, False
        return await self._reading.librarian.lacking(task.key, tuple(task.groups), limit)

    async def _batch(self, make: Callable[[], Task]) -> bool:
        """Make a few; whether there were any."""
        await self._until_quiet()
        task = make()
        lacking = await self._lacking(task, self._size())
        allowed = [one for one in lacking.passages if one.document in task.groups]
        group = task.groups[allowed[0].document] if allowed else ""
        passages = [one for one in allowed if task.groups[one.document] == group]
        self._show(lacking, "making" if passages else "done")
        if not passages:
            return False
        if passages[0] == self._kept:  # such as from a server whose model gives other lengths than before
            raise AppError(detail=f"vectors of {passages[0].document} {passages[0].number} were not kept")
        start = self._clock.tick()
        rows = await self._rows(task.model, [one.text for one in passages], group)
        if self._is_loaded:  # the first batch of a model waits for it, which tells nothing about the others
            self._took.append((len(rows), self._clock.tick() - start))
        self._is_loaded = True
        await self._reading.librarian.keep_vectors(task.key, passages, rows)
        self._kept = passages[0]
        now = self.making()
        self.making.set(replace(now, made=min(now.made + len(passages), now.total), rate=self._rate()))
        return True

    def _size(self) -> int:
        """How many texts fit into a batch."""
        return max(1, min(BATCH, int(self._rate() * BATCH_SECONDS)))

    def _rate(self) -> float:
        seconds = sum(took for _, took in self._took)
        return sum(count for count, _ in self._took) / seconds if seconds > 0 else 0.0

    async def _until_quiet(self) -> None:
        """A reply goes first, a model that is on its way into memory, and what is being read."""
        while self._is_busy():
            if self.making().state == "making":
                self.making.set(replace(self.making(), state="waiting"))
            await self._clock.sleep(LOOK_SECONDS)

    def _is_busy(self) -> bool:
        loaded = self._state.loaded()
        is_loading = loaded is not None and loaded.state == "loading"
        is_replying = bool(self._jobs.names("reply:")) or bool(self._state.live())
        return is_loading or is_replying or self._reading.progress() is not None

    async def _rows(self, model: Model, texts: Sequence[str], group: str) -> list[tuple[float, ...]]:
        """The vectors of texts; of one that is longer than the model reads, of as much as it does."""
        farthest = Place.CLOUD if model.leaves_device else Place.COMPUTER
        why = Request((), purpose=Purpose.EMBEDDING, farthest=farthest, belongs_to=f"notebook {group}")
        try:
            made = await self._embedder().embed(model, ToEmbed(tuple(texts), "document", why=why))
        except TooLong:
            if len(texts) > 1:
                return [row for text in texts for row in await self._rows(model, [text], group)]
            if len(texts[0]) <= LEAST:
                raise
            return await self._rows(model, [texts[0][: int(len(texts[0]) * SHORTER)]], group)
        return list(made.rows)

    def _show(self, lacking: Lacking, state: MakingState) -> None:
        self.making.set(Making(lacking.made, lacking.total, self._rate(), state, languages=lacking.languages))
