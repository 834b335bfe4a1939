"""The `Fetch` port for plain CPython, over http.client in threads: what the page does by `fetch`, without a page.

fetch = HttpFetch()                                    # or HttpFetch("https://user.github.io"): obeys CORS like a page
reply = await fetch(url, method="POST", body=Path("tiny.gguf"))     # streamed from the disk
async for part in reply.aiter_bytes(): ...             # closing the iterator, or the task, ends the connection
"""

from __future__ import annotations

import asyncio
import http.client
import socket
import threading
import urllib.parse
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

from app.core.errors import Interrupted
from app.core.places import Purpose
from app.core.ports import FetchMode

PART = 1 << 16
#: How long a server may say nothing: loading a big model takes minutes.
SILENCE_SECONDS = 600.0
FAILED = (http.client.HTTPException, OSError, ValueError)
SIMPLE_TYPES = ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data")
REFUSED = "TypeError: Failed to fetch"
#: what a page may read of any answer (the Fetch standard's list); the rest a server must expose
READABLE = ("cache-control", "content-language", "content-length", "content-type", "expires", "last-modified", "pragma")


class HttpReply:
    """The `Reply` port; handles are bytes."""

    def __init__(self, line: _Line, response: http.client.HTTPResponse) -> None:
        self._line, self._response = line, response
        self.status = response.status
        self.headers: Mapping[str, str] = {key.lower(): value for key, value in response.getheaders()}
        self._kept = b""
        if response.length == 0:  # nothing to read: a caller who looks at the status alone need not close
            line.end()

    async def handle(self) -> object:
        """The whole body."""
        return b"".join([part async for part in self.aiter_bytes()])

    async def take(self, size: int, on_bytes: Callable[[int], None]) -> object:
        """The next `size` bytes, fewer at the end."""
        while len(self._kept) < size and (part := await self._next()):
            self._kept += part
            on_bytes(len(part))
        taken, self._kept = self._kept[:size], self._kept[size:]
        return taken

    async def aiter_bytes(self) -> AsyncIterator[bytes]:
        """The body as it arrives. Raises Interrupted where it is cut."""
        try:
            while part := await self._next():
                yield part
        finally:
            self.close()

    def close(self) -> None:
        """End the connection: that is what a server sees when a page aborts."""
        self._line.end()

    async def _next(self) -> bytes:
        try:
            return await asyncio.to_thread(self._read)
        except asyncio.CancelledError:
            self.close()
            raise

    def _read(self) -> bytes:
        with self._line.lock:
            if self._line.is_ended:
                return b""
            try:
                part = self._response.read1(PART)
                if not part and self._response.length:
                    raise http.client.IncompleteRead(b"", self._response.length)
            except FAILED as error:
                if self._line.is_ended:
                    return b""
                raise Interrupted(detail=f"{type(error).__name__}: {error}") from error
            return part


class _Line:
    """One connection for one request, which another thread may end."""

    def __init__(self, url: str) -> None:
        parts = urllib.parse.urlsplit(url)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._connection = kind(parts.hostname or "", parts.port, timeout=SILENCE_SECONDS, blocksize=PART)
        self.target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self._socket: socket.socket | None = None
        self._response: http.client.HTTPResponse | None = None
        self.lock = threading.Lock()  # held while a thread reads
        self.is_ended = False

    def ask(self, method: str, headers: Mapping[str, str], body: object) -> http.client.HTTPResponse:
        """Send the request and read the reply's head. Raises Interrupted."""
        try:
            with self.lock, ExitStack() as stack:
                self._connection.connect()
                self._socket = self._connection.sock
                if self.is_ended:
                    raise ConnectionAbortedError
                content, length = _content(body, stack)
                sized = {"Content-Length": str(length)} if body is not None else {}
                self._connection.request(method, self.target, content, {**headers, **sized})
                self._response = self._connection.getresponse()
                return self._response
        except FAILED as error:
            self.end()
            raise Interrupted(detail=f"{REFUSED} ({type(error).__name__}: {error})") from error

    def end(self) -> None:
        """Wake whoever reads, then close."""
        self.is_ended = True
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)
        with self.lock:
            if self._response is not None:
                self._response.close()
            self._connection.close()


