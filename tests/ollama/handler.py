"""The HTTP side of the stand-in: heads, chunks and CORS as Go's server and its gin and gin-contrib/cors write them.

Order as recorded: an unknown path or method is known first (`Allow`), then CORS, then the guard of the Host header.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from http.server import BaseHTTPRequestHandler
from typing import Any, cast

from tests.ollama.exchange import NDJSON, Answer, Body, Call, Cut, HungUp, Refusal, go_json
from tests.ollama.origins import passes_guard
from tests.ollama.routes import methods
from tests.ollama.world import Asked, World

#: A longer body is sent in chunks: Go no longer knows its length when it sends the head.
MOST_UNCHUNKED_BYTES = 2048
ALLOWED_HEADERS = (
    "Authorization,Content-Type,User-Agent,Accept,X-Requested-With,Openai-Beta,X-Stainless-Arch,X-Stainless-Async,"
    "X-Stainless-Custom-Poll-Interval,X-Stainless-Helper-Method,X-Stainless-Lang,X-Stainless-Os,"
    "X-Stainless-Package-Version,X-Stainless-Poll-Helper,X-Stainless-Retry-Count,X-Stainless-Runtime,"
    "X-Stainless-Runtime-Version,X-Stainless-Timeout"
)
ALLOWED_METHODS = "GET,POST,PUT,PATCH,DELETE,HEAD,OPTIONS"
NOT_FOUND = Answer(404, b"404 page not found", "text/plain")
NOT_ALLOWED = Answer(405, b"405 method not allowed", "text/plain")
FORBIDDEN = Answer(403)
OTHER_PROGRAM = Answer(200, b"<!doctype html><title>It works</title>", "text/html")
LEFT = (HungUp, ConnectionError, TimeoutError)
Headers = Sequence[tuple[str, str]]


class Handler(BaseHTTPRequestHandler):
    """One connection. `world` is set by the server that makes the class its own."""

    protocol_version = "HTTP/1.1"
    world: World

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing: the log is data."""

    def __getattr__(self, name: str) -> Any:
        """Every method is answered in one place."""
        if name.startswith("do_"):
            return self._exchange
        raise AttributeError(name)

    def _exchange(self) -> None:
        asked = Asked(
            self.command,
            self.path.partition("?")[0],
            self.headers.get("Origin", ""),
            self.headers.get("Host", ""),
            dict(self.headers.items()),
        )
        self.world.log.append(asked)
        self.world.changed()
        length = int(self.headers.get("Content-Length") or 0)
        body = Body(cast("Any", self.rfile), length, "chunked" in self.headers.get("Transfer-Encoding", ""))
        call = Call(self.world, asked, self.connection, body)
        try:
            self._answer(call)
            body.drain()  # what nobody wanted to read stands in the way of the next request
        except LEFT:
            asked.hung_up = not self.world.is_closing and not asked.is_whole
            self.close_connection = True
        except Cut:
            self.close_connection = True
        finally:
            asked.has_ended = True
            self.world.changed()

    def _answer(self, call: Call) -> None:
        faults = self.world.faults
        if faults.silent:
            call.body.drain()  # what is unread would hide that the client has left
            call.hold(lambda: not faults.silent)
        if faults.other_program:
            self._send(call, OTHER_PROGRAM)
            return
        known = methods(call.asked.path)
        allow = [("Allow", ", ".join(known))] if known and call.asked.method not in known else []
        cors = self._cors(call.asked)
        if cors is None:
            self._send(call, FORBIDDEN, allow)
        elif call.asked.method == "OPTIONS" and call.asked.origin and cors:
            self._send(call, Answer(204, has_length=False), [*cors, *allow])
        elif not passes_guard(call.asked.host):
            self._send(call, FORBIDDEN, [*cors, *allow])
        elif call.asked.method not in known:
            self._send(call, NOT_ALLOWED if known else NOT_FOUND, [*cors, *allow])
        else:
            self._route(call, cors)

    def _cors(self, asked: Asked) -> Headers | None:
        """The headers for this origin, none where it is absent or our own, None where it is refused."""
        if not asked.origin or asked.origin in (f"http://{asked.host}", f"https://{asked.host}"):
            return []
        origins = self.world.origins
        if not origins.allow(asked.origin):
            return None
        vary = [] if origins.are_all else ["Origin"]
        headers = [("Access-Control-Allow-Origin", "*" if origins.are_all else asked.origin)]
        if asked.method == "OPTIONS":
            headers += [("Access-Control-Allow-Headers", ALLOWED_HEADERS)]
            headers += [("Access-Control-Allow-Methods", ALLOWED_METHODS), ("Access-Control-Max-Age", "43200")]
            if vary:
                vary += ["Access-Control-Request-Method", "Access-Control-Request-Headers"]
        return headers + [("Vary", name) for name in vary]

    def _route(self, call: Call, cors: Headers) -> None:
        try:
            result = methods(call.asked.path)[call.asked.method](call)
            if isinstance(result, Answer):
                self._send(call, result, cors)
                return
            with closing(cast("Any", result)) as lines:
                self._stream(call, lines, cors)
        except Refusal as refusal:
            self._send(call, refusal.answer, cors)

    def _head(self, asked: Asked, status: int, headers: Headers) -> None:
        asked.status = status
        self.send_response_only(status)
        for name, value in sorted(headers, key=lambda header: header[0]):
            self.send_header(name, value)
        self.send_header("Date", self.date_time_string())

    def _send(self, call: Call, answer: Answer, headers: Headers = ()) -> None:
        """A whole answer. To HEAD only the head is sent."""
        typed = [("Content-Type", answer.content_type)] if answer.content_type else []
        self._head(call.asked, answer.status, [*headers, *typed])
        is_chunked = answer.is_chunked or len(answer.body) > MOST_UNCHUNKED_BYTES
        if is_chunked:
            self.send_header("Transfer-Encoding", "chunked")
        elif answer.has_length:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD" and answer.body:
            self.wfile.write(_chunk(answer.body) + _chunk(b"") if is_chunked else answer.body)

    def _stream(self, call: Call, lines: Iterable[dict[str, Any]], headers: Headers) -> None:
        """JSON lines as they are made; the head goes out with the first."""
        is_open = False
        for line in lines:
            call.look()
            if not is_open:
                self._head(call.asked, 200, [*headers, ("Content-Type", NDJSON), ("Transfer-Encoding", "chunked")])
                self.end_headers()
                is_open = True
            raw = go_json(line) + b"\n"
            step = self.world.chunk_bytes or len(raw)
            for start in range(0, len(raw), step):
                self.wfile.write(_chunk(raw[start : start + step]))
            call.asked.lines += 1
            self.world.changed()
        call.asked.is_whole = True
        self.wfile.write(_chunk(b""))

    def finish(self) -> None:
        """The end of the connection; who is gone already need not hear of it."""
        with suppress(ConnectionError):
            super().finish()


def _chunk(part: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(part), part)
