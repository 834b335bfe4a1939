"""Where selected words stand in a text, and what a model is given around them."""

from __future__ import annotations

import random

import pytest

from app.study.explaining import AROUND, MOST_WORDS, Passage, Selected, about, passage_of

LEAF = (
    "# Leaves\n\nA leaf takes in **carbon dioxide** through small pores. Oxygen is a `by-product` of this.\n\n"
    "- Water comes up from the roots [1].\n- It leaves through the pores.\n\nThe pores close at night."
)


def shown(passage: Passage) -> str:
    """What is marked."""
    return passage.text[passage.start : passage.end]


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("small pores", "small pores"),
        ("takes in carbon dioxide through", "takes in **carbon dioxide** through"),
        ("  by-product\nof this.  ", "by-product` of this."),
        ("# Leaves", "# Leaves"),
        ("of this.\n\nWater comes up", "of this.\n\n- Water comes up"),
        ("CARBON DIOXIDE", "carbon dioxide"),
        ("ore", "ore"),
    ],
)
def test_words_are_found_as_they_are_drawn(words: str, marked: str) -> None:
    passage = passage_of(LEAF, Selected(words))
    assert shown(passage) == marked
    assert LEAF[slice(*passage.span)] == marked
    assert (passage.words, passage.is_cut) == (" ".join(words.split()), False)


def test_what_is_before_tells_which_of_several_places_is_meant() -> None:
    assert passage_of(LEAF, Selected("pores")).span[0] == LEAF.find("pores")
    assert passage_of(LEAF, Selected("pores", "It leaves through the ")).span[0] == LEAF.find("pores.\n\nThe")
    assert passage_of(LEAF, Selected("pores", "night.\n\nThe ")).span[0] == LEAF.find("pores"), "as well as it goes"


def test_words_that_begin_as_others_are_marked_where_all_of_them_stand() -> None:
    back = "A wick was trimmed square with brass scissors; a ragged edge cost a third of the light."
    card = f"{back.replace('light', '[…]')}\n\n{back}"
    passage = passage_of(card, Selected(back))
    assert passage.text[passage.start : passage.end] == back


def test_a_formula_is_not_found_and_the_likest_paragraph_is_given() -> None:
    text = "\n\n".join(f"Section {at}. " + "Words of no account stand here. " * 30 for at in range(9))
    text += "\n\nThe area of a circle with radius r is $\\pi r^2$.\n\n" + "And so on. " * 200
    passage = passage_of(text, Selected("area of a circle is πr2"))
    assert (passage.start, passage.end, passage.span) == (0, 0, (0, 0))
    assert "The area of a circle" in passage.text
    assert len(passage.text) <= 2 * AROUND


def test_the_passage_ends_with_sentences_where_there_are_some() -> None:
    text = "".join(f"Sentence number {at} is here. " for at in range(200))
    passage = passage_of(text, Selected("number 100 is"))
    assert passage.text.startswith("Sentence number ")
    assert passage.text.endswith(" is here.")
    assert 2 * AROUND * 0.8 <= len(passage.text) <= 2 * AROUND + 20
    dense = passage_of("x" * 3000 + " here " + "y" * 3000, Selected("here"))
    assert len(dense.text) <= 2 * AROUND + 6


def test_a_long_selection_is_cut_and_says_so() -> None:
    text = " ".join(f"word{at}" for at in range(2000))
    passage = passage_of(text, Selected(text))
    assert passage.is_cut
    assert len(passage.words) <= MOST_WORDS
    assert shown(passage).startswith("word0 word1")
    assert len(passage.text) <= MOST_WORDS + 2 * AROUND
    part = passage_of(text, Selected(" ".join(f"word{at}" for at in range(700, 740))))
    assert (shown(part).split()[0], shown(part).split()[-1], part.is_cut) == ("word700", "word739", False)


def test_whatever_is_selected_the_marks_lie_within_the_passage() -> None:
    chance = random.Random(20)
    for _ in range(1000):
        text = "".join(chance.choice("ab .\n*[]()\\^$é汉1\u202e") for _ in range(chance.randrange(400)))
        at = chance.randrange(len(text) + 1)
        words = text[at : at + chance.randrange(80)] or chance.choice([".*+", "\\", "a", "\n"])
        passage = passage_of(text, Selected(words, text[max(0, at - 9) : at]))
        assert 0 <= passage.start <= passage.end <= len(passage.text)
        assert text[passage.first : passage.first + len(passage.text)] == passage.text


def test_a_model_is_asked_in_the_language_of_the_passage() -> None:
    asked = about("leaf.txt", passage_of(LEAF, Selected("by-product")))
    assert asked.startswith("Passage from “leaf.txt”:\n\n# Leaves")
    assert "\n\nby-product\n\nExplain that part" in asked
    german = "Das Blatt nimmt Kohlendioxid auf und gibt Sauerstoff ab, der ein Nebenprodukt der Photosynthese ist."
    assert about("Blatt.txt", passage_of(german, Selected("Nebenprodukt"))).startswith("Textstelle aus „Blatt.txt“:")
