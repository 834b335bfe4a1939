"""Whether the person looks at the page. A phone that is locked or a tab behind others may lose its connections."""

from __future__ import annotations

import asyncio


class Presence:
    """Of one page. `absences` counts how often it was left."""

    def __init__(self) -> None:
        self._here = asyncio.Event()
        self._here.set()
        self.absences = 0

    @property
    def is_here(self) -> bool:
        """Whether the page is on show."""
        return self._here.is_set()

    def leave(self) -> None:
        """The page is hidden, or about to be frozen."""
        if self.is_here:
            self.absences += 1
            self._here.clear()

    def back(self) -> None:
        """The page is on show again."""
        self._here.set()

    async def here(self) -> None:
        """Wait until it is."""
        await self._here.wait()
