"""A held conversation goes on only with exactly its own next question."""

from __future__ import annotations

import pytest

from app.core.turns import new_turn
from app.core.values import Message

A, B, C = Message("user", "A"), Message("assistant", "B"), Message("user", "C")


def test_one_more_question_goes_on() -> None:
    assert new_turn((A, B), (A, B, C)) is C


def test_white_space_around_an_answer_is_no_difference() -> None:
    assert new_turn((A, Message("assistant", " B\n")), (A, B, C)) is C


@pytest.mark.parametrize(
    "messages", [(A,), (A, B), (C, B, C), (A, Message("assistant", "other"), C), (A, B, C, B, C), (A, B, B)]
)
def test_anything_else_begins_anew(messages: tuple[Message, ...]) -> None:
    assert new_turn((A, B), messages) is None
    assert new_turn((), messages) is None
