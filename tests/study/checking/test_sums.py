"""Which sums and units of a reply are claims, and what Python works them out."""

from __future__ import annotations

from fractions import Fraction

import pytest

from app.study.checking.sums import MOST_CLAIMS, claims_in

#: a line of a reply; its claims, each with the Python for it
SUMS = (
    ("17 × 23 = 391", [("17 × 23 = 391", "17 * 23")]),
    (r"So $17 \times 23 = **391**$.", [("17 × 23 = 391", "17 * 23")]),
    ("- 15% of 80 is 12", [("15% × 80 = 12", "(15 / 100) * 80")]),
    (r"1. $\frac{1}{2} + 2^{10} = 1024.5$", [("(1/2) + 2^(10) = 1024.5", "(1 / 2) + 2**10")]),
    ("17 * 23 is about 391; 2**10 == 1024", [("17 × 23 ≈ 391", "17 * 23"), ("2^10 = 1024", "2**10")]),
    ("f(2) = 3 + 4 = 7", [("3 + 4 = 7", "3 + 4")]),
    ("5! = 120 and √16 + 1 = 5", [("5! = 120", "math.factorial(5)"), ("√16 + 1 = 5", "math.sqrt(16) + 1")]),
    ("2 + 3 × 4 = 2 + 12 = 14", [("2 + 3 × 4 = 14", "2 + 3 * 4"), ("2 + 12 = 14", "2 + 12")]),
    ("Total: 3 + 4 = 7 apples, and 4 × 5 = 20.", [("3 + 4 = 7", "3 + 4"), ("4 × 5 = 20", "4 * 5")]),
    ("0.50 · 4200 · 80 = 168 000 J", [("0.50 × 4200 × 80 = 168 000 J", "0.50 * 4200 * 80")]),
    ("π × 2² ≈ 12.57", [("π × 2² ≈ 12.57", "math.pi * 2**2")]),
    ("(17 × 23 = 401)", [("17 × 23 = 401", "17 * 23")]),
    ("3/4 = 75%", [("3/4 = 75%", "(3 / 4) * 100")]),
    ("2(3 + 4) = 14", [("2(3 + 4) = 14", "2 * (3 + 4)")]),
    ("10/3 = 3.333...", [("10/3 = 3.333", "10 / 3")]),
    ("-3 + 5 = 2", [("-3 + 5 = 2", "-3 + 5")]),
    ("20 % von 50 sind 10", [("20 % × 50 = 10", "(20 / 100) * 50")]),
    ("84 : 2 = 42", [("84 : 2 = 42", "84 / 2")]),
    ("8 divided by 2 is 4", [("8 ÷ 2 = 4", "8 / 2")]),
    ("1,5 + 2 = 3,5", [("1,5 + 2 = 3,5", "1.5 + 2")]),
    ("1.234,5 + 1.000 = 2.234,5", [("1.234,5 + 1.000 = 2.234,5", "1234.5 + 1000")]),
    ("1,000 + 2,500 = 3,500", [("1,000 + 2,500 = 3,500", "1000 + 2500")]),
)
UNITS = (
    ("5 km = 5,000 m", "5 * 1000"),
    ("5 km is 3.1 miles", "5 * 15625 / 25146"),
    ("5 km + 300 m = 5.3 km", "((5 * 1000) + 300) / 1000"),
    ("5 km + 3 km = 8 km", "5 + 3"),
    ("12 m × 3 m = 36 m²", "12 * 3"),
    ("60 km/h × 2 h = 120 km", "((60 * 5 / 18) * (2 * 3600)) / 1000"),
    ("v = 100 m / 9.58 s = 10.44 m/s", "100 / 9.58"),
    ("72 km/h = 20 m/s", "72 * 5 / 18"),
    ("1 kWh = 3.6 MJ", "1 * 18 / 5"),
    ("100 °C = 212 °F", "100 * 9 / 5 + 32"),
    ("25 °C = 298.15 K", "25 + 273.15"),
    ("12 in = 30.48 cm", "12 * 127 / 50"),
    ("1 week = 7 days", "1 * 7"),
    ("1 year = 12 months", "1 * 12"),
)
#: nothing that can be read without doubt
NO_CLAIMS = (
    *("2x + 3 = 7", "x = 5 + 3", "sin(30) = 0.5", "log 100 + 1 = 3", "f(2) = 3", "a - 3 + 5 = 2", "3 + 4 = 7x"),
    *("17 + 8 = 1 (mod 12)", "7 // 2 = 3", "7 % 2 = 1", "1 + 1 = 10 in binary", "0101 + 1 = 0110"),
    *("100 + 20% = 120", "6/2(1+2) = 9", "2 1/2 + 1 = 3.5", "The answer is 5", "5 is 5", "10 + 2 cm = 12 m"),
    *("4 GB = 4096 MB", "2026-11-29 is 3", "11/29/2026 is 3", "5 kg + 3 m = 8 kg", "5 m = 5 m", "1 month = 30 days"),
    *("3 + 4 ≠ 8", "2 + 3 < = 6", "```python\nprint(3 + 4 = 8)\n```", "9^(9^9) + 1 = 3", "2^999999 + 1 = 3"),
    "1000! + 1 = 3",
)


