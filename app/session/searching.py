"""Finds passages in the person's documents: the one way in, for the Library's search and for replies with sources.

    found = await session.searching.search("flood tide", None, 20)      # Searched((Hit(…), …), "keyword")
    await session.searching.search(question, ("3f2a",), 8, is_private=chat.is_private)

How it searches follows what is there. Raises what the librarian raises.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.core.documents import Hit
from app.session.library_queue import ReadingQueue

#: by the words themselves, by what is meant, or by both
SearchKind = Literal["keyword", "vector", "hybrid"]


@dataclass(frozen=True, slots=True)
class Searched:
    """What was found, best first, and how."""

    hits: tuple[Hit, ...]
    kind: SearchKind = "keyword"


class Searching:
    """Over all documents that are indexed, of this page's library."""

    def __init__(self, queue: ReadingQueue) -> None:
        self._queue = queue

    async def search(
        self,
        words: str,
        documents: Sequence[str] | None,
        limit: int,
        *,
        by: SearchKind | None = None,
        is_private: bool = False,
    ) -> Searched:
        """The best passages for some words, best first, in these documents (None: in all). The words of what
        `is_private` leave this device for no search."""
        if not words.strip() or (documents is not None and not documents):
            return Searched(())
        return Searched(await self._queue.librarian.find(words, documents, limit))
