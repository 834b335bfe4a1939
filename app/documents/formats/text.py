"""Plain text and code: as it is, with the encoding found out.

A mark at the beginning says which (UTF-8, UTF-16, UTF-32); without one it is UTF-8 if it reads as that, UTF-16 if every
other byte is zero, else Windows' code page 1252, which every sequence of bytes is.
"""

from __future__ import annotations

from app.core.documents import Note, PageText, Reading, UnreadableDocument
from app.documents.files import File, Steps
from app.documents.pages import MOST_CHARACTERS, plain

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


def text_of(data: bytes) -> str:
    """The text in some bytes, with "\\n" at the ends of its lines. Raises UnreadableDocument where it is none."""
    text = _decoded(data)
    if any(sign in CONTROLS for sign in text[:SAMPLE]):
        raise UnreadableDocument("unknown")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes) -> str:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if wide := _wide(data[:SAMPLE]):
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _wide(sample: bytes) -> str:
    """UTF-16 without a mark: of Western text, every other byte is zero."""
    half = len(sample) // 2
    for encoding, zeros, letters in (
        ("utf-16-le", sample[1::2], sample[::2]),
        ("utf-16-be", sample[::2], sample[1::2]),
    ):
        if half > 1 and zeros.count(0) > 0.4 * half and letters.count(0) < 0.05 * half:
            return encoding
    return ""


def read(file: File, name: str) -> Steps:
    """One page, its text unchanged but for what `plain` changes."""
    yield 0, 1
    text = plain(text_of(file.bytes())).strip("\n\f ")
    notes = [Note("cut", 1)] if len(text) > MOST_CHARACTERS else []
    text = text[:MOST_CHARACTERS]
    has_text = bool(text.strip())
    if not has_text:
        notes.append(Note("empty"))
    return Reading("text", "", "", (PageText(1, text),), (), has_text, tuple(notes))
