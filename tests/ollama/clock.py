"""The `Clock` port for plain CPython."""

from __future__ import annotations

import asyncio
import time


class WallClock:
    """The real time, in seconds."""

    def now(self) -> float:
        """Since 1970."""
        return time.time()

    def tick(self) -> float:
        """Only goes forward."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)
