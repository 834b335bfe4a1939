"""Serves the pages we are compared with: the whole tree, `static/node_modules/` included, which serve.py never shows.

The server favours the peers: connections stay open, and nothing forbids the browser to take a file from its cache
without asking again. A page asked for with `?isolated` is isolated from other origins: its engine may use threads.
"""

from __future__ import annotations

from contextlib import AbstractContextManager

from serve import ISOLATION
from tests.browser.site import PlainHandler, serving_folder
from tests.environment import ROOT

ISOLATED = "?isolated"


class PeerHandler(PlainHandler):
    """Python's own file server with connections that stay open."""

    protocol_version = "HTTP/1.1"

    def end_headers(self) -> None:
        """What isolates a page, where it is asked for."""
        if self.path.endswith(ISOLATED):
            for name, value in ISOLATION.items():
                self.send_header(name, value)
        super().end_headers()


def serving_peers() -> AbstractContextManager[str]:
    """The address of the tree."""
    return serving_folder(ROOT, PeerHandler)
