"""A package of Anki's (.apkg, .colpkg): a zip with a database, and media under numbers.

    with Package(path) as package:              # raises UnreadableDocument, EncryptedDocument
        package.form                            # "latest"
        package.collection()                    # the database, as bytes
        package.content(package.media[0])       # a picture

A newer Anki puts a database into its files that only says "please update", under the old name: which one counts is in
`meta`. Names of media come from whoever made the file: one that is more than a name is left out.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from app.core.anki import AnkiMedia, Skip
from app.core.documents import UnreadableDocument
from app.core.reading import Unreadable, read_object
from app.documents.anki.wire import Message
from app.documents.anki.zstd import unpacked
from app.documents.packed import Packed

MOST_MEDIA = 150_000  # names
MOST_COLLECTION = 400_000_000  # bytes of a database
MOST_MEDIUM = 30_000_000  # bytes of a picture or a sound
MOST_MAP = 40_000_000
MOST_NAME = 240  # bytes: more than file systems take
#: the database by the version in `meta`
_COLLECTIONS = {1: "collection.anki2", 2: "collection.anki21", 3: "collection.anki21b"}
_LATEST = 3
_FORBIDDEN = frozenset('/\\:*?"<>|')


class Package:
    """An open package. `skipped` counts media that cannot be taken, by why."""

    def __init__(self, path: Path) -> None:
        self._zip = Packed(path, MOST_MEDIA + 10, MOST_COLLECTION, 2 * MOST_COLLECTION)
        self._version = self._known_version()
        self.form: Literal["legacy", "latest"] = "latest" if self._version == _LATEST else "legacy"
        self.skipped: dict[Skip, int] = {}
        self.media = tuple(one for one in self._media() if self._can_be_taken(one))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._zip.__exit__(kind, error, at)

    def collection(self) -> bytes:
        """The database. Raises UnreadableDocument, EncryptedDocument."""
        data = self._zip.data(_COLLECTIONS[self._version])
        if not data:
            raise UnreadableDocument("damaged", "collection")
        return unpacked(data, MOST_COLLECTION) if self.form == "latest" else data

    def content(self, one: AnkiMedia) -> bytes:
        """A picture or a sound. Raises UnreadableDocument, EncryptedDocument."""
        data = self._zip.data(one.part) or b""
        return unpacked(data, MOST_MEDIUM) if self.form == "latest" else data

    def _known_version(self) -> int:
        if meta := self._zip.data("meta"):
            version = Message(meta).number(1)
            if version not in _COLLECTIONS:
                raise UnreadableDocument("unknown", f"meta: {version}")
            return version
        there = (version for version, name in sorted(_COLLECTIONS.items(), reverse=True) if name in self._zip)
        if version := next(there, 0):
            return version
        raise UnreadableDocument("unknown", "collection")

    def _media(self) -> list[AnkiMedia]:
        data = self._zip.data("media") or b""
        if self.form == "latest":
            rows = Message(unpacked(data, MOST_MAP)).parts(1) if data else []
            named = ((str(at), Message(row)) for at, row in enumerate(rows[:MOST_MEDIA]))
            return [AnkiMedia(row.text(1), part, row.number(2)) for part, row in named]
        try:
            found = read_object(data or b"{}")
        except Unreadable as error:
            raise UnreadableDocument("damaged", f"media: {error}") from error
        rest = list(found.items())[:MOST_MEDIA]
        return [AnkiMedia(str(name), part, self._zip.size(part)) for part, name in rest if part.isdigit()]

    def _can_be_taken(self, one: AnkiMedia) -> bool:
        why: Skip | None = None
        if not is_name(one.name):
            why = "media_name"
        elif one.part not in self._zip:
            why = "media_gone"
        elif max(one.size_bytes, self._zip.size(one.part)) > MOST_MEDIUM:
            why = "media_large"
        if why:
            self.skipped[why] = self.skipped.get(why, 0) + 1
        return why is None


def is_name(name: str) -> bool:
    """Whether a name of a picture is nothing but a name: no path, no drive, nothing that cannot be seen."""
    return (
        0 < len(name.encode("utf-8", "surrogatepass")) <= MOST_NAME
        and name.isprintable()
        and not _FORBIDDEN.intersection(name)
        and name.strip(" .") != ""
    )