def _content(body: object, stack: ExitStack) -> tuple[Any, int]:
    """What http.client is given, and its size in bytes: a path or an open file is read while it is sent."""
    if body is None:
        return None, 0
    if isinstance(body, Path):
        return stack.enter_context(body.open("rb")), body.stat().st_size
    if isinstance(body, str | bytes):
        raw = body.encode() if isinstance(body, str) else body
        return raw, len(raw)
    file: Any = body
    start = file.tell()
    size = file.seek(0, 2) - start
    file.seek(start)
    return file, size


class HttpFetch:
    """The `Fetch` port. With an `origin` it does what a browser does for a page from there: it sends Origin, asks first
    where a browser would, gives no reply that the server does not allow this origin to read, and of its headers only
    those that it exposes."""

    def __init__(self, origin: str = "") -> None:
        self._origin = origin

    async def __call__(
        self,
        url: str,
        *,
        purpose: Purpose = Purpose.OLLAMA_LOOK,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        body: object = None,
        mode: FetchMode = "cors",
    ) -> HttpReply:
        """Raises Interrupted where no reply came, or none that may be read."""
        sent = dict(headers or {})
        if mode == "no-cors" or not self._origin:
            reply = await self._ask(url, method, sent, body)
            if mode == "no-cors":
                reply.close()
                reply.status, reply.headers = 0, {}
            return reply
        if _needs_preflight(method, sent):
            await self._preflight(url, method, sent)
        reply = await self._ask(url, method, {**sent, "Origin": self._origin}, body)
        return _readable(self._allowed(reply))

    async def _ask(self, url: str, method: str, headers: Mapping[str, str], body: object) -> HttpReply:
        line = _Line(url)
        try:
            return HttpReply(line, await asyncio.to_thread(line.ask, method, headers, body))
        except asyncio.CancelledError:
            line.end()
            raise

    async def _preflight(self, url: str, method: str, headers: Mapping[str, str]) -> None:
        names = sorted(name.lower() for name in headers)
        asked = {"Origin": self._origin, "Access-Control-Request-Method": method}
        asked |= {"Access-Control-Request-Headers": ",".join(names)} if names else {}
        reply = self._allowed(await self._ask(url, "OPTIONS", asked, None))
        reply.close()
        allowed = _listed(reply, "access-control-allow-headers")
        methods = _listed(reply, "access-control-allow-methods")
        may_send = set(names) <= allowed or "*" in allowed  # which stands for a key too (tests/browser/test_cloud.py)
        if not 200 <= reply.status < 300 or method.lower() not in methods or not may_send:
            raise Interrupted(detail=REFUSED)

    def _allowed(self, reply: HttpReply) -> HttpReply:
        if reply.headers.get("access-control-allow-origin") not in ("*", self._origin):
            reply.close()
            raise Interrupted(detail=REFUSED)
        return reply


def _listed(reply: HttpReply, name: str) -> set[str]:
    """What a header lists, in lower case."""
    return {word.strip().lower() for word in reply.headers.get(name, "").split(",")}


def _readable(reply: HttpReply) -> HttpReply:
    """The reply as a page sees it."""
    exposed = {*READABLE, *_listed(reply, "access-control-expose-headers")}
    reply.headers = {name: value for name, value in reply.headers.items() if name in exposed}
    return reply


def _needs_preflight(method: str, headers: Mapping[str, str]) -> bool:
    types = [value for name, value in headers.items() if name.lower() == "content-type"]
    is_simple = all(value.partition(";")[0] in SIMPLE_TYPES for value in types)
    return method not in ("GET", "HEAD", "POST") or not is_simple or len(types) < len(headers)
