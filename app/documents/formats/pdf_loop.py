"""The host's own loops over many characters of a page, where it brings them (see `pdf_calls`); here without PDFium, so
that they can be given before the first PDF is read.

    pdf_loop.take(boxes, across)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

#: Fills in where characters stand and how large they are. All but the fifth are addresses in the memory of this Python:
#: of PDFium's two functions, of its text of the page, of the characters' indexes (32 bits each), how many these are, of
#: the room for their boxes (left, top, right, bottom: 32 bits each) and for their sizes (64 bits).
Boxes = Callable[[int, int, int, int, int, int, int], object]
#: Says whether letters of more than half of some lines stand within a strip of the page: the addresses of PDFium's
#: function, of its text of the page, of each line's first and last character's index (32 bits each), of room for a box
#: (four times 64 bits), how many lines these are, and the strip's left and right edge.
Across = Callable[[int, int, int, int, int, float, float], bool]


@dataclass(frozen=True, slots=True)
class Loops:
    """What a host brings."""

    boxes: Boxes
    across: Across


taken: list[Loops] = []


def take(boxes: Boxes, across: Across) -> None:
    """Use them from now on."""
    taken[:] = [Loops(boxes, across)]
