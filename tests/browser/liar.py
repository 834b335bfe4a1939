"""A file server on loopback that lies, stalls, cuts and changes on demand, and keeps a log of what it really sent.

    with lying() as liar:
        file = liar.put("tiny.gguf", gguf(40_000_000))
        address = liar.catalog(Offer("Tiny", file, ("tiny.gguf",)))         # for `?catalog=`
        liar.lie("tiny.gguf", Lie(cut_after=1000, times=2))
        assert [asked.start for asked in liar.log_of("tiny.gguf")] == [0, 0, 0, 262144]

Files are made from a seed while they are sent, so one of 2 GB costs no memory. It stands on a port of its own: the page
reaches it across origins, as it reaches any real host.
"""

from __future__ import annotations

import gzip
import http.server
import select
import socket
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.browser.files import File, Offer
from tests.browser.site import QuietServer

LOGIN = b"<!doctype html><title>Sign in</title><h1>Please sign in to this network</h1>"
PART = 1 << 18
EXPOSED = "ETag, Content-Range, Accept-Ranges, Retry-After"


@dataclass(frozen=True, slots=True)
class Lie:
    """What is wrong with the answers for one file; the defaults are an honest answer.

    Bytes count from the beginning of the file in `flip`, of the body elsewhere. `times` answers are wrong, then the
    server is honest again (None: until it is told otherwise); only answers from byte `since` on are wrong at all.
    """

    times: int | None = None
    since: int = 0
    status: int = 0  # instead of 200 or 206, without a byte of the file
    body: bytes = b""
    content_type: str = "text/plain"
    headers: Mapping[str, str] = field(default_factory=dict)
    drops: bool = False  # the connection ends before any answer
    cut_after: int | None = None  # the connection ends after so many bytes of the body
    has_length: bool = True  # without: the end of the connection is the end of the body
    stall_after: int | None = None  # the connection stays open, and nothing comes any more
    bytes_per_second: int = 0
    ignores_range: bool = False
    shift: int = 0  # Content-Range begins so much later than what was asked for
    total: int = 0  # the length that Content-Range tells
    flip: int | None = None
    gzip: bool = False
    redirects: bool = False


@dataclass(slots=True)
class Asked:
    """One request and what became of it. `sent` counts bytes of the body that the socket took."""

    path: str
    method: str
    headers: Mapping[str, str]
    at: float
    status: int = 0
    sent: int = 0
    ended_at: float = 0.0

    @property
    def range(self) -> str:
        """The Range header, "" where there is none."""
        return self.headers.get("range", "")

    @property
    def start(self) -> int:
        """The first byte that was asked for."""
        first = self.range.removeprefix("bytes=").partition("-")[0]
        return int(first) if first else 0

    @property
    def end(self) -> int | None:
        """The last byte that was asked for, None for all of them."""
        last = self.range.removeprefix("bytes=").partition("-")[2]
        return int(last) if last else None


@dataclass(slots=True)
class Served:
    """A file, and how it is served at this moment. `etag` "" sends none; `is_exposed` lets a page read the headers."""

    file: File
    etag: str
    is_exposed: bool = True
    lie: Lie = field(default_factory=Lie)
    told: int = 0


