"""A page of a PDF as a picture, and where words stand on it.

page_of(pdf, 1, width=900)                      # "data:image/png;base64,…"
boxes_of(pdf, 1, start=120, end=180)            # (Box(0.12, 0.31, 0.7, 0.02), …), a box a line
"""

from __future__ import annotations

import ctypes
import struct
import zlib
from base64 import b64encode
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from app.core.documents import Box, UnreadableDocument
from app.documents.formats.pdf import Pdf
from app.documents.formats.pdf_blocks import Piece
from app.documents.formats.pdf_lines import Places
from app.documents.pages import plain

MOST_PIXELS = 6_000_000
MOST_SCALE = 6.0  # pixels a point
MOST_BOXES = 400
GRID = 100_000  # PDFium gives places on a page in whole numbers


def page_of(pdf: Pdf, number: int, width: int) -> str:
    """Page `number`, about `width` pixels wide, as the data URL of a PNG. Raises UnreadableDocument."""
    page = _page(pdf, number)
    try:
        wide, high = page.get_size()
        scale = min(width / max(wide, 1.0), MOST_SCALE, (MOST_PIXELS / max(wide * high, 1.0)) ** 0.5)
        bitmap = page.render(scale=scale, rev_byteorder=True, may_draw_forms=False)
        try:
            return "data:image/png;base64," + b64encode(_png(bitmap)).decode()
        finally:
            bitmap.close()
    except pdfium.PdfiumError as error:
        raise UnreadableDocument("damaged", str(error)) from error
    finally:
        page.close()


def _page(pdf: Pdf, number: int) -> pdfium.PdfPage:
    if not 1 <= number <= pdf.count:
        raise UnreadableDocument("nothing", f"page {number} of {pdf.count}")
    try:
        return pdf.document[number - 1]
    except pdfium.PdfiumError as error:
        raise UnreadableDocument("damaged", str(error)) from error


def _png(bitmap: pdfium.PdfBitmap) -> bytes:
    """https://www.w3.org/TR/png-3: three bytes a pixel, or one where nothing is coloured, which takes a third of the
    time; each row behind the number of its filter (none)."""
    data, channels = bytes(memoryview(bitmap.buffer).cast("B")), bitmap.n_channels
    stride, used = bitmap.stride, bitmap.width * channels
    if channels == 3 and stride == used and data[::3] == data[1::3] == data[2::3]:
        data, channels, stride, used = data[::3], 1, bitmap.width, bitmap.width
    rows = (b"\0" + data[start : start + used] for start in range(0, bitmap.height * stride, stride))
    packed = zlib.compress(b"".join(rows), 1)
    head = struct.pack(">IIBBBBB", bitmap.width, bitmap.height, 8, {1: 0, 3: 2, 4: 6}[channels], 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", packed), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )


def boxes_of(pdf: Pdf, number: int, start: int, end: int) -> tuple[Box, ...]:
    """Where the characters from `start` to before `end` of a page's text stand."""
    page = _page(pdf, number)
    try:
        text_page = page.get_textpage()
        try:
            places = Places(text_page, text_page.get_text_range())
            found: list[Box] = []
            for piece in pdf.blocks(number - 1).pieces:
                first, last = max(start, piece.start), min(end, piece.start + len(piece.text))
                if first < last and len(found) < MOST_BOXES:
                    found.append(_box(page, places, piece, first - piece.start, last - piece.start))
            return tuple(box for box in found if box.width > 0 and box.height > 0)
        finally:
            text_page.close()
    finally:
        page.close()


def _box(page: pdfium.PdfPage, places: Places, piece: Piece, first: int, last: int) -> Box:
    """The box around some characters of a line, however it is turned."""
    origins = _origins(piece.line.text)
    begin = places.index(piece.origin + origins[first])
    behind = places.index(piece.origin + origins[last - 1])
    corners = [
        _shown(page, x, y)
        for left, low, right, high in map(places.box, (begin, behind))
        for x, y in ((left, low), (right, high))
    ]
    across, down = [x for x, _ in corners], [y for _, y in corners]
    left, top = max(0.0, min(across)), max(0.0, min(down))
    return Box(left, top, min(1.0, max(across)) - left, min(1.0, max(down)) - top)


def _origins(text: str) -> list[int]:
    """Of each character of a line, as `plain` makes it, the place of the one that it was made of."""
    if plain(text) == text:
        return list(range(len(text) + 1))
    starts = [at for at, sign in enumerate(text) if plain(sign) and not _joins(text, at)]
    found = []
    for at, behind in pairwise([*starts, len(text)]):
        found += [at] * len(plain(text[at:behind]))
    return [*found, len(text)]


def _joins(text: str, at: int) -> bool:
    """Whether a sign is an accent that became one with the letter before it."""
    return at > 0 and len(plain(text[at - 1 : at + 1])) < len(plain(text[at - 1])) + len(plain(text[at]))


def _shown(page: pdfium.PdfPage, x: float, y: float) -> tuple[float, float]:
    """A place on the page as it is shown, in parts of its width and height."""
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page.raw, 0, 0, GRID, GRID, 0, x, y, ctypes.byref(across), ctypes.byref(down))
    return across.value / GRID, down.value / GRID
