"""What a row was measured on: the machine, the browser, and how busy the machine was before and after.

around = Around()                      # before
around.fields()                        # {"load": [0.4, 1.9], "machine": "2 × AMD EPYC, Linux 6.1", "browser": …}

The load is the average number of processes that want to run, over the last minute: what came before a bench is its
first figure, and the bench itself is in its second.
"""

from __future__ import annotations

import platform
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import psutil

from tests.environment import find_chromium

CPU_INFO = Path("/proc/cpuinfo")


def load() -> float:
    """Over the last minute. Windows counts it from the first time that it is asked."""
    return round(psutil.getloadavg()[0], 2)


@cache
def machine() -> str:
    """Processor and system."""
    lines = CPU_INFO.read_text("utf-8").splitlines() if CPU_INFO.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    kind = names[0] if names else platform.processor() or platform.machine()
    return f"{psutil.cpu_count()} × {kind}, {platform.system()} {platform.release()}"


@cache
def browser() -> str:
    """Name and version, as the program says it; only its path where it says nothing."""
    program = find_chromium()
    assert program is not None
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=60).stdout.strip()
    except (OSError, subprocess.TimeoutExpired):
        said = ""
    return said or str(program)


class Around:
    """One bench, from when this is made."""

    def __init__(self) -> None:
        psutil.getloadavg()
        self.before = load()

    def fields(self) -> dict[str, Any]:
        """What goes into the rows, now that the bench has ended."""
        return {"load": [self.before, load()], "machine": machine(), "browser": browser()}
