"""Explanations that speak against their answer, and those that tell what would be otherwise."""

from __future__ import annotations

import pytest

from app.documents.quiz.explained import certain, contradicted
from app.documents.quiz.reading import Draft

OWNED = "Assets are what a business owns, liabilities what it owes."
CANAL = "Arteries are thick; veins have thin walls and valves."
LAVA = "Thin lava flows far and builds flat shields; thick lava builds steep cones."
BUILT = "Soldiers built most roads, and prisoners broke the stones."


def draft(question: str, answer: str, explanation: str) -> Draft:
    return Draft("short_answer", question, answer, (), "A hint.", explanation, "")


@pytest.mark.parametrize(
    ("source", "question", "answer", "explanation", "word"),
    [
        (OWNED, "What are liabilities?", "what a business owes", "Liabilities are what it owns.", "owns"),
        ("It was printed on vellum.", "On what?", "vellum", "It was done on paper and none on vellum.", "vellum"),
        (LAVA, "What does thin lava build?", "flat shields", "Thin lava builds steep cones.", "steep"),
        (BUILT, "Who built most roads?", "soldiers", "Prisoners built most roads.", "prisoners"),
    ],
)
def test_what_speaks_against_the_answer(source: str, question: str, answer: str, explanation: str, word: str) -> None:
    assert contradicted(draft(question, answer, explanation), source) == word


@pytest.mark.parametrize(
    ("source", "question", "answer", "explanation"),
    [
        (OWNED, "What are liabilities?", "what a business owes", "Debts belong to them; assets are owned."),
        (CANAL, "Which have valves?", "veins", "Without valves the blood would not stay in the veins."),
        (LAVA, "What does thin lava build?", "flat shields", "It flows far; thick lava builds steep cones instead."),
        ("A rose is not blue.", "What is a rose not?", "blue", "It is not blue."),
        (BUILT, "Who built most roads?", "soldiers", "Soldiers built them; prisoners only broke stones."),
    ],
)
def test_what_goes_with_it(source: str, question: str, answer: str, explanation: str) -> None:
    assert contradicted(draft(question, answer, explanation), source) is None


def test_what_would_be_is_not_what_is() -> None:
    assert certain("It is warm. Without it the crumb would be sticky.") == "It is warm."
    assert certain("Ohne sie würde die Krume klebrig.") == ""
    assert certain("If it rains, it is wet.") == "If it rains, it is wet."
