"""Parts of files, fetched by the worker that hashes and stores them: their bytes never come near Python.

fetch = PartFetch(worker, base)
reply = await fetch("https://…/model.gguf", purpose=Purpose.MODEL_FILE, headers={"Range": "bytes=0-16777215"})
body = await reply.handle()                      # a Body, for WorkerHasher and IndexedBlobs until reply.close()
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import js
from pyodide.ffi import JsException

from app.browser.chunk_worker import Body, ChunkWorker
from app.core.errors import Interrupted
from app.core.places import Purpose
from app.core.ports import PartReply


class WorkerReply:
    """The `PartReply` port."""

    def __init__(self, worker: ChunkWorker, number: int) -> None:
        self._worker, self._number = worker, number
        self.status = 0
        self.headers: Mapping[str, str] = {}

    async def open(self, url: str, headers: Mapping[str, str]) -> None:
        """Make the request. Raises Interrupted."""
        answer = await self._ask("fetch", url, json.dumps(dict(headers)))
        self.status, self.headers = json.loads(answer)

    async def handle(self) -> object:
        """The whole body. Raises Interrupted."""
        return Body(self._number, int(await self._ask("body")))

    async def take(self, size: int, on_bytes: Callable[[int], None]) -> object:
        """The next `size` bytes of the body; they replace those that were taken before. Raises Interrupted."""
        is_all = False
        while not is_all:
            have, is_all = json.loads(await self._ask("take", size))
            on_bytes(have)
        return Body(self._number, have)

    def close(self) -> None:
        """End the request and let go of its body."""
        self._worker.close(self._number)

    async def _ask(self, name: str, *args: object) -> Any:
        try:
            return await self._worker.ask(name, self._number, *args)
        except JsException as error:
            raise Interrupted(detail=str(error)) from error


class PartFetch:
    """The `Parts` port; addresses without a host are relative to the app's base."""

    def __init__(self, worker: ChunkWorker, base: str) -> None:
        self._worker, self._base = worker, base

    async def __call__(self, url: str, *, purpose: Purpose, headers: Mapping[str, str]) -> PartReply:
        """Raises Interrupted where no reply came."""
        reply = WorkerReply(self._worker, self._worker.new_reply())
        try:
            await reply.open(str(js.URL.new(url, self._base).href), headers)
        except BaseException:
            reply.close()
            raise
        return reply
