"""Time limits that mean work and not the clock: a machine that is slow at the moment gets more of it.

    await first_of({loading, failed}, seconds=50)      # TimeoutError then, or later where all is slow
    if is_late(waited, 60): give_up()

A limit catches what never ends. On an old machine, or beside much else, an engine that still loads must not be taken
for a dead one. How slow it is here is measured only once a limit has passed, so it costs nothing before.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Collection
from typing import Any

STEPS = 200_000
USUAL_SECONDS = 0.018  # what these steps take in Pyodide on an ordinary machine with nothing else to do
MOST = 20.0


def slowness() -> float:
    """How many times longer than usual some fixed work takes now: 1 or more."""
    start = time.perf_counter()
    total = 0
    for step in range(STEPS):
        total += step
    return min(MOST, max(1.0, (time.perf_counter() - start) / USUAL_SECONDS))


def is_late(waited: float, limit: float, slowness: Callable[[], float] = slowness) -> bool:
    """Whether more than a limit has passed, in seconds, on a machine as slow as this one is now."""
    return waited > limit and waited > limit * slowness()


async def first_of(
    futures: Collection[asyncio.Future[Any]], seconds: float, slowness: Callable[[], float] = slowness
) -> None:
    """Wait until one of these has ended. Raises TimeoutError where none does within the limit."""
    start, left = time.monotonic(), seconds
    while left > 0:
        done, _ = await asyncio.wait(futures, timeout=left, return_when=asyncio.FIRST_COMPLETED)
        if done:
            return
        left = seconds * slowness() - (time.monotonic() - start)
    raise TimeoutError
