"""What an engine says on its port while it answers, read in order, with a limit for its silence.

inbox = Inbox(first_seconds=180, seconds=60)
port.onmessage = inbox.take
while (piece := await inbox.next(running)) is not None: ...
inbox.close()
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from typing import Any

from app.browser.pace import STEP_SECONDS, awake, is_late
from app.core.engine_errors import reply_timed_out
from app.core.values import Delta, Thought


class Inbox:
    """What has come from the port. One reader and one slow watch: no timer is made per delta."""

    def __init__(self, first_seconds: float, seconds: float) -> None:
        self._pieces: deque[Delta | Thought] = deque()
        self._has_ended = False
        self._limit, self._next_limit = first_seconds, seconds
        self._silent, self._looked = 0.0, time.monotonic()
        self._waiter: asyncio.Future[None] | None = None
        self._watch()

    def take(self, event: Any) -> None:
        """A message of the port."""
        self.put(event.data)

    def put(self, data: Any) -> None:
        """Text, an object with a `thought`, or null at the end. Each is a sign of life."""
        thought = None if isinstance(data, str) else getattr(data, "thought", None)
        if isinstance(data, str):
            self._pieces.append(Delta(data))
        elif thought is not None:
            self._pieces.append(Thought(thought))
        else:
            self._has_ended = True
        self._silent, self._looked, self._limit = 0.0, time.monotonic(), self._next_limit
        self.wake()

    def wake(self, *_: object) -> None:
        """Let the reader look again."""
        now = time.monotonic()
        self._silent += awake(now - self._looked)
        self._looked = now
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    async def next(self, running: asyncio.Future[Any]) -> Delta | Thought | None:
        """The next piece; None at the end, or where the call itself failed. Raises TimedOut where nothing comes."""
        while not self._pieces:
            has_failed = running.done() and (running.cancelled() or running.exception() is not None)
            if has_failed or (self._has_ended and running.done()):
                return None
            if is_late(self._silent, self._limit):
                raise reply_timed_out(self._limit)
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter
        return self._pieces.popleft()

    def close(self) -> None:
        """Stop watching."""
        self._timer.cancel()

    def _watch(self) -> None:
        self.wake()
        self._timer = asyncio.get_running_loop().call_later(STEP_SECONDS, self._watch)
