"""Words of which one may stand for another, in English, German and Spanish: what a source calls "hard" is "difficult".

means_the_same("difficult", {"hard", "wages"})        # True
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache, lru_cache

from app.documents.claims.support import is_same
from app.documents.claims.tongues import alike

_BEGINNING = 4  # letters that the forms of a word have in common (`is_same`)


@cache
def _known() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in re.split(r"[;\n]", "\n".join((alike.ENGLISH, alike.GERMAN, alike.SPANISH))):
        group = frozenset(line.split())
        for word in group:
            found[word] = found.get(word, frozenset()) | group
    return found


@cache
def _beginning() -> dict[str, tuple[str, ...]]:
    """The longer words of the groups by what they begin with."""
    found: dict[str, tuple[str, ...]] = {}
    for word in _known():
        if len(word) > _BEGINNING:
            found[word[:_BEGINNING]] = (*found.get(word[:_BEGINNING], ()), word)
    return found


@lru_cache(maxsize=2000)
def group_of(word: str) -> frozenset[str]:
    """The words that may stand for one, in whatever form it is."""
    known = _known()
    if word in known or len(word) <= _BEGINNING:
        return known.get(word, frozenset())
    near = _beginning().get(word[:_BEGINNING], ())
    return frozenset[str]().union(*(known[other] for other in near if is_same(word, other)))


def means_the_same(word: str, words: Collection[str]) -> bool:
    """Whether another word that may stand for this one is among these."""
    return any(other in words or any(is_same(other, one) for one in words) for other in group_of(word))