@pytest.mark.parametrize(("line", "claims"), SUMS)
def test_sums_of_a_reply(line: str, claims: list[tuple[str, str]]) -> None:
    assert [(one.text, one.code) for one in claims_in(line)] == claims
    for one in claims_in(line):
        value = eval(one.code, {"math": __import__("math")})
        assert one.told is not None
        assert one.text == "17 × 23 = 401" or abs(Fraction(value) - one.told) < Fraction(1, 100)


@pytest.mark.parametrize(("line", "code"), UNITS)
def test_units_of_a_reply(line: str, code: str) -> None:
    [claim] = claims_in(line)
    assert claim.code == code
    assert claim.told is not None
    assert abs(Fraction(eval(code)) - claim.told) < claim.step


@pytest.mark.parametrize("line", NO_CLAIMS)
def test_what_may_be_read_in_two_ways_is_no_claim(line: str) -> None:
    assert claims_in(line) == ()


def test_a_side_that_is_no_number_is_worked_out_too() -> None:
    [claim] = claims_in("1/2 + 1/4 = 3/4")
    assert (claim.code, claim.also, claim.told) == ("1 / 2 + 1 / 4", "3 / 4", None)


def test_nothing_but_numbers_operators_and_maths_gets_into_a_program() -> None:
    forged = "__import__('os') + 1 = 2\nprint(1) + 2 = 3\n1 + 1 = 2; import os\n\"1 + 1\" = 2\n1 + 1\\\n = 2"
    claims = claims_in(forged)
    allowed = set("0123456789+-*/(). ")
    assert all(set(one.code) <= allowed for one in claims)
    assert len(claims_in("\n".join(f"{n} + 1 = {n + 1}" for n in range(100)))) == MOST_CLAIMS


@pytest.mark.parametrize(
    "line",
    [
        "10:30 + 45 = 11:15",
        "19:45 - 30 = 19:15",
        ".25 × 80 = 20",
        ".5 + 2 = 2.5",
        "1:3 + 1 = 2",
        "10–3×2 = 4",
        "f'(3) + 2 = 8",
        "log₂ 8 + 1 = 4",
        "arctan 1 × 4 = 3.14159",
        "The square root of 9 + 16 is 5",
        "half of 10 + 2 = 7",
        "minus 3 + 5 = 2",
        "5 choose 2 + 1 = 11",
        "(1,2)+(3,9)=(4,11)",
        "Great, 2 × 60 = 120!",
        "500,000 × 4 = 2 million",
        "19 ÷ 5 = 3 remainder 4",
        "7/2 = 3 and a half",
        "7/2 = 3 and 1/2",
        "3 + 4 = 7–8",
        "a rise of 10 °C = 18 °F",
        "ΔT = 10 °C = 10 K",
        "12 - 5\n+ 3 + 4 = 14",
        "In binary:\n1 + 1 = 10",
        "In octal:\n17 + 1 = 20",
        "In Boolean algebra:\n\n1 + 1 = 1",
        r"$2\frac{1}{2} = 2.5$",
        r"$\sqrt[3]{8} + 1 = 3$",
        r"$\foo 3 + 1 = 9$",
        "٣ × ٤ = ١٢",
    ],
)
def test_a_true_sum_of_which_only_a_part_can_be_read_is_no_claim(line: str) -> None:
    """Half of it would be called false."""
    assert claims_in(line) == ()


def test_a_text_on_binary_trees_or_with_a_base_still_has_sums() -> None:
    assert [one.text for one in claims_in("A binary tree:\n1 + 2 + 4 = 7")] == ["1 + 2 + 4 = 7"]
    assert [one.text for one in claims_in("A triangle of base 6 and height 4:\n6 × 4 / 2 = 12")] == ["6 × 4 / 2 = 12"]


def test_numbers_with_points_in_german_are_read_as_such() -> None:
    [claim] = claims_in("Das sind 1.500 + 700 = 2.200 Euro, und das ist alles.")
    assert (claim.code, claim.told) == ("1500 + 700", Fraction(2200))
    [claim] = claims_in("That is 1.500 + 0.7 = 2.200 in all.")
    assert claim.code == "1.500 + 0.7"
    [claim] = claims_in("2 + 2 = 4 and 3 is more")
    assert claim.told == 4
