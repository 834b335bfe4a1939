"""One page of a document on show, with a passage marked: in the Library, and beside a reply that cites it.

    reader = PageReader(jobs, clock, "library-page", store, queue, documents)
    reader.look("3f2a", Place.of("12-340-610"))     # page 12 with these characters marked; reader.page(), a signal

A place in a document is written as in its address: the number of a page, then the first character that is marked and
the one behind the last.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from app.core.documents import Box, Heading, PageDrawn, PageWanted, Reading
from app.core.errors import AppError, StorageError
from app.core.jobs import Jobs
from app.core.ports import Clock
from app.core.signals import Signal
from app.session.library_queue import ReadingQueue
from app.study.library.documents import Document
from app.study.library.reading import text_of
from app.study.library.store import LibraryStore

PATIENCE_SECONDS = 0.15  # a picture that comes sooner is not waited for in sight


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
    """One page of a document: its text, and of a PDF how many pixels its picture has and where on it the marked words
    stand, once they have come. `reading` is None where nothing was read. While it `is_coming`, its picture may be there
    in a moment: what is on the screen stays until then, so that a page is drawn once."""

    document: str
    place: Place
    reading: Reading | None = None
    is_read: bool = False  # whether what was read of it was looked for
    size: tuple[int, int] = (0, 0)
    boxes: tuple[Box, ...] = ()
    problem: AppError | None = None
    is_coming: bool = False

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


class PageReader:
    """Shows one page at a time; its jobs are named `name`. Another page takes the place of one that is being drawn."""

    def __init__(
        self,
        jobs: Jobs,
        clock: Clock,
        name: str,
        store: LibraryStore,
        queue: ReadingQueue,
        documents: Callable[[], Mapping[str, Document]],
    ) -> None:
        self._jobs, self._clock, self._name = jobs, clock, name
        self._store, self._queue, self._documents = store, queue, documents
        self.page: Signal[PageShown | None] = Signal(None)
        self._read: tuple[str, Reading | None] = ("", None)  # the version that was opened last, and what stands in it
        self._file: tuple[str, object] = ("", None)  # the same, and its file
        self._picture: object = None  # of the page, until it is taken
        self._asked: tuple[str, Place, str] | None = None  # the version that is shown, or about to be, and what of it

    def look(self, id: str, place: Place, words: str = "") -> None:
        """Show a page of a document. Where `words` are given, they are what is marked: also where they stand elsewhere
        on the page now, and nothing is where they are gone."""
        version = self._version(id)
        if self._asked != (version, place, words) or self.page() is None:
            self._asked, self._picture = (version, place, words), None
            is_read, document = self._read[0] == version, self._documents().get(id)
            reading = self._read[1] if is_read else None
            comes = document is not None and _has_pictures(document, reading)
            self.page.set(_settled(PageShown(id, place, reading, is_read, is_coming=comes), words))
            self._jobs.start(self._name, self._look(id, place, words, version))
            if comes:
                self._jobs.start(f"{self._name}-patience", self._be_patient())

    def prepare(self, id: str, number: int) -> None:
        """A page of a document may be asked for in a moment: who reads documents starts, and opens this one."""
        document, name = self._documents().get(id), f"{self._name}-near"
        if document and _has_pictures(document, None) and not self._jobs.is_running(name):
            self._jobs.start(name, self._prepare(document, number))

    async def _prepare(self, document: Document, number: int) -> None:
        """A picture of one pixel costs next to nothing. Whatever fails is told when the page is wanted."""
        with suppress(AppError):
            file = await self._file_of(document, self._version(document.id))
            wanted = PageWanted(document.id, document.sha256, number, width=1)
            await self._queue.librarian.page(file, wanted, lambda drawn: None)

    async def _file_of(self, document: Document, version: str) -> object:
        """The file, read once as long as it stays the same. Raises StorageError."""
        if self._file[0] != version:
            self._file = (version, await self._store.files.file(document.id))
        return self._file[1]

    async def _be_patient(self) -> None:
        """A picture that takes longer is waited for in sight."""
        await self._clock.sleep(PATIENCE_SECONDS)
        if (shown := self.page()) and shown.is_coming:
            self.page.set(replace(shown, is_coming=False))

    def _version(self, id: str) -> str:
        """What is read of a document now: a note is written on, and what waits has not been read yet."""
        document = self._documents().get(id)
        return f"{id} {document.sha256} {document.status}" if document else id

    def take(self) -> object:
        """The picture of the page that is shown, once: None where it was taken, or has not come."""
        picture, self._picture = self._picture, None
        return picture

    def leave(self) -> None:
        """No page is shown any more."""
        self._picture = None
        if self.page() is not None:
            self.page.set(None)
            self._jobs.start(self._name, self._left())

    async def _left(self) -> None:
        """In the place of a page that was still being drawn."""

    async def _look(self, id: str, place: Place, words: str, version: str) -> None:
        if is_first := self._read[0] != version:
            self._read = (version, await text_of(self._store.files, id))
        document = self._documents().get(id)
        comes, before = document is not None and _has_pictures(document, self._read[1]), self.page()
        is_coming = comes and before is not None and before.is_coming
        shown = _settled(PageShown(id, place, self._read[1], is_read=True, is_coming=is_coming), words)
        self.page.set(shown)
        if is_first:
            self._jobs.start(f"{self._name}-opened", self._note(id))
        if document and comes:
            await self._draw(document, shown.place, version)

    async def _note(self, id: str) -> None:
        """It was opened: its vectors come first."""
        if document := self._documents().get(id):
            with suppress(StorageError):
                await self._queue.keep(replace(document, opened_at=self._clock.now()))

    async def _draw(self, document: Document, place: Place, version: str) -> None:
        """The picture of a page, and where its marked words stand."""
        shown, asked = self.page(), self._asked
        text = shown.text if shown else ""
        wanted = PageWanted(document.id, document.sha256, place.number, place.start, place.end, text)

        def tell(drawn: PageDrawn) -> None:
            if self._asked is asked and self.page():  # this is stopped a moment after another page is asked for
                self._picture = drawn.picture
                self._show(document.id, size=(drawn.width, drawn.height), boxes=drawn.boxes)

        try:
            await self._queue.librarian.page(await self._file_of(document, version), wanted, tell)
        except AppError as error:  # its text is there all the same
            self._file, self._picture = ("", None), None  # it may have been told of before it failed
            self._show(document.id, size=(0, 0), boxes=(), problem=error)

    def _show(self, id: str, **changes: object) -> None:
        shown = self.page()
        if shown and shown.document == id:
            self.page.set(replace(shown, is_coming=False, **changes))  # type: ignore[arg-type]


def _settled(shown: PageShown, words: str) -> PageShown:
    """With the `words` marked where they stand on the page, before anybody sees it: what is brought into view must not
    move away again."""
    place = shown.place
    if not words or not shown.reading or shown.text[place.start : place.end] == words:
        return shown
    at = shown.text.find(words)
    return replace(shown, place=Place(place.number, at, at + len(words)) if at >= 0 else Place(place.number))


def _has_pictures(document: Document, reading: Reading | None) -> bool:
    return "pdf" in (document.kind, reading.kind if reading else "")
