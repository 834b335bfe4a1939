"""Cloze items without a model: of which sentences, with which gaps, and that each has one right answer there."""

from __future__ import annotations

import pytest

from app.core.documents import PageText, Reading
from app.core.quiz import BLANK, Item, Made
from app.documents.files import File, finish
from app.documents.index import Index
from app.documents.passages import cut
from app.documents.quiz.cloze import clozes
from app.documents.quiz.openings import speaks_for_itself
from app.documents.reading import read
from app.documents.words import language_of
from tests.claims import lines
from tests.environment import ROOT

DOCUMENTS = ROOT / "tests" / "fixtures" / "documents"
READABLE = (
    "algebra-libreoffice.pdf", "contract-tricky.docx", "encrypted-empty-user.pdf", "harbour-reportlab-labels.pdf",
    "lamps-pandoc.epub", "paper-typst-2col.pdf", "rotated.pdf", "scan-huge-empty.pdf", "tides-libreoffice.odt",
    "tides-libreoffice.pdf",
)  # fmt: skip


def index_of(*texts: str) -> Index:
    index = Index()
    for at, text in enumerate(texts):
        reading = Reading("text", f"d{at}", "", (PageText(1, text),))
        index.keep(f"d{at}", f"d{at}", language_of(text), "", cut(f"d{at}", reading))
    return index


def gaps(text: str) -> list[tuple[str, str]]:
    return [(one.item.question, one.item.answer) for one in clozes(index_of(text), None, 9)]


def text_of(index: Index, made: Made) -> str:
    [passage] = index.around([(made.document, made.passage)], 0)
    return passage.text


def hold(index: Index, made: tuple[Made, ...]) -> None:
    """Each item is its sentence with a gap, whose answer stands nowhere else in it; none comes twice."""
    for one in made:
        item, sentence = one.item, text_of(index, one)[one.item.start : one.item.end]
        assert item.question.count(BLANK) == 1
        assert item.question.replace(BLANK, item.answer) == " ".join(sentence.split())
        assert item.answer.lower() not in item.question.lower().replace(BLANK, "").split()
        assert item.answer == item.answer.strip()
        assert (item.kind, item.options) == ("cloze", ())
    assert len({(one.item.question, one.item.answer) for one in made}) == len(made)


def test_ten_documents_give_thirty_that_hold() -> None:
    index = Index()
    for name in READABLE:
        reading = finish(read(File(DOCUMENTS / name), name))
        text = " ".join(page.text for page in reading.pages)
        index.keep(name, reading.title, language_of(text, reading.language), "", cut(name, reading))
    made = clozes(index, None, 100)
    assert len(made) >= 40
    hold(index, made)
    assert made == clozes(index, None, 100)
    assert clozes(index, None, 7) == made[:7]
    asked = {one.item.question for one in made}
    assert "The datum was moved by ____ centimetres in 1994; older readings were not corrected." in asked
    assert "A pilot boarded at ____." in asked


def test_other_passages_in_three_languages_give_items_that_hold() -> None:
    rows = [row for name in ("", "heldout-") for row in lines(ROOT / f"tests/fixtures/quiz/{name}passages.jsonl")]
    index = index_of(*(row["text"] for row in rows))
    made = clozes(index, None, 500)
    hold(index, made)
    assert {one.document for one in made} == {f"d{at}" for at in range(len(rows))}
    assert len(made) >= 100


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The loss of water is called transpiration.", ("The loss of water is called ____.", "transpiration")),
        ("Eine Traube ist ein dichter Haufen von Bienen.", ("Eine ____ ist ein dichter Haufen von Bienen.", "Traube")),
        ("The canal was opened in October 1825 by the governor.",
         ("The canal was opened in October ____ by the governor.", "1825")),
        ("The brig lay near the pier of Albany for nine weeks.",
         ("The brig lay near the pier of Albany for ____ weeks.", "nine")),
    ],
)  # fmt: skip
def test_the_surest_fact_of_a_sentence_comes_first(text: str, expected: tuple[str, str]) -> None:
    assert gaps(text)[0] == expected


