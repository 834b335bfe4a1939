"""Model files in IndexedDB, as Blob chunks. Python sees counts and states; the bytes stay in the browser."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from pyscript.js_modules import storage

from app.browser.chunk_worker import ChunkWorker, chunk_of
from app.browser.ffi import js_array
from app.browser.storage_errors import stored
from app.core.ports import Json


class IndexedBlobs:
    """The `Blobs` port over `static/js/storage/models.js`. Handles are JavaScript Blobs, and bodies that `worker`
    holds."""

    def __init__(self, worker: ChunkWorker, *, is_in_memory: bool = False) -> None:
        self._worker, self._is_in_memory = worker, is_in_memory

    async def begin(self, model_id: str, info: Json) -> None:
        """Create or reset the model's database."""
        await stored(storage.begin(model_id, json.dumps(info)))

    async def put(self, model_id: str, index: int, handle: object, info: Json) -> int:
        """Write one chunk and the new `info` durably; returns the bytes now stored."""
        part, text = chunk_of(handle), json.dumps(info)
        if self._is_in_memory:  # of this worker, since the other one's ends with it
            return int(await stored(storage.put(model_id, index, await self._worker.ask("give", part), text)))
        return int(await stored(self._worker.ask("put", model_id, index, part, text)))

    async def note(self, model_id: str, info: Json) -> None:
        """Write `info` in a transaction of its own."""
        await stored(storage.note(model_id, json.dumps(info)))

    async def chunk(self, model_id: str, index: int) -> object:
        """One chunk as a Blob. Raises Corrupt."""
        handle: object = await stored(storage.chunk(model_id, index))
        return handle

    async def open(self, model_id: str, count: int) -> object:
        """All files as one Blob of their chunks, by reference. Raises Corrupt, Evicted."""
        handle: object = await stored(storage.assemble(model_id, count))
        return handle

    async def link(self, model_id: str, links: Sequence[object], info: Json) -> None:
        """Keep a FileSystemFileHandle for each file in place of chunks."""
        await stored(storage.link(model_id, js_array(*links), json.dumps(info)))

    def modified(self, handle: Any) -> float:
        """When a File was last changed, in milliseconds since 1970; the sum for linked files, 0 for a Blob."""
        return float(getattr(handle, "lastModified", 0) or 0)

    async def head(self, handle: object, start: int, size: int) -> bytes:
        """A few bytes of a Blob."""
        array = await stored(storage.head(handle, start, size))
        data: bytes = array.to_bytes()
        return data

    def slice(self, handle: Any, start: int, end: int) -> object:
        """A part of a Blob, by reference."""
        part: object = handle.slice(start, end)
        return part

    def size(self, handle: Any) -> int:
        """Bytes in a Blob."""
        return int(handle.size)

    async def infos(self) -> list[dict[str, Any]]:
        """The `info` of every stored model, with `stored_bytes`, or `is_gone`."""
        found: list[dict[str, Any]] = json.loads(await stored(storage.infos()))
        return found

    async def info(self, model_id: str) -> dict[str, Any] | None:
        """The same of one model, None where nothing of it is stored."""
        found: dict[str, Any] | None = json.loads(await stored(storage.info(model_id)))
        return found

    async def delete(self, model_id: str) -> None:
        """Delete the model's database."""
        await stored(storage.remove(model_id))

    async def sweep(self) -> int:
        """Delete databases of models that no record names."""
        return int(await stored(storage.sweep()))
