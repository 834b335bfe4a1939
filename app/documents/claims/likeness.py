"""Whether a text has a word in another form or another word for it, in the text's own language.

is_said("lenkt", {"abgelenkt"}, "de")           # True: a German verb leaves what it begins with behind
is_said("Steuersenkung", {"steuern", "senken"}, "de")
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache, lru_cache

from app.core.finding import fold
from app.documents.claims.glosses import TONGUES, forms_of, meanings, parts_of, stem_of
from app.documents.claims.support import is_in
from app.documents.claims.synonyms import means_the_same
from app.documents.claims.tongues import forms

#: what a German verb begins with, alone or before "ge" and "zu"
_AHEAD = re.compile(
    r"(?P<ahead>ab|an|auf|aus|be|bei|durch|ein|ent|er|fest|fort|her|hin|los|mit|nach|um|unter|uber|ver|vor|weg|weiter"
    r"|wieder|zer|zuruck|zusammen|zu)?(?:ge|zu)?(?P<rest>\w{3,})"
)
LEAST_STEM = 4


def is_said(word: str, words: Collection[str], language: str) -> bool:
    """Whether words in small letters have another one for this, or it in a form that no ending makes."""
    if means_the_same(word, words):
        return True
    if language not in TONGUES:
        return False
    if any(is_in(other, words) for other in meanings(word, language, language)):
        return True
    if language == "en":
        return not forms_of(word).isdisjoint(words)
    return language == "de" and (_is_verb_of(word, words) or _is_made_of(word, words))


def _is_made_of(word: str, words: Collection[str]) -> bool:
    """Whether all parts of a German compound are there."""
    parts = parts_of(word)
    return len(parts) > 1 and all(
        part and (is_in(stem_of(part, "de"), words) or is_in(part, words) or means_the_same(part, words))
        for part in parts
    )


def _is_verb_of(word: str, words: Collection[str]) -> bool:
    ahead, stem = _parted(word)
    if len(stem) < LEAST_STEM:
        return False
    return any(
        stem == other_stem and (ahead == other or not ahead or not other) for other, other_stem in map(_parted, words)
    )


@lru_cache(maxsize=4000)
def _parted(word: str) -> tuple[str, str]:
    """What a German verb begins with, "" for nothing, and what its forms have in common."""
    match = _AHEAD.fullmatch(fold(word))
    if match is None:
        return "", fold(word)
    stem = stem_of(match["rest"], "de")
    return match["ahead"] or "", _irregular().get(stem, stem)


@cache
def _irregular() -> dict[str, str]:
    """Of each form of a German word, without endings and "ge", what its first form is without them."""
    found: dict[str, str] = {}
    for line in filter(None, map(str.strip, re.split(r"[;\n]", forms.GERMAN))):
        names = [stem_of(fold(name), "de") for name in line.split()]
        found |= dict.fromkeys((*names, *(name.removeprefix("ge") for name in names[1:])), names[0])
    return found
