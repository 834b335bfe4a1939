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

from app.browser.ffi import callback, text_of
from app.core.errors import Corrupt, NotSupported
from app.core.values import Hashed


class WorkerHasher:
    """The `Hasher` port. `base` is the page's own address and ends with "/"."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._worker: Any = None
        self._api: Any = None
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
        if self._worker is None:
            self._worker = js.Worker.new(f"{self._base}static/js/hash-worker.js")
            self._api = comlink.wrap(self._worker)
        failed = asyncio.get_running_loop().create_future()
        self._busy += 1
        with callback(lambda event: None if failed.done() else failed.set_result(event)) as on_error:
            self._worker.addEventListener("error", on_error)
            asking = asyncio.ensure_future(ask(self._api))
            try:
                await asyncio.wait({asking, failed}, return_when=asyncio.FIRST_COMPLETED)
                return self._result(asking)
            finally:
                self._busy -= 1
                self._worker.removeEventListener("error", on_error)
                asking.cancel()
                failed.cancel()

    def _result(self, asking: asyncio.Future[object]) -> object:
        if not asking.done():
            self._worker.terminate()
            self._api = None
            raise NotSupported("The part of the app that checks files did not start.", "Reload the page.", again=True)
        try:
            return asking.result()
        except JsException as error:
            raise Corrupt(detail=text_of(error)) from error
