"""How a test talks to the program that drives a browser: one line of JSON each way.

Two of the drivers run in other Pythons than the tests (Firefox's in an environment with an older Playwright, WebKit's
in the system's own with GObject), so this module is the standard library only.

    {"call": "open", "words": ["http://localhost:8000/"]}   ->   {"value": null}
    {"call": "run", "words": ["return 1 + 1;"]}             ->   {"value": 2}
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any, Protocol

#: What the page's own network must never reach a proxy with.
LOOPBACK = ("localhost", "127.0.0.1")
CALLS = ("open", "run", "choose", "problems")


class Tab(Protocol):
    """A browser with one tab."""

    def open(self, url: str) -> None:
        """Load a page and wait until it has loaded."""

    def run(self, source: str) -> Any:
        """Run the body of an asynchronous JavaScript function in the page; returns what it returns."""

    def choose(self, field: str, path: str) -> None:
        """Put this file into the field with this id."""

    def problems(self) -> list[str]:
        """Uncaught errors and console errors so far."""


def read_options() -> argparse.Namespace:
    """What every driver is told on its command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("browser", choices=("chromium", "firefox", "webkit"))
    parser.add_argument("--program", help="the browser; Playwright's own without it")
    parser.add_argument("--profile", help="a folder for everything the browser keeps")
    parser.add_argument("--proxy", type=int, help="the port on loopback that everything else is asked through")
    parser.add_argument("--without-jspi", action="store_true")
    return parser.parse_args()


def serve(tab: Tab) -> None:
    """Answer calls until the other side closes the pipe."""
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            assert asked["call"] in CALLS
            answer = {"value": getattr(tab, asked["call"])(*asked["words"])}
        except Exception as error:  # noqa: BLE001 - whatever went wrong is the test's to tell
            answer = {"error": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
