"""What is kept, read so that nothing is taken back that this page changes meanwhile.

quizzes, attempts = await steady(lambda: (self.quizzes(), self.attempts()), self._store.all)
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")


async def steady(shown: Callable[[], object], read: Callable[[], Awaitable[T]]) -> T:
    """What `read` gives, read again as long as what is shown has changed meanwhile. Raises what `read` raises."""
    while True:
        before = shown()
        kept = await read()
        if shown() == before:
            return kept
