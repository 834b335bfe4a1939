"""Numbers however they are written."""

from __future__ import annotations

from fractions import Fraction

import pytest

from app.documents.claims.numbers import numbers_in


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
        ("im vierzehnten Jahrhundert", Fraction(14), ""),
        ("in the fourteenth century", Fraction(14), ""),
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
