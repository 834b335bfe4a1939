"""Time limits on a slow machine (app/browser/pace.py, which needs no browser itself)."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest

from app.browser import pace
from app.browser.pace import MOST, first_of, is_late, slowness


def test_how_slow_it_is_here_is_a_finite_factor() -> None:
    assert 1 <= slowness() <= MOST


def test_a_limit_is_as_many_times_longer_as_the_machine_is_slower() -> None:
    assert not is_late(50, 60, lambda: 1.0)
    assert is_late(61, 60, lambda: 1.0)
    assert not is_late(61, 60, lambda: 3.0)
    assert is_late(181, 60, lambda: 3.0)


def test_nothing_is_measured_before_the_limit_has_passed() -> None:
    def measured() -> float:
        raise AssertionError("this costs time")

    async def run() -> None:
        ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        asyncio.get_running_loop().call_soon(ended.set_result, None)
        await first_of({ended}, 60, measured)

    assert not is_late(59, 60, measured)
    asyncio.run(run())


def test_an_end_that_comes_late_on_a_slow_machine_is_waited_for() -> None:
    """Build 8 of issue 12: MediaPipe was given up after 50 s while twenty busy processes kept it from loading."""

    async def run() -> None:
        ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def slow() -> float:
            ended.set_result(None)  # it comes while the limit is looked at again
            return 1000.0

        await first_of({ended}, 0.001, slow)

    asyncio.run(run())


def test_what_never_ends_is_given_up() -> None:
    async def run() -> None:
        with pytest.raises(TimeoutError):
            await first_of({asyncio.get_running_loop().create_future()}, 0.001, lambda: 2.0)

    asyncio.run(run())


def test_a_page_that_was_frozen_was_not_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a locked phone an hour passes between two looks, and timers that are overdue come before any answer."""
    now = iter([0.0, 3600.0, 3600.0, 7200.0, 7200.0, 7201.0])
    monkeypatch.setattr(pace, "time", SimpleNamespace(monotonic=lambda: next(now)))

    async def run() -> None:
        ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        waited = list[float | None]()

        async def wait(futures: object, timeout: float | None, return_when: str) -> tuple[object, object]:
            waited.append(timeout)
            return (futures if len(waited) == 3 else ()), ()

        monkeypatch.setattr(pace, "asyncio", SimpleNamespace(wait=wait, FIRST_COMPLETED="first"))
        await first_of({ended}, 60, lambda: 1.0)
        assert waited == [2.0, 2.0, 2.0]

    asyncio.run(run())
