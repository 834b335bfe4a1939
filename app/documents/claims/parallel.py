"""Numbers of one of two things that a sentence sets side by side, and tells of the second in few words.

    of_the_other("Bosch received it in 1918.", one, ["Haber received it in 1918, Bosch in 1931."])     # True

The clause that has the number and one beside it begin in the same way with a name each, of which the text has one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import TypeVar

from app.documents.claims.around import places_of
from app.documents.claims.numbers import Number, numbers_in
from app.documents.claims.small_words import words
from app.documents.claims.support import CLAUSE, clauses_of, is_in, sentences_of, source_language
from app.documents.sentences import Span

#: what joins the clauses, and what each may begin with
_JOINT = words("and but while whereas und aber während y pero mientras et mais tandis e ma mas")
_LEADS = words(
    "in at on by from for to under of en a de por para à au aux dans par pour chez sous nel nella da em no na"
)
T = TypeVar("T")
_TOKEN = re.compile(r"[^\W\d_]+")
_CAPITAL, _SMALL = re.compile(r"(?<=[\w,;:] )[A-ZÀ-ÖØ-Þ][^\W\d_]{2,}"), re.compile(r"(?<!\w)[^\W\d_A-ZÀ-ÖØ-Þ][^\W\d_]*")


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause of a passage, what `_opening` says of it, and its numbers as they are written; none where it begins with
    no name."""

    start: int
    end: int
    text: str
    lead: str
    leaders: tuple[str, ...]
    numbers: tuple[str, ...]

    def has_other(self, text: str) -> bool:
        """Whether it has a number, and none that a text has, too."""
        return bool(self.numbers) and not any(number in text for number in self.numbers)


def of_the_other(text: str, one: Number, passages: Sequence[str]) -> bool | None:
    """Whether the passages tell a number only of a thing that stands beside the one that the text names; False where
    they tell it of that one; None where nothing stands side by side."""
    said, told = _tokens(text), list[bool | None]()
    for passage in passages:
        named = frozenset(name for name in _names(passage) if is_in(name, said))
        beside = [clause for clause in _clauses(passage) if clause.has_other(text)]
        for place in places_of(passage):
            if one.is_same(place.number):
                told.append(_told(passage, place.number, named, beside) if named else None)
    if False in told:
        return False
    return True if told and all(told) else None


def _told(passage: str, number: Number, named: frozenset[str], beside: Sequence[_Clause]) -> bool | None:
    """The same of one place. `named` are the names of the passage that the text has, `beside` the clauses that have
    another number than it."""
    sentence = _last_before(sentences_of(passage), number.start, _first)
    own = _last_before(_clauses(passage), number.start, _start)
    if sentence is None or own is None or number.start >= min(sentence[1], own.end) or not own.leaders:
        return None
    is_named, here = not named.isdisjoint(own.leaders), _tokens(own.text)
    low, high = (bisect_left(beside, at, key=_start) for at in sentence)
    for clause in beside[low:high]:
        if clause.text == own.text or clause.lead != own.lead:
            continue
        others = named.intersection(clause.leaders)
        is_other = bool(others) and any(not is_in(name, here) for name in others)
        if is_named != is_other:
            return is_other
    return None


@lru_cache(maxsize=64)
def _clauses(passage: str) -> tuple[_Clause, ...]:
    names, language, found = _names(passage), source_language(passage), list[_Clause]()
    for start, end in clauses_of(passage, by=CLAUSE):
        part = passage[start:end]
        lead, leaders = _opening(part, names)
        numbers = numbers_in(part, language) if leaders else ()
        found.append(_Clause(start, end, part, lead, leaders, tuple(part[one.start : one.end] for one in numbers)))
    return tuple(found)


def _last_before(spans: Sequence[T], at: int, start: Callable[[T], int]) -> T | None:
    """The last one that begins at a position or before it."""
    place = bisect_right(spans, at, key=start)
    return spans[place - 1] if place else None


def _first(span: Span) -> int:
    return span[0]


def _start(clause: _Clause) -> int:
    return clause.start


def _opening(clause: str, names: Collection[str]) -> tuple[str, tuple[str, ...]]:
    """The small word that a clause begins with, "" where that is a name, and its first name, of one or more words; none
    where it begins otherwise."""
    tokens = _tokens(clause)
    tokens = tokens[1:] if tokens and tokens[0] in _JOINT else tokens
    at = next((at for at, token in enumerate(tokens) if token in names), None)
    if at is None or not (at == 0 or tokens[0] in _LEADS):
        return "", ()
    return ("" if at == 0 else tokens[0]), tuple(takewhile(names.__contains__, tokens[at:]))


@lru_cache(maxsize=64)
def _names(passage: str) -> frozenset[str]:
    """The words that a passage only has with a capital, within a sentence too; none of a German one, whose nouns are
    all written so."""
    if source_language(passage) == "de":
        return frozenset()
    return (
        frozenset(_tokens(" ".join(_CAPITAL.findall(passage)))) - frozenset(_SMALL.findall(passage)) - _LEADS - _JOINT
    )


def _tokens(text: str) -> list[str]:
    return [one.lower() for one in _TOKEN.findall(text)]
