"""The lines of a page of a PDF, as PDFium tells them, with what their places and letters say.

PDFium gives the characters in the order in which they were drawn, a line after the other. A word that goes on in the
next line has U+FFFE in the place of its hyphen, and no end of line behind it (measured with pypdfium2 5.15.2). A call
across ctypes costs 5 to 16 µs in Pyodide, so a line is asked for its first and its last character only.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

MOST_CHARACTERS = 400_000  # of one page
SAMPLES = 16  # characters of a page whose fonts are asked whether they know their letters
MOST_HEAD = 60  # characters of a line that may be a heading
MOST_NAME = 200  # bytes
MOST_UNKNOWN = 0.3  # of the samples
IMAGE = 3  # FPDF_PAGEOBJ_IMAGE
MOST_OBJECTS = 200  # of a page without text that are looked at
CUT = "\ufffe"
_LINE = re.compile(r"[^\r\n\ufffe]*(?:\ufffe|\r\n|[\r\n]|\Z)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(slots=True)
class Line:
    """One line. `start` is its first character in PDFium's text; the place is in points from the lower left corner of
    the page as it is stored, `size` that of its first letter. `is_cut`: its last word goes on in the next line."""

    text: str
    start: int
    is_cut: bool
    left: float
    right: float
    bottom: float
    top: float
    size: float
    weight: int = 0


@dataclass(slots=True)
class PageLines:
    """A page. `is_unmapped`: its fonts do not say which letters they show; `is_picture`: no text, but a picture."""

    lines: list[Line]
    low: float
    high: float
    is_unmapped: bool = False
    is_picture: bool = False
    edges: frozenset[int] | None = None  # lines at the edge of the page, and what they are told by, once looked for
    keys: frozenset[tuple[str, int]] = frozenset()


def lines_of(page: pdfium.PdfPage) -> PageLines:
    """The lines of a page."""
    text_page = page.get_textpage()
    try:
        box = page.get_cropbox()
        found = PageLines([], box[1], box[3])
        text = text_page.get_text_range(0, min(text_page.count_chars(), MOST_CHARACTERS))
        if not text.strip():
            found.is_picture = _has_picture(page)
        elif _is_unmapped(text_page, text):
            found.is_unmapped = True
        else:
            found.lines = list(_lines(Places(text_page, text), text))
        return found
    finally:
        text_page.close()


class Places:
    """Where characters stand. Python counts what PDFium holds as two halves (of a letter beyond U+FFFF) as one."""

    def __init__(self, text_page: pdfium.PdfTextPage, text: str) -> None:
        self.raw = text_page.raw
        self._box = raw.FS_RECTF()
        self._at = ctypes.byref(self._box)
        self._is_wide = not text.isascii() and max(text) > "\uffff"
        self._text = text
        last = len(text) - 1
        self._is_plain = not self._is_wide and raw.FPDFText_GetCharIndexFromTextIndex(self.raw, last) == last

    def index(self, place: int) -> int:
        """PDFium's index of a character of the text."""
        if self._is_plain:
            return place
        if self._is_wide:
            place += sum(sign > "\uffff" for sign in self._text[:place])
        return int(raw.FPDFText_GetCharIndexFromTextIndex(self.raw, place))

    def box(self, index: int) -> tuple[float, float, float, float]:
        """(left, bottom, right, top) of a character with its font's height."""
        if not raw.FPDFText_GetLooseCharBox(self.raw, index, self._at):
            return 0.0, 0.0, 0.0, 0.0
        box = self._box
        return box.left, box.bottom, box.right, box.top


def _lines(places: Places, text: str) -> Iterator[Line]:
    for found in _LINE.finditer(text):
        words = found.group()
        shown = words.strip(" \r\n\ufffe\u00a0")
        if not shown:
            continue
        start = found.start() + words.index(shown[0])
        first = places.index(start)
        last = places.index(start + len(shown) - 1) if len(shown) > 1 else first
        left, bottom, right, top = places.box(first)
        right = places.box(last)[2] if last != first else right
        size = raw.FPDFText_GetFontSize(places.raw, first)
        weight = _weight(places, first) if len(shown) < MOST_HEAD else 0
        yield Line(shown, start, words.endswith(CUT), left, right, bottom, top, size, weight)


def _weight(places: Places, index: int) -> int:
    """How bold a character is, 400 for usual ones and 700 for bold ones; the name tells where the font does not."""
    weight = int(raw.FPDFText_GetFontWeight(places.raw, index))
    if weight > 0:
        return weight
    name = ctypes.create_string_buffer(MOST_NAME)
    raw.FPDFText_GetFontInfo(places.raw, index, name, MOST_NAME, None)
    return 700 if re.search(rb"bold|black|heavy", name.value, re.IGNORECASE) else weight


def _is_unmapped(text_page: pdfium.PdfTextPage, text: str) -> bool:
    count = text_page.count_chars()
    if len(_CONTROL.findall(text)) > MOST_UNKNOWN * len(text):
        return True
    indexes = range(0, count, max(1, count // SAMPLES))
    unknown = sum(raw.FPDFText_HasUnicodeMapError(text_page.raw, index) == 1 for index in indexes)
    return bool(unknown > MOST_UNKNOWN * len(indexes))


def _has_picture(page: pdfium.PdfPage) -> bool:
    count = min(raw.FPDFPage_CountObjects(page.raw), MOST_OBJECTS)
    return any(
        raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page.raw, index)) in (IMAGE, raw.FPDF_PAGEOBJ_FORM)
        for index in range(count)
    )
