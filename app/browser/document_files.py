"""Documents' files and texts in IndexedDB. Python sees ids and texts; the bytes of files stay in the browser."""

from __future__ import annotations

import json
from collections.abc import Sequence

from pyscript.js_modules import storage

from app.browser.ffi import blob_of
from app.browser.storage_errors import stored
from app.core.document_files import LostFile
from app.core.errors import Corrupt


class IndexedDocuments:
    """The `DocumentFiles` port over `static/js/storage/documents.js`. Handles are JavaScript Blobs."""

    async def keep(self, id: str, handle: object) -> None:
        """Write the file durably."""
        await stored(storage.keepDocument(id, handle))

    async def keep_bytes(self, id: str, data: bytes) -> None:
        """Write a file of these bytes."""
        await stored(storage.keepDocument(id, blob_of(data)))

    async def keep_text(self, id: str, text: str) -> None:
        """Write what was read in it durably."""
        await stored(storage.keepDocumentText(id, text))

    async def file(self, id: str) -> object:
        """The file as a Blob. Raises LostFile, StorageError."""
        try:
            handle: object = await stored(storage.documentFile(id))
        except Corrupt as error:
            raise LostFile(detail=error.detail) from error
        return handle

    async def text(self, id: str) -> str:
        """What was read in it, "" where nothing was."""
        return str(await stored(storage.documentText(id)))

    async def ids(self) -> list[str]:
        """The documents of which anything lies here."""
        found: list[str] = json.loads(await stored(storage.documentIds()))
        return found

    async def drop(self, ids: Sequence[str]) -> None:
        """Delete their databases."""
        await stored(storage.dropDocuments(json.dumps(list(ids))))
