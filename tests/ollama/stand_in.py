"""A stand-in for a real Ollama 0.32.15, written from recordings of one: same answers, same headers, same refusals.

    with StandIn() as server:                          # any free port; `origins` is the value of OLLAMA_ORIGINS
        server.install("tiny:1b")                      # models without a file; files come by /api/blobs and /api/create
        server.talk.text = "Hello, I am a stand-in."
        server.faults.crash_after = 3
        ...                                            # ask server.url, from any thread or browser
        server.until(lambda: server.hangups)           # somebody pressed Stop
        assert server.asked("/api/chat")[0].json["truncate"] is False

    python -m tests.ollama.stand_in --port 11434 --origins https://user.github.io

What is not recorded and only read in Ollama's source (embeddings, thinking, tool calls, some refusals) has that shape.
"""

from __future__ import annotations

import argparse
import signal
import socket
import sys
import tempfile
import threading
import time
from contextlib import suppress
from http.server import HTTPServer
from pathlib import Path
from socketserver import ThreadingMixIn
from types import TracebackType
from typing import Any

from tests.ollama.handler import Handler
from tests.ollama.origins import Origins
from tests.ollama.world import World

LOOPBACK = "127.0.0.1"
POLL_SECONDS = 0.01


class _Server(ThreadingMixIn, HTTPServer):
    """A thread for each connection; closing ends them all and waits for them."""

    daemon_threads = False
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], handler: type[Handler]) -> None:
        super().__init__(address, handler)
        self.connections: set[socket.socket] = set()
        self.failures: list[BaseException] = []

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remember the connection."""
        self.connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Forget it."""
        self.connections.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that is gone is no failure; anything else is one of the stand-in."""
        error = sys.exception()
        if error is not None and not isinstance(error, ConnectionError):
            self.failures.append(error)

    def end_connections(self) -> None:
        """Wake every thread that reads or holds."""
        for connection in list(self.connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class StandIn(World):
    """The server. Everything a test may set or look at is in `World`."""

    def __init__(self, port: int = 0, origins: str = "") -> None:
        self._temporary = tempfile.TemporaryDirectory(prefix="ollama-stand-in-", ignore_cleanup_errors=True)
        super().__init__(Path(self._temporary.name), Origins.parse(origins))
        self.port = port
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """Where it listens, by address."""
        return f"http://{LOOPBACK}:{self.port}"

    def start(self) -> None:
        """Listen; also after `stop`, on the same port. What is in memory is gone then, models and blobs stay."""
        self.is_closing = False
        handler = type("BoundHandler", (Handler,), {"world": self})
        self._server = _Server((LOOPBACK, self.port), handler)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(POLL_SECONDS,), name="ollama stand-in")
        self._thread.start()

    def stop(self) -> None:
        """Nobody listens any more, as when the program is quit. Raises what went wrong inside the stand-in itself."""
        server, thread = self._server, self._thread
        if server is None or thread is None:
            return
        self._server = self._thread = None
        self.is_closing = True
        server.shutdown()
        thread.join()
        server.end_connections()
        server.server_close()
        for one in self.shelf.running():
            self.shelf.crash(one.kept)
        if server.failures:
            raise RuntimeError("the stand-in itself failed") from server.failures[0]

    def __enter__(self) -> StandIn:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.stop()
        finally:
            self._temporary.cleanup()


def stock(server: StandIn) -> None:
    """A small library to play with, and one model that is installed."""
    server.install("tiny:latest", size=98_000_000, context_length=2048)
    server.offer("llama3.2:1b", (40_000_000, 7_700, 560), capabilities=("completion", "tools"), context_length=131_072)
    server.offer("deepseek-r1:1.5b", (40_000_000, 1_100), capabilities=("completion", "thinking"), family="qwen2")
    for name, dimensions in (("nomic-embed-text", 768), ("all-minilm", 384), ("mxbai-embed-large", 1024)):
        facts = {"capabilities": ("embedding",), "embedding_length": dimensions, "context_length": 512}
        server.offer(name, (9_000_000, 11_000), family="bert", **facts)


def main() -> int:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m tests.ollama.stand_in", description="A stand-in for Ollama.")
    parser.add_argument("--port", type=int, default=11434)
    parser.add_argument("--origins", default="", help="the value of OLLAMA_ORIGINS: ORIGIN,ORIGIN")
    parser.add_argument("--context-length", type=int, default=4096, help="the value of OLLAMA_CONTEXT_LENGTH")
    parser.add_argument("--token-seconds", type=float, default=0.05, help="the pace of replies")
    parser.add_argument("--pull-rate", type=float, default=8e6, help="bytes per second of a pull")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ended politely, its folder goes too
    with StandIn(options.port, options.origins) as server:
        stock(server)
        server.num_ctx = options.context_length
        server.talk.token_seconds = options.token_seconds
        server.pulling.bytes_per_second = options.pull_rate
        sys.stdout.write(f"A stand-in for Ollama {server.faults.version} listens on {server.url}; Ctrl+C ends it.\n")
        sys.stdout.flush()
        with suppress(KeyboardInterrupt):
            while True:
                time.sleep(3600)
    return 0


if __name__ == "__main__":
    sys.exit(main())
