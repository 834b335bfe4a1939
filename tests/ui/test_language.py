"""Numbers, units, lists and plural forms are written by the language, not where a text is made."""

from __future__ import annotations

import time
from typing import Any

import pytest

from app.core.html import h
from app.core.texts import (
    Change,
    Day,
    Dollars,
    Figure,
    Gigabytes,
    Moment,
    Percent,
    Plain,
    Score,
    Seconds,
    Size,
    Speed,
    Text,
    TimeOfDay,
    Tokens,
    Value,
)
from app.ui.words import rich
from app.ui.words import words as in_words
from app.ui.words.language import Language
from tests.words import table

ENGLISH = Language("en", table)
NOON = time.mktime((2026, 11, 3, 12, 5, 0, 0, 0, -1))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("as it is", "as it is"),
        (1234567, "1,234,567"),
        (1234.5, "1,234.5"),
        (Plain(11434), "11434"),
        (Size(1), "1 byte"),
        (Size(999), "999 bytes"),
        (Size(98_100_000), "98 MB"),
        (Size(3_038_117_888), "3.0 GB"),
        (Gigabytes(16.0), "16 GB"),
        (Gigabytes(0.5), "0.5 GB"),
        (Figure(0), "0.00"),
        (Figure(0.0123), "0.0123"),
        (Figure(1.234), "1.23"),
        (Figure(12.34), "12.3"),
        (Figure(99.97), "100"),
        (Figure(12345.6), "12,346"),
        (Figure(-2.5), "-2.50"),
        (Figure(float("inf")), "–"),
        (Seconds(3.2), "3.2 s"),
        (Seconds(75), "1 min 15 s"),
        (Seconds(7300), "2 h 1 min"),
        (Percent.of(1, 3), "33 %"),
        (Score(0.6), "0.60"),
        (Change(0.411), "+0.41"),
        (Change(-0.06), "−0.06"),
        (Dollars(1250), "$0.00125"),
        (Dollars(-2_345_678), "−$2.35"),
        (Dollars(1_200_000_000), "$1,200.00"),
        (Speed(12.3), "12 tok/s"),
        (Speed(3.21), "3.2 tok/s"),
        (TimeOfDay(NOON), "12:05:00"),
        (Day(NOON), "3 November 2026"),
        (Moment(NOON), "3 November 2026, 12:05"),
        (Tokens(1), "1 token"),
        (Tokens(4096), "4,096 tokens"),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", Text("language.byte"), "c"], "a, 1 byte and c"),
    ],
)
def test_values_as_english_writes_them(value: Value, words: str) -> None:
    assert ENGLISH.written(value).replace("\u00a0", " ") == in_words(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        *zip(
            map(Size, (0, 1, 999, 1000, 999_499, 999_500, 98_362_432, 999_499_999, 999_999_999, 4_275_044_352)),
            ("0 bytes", "1 byte", "999 bytes", "1 kB", "999 kB", "1 MB", "98 MB", "999 MB", "1.0 GB", "4.3 GB"),
            strict=True,
        ),
        *zip(
            map(Seconds, (0, 0.04, 9.94, 9.96, 59.4, 59.6, 75, 3599.7, 7265)),
            ("0.0 s", "0.0 s", "9.9 s", "10 s", "59 s", "1 min 0 s", "1 min 15 s", "1 h 0 min", "2 h 1 min"),
            strict=True,
        ),
        *zip(
            map(Dollars, (0, 1, 1250, 500_000, 999_999, 1_000_000, 1_995_000, 12_345_678_901, -125, -2_500_000)),
            (
                "$0.00",
                "$0.000001",
                "$0.00125",
                "$0.50",
                "$0.999999",
                "$1.00",
                "$2.00",
                "$12,345.68",
                "−$0.000125",
                "−$2.50",
            ),
            strict=True,
        ),
        *zip(map(Tokens, (0, 1, 1234)), ("0 tokens", "1 token", "1,234 tokens"), strict=True),
    ],
)
def test_units_change_at_their_edges(value: Value, words: str) -> None:
    assert in_words(value) == words


def test_hundred_per_cent_is_only_said_when_it_is_true() -> None:
    assert [in_words(Percent.of(part, 3)) for part in (0, 1, 2.999, 3)] == ["0 %", "33 %", "99 %", "100 %"]
    assert in_words(Percent.of(0, 0)) == "0 %"
    assert in_words(Percent.of(3_038_117_887, 3_038_117_888)) == "99 %"


def test_another_language_has_its_own_marks_units_and_lists() -> None:
    german = {**table("en/language"), "decimal": ",", "group": ".", "and": "{first} und {last}"}
    read: dict[str, Any] = {"en/language": german, "en/x": {"said": "{size} für {names}, {cost}"}}
    text = Text("x.said", size=Size(1_200_000_000_000), names=["A", "B"], cost=Dollars(1_200_000_000))
    assert Language("en", read.__getitem__).words(text) == "1.200,0\u00a0GB für A und B, $1.200,00"


def test_a_table_is_read_when_its_first_text_is_shown_and_once() -> None:
    asked: list[str] = []

    def read(name: str) -> dict[str, str]:
        asked.append(name)
        return {"one": "One.", "two": "Two."}

    language = Language("en", read)
    assert asked == []
    assert language.words(Text("x.one")) + language.words(Text("x.two")) == "One.Two."
    assert asked == ["en/x"]


def test_forms_are_chosen_by_a_number_only() -> None:
    with pytest.raises(TypeError, match="by a number"):
        ENGLISH.words(Text("study.chats", count="three"))


def test_braces_and_markup_of_a_value_stay_what_they_are() -> None:
    assert ENGLISH.words(Text("errors.of", name="{message}", message="x")) == "{message}: x"
    assert rich("errors.of", name="<b>", message=h("i", "x")) == "&lt;b&gt;: <i>x</i>"
