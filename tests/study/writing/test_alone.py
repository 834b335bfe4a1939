"""An outline and a glossary without a model: what they cite."""

from __future__ import annotations

from app.core.documents import Defined, Heading, Passage
from app.study.writing.alone import headings_of, terms_of
from app.study.writing.record import Point

PASSAGES = (
    Passage("d", 0, 1, 8, 40, "Tides", "The moon raises  the sea. It is so."),
    Passage("d", 1, 2, 9, 60, "Tides › Causes", "A spring tide is\nthe highest tide."),
)


def test_a_heading_cites_the_first_passage_below_it() -> None:
    headings = (Heading(1, "Tides", 1, 0), Heading(2, " ", 1, 50), Heading(2, "Causes", 2, 0), Heading(9, "End", 2, 70))
    assert headings_of(headings, PASSAGES) == [Point("Tides", (1,), level=1), Point("Causes", (2,), level=2)]
    assert headings_of((), PASSAGES) == []


def test_a_term_has_its_sentence_word_for_word() -> None:
    found = [Defined("d", 1, "spring tide", 0, 34), Defined("d", 7, "gone", 0, 4)]
    assert terms_of(found, PASSAGES) == [Point("A spring tide is the highest tide.", (2,), "spring tide")]
