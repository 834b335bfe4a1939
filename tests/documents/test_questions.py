"""Questions that are made of documents: of which passages, with which words, always the same."""

from __future__ import annotations

import random

from app.core.documents import Heading, PageText, Reading, Trial
from app.documents.index import Index
from app.documents.passages import cut
from app.documents.questions import trials
from app.documents.words import language_of, terms

WORDS = [
    f"{first}{last}" for first in ("har", "bel", "mon", "tor", "lin", "gus") for last in ("bour", "dak", "tel", "ven")
]
DEFINED = "A sluice is a gate that holds back the water of a pond until the miller wants to use it."
GERMAN = "Die Schleuse ist ein Tor, das das Wasser eines Teiches zurückhält, bis der Müller es brauchen kann."


def sentence(at: int) -> str:
    """Sixteen words, of which each stands in some passages of a library."""
    said = random.Random(at).sample([f"{word}{end}" for word in WORDS for end in ("", "ar", "us", "ol", "ik")], 16)
    return f"{' '.join(said).capitalize()}."


def keep(index: Index, name: str, text: str, headings: tuple[Heading, ...] = ()) -> None:
    reading = Reading("markdown", name, "", (PageText(1, text),), headings)
    index.keep(name, name, language_of(text), "", cut(name, reading))


def library(count: int = 60) -> Index:
    index = Index()
    for at in range(count):
        keep(index, f"d{at}", f"Notes begin. {sentence(at)} Number {at * at}.")
    return index


def test_each_passage_gives_one_question_at_most_and_always_the_same() -> None:
    index = library()
    made = trials(index, None, 40)
    assert made == trials(index, None, 40)
    assert len(made) > 15
    assert len({(one.document, one.passage) for one in made}) == len(made)
    assert len(trials(index, None, 5)) == 5
    assert {one.document for one in trials(index, ["d1", "d2"], 40)} <= {"d1", "d2"}
    assert trials(Index(), None, 40) == trials(index, [], 40) == ()


def test_a_question_is_no_copy_of_its_passage() -> None:
    index = library()
    for one in trials(index, None, 40):
        [passage] = index.around([(one.document, one.passage)], 0)
        asked, said = terms(one.question, "en"), terms(passage.text, "en")
        assert 3 <= len(asked) <= 4
        assert len(set(asked) - set(said)) <= 1
        assert one.question not in passage.text


def test_what_is_said_to_be_something_is_asked_for_in_its_language() -> None:
    index = library()
    keep(index, "sluice", DEFINED)
    keep(index, "schleuse", GERMAN)
    assert trials(index, ["sluice"], 1) == (Trial("What is sluice?", "sluice", 0),)
    assert trials(index, ["schleuse"], 1) == (Trial("Was ist Schleuse?", "schleuse", 0),)


def test_pronouns_tables_code_and_short_lines_give_none() -> None:
    index = library()
    for name, text in (
        ("this", "This is a gate that holds back all the water of the old mill's pond in the dry season."),
        ("table", "1.5 2.5 3.5 4.5 5.5 6.5 7.5 8.5 9.5 1.5 2.5 3.5 4.5 5.5 6.5 7.5 8.5 9.5 7.5."),
        ("code", "for (i = 0; i < n; ++i) { a[i] = b[i] + c[i]; } // += -= *= /= {} [] () <> :: ->;"),
        ("short", "Water. Gates. Ponds."),
    ):
        keep(index, name, text)
        assert all("What is" not in one.question for one in trials(index, [name], 1)), name
        assert name == "this" or trials(index, [name], 1) == (), name
