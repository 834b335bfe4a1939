"""Serves the pages we are compared with: the whole tree, `static/node_modules/` included, which serve.py never shows.

The server favours the peers: connections stay open, and nothing forbids the browser to take a file from its cache
without asking again.
"""

from __future__ import annotations

from contextlib import AbstractContextManager

from tests.browser.site import PlainHandler, serving_folder
from tests.environment import ROOT


class PeerHandler(PlainHandler):
    """Python's own file server with connections that stay open."""

    protocol_version = "HTTP/1.1"


def serving_peers() -> AbstractContextManager[str]:
    """The address of the tree."""
    return serving_folder(ROOT, PeerHandler)
