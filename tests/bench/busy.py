"""What a page's long tasks cost its own thread: on a busy machine most tasks of more than 50 ms only wait for a core.

    with own_time(browser.process) as own:
        ...
    own.spent(start, end)                   # seconds of CPU between two moments, in seconds since 1970

The browser tells when a long task began and ended, not how long its thread really ran. Linux tells that of each thread
(/proc/…/schedstat, whose first number counts nanoseconds); it is asked every few milliseconds. Of several renderers the
busiest one counts, so that a figure is never too small.
"""

from __future__ import annotations

import threading
import time
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

EVERY_SECONDS = 0.004
NEW_EVERY_SECONDS = 0.5  # how often new renderers are looked for

Sample = tuple[float, int]  # a moment, and nanoseconds of CPU up to it


class OwnTime:
    """The samples so far, by renderer."""

    def __init__(self) -> None:
        self.samples: dict[int, list[Sample]] = {}

    def look(self, pids: list[int]) -> None:
        """Take a sample of each renderer's main thread, whose id is that of its process."""
        for pid in pids:
            try:
                spent = int(Path(f"/proc/{pid}/task/{pid}/schedstat").read_text("ascii").split()[0])
            except (OSError, IndexError):  # ended meanwhile, or another system
                continue
            self.samples.setdefault(pid, []).append((time.time(), spent))

    def spent(self, start: float, end: float) -> float | None:
        """Seconds of CPU that the busiest thread used from one moment to another; None where nothing is known."""
        found = [_between(samples, start, end) for samples in self.samples.values() if samples]
        return max(found, default=None)


def _between(samples: list[Sample], start: float, end: float) -> float:
    """From the last sample before the start to the first one after the end."""
    first = max(0, bisect_right(samples, start, key=lambda one: one[0]) - 1)
    last = min(len(samples) - 1, bisect_left(samples, end, key=lambda one: one[0]))
    return max(0, samples[last][1] - samples[first][1]) / 1e9


def _renderers(root: psutil.Process) -> list[int]:
    found = []
    for process in root.children(recursive=True):
        try:
            if "--type=renderer" in process.cmdline():
                found.append(process.pid)
        except psutil.NoSuchProcess:
            continue
    return found


@contextmanager
def own_time(root: psutil.Process) -> Iterator[OwnTime]:
    """Sample until the end of the block."""
    own, has_ended = OwnTime(), threading.Event()

    def sample() -> None:
        pids, looked = _renderers(root), time.monotonic()
        while not has_ended.wait(EVERY_SECONDS):
            if time.monotonic() - looked > NEW_EVERY_SECONDS:
                pids, looked = _renderers(root), time.monotonic()
            own.look(pids)

    thread = threading.Thread(target=sample, daemon=True)
    thread.start()
    try:
        yield own
    finally:
        has_ended.set()
        thread.join()
