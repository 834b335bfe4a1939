"""The two ways the page is served: by our own server, and from a published folder by a server that knows nothing.

with serving() as site:
    site.url          # "http://localhost:49812/"
    site.stop()       # the server is gone, as on a train
"""

from __future__ import annotations

import functools
import http.server
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.environment import ROOT

READY_SECONDS = 300
TLS = ROOT / "tests" / "fixtures" / "tls"


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


class Site:
    """The repository served by `serve.py` in a process of its own, which a test may stop."""

    def __init__(self, *options: str) -> None:
        self.port = free_port()
        self.url = f"http://localhost:{self.port}/"
        self._options = options
        self._process: subprocess.Popen[str] | None = None
        self._output: list[str] = []

    def start(self) -> None:
        """Start the server and wait until it says that it is ready. Also after `stop`, on the same port."""
        words = [sys.executable, "serve.py", "--no-open", "--port", str(self.port), *self._options]
        self._output = []
        process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self._process = process
        ready = threading.Event()
        threading.Thread(target=self._listen, args=(process, ready), daemon=True).start()
        if not ready.wait(READY_SECONDS) or process.poll() is not None:
            self.stop()
            raise RuntimeError("serve.py did not get ready:\n" + "".join(self._output))

    def _listen(self, process: subprocess.Popen[str], ready: threading.Event) -> None:
        """Read the server's output to its end, so that it never waits for us. Its end is news too."""
        assert process.stdout is not None
        with process.stdout:
            for line in process.stdout:
                self._output.append(line)
                if self.url in line:
                    ready.set()
        ready.set()

    def stop(self) -> None:
        """End the server, if it runs."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(20)
            self._process = None


@contextmanager
def serving(*options: str) -> Iterator[Site]:
    """Our own server on a free port."""
    site = Site(*options)
    site.start()
    try:
        yield site
    finally:
        site.stop()


class PlainHandler(http.server.SimpleHTTPRequestHandler):
    """Python's own file server, silent: no special header, no range, no idea of what it serves."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: a test reads the browser's console, not the server's."""


class QuietServer(http.server.ThreadingHTTPServer):
    """A browser that leaves in the middle of a reply is no news."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Let real errors through; a connection that the browser dropped is none."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@contextmanager
def answering(server: http.server.HTTPServer, *, is_secure: bool = False) -> Iterator[int]:
    """Let a server answer beside the test; yields its port. `is_secure` is https, with a certificate that only tests
    trust."""
    if is_secure:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(TLS / "cert.pem", TLS / "key.pem")
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()


@contextmanager
def serving_folder(folder: Path, kind: type[PlainHandler] = PlainHandler, *, is_secure: bool = False) -> Iterator[str]:
    """Serve a folder as a stock static host does; yields the address of its root. `is_secure` as in `answering`."""
    handler = functools.partial(kind, directory=str(folder))
    with QuietServer(("127.0.0.1", 0), handler) as server, answering(server, is_secure=is_secure) as port:
        yield f"http{'s' if is_secure else ''}://localhost:{port}/"


def publish(folder: Path, *options: str) -> None:
    """Write the static site into a folder with `serve.py --publish`."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    words = [sys.executable, "serve.py", "--publish", str(folder), *options]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"serve.py --publish failed:\n{done.stdout}{done.stderr}")
