"""What a source says, turned: each way by itself, beside a sentence like it that says the same."""

from __future__ import annotations

import pytest

from app.documents.claims.against import speaks_against
from app.documents.claims.synonyms import means_the_same
from app.documents.claims.turned import turned

BEES = (
    "Karl von Frisch worked out how foragers dance. The old queen was driven out by young workers. Workers feed the "
    "larvae with pollen and clean the cells with wax. "
    "Bees of the north fly less far."
)
COURT = "The king is murdered in act two. His wife goes mad. Norway was taken from Denmark and given to Sweden."
LIGHT = (
    "Copyright protects the expression, but not ideas. The sun stands for the form of the Good. The wall hides a fire."
)


@pytest.mark.parametrize(
    ("passage", "true", "false"),
    [
        (BEES, "Workers feed larvae with pollen.", "Larvae feed workers with pollen."),
        (BEES, "Young workers drove the old queen out.", "Young workers were driven out by the queen."),
        (BEES, "The dance was worked out by Karl von Frisch.", "The old queen was driven out by Karl von Frisch."),
        (BEES, "Bees of the north fly less far.", "Bees of the north fly more far."),
        (COURT, "The king is murdered in act two.", "The king is murdered by his wife."),
        (
            COURT,
            "Norway was taken from Denmark and given to Sweden.",
            "Norway was taken from Sweden and given to Denmark.",
        ),
        (LIGHT, "The sun stands for the form of the Good.", "The fire stands for the form of the Good."),
    ],
)
def test_a_sentence_that_is_turned_is_told_from_one_that_is_not(passage: str, true: str, false: str) -> None:
    assert turned(true, [passage]) is None
    assert turned(false, [passage]) is not None


def test_what_is_denied_is_not_exchanged() -> None:
    assert speaks_against("Copyright protects ideas, but not the expression.", [LIGHT]) is not None
    assert speaks_against("Copyright protects the expression, but not ideas.", [LIGHT]) is None


def test_one_did_it_where_the_source_names_another() -> None:
    source = "His essay was published in 1763, after his death, by Richard Price. Thomas Bayes was a minister."
    assert turned("Bayes published the essay himself.", [source]) == "bayes"
    assert turned("Price published the essay of Bayes.", [source]) is None


def test_words_that_stand_for_one_another() -> None:
    assert means_the_same("difficult", {"hard", "wages"})
    assert means_the_same("higher", {"taller"})
    assert not means_the_same("difficult", {"wages", "simple"})


@pytest.mark.parametrize(
    ("source", "true"),
    [
        (
            "Sparrows are less common than pigeons in cities.",
            "Pigeons are more common in cities than sparrows.",
        ),
        ("Villages have fewer pigeons than cities.", "Cities have more pigeons than villages."),
        ("Iron conducts less heat than copper.", "Copper conducts more heat than iron."),
        ("Snails are slower than hares.", "Hares are faster than snails."),
        (
            "Less than half of the energy is used; the rest is lost as heat.",
            "More than half of the energy is lost as heat.",
        ),
    ],
)
def test_a_comparison_from_its_other_end_says_the_same(source: str, true: str) -> None:
    assert speaks_against(true, [source]) is None


@pytest.mark.parametrize(
    ("source", "false"),
    [
        ("Cities have fewer pigeons than villages.", "Cities have more pigeons than villages."),
        ("Villages have more pigeons than cities.", "Cities have more pigeons than villages."),
        ("Iron conducts more heat than copper.", "Copper conducts more heat than iron."),
    ],
)
def test_a_comparison_that_is_turned_does_not(source: str, false: str) -> None:
    assert speaks_against(false, [source]) is not None