@pytest.mark.parametrize(
    "text",
    [
        "It was moved by 2.1 centimetres in the year of 1994.",  # what was?
        "But the keepers burned whale oil for nine years.",
        "The value follows from E = 4 · 12 and two more.",
        "What did the keepers burn in the lamps of 1791?",
        "Cove, level, time, height\n371\n354\n348",
        "as shown on the flats of the 9 oyster beds.",
        "The tide of the cove is a tide.",  # its name stands there twice
        "See page 12.",
        "In rivers they turn yellow-brown and feed for ten to fifteen years.",
        "If it lies below, more people want the good than sellers offer in nine towns.",
        "Seit 1870 hat er mehr als drei Kilometer an Länge verloren.",
        "Page two shows a margin with a drawing of nine copper kettles.",
        "Trials have shown that these two tests are practical to give.",
        "During the next twenty years the harbour was dredged by steam.",
        "Copyright (C) 2007 of the Free Harbour Foundation of Bristol.",
        "Development of Better Tools for Managing Harbour Libraries: Part III.",
        "Das Datum steht in der Langform »1.",
        "Optional fields: editor, volume, series, note. manual Technical papers of nine makers.",
        "University of Bristol Press, thirteenth edition, printed in 1982.",
    ],
)
def test_of_these_sentences_nothing_is_made(text: str) -> None:
    assert gaps(text) == []


def test_no_gap_where_the_rest_gives_it_away() -> None:
    assert all(answer != "12" for _, answer in gaps("Twelve boats came and 12 of the boats left the long pier."))
    assert all(answer != "warmer" for _, answer in gaps("The near side of the rock is colder than the warmer."))
    made = clozes(index_of("The pilot boarded the brig at noon.", "The pilot boarded the brig at noon."), None, 9)
    assert len({one.document for one in made}) == 1, "the same sentence is asked once"


def test_a_line_goes_on_or_begins_something_new() -> None:
    wrapped = "The harbour master kept his log from March\nto June of the year 1791 in his own hand."
    assert ("____" in gaps(wrapped)[0][0]) is True
    title = "Harbour log\nThe master kept the log for nine years in the tower."
    assert gaps(title)[0][0] == "The master kept the log for ____ years in the tower."
    torn = (
        f"Somebody said that {'very ' * 12}old ships had been brought here by\nThomas Wyatt came in the year of 1542."
    )
    assert gaps(torn) == []


def test_an_item_is_a_value() -> None:
    [made] = clozes(index_of("The pilot boarded the brig at 05:40."), None, 1)
    assert made == Made("d0", 0, Item("cloze", "The pilot boarded the brig at ____.", "05:40", (), "", "", 0, 36))


@pytest.mark.parametrize(
    ("text", "no_gap"),
    [
        ("The empire grew rapidly and conquered the old harbours of Gaul [2].", "2"),
        ("A product is either (1) a thing which is normally used at home, or a dwelling.", "1"),
        ("The present study is a history of the harbours of Bristol and Bath.", "present study"),
        ("Abstracting is a key segment of the industry that serves the chemists.", "Abstracting"),
        ("Weitere Farben sind der Anleitung des Pakets zu entnehmen.", "Weitere Farben"),
        ("The scope of the work is outlined in the Introduction by the makers.", "Introduction"),
        ('The law calls the "Corresponding Source" all that is needed for the work.', "Source"),
        ("The keeper runs the BibTEX/LaTeX pair of programs every night.", "BibTEX"),
        ("The keepers rebuilt the lamp of the tower for the second time.", "second"),
        ("Die Note steht auf der Grundlage der Punktzahl im Heft.", "Grundlage"),
        ("The tower was rebuilt under section VII by the council of Bath.", "VII"),
    ],
)
def test_no_gap_of_what_many_words_would_fit(text: str, no_gap: str) -> None:
    assert no_gap not in [answer for _, answer in gaps(text)]


def test_names_with_small_words_within_are_names() -> None:
    [first, *_] = gaps("The seminar was held at the University of Sussex by the council.")
    assert first[1] == "University of Sussex"


def test_no_half_of_a_name_and_no_word_that_nobody_could_know() -> None:
    answers = [answer for _, answer in gaps("Aimé Argand bent the wick of the lamp into a tube.")]
    assert "Argand" not in answers
    assert "tube" in answers
    boiled = gaps("Ash and animal fat were boiled together by the makers for several hours.")
    assert [answer for _, answer in boiled] == ["makers"]
    assert all(answer != "average" for _, answer in gaps("On average a lookup of the table takes the same time."))


@pytest.mark.parametrize(
    ("sentence", "language", "is_whole"),
    [
        ("Chromosomes split in the two classes of division.", "en", True),
        ("Voters chose between the two systems of government.", "en", True),
        ("Voters chose between the two systems.", "en", False),
        ("Forscher zählten die drei Phasen der Mitose.", "de", True),
        ("Forscher zählten die drei Phasen des Schlafes.", "de", True),
        ("Forscher zählten die drei Phasen.", "de", False),
    ],
)
def test_so_many_things_are_known_where_it_says_of_what(sentence: str, language: str, is_whole: bool) -> None:
    assert speaks_for_itself(sentence, language) is is_whole
