"""The measuring tools: a browser whose CPU seconds can be read, and pairs that take turns.

with browsing(playwright) as browser:
    before = browser.cpu_seconds()
    browser.page.goto(url)
    spent = browser.cpu_seconds() - before
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import BrowserContext, Page, Playwright

from tests.bench.busy import OwnTime
from tests.environment import QUIET_FLAGS, find_chromium

LIMIT_MS = 180_000
PAIRS = 5
#: Tasks of more than 50 ms on the page's thread, as the browser itself counts them, in `window.longTasks`: when each
#: began and ended, in seconds since 1970.
COUNT_TASKS = """
window.longTasks = [];
new PerformanceObserver(list => {
  for (const { startTime, duration } of list.getEntries()) {
    const start = performance.timeOrigin + startTime;
    window.longTasks.push([start / 1000, (start + duration) / 1000]);
  }
}).observe({ type: 'longtask', buffered: true });
"""
LONG_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Row:
    """One line of bench.json: medians of both sides, and the median of the pairs' ratios."""

    name: str
    ours: float
    theirs: float
    ratio: float
    unit: str
    runs: int
    note: str

    def as_json(self) -> dict[str, Any]:
        """Rounded to what the measurement is worth."""
        fields = asdict(self)
        return {key: round(value, 4) if isinstance(value, float) else value for key, value in fields.items()}


class Browser:
    """A Chromium with a profile on disk, one page, and the CPU seconds of all its processes."""

    def __init__(self, context: BrowserContext, profile: Path) -> None:
        self.context = context
        self.page: Page = context.pages[0] if context.pages else context.new_page()
        self.process = browser_process(profile)

    def cpu_seconds(self) -> float:
        """User and system time of the whole process tree so far, in seconds.

        On Linux the time of processes that have ended is in their parent's `children_*`; elsewhere it is lost, so
        compare figures of one system only.
        """
        total = 0.0
        for process in [self.process, *self.process.children(recursive=True)]:
            try:
                times = process.cpu_times()
            except psutil.NoSuchProcess:  # ended meanwhile: it is in its parent's sum the next time
                continue
            total += times.user + times.system + times.children_user + times.children_system
        return total

    def settle(self, quiet_share: float = 0.05, limit_seconds: float = 90) -> None:
        """Wait until the browser has nothing left to do: under `quiet_share` of one CPU for two seconds."""
        deadline, quiet = time.monotonic() + limit_seconds, 0
        while quiet < 4 and time.monotonic() < deadline:
            before = self.cpu_seconds()
            self.page.wait_for_timeout(500)
            quiet = quiet + 1 if self.cpu_seconds() - before < quiet_share * 0.5 else 0

    def wait_ready(self) -> None:
        """Wait for the mark that every page of the benches sets when it works."""
        self.page.locator("html[data-ready]").wait_for(state="attached", timeout=LIMIT_MS)

    def long_tasks(self) -> int:
        """Tasks of more than 50 ms on the page's thread so far. Needs `COUNT_TASKS` as the browser's script."""
        return int(self.page.evaluate("window.longTasks.length"))

    def own_tasks(self, own: OwnTime, since: int = 0) -> list[tuple[float, float]]:
        """Each of these, from the one of that number on: milliseconds that it took, and of those its thread's own."""
        found: list[tuple[float, float]] = self.page.evaluate("since => window.longTasks.slice(since)", since)
        return [((end - start) * 1000, 1000 * (own.spent(start, end) or 0.0)) for start, end in found]


def browser_process(profile: Path) -> psutil.Process:
    """The main process of the Chromium that was started with this profile."""
    for process in psutil.Process().children(recursive=True):
        try:
            words = process.cmdline()
        except psutil.NoSuchProcess:
            continue
        if any(word == f"--user-data-dir={profile}" for word in words) and not any("--type=" in word for word in words):
            return process
    raise RuntimeError("the browser's process was not found")


@contextmanager
def browsing(playwright: Playwright, *flags: str, script: str = "") -> Iterator[Browser]:
    """A browser with a fresh profile; `script` runs in every page before anything of the page does."""
    chromium = find_chromium()
    assert chromium is not None
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as profile:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=chromium, args=[*QUIET_FLAGS, *flags], viewport={"width": 1280, "height": 800}
        )
        context.set_default_timeout(LIMIT_MS)
        context.set_default_navigation_timeout(LIMIT_MS)
        if script:
            context.add_init_script(script)
        try:
            yield Browser(context, Path(profile))
        finally:
            context.close()


def rounded(tasks: Sequence[tuple[float, float]]) -> list[tuple[int, int]]:
    """Long tasks as they are printed."""
    return [(round(took), round(spent)) for took, spent in tasks]


Sample = tuple[float, ...]


def take_turns(
    ours: Callable[[], Sample], theirs: Callable[[], Sample], pairs: int = PAIRS, label: str = ""
) -> list[tuple[Sample, Sample]]:
    """Measure in pairs whose order alternates, so that a machine that slows down hurts both sides alike."""
    found = take_rounds({"ours": ours, "theirs": theirs}, pairs, label)
    return [(samples["ours"], samples["theirs"]) for samples in found]


def take_rounds(
    sides: Mapping[str, Callable[[], Sample]], rounds: int = PAIRS, label: str = ""
) -> list[dict[str, Sample]]:
    """Measure several sides in rounds whose order alternates: any two of them are pairs whose order alternates."""
    found = []
    for number in range(rounds):
        order = list(sides) if number % 2 == 0 else list(sides)[::-1]
        samples = {side: sides[side]() for side in order}
        shown = ", ".join(f"{side} {_shown(samples[side])}" for side in sides)
        print(f"  {label} round {number + 1}/{rounds}: {shown}", flush=True)
        found.append(samples)
    return found


def _shown(sample: Sample) -> str:
    return " / ".join(f"{value:.3f}" for value in sample)


def row(
    name: str,
    pairs: Sequence[tuple[Sample, Sample]],
    index: int,
    unit: str,
    note: str,
    compare: Callable[[float, float], float] = lambda ours, theirs: ours / theirs,
) -> Row:
    """The row for one of the figures that the pairs hold."""
    ours = [mine[index] for mine, _ in pairs]
    theirs = [other[index] for _, other in pairs]
    ratios = [compare(mine, other) for mine, other in zip(ours, theirs, strict=True)]
    return Row(
        name, statistics.median(ours), statistics.median(theirs), statistics.median(ratios), unit, len(pairs), note
    )
