"""The page while its library works: clicks, tasks and memory while a PDF of 300 pages is read and indexed, and tasks
while a reply that cites a document streams.

Both sides of clicks-indexing are the same page, in turns: while the librarian's worker reads, and at rest. Memory is
that of the renderer, which holds the page, its Python and the librarian's: at most while it reads, and before a
document was ever opened; the browser tells what each of its workers holds. Tasks of more than 50 ms count if the
page's own thread spent as much.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, expect

from tests.bench.bench import Bench
from tests.bench.busy import own_time
from tests.bench.events import CLICKS, PING
from tests.bench.index_pdf import PAGES, book, printed
from tests.bench.measure import COUNT_TASKS, LIMIT_MS, LONG_SECONDS, Browser, Row, Sample, browsing, rounded, row
from tests.bench.memory import used, watching
from tests.browser.driver import App

NAMES = ("clicks-indexing", "indexing-tasks", "indexing-memory", "cited-tasks")
ROUNDS, TIMES, TOKENS, RATE = 5, 40, 2000, 100
MB = 1_000_000
CLICKS_NOTE = f"click, Python, changed DOM, while {PAGES} pages are read and indexed / at rest; median of {TIMES}"
TASKS_NOTE = (
    f"tasks over 50 ms of the page's own thread while {PAGES} pages are read and indexed, and {TIMES} clicks come"
)
CITED_NOTE = f"tasks over 50 ms of the page's own thread, a reply of {TOKENS} tokens at {RATE}/s with chips"
ALONE = "; nothing to compare with"
#: what each worker holds, in bytes, by the name of its script; the page has a snapshot of its own scripts
HELD = """async () => {
  const { breakdown } = await performance.measureUserAgentSpecificMemory();
  const held = {};
  for (const { bytes, attribution } of breakdown) {
    for (const { url, scope } of attribution) {
      const name = scope === 'Window' ? 'window' : new URL(url).pathname.split('/').pop() || scope;
      held[name] = (held[name] ?? 0) + bytes;
    }
  }
  return held;
}"""


def listed(app: App, name: str) -> Locator:
    """The row of a document."""
    return app.page.get_by_role("list", name="Documents").get_by_role("listitem").filter(has_text=name)


def add(app: App, file: Path) -> None:
    """Pick it."""
    with app.page.expect_file_chooser() as picking:
        app.page.get_by_role("button", name="Add documents").first.click()
    picking.value.set_files([file])


def clicks(browser: Browser) -> Sample:
    """Milliseconds of a click, the median: the librarian takes a core, and what else the machine does the other one."""
    return (statistics.median(browser.page.evaluate(CLICKS, [PING, TIMES])),)


def while_read(browser: Browser, app: App, file: Path) -> Sample:
    """The same from when a document is being read; it still is when the last one has come."""
    add(app, file)
    one = listed(app, file.name)
    expect(one).to_have_attribute("data-status", "waiting", timeout=LIMIT_MS)
    sample = clicks(browser)
    if one.get_attribute("data-status") != "waiting":
        raise RuntimeError("the document was read before the last click")
    expect(one).to_contain_text("Indexed", timeout=LIMIT_MS)
    return sample


def own_long(browser: Browser, own: Any, before: int, label: str) -> int:
    """How many of the page's tasks since then were long by themselves."""
    tasks = browser.own_tasks(own, before)
    print(f"  {label}, milliseconds and the thread's own of each: {rounded(tasks)}", flush=True)
    return sum(spent > LONG_SECONDS * 1000 for _, spent in tasks)


def indexing(bench: Bench, folder: Path, long: bytes, small: Path) -> list[Row]:
    """Clicks by turns; what the page's thread did while it was read; the renderer's memory."""
    with browsing(bench.playwright, script=COUNT_TASKS) as browser:
        app = App(browser.context, bench.ours)
        app.open("?demo#/library")
        browser.settle()
        idle = max(used(browser.process)[1])
        add(app, small)
        expect(listed(app, small.name)).to_contain_text("Indexed", timeout=LIMIT_MS)
        browser.settle()
        clicks(browser)
        pairs, count, peaks = list[tuple[Sample, Sample]](), 0, list[float]()
        for number in range(ROUNDS):
            file = folder / f"long{number}.pdf"
            file.write_bytes(long + b"%% %d\n" % number)  # other content, or it would be noticed
            at_rest = clicks(browser) if number % 2 else None
            before = browser.long_tasks()
            with own_time(browser.process) as own, watching(browser.process) as peak:
                busy = while_read(browser, app, file)
            count += own_long(browser, own, before, f"indexing round {number + 1}/{ROUNDS}")
            browser.settle()
            pairs.append((busy, at_rest or clicks(browser)))
            peaks.append(peak.renderer / MB)
            print(f"  clicks while it is read, at rest: {pairs[-1]} ms; at most {peaks[-1]:.0f} MB", flush=True)
        held = {name: round(size / MB) for name, size in browser.page.evaluate(HELD).items()}
    memory = f"MB of the renderer while {PAGES} pages are read, at most / before the first document; MB held: {held}"
    return [
        row(NAMES[0], pairs, 0, "milliseconds", CLICKS_NOTE),
        Row(NAMES[1], count, 0, count + 1, "tasks", ROUNDS, TASKS_NOTE + ALONE),
        row(NAMES[2], [((peak,), (idle / MB,)) for peak in peaks], 0, "MB", memory),
    ]


def citing(bench: Bench, small: Path) -> Row:
    """A chat about one document, and a long reply that cites it."""
    with browsing(bench.playwright, script=COUNT_TASKS) as browser:
        app = App(browser.context, bench.ours)
        app.open(f"?demo&tokens={TOKENS}&rate={RATE}#/library")
        add(app, small)
        expect(listed(app, small.name)).to_contain_text("Indexed", timeout=LIMIT_MS)
        app.page.get_by_role("button", name=f"Menu of {small.name}").click()
        app.page.get_by_role("menuitem", name="Ask about this document").click()
        browser.settle()
        before = browser.long_tasks()
        with own_time(browser.process) as own:
            app.ask("What is said about the con?")
            expect(app.page.get_by_role("button", name="Source 1", exact=True).first).to_be_visible()
            browser.settle()
        count = own_long(browser, own, before, NAMES[3])
    return Row(NAMES[3], count, 0, count + 1, "tasks", 1, CITED_NOTE + ALONE)


def measure(bench: Bench) -> list[Row]:
    """All rows."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        small = folder / "small.pdf"
        with browsing(bench.playwright) as other:
            long = printed(other, book(PAGES * 2), f"1-{PAGES}")
            small.write_bytes(printed(other, book(24, seed=4), "1-12"))
        return [*indexing(bench, folder, long, small), citing(bench, small)]
