"""What is found in the library, and the page of a document that is read.

    session.act("passages:find", "power iteration")     # session.passages.found(): Found(…), a signal
    session.passages.look("3f2a", "12-340-610")         # page 12 with these characters marked; passages.page()

A place in a document is written as in its address: the number of a page, then the first character that is marked and
the one behind the last.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.core.actions import action
from app.core.documents import Box, Heading, Hit, Reading
from app.core.errors import AppError, StorageError
from app.core.jobs import Jobs
from app.core.ports import Clock
from app.core.signals import Signal
from app.session.library_queue import ReadingQueue
from app.session.searching import Searched, Searching
from app.session.settings import SearchKind
from app.study.library.documents import Document, listed
from app.study.library.reading import text_of
from app.study.library.store import LibraryStore

if TYPE_CHECKING:
    from app.session.library import Library
    from app.session.meaning import Meaning

MOST_HITS = 30
PAGE_WIDTH = 1400  # pixels of a page's picture: sharp on a good screen


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for some words. While it `is_searching`, what was found before stands."""

    words: str
    hits: tuple[Hit, ...] = ()
    is_searching: bool = False
    kind: SearchKind = "keyword"


@dataclass(frozen=True, slots=True)
class Place:
    """A page, and what is marked on it: characters from `start` to before `end`."""

    number: int = 1
    start: int = 0
    end: int = 0

    @staticmethod
    def of(address: str) -> Place:
        """The place that an address names; the first page where it names none."""
        parts = [int(part) for part in address.split("-") if part.isascii() and part.isdigit() and len(part) < 10]
        number, start, end = (*parts, 0, 0, 0)[:3]
        return Place(max(1, number), start, max(start, end))

    def __str__(self) -> str:
        return f"{self.number}-{self.start}-{self.end}" if self.end else str(self.number)


@dataclass(frozen=True, slots=True)
class PageShown:
    """One page of a document: its text, and of a PDF its picture as a data URL and where on it the marked words stand,
    once they have come. `reading` is None where nothing was read."""

    document: str
    place: Place
    reading: Reading | None = None
    picture: str = ""
    boxes: tuple[Box, ...] = ()
    problem: AppError | None = None

    @property
    def text(self) -> str:
        """The words of the page."""
        pages = self.reading.pages if self.reading else ()
        return next((page.text for page in pages if page.number == self.place.number), "")

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The headings on it."""
        headings = self.reading.headings if self.reading else ()
        return tuple(one for one in headings if one.page == self.place.number)


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
        self.page: Signal[PageShown | None] = Signal(None)
        self._read: tuple[str, Reading | None] = ("", None)  # the version that was opened last, and what stands in it
        self._asked = ""  # the version that is shown, or about to be

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
        place = Place.of(address)
        shown = self.page()
        version = self._version(id)
        if shown is None or (shown.document, shown.place, self._asked) != (id, place, version):
            self._asked = version
            reading = self._read[1] if self._read[0] == version else None
            self.page.set(PageShown(id, place, reading))
            self._jobs.start("library-page", self._look(id, place, version))

    def _version(self, id: str) -> str:
        """What is read of a document now: a note is written on, and what waits has not been read yet."""
        document = self._library().documents().get(id)
        return f"{id} {document.sha256} {document.status}" if document else ""

    def leave(self) -> None:
        """No page is shown any more."""
        if self.page() is not None:
            self.page.set(None)
            self._jobs.start("library-page", self._left())

    async def _left(self) -> None:
        """In the place of a page that was still being drawn."""

    async def _look(self, id: str, place: Place, version: str) -> None:
        if self._read[0] != version:
            self._read = (version, await text_of(self._store.files, id))
            await self._note(id)
        self._turn(id, reading=self._read[1])
        document = self._library().documents().get(id)
        if document and _has_pictures(document, self._read[1]):
            await self._draw(id, place)

    async def _note(self, id: str) -> None:
        """It was opened: its vectors come first."""
        if document := self._library().documents().get(id):
            with suppress(StorageError):
                await self._queue.keep(replace(document, opened_at=self._clock.now()))

    async def _draw(self, id: str, place: Place) -> None:
        """The picture of a page, then where its marked words stand."""
        librarian = self._queue.librarian
        try:
            handle = await self._store.files.file(id)
            self._turn(id, picture=await librarian.page(handle, place.number, PAGE_WIDTH))
            if place.end:
                self._turn(id, boxes=await librarian.boxes(handle, place.number, place.start, place.end))
        except AppError as error:  # its text is there all the same
            self._turn(id, problem=error)

    def _turn(self, id: str, **changes: object) -> None:
        shown = self.page()
        if shown and shown.document == id:
            self.page.set(replace(shown, **changes))  # type: ignore[arg-type]


def _has_pictures(document: Document, reading: Reading | None) -> bool:
    return "pdf" in (document.kind, reading.kind if reading else "")
