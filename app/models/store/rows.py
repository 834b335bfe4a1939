"""The rows that the Local Models page shows: each known model and its state.

    rows = Rows()
    rows.put(Row(model)); rows.change("tiny", status=Status.DOWNLOADING, stored_bytes=0)
    rows.get("tiny").is_busy

A model's state is kept in three forms, each made from the one before and never written back: `Stored` is what storage
holds, one per file, true after a crash too; `Row` is that and what is being done with the model right now, which no
storage knows; the session's `rows` are the rows as they are on show, at most once a second while bytes move. Its
`rows_at_rest` are the same without the progress, so that pages that show none are not drawn again each second.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypedDict, Unpack

from app.core.errors import AppError, ModelMissing
from app.core.ports import Clock
from app.core.texts import Text
from app.core.values import Model

RATE_SECONDS = 8.0
RATE_SAMPLES = 40


class Status(StrEnum):
    """Where a model stands, of this browser or of Ollama. The values are what the local API and other tabs are told."""

    NOT_DOWNLOADED = "Not downloaded"
    DOWNLOADING = "Downloading"
    PAUSED = "Paused"
    IMPORTING = "Importing"
    VERIFYING = "Verifying"
    READY = "Ready"
    UNVERIFIED = "Ready, unverified"
    DAMAGED = "Damaged"
    FAILED = "Failed"

    @property
    def is_ready(self) -> bool:
        """Whether the model can be used."""
        return self in (Status.READY, Status.UNVERIFIED)

    @property
    def is_busy(self) -> bool:
        """Whether bytes are moving."""
        return self in (Status.DOWNLOADING, Status.IMPORTING, Status.VERIFYING)


@dataclass(frozen=True, slots=True)
class Row:
    """A model and where it stands. `rate` is bytes per second over the last seconds; `done_bytes` counts what the work
    under way has done (committed or checked); `note` says what it waits for; `problem` is why it does not go on."""

    model: Model
    status: Status = Status.NOT_DOWNLOADED
    stored_bytes: int = 0
    done_bytes: int = 0
    rate: float = 0.0
    note: Text | None = None
    problem: AppError | None = None
    file_sha256: tuple[str, ...] = ()
    is_elsewhere: bool = False
    is_linked: bool = False

    @property
    def is_ready(self) -> bool:
        """Whether an engine can load it."""
        return self.status.is_ready

    @property
    def can_answer(self) -> bool:
        """Whether it can be asked: the bundled model is fetched with the first question."""
        return self.is_ready or self.model.is_bundled

    @property
    def is_busy(self) -> bool:
        """Whether bytes are moving."""
        return self.status.is_busy

    @property
    def at_rest(self) -> Row:
        """The same without how far it is: this does not change while bytes move."""
        return replace(self, stored_bytes=0, done_bytes=0, rate=0.0) if self.is_busy else self

    @property
    def seconds_left(self) -> float:
        """Time left at the present rate, 0 where unknown."""
        return max(0, self.model.size_bytes - self.done_bytes) / self.rate if self.rate else 0.0


class RowChanges(TypedDict, total=False):
    """The fields of a row that change while something is done with its model."""

    model: Model
    status: Status
    stored_bytes: int
    done_bytes: int
    rate: float
    note: Text | None
    problem: AppError | None
    is_elsewhere: bool


class Rows:
    """Rows by model id, in the order in which they were added. `on_change` is called after every change of any row."""

    def __init__(self) -> None:
        self._rows: dict[str, Row] = {}
        self.on_change: Callable[[], None] = lambda: None

    def __iter__(self) -> Iterator[Row]:
        return iter(tuple(self._rows.values()))

    def __contains__(self, model_id: str) -> bool:
        return model_id in self._rows

    def get(self, model_id: str) -> Row:
        """One row. Raises ModelMissing."""
        if model_id not in self._rows:
            raise ModelMissing()
        return self._rows[model_id]

    def find(self, model_id: str) -> Row | None:
        """One row, None where the model is unknown."""
        return self._rows.get(model_id)

    def put(self, *rows: Row) -> None:
        """Add or replace rows."""
        changed = {row.model.id: row for row in rows if self._rows.get(row.model.id) != row}
        if changed:
            self._rows |= changed
            self.on_change()

    def change(self, model_id: str, **changes: Unpack[RowChanges]) -> None:
        """Change fields of a row; nothing happens where it is gone."""
        if model_id in self._rows:
            self.put(replace(self._rows[model_id], **changes))

    def drop(self, *model_ids: str) -> None:
        """Take rows away."""
        gone = [model_id for model_id in model_ids if self._rows.pop(model_id, None)]
        if gone:
            self.on_change()

    def forget(self, model: Model) -> None:
        """The bytes of a model are gone: an imported one goes too, a catalogue row is as new."""
        if model.is_imported:
            self._rows.pop(model.id, None)
            self.on_change()
        else:
            self.put(Row(model))


class Rate:
    """Bytes per second over the last few seconds."""

    def __init__(self, clock: Clock, done: int = 0) -> None:
        self._clock = clock
        self._samples = deque([(clock.tick(), done)], maxlen=RATE_SAMPLES)

    def at(self, done: int) -> float:
        """Note how far it is; returns the rate."""
        now = self._clock.tick()
        self._samples.append((now, done))
        while len(self._samples) > 2 and now - self._samples[1][0] > RATE_SECONDS:
            self._samples.popleft()
        (start, first), (end, last) = self._samples[0], self._samples[-1]
        return (last - first) / (end - start) if end > start else 0.0
