"""What is asked of PDFium for many characters at once: where they stand, and how large their font is.

    boxes_of(text_page.raw, [0, 46, 48])            # [(72.0, 690.1, 77.3, 703.4, 12.0), …]
    cross(text_page.raw, [0, 45, 48, 99], 297.0, 300.0)     # True: letters of both lines stand in this strip

A call across ctypes costs some microseconds in Pyodide, and a page needs over a hundred; JavaScript calls a function of
the same memory in a few hundredths of that. So the worker gives its own loops (static/js/workers/librarian.js).
"""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import pypdfium2.raw as raw

from app.documents.formats.pdf_loop import taken

#: (left, bottom, right, top, size of the font), in points
Found = tuple[float, float, float, float, float]
LEAST = 4  # characters for which the loop is worth its own cost
NOWHERE = 0.0, 0.0, 0.0, 0.0


def boxes_of(text_page: object, indexes: Sequence[int]) -> list[Found]:
    """Where characters of a page stand, with the height of their font, by PDFium's indexes; all 0 for one that is not
    there."""
    if not taken or len(indexes) < LEAST:
        return [_box(text_page, index) for index in indexes]
    count, wanted = len(indexes), array("i", indexes)
    boxes, sizes = array("f", bytes(16 * count)), array("d", bytes(8 * count))
    at, *room = (one.buffer_info()[0] for one in (wanted, boxes, sizes))
    taken[0].boxes(*_functions()[:2], _address(text_page), at, count, *room)
    left, top, right, bottom = (boxes[side::4] for side in range(4))
    return list(zip(left, bottom, right, top, sizes, strict=True))


def cross(text_page: object, ends: Sequence[int], left: float, right: float) -> bool:
    """Whether it is sure that letters of more than half of some lines stand within a strip that runs down the page;
    `ends` has PDFium's indexes of the first and the last character of each."""
    if not taken:
        return False
    wanted, room = array("i", ends), array("d", bytes(8 * 4))
    at, box = wanted.buffer_info()[0], room.buffer_info()[0]
    return taken[0].across(_functions()[2], _address(text_page), at, box, len(ends) // 2, left, right)


@lru_cache(maxsize=1)
def _functions() -> tuple[int, int, int]:
    functions = raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetFontSize, raw.FPDFText_GetCharBox
    return _address(functions[0]), _address(functions[1]), _address(functions[2])


def _address(pointer: Any) -> int:
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


def _box(text_page: Any, index: int) -> Found:
    box = raw.FS_RECTF()
    size = raw.FPDFText_GetFontSize(text_page, index)
    if not raw.FPDFText_GetLooseCharBox(text_page, index, ctypes.byref(box)):
        return *NOWHERE, size
    return box.left, box.bottom, box.right, box.top, size
