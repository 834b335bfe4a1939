"""download-*: a model of 300 MB from loopback into IndexedDB, by the app and by the same design in plain JavaScript.

Both fetch chunks of 16 MiB by Range, hash each and the whole file in a worker, and keep bytes and progress in one
strict transaction per chunk. Counted from the click to Ready; the boot is not. Each sample has a fresh profile.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from tests.bench.bench import Bench
from tests.bench.measure import COUNT_TASKS, Browser, Row, Sample, browsing, row, take_turns
from tests.bench.memory import used, watching
from tests.browser.driver import App
from tests.browser.files import Offer, gguf
from tests.browser.liar import Liar, lying
from tests.browser.model_row import ModelRow

NAMES = ("download-cpu", "download-wall", "download-memory", "download-tasks")
SIZE, CHUNK = 300_000_000, 1 << 24
MODEL = Offer("Model", gguf(SIZE, seed=300), ("model.gguf",), CHUNK, "whole")
PAIRS = 9  # one pair's ratio swings by 0.15 on two cores
EXTRA_MEGABYTES = 30.0  # what Python may cost beyond the ratio
WHAT = "300 MB from loopback through the app / the same design in plain JavaScript"
UNITS = ("CPU seconds", "seconds", "MB over idle", "tasks over 50 ms")
NOTES = (
    f"{WHAT}, whole browser, click to Ready",
    f"{WHAT}, click to Ready",
    f"{WHAT}, peak of main process and renderers; ratio of (ours - {EXTRA_MEGABYTES:g} MB) / theirs",
    f"{WHAT}, on the page's thread; ratio of (count + 1)",
)
#: Clicks and settles when the row says how it ended: no polling, which would cost CPU seconds.
CLICK_AND_WAIT = """
id => new Promise(resolve => {
  const status = () => document.querySelector(`#model-${id} .status`).textContent;
  const look = () => {
    if (!/^(Ready|Failed|Damaged|Paused)/.test(status())) return;
    watch.disconnect();
    resolve(status());
  };
  const watch = new MutationObserver(look);
  watch.observe(document.querySelector('#browser-models'), { subtree: true, childList: true, characterData: true });
  document.querySelector(`#download-${id}`).click();
})
"""


def measured(browser: Browser, work: Callable[[], str]) -> Sample:
    """CPU seconds, wall seconds, megabytes over idle, long tasks of some work that ends in Ready."""
    browser.settle()
    main, renderers = used(browser.process)
    tasks = browser.long_tasks()
    with watching(browser.process) as peak:
        before, start = browser.cpu_seconds(), time.perf_counter()
        state = work()
        seconds, spent = time.perf_counter() - start, browser.cpu_seconds() - before
    if state != "Ready":
        raise RuntimeError(f"the download ended as {state!r}")
    tasks = browser.long_tasks() - tasks
    return spent, seconds, (peak.total - main - sum(renderers)) / 1e6, float(tasks)


def ours(bench: Bench, liar: Liar) -> Sample:
    """A click on Download."""
    with browsing(bench.playwright, script=COUNT_TASKS) as browser:
        app = App(browser.context, bench.ours)
        app.allow(re.escape(liar.url))
        app.open(f"?catalog={liar.catalog(MODEL)}#/models")
        ModelRow(app.page, MODEL).expect("Not downloaded")
        return measured(browser, lambda: str(app.page.evaluate(CLICK_AND_WAIT, MODEL.id)))


def theirs(bench: Bench, liar: Liar, sha256: str) -> Sample:
    """A call of the function behind such a click."""
    with browsing(bench.playwright, script=COUNT_TASKS) as browser:
        browser.page.goto(bench.peer("bare-download.html"))
        browser.wait_ready()
        call, words = "words => window.download(...words)", [f"{liar.url}model.gguf", SIZE, sha256]
        return measured(browser, lambda: str(browser.page.evaluate(call, words)))


def compared(name: str) -> Callable[[float, float], float]:
    """How the two sides of a row are compared: see NOTES."""
    if name == "download-memory":
        return lambda mine, other: (mine - EXTRA_MEGABYTES) / other
    if name == "download-tasks":
        return lambda mine, other: (mine + 1) / (other + 1)
    return lambda mine, other: mine / other


def measure(bench: Bench) -> list[Row]:
    """All rows, from the same downloads."""
    with lying() as liar:
        liar.put("model.gguf", MODEL.file)
        sha256 = MODEL.file.sha256()
        pairs = take_turns(lambda: ours(bench, liar), lambda: theirs(bench, liar, sha256), PAIRS, "download")
    return [row(name, pairs, index, UNITS[index], NOTES[index], compared(name)) for index, name in enumerate(NAMES)]
