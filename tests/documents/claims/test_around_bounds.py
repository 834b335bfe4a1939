"""A check's work grows no faster than what it reads: counted in calls, not in seconds."""

from __future__ import annotations

import sys
from types import FrameType

import pytest

from app.documents.claims.check import check

REPLY = "The town has 5 people and 12 km [1]. It has 77,123 people in total [1]. Row 7 has 5 km more [1]."


def calls(passage: str) -> int:
    """How many functions are called to check a reply against a passage."""
    count = 0

    def called(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(called)
    try:
        check(REPLY, [passage])
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    ("passage", "much"),
    [
        ("".join(f"Row {at}: town {at * 37} people, {at % 99} km\n" for at in range(200)), 4),
        (", ".join(str(at * 37) for at in range(400)), 4),
        (" ".join(["5 km"] * 400), 4),
        ("See Big Row and Big Col. " + "Row has 5 km, Col has 7 km. " * 400, 4),
        ("See Big Row and Big Col. " + "Row has 5 km, Col has 7 km, " * 400, 4),
    ],
    ids=["lines", "one sentence", "all the same", "side by side", "side by side in one sentence"],
)
def test_four_times_as_many_numbers_are_about_four_times_the_work(passage: str, much: int) -> None:
    few = calls(passage[: len(passage) // much])
    assert calls(passage) < 2 * much * few
