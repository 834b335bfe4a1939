"""What follows from dates: how old somebody was, how long something took, and in which century it was.

    is_told_by_dates("She was 36 when she found it.", number, told, ["Born in 1750 … In 1786 she found …"], "")

Two dates make a number only where the sentence tells of both: it names one of them, or its words stand around it, or
one follows the other in the source and the sentence says "later".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from app.documents.claims.numbers import CENTURY, Number, numbers_in
from app.documents.claims.support import clauses_of, is_in, sentences_of, source_language, words_in

_BORN = re.compile(
    r"\b(?:born|birth|geboren|geburt|geborene[rn]?|née?s?|naissance|naci(?:ó|eron|miento|do|da)|nat[oa]|nascita|nasceu)\b",
    re.IGNORECASE,
)
#: before a number without a unit: it is an age
_AGED = re.compile(
    r"\b(?:aged?|age of|at|was|were|is|turned|mit|à|con|a los|tenía|avait|hatte|only|just)\s"
    r"(?:about\s|around\s|etwa\s|rund\s|environ\s|unos\s)?$",
    re.IGNORECASE,
)
#: behind a number of years: it is one
_OLD = re.compile(r"[\s-](?:(?:years?[\s-])?old\b|alt\b)|(?<=ans)|(?<=años)", re.IGNORECASE)
_LATER = re.compile(
    r"\b(?:later|after(?:wards|\sthat)?|i\.e\.|that is|until|till|since|took|takes?|for|lasted|später|danach|nach|bis"
    r"|dauerte|nachher|plus tard|après|jusqu|más tarde|después|hasta|dopo|depois|then|between|from)\b",
    re.IGNORECASE,
)
_EARLIER = re.compile(r"\b(?:earlier|before|ago|früher|zuvor|vorher|plus tôt|avant|antes|prima)\b", re.IGNORECASE)
FIRST_YEAR, LAST_YEAR = 1000, 2100
OLDEST = 120
MOST_DATES = 100  # of one passage

Told = Callable[[str, frozenset[str]], int]


@dataclass(frozen=True, slots=True)
class _Date:
    """`month` and `day` are 0 where they are not told. `start` to `end`: the sentence that it stands in."""

    year: int
    month: int = 0
    day: int = 0
    at: int = 0
    start: int = 0
    end: int = 0
    is_birth: bool = False

    def years_since(self, other: _Date) -> frozenset[int]:
        """Whole years from another date to this one; two values where the dates don't tell."""
        whole = self.year - other.year
        if self.month and other.month and self.month != other.month:
            return frozenset({whole - (self.month < other.month)})
        if self.month and self.month == other.month and self.day and other.day:
            return frozenset({whole - (self.day < other.day)})
        return frozenset({whole, whole - 1})


@lru_cache(maxsize=64)
def _dates_of(text: str, language: str) -> tuple[_Date, ...]:
    """The dates of a text that have a year, in order."""
    numbers = numbers_in(text, language)
    spans, clauses = sentences_of(text), clauses_of(text)
    found: list[_Date] = []
    for at, one in enumerate(numbers):
        year = next((int(value) for value in one.values if value.denominator == 1), 0)
        if one.unit.name or not one.is_plain or one.is_name or not FIRST_YEAR <= year <= LAST_YEAR:
            continue
        if len(found) == MOST_DATES:
            break
        near = [other for other in numbers[max(0, at - 2) : at + 3] if abs(other.start - one.start) < 20]
        month = next((int(max(other.values)) for other in near if other.unit.above == "month"), 0)
        day = next((int(max(other.values)) for other in near if other.unit.above == "day"), 0)
        start, end = _span_of(spans, one.start, len(text))
        first, last = _span_of(clauses, one.start, len(text))
        found.append(_Date(year, month, day, one.start, start, end, bool(_BORN.search(text, first, last))))
    return tuple(found)


def _span_of(spans: Sequence[tuple[int, int]], at: int, length: int) -> tuple[int, int]:
    return next(((start, end) for start, end in spans if start <= at < end), (0, length))


def is_told_by_dates(text: str, one: Number, passages: Sequence[str], before: str, is_told: Told) -> bool:
    """Whether a number is an age, a stretch of years or a century that the dates tell of which a sentence speaks.
    `is_told` says whether words of a passage have one of the sentence's."""
    said = [word.text for word in words_in(text)]
    for passage in passages:
        if text.startswith("s", one.end) and any(_is_century(one, it) for it in numbers_in(passage)):
            return True
        dates = _dates_of(passage, source_language(passage))
        if not dates:
            continue
        worth = [_worth(said, passage, date, is_told) for date in dates]
        if one.unit == CENTURY or text.startswith("s", one.end):
            if any(_is_in_period(text, one, date) for date in _best(dates, worth)):
                return True
            continue
        if one.unit.above == "month1" and not one.unit.is_years and one.values & set(_months(text, dates, worth)):
            return True
        if not _is_years(text, one):
            continue
        pairs = _ages if _is_age(text, one) else _spans
        told = [date for date in _dates_of(text, "") if date.at != one.start]
        last = list(_dates_of(before, "")) if not told else []
        if any(one.values & {Fraction(years) for years in pair} for pair in pairs(text, dates, worth, told or last)):
            return True
        if not told and any(one.values & {Fraction(years)} for years in _between(text, one, passage, dates, is_told)):
            return True
    return False


