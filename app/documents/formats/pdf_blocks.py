"""The text of a page of a PDF: lines joined to paragraphs, without what only its setting put there.

Left out are headers, footers and page numbers: lines at the edge of the page that stand on the pages beside it, too.
Only those are looked at, so that a page is put together in the same way whether one page is wanted or all of them.
Each piece keeps its place, so that what is found in the text can be marked on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from app.documents.formats.pdf_lines import END, Line, PageLines
from app.documents.formats.pdf_running import running
from app.documents.formats.pdf_words import HYPHENS, between
from app.documents.pages import plain

BULLET = re.compile(r"(?:[•‣▪◦●○■–—*·]|\(?\d{1,2}[.)]|\(?[a-z]\))\s", re.I)
CLOSING = tuple(".,;:!?)]")  # which no blank stands before
RANGE = re.compile(r"\d[-–]\d")
COMPOUND = re.compile(r"[^\W\d_]+-[^\W\d_]+")


@dataclass(slots=True)
class Piece:
    """Words of one line in the text of its page: where they begin there, and in PDFium's text."""

    start: int
    text: str
    origin: int
    line: Line


@dataclass(slots=True)
class Block:
    """A paragraph: where it begins in the page's text, and its first line."""

    start: int
    text: str
    line: Line


@dataclass(slots=True)
class PageBlocks:
    """The page's text, its paragraphs and its pieces."""

    text: str
    blocks: list[Block]
    pieces: list[Piece]


def put_together(window: Sequence[PageLines], at: int, number: str, kept: frozenset[str]) -> PageBlocks:
    """Page `at` of some pages that stand side by side. `number` is what is printed on it, `kept` lines that are no
    headers, such as titles of the outline, as `bare` has them."""
    page = window[at]
    beside = [other for place, other in enumerate(window) if place != at]
    gone = running(page, beside, number, kept)
    if page.has_picture and gone.issuperset(range(len(page.lines))):  # a stamp on a scan
        page.is_picture = True
    lines = [line for place, line in enumerate(page.lines) if place not in gone]
    return joined(lines, compounds_of(window) if any(line.is_cut for line in page.lines) else frozenset())


def joined(lines: Iterable[Line], compounds: frozenset[str]) -> PageBlocks:
    """These lines as paragraphs; `compounds` are words that keep their hyphen at the end of a line."""
    maker = _Maker(compounds)
    for line in lines:
        maker.add(line)
    return maker.done()


def compounds_of(window: Sequence[PageLines]) -> frozenset[str]:
    """The words that are written with a hyphen within a line."""
    lines = (line.text for page in window for line in page.lines if "-" in line.text)
    return frozenset(word.lower() for line in lines for word in COMPOUND.findall(line))


class _Maker:
    """Puts lines together."""

    def __init__(self, compounds: frozenset[str]) -> None:
        self._compounds = compounds
        self._text: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._pieces: list[Piece] = []
        self._last: Line | None = None
        self._step = 0.0  # from one line of this paragraph to the next

    def add(self, line: Line) -> None:
        """The next line."""
        text, last = plain(line.text), self._last
        self._last = line
        if not text:
            return
        if last is None or not self._goes_on(last, line):
            self._put("\n" if last else "")
            self._blocks.append(Block(self._length, "", line))
            self._step = 0.0
        else:
            if last.is_cut or last.is_glued or last.text[-1] in HYPHENS:
                self._join(last, text)
            else:
                self._put(" ")
            self._step = last.bottom - line.bottom
        if not line.marks:
            self._piece(line, text)
            return
        for part in _parts(line):
            if isinstance(part, str):
                self._put(part)
            else:
                self._piece(part, plain(part.text))

    def _piece(self, line: Line, text: str) -> None:
        self._pieces.append(Piece(self._length, text, line.start, line))
        self._put(text)

    def _put(self, text: str) -> None:
        self._text.append(text)
        self._length += len(text)

    def _join(self, last: Line, text: str) -> None:
        """What stands between two lines of a paragraph where a word may go on; the hyphen of one that was cut goes."""
        words, is_joined = between(last, text, self._compounds)
        if is_joined and self._pieces:
            piece = self._pieces[-1]
            piece.text, self._text[-1] = piece.text[:-1], self._text[-1][:-1]
            self._length -= 1
        self._put(words)

    def _goes_on(self, last: Line, line: Line) -> bool:
        """Whether a line belongs to the paragraph of the one before it."""
        text = line.text
        if last.is_cut or last.is_glued or (text[0].isdigit() and RANGE.search(last.text[-2:] + text[0])):
            return True
        if abs(line.size - last.size) > 0.08 * last.size or BULLET.match(text):
            return False
        bottom = last.bottom
        step, height = bottom - line.bottom, max(last.top - bottom, 1.0)
        if abs(step) < 0.5 * height:  # beside it
            return line.left - last.right < 4 * height and not END.search(last.text)
        if step < 0 or step > 4 * height:  # another column, or a picture between them
            return not END.search(last.text) and text[:1].islower()
        usual = self._step or 1.45 * height
        if step > 1.25 * usual or (line.left > last.left + 0.6 * height and END.search(last.text)):
            return False
        is_short = last.right < line.right - 4 * height and END.search(last.text)
        return not is_short and (last.weight < 600) == (line.weight < 600 or not line.weight)

    def done(self) -> PageBlocks:
        """The page."""
        text = "".join(self._text)
        starts = [*(block.start for block in self._blocks), len(text)]
        for block, end in zip(self._blocks, starts[1:], strict=True):
            block.text = text[block.start : end].rstrip("\n")
        return PageBlocks(text, self._blocks, self._pieces)


def said_by(line: Line) -> str:
    """What a line is in the text of its page."""
    if not line.marks:
        return plain(line.text)
    return "".join(part if isinstance(part, str) else plain(part.text) for part in _parts(line))


def _parts(line: Line) -> Iterator[Line | str]:
    """A line without the marks of notes, and what stands in their place."""
    at = 0
    for start, end, words in line.marks:
        if start > at:
            yield replace(line, text=line.text[at:start], start=line.start + at)
        if words:
            yield words
        blank = line.text[end : end + 2]
        at = end + (not words and blank[:1] == " " and blank[1:] in CLOSING)
    if at < len(line.text):
        yield replace(line, text=line.text[at:], start=line.start + at)
