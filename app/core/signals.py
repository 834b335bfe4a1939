"""Signals: values that know who reads them.

    count = Signal(1)
    double = Computed(lambda: count() * 2)
    Effect(lambda: print(double()))      # prints 2, and again whenever it changes
    count.set(5)                         # marks the effect; `flush()` runs it

Effects run once per flush, however many signals changed. The page flushes once per animation frame; tests set no
scheduler, so they flush at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, Protocol, TypeVar, cast

T = TypeVar("T")


class Reader(Protocol):
    """What reads signals: it keeps which, and is marked when one of them has changed."""

    sources: dict[Source, None]

    def mark(self) -> None:
        """Something that was read has changed."""


class Source(Protocol):
    """What can be read, whatever its values are."""

    def forget(self, reader: Reader) -> None:
        """Stop telling a reader."""


_readers: list[Reader] = []
_pending: dict[Effect, None] = {}
_schedule: Callable[[], None] | None = None


def on_change(schedule: Callable[[], None] | None) -> None:
    """Let `schedule` be called when effects wait; it must arrange a later `flush()`. None flushes at once."""
    global _schedule
    _schedule = schedule


def flush() -> None:
    """Run every waiting effect, also those that the effects themselves wake.

    One that fails does not keep the others from being painted; the first error is raised at the end.
    """
    failed: Exception | None = None
    while _pending:
        effect = next(iter(_pending))
        del _pending[effect]
        try:
            effect.run()
        except Exception as error:  # noqa: BLE001 - raised below
            failed = failed or error
    if failed is not None:
        raise failed


@contextmanager
def untracked() -> Iterator[None]:
    """What is read inside makes nobody a reader of it."""
    held = _readers[:]
    _readers.clear()
    try:
        yield
    finally:
        _readers[:] = held


class Signal(Generic[T]):
    """A value; calling it reads it, `set` replaces it. Equal values wake nobody."""

    __slots__ = ("_readers", "_value")

    def __init__(self, value: T) -> None:
        self._value = value
        self._readers: dict[Reader, None] = {}

    def __call__(self) -> T:
        if _readers:
            self._readers[_readers[-1]] = None
            _readers[-1].sources[self] = None
        return self._value

    def set(self, value: T) -> None:
        """Replace the value and mark everyone who read the old one."""
        if value is self._value or value == self._value:
            return
        self._value = value
        for reader in tuple(self._readers):
            reader.mark()

    def forget(self, reader: Reader) -> None:
        """Stop telling a reader."""
        self._readers.pop(reader, None)


class Computed(Generic[T]):
    """A value worked out from signals, kept until one of them changes."""

    __slots__ = ("_fn", "_own", "_stale", "sources")

    def __init__(self, fn: Callable[[], T]) -> None:
        self._fn = fn
        self._stale = True
        self._own: Signal[T | None] = Signal(None)
        self.sources: dict[Source, None] = {}

    def __call__(self) -> T:
        if self._stale:
            self._stale = False
            try:
                self._own._value = _track(self, self._fn)
            except BaseException:
                self._stale = True  # what failed is worked out again when it is asked for again
                raise
        return cast("T", self._own())

    def mark(self) -> None:
        """A source changed: be stale and tell the readers."""
        if not self._stale:
            self._stale = True
            for reader in tuple(self._own._readers):
                reader.mark()


class Effect:
    """Something done again whenever a signal it read has changed."""

    __slots__ = ("_fn", "sources")

    def __init__(self, fn: Callable[[], object]) -> None:
        self._fn = fn
        self.sources: dict[Source, None] = {}
        self.run()

    def run(self) -> None:
        """Do it now and note which signals it reads."""
        _track(self, self._fn)

    def mark(self) -> None:
        """Wait for the next flush."""
        _pending[self] = None
        if _schedule is None:
            if not _readers:
                flush()
        else:
            _schedule()

    def stop(self) -> None:
        """Never run again."""
        _pending.pop(self, None)
        for source in self.sources:
            source.forget(self)


def _track(reader: Reader, fn: Callable[[], T]) -> T:
    for source in reader.sources:
        source.forget(reader)
    reader.sources = {}
    _readers.append(reader)
    try:
        return fn()
    finally:
        _readers.pop()
