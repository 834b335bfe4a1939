"""Words that were meant for a program on this computer stay there, whatever it answers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.python_worker import PythonWorker, worker_folder

SOURCE = """
from app.browser.fetch import BrowserFetch
from app.core.places import Purpose
from app.core.errors import Interrupted
told = []
for purpose in (Purpose.QUESTION, Purpose.CATALOG):
    try:
        reply = await BrowserFetch(BASE)({url!r}, purpose=purpose, method="POST", body="secret")
        told.append(reply.status)
        reply.close()
    except Interrupted:
        told.append("refused")
told
"""


@contextmanager
def sending_on() -> Iterator[tuple[str, list[str]]]:
    """A server that sends every request on to another origin, and what arrived at that one."""
    arrived: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            is_there = self.path == "/there"
            if is_there:
                arrived.append(body)
            self.send_response(200 if is_there else 307)
            port = self.headers["Host"].rpartition(":")[2]
            self.send_header("Location", f"http://127.0.0.1:{port}/there")
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Content-Length", "0")
            self.end_headers()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield f"http://localhost:{server.server_address[1]}/here", arrived
    finally:
        server.shutdown()
        server.server_close()


def test_words_are_not_sent_on_by_a_redirect(no_webgpu: Browser, tmp_path: Path) -> None:
    page = no_webgpu.new_page()
    with sending_on() as (url, arrived), worker_folder(tmp_path) as address:
        answer = PythonWorker(page, address).run(SOURCE.format(url=url))
    page.close()
    assert answer == {"value": ["refused", 200]}
    assert arrived == ["secret"], "only what carries no words of the person's is sent on"
