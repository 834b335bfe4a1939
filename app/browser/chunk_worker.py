"""The worker in which the chunks of models are fetched, hashed and stored (static/js/workers/chunks.js).

    worker = ChunkWorker(base, "drleelm")
    fetch, hasher, blobs = PartFetch(worker, base), WorkerHasher(worker), IndexedBlobs(worker)

It starts when it is first asked. What it has fetched stays there: Python holds a `Body`, which is a number.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from pyodide.ffi import JsException
from pyscript.js_modules import comlink, storage, workers

from app.browser.ffi import text_of
from app.browser.workers import DidNotStart, first_answer
from app.core.errors import NotSupported
from app.core.texts import Text

LOAD_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Body:
    """Bytes that the worker holds: of the reply with this number, until that is closed."""

    number: int
    size: int


def chunk_of(handle: Any) -> Any:
    """A handle as the worker wants it: a number, or a Blob."""
    return handle.number if isinstance(handle, Body) else handle


class ChunkWorker:
    """`base` is the page's own address and ends with "/"; `database` is the name that the records' database has."""

    def __init__(self, base: str, database: str) -> None:
        self._base, self._database = base, database
        self._worker: Any = None
        self._api: Any = None
        self._starting = asyncio.Lock()
        self._busy = 0
        self._replies: set[int] = set()
        self._last = 0

    async def ask(self, name: str, *args: object) -> Any:
        """What a function of the worker's answers. Raises JsException, NotSupported where it does not start."""
        self._busy += 1
        try:
            async with self._starting:
                if self._api is None:
                    await self._start()
            return await storage.ask(self._api, name, *args)
        finally:
            self._busy -= 1

    def new_reply(self) -> int:
        """The number of a request that is about to be made."""
        self._last += 1
        self._replies.add(self._last)
        return self._last

    def close(self, number: int) -> None:
        """End a request, and let go of what has come."""
        if number in self._replies:
            self._replies.discard(number)
            if self._api is not None:
                storage.ask(self._api, "close", number)

    def rest(self) -> None:
        """End the worker, unless somebody waits for it or still wants something that it holds."""
        if self._worker is not None and not self._busy and not self._replies:
            self._worker.terminate()
            self._worker = self._api = None

    async def _start(self) -> None:
        address = f"{self._base}static/vendor/scripts/chunk-worker.js"
        self._worker = workers.start(address)
        api = comlink.wrap(self._worker)
        try:
            await first_answer(self._worker, api.load(self._database), LOAD_SECONDS)
        except (DidNotStart, TimeoutError, JsException) as error:
            self._worker.terminate()
            self._worker = None
            words = Text("browser.no_chunk_worker")
            raise NotSupported(words, Text("browser.reload"), again=True, detail=text_of(error)) from error
        self._api = api
