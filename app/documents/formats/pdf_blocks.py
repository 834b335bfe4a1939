"""The text of a page of a PDF: lines joined to paragraphs, without what only its setting put there.

Left out are headers, footers and page numbers: lines at the edge of the page that stand on the pages beside it, too.
Only those are looked at, so that a page is put together in the same way whether one page is wanted or all of them.
Each piece keeps its place, so that what is found in the text can be marked on the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.documents.formats.pdf_lines import Line, PageLines
from app.documents.pages import plain

BESIDE = 2  # pages before and behind that are looked at
EDGE = 0.13  # of the page's height
NUMBER = re.compile(
    r"\W*(?:page|seite|p\.|s\.)?\s*(\d{1,5}|[ivxlc]{1,7})(?:\s*(?:/|of|von|de|sur)\s*\d{1,5})?\W*", re.I
)
BULLET = re.compile(r"(?:[•‣▪◦●○■–—*·]|\(?\d{1,2}[.)]|\(?[a-z]\))\s", re.I)
END = re.compile(r"[.!?:;…。！？]['\"”’)\]]*$")
WORD = re.compile(r"[^\W\d_]+$")
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
    gone = _running(page, beside, number, kept)
    maker = _Maker(_compounds(window) if any(line.is_cut for line in page.lines) else set())
    for place, line in enumerate(page.lines):
        if place not in gone:
            maker.add(line)
    return maker.done()


def _compounds(window: Sequence[PageLines]) -> set[str]:
    """The words that are written with a hyphen within a line."""
    lines = (line.text for page in window for line in page.lines if "-" in line.text)
    return {word.lower() for line in lines for word in COMPOUND.findall(line)}


def bare(text: str) -> str:
    """Letters and digits only: two texts that are bare alike are printed alike."""
    return "".join(filter(str.isalnum, plain(text).lower()))


def _running(page: PageLines, beside: Sequence[PageLines], number: str, kept: frozenset[str]) -> set[int]:
    """The lines that are headers, footers or page numbers, by their places in the list."""
    others: Counter[tuple[str, int]] = Counter()
    for other in beside:
        _edges(other)
        others.update(other.keys)
    gone = set()
    for place in _edges(page):
        line = page.lines[place]
        found = NUMBER.fullmatch(line.text)
        is_number = found is not None and found.group(1).lower() == number.lower()
        if (is_number or others[_key(line)] >= 2) and bare(line.text) not in kept:
            gone.add(place)
    return (
        gone if len(gone) < len(page.lines) else {place for place in gone if NUMBER.fullmatch(page.lines[place].text)}
    )


def _edges(page: PageLines) -> frozenset[int]:
    """The lines at the edge of a page, by their places in the list; looked for once."""
    if page.edges is None:
        room = EDGE * (page.high - page.low)
        low, high = page.low + room, page.high - room
        page.edges = frozenset(at for at, line in enumerate(page.lines) if line.bottom < low or line.top > high)
        page.keys = frozenset(_key(page.lines[at]) for at in page.edges)
    return page.edges


def _key(line: Line) -> tuple[str, int]:
    text = "#" if NUMBER.fullmatch(line.text) else line.text
    return text, round(line.bottom / 4)


class _Maker:
    """Puts lines together."""

    def __init__(self, compounds: set[str]) -> None:
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
            self._put(self._between(last, text))
            self._step = last.bottom - line.bottom
        self._pieces.append(Piece(self._length, text, line.start, line))
        self._put(text)

    def _put(self, text: str) -> None:
        self._text.append(text)
        self._length += len(text)

    def _between(self, last: Line, text: str) -> str:
        """What joins two lines of a paragraph: nothing in a word that was cut, or the hyphen it is written with."""
        if not last.is_cut:
            return " "
        head, tail = WORD.search(last.text), re.match(r"[^\W\d_]+", text)
        if not head or not tail:
            return "-"
        return "-" if f"{head.group()}-{tail.group()}".lower() in self._compounds else ""

    def _goes_on(self, last: Line, line: Line) -> bool:
        """Whether a line belongs to the paragraph of the one before it."""
        if last.is_cut:
            return True
        if abs(line.size - last.size) > 0.08 * last.size or BULLET.match(line.text):
            return False
        step, height = last.bottom - line.bottom, max(last.top - last.bottom, 1.0)
        if abs(step) < 0.5 * height:  # beside it
            return line.left - last.right < 4 * height and not END.search(last.text)
        if step < 0 or step > 4 * height:  # another column, or a picture between them
            return not END.search(last.text) and line.text[:1].islower()
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
