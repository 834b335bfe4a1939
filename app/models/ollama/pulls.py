"""Pulling models into Ollama: one bar for a whole model, several models at once, and going on after a break.

    pulls = Pulls(client, records, clock, on_change=draw)
    await pulls.restore()                    # what an earlier visit left unfinished, Paused
    await pulls.pull("llama3.2:1b")          # cancel it to pause; pull it again to go on

Ollama tells of one layer after the other and forgets what it told before a break. So the whole is added up here: one
entry for each layer's digest, never less than was shown before, and never all of it before Ollama says `success`.
There is no endpoint that cancels: a closed request stops the server, which keeps what it has (design notes, section 3).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, replace

from app.core.errors import AppError, BadAnswer, Interrupted, StorageError, Unreachable
from app.core.jobs import Jobs
from app.core.ports import Clock, Json, Records
from app.core.shapes import When, decode, decode_each
from app.core.texts import Text, TextOrWords
from app.models.ollama.answers import Step
from app.models.ollama.client import PULL, OllamaClient
from app.models.ollama.library import name_key, valid_name
from app.models.store.rows import Rate, Status

SHELF = "pulls"
SAVE_SECONDS = 3.0
MOST_PERCENT = 99  # before success
# Ollama's own words for what is not counted in bytes, and ours.
NOTES: Mapping[str, TextOrWords] = {
    "pulling manifest": Text("ollama_server.asking"),
    "verifying sha256 digest": Text("ollama_server.checking"),
    "writing manifest": Text("ollama_server.finishing"),
    "removing unused layers": Text("ollama_server.tidying"),
    "removing any unused layers": Text("ollama_server.tidying"),
    "success": "",
}

# Half a line at the end of an answer is no JSON: the connection was cut, and going on makes sense.
CUT_SHORT = (Interrupted, Unreachable, BadAnswer)


@dataclass(frozen=True, slots=True)
class PullRow:
    """Where a pull stands. Bytes of all layers that are known; `rate` in bytes per second; `started` in seconds since
    1970. `percent` never falls, and is 100 only where the model is Ready."""

    name: str
    status: Status = Status.PAUSED
    done_bytes: int = 0
    total_bytes: int = 0
    percent: int = 0
    rate: float = 0.0
    seconds_left: float = 0.0
    note: TextOrWords = ""
    problem: AppError | None = None
    started: float = 0.0

    @property
    def is_done(self) -> bool:
        """Whether the model can be used: Ollama has said so."""
        return self.status == Status.READY


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a pull between visits. Bytes, and seconds since 1970."""

    name: str
    done: int = 0
    total: int = 0
    started: When = 0.0


def kept_from(record: object, lost: list[str] | None = None) -> Kept:
    """A pull from its stored record; what of it cannot be read is named in `lost`. Raises Damaged."""
    return decode(Kept, record, lost)


class Pull:
    """Adds up the lines of one model's pull, over all its tries. `expected` is about how many bytes there will be, 0
    where nobody knows: it keeps a first small layer from looking like the whole."""

    def __init__(self, clock: Clock, expected: int = 0, done: int = 0, total: int = 0) -> None:
        self._clock = clock
        self._expected = max(expected, total)
        self._layers: dict[str, tuple[int, int]] = {}  # digest: (completed, total)
        self._rate = Rate(clock)
        self._moved = 0  # bytes that have really come during this try
        self.done_bytes = done
        self.total_bytes = max(total, done)
        self.rate = 0.0
        self.note: TextOrWords = ""
        self.is_done = False
        self.percent = 0
        self._count()

    def begin(self) -> None:
        """A new try: Ollama tells of the layers from the first one on, perhaps of other ones."""
        self._expected = max(self._expected, self.total_bytes)
        self._layers.clear()
        self._rate, self._moved, self.rate, self.note = Rate(self._clock), 0, 0.0, ""

    def take(self, step: Step) -> None:
        """Count one line."""
        if step.digest:
            before, total = self._layers.get(step.digest, (step.completed, 0))
            self._layers[step.digest] = (step.completed, max(total, step.total, step.completed))
            self._moved += max(0, step.completed - before)  # what a layer begins with was there already
            self.rate = self._rate.at(self._moved)
            self.note = ""
        else:
            self.note = NOTES.get(step.status, step.status)
        self.is_done = self.is_done or step.status == "success"
        self._count()

    def _count(self) -> None:
        known = sum(total for _, total in self._layers.values())
        self.total_bytes = max(known, self._expected, self.done_bytes)
        self.done_bytes = max(self.done_bytes, self._has)
        if self.is_done:
            self.done_bytes = self.total_bytes = max(known or self.total_bytes, self.done_bytes)
            self.percent, self.rate = 100, 0.0
        elif self.total_bytes:
            now = min(MOST_PERCENT, int(100 * self.done_bytes / self.total_bytes))
            self.percent = max(self.percent, now)

    @property
    def _has(self) -> int:
        """Bytes that Ollama has now; fewer than were shown where it had to begin again."""
        return sum(completed for completed, _ in self._layers.values())

    @property
    def seconds_left(self) -> float:
        """Time left at the present rate, 0 where unknown."""
        return max(0, self.total_bytes - self._has) / self.rate if self.rate > 0 else 0.0


