"""How long to wait before asking once more, and whether at all.

    wait_of({"retry-after": "20"}, "", now)                      # 20.0
    Patience().before(RateLimited(retry_after=0.4), 0)      # 0.41; None: do not ask again

A page often may not read `retry-after` (the service does not expose it), so a hint in the body comes next, and a
back-off with jitter last. Long waits are not waited for: another model answers meanwhile.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from email.utils import parsedate_to_datetime
from random import random

from app.core.errors import AppError, BadAnswer, Interrupted, RateLimited, ServiceFailed, Unreachable, Unusable

MOST_RETRIES = 2
# in all, for a service that is busy and for one that has failed: who waits longer is better served by another model
BUSY_SECONDS, MOST_SECONDS = 2.0, 4.0
# A second is what services ask for at least, where a page may not read it.
FIRST_SECONDS, GROWTH, JITTER = 1.0, 2.2, 0.2
ROUNDING = 0.01  # what a service tells is often rounded down: a moment too early costs another refusal
SINCE_1970 = 1e9  # a larger number is a date
UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
# as Gemini says it in the details of an error of the type RetryInfo
_DELAY = re.compile(r'"retryDelay"\s*:\s*"([\d.]+)s"')
_DURATION = re.compile(r'"retryDelay"\s*:\s*\{\s*"seconds"\s*:\s*"?(\d+)"?(?:\s*,\s*"nanos"\s*:\s*(\d+))?')
# as OpenAI, Groq and Gemini say it in words: Please try again in 1m26.4s.
_AGAIN = re.compile(
    r"(?:try again|retry|available|wait)(?: in| after| for)? ((?:[\d.]+\s?(?:ms|[smhd])[a-z]*\s?)+)", re.IGNORECASE
)
# as other programs write it in JSON
_FIELD = re.compile(r'"retry_?after(_?ms)?(?:_?seconds)?"\s*:\s*"?([\d.]+)', re.IGNORECASE)
_RESET = re.compile(r'"x-ratelimit-reset"\s*:\s*"?(\d+)', re.IGNORECASE)
_PART = re.compile(r"([\d.]+)\s?(ms|[smhd])", re.IGNORECASE)


def wait_of(headers: Mapping[str, str], body: str, now: float) -> float | None:
    """Seconds that a refusal asks for, None where it does not say. `now` is seconds since 1970, for a date."""
    if (exact := _number(headers.get("retry-after-ms", ""))) is not None:
        return exact / 1000
    if header := headers.get("retry-after", ""):
        seconds = _number(header)
        return seconds if seconds is not None else _spoken(header) or _until(header, now)
    if found := _DELAY.search(body):
        return _number(found[1])
    if found := _DURATION.search(body):
        return int(found[1]) + int(found[2] or 0) / 1e9
    if found := _AGAIN.search(body):
        return _spoken(found[1])
    if found := _FIELD.search(body):
        seconds = _number(found[2])
        return seconds / 1000 if seconds is not None and found[1] else seconds
    found = _RESET.search(body)
    return _reset(headers, now) if found is None else _moment(found[1], now)


def _spoken(text: str) -> float | None:
    """1m26.4s as seconds, None where it is none."""
    parts = [(_number(number), UNITS[unit.lower()]) for number, unit in _PART.findall(text)]
    return sum((number or 0.0) * unit for number, unit in parts) if parts else None


def _reset(headers: Mapping[str, str], now: float) -> float | None:
    """When the limit that is used up begins anew. Of several limits only those count of which nothing remains."""
    found = []
    for name, value in headers.items():
        if re.fullmatch(r"(?:[a-z]+-)?ratelimit-.*\breset\b.*", name):
            rest = headers.get(name.replace("reset", "remaining"))
            if rest == "0" or (rest is None and name.endswith("ratelimit-reset")):
                found.append(_moment(value, now))
    return max((one for one in found if one is not None), default=None)


def _moment(text: str, now: float) -> float | None:
    """Seconds from now on; the text is these, a date, or seconds or milliseconds since 1970."""
    if (number := _number(text)) is None:
        with suppress(ValueError):
            return max(0.0, datetime.fromisoformat(text).timestamp() - now)
        return _spoken(text)
    if number < SINCE_1970:
        return number
    return max(0.0, (number / 1000 if number > 1000 * SINCE_1970 else number) - now)


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if 0 <= number < float("inf") else None


def _until(date: str, now: float) -> float | None:
    try:
        return max(0.0, parsedate_to_datetime(date).timestamp() - now)
    except ValueError:
        return None


class Patience:
    """`jitter` gives numbers from 0 to 1."""

    def __init__(self, jitter: Callable[[], float] = random) -> None:
        self._jitter = jitter

    def before(self, error: AppError, tries: int, waited: float = 0.0) -> float | None:
        """Seconds to wait after an error at the try number `tries` (0, 1 …), None where asking again is of no use or
        would take longer than anybody should wait; `waited` is how long this request has waited already.

        Only for what nobody has seen a word of yet."""
        if tries >= MOST_RETRIES or not isinstance(error, RateLimited | Unreachable | Interrupted | BadAnswer):
            return None
        if isinstance(error, Unusable) or (tries and isinstance(error, BadAnswer)):
            return None
        asked = error.retry_after if isinstance(error, RateLimited | ServiceFailed | Interrupted) else None
        wait = FIRST_SECONDS * GROWTH**tries * (1 + JITTER * self._jitter()) if asked is None else asked + ROUNDING
        most = BUSY_SECONDS if isinstance(error, RateLimited) else MOST_SECONDS
        return wait if waited + wait <= most + MOST_RETRIES * ROUNDING else None
