"""Work that ends in the middle where something else has become true, such as that its words may not leave any more.

verdict = await unless(lambda: stays("3f2a"), ask.json(question, Verdict))      # None where it was ended
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import TypeVar

from app.core.signals import Effect

T = TypeVar("T")


async def unless(is_over: Callable[[], object], work: Coroutine[object, object, T]) -> T | None:
    """What some work gives, None where signals that `is_over` reads have ended it. Raises what the work raises."""
    task = asyncio.ensure_future(work)
    watch = Effect(lambda: task.cancel() if is_over() else None)
    try:
        await asyncio.wait({task})
    finally:
        watch.stop()
        task.cancel()
    return None if task.cancelled() else task.result()
