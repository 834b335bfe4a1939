"""What a search asks: folding, ranks, and what is marked."""

from __future__ import annotations

import pytest

from app.core.finding import Query, Rank, fold, place, rank, spans


def marks(text: str, typed: str) -> list[str]:
    """What is marked in a text."""
    return [text[start:end] for start, end in spans(text, Query.of(typed).words)]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Straße", "strasse"),
        ("ÜBER Äpfel", "uber apfel"),
        ("naïve café, Curaçao", "naive cafe, curacao"),
        ("cafe\u0301", "cafe"),
        ("İstanbul", "istanbul"),
        ("ΟΔΟΣ οδός", "οδοσ οδοσ"),
        ("ﬁeld ℃", "field °c"),
        ("中文", "中文"),
    ],
)
def test_case_and_accents_are_folded(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert "".join(map(fold, text)) == folded, "alone as within a text"


def test_a_query_is_its_words_each_once() -> None:
    assert Query.of("  Ünder the THE bridge ") == Query("Ünder the THE bridge", ("under", "the", "bridge"))


@pytest.mark.parametrize(
    ("typed", "name", "about", "found"),
    [
        ("off", "Offline Mode", "", Rank.NAME),
        ("mode off", "Offline Mode", "", Rank.WORD),
        ("line", "Offline Mode", "", Rank.INSIDE),
        ("nothing leaves", "Offline Mode", "Nothing leaves this device", Rank.TEXT),
        ("mode leaves", "Offline Mode", "Nothing leaves this device", Rank.TEXT),
        ("mode cloud", "Offline Mode", "Nothing leaves this device", None),
        ("schluss", "Schlüssel & Dienste", "", Rank.NAME),
        ("dienste", "Schlüssel-Dienste", "", Rank.WORD),
        ("c++", "Learn C++", "", Rank.INSIDE),
        ("offline mode", "Offline  Mode", "", Rank.NAME),
    ],
)
def test_a_name_that_begins_so_comes_before_a_word_and_that_before_what_is_inside(
    typed: str, name: str, about: str, found: Rank | None
) -> None:
    assert rank(Query.of(typed), name, about) is found


def test_what_is_marked_stands_as_it_is_written() -> None:
    assert marks("Die Straße nach Köln", "STRASSE koln") == ["Straße", "Köln"]
    assert marks("cafe\u0301s", "cafe") == ["cafe\u0301"]
    assert marks("Fußball", "us") == ["uß"], "half of a letter is the whole letter"
    assert marks("anything", "") == []
    assert marks("lights", "light lights") == ["lights"], "the longer word"


@pytest.mark.parametrize("before", ["ß" * 1000, "a\u0301" * 700, "plain " * 300, ""])
def test_a_place_in_a_folded_text_is_found_in_the_text(before: str) -> None:
    text = before + "needle" + "ß" * 100
    found = place(text, fold(text).index("needle"))
    assert found <= text.index("needle") < found + 257
