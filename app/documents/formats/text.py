"""Plain text and code: as it is, with the encoding found out.

A mark at the beginning says which (UTF-8, UTF-16, UTF-32); without one it is UTF-8 if it reads as that, UTF-16 if every
other byte is the same small one, else what its letters are commonest in. A form feed ends a page.
"""

from __future__ import annotations

import re

from app.core.documents import Note, PageText, Reading, UnreadableDocument
from app.documents.files import File, Steps
from app.documents.formats.encodings import guessed
from app.documents.pages import MOST_CHARACTERS, MOST_PAGES, plain

MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
SAMPLE = 4000  # bytes that tell whether it is text at all
#: what no text holds: all below a blank but tab, line feed, form feed, carriage return and escape
CONTROLS = frozenset(map(chr, range(32))) - set("\t\n\f\r\x1b\v")
MOST_ODD = 0.05  # of a text: a bell in a log, the end of a file of DOS
GONE = dict.fromkeys(map(ord, CONTROLS))
STRUCK = re.compile(r"[^\n]\x08")  # a letter that was printed twice, to be bold
BAD = re.compile("[\udc80-\udcff]")  # bytes that are no UTF-8
FEW_BAD = 20  # letters that are, for each that is not


def text_of(data: bytes) -> str:
    """The text in some bytes, with "\\n" at the ends of its lines. Raises UnreadableDocument where it is none."""
    text = STRUCK.sub("", _decoded(data))
    sample = text[:SAMPLE]
    odd = sum(sign in CONTROLS for sign in sample)
    if "\0" in sample or odd > max(1, MOST_ODD * len(sample)):
        raise UnreadableDocument("unknown")
    return text.translate(GONE).replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes) -> str:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if wide := _wide(data[:SAMPLE]):
        return data.decode(wide, "replace")
    text = data.decode("utf-8", "surrogateescape")
    bad = len(BAD.findall(text))
    if not bad:
        return text
    if bad * FEW_BAD <= sum(sign > "\x7f" for sign in text):  # all but a few read as UTF-8
        return BAD.sub(lambda found: bytes([ord(found.group()) - 0xDC00]).decode("cp1252", "replace"), text)
    return data.decode(guessed(data), "replace")


def _wide(sample: bytes) -> str:
    """UTF-16 without a mark: every other byte is the same one, zero in Western text."""
    half = len(sample) // 2
    for encoding, blocks, letters in (
        ("utf-16-le", sample[1::2], sample[::2]),
        ("utf-16-be", sample[::2], sample[1::2]),
    ):
        if half > 1 and blocks.count(0) > 0.4 * half and letters.count(0) < 0.05 * half:
            return encoding
        usual = max(range(1, 9), key=blocks.count)  # Greek, Cyrillic, Hebrew, Arabic
        if half > 8 and blocks.count(usual) > 0.6 * half and letters.count(usual) < 0.2 * half:
            return encoding
    return ""


def read(file: File, name: str) -> Steps:
    """A page, or as many as form feeds end, its text unchanged but for what `plain` changes."""
    yield 0, 1
    text = plain(text_of(file.bytes())).strip("\n\f ")
    notes = [Note("cut", 1)] if len(text) > MOST_CHARACTERS else []
    parts = text[:MOST_CHARACTERS].split("\f", MOST_PAGES - 1)
    pages = tuple(PageText(number, part.strip("\n ")) for number, part in enumerate(parts, 1))
    has_text = bool(text.strip())
    if not has_text:
        notes.append(Note("empty"))
    return Reading("text", "", "", pages, (), has_text, tuple(notes))
