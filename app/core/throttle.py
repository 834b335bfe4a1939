"""Throttle: does something at most once in so many seconds, and once more for the last change before a halt.

throttle = Throttle(jobs, clock, "progress", 1.0, show_rows)
throttle.ask()        # for every change: now where the last time is long enough ago, else a little later
throttle.act()        # now, whatever was done before
"""

from __future__ import annotations

from collections.abc import Callable

from app.core.jobs import Jobs
from app.core.ports import Clock


class Throttle:
    """`name` is that of the job that waits for the last change."""

    def __init__(self, jobs: Jobs, clock: Clock, name: str, seconds: float, act: Callable[[], None]) -> None:
        self._jobs, self._clock, self._name = jobs, clock, name
        self._seconds, self._act = seconds, act
        self._acted_at: float | None = None

    def ask(self) -> None:
        """Something changed."""
        since = None if self._acted_at is None else self._clock.tick() - self._acted_at
        if since is None or since >= self._seconds:
            self.act()
        elif not self._jobs.is_running(self._name):
            self._jobs.start(self._name, self._later(self._seconds - since))

    def act(self) -> None:
        """Do it at once."""
        self._acted_at = self._clock.tick()
        self._act()

    async def _later(self, seconds: float) -> None:
        await self._clock.sleep(seconds)
        self.act()
