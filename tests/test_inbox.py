"""What an engine says while it answers (app/browser/inbox.py, which needs no browser itself)."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest

from app.browser import inbox as module
from app.browser.inbox import Inbox
from app.core.errors import TimedOut
from app.core.values import Delta, Thought


def test_thinking_is_a_sign_of_life(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fault E1: after 180 seconds of thinking the model would have counted as silent, and been stopped."""
    now: float = 0.0
    monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda: now))
    monkeypatch.setattr(module, "is_late", lambda waited, limit: waited > limit)

    async def body() -> None:
        nonlocal now
        running: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        inbox = Inbox(first_seconds=180, seconds=60)
        now = 179.0
        inbox.take(SimpleNamespace(data=SimpleNamespace(thought="Easy.")))
        assert await inbox.next(running) == Thought("Easy.")
        reading = asyncio.ensure_future(inbox.next(running))
        for _ in range(25):
            now += 2.0
            inbox.wake()
        await asyncio.sleep(0)
        assert not reading.done()
        inbox.take(SimpleNamespace(data="Paris."))
        assert await reading == Delta("Paris.")
        now += 3600.0  # the phone was locked
        inbox.wake()
        reading = asyncio.ensure_future(inbox.next(running))
        await asyncio.sleep(0)
        assert not reading.done()
        for _ in range(30):
            now += 2.0
            inbox.wake()
        with pytest.raises(TimedOut):
            await reading
        inbox.close()

    asyncio.run(body())


def test_the_end_comes_behind_the_last_piece() -> None:
    async def body() -> None:
        running: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        inbox = Inbox(first_seconds=180, seconds=60)
        inbox.take(SimpleNamespace(data="Paris."))
        inbox.take(SimpleNamespace(data=None))
        running.set_result(None)
        assert [await inbox.next(running), await inbox.next(running)] == [Delta("Paris."), None]
        inbox.close()

    asyncio.run(body())
