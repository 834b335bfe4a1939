"""Time limits that mean work and not the clock: a machine that is slow at the moment gets more of it.

    await first_of({loading, failed}, seconds=50)      # TimeoutError then, or later where all is slow
    if is_late(waited, 60): give_up()

A limit catches what never ends. On an old machine, or beside much else, an engine that still loads must not be taken
for a dead one. How slow it is here is measured only once a limit has passed, so it costs nothing before. The time in
which a page was frozen, as on a locked phone, does not count.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Collection
from typing import Any

STEPS = 200_000
USUAL_SECONDS = 0.018  # what these steps take in Pyodide on an ordinary machine with nothing else to do
MOST = 20.0
STEP_SECONDS = 2.0  # between two looks


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
    waited, limit = 0.0, seconds
    while waited < limit:
        step, start = min(STEP_SECONDS, limit - waited), time.monotonic()
        done, _ = await asyncio.wait(futures, timeout=step, return_when=asyncio.FIRST_COMPLETED)
        if done:
            return
        waited += awake(time.monotonic() - start)
        if waited >= limit:
            limit = seconds * slowness()
    raise TimeoutError


def awake(seconds: float) -> float:
    """What counts of the time between two looks: while a page is frozen nothing in it can answer."""
    return min(seconds, 2 * STEP_SECONDS)
