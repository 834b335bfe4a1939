"""Sentences in another language than their source, told in its words."""

from __future__ import annotations

import pytest

from app.documents.claims.check import check
from app.documents.claims.foreign import told_abroad
from app.documents.claims.glosses import glossed, meanings
from app.documents.claims.vocabulary import Vocabulary, is_cognate

LEAF = (
    "Transpiration cools the leaf on hot days. A waxy layer covers it. The guard cells close the pore at night. The "
    "roots take up 12 mm of water in five minutes."
)
DRUM = "Dutch drummers sold their drums to a merchant in Venice. The king paid for them with gold coins."


def verdict(reply: str, *passages: str) -> str:
    [one] = check(reply, passages)
    return one.verdict


@pytest.mark.parametrize(
    ("word", "language", "other"),
    [
        ("blätter", "de", "leaf"),
        ("kühlte", "de", "cool"),
        ("schrieb", "de", "write"),
        ("raíces", "es", "root"),
        ("hierve", "es", "boil"),
        ("cerrarse", "es", "close"),
        ("leaves", "en", "leaf"),
    ],
)
def test_a_word_in_any_of_its_forms_is_known(word: str, language: str, other: str) -> None:
    assert other in meanings(word, language, "en")


def test_words_that_are_written_alike_are_one() -> None:
    assert is_cognate("fotosíntesis", "photosynthesis")
    assert is_cognate("estoma", "stomata")
    assert is_cognate("kapazität", "capacity")
    assert not is_cognate("kapitel", "capacity")


def test_a_sentence_is_told_in_the_words_of_its_source() -> None:
    gloss = glossed("Die Wachsschicht kühlt den Fuß.", "de", "en", Vocabulary(["cools", "waxy", "layer"]))
    assert gloss.text == "Die waxy layer cools den feet."
    assert [word.text for word in gloss.held] == ["waxy", "layer", "cools"]
    assert [word.text for word in gloss.strange] == ["fuß"]


def test_none_is_told_where_a_language_is_not_known_or_the_same() -> None:
    assert told_abroad("The leaf is cooled by it.", [LEAF], "en") is None
    assert told_abroad("La feuille est refroidie par la transpiration.", [LEAF], "fr") is None


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("Die Verdunstung kühlt das Blatt an heißen Tagen [1].", "supported"),
        ("Eine Wachsschicht bedeckt das Blatt [1].", "supported"),
        ("Las células cierran el poro por la noche [1].", "supported"),
        ("Las células guardianas abren el poro por la noche [1].", "unsupported"),  # the source says close
        ("Die Blätter schmecken nach Zitrone und Pfeffer [1].", "unsupported"),
        ("Los gatos duermen en las raíces de la planta [1].", "unsupported"),
        ("Die Wurzeln nehmen in fünf Minuten 12 mm Wasser auf [1].", "supported"),
        ("Die Wurzeln nehmen in fünf Minuten 21 mm Wasser auf [1].", "false-number"),
        ("Der König bezahlte mit Goldmünzen [2].", "supported"),
        ("Der König bezahlte mit Goldmünzen [1].", "unsupported"),  # the other passage says so
    ],
)
def test_a_sentence_in_another_language_is_held_against_its_source(reply: str, expected: str) -> None:
    assert verdict(reply, LEAF, DRUM) == expected
