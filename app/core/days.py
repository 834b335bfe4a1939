"""Days of this place."""

from __future__ import annotations

import time


def local_day(seconds: float) -> str:
    """The person's own date at a moment, as 2026-11-23."""
    return time.strftime("%Y-%m-%d", time.localtime(seconds))
