"""PDFs of several programs: text, headings, labels, and what cannot be read says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.documents import Note, Reading
from tests.documents.pdfs import line, pdf
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
        for words in text.split("\n"):
            assert same(words) in same(page.text)
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


def page_of(*lines: bytes) -> bytes:
    return b"".join(lines)


TEXT = "The estuary fills twice a day, and the tables list high water at five coves of it"


def read_pdf(tmp_path: Path, data: bytes) -> Reading:
    (tmp_path / "a.pdf").write_bytes(data)
    return reading_of(tmp_path / "a.pdf")


def test_without_an_outline_headings_are_what_is_set_larger(tmp_path: Path) -> None:
    body = [line(TEXT, 11, 72, 700 - 14 * at) for at in range(6)]
    contents = page_of(
        line("The tides of the Sado", 20, 72, 780), line("Why two tides", 14, 72, 740), *body,
        line("Bold and alone", 11, 72, 590, "F2"), line(TEXT, 11, 72, 570),
    )  # fmt: skip
    reading = read_pdf(tmp_path, pdf([contents]))
    assert headings_of(reading) == [
        (1, "The tides of the Sado", 1), (2, "Why two tides", 1), (3, "Bold and alone", 1)
    ]  # fmt: skip
    assert reading.pages[0].text.split("\n")[2] == " ".join([TEXT] * 6)


def test_headers_and_page_numbers_are_left_out_and_titles_are_not(tmp_path: Path) -> None:
    pages = [
        page_of(
            line("Harbour log", 9, 72, 815), line(f"Exercise {at}", 16, 72, 770),
            line(f"{TEXT} {at}.", 11, 72, 740), line(f"Page {at} of 4", 9, 280, 30),
        )
        for at in range(1, 5)
    ]  # fmt: skip
    reading = read_pdf(tmp_path, pdf(pages))
    assert [page.text for page in reading.pages] == [f"Exercise {at}\n{TEXT} {at}." for at in range(1, 5)]


def test_two_columns_are_read_in_order_however_they_are_drawn(tmp_path: Path) -> None:
    left, right = [f"Left {at} of this column" for at in range(5)], [f"right {at} of that column" for at in range(5)]
    for upward in (False, True):
        drawn = [line(text, 10, 60, 700 - 13 * at) for at, text in enumerate(left)]
        beside = [line(text, 10, 320, 693 - 13 * at) for at, text in enumerate(right)]
        contents = [*drawn, *beside][:: -1 if upward else 1]
        text = read_pdf(tmp_path, pdf([page_of(*contents)])).pages[0].text
        assert " ".join(text.split()) == " ".join([*left, *right])


def test_what_is_drawn_from_the_bottom_up_is_read_from_the_top(tmp_path: Path) -> None:
    texts = [f"{TEXT} {at}." for at in range(6)]
    contents = page_of(*(line(text, 10, 60, 500 + 13 * at) for at, text in enumerate(reversed(texts))))
    assert " ".join(read_pdf(tmp_path, pdf([contents])).pages[0].text.split()) == " ".join(texts)
