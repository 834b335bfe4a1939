"""Two numbers of a sentence that stand the other way round in its source: "350 g of flour and 500 g of water".

exchanged(text, numbers, places)        # "350": the first of the two
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from app.documents.claims.around import Place, Surroundings, surroundings
from app.documents.claims.numbers import Number
from app.documents.claims.support import is_in

_YEAR = re.compile(r"#[12]\d{3}")
MOST_EXCHANGED = 8  # numbers of one sentence that are held against each other


def exchanged(text: str, claimed: Sequence[Number], places: Sequence[Place]) -> str | None:
    """The first of two numbers of a sentence of which a source has each only beside what the other one is told of; None
    where none are: "350 g of flour and 500 g of water", "Amiens is 37 m high and Chartres 42 m"."""
    numbers = [one for one in claimed if not one.is_name]
    if not 2 <= len(numbers) <= MOST_EXCHANGED:
        return None
    around = {one.start: surroundings(text, one, numbers) for one in numbers}
    for one, other in combinations(numbers, 2):
        if _kind(one) != _kind(other) or one.is_same(other):
            continue
        told = [(around[one.start], place.around) for place in places if one.is_same(place.number)]
        others = [(around[other.start], place.around) for place in places if other.is_same(place.number)]
        pairs = [(mine, its) for mine in told for its in others]
        if any(_is_crossed(*mine, *its) for mine, its in pairs) and not any(
            _is_straight(*mine, *its) for mine, its in pairs
        ):
            return text[one.start : one.end]
    return None


def _kind(number: Number) -> tuple[str, str]:
    return ("%1", "") if number.is_part else (number.unit.above, number.unit.below)


def _own(mine: Surroundings, its: Surroundings) -> set[str]:
    """What one of two numbers of a text is told of, and the other is not."""
    if mine.part == its.part:
        return {_counted(mine)} - {_counted(its), ""} if _counted(its) else set()
    return {
        word for word in mine.clause | {mine.whole} if word and (word[0] != "#" or _YEAR.fullmatch(word))
    } - its.clause


def _is_crossed(mine: Surroundings, told: Surroundings, its: Surroundings, others: Surroundings) -> bool:
    """Whether two numbers of a sentence stand, in one sentence of a source, beside what the other is told of."""
    if told.at != others.at:
        return False
    here, there, left, right = _own(mine, its), _own(its, mine), _own(told, others), _own(others, told)
    is_both = any(is_in(word, right) for word in here) and any(is_in(word, left) for word in there)
    return is_both and not (any(is_in(word, left) for word in here) and any(is_in(word, right) for word in there))


def _is_straight(mine: Surroundings, told: Surroundings, its: Surroundings, others: Surroundings) -> bool:
    """Whether both stand beside what they are told of."""
    here, there, left, right = _own(mine, its), _own(its, mine), _own(told, others), _own(others, told)
    return any(is_in(word, left) for word in here) and any(is_in(word, right) for word in there)


def _counted(around: Surroundings) -> str:
    """What a number counts or is of: the word behind it."""
    return next((word for word in (around.whole, around.behind) if not word.startswith("#")), "")
