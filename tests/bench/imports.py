"""import-*: a large export of ChatGPT from the choice of the file until all its chats are here, and the usual way to do
that in plain JavaScript: the whole file as one text, parsed at once.

What is compared is not the same work. The app reads the file twice, piece by piece: first it says what is in it. It
makes trees of turns and leaves out what was hidden. The bare page keeps each message as it is. So the figures to look
at are memory, which must not grow with the file, and the tasks of the page. IMPORT_BYTES is the size of the file; what
the app promises is 500 MB.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench.bench import Bench
from tests.bench.busy import own_time
from tests.bench.measure import COUNT_TASKS, LONG_SECONDS, Browser, Row, Sample, browsing, rounded, row, take_turns
from tests.bench.memory import used, watching
from tests.browser.driver import App
from tests.study.imports.large import write_large

NAMES = ("import-cpu", "import-wall", "import-memory", "import-tasks")
SIZE = int(os.environ.get("IMPORT_BYTES", "50000000"))
PAIRS = 3
LIMIT_MS = 3_600_000
WHAT = f"an export of {SIZE // 1_000_000} MB read, told and brought in / parsed at once in plain JavaScript"
UNITS = ("CPU seconds", "seconds", "MB over idle", "tasks over 50 ms")
NOTES = (
    f"{WHAT}, whole browser",
    WHAT,
    f"{WHAT}, peak of main process and renderers",
    f"{WHAT}, of the page's own thread; ratio of (count + 1)",
)


def measured(browser: Browser, work: Callable[[], object]) -> Sample:
    """CPU seconds, wall seconds, megabytes over idle, long tasks of the page's own thread."""
    browser.settle()
    main, renderers = used(browser.process)
    tasks = browser.long_tasks()
    with watching(browser.process) as peak, own_time(browser.process) as own:
        before, start = browser.cpu_seconds(), time.perf_counter()
        work()
        seconds, spent = time.perf_counter() - start, browser.cpu_seconds() - before
        browser.page.wait_for_timeout(100)  # the last task is told when it has ended
    found = browser.own_tasks(own, tasks)
    print(f"  import-tasks, milliseconds and the thread's own of each: {rounded(found)}", flush=True)
    long = sum(mine > LONG_SECONDS * 1000 for _, mine in found)
    return spent, seconds, (peak.total - main - sum(renderers)) / 1e6, float(long)


def ours(bench: Bench, file: Path) -> Sample:
    """Choose the file, read what is in it, say yes."""
    with browsing(bench.playwright, script=COUNT_TASKS) as browser:
        app = App(browser.context, bench.ours)
        app.open("?demo")
        app.settings("Data")

        def work() -> None:
            app.page.locator("#backup-file").set_input_files(file)
            app.page.locator("#imports-run").click(timeout=LIMIT_MS)
            app.page.locator("#notices").get_by_text("Imported:").wait_for(timeout=LIMIT_MS)

        return measured(browser, work)


def theirs(bench: Bench, file: Path) -> Sample:
    """Choose the file."""
    with browsing(bench.playwright, script=COUNT_TASKS) as browser:
        browser.page.goto(bench.peer("bare-import.html"))
        browser.wait_ready()

        def work() -> None:
            browser.page.locator("input").set_input_files(file)
            browser.page.get_by_text("chats").wait_for(timeout=LIMIT_MS)

        return measured(browser, work)


def compared(name: str) -> Callable[[float, float], float]:
    """How the two sides of a row are compared."""
    return (
        (lambda mine, other: (mine + 1) / (other + 1)) if name == "import-tasks" else lambda mine, other: mine / other
    )


def measure(bench: Bench) -> list[Row]:
    """All rows, from the same imports."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "conversations.json"
        write_large(file, SIZE)
        pairs = take_turns(lambda: ours(bench, file), lambda: theirs(bench, file), PAIRS, "import")
    return [row(name, pairs, index, UNITS[index], NOTES[index], compared(name)) for index, name in enumerate(NAMES)]
