"""A file that is read: where it lies, what it begins with, all of it where it is small enough."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import TypeAlias, TypeVar

from app.core.documents import Reading, UnreadableDocument

MOST_BYTES = 2_000_000_000  # of any file: what a page's interpreter can look at
MOST_TEXT_BYTES = 60_000_000  # of one that is read at once
HEAD = 4096

#: yields (pages done, pages in all) and returns what was read; closing it stops
Steps: TypeAlias = Generator[tuple[int, int], None, Reading]
T = TypeVar("T")


class File:
    """A file on disk: in the worker what the browser shows under a path, by reference."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)

    @property
    def size(self) -> int:
        """In bytes."""
        return self.path.stat().st_size

    def head(self, size: int = HEAD) -> bytes:
        """Its beginning."""
        with self.path.open("rb") as file:
            return file.read(size)

    def bytes(self) -> bytes:
        """All of it. Raises UnreadableDocument where it is larger than a text can be."""
        if self.size > MOST_TEXT_BYTES:
            raise UnreadableDocument("large")
        return self.path.read_bytes()


def finish(steps: Generator[object, None, T]) -> T:
    """What a reading gives, with nobody listening on the way."""
    while True:
        try:
            next(steps)
        except StopIteration as done:
            result: T = done.value
            return result
