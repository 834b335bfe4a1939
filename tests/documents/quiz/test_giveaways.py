"""What gives an answer away: the question, the hint, the options' looks; and what only helps."""

from __future__ import annotations

import pytest

from app.core.quiz import Kind
from app.documents.quiz.giveaways import given_in
from app.documents.quiz.reading import Draft


def draft(question: str, answer: str, hint: str, *others: str) -> Draft:
    kind: Kind = "multiple_choice" if others else "true_false" if answer in ("true", "false") else "short_answer"
    return Draft(kind, question, answer, (answer, *others) if others else (), hint, "Because.", "")


GIVEN = [
    ("Who made it popular?", "Alfred Marshall", "Mr Marshall's first name was Alfred."),
    ("How many bees were there?", "19", "Nineteen of them."),
    ("Which bank sets the rate?", "European Central Bank", "The ECB does."),
    ("The range is divided; each round ____ it.", "divides", "By two."),
    ("What do volcanoes build?", "a volcano", "A mountain."),
    ("Is it a ship?", "false", "No, look again."),
    ("It is a ship.", "true", "The statement is correct."),
    ("Es ist ein Schiff.", "false", "Das ist falsch."),
    ("What paid them?", "grain", "Not salt, furs or wax.", "salt", "furs", "wax"),
    ("Which standard does the objective test have?", "an objective one", "A norm.", "a low one", "the best", "none"),
    ("A viola is an ____", "instrument", "It sounds.", "singer", "box", "kind of music"),
    ("What did he show?", "that a tax falls least on goods that people need", "A tax.", "nothing", "a law", "a price"),
]
HELPED = [
    ("What is lactose turned into?", "lactic acid", "It tastes sour.", "fat", "sugar", "water"),
    ("Which instrument lies lower than the violin?", "the viola", "There are jokes about it."),
    ("What is the factor?", "0.75", "Three quarters."),
    ("Who is bound?", "the offeror", "The person who offers."),
    ("How many lines has it?", "fourteen", "Two more than a dozen."),
    ("They owed a duty.", "false", "Did they owe one?"),
    ("It is a plant.", "false", "It is no animal that you know."),
    ("Which is longer, the angle of the run or the path?", "the path", "Measure.", "the angle", "both", "neither"),
]


@pytest.mark.parametrize("parts", GIVEN, ids=lambda parts: parts[2])
def test_what_gives_it_away(parts: tuple[str, ...]) -> None:
    assert given_in(draft(*parts)) is not None


@pytest.mark.parametrize("parts", HELPED, ids=lambda parts: parts[2])
def test_what_only_helps(parts: tuple[str, ...]) -> None:
    assert given_in(draft(*parts)) is None
