"""PDFs of several programs: text, headings, labels, and what cannot be read says so."""

from __future__ import annotations

import pytest

from app.core.documents import Note
from tests.documents.truth import headings_of, reading_of, same, truth


@pytest.mark.parametrize(
    "name",
    [
        *("algebra-libreoffice.pdf", "encrypted-empty-user.pdf", "harbour-reportlab-labels.pdf", "rotated.pdf"),
        *("ligature-codes-fpdf2.pdf", "scan-huge-empty.pdf", "tides-libreoffice.pdf"),
    ],
)
def test_pages_and_headings_are_those_of_the_truth(name: str) -> None:
    reading, wanted = reading_of(name), truth(name)
    for page, text in zip(reading.pages, wanted.pages, strict=True):
        for line in text.split("\n"):
            assert same(line) in same(page.text)
    assert tuple(headings_of(reading)) == wanted.headings


def test_the_words_of_a_page_are_all_of_it() -> None:
    """Headers and page numbers are left out, and bullets are the only signs that are added."""
    for name in ("harbour-reportlab-labels.pdf", "rotated.pdf", "encrypted-empty-user.pdf"):
        assert [same(page.text) for page in reading_of(name).pages] == [same(text) for text in truth(name).pages]


def test_two_columns_are_read_one_after_the_other() -> None:
    reading, about = reading_of("paper-typst-2col.pdf"), truth("paper-typst-2col.pdf").about
    text, at = same(" ".join(page.text for page in reading.pages)), 0
    order = about["reading_order"]
    assert isinstance(order, list)
    for part in order:
        for sentence in same(part).removesuffix(".").split(". "):
            assert (at := text.find(sentence, at)) >= 0, sentence
    assert [(level, words) for level, words, _ in headings_of(reading)] == [
        (1, "Filing"), (1, "Flow"), (2, "Order of reading"), (1, "Conclusion")
    ]  # fmt: skip
    assert "\ufffe" not in text


def test_labels_are_told_where_they_are_not_the_numbers() -> None:
    assert [page.label for page in reading_of("harbour-reportlab-labels.pdf").pages] == ["i", "ii", "1", "2"]
    assert [page.label for page in reading_of("rotated.pdf").pages] == ["", "", ""]


def test_a_text_that_cannot_be_trusted_is_not_read() -> None:
    reading = reading_of("no-tounicode.pdf")
    assert (reading.has_text, reading.notes) == (False, (Note("unmapped", 2),))
    assert [page.text for page in reading.pages] == ["", ""]


def test_a_page_that_is_a_picture_says_so() -> None:
    assert reading_of("scan-huge-empty.pdf").notes == (Note("pictures", 1),)
