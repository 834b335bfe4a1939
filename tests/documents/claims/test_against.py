"""What a source says the opposite of."""

from __future__ import annotations

import pytest

from app.documents.claims.against import speaks_against

CATALYST = "The catalyst speeds up the reaction but does not shift the equilibrium."
GLACIER = "The glacier measures about 20 km and has lost more than 3 km since 1870."
PLANTS = "Moss does not need soil. Most plants need soil."


@pytest.mark.parametrize(
    ("text", "passage", "word"),
    [
        ("It also shifts the equilibrium towards ammonia.", CATALYST, "shifts"),
        ("It does not shift the equilibrium towards ammonia.", CATALYST, None),
        ("Most plants need soil to grow.", PLANTS, None),
        ("It has grown by more than 3 km since 1870.", GLACIER, "grown"),
        ("It has lost more than 3 km since 1870.", GLACIER, None),
    ],
)
def test_what_a_source_denies(text: str, passage: str, word: str | None) -> None:
    assert speaks_against(text, [passage]) == word
