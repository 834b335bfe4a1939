"""Numbers that lie in a range of a source, and numbers that say how much more where a source says how much less.

is_in_range("With 20 pauses it is moderate.", number, ["5 to 14 is mild, 15 to 29 moderate."])      # True
is_other_way("A rise of 4 %.", number, [the number of the source], ["4 % less than before."])       # True
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from app.documents.claims.numbers import Number, numbers_in
from app.documents.claims.small_words import words
from app.documents.claims.support import clauses_of, is_in, source_language, words_in

_TO = re.compile(r"\s?(?:to|bis|a|à|–|-|—)\s?")
_UP = words(
    "more rise rises rose risen rising increase increases increased increasing growth grew grown higher up gain gains "
    "raise raises raised lifted lifts climbed climbs jumped "
    "mehr anstieg steigt stieg gestiegen höher zunahme wuchs gewachsen más aumento aumenta aumentó subió subida plus "
    "hausse augmentation augmente augmenté"
)
_DOWN = words(
    "less fewer fall falls fell fallen falling decrease decreases decreased drop drops dropped decline declined lower "
    "down loss cut cuts cutting reduce reduces reduced reduction shrank shrinks shrunk lowered lowers "
    "weniger rückgang sinkt sank gesunken fällt fiel gefallen niedriger abnahme menos descenso disminución "
    "bajó cayó bajada moins baisse diminution diminue diminué"
)
#: before how much something changed, and before what it was then or came to
_BY = re.compile(r"\b(?:by|um)\s(?:about\s|around\s|etwa\s|rund\s)?$", re.IGNORECASE)
_AT = re.compile(r"\b(?:to|from|at|auf|von|bei)\s$", re.IGNORECASE)
BEFORE = 12  # characters
_WORD = re.compile(r"[^\W\d_]+")
NEAR = 3  # words to each side of a number that say which way it goes


def is_in_range(text: str, one: Number, passages: Sequence[str]) -> bool:
    """Whether a number lies between two of a source, in a clause that has a word of the text which no other of its
    ranges has."""
    said = [word.text for word in words_in(text) if not one.start <= word.start < one.until]
    for passage in passages:
        numbers = numbers_in(passage, source_language(passage))
        spans = clauses_of(passage)
        for low, high in pairwise(numbers):
            if (
                low.is_name
                or one.unit.above not in ("", high.unit.above)
                or not _TO.fullmatch(passage, low.end, high.start)
            ):
                continue
            if not any(a <= value <= b for a in low.values for b in high.values for value in one.values):
                continue
            start, end = next((span for span in spans if span[0] <= low.start < span[1]), (0, 0))
            labels = [word.text for word in words_in(passage[start:end]) if word.start + start >= high.until]
            if any(is_in(word, labels) for word in said):
                return True
    return False


def is_other_way(text: str, one: Number, same: Sequence[Number], passages: Sequence[str]) -> bool:
    """Whether a text says how much more, and each place that has its number how much less, or the other way round."""
    if not one.unit.name:
        return False
    mine = _ways(text, one)
    if len(mine) != 1:
        return False
    known = [_ways(passage, other) for passage, other in _places(same, passages)]
    return bool(known) and all(len(way) == 1 and way != mine for way in known)


def is_level(text: str, one: Number, same: Sequence[Number], passages: Sequence[str]) -> bool:
    """Whether a text says that something changed by so much, and each place that has its number that it came to that,
    or from there."""
    if not one.unit.name or not _BY.search(text, max(0, one.start - BEFORE), one.start):
        return False
    known = [
        bool(_AT.search(passage, max(0, other.start - BEFORE), other.start))
        for passage, other in _places(same, passages)
    ]
    return bool(known) and all(known)


def _places(same: Sequence[Number], passages: Sequence[str]) -> Iterator[tuple[str, Number]]:
    """Where these numbers stand, and in which of the passages."""
    for passage in passages:
        yield from ((passage, other) for other in numbers_in(passage, source_language(passage)) if other in same)


def _ways(text: str, one: Number) -> frozenset[str]:
    """Which ways the words beside a number go, as far as a clause reaches."""
    start, end = next((span for span in clauses_of(text) if span[0] <= one.start < span[1]), (0, len(text)))
    found = {*_telling(text, start, one.start)[-NEAR:], *_telling(text, one.until, end)[:NEAR]}
    return frozenset(way for way, known in (("up", _UP), ("down", _DOWN)) if not known.isdisjoint(found))


def _telling(text: str, start: int, end: int) -> list[str]:
    """The words between two places, small ones aside that say no way."""
    part = text[start:end]
    known = _UP | _DOWN | {word.text for word in words_in(part)}
    return [word for word in (match[0].lower() for match in _WORD.finditer(part)) if word in known]