class Pulls:
    """The pulls of this page by name. `expected` tells about how large a model is, 0 where unknown; `on_change` is
    called after every change of any row."""

    def __init__(
        self,
        client: OllamaClient,
        records: Records,
        clock: Clock,
        on_change: Callable[[], None] = lambda: None,
        expected: Callable[[str], int] = lambda name: 0,
    ) -> None:
        self._client, self._records, self._clock = client, records, clock
        self._expected, self.on_change = expected, on_change
        self._rows: dict[str, PullRow] = {}
        self._pulls: dict[str, Pull] = {}
        self._jobs = Jobs(lambda key, error: None)  # whoever waits for a pull raises what has ended it
        self._waiting: dict[str, int] = {}
        self._saved: dict[str, float] = {}

    @property
    def rows(self) -> tuple[PullRow, ...]:
        """Every pull, in the order in which they were asked for."""
        return tuple(self._rows.values())

    def row(self, name: str) -> PullRow | None:
        """The pull of a model, None where there is none."""
        return self._rows.get(name_key(name))

    async def restore(self) -> None:
        """Bring back what an earlier visit left unfinished. Raises StorageError."""
        for kept in sorted(decode_each(Kept, await self._records.all(SHELF)), key=lambda kept: kept.started):
            if (key := name_key(kept.name)) not in self._rows:
                self._pulls[key] = pull = Pull(self._clock, self._expected(kept.name), kept.done, kept.total)
                self._rows[key] = _shown(PullRow(kept.name, started=kept.started), pull)
        self.on_change()

    async def pull(self, name: str) -> None:
        """Pull a model until Ollama says `success`. Cancelling it pauses; pulling again goes on. Who asks for a model
        that is being pulled joins in; it pauses when the last one leaves, or by `pause`, which is no error.

        Raises ProviderError, Interrupted, BadAnswer, BadName."""
        name = valid_name(name)
        key = name_key(name)
        if not self._jobs.is_running(key):
            self._start(key, name)
        self._waiting[key] = self._waiting.get(key, 0) + 1
        try:
            error = await self._jobs.wait(key)
        finally:
            self._waiting[key] -= 1
            if not self._waiting[key]:
                await self._jobs.stop(key)  # what is remembered of it is written when the caller goes on
        if error is not None:
            raise error

    async def pause(self, name: str) -> None:
        """Stop a pull, whoever asked for it. What Ollama has it keeps."""
        await self._jobs.stop(name_key(name))

    async def forget(self, name: str) -> None:
        """Take a pull off the list; Ollama clears away what it has of it by itself, some day. Raises StorageError."""
        await self.pause(name)
        key = name_key(name)
        for kept in (self._rows, self._pulls, self._saved):
            kept.pop(key, None)
        await self._records.write((), [(SHELF, key)])
        self.on_change()

    def _start(self, key: str, name: str) -> None:
        before = self._rows.get(key)
        if before is None or before.is_done:
            self._pulls[key] = Pull(self._clock, self._expected(name))
            self._rows[key] = PullRow(name, started=self._clock.now())
        self._jobs.start(key, self._run(key, name))

    async def _run(self, key: str, name: str) -> None:
        """One try. Raises what went wrong."""
        pull = self._pulls[key]
        pull.begin()
        self._show(key, Status.DOWNLOADING)
        try:
            await self._save(key)
            async with aclosing(self._client.pull(name)) as steps:
                async for step in steps:
                    pull.take(step)
                    self._show(key, Status.DOWNLOADING)
                    if self._clock.tick() - self._saved.get(key, 0.0) >= SAVE_SECONDS:
                        await self._save(key)
            if not pull.is_done:
                raise PULL.interrupted()
        except AppError as error:
            await self._end(key, Status.PAUSED if isinstance(error, CUT_SHORT) else Status.FAILED, error)
            raise
        except asyncio.CancelledError:
            await self._end(key, Status.READY if pull.is_done else Status.PAUSED)
            raise
        await self._end(key, Status.READY)

    async def _end(self, key: str, status: Status, problem: AppError | None = None) -> None:
        self._pulls[key].rate, self._pulls[key].note = 0.0, ""
        self._show(key, status, problem)
        if status == Status.READY or (problem is not None and not problem.again):
            await self._write([], [(SHELF, key)], key)
        else:
            await self._save(key)

    def _show(self, key: str, status: Status, problem: AppError | None = None, note: TextOrWords = "") -> None:
        row = _shown(self._rows[key], self._pulls[key])
        self._rows[key] = replace(row, status=status, problem=problem, note=note or row.note)
        self.on_change()

    async def _save(self, key: str) -> None:
        row = self._rows[key]
        self._saved[key] = self._clock.tick()
        record = {"name": row.name, "done": row.done_bytes, "total": row.total_bytes, "started": row.started}
        await self._write([(SHELF, key, record)], [], key)

    async def _write(self, puts: list[tuple[str, str, Json]], deletes: list[tuple[str, str]], key: str) -> None:
        """Remember it. Where the browser cannot, the pull goes on all the same, and the row says so."""
        try:
            await self._records.write(puts, deletes)
        except StorageError as error:
            row, note = self._rows[key], Text("ollama_server.not_remembered", message=error.message)
            self._show(key, row.status, row.problem, note)


def _shown(row: PullRow, pull: Pull) -> PullRow:
    return replace(
        row,
        done_bytes=pull.done_bytes,
        total_bytes=pull.total_bytes,
        percent=pull.percent,
        rate=pull.rate,
        seconds_left=pull.seconds_left,
        note=pull.note,
    )
