"""Throttle: rarely, and never too late for the last change."""

from __future__ import annotations

import asyncio

from app.core.jobs import Jobs
from app.core.throttle import Throttle
from tests.memory import FakeClock


def test_many_changes_are_acted_on_at_once_and_once_more_at_the_end() -> None:
    async def body() -> None:
        jobs, changes, shown = Jobs(lambda name, error: None), list[int](), list[int]()
        throttle = Throttle(jobs, FakeClock(), "show", 1.0, lambda: shown.append(len(changes)))
        for number in range(4):
            changes.append(number)
            throttle.ask()
        assert shown == [1]
        await jobs.join()
        assert shown == [1, 4]

    asyncio.run(body())


def test_what_must_be_seen_does_not_wait() -> None:
    async def body() -> None:
        acted: list[str] = []
        throttle = Throttle(Jobs(lambda name, error: None), FakeClock(), "show", 1.0, lambda: acted.append("now"))
        throttle.ask()
        throttle.act()
        assert acted == ["now", "now"]

    asyncio.run(body())
