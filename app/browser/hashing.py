"""SHA-256 in the worker that holds the chunks.

hasher = WorkerHasher(worker)
hashed = await hasher.add(handle)                # Hashed(sha256="9f86…", state="…"): go on from the state
"""

from __future__ import annotations

from pyodide.ffi import JsException

from app.browser.chunk_worker import ChunkWorker, chunk_of
from app.browser.ffi import text_of
from app.core.errors import Corrupt
from app.core.ports import Hashed


class WorkerHasher:
    """The `Hasher` port."""

    def __init__(self, worker: ChunkWorker) -> None:
        self._worker = worker

    async def add(self, handle: object, state: str = "") -> Hashed:
        """Hash one chunk. Raises Corrupt where its bytes cannot be read."""
        sha256, state = (await self._ask("add", chunk_of(handle), state)).split()
        return Hashed(sha256, state)

    async def final(self, state: str) -> str:
        """The whole file's hash."""
        return await self._ask("final", state)

    def rest(self) -> None:
        """End the worker, unless somebody needs it."""
        self._worker.rest()

    async def _ask(self, name: str, *args: object) -> str:
        try:
            return str(await self._worker.ask(name, *args))
        except JsException as error:
            raise Corrupt(detail=text_of(error)) from error
