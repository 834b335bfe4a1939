"""Sums that a text writes out, and whether they come to what it says."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction

import pytest

from app.documents.claims.sums import reckoned_in, wrong_sum


@pytest.mark.parametrize(
    ("text", "members", "results"),
    [
        ("60 ÷ 2000 = 3 %", (60, 2000), (3,)),
        ("84 ÷ 95 = 0.88", {84, 95}, {Fraction(88, 100)}),
        ("30 % of 500 € is 150 €, which gives 650 €.", {30, 500}, {150}),
        ("30 percent of €500 are €150.", {30, 500}, {150}),
        ("20 Prozent von 50 km sind 10 km.", {20, 50}, {10}),
        ("30 % of 500 firms are 10 years old.", (), ()),
    ],
)
def test_what_is_reckoned(text: str, members: Collection[Fraction | int], results: Collection[Fraction | int]) -> None:
    assert reckoned_in(text) == (frozenset(map(Fraction, members)), frozenset(map(Fraction, results)))
    assert wrong_sum(text) is None


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("2 + 2 = 5", "5"), ("30 % of €500 is €160.", "160"), ("Das sind 20 % von 50 km = 11 km.", "11")],
)
def test_what_a_sum_does_not_come_to(text: str, wrong: str) -> None:
    assert wrong_sum(text) == wrong
