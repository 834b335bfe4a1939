"""Drives Chromium, Firefox, or a WebKit of Playwright's own, by Playwright.

The Firefox of a Linux distribution answers to Playwright 1.57 and not to later ones (1.65 asks it for what it does not
know), so for that one this runs in an environment of its own, `.venv-firefox`.
"""

from __future__ import annotations

import tempfile
from argparse import Namespace
from collections.abc import Callable, Mapping
from typing import Any

from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright

from tests.browser.elsewhere.lines import LOOPBACK, read_options, serve
from tests.environment import QUIET_FLAGS

LIMIT_MS = 120_000


class PlaywrightTab:
    """One page, and what went wrong in it."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._problems: list[str] = []
        page.set_default_timeout(LIMIT_MS)
        page.on("pageerror", lambda error: self._problems.append(f"uncaught: {error}"))
        page.on("console", lambda message: self._note(message.type, message.text))

    def _note(self, kind: str, text: str) -> None:
        if kind == "error":
            self._problems.append(f"console error: {text}")

    def open(self, url: str) -> None:
        """Load a page and wait until it has loaded."""
        self._page.goto(url)

    def run(self, source: str) -> Any:
        """Run the body of an asynchronous function."""
        return self._page.evaluate(f"async () => {{ {source} }}")

    def choose(self, field: str, path: str) -> None:
        """Put a file into a field."""
        self._page.set_input_files(f"#{field}", path)

    def problems(self) -> list[str]:
        """What went wrong so far. Messages come in while Playwright waits for an answer."""
        self._page.evaluate("0")
        return self._problems


def chromium(playwright: Playwright, options: Namespace) -> BrowserContext:
    """A Chromium with a fresh profile, which goes with it."""
    browser = playwright.chromium.launch(executable_path=options.program, args=list(QUIET_FLAGS))
    return browser.new_context(proxy=_proxy(options))


def firefox(playwright: Playwright, options: Namespace) -> BrowserContext:
    """A Firefox with a fresh profile, which goes with it."""
    prefs: dict[str, Any] = {}
    if options.proxy:
        prefs["network.proxy.type"] = 1
        prefs["network.proxy.failover_direct"] = False  # it would go past a proxy that refuses
        prefs["network.proxy.allow_bypass"] = False
        prefs["network.proxy.no_proxies_on"] = ", ".join(LOOPBACK)
        for kind in ("http", "ssl"):
            prefs |= {f"network.proxy.{kind}": "127.0.0.1", f"network.proxy.{kind}_port": options.proxy}
    if options.without_jspi:
        prefs["javascript.options.wasm_js_promise_integration"] = False
    installed = {"executable_path": options.program, "channel": "moz-firefox"} if options.program else {}
    return playwright.firefox.launch(firefox_user_prefs=prefs, **installed).new_context()


def webkit(playwright: Playwright, options: Namespace) -> BrowserContext:
    """A WebKit with a profile on disk: one that forgets everything refuses to keep models."""
    return playwright.webkit.launch_persistent_context(options.profile or tempfile.mkdtemp(), proxy=_proxy(options))


def _proxy(options: Namespace) -> Any:
    if not options.proxy:
        return None
    return {"server": f"http://127.0.0.1:{options.proxy}", "bypass": ",".join(LOOPBACK)}


BROWSERS: Mapping[str, Callable[[Playwright, Namespace], BrowserContext]] = {
    "chromium": chromium,
    "firefox": firefox,
    "webkit": webkit,
}


def main() -> None:
    """Start the browser, do as told, end it."""
    options = read_options()
    with sync_playwright() as playwright:
        context = BROWSERS[options.browser](playwright, options)
        serve(PlaywrightTab(context.new_page()))
        context.close()


if __name__ == "__main__":
    main()
