"""The lines of a page of a PDF, as PDFium tells them, with what their places and letters say.

PDFium gives the characters in the order in which they were drawn, a line after the other. A word that goes on in the
next line has U+FFFE in the place of its hyphen, and no end of line behind it (measured with pypdfium2 5.15.2). A call
across ctypes costs 5 to 16 µs in Pyodide, so a line is asked for its first and its last character only, and
all lines of a page at once.
"""

from __future__ import annotations

import ctypes
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot
from typing import TypeAlias

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from app.documents.formats.pdf_calls import Found, boxes_of

MOST_HEAD = 60  # characters of a line that may be a heading
MOST_NAME = 200  # bytes
LEAST_HEIGHT, MOST_HEIGHT = 0.7, 2.2  # of a character, in the size of its font where that is its size on the page
CUT = "\ufffe"
END = re.compile(r"[.!?:;…。！？]['\"”’)\]]*$")
LEFTWARDS = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")  # Hebrew, Arabic and those beside them
_LINE = re.compile(r"[^\r\n\ufffe]*(?:\ufffe|\r\n|[\r\n]|\Z)")


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
    across: float = 0.0  # from its first character to its last, which is less than nothing where it runs the other way
    up: float = 0.0
    is_glued: bool = False  # an initial: its word goes on in the next line
    marks: tuple[tuple[int, int, str], ...] = ()  # from, to: what stands there in the page's text for a note's mark


@dataclass(slots=True)
class PageLines:
    """A page, as it is read: where its text is turned, so are the places of its lines. `is_unmapped`: its fonts do not
    say which letters they show; `is_picture`: no text, but a picture; `has_picture`: little text, and a picture."""

    lines: list[Line]
    low: float
    high: float
    is_unmapped: bool = False
    is_picture: bool = False
    has_picture: bool = False
    edges: dict[int, tuple[str, int]] | None = None  # lines at its edge and what they are told by, once looked for


#: words of a line, where they begin in PDFium's text, whether the last one is cut
_Words: TypeAlias = tuple[str, int, bool]


class Places:
    """Where characters stand. Python counts what PDFium holds as two halves (of a letter beyond U+FFFF) as one."""

    def __init__(self, text_page: pdfium.PdfTextPage, text: str) -> None:
        self.raw = text_page.raw
        is_wide = not text.isascii() and max(text) > "\uffff"
        self._wide = [place for place, sign in enumerate(text) if sign > "\uffff"] if is_wide else []
        last = len(text) - 1
        self._is_plain = not is_wide and raw.FPDFText_GetCharIndexFromTextIndex(self.raw, last) == last

    def index(self, place: int) -> int:
        """PDFium's index of a character of the text."""
        if self._is_plain:
            return place
        if self._wide:
            place += bisect_left(self._wide, place)
        return int(raw.FPDFText_GetCharIndexFromTextIndex(self.raw, place))

    def indexes(self, places: list[int]) -> list[int]:
        """The same of many."""
        return places if self._is_plain else [self.index(place) for place in places]

    def box(self, index: int) -> tuple[float, float, float, float]:
        """(left, bottom, right, top) of a character with its font's height."""
        return boxes_of(self.raw, (index,))[0][:4]


def lines_in(places: Places, text: str) -> list[Line]:
    """The lines of a text, as they were drawn."""
    found, at = list[_Words](), 0
    for words in _parted(text):
        shown = words.strip(" \r\n\ufffe\u00a0")
        if shown:
            found.append((shown, at + words.index(shown[0]), words[-1] == CUT))
        at += len(words)
    return _placed(places, found)


def _parted(text: str) -> list[str]:
    """The lines of a text with their ends, where it is parted."""
    ends = text.count("\r\n")
    if CUT in text or text.count("\r") > ends or text.count("\n") > ends:
        return _LINE.findall(text)
    return [f"{line}\r\n" for line in text.split("\r\n")]  # as nearly always


def line_of(places: Places, shown: str, start: int, *, is_cut: bool) -> Line:
    """A line of these words, which begin at `start` of PDFium's text."""
    return _placed(places, [(shown, start, is_cut)])[0]


def _placed(places: Places, words: Sequence[_Words]) -> list[Line]:
    """These words where they stand."""
    ends = [place for shown, start, _ in words for place in (start, start + len(shown) - 1)]
    indexes = places.indexes(ends)
    boxes = boxes_of(places.raw, indexes)
    rows = zip(words, indexes[::2], boxes[::2], boxes[1::2], strict=True)
    return [_line(places, one, index, first, last) for one, index, first, last in rows]


def _line(places: Places, words: _Words, index: int, first: Found, last: Found) -> Line:
    """A line whose first and last characters stand there; `index` is the first one's."""
    left, bottom, end, top, size = first
    if not LEAST_HEIGHT * size < top - bottom < MOST_HEIGHT * size:
        size = size_of(places, index, top - bottom)
    shown, start, is_cut = words
    weight = _weight(places, index) if len(shown) < MOST_HEAD else 0
    if len(shown) == 1:
        return Line(shown, start, is_cut, left, end, bottom, top, size, weight)
    begin, low, right, high, _ = last
    line = Line(shown, start, is_cut, left, right, bottom, top, size, weight, begin - left, low - bottom)
    if line.across < abs(line.up) or begin < left:
        line.left, line.right = min(left, begin), max(end, right)
    if abs(line.up) > abs(line.across):
        line.bottom, line.top = min(bottom, low), max(top, high)
    return line


def size_of(places: Places, index: int, height: float) -> float:
    """The size of a character of this height on the page: what its font says, times what the page makes of it where
    that is not one."""
    size = float(raw.FPDFText_GetFontSize(places.raw, index))
    if LEAST_HEIGHT * size < height < MOST_HEIGHT * size:
        return size
    matrix = raw.FS_MATRIX()
    if not raw.FPDFText_GetMatrix(places.raw, index, ctypes.byref(matrix)):
        return size
    return size * hypot(matrix.c, matrix.d) or size


def _weight(places: Places, index: int) -> int:
    """How bold a character is, 400 for usual ones and 700 for bold ones; the name tells where the font does not."""
    weight = int(raw.FPDFText_GetFontWeight(places.raw, index))
    if weight > 0:
        return weight
    name = ctypes.create_string_buffer(MOST_NAME)
    raw.FPDFText_GetFontInfo(places.raw, index, name, MOST_NAME, None)
    return 700 if re.search(rb"bold|black|heavy", name.value, re.IGNORECASE) else weight
