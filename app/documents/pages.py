"""A reading, put together block by block and within limits.

    pages = Pages()
    pages.heading(1, "Tides")
    pages.add("The estuary fills twice a day.")
    pages.turn()                                        # the next page
    pages.reading("docx", title="Tides")                # Reading("docx", "Tides", …)

A block is a line of its page's text: a paragraph, a heading, a row of a table. Soft hyphens are no part of a word and
are left out; letters that are printed as one (ﬁ) become two, so that a word is found however it was set.
"""

from __future__ import annotations

import re
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from app.core.document_kinds import Kind
from app.core.documents import Heading, Note, PageText, Reading

MOST_CHARACTERS = 20_000_000  # of one document: about 8,000 printed pages
MOST_PAGES = 10_000
MOST_HEADINGS = 20_000
STEP = 400  # paragraphs between two times that the progress is told
MOST_HEADING = 300  # characters: what is longer is no heading, whatever its style says

#: ligatures, the soft hyphen, and what no text holds
_CHANGED = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)} | {
    0xAD: "",
    0xFFFE: "",
    0xFFFF: "",
    0: "",
}
_BLANKS = re.compile(r"[ \t\r\f\v\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff]+")


class Full(Exception):
    """As much was read as is read of one document."""


def plain(text: str) -> str:
    """A text without what only its setting needs, its accents composed."""
    if text.isascii() and "\0" not in text:
        return text
    return unicodedata.normalize("NFC", text.translate(_CHANGED))


def bare(text: str) -> str:
    """Letters and digits only: two texts that are bare alike are printed alike."""
    return "".join(filter(str.isalnum, plain(text).lower()))


def in_line(text: str) -> str:
    """The same with blanks run together, and none at the ends of lines."""
    lines = (_BLANKS.sub(" ", line).strip() for line in plain(text).split("\n"))
    return "\n".join(lines).strip("\n")


class Pages:
    """Pages in the making. `add`, `heading` and `turn` raise Full where the limits are reached; what was added before
    is a good reading all the same."""

    def __init__(self) -> None:
        self._done: list[PageText] = []
        self._blocks: list[str] = []
        self._length = 0  # characters on this page, with the ends of lines
        self._total = 0
        self._headings: list[Heading] = []
        self._label = ""
        self.notes: list[Note] = []

    @property
    def number(self) -> int:
        """Of the page in the making."""
        return len(self._done) + 1

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands on this page yet."""
        return not self._blocks

    def add(self, text: str) -> None:
        """A block; nothing where it is blank."""
        if not text.strip():
            return
        if self._total + len(text) > MOST_CHARACTERS:
            raise Full
        self._blocks.append(text)
        self._length += len(text) + 1
        self._total += len(text) + 1

    def heading(self, level: int, text: str) -> None:
        """A heading, which is a block too."""
        start = self._length
        self.add(text)
        self.mark(level, text, start)

    def mark(self, level: int, text: str, start: int | None = None) -> None:
        """A heading of what comes next (or of what begins at `start`) that is no words of this page itself."""
        start, shown = self._length if start is None else start, " ".join(text.split())
        if 0 < len(shown) <= MOST_HEADING and len(self._headings) < MOST_HEADINGS:
            self._headings.append(Heading(min(max(level, 1), 6), shown, self.number, start))

    def place(self, headings: Iterable[Heading]) -> None:
        """Headings that were found when all pages were there, of those that are here."""
        self._headings += [one for one in headings if one.page <= len(self._done)][:MOST_HEADINGS]

    def label(self, label: str) -> None:
        """What is printed on this page in the place of its number."""
        self._label = label[:40]

    def turn(self) -> None:
        """The page is done."""
        self._done.append(PageText(self.number, "\n".join(self._blocks), self._label))
        self._blocks, self._length, self._label = [], 0, ""
        if len(self._done) >= MOST_PAGES:
            raise Full

    def cut(self) -> None:
        """Not all of it was read: note up to where."""
        self.notes.append(Note("cut", self.number if self._blocks else len(self._done)))

    def reading(self, kind: Kind, title: str = "", language: str = "") -> Reading:
        """All of it."""
        if self._blocks or not self._done:
            self._done.append(PageText(self.number, "\n".join(self._blocks), self._label))
        has_text = any(page.text for page in self._done)
        if not has_text and not self.notes:
            self.notes.append(Note("empty"))
        return Reading(
            kind,
            " ".join(title.split())[:MOST_HEADING],
            tongue(language),
            tuple(self._done),
            tuple(self._headings),
            has_text,
            tuple(self.notes),
        )


def tongue(language: str) -> str:
    """The first part of a language tag, "" where it is none: "pt-PT" is "pt"."""
    first = re.match(r"[A-Za-z]{2,3}(?![A-Za-z])", language.strip())
    found = first.group().lower() if first else ""
    return "" if found in ("und", "zxx", "mul") else found


class Walker(ABC):
    """Adds the elements of a document's body to pages: the words of a paragraph as they come, a page's notes at its
    end."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._words: list[str] = []
        self._cells: list[list[str]] = []  # of the rows that are open, their cells
        self._waiting: list[str] = []  # notes of this page
        self._last: list[str] = []  # notes that stand behind the whole text
        self._is_begun = False  # whether a paragraph or a row began on this page
        self._is_broken = False  # whether a page has ended within this paragraph, and nothing came since
        self._is_row_next = False  # whether a page ended within the row that is open

    @abstractmethod
    def one(self, one: Element) -> None:
        """An element and all below it. Raises Full."""

    def _break(self) -> None:
        """A page ends, in the middle of a paragraph or not; it may be blank, or hold a picture only."""
        if not self._cells:
            text, self._words = in_line("".join(self._words)), []
            self._pages.add(text)
            self._turn(always=True)

    def _rendered(self) -> None:
        """A page ended here when the program set it, unless one has just ended anyway; in a table, before its row."""
        if self._cells:
            self._is_row_next = True
        elif self._is_begun or "".join(self._words).strip():
            self._break()

    def _turn(self, *, always: bool = False) -> None:
        if always or self._is_begun or not self._pages.is_blank:
            notes, self._waiting = self._waiting, []
            for note in notes:
                self._pages.add(note)
            self._pages.turn()
            self._is_begun, self._is_broken = False, True

    def _paragraph_ends(self) -> None:
        """Something stands on this page now, be it a blank line; not where the paragraph only ended the page before."""
        self._is_begun = self._is_begun or not self._is_broken
        self._is_broken = False

    def _row_of(self, cells: list[str]) -> None:
        """A row of a table is done; one within a cell is a part of that."""
        words = " ".join(cell for cell in cells if cell)
        if self._cells:
            self._cells[-1].append(words)
            return
        if self._is_row_next:
            self._is_row_next = False
            self._turn()
        self._pages.add(words)
        self._is_begun = True

    def end(self) -> None:
        """The notes of the last page, and those of the whole text. Raises Full."""
        for note in (*self._waiting, *self._last):
            self._pages.add(note)


def walked(body: Element, walker: Walker, pages: Pages) -> Iterator[tuple[int, int]]:
    """Walk over a body, telling now and then how far it is; what is too much is cut off."""
    try:
        for start in range(0, len(body), STEP):
            for one in body[start : start + STEP]:
                walker.one(one)
            yield start, len(body)
        walker.end()
    except Full:
        pages.cut()
