"""Numbers however they are written."""

from __future__ import annotations

from fractions import Fraction

import pytest

from app.documents.claims.check import check
from app.documents.claims.numbers import numbers_in
from app.documents.claims.sums import false_reaction


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("2,50 €", Fraction(5, 2), "€"),
        ("€2.50", Fraction(5, 2), "€"),
        ("2.50 euros", Fraction(5, 2), "€"),
        ("168 000 J", Fraction(168000), "J"),
        ("168,000 J", Fraction(168000), "J"),
        ("168.000 J", Fraction(168000), "J"),
        ("1'130 kJ", Fraction(1130), "kJ"),
        ("1.234.567,5 m", Fraction(12345675, 10), "m"),
        ("3 million", Fraction(3_000_000), ""),
        ("a million", Fraction(1_000_000), ""),
        ("twenty-five", Fraction(25), ""),
        ("fünfundzwanzig", Fraction(25), ""),
        ("im vierzehnten Jahrhundert", Fraction(14), "century of ours"),
        ("in the fourteenth century", Fraction(14), "century of ours"),
        ("au XIXe siècle", Fraction(19), "century of ours"),
        ("23.5 cents", Fraction(47, 2), "ct"),
        ("19 nautical miles", Fraction(19), "nmi"),
        ("by 4.5 percentage points", Fraction(9, 2), "%"),
        ("in 2:58:50 hours", Fraction(10730), "s"),
        ("a quarter of a litre", Fraction(1, 4), "L"),
        ("half a million", Fraction(500_000), ""),
        ("one man in four", Fraction(1, 4), ""),
        ("fünf Prozent", Fraction(5), "%"),
        ("5 per cent", Fraction(5), "%"),
        ("5 %", Fraction(5), "%"),
        ("catorce versos", Fraction(14), ""),
        ("half of it", Fraction(1, 2), ""),
    ],
)
def test_what_a_number_means(text: str, value: Fraction, unit: str) -> None:
    [found] = numbers_in(text)
    assert value in found.values
    assert found.unit.name == unit


def test_a_comma_before_three_digits_may_mean_two_things() -> None:
    [found] = numbers_in("1,130")
    assert found.values == {Fraction(1130), Fraction(113, 100)}


def test_the_first_of_a_range_is_of_its_unit() -> None:
    assert [one.unit.name for one in numbers_in("from 20 to 100 °C")] == ["°C", "°C"]


def test_words_that_are_mostly_no_numbers_are_none() -> None:
    assert numbers_in("One of them, ein Kind, un niño") == ()


def test_a_page_of_digits_is_one_number_and_ends_no_check() -> None:
    """Python reads no more than 4300 digits as one number."""
    [told] = numbers_in("1" * 9000 + " km")
    [other] = numbers_in("2" * 9000 + " km")
    assert told.is_same(told)
    assert not told.is_same(other)
    for text in ("7" * 9000, "0." + "7" * 9000, "1" + ",234" * 3000):
        [checked] = check(f"It is {text} km long [1].", [f"It is {text} km long."])
        assert checked.verdict == "supported"


def test_a_reaction_is_looked_for_once_in_a_long_word() -> None:
    """Trying it from each of so many letters would take minutes; so would one that begins with any digit."""
    for text in ("1" * 100_000, "CO" * 50_000, "(C" * 50_000, "C + " * 25_000):
        assert false_reaction(text, []) is None
    assert false_reaction("CO + O2 → CO2", ["2 CO + O2 → 2 CO2"]) is not None


@pytest.mark.parametrize(
    "text",
    [
        "Ein halbes Jahrhundert und 3 Kriege.",
        "Half century, 3 wars.",
        "Medio siglo y 3 guerras.",
        "1000000000^2 m and 3 m.",
        "9999999999999² m and 3 m.",
    ],
)
def test_each_number_has_a_value(text: str) -> None:
    assert all(one.values for one in numbers_in(text))
    assert [one.verdict for one in check(f"{text[:-1]} [1].", [text])] == ["supported"]
