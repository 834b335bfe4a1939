"""Stems are Snowball's, whichever way they are found."""

from __future__ import annotations

import random
from typing import Any

import pytest
import snowballstemmer

from app.documents.stems import LANGUAGES, stemmer
from app.documents.stop_words import STOP_WORDS


def endings(made: Any) -> list[str]:
    """All that a stemmer looks for."""
    lists = (one for one in vars(type(made)).values() if isinstance(one, (list, tuple)))
    return sorted({entry.s for one in lists for entry in one if hasattr(entry, "s")})


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_stem_is_the_one_that_snowball_gives(language: str) -> None:
    """Of usual words, and of any letters before any endings; of more in English, which is written out."""
    theirs, ours, draw = snowballstemmer.stemmer(LANGUAGES[language]), stemmer(language), random.Random(1)
    assert ours is not None
    every, usual = endings(theirs), sorted(STOP_WORDS.get(language, ()))
    letters = sorted(set("".join([*every, *usual])))
    count = 20_000 if language == "en" else 400
    made = (
        draw.choices(letters, k=draw.randint(0, 6)) + draw.choices(every, k=draw.randint(0, 3)) for _ in range(count)
    )
    for word in [*usual, "", *map("".join, made)]:
        assert ours(word) == theirs.stemWord(word), word


def test_a_language_that_snowball_does_not_know_has_no_stemmer() -> None:
    assert stemmer("xx") is stemmer("") is None
