"""What is found in the library, and the page of a document that is read.

session.act("passages:find", "power iteration")     # session.passages.found(): Found(…), a signal
session.passages.look("3f2a", "12-340-610")         # page 12 with these characters marked; passages.page()
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.core.actions import action
from app.core.documents import Hit
from app.core.errors import AppError
from app.core.jobs import Jobs
from app.core.signals import Signal
from app.session.library_queue import ReadingQueue
from app.session.page_shown import PageReader, Place
from app.session.searching import Searching
from app.study.library.documents import listed
from app.study.library.store import LibraryStore

if TYPE_CHECKING:
    from app.session.library import Library

MOST_HITS = 30


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for some words. While it `is_searching`, what was found before stands."""

    words: str
    hits: tuple[Hit, ...] = ()
    is_searching: bool = False


class Passages:
    """The actions `passages:*`."""

    def __init__(
        self, jobs: Jobs, store: LibraryStore, queue: ReadingQueue, searching: Searching, library: Callable[[], Library]
    ) -> None:
        self._jobs, self._store, self._queue, self._library = jobs, store, queue, library
        self._searching = searching
        self.found: Signal[Found | None] = Signal(None)  # None: nothing is looked for
        self.reader = PageReader(jobs, "library-page", store, queue, lambda: self._library().documents())
        self.page = self.reader.page

    @action("passages:find", str)
    def find(self, typed: str) -> None:
        """Find passages for what stands in the field; only the latest words count."""
        words = " ".join(typed.split())
        before = self.found()
        self.found.set(Found(words, before.hits if before else (), is_searching=True) if words else None)
        self._jobs.start("passages", self._find(words))  # in the place of one that is under way

    def find_again(self) -> None:
        """Other documents are on show: look in those."""
        if found := self.found():
            self.find(found.words)

    async def _find(self, words: str) -> None:
        library = self._library()
        ids = [one.id for one in listed(library.documents().values(), library.notebook()) if one.has_text]
        chosen = ids if library.notebook() else None
        try:
            hits = (await self._searching.search(words, chosen, MOST_HITS)).hits if ids else ()
        except AppError:
            self.found.set(Found(words))
            raise
        if words and self.found() is not None:
            here = library.documents()
            self.found.set(Found(words, tuple(hit for hit in hits if hit.document in here)))

    # -- a page

    def look(self, id: str, address: str) -> None:
        """Show a page of a document."""
        self.reader.look(id, Place.of(address))

    def leave(self) -> None:
        """No page is shown any more."""
        self.reader.leave()
