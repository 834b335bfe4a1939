"""The browser's clocks, through Python's own."""

from __future__ import annotations

import asyncio
import time


class SystemClock:
    """The `Clock` port: `now` in seconds since 1970, `tick` in seconds that only go forward."""

    def now(self) -> float:
        """Wall-clock time."""
        return time.time()

    def tick(self) -> float:
        """Monotonic time."""
        return time.perf_counter()

    async def sleep(self, seconds: float) -> None:
        """Let others work for so long."""
        await asyncio.sleep(seconds)
