"""Keeps how study notes are written, by the ids of the notes.

store = WritingStore(records)
await store.keep(writing)
"""

from __future__ import annotations

from dataclasses import asdict

from app.records.checked import CheckedRecords
from app.study.writing.record import Writing, writing_from

SHELF = "writings"


class WritingStore:
    """One shelf."""

    def __init__(self, records: CheckedRecords) -> None:
        self._records = records

    async def all(self) -> dict[str, Writing]:
        """Everything there is, by id. Raises StorageError."""
        return {one.id: one for one in map(writing_from, await self._records.all(SHELF))}

    async def writing(self, id: str) -> Writing | None:
        """One as it is kept now. Raises StorageError."""
        [found] = await self._records.get(SHELF, [id])
        return writing_from(found) if found else None

    async def keep(self, writing: Writing) -> None:
        """Keep one, in the place of what was there of it. Raises OutOfSpace, StorageError."""
        await self._records.write([(SHELF, writing.id, asdict(writing))])

    async def remove(self, id: str) -> None:
        """Delete one. Raises StorageError."""
        await self._records.write([], [(SHELF, id)])