def _between(text: str, one: Number, passage: str, dates: Sequence[_Date], is_told: Told) -> Iterator[int]:
    """ "A came 72 years after B": from the date that what stands before the number is told of to that of what stands
    behind it."""

    def near(word: str, held: frozenset[str]) -> int:
        return is_told(word, held) + 2 * is_in(word, held)

    sides = ([word.text for word in words_in(part)] for part in (text[: one.start], text[one.until :]))
    first, last = (_best(dates, [_worth(side, passage, date, near) for date in dates]) for side in sides)
    if _LATER.search(text, one.until) or _EARLIER.search(text, one.until):
        yield from (abs(a.year - b.year) for a in first for b in last)


def _worth(said: Sequence[str], passage: str, date: _Date, is_told: Told) -> int:
    held = frozenset(word.text for word in words_in(passage[date.start : date.end]))
    return sum(is_told(word, held) for word in said)


def _best(dates: Sequence[_Date], worth: Sequence[int]) -> list[_Date]:
    most = max(worth, default=0)
    return [date for date, much in zip(dates, worth, strict=True) if most and much == most]


def _is_century(one: Number, other: Number) -> bool:
    """Whether "the 1800s" are the century that a source names."""
    return other.unit == CENTURY and {100 * (value - 1) for value in other.values} == one.values


def _is_in_period(text: str, one: Number, date: _Date) -> bool:
    value = int(max(one.values))
    if one.unit == CENTURY:
        return (date.year - 1) // 100 + 1 == value
    size = 100 if value % 100 == 0 else 10  # "the 1800s", "the 1880s"
    return value % 10 == 0 and FIRST_YEAR <= value <= LAST_YEAR and value <= date.year < value + size


def _months(text: str, dates: Sequence[_Date], worth: Sequence[int]) -> Iterator[Fraction]:
    """Between two months of one sentence: of the text itself, or of the place that its words stand around."""
    own = [max(one.values) for one in numbers_in(text) if one.unit.above == "month"]
    if len(own) == 2:
        yield own[1] - own[0]
    for date, later in pairwise(_best(dates, worth)):
        if date.start == later.start and date.month and later.month:
            yield Fraction(12 * (later.year - date.year) + later.month - date.month)


def _is_years(text: str, one: Number) -> bool:
    return one.unit.is_years or (not one.unit.name and not one.is_part and _is_age(text, one))


def _is_age(text: str, one: Number) -> bool:
    if _OLD.match(text, one.end) or _OLD.match(text, one.until):
        return all(value <= OLDEST for value in one.values)
    is_aged = not one.unit.name and _AGED.search(text, max(0, one.start - 24), one.start)
    return bool(is_aged) and all(value <= OLDEST for value in one.values)


def _ages(text: str, dates: Sequence[_Date], worth: Sequence[int], told: Sequence[_Date]) -> Iterator[frozenset[int]]:
    """From each birth to what the sentence tells of: the dates that it names, or that its words stand around, or the
    one beside the birth."""
    for birth in (date for date in told if date.is_birth):
        yield from (date.years_since(birth) for date in _best(dates, worth))
    births = [at for at, date in enumerate(dates) if date.is_birth]
    others = [(date, much) for date, much in zip(dates, worth, strict=True) if not date.is_birth]
    best = _best([date for date, _ in others], [much for _, much in others])
    for at in births:
        beside = [dates[near] for near in (at - 1, at + 1) if 0 <= near < len(dates)] if not best else []
        yield from (date.years_since(dates[at]) for date in (*told, *(best if not told else ()), *beside))


def _spans(text: str, dates: Sequence[_Date], worth: Sequence[int], told: Sequence[_Date]) -> Iterator[frozenset[int]]:
    """Between a date that the sentence names and the one that its words stand around; between this one and the one
    before it, where the sentence says "later"."""
    years = {date.year for date in told}
    others = [(date, much) for date, much in zip(dates, worth, strict=True) if date.year not in years]
    best = _best([date for date, _ in others], [much for _, much in others])
    for one in told:
        yield from (frozenset({abs(one.year - date.year)}) for date in best)
    for date in told or best:
        places = [at for at, other in enumerate(dates) if other.year == date.year]
        for at in places:
            if at and _LATER.search(text):
                yield frozenset({abs(date.year - dates[at - 1].year)})
            if at + 1 < len(dates) and _EARLIER.search(text):
                yield frozenset({abs(date.year - dates[at + 1].year)})
