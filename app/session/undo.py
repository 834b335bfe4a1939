"""The way back of what was deleted: a toast with Undo, for a while.

self._undos = Undos(notices, jobs, clock, "quiz:undo")
self._undos.offer(removed, Text("quiz.deleted", name=quiz.name))     # its button acts so, with a token
await self._undos.undo(token, self._restore)                         # what that action does
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from app.core.errors import StorageError
from app.core.jobs import Jobs
from app.core.ports import Clock
from app.core.texts import Text
from app.session.notices import Notices, Toast
from app.study.chats import new_id

UNDO_SECONDS = 30.0  # how long what was deleted waits for the way back

Removed = TypeVar("Removed")


class Undos(Generic[Removed]):
    """What can come back by `action`, "GROUP:undo", by the token of its toast. `on_over` hears what cannot any more:
    its space may be given back."""

    def __init__(
        self,
        notices: Notices,
        jobs: Jobs,
        clock: Clock,
        action: str,
        on_over: Callable[[Removed], Awaitable[None]] | None = None,
    ) -> None:
        self._notices, self._jobs, self._clock = notices, jobs, clock
        self._action, self._on_over = action, on_over
        self._group = action.partition(":")[0]
        self._removed: dict[str, tuple[Removed, Text]] = {}

    def offer(self, removed: Removed, told: Text) -> None:
        """Say that it was deleted, with a way back for a while."""
        self._offer(new_id(), removed, told)

    def _offer(self, token: str, removed: Removed, told: Text) -> None:
        self._removed[token] = removed, told
        undo = (Text("chats.undo"), self._action, token)
        self._notices.toast(Toast(f"{self._group}-{token}", told, undo))
        self._jobs.start(f"{self._group}-free:{token}", self._wait(token))

    async def _wait(self, token: str) -> None:
        await self._clock.sleep(UNDO_SECONDS)
        await self._end(token)

    async def _end(self, token: str) -> None:
        found = self._removed.pop(token, None)
        self._notices.toast_over(f"{self._group}-{token}")
        if found and self._on_over:
            await self._on_over(found[0])

    async def end(self, which: Callable[[Removed], bool]) -> bool:
        """End the way back of some now; whether there were any. Raises what `on_over` raises."""
        found = [token for token, (removed, _) in self._removed.items() if which(removed)]
        for token in found:
            await self._end(token)
        return bool(found)

    async def undo(self, token: str, restore: Callable[[Removed], Awaitable[None]]) -> bool:
        """Bring back what was deleted; whether it still could be. Raises StorageError, after which it can be tried
        again: its toast may be over by then."""
        found = self._removed.pop(token, None)
        if found is None:
            return False
        try:
            await restore(found[0])
        except StorageError:
            self._offer(token, *found)
            raise
        self._notices.toast_over(f"{self._group}-{token}")
        return True
