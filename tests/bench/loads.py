"""load-stored: the stored bundled model out of IndexedDB into its engine, against the same engine over loopback HTTP.

Both sides start a new engine and load the same model with the same options, and nothing is kept of earlier loads. Only
the load counts: reading the question takes longer than that, is the same on both sides, and would hide a difference.
"""

from __future__ import annotations

import re
from contextlib import ExitStack
from typing import Any

from playwright.sync_api import expect

from tests.bench.bench import Bench
from tests.bench.measure import Browser, Row, Sample, browsing, row, take_turns
from tests.bench.setup import LENGTH, LOAD_OPTIONS, MODEL, bundled_model_ready, send_and_wait, set_number, threads_used
from tests.browser.driver import App

NAMES = ("load-stored",)
FEWEST_TOKENS = 16
NOTE = (
    "bundled model out of IndexedDB into a new engine / the same over loopback HTTP; ours as its receipt says (0.1 s)"
)
LOAD_LINE = re.compile(r"Loading the model\s*([\d.]+)\s*s")


def ours(browser: Browser, app: App) -> Sample:
    """Unload, ask, and read in the receipt how long the engine and the model took."""
    app.go("Models")
    active = app.page.get_by_role("region", name="Browser models").locator("article[data-active]")
    unload = app.details(active).get_by_role("button", name="Unload", exact=True)
    unload.click()
    expect(unload).to_have_count(0)
    app.close_sheet()
    app.go("Chat")
    browser.settle()
    send_and_wait(app, "Hello!")
    line = LOAD_LINE.search(app.figures(app.answers.last).text_content() or "")
    if line is None:
        raise RuntimeError("the receipt does not say how long the model took to load")
    return (float(line.group(1)),)


def theirs(browser: Browser, words: list[Any]) -> Sample:
    """Its function starts with nothing and frees everything."""
    browser.settle()
    return (browser.page.evaluate("words => window.loadAfresh(...words)", words) / 1000,)


def measure(bench: Bench) -> list[Row]:
    """Both pages stay open, each in its own browser, and have loaded the model before it counts."""
    with ExitStack() as stack:
        mine, other = (stack.enter_context(browsing(bench.playwright)) for _ in range(2))
        app = bundled_model_ready(mine, bench.ours)
        app.settings("Chat")
        set_number(app, LENGTH, FEWEST_TOKENS)
        other.page.goto(bench.peer("bare-load.html", is_isolated=True))
        other.wait_ready()
        words = [bench.peers + MODEL, {**LOAD_OPTIONS, "n_threads": threads_used(app)}]
        ours(mine, app), theirs(other, words)
        pairs = take_turns(lambda: ours(mine, app), lambda: theirs(other, words), label=NAMES[0])
    return [row(NAMES[0], pairs, 0, "seconds", NOTE)]
