"""A glossary without a model: which sentences define a term, each term once."""

from __future__ import annotations

from app.documents.index import Index
from app.documents.quiz.definitions import definitions
from tests.documents.quiz.test_cloze import index_of

TIDES = (
    "The water leaves the bay for six hours a day. The falling of the water is called the ebb tide. "
    "A spring tide is the highest tide of a month and comes at full moon."
)
LEAVES = (
    "A stoma is a small opening in the surface of a leaf. It is a valve for water vapour. "
    "Ebb tide means the falling of the water in a bay or a river. Die Spaltöffnung ist eine kleine Pore im Blatt."
)


def terms(index: Index, *documents: str, count: int = 9) -> list[tuple[str, str, str]]:
    found = []
    for one in definitions(index, documents or None, count):
        [passage] = index.around([(one.document, one.passage)], 0)
        found.append((one.document, one.term, passage.text[one.start : one.end]))
    return found


def test_each_term_comes_once_with_the_sentence_that_says_what_it_is() -> None:
    index = index_of(TIDES, LEAVES)
    found = terms(index)
    assert [(document, term) for document, term, _ in found][:3] == [
        ("d0", "ebb tide"),
        ("d0", "spring tide"),
        ("d1", "stoma"),
    ]
    assert found[0][2] == "The falling of the water is called the ebb tide."
    assert found[2][2] == "A stoma is a small opening in the surface of a leaf."
    assert [term.casefold() for _, term, _ in found].count("ebb tide") == 1, "the first sentence counts"
    assert not any("valve" in sentence for _, _, sentence in found), "a sentence that leans on another tells no term"


def test_of_chosen_documents_and_no_more_than_wanted() -> None:
    index = index_of(TIDES, LEAVES)
    assert {document for document, _, _ in terms(index, "d1")} == {"d1"}
    assert terms(index, count=1) == terms(index)[:1]
    assert terms(index, "d1") == terms(index, "d1"), "always the same"
