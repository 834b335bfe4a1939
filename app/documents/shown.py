"""A page of a PDF as a picture, and where words stand on it.

with page_of(pdf, 1) as page:
    size_of(page, width=900)                    # 900, 1272: what its picture will have
    pixels_of(page, width=900)                  # Pixels(900, 1272, …)
    boxes_of(pdf, page, wanted)                 # (Box(0.12, 0.31, 0.7, 0.02), …), a box a line
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from app.core.documents import Box, PageWanted, UnreadableDocument
from app.documents.formats.pdf import Pdf
from app.documents.formats.pdf_blocks import Piece
from app.documents.formats.pdf_known import known
from app.documents.formats.pdf_lines import Places
from app.documents.formats.pdf_page import lines_of
from app.documents.pages import plain

MOST_PIXELS = 6_000_000
MOST_SCALE = 6.0  # pixels a point
MOST_BOXES = 400
GRID = 100_000  # PDFium gives places on a page in whole numbers


@dataclass(frozen=True, slots=True)
class Pixels:
    """A picture, row by row from the top, four bytes a pixel: red, green, blue, and one that is 255. They are PDFium's
    own, and there as long as `bitmap` is."""

    width: int
    height: int
    bitmap: pdfium.PdfBitmap

    @property
    def data(self) -> memoryview:
        """The bytes."""
        return memoryview(self.bitmap.buffer).cast("B")


@contextmanager
def page_of(pdf: Pdf, number: int) -> Iterator[pdfium.PdfPage]:
    """Page `number` as PDFium has it. Raises UnreadableDocument, also for what PDFium cannot do with it."""
    if not 1 <= number <= pdf.count:
        raise UnreadableDocument("nothing", f"page {number} of {pdf.count}")
    try:
        page = pdf.document[number - 1]
        try:
            yield page
        finally:
            page.close()
    except pdfium.PdfiumError as error:
        raise UnreadableDocument("damaged", str(error)) from error


def size_of(page: pdfium.PdfPage, width: int) -> tuple[int, int]:
    """Width and height of the picture that `pixels_of` makes, as pypdfium2 reckons them."""
    wide, high = page.get_size()
    scale = _scale(page, width)
    return ceil(wide * scale), ceil(high * scale)


def pixels_of(page: pdfium.PdfPage, width: int) -> Pixels:
    """A page, about `width` pixels wide."""
    scale = _scale(page, width)
    bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True, may_draw_forms=False)
    return Pixels(bitmap.width, bitmap.height, bitmap)


def _scale(page: pdfium.PdfPage, width: int) -> float:
    wide, high = page.get_size()
    return float(min(width / max(wide, 1.0), MOST_SCALE, (MOST_PIXELS / max(wide * high, 1.0)) ** 0.5))


def boxes_of(pdf: Pdf, page: pdfium.PdfPage, wanted: PageWanted) -> tuple[Box, ...]:
    """Where the characters that are wanted of a page stand."""
    text_page = page.get_textpage()
    try:
        places = Places(text_page, text_page.get_text_range())
        blocks = known(lines_of(page, text_page), wanted.text) if wanted.text else None
        found: list[Box] = []
        for piece in (blocks or pdf.blocks(wanted.number - 1)).pieces:
            first, last = max(wanted.start, piece.start), min(wanted.end, piece.start + len(piece.text))
            if first < last and len(found) < MOST_BOXES:
                found.append(_box(page, places, piece, first - piece.start, last - piece.start))
        return tuple(box for box in found if box.width > 0 and box.height > 0)
    finally:
        text_page.close()


def _box(page: pdfium.PdfPage, places: Places, piece: Piece, first: int, last: int) -> Box:
    """The box around some characters of a line, however it is turned."""
    origins = _origins(piece.line.text)
    begin = places.index(piece.origin + origins[first])
    behind = places.index(piece.origin + origins[last - 1])
    corners = [
        _shown(page, x, y)
        for left, low, right, high in map(places.box, (begin, behind))
        for x, y in ((left, low), (right, high))
    ]
    across, down = [x for x, _ in corners], [y for _, y in corners]
    left, top = max(0.0, min(across)), max(0.0, min(down))
    return Box(left, top, min(1.0, max(across)) - left, min(1.0, max(down)) - top)


def _origins(text: str) -> list[int]:
    """Of each character of a line, as `plain` makes it, the place of the one that it was made of."""
    if plain(text) == text:
        return list(range(len(text) + 1))
    starts = [at for at, sign in enumerate(text) if plain(sign) and not _joins(text, at)]
    found = []
    for at, behind in pairwise([*starts, len(text)]):
        found += [at] * len(plain(text[at:behind]))
    return [*found, len(text)]


def _joins(text: str, at: int) -> bool:
    """Whether a sign is an accent that became one with the letter before it."""
    return at > 0 and len(plain(text[at - 1 : at + 1])) < len(plain(text[at - 1])) + len(plain(text[at]))


def _shown(page: pdfium.PdfPage, x: float, y: float) -> tuple[float, float]:
    """A place on the page as it is shown, in parts of its width and height."""
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page.raw, 0, 0, GRID, GRID, 0, x, y, ctypes.byref(across), ctypes.byref(down))
    return across.value / GRID, down.value / GRID
