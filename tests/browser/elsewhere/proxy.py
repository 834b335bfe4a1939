"""Counts what a browser asks of anybody but this computer: a proxy on loopback that notes requests and refuses them."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

#: The browsers' own questions, which no setting of a release stops: which of Firefox's experiments and lists have
#: changed; what Chromium could fill into the fields of a page.
BROWSERS_OWN = re.compile(r"(\.services\.mozilla\.com|^content-autofill\.googleapis\.com)(?::443)?$")
#: `CONNECT host:443 HTTP/1.1`, `GET http://host/path HTTP/1.1`
HOST = re.compile(r"^[A-Z]+ (?:\w+://)?([^/\s]+)")
REFUSAL = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class CountingProxy(socketserver.ThreadingTCPServer):
    """`asked` names the hosts, in order, without those that the browser asks for itself."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Refusing)
        self.asked: list[str] = []

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])


class _Refusing(socketserver.StreamRequestHandler):
    server: CountingProxy

    def handle(self) -> None:
        """Note the host and refuse."""
        host = HOST.match(self.rfile.readline(65536).decode("latin-1"))
        if host and not BROWSERS_OWN.search(host.group(1)):
            self.server.asked.append(host.group(1))
        self.wfile.write(REFUSAL)


@contextmanager
def counting() -> Iterator[CountingProxy]:
    """A proxy for one browser."""
    with CountingProxy() as proxy:
        thread = threading.Thread(target=proxy.serve_forever, daemon=True)
        thread.start()
        try:
            yield proxy
        finally:
            proxy.shutdown()
            thread.join()
