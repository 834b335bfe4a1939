"""Named background work: one job per name, and one way to stop it.

    jobs = Jobs(on_error=show)
    jobs.start("reply:chat1", answer())     # a job of the same name is cancelled first
    await jobs.stop("reply:chat1")

Cancelling is the only way to stop anything; what a job wants to keep, it keeps in its `finally`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine


class Jobs:
    """The running jobs by name. An exception of a job goes to `on_error`, so it never disappears."""

    def __init__(self, on_error: Callable[[str, BaseException], None]) -> None:
        self._tasks: dict[str, asyncio.Task[object]] = {}
        self._on_error = on_error

    def start(self, name: str, coroutine: Coroutine[object, object, object]) -> None:
        """Start a job; one of the same name is cancelled and waited for first."""
        before = self._tasks.get(name)
        task = asyncio.ensure_future(self._run(before, coroutine))
        self._tasks[name] = task
        task.add_done_callback(lambda done: self._ended(name, done, coroutine))

    def is_running(self, name: str) -> bool:
        """Whether a job of that name is still at work; not any more with its last step."""
        task = self._tasks.get(name)
        return task is not None and not task.done()

    def names(self, prefix: str) -> list[str]:
        """The running jobs whose names start with `prefix`."""
        return [name for name in self._tasks if name.startswith(prefix)]

    async def stop(self, name: str) -> None:
        """Cancel the job and wait until it has cleaned up."""
        task = self._tasks.get(name)
        if task is not None:
            task.cancel()
            await asyncio.wait([task])

    async def wait(self, name: str) -> BaseException | None:
        """Wait until the job has ended, however it ends; returns the exception that ended it. Being cancelled while
        waiting does not cancel the job."""
        task = self._tasks.get(name)
        if task is None:
            return None
        await asyncio.wait([task])
        return None if task.cancelled() else task.exception()

    async def join(self) -> None:
        """Wait until no job is left (used by tests)."""
        while self._tasks:
            await asyncio.wait(list(self._tasks.values()))
            await asyncio.sleep(0)

    @staticmethod
    async def _run(before: asyncio.Task[object] | None, coroutine: Coroutine[object, object, object]) -> None:
        if before is not None and not before.done():
            before.cancel()
            await asyncio.wait([before])
        await coroutine

    def _ended(self, name: str, task: asyncio.Task[object], coroutine: Coroutine[object, object, object]) -> None:
        coroutine.close()  # a job that is stopped before its first step never got as far as awaiting it
        if self._tasks.get(name) is task:
            del self._tasks[name]
        if not task.cancelled() and (error := task.exception()) is not None:
            self._on_error(name, error)
