"""Words in another form, and other words for them, in a text's own language."""

from __future__ import annotations

import pytest

from app.documents.claims.likeness import is_said


@pytest.mark.parametrize(
    ("word", "words", "language"),
    [
        ("firms", {"companies"}, "en"),
        ("caught", {"catch"}, "en"),
        ("froze", {"frozen"}, "en"),
        ("lenken", {"abgelenkt"}, "de"),
        ("schmelzen", {"schmilzt"}, "de"),
        ("unterschrieb", {"unterschreiben"}, "de"),
        ("firmen", {"unternehmen"}, "de"),
        ("steuersenkung", {"steuern", "senken"}, "de"),
        ("rápido", {"veloz"}, "es"),
    ],
)
def test_it_is_said_in_another_way(word: str, words: set[str], language: str) -> None:
    assert is_said(word, words, language)


@pytest.mark.parametrize(
    ("word", "words", "language"),
    [
        ("firms", {"farmers"}, "en"),
        ("caught", {"watch"}, "en"),
        ("lenken", {"gedenken"}, "de"),
    ],
)
def test_it_is_not_said(word: str, words: set[str], language: str) -> None:
    assert not is_said(word, words, language)
