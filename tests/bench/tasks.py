"""page-tasks: tasks of more than 50 ms on the page's thread, as the browser itself counts them.

From navigation through boot to the end of a 2,000-token Markdown reply at 100 tokens a second. The peer is a page
without any framework that appends the same pieces of text at the same rate as plain text.
"""

from __future__ import annotations

from app.models.engines.demo import demo_tokens
from tests.bench.bench import Bench
from tests.bench.measure import COUNT_TASKS, Row, Sample, browsing, row, take_turns
from tests.browser.driver import App

NAMES = ("page-tasks",)
TOKENS, RATE = 2000, 100
NOTE = "tasks over 50 ms, boot and 2,000 tokens at 100/s / bare page appending the same text; ratio of (count + 1)"


def ours(bench: Bench) -> Sample:
    """Boot, ask, wait for the end of the reply."""
    with browsing(bench.playwright, script=COUNT_TASKS) as browser:
        app = App(browser.context, bench.ours)
        app.open(f"?demo&tokens={TOKENS}&rate={RATE}")
        app.ask("Tell me about photosynthesis.")
        return (float(browser.long_tasks()),)


def theirs(bench: Bench) -> Sample:
    """The same pieces into one text node."""
    with browsing(bench.playwright, script=COUNT_TASKS) as browser:
        browser.page.goto(bench.peer("bare-stream.html"))
        browser.wait_ready()
        browser.page.evaluate("([pieces, rate]) => window.stream(pieces, rate)", [demo_tokens(TOKENS), RATE])
        return (float(browser.long_tasks()),)


def measure(bench: Bench) -> list[Row]:
    """Counts may be zero, so one is added to both sides before they are compared."""
    pairs = take_turns(lambda: ours(bench), lambda: theirs(bench), label="page-tasks")
    return [row("page-tasks", pairs, 0, "tasks", NOTE, lambda mine, other: (mine + 1) / (other + 1))]
