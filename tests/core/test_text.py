"""Texts of others, cut and measured, at their edges."""

from __future__ import annotations

from app.core.text import estimate_tokens, shorten


def test_a_line_is_cut_to_its_limit() -> None:
    assert shorten("a\n b\t c", 10) == "a b c"
    assert shorten("abcdef", 6) == "abcdef"
    assert shorten("abc defg", 5) == "abc…"


def test_token_estimates_are_on_the_safe_side() -> None:
    assert estimate_tokens("") == 0
    assert estimate_tokens("half a character \ud83d") > 0
    assert estimate_tokens("a") == 1
    assert estimate_tokens("The capital of France is Paris.") >= 8
    assert estimate_tokens("日本語") >= 3
    assert estimate_tokens("a b c d e f") >= 6
