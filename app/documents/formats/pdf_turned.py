"""Pages whose text does not run from the left to the right: turned, so that what is read first stands on top.

A landscape page is often stored upright with turned text, and /Rotate says how it is shown; columns of Japanese run
down. The order and the paragraphs of lines are told from their places, so these are turned with the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from app.documents.formats.pdf_lines import LEFTWARDS, Line

ASKED = 16  # lines, about
LEAST = 3  # characters that tell which way a line runs
Box = tuple[float, float, float, float]


def turn_of(lines: Sequence[Line]) -> int:
    """How far most of a page's text is turned: 0, 90 (it runs up), 180, 270 (it runs down)."""
    asked = lines[:: max(1, len(lines) // ASKED)]
    if all(line.across > abs(line.up) for line in asked):
        return 0
    turns: Counter[int] = Counter()
    for line in asked:
        if line.across > abs(line.up):
            turns[0] += len(line.text)
        elif len(line.text) < LEAST:
            continue
        elif abs(line.up) > abs(line.across):
            turns[90 if line.up > 0 else 270] += len(line.text)
        else:
            turns[0 if LEFTWARDS.search(line.text) else 180] += len(line.text)
    return turns.most_common(1)[0][0] if turns else 0


def set_upright(lines: Sequence[Line], turn: int, box: Box) -> tuple[float, float]:
    """Turn the places of lines back. What comes back is the low and the high edge of the page, likewise."""
    for line in lines:
        line.left, line.bottom, line.right, line.top = _turned((line.left, line.bottom, line.right, line.top), turn)
    _, low, _, high = _turned(box, turn)
    return low, high


def _turned(box: Box, turn: int) -> Box:
    left, bottom, right, top = box
    if turn == 90:
        return bottom, -right, top, -left
    if turn == 270:
        return -top, left, -bottom, right
    return -right, -top, -left, -bottom