class Liar:
    """The server as a test holds it. Everything may be changed at any moment, from any thread."""

    def __init__(self) -> None:
        self.files: dict[str, Served] = {}
        self.texts: dict[str, str] = {}
        self.log: list[Asked] = []
        self.allows_preflight = True
        self.is_down = False
        self.is_closed = False
        self._lock = threading.Lock()
        self._moves = 0
        self._server = Server(("127.0.0.1", 0), Handler)
        self._server.liar = self
        self.url = f"http://localhost:{self._server.server_address[1]}/"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End every answer and the server."""
        self.is_closed = True
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    # -- what a test changes

    def put(self, name: str, file: File, etag: str | None = None, *, is_exposed: bool = True) -> File:
        """Serve a file under a name, in place of the one that was there. Its lie stays."""
        mark = f'"{file.size}-{file.seed}"' if etag is None else etag
        served = self.files.setdefault(name, Served(file, mark))
        served.file, served.etag, served.is_exposed = file, mark, is_exposed
        return file

    def lie(self, name: str, lie: Lie) -> None:
        """Answer like this from now on."""
        served = self.files[name]
        served.lie, served.told = lie, 0

    def catalog(self, *offers: Offer, name: str = "catalog.toml") -> str:
        """Serve a catalogue of these models; its address, ready to stand behind `?catalog=`."""
        self.texts[name] = 'title = "The liar\'s"\n' + "".join(offer.row(self.url) for offer in offers)
        return urllib.parse.quote(self.url + name, safe="")

    # -- what a test looks at

    def log_of(self, name: str, method: str = "GET") -> list[Asked]:
        """The requests for one file, in the order in which they came."""
        return [asked for asked in tuple(self.log) if asked.path == name and asked.method == method]

    def forget(self) -> None:
        """Begin a new log."""
        self.log.clear()

    # -- what the server asks

    def note(self, asked: Asked) -> None:
        """One more request."""
        self.log.append(asked)

    def lie_about(self, served: Served, start: int) -> Lie:
        """How to answer a request that begins at this byte."""
        with self._lock:
            lie = served.lie
            is_over = lie.times is not None and served.told >= lie.times
            if is_over or start < lie.since:
                return Lie()
            served.told += 1
            return lie

    def moved(self, name: str) -> str:
        """Where the file lies at this moment: every address works until the next one is given out."""
        with self._lock:
            self._moves += 1
            return f"{self.url}moved/{self._moves}/{name}?signature={time.monotonic_ns()}"

    def found(self, name: str) -> str:
        """The name behind an address of `moved`, "" where the address has expired."""
        _, number, rest = name.split("/", 2)
        return rest if int(number) == self._moves else ""


class Server(QuietServer):
    """One thread a connection."""

    request_queue_size = 64
    liar: Liar


class Handler(http.server.BaseHTTPRequestHandler):
    """One connection of the browser's."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Server

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the liar keeps a log of its own."""

    def do_OPTIONS(self) -> None:
        """A preflight."""
        allowed = {
            "Access-Control-Allow-Methods": "GET, HEAD",
            "Access-Control-Allow-Headers": "Range, If-Range, Authorization",
        }
        asked = self._asked()
        if self.server.liar.allows_preflight:
            self._small(asked, 204, b"", headers=allowed)
        else:
            self._small(asked, 405, b"")

    def do_HEAD(self) -> None:
        """What a GET would be answered with."""
        self._answer()

    def do_GET(self) -> None:
        """A file, a catalogue, or nothing."""
        self._answer()

    def _asked(self) -> Asked:
        path = urllib.parse.unquote(urllib.parse.urlsplit(self.path).path.lstrip("/"))
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(path, self.command, headers, time.monotonic())
        self.server.liar.note(asked)
        return asked

    def _answer(self) -> None:
        liar, asked = self.server.liar, self._asked()
        try:
            if liar.is_down:
                self.close_connection = True
            elif asked.path in liar.texts:
                self._small(asked, 200, liar.texts[asked.path].encode(), "application/toml")
            elif asked.path in liar.files:
                self._file(asked, liar.files[asked.path], liar.lie_about(liar.files[asked.path], asked.start))
            elif asked.path.startswith("moved/") and (name := liar.found(asked.path)):
                self._file(asked, liar.files[name], Lie())
            else:
                self._small(asked, 403 if asked.path.startswith("moved/") else 404, b"not here")
        finally:
            asked.ended_at = time.monotonic()

    def _small(
        self, asked: Asked, status: int, body: bytes, kind: str = "text/plain", headers: Mapping[str, str] | None = None
    ) -> None:
        """A whole answer at one stroke."""
        self._head(asked, status, {"Content-Type": kind, "Content-Length": str(len(body)), **(headers or {})})
        if self.command != "HEAD":
            self._send(asked, body)

    def _head(self, asked: Asked, status: int, headers: Mapping[str, str], *, is_exposed: bool = True) -> None:
        asked.status = status
        self.send_response_only(status)
        self.send_header("Access-Control-Allow-Origin", "*")
        if is_exposed:
            self.send_header("Access-Control-Expose-Headers", EXPOSED)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def _send(self, asked: Asked, data: bytes) -> None:
        self.wfile.write(data)
        asked.sent += len(data)

    # -- files

    def _file(self, asked: Asked, served: Served, lie: Lie) -> None:
        """One file, as the lie has it."""
        if lie.drops:
            self.close_connection = True
        elif lie.redirects:
            self._small(asked, 302, b"", headers={"Location": self.server.liar.moved(asked.path)})
        elif lie.status:
            self._small(asked, lie.status, lie.body, lie.content_type, lie.headers)
        elif asked.range and not lie.ignores_range and asked.start >= served.file.size:
            self._small(asked, 416, b"", headers={"Content-Range": f"bytes */{served.file.size}"})
        else:
            self._bytes(asked, served, lie)

    def _bytes(self, asked: Asked, served: Served, lie: Lie) -> None:
        """Status, headers and body of an answer with bytes of the file."""
        size, is_part = served.file.size, bool(asked.range) and not lie.ignores_range
        start = asked.start if is_part else 0
        end = min(size, asked.end + 1) if is_part and asked.end is not None else size
        headers = {"Content-Type": "application/octet-stream", "Accept-Ranges": "bytes", **lie.headers}
        if served.etag:
            headers["ETag"] = served.etag
        if is_part:
            headers["Content-Range"] = f"bytes {start + lie.shift}-{end - 1 + lie.shift}/{lie.total or size}"
        length, body = end - start, served.file.parts(start, end, PART)
        if lie.gzip:
            packed = gzip.compress(b"".join(body), 1)
            headers["Content-Encoding"] = "gzip"
            length, body = len(packed), iter((packed,))
        if lie.has_length:
            headers["Content-Length"] = str(length)
        else:
            headers["Connection"] = "close"
            self.close_connection = True
        self._head(asked, 206 if is_part else 200, headers, is_exposed=served.is_exposed)
        if self.command != "HEAD":
            self._body(asked, served, lie, _flipped(body, start, lie.flip))

    def _body(self, asked: Asked, served: Served, lie: Lie, body: Iterator[bytes]) -> None:
        """The body, until it is cut or stalls."""
        ends = [length for length in (lie.cut_after, lie.stall_after) if length is not None]
        left = min(ends) if ends else None
        began, step = time.monotonic(), max(1024, lie.bytes_per_second // 20) if lie.bytes_per_second else PART
        for part in body:
            for at in range(0, len(part), step):
                data = part[at : at + step][:left]
                self._send(asked, data)
                left = None if left is None else left - len(data)
                if left == 0:
                    break
                if lie.bytes_per_second and self._waits(began + asked.sent / lie.bytes_per_second):
                    return
            if left == 0:
                break
        if ends:
            self.close_connection = True
        if left == 0 and lie.stall_after is not None:
            self._waits(float("inf"), lambda: served.lie is lie)

    def _waits(self, until: float, while_: Callable[[], bool] = lambda: True) -> bool:
        """Wait until that moment, or until something ends it; True if the browser or the test has gone."""
        while (now := time.monotonic()) < until and while_():
            if self.server.liar.is_closed or _has_left(self.connection, min(until - now, 0.1)):
                self.close_connection = True
                return True
        return False


def _flipped(body: Iterator[bytes], start: int, flip: int | None) -> Iterator[bytes]:
    """The same bytes, but one bit of the byte at `flip`."""
    for part in body:
        if flip is not None and start <= flip < start + len(part):
            at = flip - start
            yield part[:at] + bytes((part[at] ^ 1,)) + part[at + 1 :]
        else:
            yield part
        start += len(part)


def _has_left(connection: socket.socket, seconds: float) -> bool:
    """Wait for so long; True if the other side has closed the connection meanwhile."""
    readable, _, _ = select.select([connection], [], [], seconds)
    return bool(readable) and not connection.recv(1, socket.MSG_PEEK)


@contextmanager
def lying() -> Iterator[Liar]:
    """A liar for the length of a test."""
    liar = Liar()
    try:
        yield liar
    finally:
        liar.close()
