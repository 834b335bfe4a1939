"""HTTP by the browser's own fetch. Cancelling the task aborts the request."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

import js
from pyodide.ffi import JsException, to_js
from pyscript.js_modules import storage

from app.browser.ffi import callback
from app.core.errors import Interrupted
from app.core.ports import FetchMode, Reply


class BrowserReply:
    """The `Reply` port over a Response; `abort` ends the request behind it."""

    def __init__(self, response: Any, abort: Any) -> None:
        self._response, self._abort = response, abort
        self._reader: Any = None
        self._has_ended = False
        self.status = int(response.status)
        self.headers: Mapping[str, str] = {key.lower(): value for key, value in response.headers.entries()}

    async def handle(self) -> object:
        """The body as a Blob; its bytes never enter Python. Raises Interrupted."""
        blob: object = await self._arrived(self._response.blob())
        self._has_ended = True
        return blob

    async def take(self, size: int, on_bytes: Callable[[int], None]) -> object:
        """The next `size` bytes of the body as a Blob. Raises Interrupted."""
        if self._reader is None:
            self._reader = storage.reader(self._response)
        with callback(on_bytes) as listener:
            blob: object = await self._arrived(self._reader.take(size, listener))
        return blob

    async def aiter_bytes(self) -> AsyncIterator[bytes]:
        """The body as it arrives. Raises Interrupted where it is cut."""
        reader = self._response.body.getReader()
        try:
            while not (part := await self._arrived(reader.read())).done:
                yield part.value.to_bytes()
            self._has_ended = True
        finally:
            self.close()

    def close(self) -> None:
        """End the request, if there is more to come."""
        if not self._has_ended:
            self._has_ended = True
            self._abort.abort()

    async def _arrived(self, promise: Any) -> Any:
        try:
            return await promise
        except asyncio.CancelledError:
            self.close()
            raise
        except JsException as error:
            raise Interrupted(detail=str(error)) from error


class BrowserFetch:
    """The `Fetch` port; addresses without a host are relative to the app's base. Nothing is answered from a cache."""

    def __init__(self, base: str) -> None:
        self._base = base

    async def __call__(
        self,
        url: str,
        *,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        body: object = None,
        mode: FetchMode = "cors",
    ) -> Reply:
        """Raises Interrupted where no reply came."""
        abort = js.AbortController.new()
        options = {"method": method, "headers": dict(headers or {}), "cache": "no-store", "signal": abort.signal}
        options["mode"] = mode
        if body is not None:
            options["body"] = body
        address = js.URL.new(url, self._base).href
        try:
            response = await js.fetch(address, to_js(options, dict_converter=js.Object.fromEntries))
            return BrowserReply(response, abort)
        except asyncio.CancelledError:
            abort.abort()
            raise
        except JsException as error:
            raise Interrupted(detail=str(error)) from error
