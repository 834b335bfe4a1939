"""The words of a source, found quickly in whatever form another text has them.

words = Vocabulary(["photosynthesis", "leaves"])
words.same("leaf")                # ""
words.alike("fotosíntesis")       # "photosynthesis"
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from app.core.finding import fold
from app.documents.claims.support import is_same

_ALIKE = (
    ("ph", "f"), ("th", "t"), ("sch", "sc"), ("qu", "c"), ("ck", "c"), ("k", "c"), ("z", "c"), ("y", "i"), ("w", "v"),
    ("x", "s"), ("j", "i"), ("ae", "e"), ("oe", "e"),
)  # fmt: skip
_TWICE = re.compile(r"(.)\1")
_ES = re.compile(r"es(?=[ptcm])")
LEAST_ALIKE, ALIKE = 4, 0.6  # letters that two words begin with, and how much of the longer one that is
LEAST_WITHIN = 6  # letters of a word that stands in a longer one
_BEGINNING = 4  # letters that the forms of a word have in common (`is_same`)


@lru_cache(maxsize=20_000)
def _key(word: str) -> str:
    """A word as it is written alike in languages that took it from Latin or Greek."""
    word = fold(word)
    for one, other in _ALIKE:
        word = word.replace(one, other)
    return _ES.sub("s", _TWICE.sub(r"\1", word), count=1) if word.startswith("es") else _TWICE.sub(r"\1", word)


def is_cognate(word: str, other: str) -> bool:
    """Whether two words of two languages are written alike."""
    one, two = _key(word), _key(other)
    common = next((at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    return common >= LEAST_ALIKE and common >= ALIKE * max(len(one), len(two))


class Vocabulary:
    """Words in small letters."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        self._begin, self._keys = dict[str, list[str]](), dict[str, list[str]]()
        self._sorted = sorted(self._words)
        for word in self._sorted:
            self._begin.setdefault(word[:_BEGINNING], []).append(word)
            self._keys.setdefault(_key(word)[:LEAST_ALIKE], []).append(word)
        self._all = " ".join(self._sorted)
        self._all_keys = " ".join(map(_key, self._sorted))

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def same(self, word: str) -> str:
        """The word itself, a form of it, or a longer one that it is a part of; "" where there is none."""
        if word in self._words:
            return word
        if word.endswith("y") and (many := word[:-1] + "ies") in self._words:
            return many
        near = self._begin.get(word[:_BEGINNING], ())
        if len(word) < _BEGINNING:
            return next((one for one in (word + "s", word + "es") if one in self._words), "")
        return next((one for one in near if is_same(word, one)), "") or self._with(word)

    def _with(self, word: str) -> str:
        """A word that has this one in it."""
        if len(word) <= _BEGINNING or (at := self._all.find(word)) < 0:
            return ""
        return self._all[self._all.rfind(" ", 0, at) + 1 :].partition(" ")[0]

    def ends(self, word: str) -> str:
        """A word that begins or ends with this one, as the compounds of German do."""
        return next((one for one in self._sorted if one.startswith(word) or one.endswith(word)), "")

    def alike(self, word: str) -> str:
        """A word that another language writes nearly so."""
        key = _key(word)
        found = next((one for one in self._keys.get(key[:LEAST_ALIKE], ()) if is_cognate(word, one)), "")
        if found or len(key) < LEAST_WITHIN or (at := self._all_keys.find(key[: max(LEAST_WITHIN, len(key) - 3)])) < 0:
            return found
        return self._sorted[self._all_keys.count(" ", 0, at)]  # "Preiselastizität" has "elasticity"
