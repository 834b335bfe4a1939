"""So much of one in so much of another: "5 g in 100 mL" is "50 g per litre", and not "5 g per litre".

is_right_rate("It has 50 g of acid per litre.", number, numbers, ["It has 5 g of acid in 100 mL."])      # True
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from app.core.units import unit_named
from app.documents.claims.around import is_times
from app.documents.claims.numbers import Number, numbers_in
from app.documents.claims.support import source_language

_WORDS = r"(?:\s(?:times|mal|fois|veces|of|de|d['’])?(?:\s?[^\W\d_]+){0,2})?"
#: "50 g of acid per litre", "eight times a minute"
_PER_ONE = re.compile(
    rf"{_WORDS}\s(?:per|an?|pro|par|por|je|each|every|cada)\s(?P<unit>[^\W\d_]+)(?![^\W_])", re.IGNORECASE
)
#: "5 g in 100 mL", "twice every 15 seconds"
_PER_MORE = re.compile(rf"{_WORDS}\s(?:in|per|pro|je|par|por|every|each|alle|auf|dans|en|cada)\s", re.IGNORECASE)
FAR = 40  # characters between both


@dataclass(frozen=True, slots=True)
class _Rate:
    """How much of `of` there is in as much of `by` as its size is. `one` is the number before "per"."""

    one: Number
    of: str
    by: str
    value: Fraction


def _rates_in(text: str, numbers: Sequence[Number]) -> Iterator[_Rate]:
    for at, one in enumerate(numbers):
        if one.is_name or one.unit.below or not (one.unit.above or is_times(text, one)):
            continue
        much = max(one.values) * one.unit.size
        other = next((other for other in numbers[at + 1 : at + 3] if other.start >= one.until), None)
        if other and other.unit.above and max(other.values) and _PER_MORE.fullmatch(text, one.until, other.start):
            by = max(other.values) * other.unit.size
            yield _Rate(one, one.unit.above, other.unit.above, much / by)
        elif match := _PER_ONE.match(text, one.until, one.until + FAR):
            unit = unit_named(match["unit"].lower())
            if unit.above:
                yield _Rate(one, one.unit.above, unit.above, much / unit.size)


@lru_cache(maxsize=64)
def _rates_of(passage: str) -> tuple[_Rate, ...]:
    return tuple(_rates_in(passage, numbers_in(passage, source_language(passage))))


def is_right_rate(text: str, one: Number, numbers: Sequence[Number], passages: Sequence[str]) -> bool | None:
    """Whether the sources have so much in so much with another number; None where it is of no rate, or they have none
    of its kind, or that number itself."""
    mine = next((rate for rate in _rates_in(text, numbers) if rate.one.start == one.start), None)
    if mine is None:
        return None
    known = [rate for passage in passages for rate in _rates_of(passage) if (rate.of, rate.by) == (mine.of, mine.by)]
    same = [rate for rate in known if one.is_same(rate.one)]
    if any(rate.value == mine.value for rate in known):
        return None if any(rate.value == mine.value for rate in same) else True
    return False if same else None
