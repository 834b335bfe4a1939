"""What a route of the stand-in is given and what it gives back, and Go's words for what is wrong with a request.

call.json(), call.pause(0.01)                    # HungUp where the client has left meanwhile
raise Refusal(404, "model 'nope' not found")     # {"error": "model 'nope' not found"}
"""

from __future__ import annotations

import json
import select
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from tests.ollama.world import Asked, World

JSON_TYPE = "application/json; charset=utf-8"
PLAIN_JSON = "application/json"
NDJSON = "application/x-ndjson"
TEXT = "text/plain; charset=utf-8"
PART = 1 << 16
LOOK_SECONDS = 0.05
Lines = Iterator[dict[str, Any]]


class HungUp(Exception):
    """The client has left, or the server is being closed."""


class Cut(Exception):
    """A fault: the connection breaks here."""


class Refusal(Exception):
    """An answer with a status of its own and an `error`; some come the way streams do, without charset or length."""

    def __init__(self, status: int, text: str, content_type: str = JSON_TYPE, *, is_chunked: bool = False) -> None:
        super().__init__(text)
        self.answer = Answer(status, go_json({"error": text}), content_type, is_chunked)


@dataclass(frozen=True)
class Answer:
    """A whole reply. Without a content type there is none in the head either."""

    status: int = 200
    body: bytes = b""
    content_type: str = ""
    is_chunked: bool = False
    has_length: bool = True


def go_json(value: Any) -> bytes:
    """JSON as Go writes it: no spaces, and `<`, `>`, `&` escaped."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text.encode()


def whole(value: Any, status: int = 200) -> Answer:
    """A JSON answer in one piece."""
    return Answer(status, go_json(value), JSON_TYPE)


class Call:
    """One request, as a route sees it."""

    def __init__(self, world: World, asked: Asked, connection: socket.socket, body: Body) -> None:
        self.world, self.asked, self.body = world, asked, body
        self._connection = connection
        self._json: dict[str, Any] | None = None

    def json(self) -> dict[str, Any]:
        """The body. Raises Refusal in Go's words."""
        if self._json is None:
            raw = b"".join(self.body)
            self.asked.body = raw.decode("utf-8", "replace")
            self._json = _parsed(self.asked.body)
        return self._json

    def look(self, seconds: float = 0.0) -> None:
        """Raise HungUp if the client has left, or leaves within `seconds`."""
        ready, _, _ = select.select([self._connection], [], [], seconds)
        if self.world.is_closing:
            raise HungUp
        if ready and self._connection.recv(1, socket.MSG_PEEK) == b"":
            raise HungUp

    def pause(self, seconds: float) -> None:
        """Wait so long, unless the client leaves."""
        end = time.monotonic() + seconds
        while True:
            left = end - time.monotonic()
            self.look(max(0.0, min(left, LOOK_SECONDS)))
            if left <= 0:
                return

    def hold(self, is_over: Callable[[], bool]) -> None:
        """Wait until somebody lets us go on, or the client leaves."""
        while not is_over():
            self.pause(LOOK_SECONDS)


class Body:
    """The bytes of a request as they come, in pieces, whether they were announced by length or come in chunks."""

    def __init__(self, file: BinaryIO, length: int, is_chunked: bool) -> None:
        self._file, self._left, self._is_chunked = file, length, is_chunked

    def __iter__(self) -> Iterator[bytes]:
        while part := self._next():
            yield part

    def drain(self) -> None:
        """Read the rest, for nobody."""
        for _ in self:
            pass

    def _next(self) -> bytes:
        if self._left == 0 and self._is_chunked:
            self._left = int(self._file.readline().split(b";")[0] or b"0", 16)
            if self._left == 0:
                self._file.readline()
                self._is_chunked = False
        part = self._file.read(min(PART, self._left)) if self._left else b""
        if self._left and not part:
            raise HungUp
        self._left -= len(part)
        if self._left == 0 and self._is_chunked:
            self._file.readline()
        return part


def _parsed(text: str) -> dict[str, Any]:
    if not text.strip():
        raise Refusal(400, "missing request body")
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise Refusal(400, _complaint(text, error)) from error
    if not isinstance(value, dict):
        raise Refusal(400, "json: cannot unmarshal value into Go value of type api request")
    return value


def _complaint(text: str, error: json.JSONDecodeError) -> str:
    if error.pos >= len(text):
        return "unexpected EOF"
    where = "object key string" if "property name" in error.msg else "value"
    return f"invalid character {text[error.pos]!r} looking for beginning of {where}"
