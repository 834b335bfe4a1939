"""Notes: documents of Markdown that are written in the app. Their file is what was typed, byte by byte.

note = written(None, "3f2a", "Tides", "# Ebb\n", now)       # a Document that waits to be read
title_of("# Ebb and flood\n…")                           # "Ebb and flood"
await mended(note, files, blobs)                        # as its file is, after a page that was closed too early
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

from app.core.document_files import DocumentFiles
from app.core.errors import StorageError
from app.core.ports import Blobs
from app.core.text import shorten
from app.study.library.documents import NAME_LENGTH, Document

TITLE_LENGTH = 80  # characters of a title that nobody has typed
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)
_MARKS = re.compile(r"[*_`$]+")


def bytes_of(text: str) -> bytes:
    """The file of a note."""
    return text.encode("utf-8", "surrogatepass")


def text_of(content: bytes) -> str:
    """What stands in such a file."""
    return content.decode("utf-8", "surrogatepass")


def title_of(text: str) -> str:
    """What a text is called that has no title: its first heading, "" where it has none."""
    heading = _HEADING.search(text)
    return shorten(_MARKS.sub("", heading[1]), TITLE_LENGTH) if heading else ""


def written(before: Document | None, id: str, title: str, text: str, now: float, notebook: str = "") -> Document:
    """The record of a note with these words, which wait to be read; of a new one in `notebook`."""
    content = bytes_of(text)
    note = before or Document(id, "", "", 0, now, notebook, kind="markdown", is_note=True)
    name, sha256 = shorten(title, NAME_LENGTH), hashlib.sha256(content).hexdigest()
    changed_at = note.changed_at if sha256 == note.sha256 else now
    return replace(
        note,
        name=name,
        sha256=sha256,
        size_bytes=len(content),
        status="waiting",
        problem="",
        changed_at=changed_at,
    )


async def words_of(note: Document, files: DocumentFiles, blobs: Blobs) -> str:
    """What stands in a note. Raises StorageError where its file is not here."""
    handle = await files.file(note.id) if note.size_bytes else None
    return text_of(await blobs.head(handle, 0, blobs.size(handle))) if handle is not None else ""


async def mended(note: Document, files: DocumentFiles, blobs: Blobs) -> Document:
    """A note whose record says what its file is: a page may have been closed between the two."""
    try:
        handle = await files.file(note.id)
        content = await blobs.head(handle, 0, blobs.size(handle))
    except StorageError:
        return note
    return replace(note, sha256=hashlib.sha256(content).hexdigest(), size_bytes=len(content))
