"""A page is shown, and words are marked where they stand on it."""

from __future__ import annotations

import struct
import zlib
from base64 import b64decode
from pathlib import Path

import pytest

from app.core.documents import UnreadableDocument
from app.documents.formats.pdf import Pdf
from app.documents.shown import boxes_of, page_of
from tests.documents.pdfs import pdf
from tests.documents.truth import FOLDER, reading_of
from tests.words import raises


def pixels(url: str) -> tuple[int, int, bytes]:
    """Width, height and bytes of a PNG as we write it, three a pixel."""
    data = b64decode(url.removeprefix("data:image/png;base64,"))
    width, height = struct.unpack(">II", data[16:24])
    at, packed = 8, b""
    while at < len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        packed += data[at + 8 : at + 8 + size] if data[at + 4 : at + 8] == b"IDAT" else b""
        at += size + 12
    rows, used = zlib.decompress(packed), width * {0: 1, 2: 3}[data[25]]
    shown = b"".join(rows[row * (used + 1) + 1 : (row + 1) * (used + 1)] for row in range(height))
    return width, height, shown if used > width else bytes(byte for byte in shown for _ in range(3))


def ink(image: tuple[int, int, bytes], left: float, top: float, width: float, height: float) -> float:
    """The share of dark pixels in a part of the picture."""
    wide, high, data = image
    rows = range(int(top * high), max(int(top * high) + 1, int((top + height) * high)))
    columns = range(int(left * wide), max(int(left * wide) + 1, int((left + width) * wide)))
    dark = [data[3 * (row * wide + column)] < 160 for row in rows for column in columns]
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
        image = pixels(page_of(pdf, number, 800))
        boxes = boxes_of(pdf, number, start, start + len(words))
    assert boxes
    for box in boxes:
        assert 0.05 < ink(image, box.left, box.top, box.width, box.height) < 0.6, box
    assert sum(box.width * box.height for box in boxes) < 0.1, "no more than the words"


def test_a_page_is_as_wide_as_was_asked_and_never_too_large_for_memory() -> None:
    with Pdf(str(FOLDER / "scan-huge-empty.pdf")) as pdf:
        assert pixels(page_of(pdf, 1, 500))[:2] == pytest.approx((500, 707), abs=2)
        assert max(pixels(page_of(pdf, 2, 100_000))[:2]) < 3000


def test_a_page_that_is_not_there_says_so() -> None:
    with Pdf(str(FOLDER / "rotated.pdf")) as pdf, raises(UnreadableDocument, "empty"):
        page_of(pdf, 4, 500)


@pytest.mark.parametrize(("ink_of", "wanted"), [(b"1 0 0 rg", b"\xff\0\0"), (b"0 g", b"\0\0\0")])
def test_a_page_with_colours_keeps_them(tmp_path: Path, ink_of: bytes, wanted: bytes) -> None:
    file = tmp_path / "square.pdf"
    file.write_bytes(pdf([ink_of + b" 100 100 395 642 re f"]))
    with Pdf(str(file)) as shown:
        wide, high, data = pixels(page_of(shown, 1, 200))
    middle = 3 * (high // 2 * wide + wide // 2)
    assert (data[middle : middle + 3], data[:3]) == (wanted, b"\xff\xff\xff")
