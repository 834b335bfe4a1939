"""reply-overhead: what our page adds to a 200-token reply of the bundled model, in CPU seconds and in wall time.

Both sides run the same engine files, the same model, the same options and messages at temperature 0. The peer is bare
JavaScript that appends text. Each side answers once before it counts, and starts every pair with an empty chat.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from contextlib import ExitStack

from tests.bench.bench import Bench
from tests.bench.measure import Browser, Row, Sample, browsing, row, take_turns
from tests.bench.setup import (
    LOAD_OPTIONS,
    REPLY_OPTIONS,
    TOKENS,
    bundled_model_ready,
    send_and_wait,
    start_bare,
    threads_used,
)
from tests.browser.driver import App

NAMES = ("reply-overhead",)
PROMPT = "Explain in detail how photosynthesis works."
NOTE = f"{TOKENS}-token reply of the bundled model through our page / bare JavaScript page, same engine and options"
ASK = "([messages, options]) => window.reply(messages, options)"


def spent(browser: Browser, work: Callable[[], object]) -> Sample:
    """CPU seconds and wall seconds of some work in a browser."""
    browser.settle()
    before, start = browser.cpu_seconds(), time.perf_counter()
    work()
    seconds = time.perf_counter() - start
    return browser.cpu_seconds() - before, seconds


def check_same_work(app: App, pieces: int) -> None:
    """Both replies must have the length that was asked for, or the ratio says nothing."""
    line = app.figures(app.answers.last).inner_text()
    if pieces != TOKENS or not re.search(rf"\b{TOKENS}\stokens", line):
        raise RuntimeError(f"the replies differ: the peer sent {pieces} pieces, our page says {line!r}")


def measure(bench: Bench) -> list[Row]:
    """Two browsers stay open with the model loaded, and take turns."""
    with ExitStack() as stack:
        mine, other = (stack.enter_context(browsing(bench.playwright)) for _ in range(2))
        app = bundled_model_ready(mine, bench.ours)
        start_bare(bench, other, {**LOAD_OPTIONS, "n_threads": threads_used(app)})
        asked = [[{"role": "user", "content": PROMPT}], REPLY_OPTIONS]

        def ours() -> Sample:
            return spent(mine, lambda: send_and_wait(app, PROMPT))

        def theirs() -> Sample:
            return spent(other, lambda: other.page.evaluate(ASK, asked))

        ours(), theirs()  # the model is loaded and warm on both sides
        check_same_work(app, other.page.evaluate(ASK, asked)["pieces"])
        pairs = take_turns(ours, theirs, label="reply-overhead")
    return [row("reply-overhead", pairs, index, unit, NOTE) for index, unit in enumerate(("CPU seconds", "seconds"))]
