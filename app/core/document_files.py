"""Where documents of the library lie: the file itself, and what was read in it.

    await files.keep(id, handle)                # durable when it returns
    reading = await files.text(id)              # "" before anything was read
    await files.drop([id])                      # the space comes back

A document's record (its name, its notebook, whether it was read) is on the shelf "documents"; here is what is large.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from app.core.errors import Corrupt
from app.core.texts import Text


class LostFile(Corrupt):
    """The file of a document cannot be read; what was read in it before is kept beside it."""

    message = Text("errors.lost_file")
    cure = Text("errors.lost_file_cure")


class DocumentFiles(Protocol):
    """Files and texts by the id of their document. Handles are what `Blobs` takes."""

    async def keep(self, id: str, handle: object) -> None:
        """Write the file durably, in the place of one that is there. Raises OutOfSpace, StorageError; what was there
        is there then."""

    async def keep_bytes(self, id: str, data: bytes) -> None:
        """The same of bytes: a file that comes out of a backup. Raises OutOfSpace, StorageError."""

    async def keep_text(self, id: str, text: str) -> None:
        """Write what was read in it durably. Raises OutOfSpace, StorageError."""

    async def file(self, id: str) -> object:
        """The file, of which the first and last byte were really read. Raises LostFile where it is not here."""

    async def text(self, id: str) -> str:
        """What was read in it, "" where nothing was. Raises StorageError."""

    async def ids(self) -> list[str]:
        """The documents of which anything lies here, as far as the browser tells. Raises StorageError."""

    async def drop(self, ids: Sequence[str]) -> None:
        """Delete all of them, so that the space really comes back. Raises StorageError."""
