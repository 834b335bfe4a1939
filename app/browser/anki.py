"""The `AnkiFiles` port: they are read and written by the librarian's worker, which has the whole standard library.

files = WorkerAnki(librarian.ask)
found = await files.open(file, "lisbon.apkg")       # a File or a Blob of the browser's
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict

from app.core.anki import AnkiFile, AnkiKind, AnkiMedia, AnkiNote
from app.core.shapes import decode, decode_as


class WorkerAnki:
    """`ask` asks the worker: the name of a call, what it is given, a file."""

    def __init__(self, ask: Callable[[str, list[object], object], Awaitable[object]]) -> None:
        self._ask = ask

    async def open(self, handle: object, name: str) -> AnkiFile:
        """Look into a file."""
        return decode(AnkiFile, await self._call("open", name, handle=handle))

    async def notes(self, at: int, count: int) -> tuple[AnkiNote, ...]:
        """So many of its notes."""
        return decode_as(tuple[AnkiNote, ...], await self._call("notes", at, count))

    async def media(self, handle: object, wanted: Sequence[AnkiMedia]) -> tuple[str, ...]:
        """Its pictures and sounds as base64."""
        return decode_as(tuple[str, ...], await self._call("media", list(map(asdict, wanted)), handle=handle))

    async def close(self) -> None:
        """Free what is open."""
        await self._call("close")

    async def begin(self, kinds: Sequence[AnkiKind], today: float) -> None:
        """Begin to write a package."""
        await self._call("begin", list(map(asdict, kinds)), today)

    async def add(self, notes: Sequence[AnkiNote], media: Sequence[tuple[str, str]]) -> None:
        """Put notes, pictures and sounds into it."""
        await self._call("add", list(map(asdict, notes)), list(media))

    async def finish(self) -> str:
        """The package as base64."""
        return decode_as(str, await self._call("finish"))

    async def _call(self, *given: object, handle: object = None) -> object:
        return await self._ask("anki", list(given), handle)
