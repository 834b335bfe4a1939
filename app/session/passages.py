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
from app.core.ports import Clock
from app.core.signals import Signal
from app.session.library_queue import ReadingQueue
from app.session.page_shown import PageReader, Place
from app.session.searching import Searched, Searching
from app.session.settings import SearchKind
from app.study.library.documents import listed
from app.study.library.store import LibraryStore

if TYPE_CHECKING:
    from app.session.library import Library
    from app.session.meaning import Meaning

MOST_HITS = 30


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for some words. While it `is_searching`, what was found before stands."""

    words: str
    hits: tuple[Hit, ...] = ()
    is_searching: bool = False
    kind: SearchKind = "keyword"


class Passages:
    """The actions `passages:*`."""

    def __init__(
        self,
        jobs: Jobs,
        clock: Clock,
        store: LibraryStore,
        queue: ReadingQueue,
        searching: Searching,
        library: Callable[[], Library],
        meaning: Callable[[], Meaning],
    ) -> None:
        self._jobs, self._clock, self._store, self._queue = jobs, clock, store, queue
        self._searching, self._library, self._meaning = searching, library, meaning
        self.found: Signal[Found | None] = Signal(None)  # None: nothing is looked for
        self.reader = PageReader(jobs, clock, "library-page", store, queue, lambda: self._library().documents())
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
            self._show(words, await self._searching.search(words, chosen, MOST_HITS, by="keyword"), is_over=not ids)
            if words and ids:  # a model may take its time: what the words find is there
                await self._clock.sleep(self._meaning().pause_seconds)
                self._show(words, await self._searching.search(words, chosen, MOST_HITS), is_over=True)
        except AppError:
            self.found.set(Found(words))
            raise

    def _show(self, words: str, searched: Searched, *, is_over: bool) -> None:
        if words and self.found() is not None:
            here = self._library().documents()
            hits = tuple(hit for hit in searched.hits if hit.document in here)
            self.found.set(Found(words, hits, is_searching=not is_over, kind=searched.kind))

    # -- a page

    def look(self, id: str, address: str) -> None:
        """Show a page of a document."""
        self.reader.look(id, Place.of(address))

    def leave(self) -> None:
        """No page is shown any more."""
        self.reader.leave()
