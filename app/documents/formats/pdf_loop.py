"""The host's own loop over many characters of a page, where it brings one (see `pdf_calls`); here without PDFium, so
that it can be given before the first PDF is read.

    pdf_loop.take(loop)
"""

from __future__ import annotations

from collections.abc import Callable

#: Fills in where characters stand and how large they are. All but the fifth are addresses in the memory of this Python:
#: of PDFium's two functions, of its text of the page, of the characters' indexes (32 bits each), how many these are, of
#: the room for their boxes (left, top, right, bottom: 32 bits each) and for their sizes (64 bits).
Loop = Callable[[int, int, int, int, int, int, int], object]
taken: list[Loop] = []


def take(loop: Loop) -> None:
    """Use it from now on."""
    taken[:] = [loop]
