"""boot-cold, boot-warm: CPU seconds of the whole browser from navigation until the page is ready.

Ours is the whole app; the peer is a stock PyScript worker page that draws one line (`pages/hello/`). Cold is the first
visit of a fresh profile; warm the third one in the same profile: the second is the first that the service worker
answers, and the browser compiles for it once more before it keeps the code. Both sides come from this computer; over
a slow line a first visit goes without the snapshot of memory (static/js/snapshot.js) and costs half as much again.
"""

from __future__ import annotations

from tests.bench.bench import Bench
from tests.bench.measure import Browser, Row, Sample, browsing, row, take_turns

NAMES = ("boot-cold", "boot-warm")
NOTES = (
    "whole app, fresh profile / stock PyScript worker hello page, fresh profile",
    "whole app, third visit, service worker in charge / hello page, third visit, HTTP cache",
)
# The app registers its service worker once it is at rest; the peer has none.
WORKER_SETTLED = "async () => { await navigator.serviceWorker.ready; }"


def visit(browser: Browser, url: str) -> float:
    """CPU seconds of one visit."""
    browser.settle()
    before = browser.cpu_seconds()
    browser.page.goto(url, wait_until="commit")
    browser.wait_ready()
    return browser.cpu_seconds() - before


def cold_and_warm(bench: Bench, url: str, *, has_worker: bool) -> Sample:
    """CPU seconds of a first and a third visit with one fresh profile."""
    with browsing(bench.playwright) as browser:
        cold = visit(browser, url)
        browser.settle()
        if has_worker:
            browser.page.evaluate(WORKER_SETTLED)
        browser.settle()
        browser.page.goto("about:blank")
        visit(browser, url)  # the first visit out of the caches: the browser keeps compiled code from here on
        browser.page.goto("about:blank")
        return cold, visit(browser, url)


def measure(bench: Bench) -> list[Row]:
    """Both rows, from the same visits."""
    ours, theirs = bench.ours, bench.peer("hello/index.html")
    pairs = take_turns(
        lambda: cold_and_warm(bench, ours, has_worker=True),
        lambda: cold_and_warm(bench, theirs, has_worker=False),
        label="boot",
    )
    return [row(name, pairs, index, "CPU seconds", NOTES[index]) for index, name in enumerate(NAMES)]
