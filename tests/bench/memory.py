"""How much memory a browser uses at most while something happens: its main process and each renderer.

    with watching(browser_process) as peak:
        ...
    peak.total, peak.renderer               # bytes: main process + renderers together; the largest renderer

Proportional set size: a page shared by n processes counts as 1/n in each, so that the sum is what the machine has lost,
and a Blob on its way from one process to the other is not left out. Linux tells it; elsewhere the unique set size.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psutil

EVERY_SECONDS = 0.15


@dataclass(slots=True)
class Peak:
    """The highest figures so far, in bytes."""

    total: int = 0
    renderer: int = 0
    samples: int = 0

    def look(self, root: psutil.Process) -> None:
        """Take one sample."""
        main, renderers = used(root)
        self.total = max(self.total, main + sum(renderers))
        self.renderer = max(self.renderer, *renderers, 0)
        self.samples += 1


def _size(process: psutil.Process) -> int:
    info = process.memory_full_info()
    return int(getattr(info, "pss", 0) or info.uss)


def used(root: psutil.Process) -> tuple[int, list[int]]:
    """Bytes of the main process now, and of each renderer."""
    renderers = []
    for process in root.children(recursive=True):
        try:
            if "--type=renderer" in process.cmdline():
                renderers.append(_size(process))
        except psutil.NoSuchProcess:  # ended meanwhile
            continue
    return _size(root), renderers


@contextmanager
def watching(root: psutil.Process) -> Iterator[Peak]:
    """Sample until the end of the block."""
    peak, has_ended = Peak(), threading.Event()

    def sample() -> None:
        while not has_ended.wait(EVERY_SECONDS):
            peak.look(root)

    thread = threading.Thread(target=sample, daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        has_ended.set()
        thread.join()
        peak.look(root)
