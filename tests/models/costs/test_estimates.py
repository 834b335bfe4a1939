"""Tokens before anybody has counted them."""

from __future__ import annotations

import pytest

from app.models.costs.estimates import MEMORY_TOKENS, Ratio, estimate


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", 0),
        ("a", 1),
        ("four", 1),
        ("fiver", 2),
        ("a" * 400, 100),
        ("你好世界", 4),
        ("こんにちは", 5),
        ("안녕", 2),
        ("Hi 你好", 3),
        ("𠀀", 1),
        ("é" * 8, 2),
    ],
)
def test_english_is_a_quarter_of_its_characters_and_cjk_all_of_them(text: str, tokens: int) -> None:
    assert estimate(text) == tokens


def test_a_ratio_follows_what_was_counted() -> None:
    ratio = Ratio()
    assert ratio.apply(100) == 100
    ratio = ratio.learned(100, 130).learned(100, 150)
    assert ratio.value == 1.4
    assert ratio.apply(100) == 140


@pytest.mark.parametrize(("estimated", "counted"), [(0, 5), (5, 0), (-1, 3), (3, -1)])
def test_pairs_that_tell_nothing_are_passed_over(estimated: int, counted: int) -> None:
    assert Ratio(10, 12).learned(estimated, counted) == Ratio(10, 12)


def test_old_counts_fade_and_nonsense_is_bounded() -> None:
    ratio = Ratio().learned(MEMORY_TOKENS, MEMORY_TOKENS)
    for _ in range(20):
        ratio = ratio.learned(MEMORY_TOKENS, 2 * MEMORY_TOKENS)
    assert ratio.estimated <= 2 * MEMORY_TOKENS
    assert ratio.value > 1.99
    assert Ratio(10, 10_000).value == 4.0
    assert Ratio(10_000, 1).value == 0.25
