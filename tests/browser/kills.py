"""Ending browsers and tabs as crashes do: `kill -9`, by process id.

process = browser_process(tmp_path / "profile")
kill_browser(process, app.context)                  # all of it at one stroke
kill_tab(process, page)                             # the one renderer that draws this page
"""

from __future__ import annotations

import psutil
from playwright.sync_api import BrowserContext, Page

BUSY = "() => { const end = performance.now() + 1000; while (performance.now() < end); }"
MOST_TRIES, WORKED_SECONDS = 30, 0.5  # of a processor, more than any renderer at rest uses meanwhile


def kill_browser(process: psutil.Process, context: BrowserContext) -> None:
    """Kill a process and everything below it, and wait until all are gone and Playwright has noticed."""
    family = [process, *process.children(recursive=True)]
    with context.expect_event("close"):
        for one in family:
            try:
                one.kill()
            except psutil.NoSuchProcess:  # ended with its parent
                continue
    _, alive = psutil.wait_procs(family, timeout=20)
    assert not alive


def renderer_of(process: psutil.Process, page: Page) -> psutil.Process:
    """The renderer that draws a page: the one that works when the page does, as often as a busy machine needs to see
    which that is."""
    before = _cpu_seconds(process)
    for _ in range(MOST_TRIES):
        page.evaluate(BUSY)
        after = _cpu_seconds(process)
        busiest = max(before.keys() & after.keys(), key=lambda one: after[one] - before[one])
        if after[busiest] - before[busiest] > WORKED_SECONDS:
            return busiest
    raise AssertionError("no renderer was busy")


def kill_tab(process: psutil.Process, page: Page) -> None:
    """Kill a page's renderer and wait until the browser has noticed."""
    renderer = renderer_of(process, page)
    with page.expect_event("crash"):
        renderer.kill()


def _cpu_seconds(process: psutil.Process) -> dict[psutil.Process, float]:
    found = {}
    for one in process.children(recursive=True):
        try:
            if "--type=renderer" in one.cmdline():
                times = one.cpu_times()
                found[one] = times.user + times.system
        except psutil.NoSuchProcess:  # ended meanwhile
            continue
    return found
