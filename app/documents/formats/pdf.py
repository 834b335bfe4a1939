"""PDF, by PDFium: text, headings, page labels, and where the text stands.

    with Pdf("tides.pdf") as pdf:                  # raises EncryptedDocument, UnreadableDocument
        pdf.blocks(0).text                          # of the first page

PDFium runs no scripts here (the builds of pypdfium2 have no V8), opens no links and fetches nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Generator
from functools import cached_property, lru_cache
from types import TracebackType
from typing import Self

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from app.core.documents import EncryptedDocument, Note, NoteKind, UnreadableDocument
from app.documents.files import File, Steps
from app.documents.formats.pdf_blocks import PageBlocks, put_together
from app.documents.formats.pdf_headings import Entry, by_outline, by_size
from app.documents.formats.pdf_lines import PageLines
from app.documents.formats.pdf_page import lines_of
from app.documents.pages import MOST_HEADING, Full, Pages, bare, plain

BESIDE = 2  # pages before and behind that are looked at
MOST_FAILED = 50  # pages in a row that are not there: the others are not looked for
MOST_HELD = 32_000_000  # bytes of a file that is held while it is read: PDFium asks for it in thousands of small parts
MOST_ENTRIES = 20_000  # of an outline
MOST_LEVELS = 15
NO_TITLE = re.compile(
    r"untitled|unbenannt|document\d*|microsoft (?:word|powerpoint) - .*|.*\.(?:docx?|pptx?|tex|indd)", re.I
)


class Pdf:
    """An open document."""

    def __init__(self, source: str | bytes) -> None:
        """`source` is its path, or all of it."""
        try:
            self.document = pdfium.PdfDocument(source)
            self.count = len(self.document)
        except pdfium.PdfiumError as error:
            if getattr(error, "err_code", 0) == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
                raise EncryptedDocument(detail=str(error)) from error
            raise UnreadableDocument("damaged", str(error)) from error
        self.lines = lru_cache(maxsize=4 * BESIDE)(self._lines)
        self.label = lru_cache(maxsize=4 * BESIDE)(self._label)
        self.missing: set[int] = set()  # pages that are claimed and not there

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self.document.close()

    @cached_property
    def outline(self) -> tuple[Entry, ...]:
        """The headings that it names itself, with their pages."""
        return tuple(_outline(self.document))

    @cached_property
    def _kept(self) -> frozenset[str]:
        return frozenset(bare(entry.title) for entry in self.outline)

    def _label(self, index: int) -> str:
        """What is printed on a page in the place of its number, "" where that is what is printed."""
        label = self.document.get_page_label(index) or ""
        return "" if label == str(index + 1) else label

    def blocks(self, index: int) -> PageBlocks:
        """A page put together, with what the pages beside it say of it."""
        first, end = max(0, index - BESIDE), min(self.count, index + BESIDE + 1)
        window = [self.lines(one) for one in range(first, end)]
        return put_together(window, index - first, self.label(index) or str(index + 1), self._kept)

    def _lines(self, index: int) -> PageLines:
        try:
            page = self.document[index]
        except pdfium.PdfiumError:
            self.missing.add(index)
            return PageLines([], 0, 1)
        try:
            text_page = page.get_textpage()
            try:
                return lines_of(page, text_page)
            finally:
                text_page.close()
        except pdfium.PdfiumError:
            return PageLines([], 0, 1)
        finally:
            page.close()


def read(file: File, name: str) -> Steps:
    """A page each."""
    with Pdf(file.path.read_bytes() if file.size <= MOST_HELD else str(file.path)) as pdf:
        if not pdf.count:
            raise UnreadableDocument("nothing")
        pages = Pages()
        read_pages = yield from _pages(pdf, pages)
        entries = by_outline(pdf.outline, read_pages) if pdf.outline else by_size(read_pages)
        pages.place(entries)
        return pages.reading("pdf", _title(pdf.document), _language(pdf.document))


def _pages(pdf: Pdf, pages: Pages) -> Generator[tuple[int, int], None, list[PageBlocks]]:
    """Fill the pages. Raises UnreadableDocument where none is there."""
    found: list[PageBlocks] = []
    counts: Counter[NoteKind] = Counter()
    gone = 0  # pages in a row that the document claims to have, and has not
    try:
        for index in range(pdf.count):
            yield index, pdf.count
            blocks, lines = pdf.blocks(index), pdf.lines(index)
            if index in pdf.missing:
                gone += 1
                if gone == MOST_FAILED:
                    break
                continue
            for blank in [PageBlocks("", [], [])] * gone:
                found.append(blank)
                pages.turn()
            gone = 0
            found.append(blocks)
            pages.label(pdf.label(index))
            pages.add(blocks.text)
            counts.update({"unmapped": lines.is_unmapped, "pictures": lines.is_picture})
            pages.turn()
    except Full:
        gone = 1
    if gone:
        pages.cut()
    if not found:
        raise UnreadableDocument("damaged")
    has_text = counts["unmapped"] or any(blocks.text for blocks in found)
    for kind, count in counts.items():
        if count:
            pages.notes.append(Note("scanned" if kind == "pictures" and not has_text else kind, count))
    return found


def _outline(document: pdfium.PdfDocument) -> list[Entry]:
    entries: list[Entry] = []
    try:
        for bookmark in document.get_toc(max_depth=MOST_LEVELS):
            place = bookmark.get_dest()
            index = place.get_index() if place else None
            title = " ".join(plain(bookmark.get_title() or "").split())[:MOST_HEADING]
            if index is not None and title:
                entries.append(Entry(bookmark.level + 1, title, index))
            if len(entries) >= MOST_ENTRIES:
                break
    except pdfium.PdfiumError:
        return entries
    return entries


def _title(document: pdfium.PdfDocument) -> str:
    title = plain(document.get_metadata_value("Title") or "").strip()
    return "" if NO_TITLE.fullmatch(title) else title


def _language(document: pdfium.PdfDocument) -> str:
    ask = getattr(raw, "FPDFCatalog_GetLanguage", None)
    if ask is None:
        return ""
    size = ask(document.raw, None, 0)
    if not 2 < size < 200:
        return ""
    buffer = (raw.FPDF_WCHAR * (size // 2))()
    ask(document.raw, buffer, size)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")
