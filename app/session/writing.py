"""Study notes from documents: what the next one is to be, written, stopped, gone on with; what a note's numbers cite.

    session.act("writing:open", "document/3f2a")    # the sheet, about that document; "notebook/…", "some"
    session.act("writing:form", "cornell")
    session.act("writing:start", {"arg": ""})       # it is written in the background, then a note of the library
    session.writing.of("8c1d")                      # how the note of that id was written, None for any other

How it is written is `app.session.writing_queue`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from app.core.actions import Field, Switch, action
from app.core.commands import Focus, Persist
from app.core.documents import Passage
from app.core.errors import AppError
from app.core.jobs import Jobs
from app.core.ports import Clock, Page
from app.core.signals import Signal
from app.core.text import shorten
from app.core.texts import Text, TextOrWords, Words
from app.core.values import Model
from app.session.library import Library
from app.session.library_queue import ReadingQueue
from app.session.notes import OpenNote
from app.session.notices import Notices, Shown, Toast
from app.session.state import Opening, State
from app.session.steady import steady
from app.session.subject import EVERYTHING, SOME, Subject
from app.session.undo import Undos
from app.session.writing_queue import WritingQueue
from app.study.ask import Ask
from app.study.chats import new_id
from app.study.cited import Cited
from app.study.features import NOTES
from app.study.library.documents import Document
from app.study.library.meaning import is_private
from app.study.library.reading import text_of
from app.study.library.store import LibraryStore
from app.study.writing.alone import headings_of, terms_of
from app.study.writing.asking import cited
from app.study.writing.markdown import NAMES
from app.study.writing.record import (
    ALONE,
    FORMS,
    NAME_LENGTH,
    Form,
    Writing,
    shares,
    with_points,
)
from app.study.writing.store import WritingStore

SHEET, NEW = "writing", "make-notes"
FEW_POINTS = 20  # from which on a model's share says something
MOST_TERMS = 400


EVERY = Subject()


class NothingToWrite(AppError):
    """There is nothing that such a note could be made of."""

    message = Text("writing.nothing")
    cure = Text("writing.nothing_cure")
    again = False


@dataclass(frozen=True, slots=True)
class Wish:
    """What the next note is to be."""

    subject: Subject = EVERY
    form: Form = "summary"
    by_model: bool = True


@dataclass(frozen=True, slots=True)
class Sent:
    """A form without fields of its own, as the page sends it."""

    arg: str = ""


class Writings:
    """The actions `writing:*`."""

    def __init__(
        self,
        state: State,
        notices: Notices,
        jobs: Jobs,
        page: Page,
        clock: Clock,
        words: Words,
        store: WritingStore,
        queue: WritingQueue,
        reading: ReadingQueue,
        files: LibraryStore,
        library: Callable[[], Library],
        ask: Callable[[], Ask],
    ) -> None:
        self._state, self._notices, self._jobs, self._page, self._clock = state, notices, jobs, page, clock
        self._words, self._store, self.queue, self._reading, self._files = words, store, queue, reading, files
        self._library, self._ask = library, ask
        self.is_known, self.is_starting = Signal(False), Signal(False)
        self.wish: Signal[Wish] = Signal(Wish())
        self._undos: Undos[Writing] = Undos(notices, jobs, clock, "writing:undo")

    # -- what is there

    def begin(self) -> None:
        """Read what is kept, and go on with what is being written."""
        if not self.is_known() and not self._jobs.is_running("writing-read"):
            self._jobs.start("writing-read", self.refresh())

    async def refresh(self) -> None:
        """Show what is kept now. Raises StorageError."""
        writings = await steady(self.queue.writings, self._store.all)
        self.queue.writings.set(writings)
        self.is_known.set(True)
        if first := self.queue.first(writings.values()):
            self.queue.go_on(first)

    def changed(self) -> None:
        """Another page, or an import, has changed what is kept."""
        if self.is_known():
            self._jobs.start("writing-read", self.refresh())

    def of(self, id: str) -> Writing | None:
        """How a note was written, None where it was not written from documents."""
        return self.queue.writings().get(id)

    def said(self, id: str, note: OpenNote | None) -> tuple[str, tuple[Cited, ...]]:
        """The words of a note that is open, and the passages that its numbers cite."""
        writing = self.of(id)
        return (note.text, writing.passages) if writing and note and note.id == id else ("", ())

    def under_way(self) -> list[Writing]:
        """What is no note yet, the oldest first."""
        unfinished = (one for one in self.queue.writings().values() if one.state != "done")
        return sorted(unfinished, key=lambda one: one.made_at)

    def share(self, model: str) -> tuple[int, int] | None:
        """How many of a model's points held, of how many; None where that says too little."""
        found = shares(self.queue.writings().values()).get(model)
        return found if found and found[1] >= FEW_POINTS else None

    async def keep_here(self, documents: Collection[str]) -> None:
        """Documents may not leave this device from now on. Nor may the notes that were written from them: they go to
        the private notebook that one of these lies in. Raises StorageError."""
        await self._library().ready()
        if not self.is_known():
            await self.refresh()
        library, private = self._library(), set(documents)
        written = [one for one in self.queue.writings().values() if not private.isdisjoint(one.documents)]
        notes = [one for one in written if one.id in library.documents() and not library.stays(one.id)]
        for one in notes:
            await library.move(Field(one.id, self.queue.notebook_of(one)))
        if notes:
            told = Text("writing.moved_private", count=len(notes))
            self._notices.show(Shown("notes-private", told, "", "info", everywhere=True))

    # -- what the next one is to be

    @action("writing:open", str)
    def open(self, about: str) -> None:
        """Open the sheet, about a document, a notebook, or some documents that are chosen there; the only one is."""
        self._library().know()
        self.begin()
        readable = sum(one.has_text for one in self._library().documents().values())
        self.wish.set(replace(self.wish(), subject=Subject(about or (SOME if readable > 1 else EVERYTHING))))
        self._state.sheet.set(Opening(SHEET))

    @action("writing:about", str)
    def about(self, what: str) -> None:
        """A notebook, one document, some that are chosen, or all."""
        self._now(subject=replace(self.wish().subject, about=what))

    @action("writing:document", Switch)
    def document(self, one: Switch) -> None:
        """Whether a document is among the chosen ones."""
        self._now(subject=self.wish().subject.with_document(one.arg, is_in=one.value))

    @action("writing:form", str)
    def form(self, name: str) -> None:
        """What kind of note."""
        self._now(form=next((one for one in FORMS if one == name), self.wish().form))

    @action("writing:by-model", bool)
    def by_model(self, is_on: bool) -> None:
        """Whether a model writes it."""
        self._now(by_model=is_on)

    def _now(self, **changes: object) -> None:
        self.wish.set(replace(self.wish(), **changes))  # type: ignore[arg-type]

    def documents(self) -> list[Document]:
        """What it would be written from, as the person added it."""
        every = self.wish().subject.documents(self._library())
        return sorted(every, key=lambda one: (one.added_at, one.name))

    @property
    def is_private(self) -> bool:
        """Whether nothing of it may leave this device."""
        notebooks = self._library().notebooks()
        return any(is_private(one, notebooks) for one in self.documents())

    def writer(self) -> Model | None:
        """Who would write it now, None for nobody."""
        model = self._ask().model_for(NOTES, stays_here=self.is_private)
        return model if model and model.id else None

    @property
    def uses_model(self) -> bool:
        """Whether a model writes the next note."""
        return self.writer() is not None and self.wish().by_model

    @property
    def can_start(self) -> bool:
        """Whether there is something to write, and somebody who can."""
        return bool(self.documents()) and (self.uses_model or self.wish().form in ALONE)

    # -- writing

    @action("writing:start", Sent)
    async def start(self, _form: Sent) -> None:
        """Write it. Raises NothingToWrite, StorageError, what the librarian raises."""
        if self.is_starting() or not self.can_start:
            return
        self.is_starting.set(True)
        try:
            await self._start()
        finally:
            self.is_starting.set(False)

    async def _start(self) -> None:
        documents, writer, form = self.documents(), self.writer(), self.wish().form
        writing = Writing(
            new_id(),
            shorten(self._words(NAMES[form](self._words(self._about(documents)))), NAME_LENGTH),
            form,
            tuple(one.id for one in documents),
            tuple(one.name for one in documents),
            self._notebook(documents),
            writer.name if writer and self.uses_model else "",
            self.is_private,
            total=sum(one.passages for one in documents),
            made_at=self._clock.now(),
        )
        await self._reading.ready()
        if not writing.model:
            await self.queue.end(await self._alone(writing, documents))
        else:
            await self.queue.keep(writing)
            self.queue.go_on(writing.id)
        self._page.do(Persist())
        self._state.sheet.set(None)

    def _about(self, documents: list[Document]) -> TextOrWords:
        """What the note is about, in its name."""
        kind, _, id = self.wish().subject.about.partition("/")
        notebook = self._library().notebooks().get(id) if kind == "notebook" else None
        if notebook:
            return notebook.name
        return documents[0].name if len(documents) == 1 else Text("quiz.some_documents", count=len(documents))

    def _notebook(self, documents: list[Document]) -> str:
        """Where the note goes: beside its documents, and to a private one where any of them is private."""
        notebooks = self._library().notebooks()
        private = [one.notebook for one in documents if is_private(one, notebooks)]
        places = {one.notebook for one in documents}
        return private[0] if private else places.pop() if len(places) == 1 else ""

    async def _alone(self, writing: Writing, documents: list[Document]) -> Writing:
        """An outline of the headings, or a glossary of the sentences that define a term. Raises NothingToWrite."""
        for document in documents:
            if writing.form == "outline":
                reading = await text_of(self._files.files, document.id)
                passages = await self._passages(document, range(document.passages))
                points = headings_of(reading.headings if reading else (), passages)
            else:
                found = await self._reading.librarian.definitions([document.id], MOST_TERMS)
                passages = await self._passages(document, [one.passage for one in found])
                points = terms_of(found, passages)
            writing = with_points(writing, points, cited(passages, document.name))
        if not writing.points:
            raise NothingToWrite
        return replace(writing, document=len(documents), read=writing.total)

    async def _passages(self, document: Document, numbers: range | list[int]) -> tuple[Passage, ...]:
        places = [(document.id, number) for number in sorted(set(numbers))]
        return await self._reading.librarian.around(places, 0) if places else ()

    def told(self, writing: Writing) -> None:
        """Say that a note is there."""
        told, way = Text("writing.ready", name=writing.name), f"#/library/{writing.id}"
        self._notices.toast(Toast(f"note-{writing.id}", told, (Text("notes.open"), "page:visit", way)))

    @action("writing:stop")
    async def stop(self) -> None:
        """Write no further for now. Raises StorageError."""
        await self.queue.stop()

    @action("writing:go-on", str)
    async def go_on(self, id: str) -> None:
        """Write what is lacking. Raises StorageError."""
        await self.queue.resume(id)

    @action("writing:end", str)
    async def end(self, id: str) -> None:
        """Make a note of what is there. Raises StorageError."""
        if (writing := self.of(id)) and writing.points:
            if self.queue.is_at(writing):
                await self.queue.stop()
                writing = self.of(id) or writing
            await self.queue.end(writing)

    @action("writing:delete", str)
    async def delete(self, id: str) -> None:
        """Give up what is no note yet; it can be brought back for a while. Raises StorageError."""
        writing = self.of(id)
        if writing is None or writing.state == "done":
            return
        if self.queue.is_at(writing):
            await self.queue.stop()
        writing = replace(self.of(id) or writing, state="stopped")
        await self._store.remove(id)
        self.queue.writings.set({key: one for key, one in self.queue.writings().items() if key != id})
        self._undos.offer(writing, Text("library.deleted", name=writing.name))
        self._page.do(Focus(NEW))

    @action("writing:undo", str)
    async def undo(self, token: str) -> None:
        """Bring back what was given up. Raises StorageError."""
        await self._undos.undo(token, self.queue.keep)
