"""Ordinals before a thing: a source that has only "the fourth power" does not have "the third power".

false_ordinal("with the third power", ["It rises with the fourth power."])        # "third power"
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from app.documents.claims.number_words import ordinals
from app.documents.claims.support import is_same

#: no things: "the third of them", "first of all"
_SMALL = re.compile(
    r"(?:of|and|or|the|a|an|to|in|is|was|time|times|und|oder|der|die|das|von|mal|place|one|ones)$", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@lru_cache(maxsize=64)
def _in(text: str) -> tuple[tuple[int, str, int, int], ...]:
    """Each ordinal with the word behind it: its number, that word, "" where it tells no thing, and where both begin and
    end."""
    return tuple(_found(text))


def _found(text: str) -> Iterator[tuple[int, str, int, int]]:
    tokens = list(_WORD.finditer(text))
    for one, other in pairwise(tokens):
        number = ordinals().get(one[0].lower())
        is_beside = text[one.end() : other.start()] == " "
        if number and is_beside and len(other[0]) > 2 and not _SMALL.match(other[0]):
            yield number, other[0].lower(), one.start(), other.end()
        elif number:
            yield number, "", one.start(), one.end()


def false_ordinal(text: str, passages: Sequence[str]) -> str | None:
    """An ordinal with its thing, of which thing a passage has only another ordinal, and which that has nowhere; None
    where there is none."""
    known = [one for passage in passages for one in _in(passage)]
    for number, thing, start, end in _in(text):
        same = [other for other in known if not other[1] or is_same(other[1], thing)]
        if number == 1 and any(other[0] == 2 for other in same):  # the one that is not "the second"
            continue
        if thing and any(other[1] for other in same) and all(other[0] != number for other in same):
            return text[start:end]
    return None
