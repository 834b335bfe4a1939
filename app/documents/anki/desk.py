"""Anki's files where they are read and written: in the worker, and in tests.

desk = Desk(lambda handle: File(paths[handle]))
found = await desk.open(handle, "lisbon.apkg")      # an AnkiFile
await desk.notes(0, 200)                            # and its notes, until another one is opened
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence

from app.core.anki import AnkiFile, AnkiKind, AnkiMedia, AnkiNote
from app.core.documents import UnreadableDocument
from app.documents.anki.collection import Collection
from app.documents.anki.package import Package
from app.documents.anki.table import Table
from app.documents.anki.writing import NewPackage
from app.documents.files import File

MARK = b"PK"


class Desk:
    """One file at a time is read, and one is written. `file_of` gives the file of a handle."""

    def __init__(self, file_of: Callable[[object], File]) -> None:
        self._file_of = file_of
        self._open: Collection | Table | None = None
        self._new: NewPackage | None = None

    async def open(self, handle: object, name: str) -> AnkiFile:
        """What is in a file. Raises UnreadableDocument, EncryptedDocument."""
        await self.close()
        file = self._file_of(handle)
        if file.head(2) != MARK:
            self._open = table = Table(file.bytes(), name)
            return table.told()
        with Package(file.path) as package:
            self._open = found = Collection(package.collection())
            decks = tuple(sorted(set(found.decks.values())))
            skipped = tuple({**found.skipped, **package.skipped}.items())
            return AnkiFile(package.form, tuple(found.kinds.values()), decks, *found.counts, package.media, skipped)

    async def notes(self, at: int, count: int) -> tuple[AnkiNote, ...]:
        """Some of its notes. Raises UnreadableDocument, also where none is open any more."""
        if self._open is None:
            raise UnreadableDocument("failed", "closed")
        return self._open.notes(at, count)

    async def media(self, handle: object, wanted: Sequence[AnkiMedia]) -> tuple[str, ...]:
        """Pictures and sounds of a package as base64, "" where one cannot be read. Raises UnreadableDocument."""
        with Package(self._file_of(handle).path) as package:
            return tuple(_content(package, one) for one in wanted)

    async def close(self) -> None:
        """Free what is open."""
        if isinstance(self._open, Collection):
            self._open.close()
        self._open = None

    async def begin(self, kinds: Sequence[AnkiKind], today: float) -> None:
        """Begin a package. `today` is when the person's day began, in seconds since 1970."""
        self._new = NewPackage(kinds, today)

    async def add(self, notes: Sequence[AnkiNote], media: Sequence[tuple[str, str]]) -> None:
        """Put notes into it, and pictures and sounds as (name, base64). Raises UnreadableDocument where none is being
        written any more."""
        package = self._written()
        package.add(notes)
        for name, content in media:
            package.attach(name, b64decode(content))

    async def finish(self) -> str:
        """The package as base64. Raises what `add` raises."""
        package, self._new = self._written(), None
        return b64encode(package.finish()).decode("ascii")

    def _written(self) -> NewPackage:
        if self._new is None:
            raise UnreadableDocument("failed", "closed")
        return self._new


def _content(package: Package, one: AnkiMedia) -> str:
    try:
        return b64encode(package.content(one)).decode("ascii")
    except UnreadableDocument:  # costs this one only
        return ""
