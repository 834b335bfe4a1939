"""A page of a PDF: its lines in the order in which they are read, and what is known of its fonts and pictures."""

from __future__ import annotations

import re

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from app.documents.formats.pdf_columns import apart
from app.documents.formats.pdf_lines import PageLines, Places, lines_in
from app.documents.formats.pdf_notes import with_notes_last
from app.documents.formats.pdf_order import in_order, with_initials
from app.documents.formats.pdf_signs import mended
from app.documents.formats.pdf_turned import set_upright, turn_of

MOST_CHARACTERS = 400_000  # of one page
SAMPLES = 16  # characters of a page whose fonts are asked whether they know their letters
MOST_UNKNOWN = 0.3  # of the samples
IMAGE = 3  # FPDF_PAGEOBJ_IMAGE
MOST_OBJECTS = 200  # of a page with little text that are looked at
ONE_EACH = 0.6, 1.3  # objects a line: no line holds what was drawn in two columns
LITTLE = 200  # characters: less may be a stamp on a picture
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def lines_of(page: pdfium.PdfPage, text_page: pdfium.PdfTextPage) -> PageLines:
    """The lines of a page."""
    box = page.get_cropbox()
    found = PageLines([], box[1], box[3])
    text = text_page.get_text_range(0, min(text_page.count_chars(), MOST_CHARACTERS))
    if not text.strip():
        found.is_picture = _has_picture(page)
    elif _is_unmapped(text_page, text):
        found.is_unmapped = True
    else:
        _fill(found, page, Places(text_page, text), text)
        found.has_picture = len(text) < LITTLE and _has_picture(page)
    return found


def _fill(found: PageLines, page: pdfium.PdfPage, places: Places, text: str) -> None:
    text = mended(places, text)
    lines = lines_in(places, text)
    turned = turn_of(lines)
    if turned:
        found.low, found.high = set_upright(lines, turned, page.get_cropbox())
        found.lines = in_order(lines)
    else:
        drawn = raw.FPDFPage_CountObjects(page.raw) / max(len(lines), 1)
        if not ONE_EACH[0] <= drawn <= ONE_EACH[1]:
            lines = apart(places, lines)
        found.lines = with_notes_last(places, in_order(with_initials(lines)), text)


def _is_unmapped(text_page: pdfium.PdfTextPage, text: str) -> bool:
    count = text_page.count_chars()
    if len(_CONTROL.findall(text)) > MOST_UNKNOWN * len(text):
        return True
    indexes = range(0, count, max(1, count // SAMPLES))
    unknown = sum(raw.FPDFText_HasUnicodeMapError(text_page.raw, index) == 1 for index in indexes)
    return bool(unknown > MOST_UNKNOWN * len(indexes))


def _has_picture(page: pdfium.PdfPage) -> bool:
    count = min(raw.FPDFPage_CountObjects(page.raw), MOST_OBJECTS)
    return any(
        raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page.raw, index)) in (IMAGE, raw.FPDF_PAGEOBJ_FORM)
        for index in range(count)
    )
