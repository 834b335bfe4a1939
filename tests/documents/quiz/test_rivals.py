"""Options that are right beside the right one, and questions whose sentence answers something else."""

from __future__ import annotations

import pytest

from app.documents.quiz.elsewhere import asks_elsewhere
from app.documents.quiz.reading import Draft
from app.documents.quiz.rivals import rival_of

OFFICES = "The League kept four offices: the Steelyard in London, the German Bridge in Bergen and an office in Bruges."
PEACE = "The Peace of Stralsund gave them four castles on the coast and a say in the choice of the Danish king."
TRADE = "From Novgorod came furs and wax, from Lüneburg came the salt with which herring was preserved."
DYE = "The dye turns pink between pH 8 and 10 and suits both cases, whereas methyl orange must not be used."
LISTS = "With chaining, each slot holds a list. With open addressing, the next slot is tried."
MILK = "Milk turns sour when bacteria change its sugar, lactose, into lactic acid."
EGGS = "Aus befruchteten Eiern werden Arbeiterinnen, aus unbefruchteten Drohnen."
SIDES = "The right side pumps blood to the lungs, the left side to the rest of the body."
WINDS = "In the Rockies the wind is called Chinook, in the Andes Zonda."
QUARTETS = (
    "Joseph Haydn wrote quartets over some fifty years. Beethoven, who wrote 16 quartets, replaced the minuet. "
    "In Bolton a ball hit a woman outside the ground. A learner driver must reach the standard of others."
)


def draft(question: str, answer: str, *others: str) -> Draft:
    return Draft("multiple_choice", question, answer, (answer, *others), "A hint.", "Because.", "")


@pytest.mark.parametrize(
    ("source", "question", "answer", "other"),
    [
        (OFFICES, "Where did the League keep an office?", "in London", "in Bergen"),
        (TRADE, "What came from Novgorod?", "wax", "furs"),
        (DYE, "For which acid may the dye be used?", "for a weak acid", "for a strong acid"),
        (LISTS, "Which of these deals with collisions?", "chaining", "open addressing"),
        (PEACE, "What did the peace give them?", "castles", "castles on the coast"),
        (PEACE, "When was it made?", "1370", "in the 14th century"),
        (PEACE, "What did the peace give them?", "castles", "all of the above"),
    ],
)
def test_another_option_is_right_too(source: str, question: str, answer: str, other: str) -> None:
    passage = f"{source} More is said elsewhere."
    assert rival_of(draft(question, answer, other, "in Paris", "a treaty"), source, passage)


@pytest.mark.parametrize(
    ("source", "question", "answer", "other"),
    [
        (TRADE, "What came from Lüneburg?", "salt", "wax"),
        (EGGS, "Was wird aus unbefruchteten Eiern?", "Drohnen", "Arbeiterinnen"),
        (WINDS, "What is the wind called in the Andes?", "Zonda", "Chinook"),
        (OFFICES, "Which of these was not an office?", "the Diet", "the Steelyard"),
        (OFFICES, "Where was the Steelyard?", "in London", "in Bergen"),
        (MILK, "What do bacteria turn lactose into?", "lactic acid", "sugar"),
    ],
)
def test_the_question_tells_them_apart(source: str, question: str, answer: str, other: str) -> None:
    assert rival_of(draft(question, answer, other, "in Paris", "a treaty"), source, source) is None


def test_what_a_question_shows_tells_options_apart() -> None:
    source = 'For "(a[1])" it returns True, for "(a[1)]" it returns False.'
    assert rival_of(draft('What does f("(a[1)]") return?', "False", "True", "None"), source, source) is None
    assert rival_of(draft("What does it return?", "False", "True", "None"), source, source) == "True"


@pytest.mark.parametrize(
    ("question", "answer", "source"),
    [
        ("Where does the left side pump blood?", "to the lungs", SIDES),
        ("What is the wind called in the Andes?", "Chinook", WINDS),
        ("How many quartets did Haydn write?", "16", "Beethoven, who wrote 16 quartets, replaced the minuet."),
        ("What did a learner driver crash?", "a ball", "In Bolton a ball hit a woman outside the ground."),
    ],
)
def test_the_sentence_answers_something_else(question: str, answer: str, source: str) -> None:
    assert asks_elsewhere(draft(question, answer, "nothing"), source, f"{source} {QUARTETS}")


@pytest.mark.parametrize(
    ("question", "answer", "source"),
    [
        ("Where does the right side pump blood?", "to the lungs", SIDES),
        ("What is the wind called in the Andes?", "Zonda", WINDS),
        ("How many quartets did Beethoven write?", "16", "Beethoven, who wrote 16 quartets, replaced the minuet."),
        ("Who replaced the minuet?", "Beethoven", "Beethoven, who wrote 16 quartets, replaced the minuet."),
        (
            "What were glazed pots made of?",
            "clay",
            "Glazed pots: he made them from clay, and had iron pots.",
        ),
    ],
)
def test_the_sentence_answers_it(question: str, answer: str, source: str) -> None:
    assert asks_elsewhere(draft(question, answer, "nothing"), source, f"{source} {QUARTETS}") is None
