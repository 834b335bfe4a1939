"""Explanations that speak against their answer, and those that tell what would be otherwise."""

from __future__ import annotations

import pytest

from app.core.quiz import Kind
from app.documents.quiz.explained import certain, contradicted
from app.documents.quiz.reading import Draft

OWNED = "Assets are what a business owns, liabilities what it owes."
CANAL = "Arteries are thick; veins have thin walls and valves."
LAVA = "Thin lava flows far and builds flat shields; thick lava builds steep cones."
BUILT = "Soldiers built most roads, and prisoners broke the stones."


def draft(question: str, answer: str, explanation: str) -> Draft:
    kind: Kind = "true_false" if answer in ("true", "false") else "short_answer"
    return Draft(kind, question, answer, (), "A hint.", explanation, "")


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
    assert contradicted(draft(question, answer, explanation), source, source) == word


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
    assert contradicted(draft(question, answer, explanation), source, source) is None


def test_what_would_be_is_not_what_is() -> None:
    assert certain("It is warm. Without it the crumb would be sticky.") == "It is warm."
    assert certain("Ohne sie würde die Krume klebrig.") == ""
    assert certain("If it rains, it is wet.") == "If it rains, it is wet."


BEES = "Adrian Wenner doubted the code of the bees. The better the food is, the more bees dance. Joe Riley tagged bees."
LISTS = (
    "Append at the end of a list takes constant time. Inserting at the front takes time proportional to the length, "
    "because every element has to move."
)


@pytest.mark.parametrize(
    ("passage", "question", "answer", "explanation"),
    [
        (
            "Luxuries react more than salt.",
            "Luxuries react more than salt.",
            "true",
            "Salt reacts more, as people need it.",
        ),
        (
            "A game is worth as much as art.",
            "A game is worth as much as art.",
            "true",
            "Art is worth more than a game.",
        ),
        ("The ground rises before it.", "It rises before it.", "true", "Wrong, as it sinks."),
        ("The canal was too small.", "The canal was too small.", "true", "It was never too small."),
        ("The canal was too small.", "The canal was too small.", "true", "The answer is no."),
        ("The run is five kilometres.", "The run is seven kilometres.", "false", "That is right: it is five and two."),
        ("Bees skip poor food.", "Bees do not dance for poor food.", "true", "Even poor food gets a dance."),
        ("It had no army at all.", "The League had a large army.", "false", "The League had a large army."),
        ("The dye must not be used.", "The dye is good for acids.", "false", "Correct, since it suits acids."),
        (
            "Der Boden hebt sich.",
            "Vor dem Ausbruch hebt sich der Boden.",
            "true",
            "Der Boden senkt sich vor dem Ausbruch.",
        ),
        ("It cools by 0.6 °C each time.", "By how much does it cool?", "0.6 °C", "It cools faster now, by 1 °C."),
        ("It lies at pH 7 for both.", "At which pH does it lie?", "7", "It lies above 7."),
        (BEES, "Who doubted the code?", "Adrian Wenner", "Joe Riley doubted the code for years."),
        (
            LISTS,
            "Append takes constant time.",
            "true",
            "Append takes time proportional to the length: each element moves.",
        ),
    ],
)
def test_what_tells_the_opposite_or_of_another(passage: str, question: str, answer: str, explanation: str) -> None:
    source = passage.partition(". ")[0].rstrip(".") + "."
    assert contradicted(draft(question, answer, explanation), source, passage) is not None


@pytest.mark.parametrize(
    ("passage", "question", "answer", "explanation"),
    [
        (
            "Luxuries react more than salt.",
            "Luxuries react more than salt.",
            "true",
            "Salt reacts less, as people need it.",
        ),
        ("It stays at 100 °C.", "The heat of water stays at 100 °C.", "true", "The energy does not raise the heat."),
        ("It had no army at all.", "The League had a large army.", "false", "It had no army at all."),
        (
            "It cools by 0.6 °C each time.",
            "By how much does it cool?",
            "0.6 °C",
            "Before, it was 1 °C; now it is 0.6 °C.",
        ),
        ("It lies at pH 7 for both.", "At which pH does it lie?", "7", "It lies at 7 for both."),
        (BEES, "Who doubted the code?", "Adrian Wenner", "Wenner thought of smell instead."),
        (LISTS, "Append takes constant time.", "true", "Nothing has to move at the end."),
        ("Babies should not eat honey.", "Babies should not eat honey.", "true", "Honey may carry spores."),
        ("It left the union in 1946.", "It left the union in 1946.", "true", "It is no longer a member."),
        ("The run is five kilometres.", "The run is seven kilometres.", "false", "It is exactly five kilometres."),
        ("The plane never turns there.", "The plane never turns there.", "true", "It turns only elsewhere."),
    ],
)
def test_what_keeps_to_its_answer(passage: str, question: str, answer: str, explanation: str) -> None:
    source = passage.partition(". ")[0].rstrip(".") + "."
    assert contradicted(draft(question, answer, explanation), source, passage) is None
