"""The phases of a load, one after the other, while it goes on.

async with aclosing(phases_of(lambda tell: engine.load(handle, settings, tell))) as phases:
    async for phase in phases: ...      # LoadPhase.STARTING, …; raises what the load raises
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine

from app.core.ports import TellPhase
from app.core.values import LoadPhase


async def phases_of(load: Callable[[TellPhase], Coroutine[object, object, None]]) -> AsyncGenerator[LoadPhase, None]:
    """What `load` tells. Closing the iterator early cancels the load and waits until it has cleaned up."""
    told: asyncio.Queue[LoadPhase | None] = asyncio.Queue()
    task = asyncio.ensure_future(load(told.put_nowait))
    task.add_done_callback(lambda done: told.put_nowait(None))
    try:
        while (phase := await told.get()) is not None:
            yield phase
        await task
    finally:
        if not task.done():
            task.cancel()
            await asyncio.wait([task])
