"""A page is shown, and words are marked where they stand on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.documents import Box, PageWanted, UnreadableDocument
from app.documents.formats.pdf import Pdf
from app.documents.shown import boxes_of, page_of, pixels_of, size_of
from tests.documents.pdfs import pdf
from tests.documents.truth import FOLDER, reading_of
from tests.words import raises


def pixels(pdf: Pdf, number: int, width: int) -> tuple[int, int, bytes]:
    """Width, height and bytes of a page's picture, four a pixel."""
    with page_of(pdf, number) as page:
        shown = pixels_of(page, width)
        assert (shown.width, shown.height) == size_of(page, width)
    return shown.width, shown.height, bytes(shown.data)


def boxes(pdf: Pdf, wanted: PageWanted) -> tuple[Box, ...]:
    with page_of(pdf, wanted.number) as page:
        return boxes_of(pdf, page, wanted)


def ink(image: tuple[int, int, bytes], left: float, top: float, width: float, height: float) -> float:
    """The share of dark pixels in a part of the picture."""
    wide, high, data = image
    rows = range(int(top * high), max(int(top * high) + 1, int((top + height) * high)))
    columns = range(int(left * wide), max(int(left * wide) + 1, int((left + width) * wide)))
    dark = [data[4 * (row * wide + column)] < 160 for row in rows for column in columns]
    return sum(dark) / len(dark)


@pytest.mark.parametrize(
    ("name", "number", "words"),
    [
        ("tides-libreoffice.pdf", 1, "A flood tide enters"),
        ("tides-libreoffice.pdf", 2, "centimetres above chart datum. The table gives three readings"),
        ("rotated.pdf", 2, "Its second line names a walnut table."),
        ("rotated.pdf", 3, "Margin note printed vertically"),
        ("paper-typst-2col.pdf", 1, "difficult without an official classification"),
        ("ligature-codes-fpdf2.pdf", 1, "different efficient"),
        ("harbour-reportlab-labels.pdf", 3, "Her draught"),
    ],
)
def test_the_boxes_are_where_the_ink_is(name: str, number: int, words: str) -> None:
    text = reading_of(name).pages[number - 1].text
    start = text.index(words)
    with Pdf(str(FOLDER / name)) as pdf:
        image = pixels(pdf, number, 800)
        found = boxes(pdf, PageWanted("", "", number, start, start + len(words)))
        assert boxes(pdf, PageWanted("", "", number, start, start + len(words), text)) == found, "its text is known"
    assert found
    for box in found:
        assert 0.05 < ink(image, box.left, box.top, box.width, box.height) < 0.6, box
    assert sum(box.width * box.height for box in found) < 0.1, "no more than the words"


def test_a_page_is_as_wide_as_was_asked_and_never_too_large_for_memory() -> None:
    with Pdf(str(FOLDER / "scan-huge-empty.pdf")) as pdf:
        assert pixels(pdf, 1, 500)[:2] == pytest.approx((500, 707), abs=2)
        assert max(pixels(pdf, 2, 100_000)[:2]) < 3000


def test_a_page_that_is_not_there_says_so() -> None:
    with Pdf(str(FOLDER / "rotated.pdf")) as pdf, raises(UnreadableDocument, "empty"):
        pixels(pdf, 4, 500)


@pytest.mark.parametrize(("ink_of", "wanted"), [(b"1 0 0 rg", b"\xff\0\0"), (b"0 g", b"\0\0\0")])
def test_a_page_with_colours_keeps_them(tmp_path: Path, ink_of: bytes, wanted: bytes) -> None:
    file = tmp_path / "square.pdf"
    file.write_bytes(pdf([ink_of + b" 100 100 395 642 re f"]))
    with Pdf(str(file)) as shown:
        wide, high, data = pixels(shown, 1, 200)
    middle = 4 * (high // 2 * wide + wide // 2)
    assert (data[middle : middle + 4], data[:4]) == (wanted + b"\xff", b"\xff\xff\xff\xff")
    assert set(data[3::4]) == {255}, "nothing shines through"
