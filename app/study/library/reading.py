"""Reads documents into the library: each whole or not at all.

    document = await read(librarian, files, waiting, tell)      # now "indexed", or "scan"
    reading = await text_of(files, document.id)                 # what was read, None where nothing was

What was read is kept first, then indexed; the record says last that it is there. A page that is closed in between
leaves a document that waits, and the next reading takes the place of all that was left.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, replace

from app.core.document_files import DocumentFiles
from app.core.documents import Librarian, Reading, TellPages
from app.core.reading import read_json
from app.core.shapes import Damaged, decode
from app.study.library.documents import Document


async def read(librarian: Librarian, files: DocumentFiles, document: Document, tell: TellPages) -> Document:
    """Read a document and index it; returns what its record is now. Raises StorageError, and what the librarian raises
    where it cannot be read."""
    if document.is_note and not document.size_bytes:
        await librarian.drop([document.id])
        return replace(document, kind="markdown", status="scan", pages=0, passages=0, problem="")
    reading = await librarian.read(await files.file(document.id), document.file_name, tell)
    await files.keep_text(document.id, json.dumps(asdict(reading)))
    return await index(librarian, document, reading)


async def index(librarian: Librarian, document: Document, reading: Reading) -> Document:
    """Index what was read of a document; returns what its record is now."""
    known = replace(
        document,
        kind=reading.kind,
        title=reading.title,
        language=reading.language,
        pages=len(reading.pages),
        problem="",
    )
    if not reading.has_text:
        await librarian.drop([document.id])
        return replace(known, status="scan", passages=0)
    passages = await librarian.keep(document.id, known.title or known.name, known.language, reading)
    return replace(known, status="indexed", passages=passages)


async def text_of(files: DocumentFiles, id: str) -> Reading | None:
    """What was read in a document, None where nothing was, or where it cannot be understood any more. Raises
    StorageError."""
    kept = await files.text(id)
    try:
        return decode(Reading, read_json(kept)) if kept else None
    except (Damaged, ValueError):
        return None


def missing(documents: Mapping[str, Document], known: Collection[str]) -> tuple[list[Document], list[str]]:
    """What the index lacks of the documents that were read, and what stands in it that is no document of this library:
    `known` has the id of each document in it. A new version of a file is another document."""
    lacking = [one for one in documents.values() if one.has_text and one.id not in known]
    foreign = [id for id in known if id not in documents]
    return lacking, foreign
