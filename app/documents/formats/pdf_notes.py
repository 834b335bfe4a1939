"""Footnotes: their marks taken out of the words they stick to, and what they say set behind the page's text.

A mark is a small raised number (or star) behind a word or a sentence, and a note a line in smaller letters further down
that begins with it. Raised numbers without a note on their page (of a list at the end, say) are parted from the word by
a blank; exponents (m², x²) stay with their letter.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.documents.formats.pdf_lines import Line, Places, size_of

MOST_ASKED = 40  # numbers of a page that are looked at
SMALLER = 0.86  # of the size of the text: that of a mark
SMALL = 0.95  # of the size of the text: that of a note
NARROW = 0.38  # of the size of the text: the width of a number that is raised by its font
RAISED = 0.12  # of the size of the text
MARK = re.compile(
    r"[0-9*†‡§¶](?:(?<=[^\W\d_].)|(?<=[.,;:!?\"”’»)\]].))(?:\d{0,2}(?:[,–-]\d{1,3})*|[*†‡§¶]{1,2})(?=[\s.,;:!?)\]”’]|$)"
)  # it begins with its signs, so that most of a text is passed over at once
NOTE = re.compile(r"(\d{1,3}|[*†‡§¶]{1,3})(?:[.)\s]|(?=[^\W\d_])|$)")
WORD = re.compile(r"[^\W\d_]{3,}$|[.,;:!?\"”’»)\]]$")


@dataclass(slots=True)
class _Mark:
    """Of a note: the place of its line in the list, it, where it begins and ends there. `is_narrow`: not raised, but
    narrower than numbers are, as raised ones are in fonts that have these as letters of their own."""

    at: int
    line: Line
    start: int
    end: int
    is_narrow: bool = False

    @property
    def text(self) -> str:
        """As it is printed."""
        return self.line.text[self.start : self.end]


def with_notes_last(places: Places, lines: list[Line], text: str) -> list[Line]:
    """The lines of a page of this text, its footnotes behind the others."""
    raised = list(_raised(places, lines, text))
    if not raised:
        return lines
    wanted = {mark.text: mark.at for mark in reversed(raised)}
    notes = dict(_notes(places, lines, wanted))
    times = Counter(mark.text for mark in raised)
    for mark in raised:
        is_behind_word = WORD.search(mark.line.text, 0, mark.start)
        if mark.text in notes.values() and (is_behind_word or times[mark.text] == 1):
            mark.line.marks += ((mark.start, mark.end, ""),)
        elif is_behind_word and not mark.is_narrow:
            mark.line.marks += ((mark.start, mark.start, " "),)
    moved = set(_blocks(lines, frozenset(notes)))
    return [line for at, line in enumerate(lines) if at not in moved] + [lines[at] for at in sorted(moved)]


def _raised(places: Places, lines: Sequence[Line], text: str) -> Iterator[_Mark]:
    """The small raised numbers behind words."""
    found = [mark.span() for mark in itertools.islice(MARK.finditer(text, 1), MOST_ASKED)]
    by_start = sorted((line.start, at) for at, line in enumerate(lines)) if found else []
    for start, end in found:
        place = bisect(by_start, (start, len(lines))) - 1
        if place < 0:
            continue
        at = by_start[place][1]
        line = lines[at]
        mark = _Mark(at, line, start - line.start, end - line.start)
        if mark.start and mark.end <= len(line.text) and _is_raised(places, mark):
            yield mark


def _is_raised(places: Places, mark: _Mark) -> bool:
    """Whether it is smaller than its line and higher, or a letter of the font that is made so."""
    index, size = places.index(mark.line.start + mark.start), mark.line.size
    left, bottom, right, top = places.box(index)
    mark.is_narrow = 0 < right - left < NARROW * size and mark.text.isdigit()
    if bottom > mark.line.bottom + RAISED * size and size_of(places, index, top - bottom) < SMALLER * size:
        mark.is_narrow = False
        return True
    return mark.is_narrow


def _notes(places: Places, lines: Sequence[Line], wanted: Mapping[str, int]) -> Iterator[tuple[int, str]]:
    """The lines that begin a note, each with its mark; their size becomes that of the words behind it."""
    for at, line in enumerate(lines):
        found = NOTE.match(line.text)
        mark = found.group(1) if found else ""
        if not found or mark not in wanted or wanted[mark] >= at:
            continue
        text = lines[wanted[mark]]
        if line.size < SMALL * text.size and line.bottom < text.bottom:
            yield at, mark
            behind = found.end() + (line.text[found.end() : found.end() + 1] == " ")
            if behind < len(line.text):
                index = places.index(line.start + behind)
                _, bottom, _, top = places.box(index)
                line.size = size_of(places, index, top - bottom)


def _blocks(lines: Sequence[Line], starts: frozenset[int]) -> Iterator[int]:
    """The lines of the notes that begin at these lines."""
    for at in starts:
        yield at
        alone = NOTE.fullmatch(lines[at].text) and lines[at + 1 : at + 2]
        size = max(one.size for one in (lines[at], *(alone or ())))
        for below in range(at + 1, len(lines)):
            one, last = lines[below], lines[below - 1]
            is_next = last.bottom - 1.5 * last.size < one.top < last.top + last.size
            if below in starts or not is_next or one.size > 1.1 * size:
                break
            yield below
