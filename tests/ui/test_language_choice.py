"""Languages are folders: German, one that is half translated and runs from right to left, and how one is chosen."""

from __future__ import annotations

import time
from typing import Any

import pytest

from app.core.html import Html
from app.core.signals import Effect, Signal
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
    ShortDay,
    ShortTime,
    Size,
    Speed,
    Text,
    Tokens,
    Value,
    Weekday,
)
from app.ui import words as spoken
from app.ui.words import direction, language, languages, rich, speak, t
from app.ui.words.language import Language
from tests.words import table

ENGLISH = Language("en", table)
GERMAN = Language("de", table, ENGLISH)
NOON = time.mktime((2026, 11, 3, 12, 5, 0, 0, 0, -1))
#: what a folder with two files says, of which one lacks an entry
FOLDERS: dict[str, Any] = {
    "xx/language": {"name": "Xish", "direction": "rtl", "decimal": "٫", "group": "٬", "gigabytes": "{n} XB"},
    "xx/study": {},
    "languages": {"en": {"name": "English", "direction": "ltr"}, "xx": {"name": "Xish", "direction": "rtl"}},
}


def read(name: str) -> dict[str, Any]:
    if name.startswith("en/"):
        return table(name)
    if name not in FOLDERS:
        raise FileNotFoundError(name)
    found: dict[str, Any] = FOLDERS[name]
    return found


@pytest.fixture
def tongues(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a signal of its own: what other tests have painted must not wake."""
    monkeypatch.setattr(spoken, "current", Signal(ENGLISH))
    monkeypatch.setattr(spoken, "tables", [read])


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1234567, "1.234.567"),
        (1234.5, "1.234,5"),
        (Plain(11434), "11434"),
        (Size(1), "1_Byte"),
        (Size(98_100_000), "98_MB"),
        (Size(2_038_117_888), "2,0_GB"),
        (Gigabytes(0.5), "0,5_GB"),
        (Figure(12345.6), "12.346"),
        (Seconds(3.2), "3,2_s"),
        (Seconds(75), "1_min 15_s"),
        (Percent(61), "61_%"),
        (Score(0.6), "0,60"),
        (Change(-0.06), "−0,06"),
        (Dollars(1250), "0,00125_$"),
        (Dollars(-2_345_678), "−2,35_$"),
        (Speed(3.21), "3,2_Token/s"),
        (Day(NOON), "3. November 2026"),
        (Moment(NOON), "3. November 2026, 12:05"),
        (ShortDay(NOON), "3. Nov."),
        (ShortTime(NOON), "12:05"),
        (Weekday(NOON), "Di"),
        (Tokens(4096), "4.096_Token"),
        (["a", "b", "c"], "a, b und c"),
    ],
)
def test_values_as_german_writes_them(value: Value, words: str) -> None:
    assert GERMAN.written(value).replace("\u00a0", "_") == words


def test_a_figure_and_its_unit_stay_on_one_line() -> None:
    units = {"byte", "bytes", "kilobytes", "megabytes", "gigabytes", "seconds", "minutes", "hours", "percent", "speed"}
    for code in languages():
        entries = table(f"{code}/language")
        plain = [entries[name] for name in units] + [text for name, text in entries["tokens"].items() if name != "by"]
        assert [text for text in plain if "} " in text.replace("} {", "")] == [], code


def test_what_a_language_lacks_is_said_in_english(tongues: None) -> None:
    speak("xx")
    assert t("study.chats", count=2) == ENGLISH.filled("study.chats", {"count": 2}), "an entry that is missing"
    assert rich("errors.of", name="a", message=Html("<b>c</b>")) == "a: <b>c</b>", "a file that is missing"
    assert t("errors.of", name="a", message=Text("language.gigabytes", n=1.5)) == "a: 1٫5 XB", "numbers are its own"
    with pytest.raises(KeyError):
        t("study.nowhere")


def test_the_first_language_that_there_is_is_spoken(tongues: None) -> None:
    assert languages() == {"en": "English", "xx": "Xish"}
    speak("", "tlh", "xx", "en")
    assert (language(), direction()) == ("xx", "rtl")
    speak("tlh", "")
    assert (language(), direction()) == ("en", "ltr")


def test_what_is_painted_in_words_is_painted_anew_in_another_language(tongues: None) -> None:
    painted: list[str] = []
    painting = Effect(lambda: painted.append(t("language.gigabytes", n=1.5)))
    speak("xx")
    speak("xx")
    painting.stop()
    assert painted == ["1.5\u00a0GB", "1٫5 XB"]
