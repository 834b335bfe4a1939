"""The order in which the lines of a page are read, where they were not drawn in it.

Most programs draw a page as it is read, columns one after the other, and better than any rule could tell. So lines are
only put in another order where many of them stand above the one that was drawn before.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from app.documents.formats.pdf_lines import Line

MOST_UPWARD = 0.34  # of the steps from a line to the next within a column
FEWEST = 3  # lines of a column
MOST_DEPTH = 12
MOST_INITIAL = 2  # characters: a letter, perhaps with a quotation mark
LARGE_INITIAL = 1.8  # times the size of the text


def with_initials(lines: list[Line]) -> list[Line]:
    """A large initial and the line that goes on beside it, set as that is: it is a letter, not a heading."""
    for line, beside in itertools.pairwise(lines):
        if len(line.text) > MOST_INITIAL or line.size < LARGE_INITIAL * beside.size or not line.text[-1].isalpha():
            continue
        if line.bottom < beside.top <= line.top + beside.size and 0 <= beside.left - line.left < 2 * line.size:
            gap = beside.left - line.right
            line.is_glued = gap < 0.3 * beside.size and beside.text[0].isalpha()
            line.size, line.weight, line.bottom, line.top = beside.size, beside.weight, beside.bottom, beside.top
    return lines


def in_order(lines: list[Line]) -> list[Line]:
    """The lines as they are read."""
    return _cut(lines) if _is_drawn_otherwise(lines) else lines


def _is_drawn_otherwise(lines: Sequence[Line]) -> bool:
    upward = steps = 0
    for above, below in itertools.pairwise(lines):
        if above.left < below.right and below.left < above.right:  # in the same column
            steps += 1
            upward += below.bottom > above.top - 1
    return steps >= FEWEST and upward > MOST_UPWARD * steps


def _cut(lines: list[Line], depth: int = 0) -> list[Line]:
    """Columns from the left to the right, else from the top to the bottom."""
    at = _gap(lines) if depth < MOST_DEPTH else None
    if at is None:
        return sorted(lines, key=lambda line: (-round(line.bottom), line.left))
    left = [line for line in lines if line.right <= at]
    return _cut(left, depth + 1) + _cut([line for line in lines if line.right > at], depth + 1)


def _gap(lines: Sequence[Line]) -> float | None:
    """Where a gap runs down the page between two columns, None where there is none."""
    reach, before = float("-inf"), 0
    for line in sorted(lines, key=lambda line: line.left):
        if before >= FEWEST and len(lines) - before >= FEWEST and line.left > reach:
            return reach
        reach, before = max(reach, line.right), before + 1
    return None
