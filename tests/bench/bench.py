"""What every bench is handed: a Playwright, the address of the app, and the addresses of its peers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Playwright, sync_playwright

from tests.bench.peers import ISOLATED, serving_peers
from tests.browser.site import serving


@dataclass(frozen=True, slots=True)
class Bench:
    """One run. `ours` is the address of the app, served by serve.py."""

    playwright: Playwright
    ours: str
    peers: str

    def peer(self, page: str, *, is_isolated: bool = False) -> str:
        """The address of one of `tests/bench/pages/`; isolated, its engine may use threads as ours does."""
        return f"{self.peers}tests/bench/pages/{page}{ISOLATED if is_isolated else ''}"


@contextmanager
def benching() -> Iterator[Bench]:
    """Start both servers and Playwright."""
    with serving() as site, serving_peers() as peers, sync_playwright() as playwright:
        yield Bench(playwright, site.url, peers)
