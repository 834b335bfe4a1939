"""HTTP by the browser's own fetch. Cancelling the task aborts the request."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import js
from pyodide.ffi import JsException, to_js

from app.core.commands import Probe, Probed
from app.core.errors import Interrupted
from app.core.places import Carries, Purpose, is_this_computer
from app.core.ports import FetchMode, Reply
from app.core.shapes import Damaged

QUIET_MS = 3000


class BrowserReply:
    """The `Reply` port over a Response; `abort` ends the request behind it."""

    def __init__(self, response: Any, abort: Any) -> None:
        self._response, self._abort = response, abort
        self._has_ended = False
        self.status = int(response.status)
        self.headers: Mapping[str, str] = {key.lower(): value for key, value in response.headers.entries()}

    async def aiter_bytes(self) -> AsyncIterator[bytes]:
        """The body as it arrives. Raises Interrupted where it is cut."""
        if not self._response.body:  # an answer without a body, or one that may not be read
            self._has_ended = True
            return
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


class QuietFetch:
    """The `Fetch` port for looking whether a server answers: requests without a body, which never raise a question of
    the browser's and leave no error in the page's console (static/js/quiet-worker.js). `ask` is BrowserPage's."""

    def __init__(self, ask: Callable[[Probe], Awaitable[Probed]]) -> None:
        self._ask = ask

    async def __call__(
        self,
        url: str,
        *,
        purpose: Purpose,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        body: object = None,
        mode: FetchMode = "cors",
    ) -> Reply:
        """Raises Interrupted where no reply came in time, or where this browser has no shared workers."""
        pairs = tuple((headers or {}).items())
        try:
            answer = await self._ask(Probe(url, mode, QUIET_MS, method, pairs))
        except Damaged as error:
            raise Interrupted(detail=str(error)) from error
        if answer.error:
            raise Interrupted(detail=answer.error)
        return QuietReply(answer.status, answer.text)


class QuietReply:
    """The `Reply` port over a text that has come already."""

    headers: Mapping[str, str] = {}

    def __init__(self, status: int, text: str) -> None:
        self.status, self._text = status, text

    async def aiter_bytes(self) -> AsyncIterator[bytes]:
        """The text at one stroke."""
        yield self._text.encode()

    def close(self) -> None:
        """Nothing more is to come."""


class BrowserFetch:
    """The `Fetch` port; addresses without a host are relative to the app's base. Nothing is answered from a cache."""

    def __init__(self, base: str) -> None:
        self._base = base

    async def __call__(
        self,
        url: str,
        *,
        purpose: Purpose,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        body: object = None,
        mode: FetchMode = "cors",
    ) -> Reply:
        """Raises Interrupted where no reply came."""
        abort = js.AbortController.new()
        options = {"method": method, "headers": dict(headers or {}), "cache": "no-store", "signal": abort.signal}
        address = str(js.URL.new(url, self._base).href)
        options |= {"mode": mode, "redirect": _redirect(address, purpose)}
        if body is not None:
            options["body"] = body
        try:
            response = await js.fetch(address, to_js(options, dict_converter=js.Object.fromEntries))
            return BrowserReply(response, abort)
        except asyncio.CancelledError:
            abort.abort()
            raise
        except JsException as error:
            raise Interrupted(detail=str(error)) from error


def _redirect(address: str, purpose: Purpose) -> str:
    """Words that a program on this computer was given may not be sent on by its answer: they would leave this device
    without having passed any check. Files do move."""
    is_here = is_this_computer(urlsplit(address).hostname or "")
    return "error" if is_here and purpose.carries is Carries.WORDS else "follow"
