"""Days of this place."""

from __future__ import annotations

import time


def local_day(seconds: float) -> str:
    """The person's own date at a moment, as 2026-11-23."""
    return time.strftime("%Y-%m-%d", time.localtime(seconds))


def midnight(seconds: float) -> float:
    """When the person's day of a moment has begun, in seconds since 1970."""
    day = time.localtime(seconds)
    return time.mktime((day.tm_year, day.tm_mon, day.tm_mday, 0, 0, 0, 0, 0, -1))
