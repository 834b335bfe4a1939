"""Reads what waits in the library, one document after the other, oldest first, by one page at a time.

    queue.start()                               # goes on with what waits, if it is not at it
    queue.progress()                            # Progress("3f2a", 12, 34, …): a signal
    await queue.stop("3f2a")                    # not now; the next visit reads it again

What is read is never half there: see `app.study.library.reading`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from app.core.document_files import LostFile
from app.core.documents import DocumentError, Librarian, Reading, TellPages
from app.core.errors import AppError
from app.core.jobs import Jobs
from app.core.ports import Clock, Tabs
from app.core.signals import Signal
from app.core.texts import Words, in_a_row
from app.study.library.documents import Document, Status
from app.study.library.reading import index, missing, read, text_of
from app.study.library.store import LibraryStore

JOB, DOCUMENT, HOLD = "library-read", "library-document", "library"  # names of jobs, and of what one page holds
STEP_SECONDS = 0.2  # between two steps of the bar


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the document is that is being read: pages done and in all (0 while that is not known), and about how many
    seconds are left, 0 while that cannot be told."""

    id: str
    done: int = 0
    total: int = 0
    seconds_left: float = 0.0


class ReadingQueue:
    """The documents of this library, and the work at them."""

    def __init__(
        self,
        jobs: Jobs,
        clock: Clock,
        store: LibraryStore,
        tabs: Tabs,
        words: Words,
        make: Callable[[], Librarian],
        on_indexed: Callable[[], None],
    ) -> None:
        self._jobs, self._clock, self._store, self._tabs = jobs, clock, store, tabs
        self._words, self._make, self._on_indexed = words, make, on_indexed
        self.documents: Signal[Mapping[str, Document]] = Signal({})
        self.progress: Signal[Progress | None] = Signal(None)
        self.stopped: Signal[frozenset[str]] = Signal(frozenset())  # not to be read in this visit
        self._is_index_known, self._mending = False, asyncio.Lock()

    @cached_property
    def librarian(self) -> Librarian:
        """Who reads and finds: its worker starts with the first question."""
        return self._make()

    def start(self) -> None:
        """Read what waits, if nobody is at it."""
        if not self._jobs.is_running(JOB) and self.documents():
            self._jobs.start(JOB, self._work())

    def look_again(self) -> None:
        """Documents have come back: the index is given what it lacks of them."""
        self.doubt_index()
        self.start()

    def doubt_index(self) -> None:
        """Documents have come or gone elsewhere: whoever searches next gives the index what it lacks."""
        self._is_index_known = False

    async def _work(self) -> None:
        await self._tabs.wait(HOLD)  # another page may be at it
        try:
            while (document := await self._next_known()) is not None:
                self._jobs.start(DOCUMENT, self._one(document))
                if await self._jobs.wait(DOCUMENT):  # no room for what was read, say: it was told
                    self.stopped.set(self.stopped() | {document.id})
        finally:
            await self._jobs.stop(DOCUMENT)  # it is no job of its own: what it writes may be about to be erased
            self._tabs.release(HOLD)

    async def _next_known(self) -> Document | None:
        """What is read next. Documents may have come back or gone during the last reading: the index knows first."""
        await self.ready()
        return self._next()

    def _next(self) -> Document | None:
        waiting = (one for one in self.documents().values() if one.status == "waiting")
        return min((one for one in waiting if one.id not in self.stopped()), key=lambda one: one.added_at, default=None)

    async def ready(self) -> None:
        """Until everything that was read can be found here. Raises what the librarian raises, StorageError."""
        async with self._mending:
            while not self._is_index_known:
                await self._mend()

    async def _mend(self) -> None:
        """Give the index what it lacks of what was read, and take out what is no document any more."""
        self._is_index_known = True  # of what is there now: what changes meanwhile is looked at again
        try:
            await self._give_and_take()
        except BaseException:
            self._is_index_known = False
            raise

    async def _give_and_take(self) -> None:
        lacking, foreign = missing(self.documents(), await self.librarian.known())
        if foreign:
            await self.librarian.drop(foreign)
        for document in lacking:
            reading = await text_of(self._store.files, document.id)
            if (now := self.documents().get(document.id)) is None:
                continue  # it was deleted meanwhile
            if reading is None:
                await self.keep(replace(now, status="waiting"))
            else:
                await self._give(now, reading)
        if lacking:
            self._on_indexed()

    async def _give(self, document: Document, reading: Reading) -> None:
        """Index what was read of a document. One that breaks the librarian twice, each time anew, keeps no other from
        being found: its row says so, and it can be read again."""
        for is_last in (False, True):
            try:
                await index(self.librarian, document, reading)
                return
            except DocumentError as error:  # another call may have ended it, the first time
                if is_last:
                    told = self._words(in_a_row(error.message, error.cure))
                    await self.keep(replace(document, status="failed", problem=told))

    async def _one(self, document: Document) -> None:
        """Read one document; what keeps it from being read is told in its row."""
        self.progress.set(Progress(document.id))
        try:
            after = await read(self.librarian, self._store.files, document, self._teller(document.id))
        except (DocumentError, LostFile) as error:
            after = replace(document, status="failed", problem=self._words(in_a_row(error.message, error.cure)))
            self._is_index_known = False  # the worker may have ended with what it had not written yet
        except asyncio.CancelledError:
            self._is_index_known = False
            raise
        finally:
            self.progress.set(None)
        now = self.documents().get(document.id)
        if now is None:
            await self.librarian.drop([document.id])
        elif (now.sha256, now.name) == (document.sha256, document.name):  # else it was written on, and still waits
            await self.keep(replace(after, notebook=now.notebook, opened_at=now.opened_at))  # or moved, opened
            self._on_indexed()

    def _teller(self, id: str) -> TellPages:
        """What hears how far the reading of a document is, and shows some of it."""
        began, shown = self._clock.tick(), [0.0]

        def tell(done: int, total: int) -> None:
            now = self._clock.tick()
            if now - shown[0] >= STEP_SECONDS:
                shown[0] = now
                left = (now - began) / done * (total - done) if done and total else 0.0
                self.progress.set(Progress(id, done, total, left))

        return tell

    async def keep(self, document: Document) -> None:
        """Show and write what a document is now. Raises StorageError."""
        if document.id in self.documents():
            self.documents.set({**self.documents(), document.id: document})
            await self._store.change(document)

    async def stop(self, id: str) -> None:
        """Read a document no further in this visit."""
        self.stopped.set(self.stopped() | {id})
        at = self.progress()
        if at and at.id == id:
            await self._jobs.stop(DOCUMENT)

    async def again(self, id: str) -> None:
        """Read a document that was stopped, or that failed. Raises StorageError."""
        document = self.documents().get(id)
        self.stopped.set(self.stopped() - {id})
        if document and document.status != "waiting":
            waiting: Status = "waiting"
            await self.keep(replace(document, status=waiting, problem=""))
        self.start()

    async def forget(self, ids: Sequence[str]) -> None:
        """Some documents are not here any more: they are not found from now on."""
        for id in ids:
            await self.stop(id)
        self.stopped.set(self.stopped() - set(ids))
        if self._is_index_known:
            try:
                await self.librarian.drop(ids)
            except AppError:  # what is left is taken out before anything else is read
                self._is_index_known = False
        if any(id in self.documents() for id in ids):  # they came back while the index was busy
            self.look_again()
