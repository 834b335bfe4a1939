"""Numbers that a source does not have, or has of something else.

    false_number("It needs 84 s.", ["In theory this takes 84 s; the kettle needs 95 s."])        # "84"

A number is right where the source has it in the same unit and no other number of its kind stands nearer to the words
that the sentence has around it; and where it is the result of a sum that is right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.documents.claims.numbers import Number, numbers_in
from app.documents.claims.sums import results_in, wrong_sum
from app.documents.claims.support import clauses_of, is_in, is_same, sentences_of, words_in


def false_number(text: str, passages: Sequence[str], question: str, before: str = "") -> str | None:
    """A number that no passage has, or has only of something else; None where there is none. `before` is the sentence
    before it, which says what "that" is."""
    if (wrong := wrong_sum(text)) is not None:
        return wrong
    claimed = [one for one in numbers_in(text) if not one.is_loose]
    places = [(passage, numbers_in(passage)) for passage in passages]
    known = {value for one in numbers_in(question) for value in one.values} | results_in(text)
    for one in claimed:
        same = [found for _, numbers in places for found in numbers if found.values & one.values]
        if not same and one.values & known:
            continue
        if not any(_is_of_one_kind(one, found) for found in same) or _belongs_elsewhere(
            text, one, claimed, places, before
        ):
            return text[one.start : one.end]
    return None


def _is_of_one_kind(one: Number, other: Number) -> bool:
    return not one.unit or one.unit == other.unit


def _belongs_elsewhere(
    text: str, one: Number, claimed: Sequence[Number], places: Sequence[tuple[str, tuple[Number, ...]]], before: str
) -> bool:
    """Whether another number stands nearer to the sentence's words, in the passages, than this one does."""
    here = _surroundings(text, one)
    if len(here.sentence) < 3:
        here = replace(here, sentence=here.sentence | {word.text for word in words_in(before)})
    said = {value for number in claimed for value in number.values}
    own, others = -1.0, -1.0
    for passage, numbers in places:
        for found in numbers:
            there = _surroundings(passage, found)
            if found.values & one.values:
                own = max(own, _nearness(here, there) if _is_of_one_kind(one, found) else -1.0)
            elif not found.values & said and not found.is_loose and _is_rival(one, found, here, there):
                others = max(others, _nearness(here, there))
    return others > own


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """The words around a number: of its sentence, of its clause, the one behind it and the one before it."""

    sentence: frozenset[str]
    clause: frozenset[str]
    behind: str
    ahead: str


def _surroundings(text: str, one: Number) -> _Surroundings:
    def words(start: int, end: int) -> list[str]:
        without = text[start : one.start] + " , " + text[one.end : end] if start <= one.start < end else text[start:end]
        return [word.text for word in words_in(without)]

    def around(spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
        return next(((start, end) for start, end in spans if start <= one.start < end), (0, len(text)))

    start, end = around(clauses_of(text))
    sentence = around(sentences_of(text))
    behind, ahead = words(one.end, end), words(start, one.start)
    return _Surroundings(frozenset(words(*sentence)), frozenset(behind + ahead), (*behind, "")[0], ("", *ahead)[-1])


def _is_year(number: Number) -> bool:
    return not number.unit and any(1000 <= value <= 2100 and value.denominator == 1 for value in number.values)


def _is_rival(one: Number, other: Number, here: _Surroundings, there: _Surroundings) -> bool:
    """Whether another number could stand where this one does: of the same unit, and of the same thing or a year too."""
    if one.unit != other.unit:
        return False
    same_thing = _is_beside(here.behind, there.behind) or _is_beside(here.ahead, there.ahead)
    return same_thing or _is_year(one) == _is_year(other)


def _is_beside(one: str, other: str) -> bool:
    return bool(one and other) and is_same(one, other)


def _nearness(here: _Surroundings, there: _Surroundings) -> float:
    return (
        sum(is_in(word, there.sentence) for word in here.sentence)
        + 1.5 * sum(is_in(word, there.clause) for word in here.clause)
        + 1.5 * _is_beside(here.behind, there.behind)
        + 1.5 * _is_beside(here.ahead, there.ahead)
    )
