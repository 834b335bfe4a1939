"""Which format a file is, and reading it.

    steps = read(File("tides.odt"), "tides.odt")       # yields (pages done, pages in all)
    reading = finish(steps)

The content decides: a PDF called "notes.txt" is a PDF. Only among kinds that begin alike (text, Markdown, code) the
name decides. What a reader stumbles over is damage, said in words; nothing of a document is ever run or fetched.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module

from app.core.document_kinds import KINDS, Kind
from app.core.documents import DocumentError, EncryptedDocument, UnreadableDocument
from app.documents.files import MOST_BYTES, File, Steps
from app.documents.packed import Packed

#: beginnings of files that hold no words: pictures, films, sound, archives, programs, old office files
STRANGERS = (
    *(b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"RIFF", b"OggS", b"ID3", b"fLaC", b"\x7fELF", b"MZ"),
    *(b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"\xfd7zXZ", b"BZh", b"\x28\xb5\x2f\xfd", b"\xd0\xcf\x11\xe0", b"GGUF"),
    *(b"SQLite format 3", b"%!PS"),
)
IS_HTML = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<!--.{0,2000}?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
IS_WORD = re.compile(rb"wordprocessingml\.(?:document|template)\.main|ms-word\.(?:document|template)\.macro")
OLD_OFFICE, NEW_OFFICE = b"\xd0\xcf\x11\xe0", (".docx", ".docm", ".pptx", ".pptm", ".xlsx")


def kind_of(file: File, name: str) -> Kind:
    """What a file is. Raises UnreadableDocument where it is nothing that is read."""
    head, lower = file.head(), name.lower()
    if not head:
        raise UnreadableDocument("nothing")
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK"):
        return _in_zip(file)
    if head.startswith(OLD_OFFICE) and lower.endswith(NEW_OFFICE):  # a new one in an old shell
        raise EncryptedDocument
    if head.startswith(STRANGERS):
        raise UnreadableDocument("unknown")
    by_head = (kind.id for kind in KINDS.values() if kind.head and head.startswith(kind.head))
    if found := next(by_head, "html" if IS_HTML.match(head) else ""):
        return found
    return next((kind.id for kind in KINDS.values() if kind.is_words and lower.endswith(kind.endings)), "text")


def _in_zip(file: File) -> Kind:
    with Packed(file.path) as zipped:
        kind = (zipped.data("mimetype") or b"").strip() if "mimetype" in zipped else b""
        is_bare = not kind and "content.xml" in zipped and "META-INF/manifest.xml" in zipped
        if is_bare or kind.startswith(b"application/vnd.oasis.opendocument.text"):
            return "odt"
        if kind == b"application/epub+zip" or "META-INF/container.xml" in zipped:
            return "epub"
        if "ppt/presentation.xml" in zipped:
            return "pptx"
        if "word/document.xml" in zipped or IS_WORD.search(zipped.data("[Content_Types].xml") or b""):
            return "docx"
    raise UnreadableDocument("unknown")


def reader_of(kind: Kind) -> Callable[[File, str], Steps]:
    """What reads a kind, imported with its first document: PDFium, say, weighs more than all else."""
    read: Callable[[File, str], Steps] = import_module(f"app.documents.formats.{kind}").read
    return read


def read(file: File, name: str) -> Steps:
    """Read a file. Raises UnreadableDocument, EncryptedDocument, as it goes."""
    if file.size > MOST_BYTES:
        raise UnreadableDocument("large")
    try:
        return (yield from reader_of(kind_of(file, name))(file, name))
    except DocumentError:
        raise
    except MemoryError as error:
        raise UnreadableDocument("large") from error
    except (ValueError, LookupError, OSError, EOFError, RecursionError, AttributeError, TypeError) as error:
        raise UnreadableDocument("damaged", f"{type(error).__name__}: {error}") from error
