"""What comes from outside has the types of the app's own records, or it stays outside."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from app.study.archive.shapes import fits
from app.study.chats import Turn

TURN = asdict(Turn("", "", "", "user", ""))


@pytest.mark.parametrize(
    "record",
    [{}, {"text": "x"}, {"children": ["a"]}, {"created": 5}, {"usage": {"prompt_tokens": 3}}, {"new": object()}],
)
def test_what_is_missing_or_unknown_does_no_harm(record: object) -> None:
    assert fits(record, TURN)


@pytest.mark.parametrize(
    "record",
    [
        None,
        [],
        "x",
        {"text": 7},
        {"text": None},
        {"children": "abc"},
        {"children": [1]},
        {"created": "now"},
        {"created": True},
        {"usage": []},
        {"usage": {"prompt_tokens": "3"}},
        {"usage": {"counted": 1}},
        {"problem": "x"},
    ],
)
def test_another_type_does_not_fit(record: object) -> None:
    assert not fits(record, TURN)


def test_a_list_is_checked_by_its_example() -> None:
    assert fits({"catalogs": [{"id": "a"}]}, {"catalogs": [{"id": ""}]})
    assert not fits({"catalogs": [{"id": 1}]}, {"catalogs": [{"id": ""}]})
