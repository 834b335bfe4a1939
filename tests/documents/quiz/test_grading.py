"""Answers that a person typed, graded by rule."""

from __future__ import annotations

import pytest

from app.core.quiz import Grade
from app.documents.quiz.answers import gives_away
from app.documents.quiz.grading import grade

RIGHT, WRONG, OPEN = Grade(True), Grade(False), Grade(False, is_sure=False)


@pytest.mark.parametrize(
    ("answer", "given", "expected"),
    [
        ("transpiration", "Transpiration", RIGHT),
        ("transpiration", "transpiraton", RIGHT),  # a slip
        ("transpiration", "the transpiration", RIGHT),
        ("offeror", "offeree", OPEN),  # two letters of seven
        ("cat", "car", OPEN),
        ("about 5 km", "5000 m", RIGHT),
        ("about 5 km", "5", RIGHT),
        ("2,50 €", "€2.50", RIGHT),
        ("1000", "1,000", RIGHT),
        ("83", "eighty-three", RIGHT),
        ("83", "38", WRONG),
        ("1818", "1881", WRONG),
        ("05:40", "5:40", RIGHT),
        ("0.080 mol/l", "0,08 mol/l", RIGHT),
        ("Häuser", "hauser", RIGHT),
        ("a riot", "riot", RIGHT),
        ("a riot", "unrest in the streets", OPEN),
        ("malic acid", "acid", OPEN),
        ("the sea cools slowly and gives its energy to the air", "the sea cools slowly and gives energy to air", RIGHT),
        ("the sea cools slowly", "the sea does not cool slowly", OPEN),
        ("zwei Drittel der Stimmen", "2/3 der Stimmen", RIGHT),
        ("mules", "mules on a path, oxen, horses, dogs, camels and whatever else could pull a boat", OPEN),
        ("group A", "group O", OPEN),  # letters that are articles elsewhere
        ("vitamin C", "vitamin D", OPEN),
        ("vitamin C", "the vitamin C", RIGHT),
        ("the vitamin A in it", "vitamin A in it", RIGHT),
        ("mules", "", WRONG),
        ("mules", "…", WRONG),
    ],
)
def test_a_grade(answer: str, given: str, expected: Grade) -> None:
    assert grade(answer, given) == expected


@pytest.mark.parametrize(
    ("answer", "question", "text", "expected"),
    [
        ("42", "What is 6 times 7?", "Think of 6 times 6 and add 6.", False),
        ("42", "What is 6 times 7?", "It is forty-two.", True),
        ("Paris", "What is the capital of France?", "It is the city with the Eiffel tower.", False),
        ("Paris", "What is the capital of France?", "It's paris, of course.", True),
        ("x = 3", "Solve 2x + 1 = 7", "Subtract 1 from both sides: 2x = 6.", False),
        ("x = 3", "Solve 2x + 1 = 7", "So x = 3.", True),
        ("Yes", "Is 7 a prime?", "Which numbers divide it?", False),
        ("Yes", "Is 7 a prime?", "Yes, nothing divides it.", True),
        ("1/2", "How likely is heads?", "It is 0.5.", True),
        ("Plants absorb carbon dioxide", "How do plants get carbon?", "Look at the openings of a leaf.", False),
        ("Plants absorb carbon dioxide", "How do plants get carbon?", "The dioxide is absorbed.", True),
        ("Die Photosynthese", "Wie heißt der Vorgang?", "Es ist die Photosynthese", True),
    ],
)
def test_a_hint_that_gives_the_answer_away(answer: str, question: str, text: str, expected: bool) -> None:
    assert gives_away(answer, question, text) is expected
