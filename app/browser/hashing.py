"""SHA-256 in static/js/hash-worker.js, a worker of its own that starts when the first chunk comes.

hasher = WorkerHasher(base)
hashed = await hasher.add(blob)                  # Hashed(sha256="9f86…", state="…"): go on from the state
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import js
from pyodide.ffi import JsException
from pyscript.js_modules import comlink

from app.browser.ffi import text_of
from app.browser.workers import DidNotStart, first_answer
from app.core.errors import Corrupt, NotSupported
from app.core.values import Hashed

LOAD_SECONDS = 60.0


class WorkerHasher:
    """The `Hasher` port. `base` is the page's own address and ends with "/"."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._worker: Any = None
        self._api: Any = None
        self._starting = asyncio.Lock()
        self._busy = 0

    async def add(self, handle: object, state: str = "") -> Hashed:
        """Hash one Blob. Raises Corrupt where its bytes cannot be read."""
        sha256, state = str(await self._ask(lambda api: api.add(handle, state))).split()
        return Hashed(sha256, state)

    async def final(self, state: str) -> str:
        """The whole file's hash."""
        return str(await self._ask(lambda api: api.final(state)))

    def rest(self) -> None:
        """End the worker, unless somebody waits for it."""
        if self._worker is not None and not self._busy:
            self._worker.terminate()
            self._worker = self._api = None

    async def _ask(self, ask: Callable[[Any], Any]) -> object:
        # Called in one expression: a method of Comlink's that is looked at by itself would be fetched from the worker.
        self._busy += 1
        try:
            async with self._starting:
                if self._api is None:
                    await self._start()
            answer: object = await ask(self._api)
            return answer
        except JsException as error:
            raise Corrupt(detail=text_of(error)) from error
        finally:
            self._busy -= 1

    async def _start(self) -> None:
        self._worker = js.Worker.new(f"{self._base}static/js/hash-worker.js")
        api = comlink.wrap(self._worker)
        try:
            await first_answer(self._worker, api.load(), LOAD_SECONDS)
        except (DidNotStart, TimeoutError, JsException) as error:
            self._worker.terminate()
            self._worker = None
            words = "The part of the app that checks files did not start."
            raise NotSupported(words, "Reload the page.", again=True, detail=str(error)) from error
        self._api = api
