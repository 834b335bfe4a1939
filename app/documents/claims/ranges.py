"""Numbers that lie in a range of a source, and numbers that say how much more where a source says how much less.

is_in_range("With 20 pauses it is moderate.", number, ["5 to 14 is mild, 15 to 29 moderate."])      # True
is_other_way("A rise of 4 %.", number, [the number of the source], ["4 % less than before."])       # True
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from app.documents.claims.numbers import Number, numbers_in
from app.documents.claims.small_words import words
from app.documents.claims.support import clauses_of, is_in, source_language, words_in

_TO = re.compile(r"\s?(?:to|bis|a|à|–|-|—)\s?")
_UP = words(
    "more rise rises rose risen rising increase increases increased increasing growth grew grown higher up gain gains "
    "mehr anstieg steigt stieg gestiegen höher zunahme wuchs gewachsen más aumento aumenta aumentó subió subida plus "
    "hausse augmentation augmente augmenté"
)
_DOWN = words(
    "less fewer fall falls fell fallen falling decrease decreases decreased drop drops dropped decline declined lower "
    "down loss weniger rückgang sinkt sank gesunken fällt fiel gefallen niedriger abnahme menos descenso disminución "
    "bajó cayó bajada moins baisse diminution diminue diminué"
)
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
    known = [
        _ways(passage, other)
        for passage in passages
        for other in numbers_in(passage, source_language(passage))
        if other in same
    ]
    return bool(known) and all(len(way) == 1 and way != mine for way in known)


def _ways(text: str, one: Number) -> frozenset[str]:
    """Which ways the words beside a number go, as far as a clause reaches."""
    start, end = next((span for span in clauses_of(text) if span[0] <= one.start < span[1]), (0, len(text)))
    before = [match[0].lower() for match in _WORD.finditer(text, start, one.start)][-NEAR:]
    behind = [match[0].lower() for match in _WORD.finditer(text, one.until, end)][:NEAR]
    found = {*before, *behind}
    return frozenset(way for way, known in (("up", _UP), ("down", _DOWN)) if not known.isdisjoint(found))
