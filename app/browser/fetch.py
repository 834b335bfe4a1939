"""HTTP by the browser's own fetch. Cancelling the task aborts the request."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Any

import js
from pyodide.ffi import JsException, to_js

from app.core.errors import Interrupted
from app.core.ports import Reply


class BrowserReply:
    """The `Reply` port."""

    def __init__(self, response: Any) -> None:
        self._response = response
        self.status = int(response.status)
        self.headers: Mapping[str, str] = {key.lower(): value for key, value in response.headers.entries()}

    async def handle(self) -> object:
        """The body as a Blob; its bytes never enter Python. Raises Interrupted."""
        try:
            blob: object = await self._response.blob()
        except JsException as error:
            raise Interrupted(detail=str(error)) from error
        return blob

    async def aiter_bytes(self) -> AsyncIterator[bytes]:
        """The body as it arrives. Raises Interrupted where it is cut."""
        reader = self._response.body.getReader()
        try:
            while not (part := await reader.read()).done:
                yield part.value.to_bytes()
        except JsException as error:
            raise Interrupted(detail=str(error)) from error
        finally:
            reader.cancel()


class BrowserFetch:
    """The `Fetch` port; addresses without a host are relative to the app's base. Nothing is answered from a cache."""

    def __init__(self, base: str) -> None:
        self._base = base

    async def text(self, url: str) -> str:
        """A small text file of our own origin. Raises Interrupted."""
        try:
            return str(await (await js.fetch(js.URL.new(url, self._base).href)).text())
        except JsException as error:
            raise Interrupted(detail=str(error)) from error

    async def __call__(
        self, url: str, *, method: str = "GET", headers: Mapping[str, str] | None = None, body: object = None
    ) -> Reply:
        """Raises Interrupted where no reply came."""
        abort = js.AbortController.new()
        options = {"method": method, "headers": dict(headers or {}), "cache": "no-store", "signal": abort.signal}
        if body is not None:
            options["body"] = body
        address = js.URL.new(url, self._base).href
        try:
            return BrowserReply(await js.fetch(address, to_js(options, dict_converter=js.Object.fromEntries)))
        except asyncio.CancelledError:
            abort.abort()
            raise
        except JsException as error:
            raise Interrupted(detail=str(error)) from error
