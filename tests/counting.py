"""Everybody whom a page may ask, as one HTTP server on this computer that counts: Ollama here, Ollama in the network,
a cloud service, a place with files. It really listens, and requests really travel.

    with Everybody() as everybody:
        fetch = everybody.fetch()                       # "https://api.openai.com/…" and all other addresses lead there
        everybody.asked[0].host, everybody.asked[0].purpose, everybody.asked[0].body
        everybody.away                                  # those that left this computer
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from app.core.places import Purpose, is_this_computer
from app.core.ports import FetchMode
from tests.ollama.fetch import HttpFetch, HttpReply

SERVICE, LAN, HERE = "api.openai.com", "192.168.1.50:11434", "localhost:11434"
CHATS = ["completion"]
TAGS = [
    {"name": "chatty:1b", "digest": "d", "size": 5_000, "capabilities": CHATS},
    {"name": "finder:1b", "digest": "f", "size": 4_000, "capabilities": ["embedding"]},
    {
        "name": "giant:cloud",
        "digest": "e",
        "size": 5,
        "remote_host": "https://ollama.com",
        "capabilities": ["completion"],
    },
]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came: to whom it was addressed, why, and all of its text."""

    host: str
    method: str
    path: str
    body: str
    purpose: Purpose

    @property
    def is_away(self) -> bool:
        """Whether it left this computer, were the addresses real ones. What Ollama here passes on has left, too."""
        return not is_this_computer(urlsplit(f"//{self.host}").hostname or "") or "giant:cloud" in self.body


class Everybody:
    """The server. `slow` holds back the rest of every streamed answer until it is set: the request is under way."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.files: dict[str, bytes] = {}
        self.slow: threading.Event | None = None
        methods = dict.fromkeys(("do_GET", "do_POST", "do_HEAD", "do_DELETE"), _Handler.answer)
        handler = type("Handler", (_Handler,), {"everybody": self, **methods})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Everybody:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.slow:
            self.slow.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def away(self) -> list[Asked]:
        """The requests that left this computer."""
        return [one for one in self.asked if one.is_away]

    def fetch(self) -> Roads:
        """The way to it from a page."""
        return Roads(self.url)


class Roads:
    """The `Fetch` and `Parts` ports: every address leads to the one server, which is told the one that was meant."""

    def __init__(self, url: str) -> None:
        self._url, self._fetch = url, HttpFetch()

    async def __call__(
        self,
        url: str,
        *,
        purpose: Purpose,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        body: object = None,
        mode: FetchMode = "cors",
    ) -> HttpReply:
        """One request."""
        parts = urlsplit(url if "://" in url else f"http://localhost:8000/{url}")
        meant = {"X-Host": parts.netloc, "X-Purpose": purpose.name}
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        sent = {**(headers or {}), **meant}
        return await self._fetch(f"{self._url}{path or '/'}", method=method, headers=sent, body=body, mode=mode)


class _Handler(BaseHTTPRequestHandler):
    everybody: Everybody
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""

    def answer(self) -> None:
        """Note a request, and answer as whoever it was meant for."""
        size = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(size).decode("utf-8", "replace")
        asked = Asked(self.headers["X-Host"], self.command, self.path, body, Purpose[self.headers["X-Purpose"]])
        self.everybody.asked.append(asked)
        if self.path in self.everybody.files:
            self._file(self.everybody.files[self.path])
        elif asked.host == SERVICE or self.path.endswith("/auth/keys"):
            self._service(asked)
        else:
            self._ollama(asked)

    def _service(self, asked: Asked) -> None:
        if asked.path.endswith("/models"):
            self._json({"data": [{"id": "gpt-5-mini"}]})
        elif asked.path.endswith("/auth/keys"):
            self._json({"key": "sk-or-0123456789abcdef"})
        else:
            said = {"choices": [{"delta": {"content": "From far."}, "finish_reason": None}]}
            end = {"choices": [{"delta": {}, "finish_reason": "stop"}]}
            self._stream([f"data: {json.dumps(said)}\n\n", f"data: {json.dumps(end)}\n\ndata: [DONE]\n\n"])

    def _ollama(self, asked: Asked) -> None:
        path = asked.path
        said = {"message": {"role": "assistant", "content": "From a server."}, "done": False}
        done = {"message": {"role": "assistant", "content": ""}, "done": True, "done_reason": "stop", "eval_count": 30}
        if path == "/api/chat" and json.loads(asked.body)["messages"]:
            self._stream([json.dumps(said) + "\n", json.dumps(done) + "\n"])
            return
        answers: dict[str, Any] = {
            "/api/version": {"version": "0.32.15"},
            "/api/tags": {"models": TAGS},
            "/api/ps": {"models": []},
            "/api/show": {"capabilities": ["completion"], "template": "{{ .Messages }}"},
            "/api/chat": {"done": True},
            "/api/embed": {"model": "finder:1b", "embeddings": [[0.5, 0.25]]},
            "/api/pull": {"status": "success"},
            "/api/create": {"status": "success"},
            "/api/delete": {},
            "/": {},
        }
        if path in answers:
            self._json(answers[path])
        else:
            self._send(200 if path.startswith("/api/blobs") else 404, b"", {})

    def _file(self, data: bytes) -> None:
        start, _, end = self.headers.get("Range", "").removeprefix("bytes=").partition("-")
        if not start:
            self._send(200, data, {})
            return
        part = data[int(start) : int(end) + 1]
        self._send(206, part, {"Content-Range": f"bytes {start}-{int(start) + len(part) - 1}/{len(data)}"})

    def _json(self, value: object) -> None:
        self._send(200, json.dumps(value).encode() + b"\n", {"Content-Type": "application/json"})

    def _stream(self, pieces: list[str]) -> None:
        self.send_response(200)
        self.send_header(
            "Content-Type", "text/event-stream" if pieces[0].startswith("data") else "application/x-ndjson"
        )
        self.send_header("Connection", "close")
        self.end_headers()
        for piece in pieces:
            self.wfile.write(piece.encode())
            self.wfile.flush()
            if self.everybody.slow is not None:
                self.everybody.slow.wait(20)
        self.close_connection = True

    def _send(self, status: int, data: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(data))}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)
