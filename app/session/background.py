"""Long work in the background, one thing after the other, by one page at a time: quizzes, study notes.

    line = Background(jobs, tabs, "quiz", state.makes_quiz, make, following)
    line.go_on("3f2a")                  # from where it is, if nobody is at anything
    id = await line.stop()              # what it was at, "" for nothing
    line.progress()                     # Progress("3f2a", rate=0.2), a signal; None while nothing is done

What is done is kept step by step by whoever does it (`make`), so that the next visit can go on.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from app.core.errors import AppError
from app.core.jobs import Jobs
from app.core.ports import Tabs
from app.core.signals import Signal
from app.session.notices import as_app_error

REMEMBERED = 8  # steps that the rate is reckoned from


@dataclass(frozen=True, slots=True)
class Progress:
    """What is being done, by its id, how much of it a second (0 while that is not known), whether it waits for a
    reply."""

    id: str
    rate: float = 0.0
    is_waiting: bool = False


class Named(Protocol):
    """What has an id."""

    @property
    def id(self) -> str:
        """Its own."""


N = TypeVar("N", bound=Named)


class Background:
    """One line of work. `name` is that of its job and of what one page holds; `is_on` tells that something is done.
    `make` does one thing by its id to its end, `following` names the next one, "" for none. One that fails says why,
    holds up no other, and is not tried again in this visit unless the person asks for it."""

    def __init__(
        self,
        jobs: Jobs,
        tabs: Tabs,
        name: str,
        is_on: Signal[bool],
        make: Callable[[str], Awaitable[None]],
        following: Callable[[], Awaitable[str]],
    ) -> None:
        self._jobs, self._tabs, self._name, self._is_on = jobs, tabs, name, is_on
        self._make, self._following = make, following
        self.progress: Signal[Progress | None] = Signal(None)
        self.problem: Signal[AppError | None] = Signal(None)  # why one is not done further
        self.failed: Signal[Mapping[str, AppError]] = Signal({})  # why each one is not done further, by its id
        self._took: deque[tuple[int, float]] = deque(maxlen=REMEMBERED)

    def is_at(self, id: str) -> bool:
        """Whether it is this one that is being done."""
        progress = self.progress()
        return progress is not None and progress.id == id

    def untried(self, every: Iterable[N]) -> Iterator[N]:
        """Those that have not failed."""
        failed = self.failed()
        return (one for one in every if one.id not in failed)

    def is_later(self, id: str) -> bool:
        """Whether it is another one's turn."""
        return self.progress() is not None and not self.is_at(id) and id not in self.failed()

    def go_on(self, id: str) -> None:
        """Do this one and what follows, if nobody is at it."""
        self.failed.set({key: why for key, why in self.failed().items() if key != id})
        if not self._jobs.is_running(self._name):
            self._jobs.start(self._name, self._work(id))

    async def stop(self) -> str:
        """End it now; gives what it was at, "" for nothing."""
        progress = self.progress()
        await self._jobs.stop(self._name)
        return progress.id if progress else ""

    def took(self, count: int, seconds: float) -> None:
        """A step has done so much of it."""
        self._took.append((count, seconds))
        done, all_seconds = map(sum, zip(*self._took, strict=True))
        if progress := self.progress():
            self.progress.set(replace(progress, rate=done / max(all_seconds, 0.001)))

    def waits(self, is_waiting: bool) -> None:
        """Whether a reply is waited for."""
        if (progress := self.progress()) and progress.is_waiting != is_waiting:
            self.progress.set(replace(progress, is_waiting=is_waiting))

    async def _work(self, id: str) -> None:
        self.problem.set(None)
        self.progress.set(Progress(id))
        self._is_on.set(True)
        try:
            await self._tabs.wait(self._name)  # another page may be at it
            try:
                while id:
                    self._took.clear()
                    self.progress.set(Progress(id))
                    await self._one(id)
                    id = await self._following()
            finally:
                self._tabs.release(self._name)
        except Exception as error:  # noqa: BLE001 - shown beside what is done
            self.problem.set(as_app_error(error))
        finally:
            self._is_on.set(False)
            self.progress.set(None)

    async def _one(self, id: str) -> None:
        try:
            await self._make(id)
        except Exception as error:  # noqa: BLE001 - shown beside what is done
            why = as_app_error(error)
            self.problem.set(why)
            self.failed.set({**self.failed(), id: why})
