"""Columns that were drawn row by row, across the gap between them: taken apart, and read one after the other.

PDFium makes one line of what stands on one height, so that each would hold words of two columns. Where a gap runs down
the page is asked for at the places at which columns mostly part; only where hardly a letter stands there, and what is
on both sides reads like prose (a table's cells do not), the lines are taken apart.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterator, Sequence

import pypdfium2.raw as raw

from app.documents.formats.pdf_calls import cross
from app.documents.formats.pdf_lines import END, LEFTWARDS, Line, Places, line_of

FEWEST = 4  # lines that are taken apart
HALF = 1.5  # points to both sides of a place where no letter may stand
PARTS = 1 / 2, 1 / 3, 2 / 3  # of the width of what is printed
LEAST_GAP = 0.7  # of the size of its letters
FEWEST_LETTERS = 18  # of a line of a column, on the average
FEWEST_LINES = 3  # of a column
GOES_ON = 0.35  # of the lines of a column begin within a sentence
MOST_DEPTH = 3
Halves = tuple[Line, Line] | None


def apart(places: Places, lines: list[Line], depth: int = 0) -> list[Line]:
    """The lines, column by column where they were drawn across."""
    if len(lines) < FEWEST or depth == MOST_DEPTH:
        return lines
    left, right = min([line.left for line in lines]), max([line.right for line in lines])
    low, high = min([line.bottom for line in lines]), max([line.top for line in lines])
    for part in PARTS:
        at = left + part * (right - left)
        across = [line for line in lines if line.left < at < line.right]
        if len(across) >= FEWEST and _is_filled(places, at, low, high, across):  # as nearly always
            continue
        beside = _beside(lines, at)
        if max(len(across), beside) < FEWEST:
            continue
        halves = [_halves(places, line, at) if line.left < at < line.right else None for line in lines]
        if sum(map(bool, halves)) + beside >= FEWEST and all(map(_is_prose, _sides(lines, halves, at))):
            return list(_columns(places, lines, halves, at, depth))
    return lines


def _beside(lines: Sequence[Line], at: float) -> int:
    """How often a line is followed by one beside it, on the other side of a place."""
    return sum(
        one.right <= at <= other.left and one.bottom < other.top and other.bottom < one.top
        for one, other in itertools.pairwise(lines)
    )


def _is_filled(places: Places, at: float, low: float, high: float, across: Sequence[Line]) -> bool:
    """Whether letters of more than a third of the lines across a place stand there, between these heights. PDFium parts
    what it finds in different lines with two characters; but it looks at all letters of the page for it."""
    ends = [place for line in across for place in (line.start, line.start + len(line.text) - 1)]
    if cross(places.raw, places.indexes(ends), at - HALF, at + HALF):
        return True
    count = raw.FPDFText_GetBoundedText(places.raw, at - HALF, high, at + HALF, low, None, 0)
    return bool(count > len(across))


def _halves(places: Places, line: Line, at: float) -> Halves:
    """A line taken apart at a place, None where there is no gap in it."""
    if LEFTWARDS.search(line.text):
        return None
    signs = [place for place, sign in enumerate(line.text) if not sign.isspace()]

    def box(place: int) -> tuple[float, float, float, float]:
        return places.box(places.index(line.start + place))

    behind = bisect_left(signs, True, key=lambda place: sum(box(place)[::2]) > 2 * at)
    if not 0 < behind < len(signs):
        return None
    last, first = signs[behind - 1], signs[behind]
    if box(first)[0] - box(last)[2] < LEAST_GAP * line.size:
        return None
    return (
        line_of(places, line.text[: last + 1], line.start, is_cut=False),
        line_of(places, line.text[first:], line.start + first, is_cut=line.is_cut),
    )


def _sides(lines: Sequence[Line], halves: Sequence[Halves], at: float) -> tuple[list[Line], list[Line]]:
    """What stands to the left and to the right of a place."""
    first, second = list[Line](), list[Line]()
    for line, pair in zip(lines, halves, strict=True):
        if pair:
            first.append(pair[0])
            second.append(pair[1])
        elif line.right <= at:
            first.append(line)
        elif line.left >= at:
            second.append(line)
    return first, second


def _is_prose(column: Sequence[Line]) -> bool:
    if len(column) < FEWEST_LINES or sum(len(line.text) for line in column) < FEWEST_LETTERS * len(column):
        return False
    on = sum(not END.search(one.text) and not other.text[:1].isupper() for one, other in itertools.pairwise(column))
    return on >= GOES_ON * (len(column) - 1)


def _columns(places: Places, lines: Sequence[Line], halves: Sequence[Halves], at: float, depth: int) -> Iterator[Line]:
    """The left and the right column down to each line that goes across both."""
    start = 0
    for end in [place for place, line in enumerate(lines) if line.left < at < line.right and not halves[place]]:
        for column in _sides(lines[start:end], halves[start:end], at):
            yield from apart(places, column, depth + 1)
        yield lines[end]
        start = end + 1
    for column in _sides(lines[start:], halves[start:], at):
        yield from apart(places, column, depth + 1)
