"""Numbers of one of two things that a sentence sets side by side, and tells of the second in few words.

    of_the_other("Bosch received it in 1918.", one, ["Haber received it in 1918, Bosch in 1931."])     # True

The clause that has the number and one beside it begin in the same way with a name each, of which the text has one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import takewhile

from app.documents.claims.around import places_of
from app.documents.claims.numbers import Number, numbers_in
from app.documents.claims.small_words import words
from app.documents.claims.support import CLAUSE, clauses_of, is_in, sentences_of, source_language

#: what joins the clauses, and what each may begin with
_JOINT = words("and but while whereas und aber während y pero mientras et mais tandis e ma mas")
_LEADS = words(
    "in at on by from for to under of en a de por para à au aux dans par pour chez sous nel nella da em no na"
)
_TOKEN = re.compile(r"[^\W\d_]+")
_CAPITAL, _SMALL = re.compile(r"(?<=[\w,;:] )[A-ZÀ-ÖØ-Þ][^\W\d_]{2,}"), re.compile(r"(?<!\w)[^\W\d_A-ZÀ-ÖØ-Þ][^\W\d_]*")


def of_the_other(text: str, one: Number, passages: Sequence[str]) -> bool | None:
    """Whether the passages tell a number only of a thing that stands beside the one that the text names; False where
    they tell it of that one; None where nothing stands side by side."""
    said = _tokens(text)
    told = [
        _told(passage, place.number, said, text)
        for passage in passages
        for place in places_of(passage)
        if one.is_same(place.number)
    ]
    if False in told:
        return False
    return True if told and all(told) else None


def _told(passage: str, number: Number, said: Collection[str], text: str) -> bool | None:
    """The same of one place."""
    names = _names(passage)
    start, end = next((span for span in sentences_of(passage) if span[0] <= number.start < span[1]), (0, 0))
    own = next((passage[a:b] for a, b in clauses_of(passage, by=CLAUSE) if a <= number.start < b), "")
    lead, leaders = _opening(own, names)
    is_named = any(is_in(name, said) for name in leaders)
    here = _tokens(own)
    for first, last in clauses_of(passage, by=CLAUSE) if leaders else ():
        clause = passage[first:last]
        led, others = _opening(clause, names)
        if clause == own or not start <= first < end or led != lead or not others:
            continue
        numbers = numbers_in(clause, source_language(passage))
        is_other = any(is_in(name, said) and not is_in(name, here) for name in others)
        if numbers and is_named != is_other and not any(clause[one.start : one.end] in text for one in numbers):
            return is_other
    return None


def _opening(clause: str, names: Collection[str]) -> tuple[str, list[str]]:
    """The small word that a clause begins with, "" where that is a name, and its first name, of one or more words; none
    where it begins otherwise."""
    tokens = _tokens(clause)
    tokens = tokens[1:] if tokens and tokens[0] in _JOINT else tokens
    at = next((at for at, token in enumerate(tokens) if token in names), None)
    if at is None or not (at == 0 or tokens[0] in _LEADS):
        return "", []
    return ("" if at == 0 else tokens[0]), list(takewhile(names.__contains__, tokens[at:]))


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
