"""The person's documents: added, listed, put into notebooks, deleted, saved again as files.

    session.act("library:add", Picked(…))           # files that were picked, dropped or pasted, or a whole folder
    session.library.documents()                     # {"3f2a": Document(…)}: a signal, like all that the page shows

What reads documents is `app.session.library_queue`, what finds in them `app.session.passages`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.core.actions import Field, Picked, PickedFile, Switch, action
from app.core.commands import Focus, Persist, Route, SaveFile, Say
from app.core.errors import AppError, OutOfSpace, StorageError
from app.core.jobs import Jobs
from app.core.ports import Blobs, Clock, Hasher, Page
from app.core.signals import Signal
from app.core.text import shorten
from app.core.texts import Size, Text, TextOrWords, in_a_row
from app.session.chats import Chats
from app.session.library_queue import ReadingQueue
from app.session.library_undo import Removals, Removed
from app.session.notices import Notices, Shown
from app.session.state import State
from app.session.steady import steady
from app.study.chats import new_id
from app.study.file_kinds import HEAD, is_of_anki, may_be_document
from app.study.library.carrying import has_file
from app.study.library.documents import MOST_BYTES, NAME_LENGTH, NOTEBOOK_LENGTH, Document, Notebook, listed, version_of
from app.study.library.meaning import is_private, stays
from app.study.library.notes import mended
from app.study.library.store import LibraryStore

MOST_TOLD = 5  # of the files that were not added


@dataclass(frozen=True, slots=True)
class Newer:
    """A picked file of a name that is here already, with other content: it waits for the person's word."""

    id: str
    name: str
    sha256: str
    size_bytes: int
    handle: object
    older: str
    folder: str = ""


class NotAdded(AppError):
    """Why a file is not added; its words say what helps, too."""

    cure = ""


class Library:
    """The actions `library:*`."""

    def __init__(
        self,
        state: State,
        notices: Notices,
        jobs: Jobs,
        page: Page,
        clock: Clock,
        blobs: Blobs,
        hasher: Hasher,
        store: LibraryStore,
        queue: ReadingQueue,
        chats: Chats,
        find_again: Callable[[], None],
        keep_here: Callable[[Collection[str]], Awaitable[None]],
        bring_cards: Callable[[Picked], None],
    ) -> None:
        self._state, self._notices, self._jobs, self._page, self._clock = state, notices, jobs, page, clock
        self._blobs, self._hasher, self._store, self._queue = blobs, hasher, store, queue
        self._chats, self._find_again, self._keep_here = chats, find_again, keep_here
        self._bring_cards = bring_cards
        self.documents, self.progress, self.stopped = queue.documents, queue.progress, queue.stopped
        self.notebooks: Signal[Mapping[str, Notebook]] = Signal({})
        self.notebook = Signal("")  # the one that is on show, "" for all
        self.is_known = Signal(False)  # whether what is kept was read
        self.adding = Signal(0)  # files that are being taken in
        self.newer: Signal[tuple[Newer, ...]] = Signal(())
        self.naming: Signal[str | None] = Signal(None)  # the notebook whose name is typed, "" for a new one
        self.shows_all = Signal(False)  # a long list is shown in part at first
        self._removals = Removals(notices, jobs, clock, store, self.documents, self.notebooks)
        self._has_begun = False

    # -- what is there

    def know(self) -> None:
        """The search over everything is open: read what is kept, no more."""
        if not self.is_known() and not self._jobs.is_running("library-refresh"):
            self._jobs.start("library-refresh", self.refresh())

    def begin(self) -> None:
        """The page is opened: read what is kept, free what no record names, and read on what waits."""
        if not self._has_begun:
            self._has_begun = True
            self._jobs.start("library", self._begin())

    async def _begin(self) -> None:
        await self.refresh()
        await self._store.sweep()
        await self._mend_notes()
        self._queue.start()

    async def _mend_notes(self) -> None:
        """A page that was closed while it wrote a note may have left its record behind its words."""
        for note in [one for one in self.documents().values() if one.is_note and one.status == "waiting"]:
            if (now := await mended(note, self._store.files, self._blobs)) != note:
                await self._queue.keep(now)

    async def refresh(self) -> None:
        """Show what is kept now. Raises StorageError."""
        documents, notebooks = await steady(lambda: (self.documents(), self.notebooks()), self._store.all)
        self.notebooks.set(notebooks)
        self.documents.set(documents)
        self.is_known.set(True)
        self._queue.doubt_index()  # a chat may ask documents, though nothing is read here
        if self.notebook() not in notebooks:
            self.notebook.set("")

    async def ready(self) -> None:
        """Until what is kept was read. Raises StorageError."""
        if not self.is_known():
            await self.refresh()

    def stays(self, id: str) -> bool:
        """Whether nothing of a document may leave this device, as it is now."""
        return stays(id, self.documents(), self.notebooks())

    def changed(self) -> None:
        """Another page, or an import, has changed what is kept."""
        if self._has_begun:
            self._jobs.start("library", self._read_on())
        elif self.is_known():
            self._jobs.start("library-refresh", self.refresh())

    async def _read_on(self) -> None:
        await self.refresh()
        self._queue.look_again()

    @property
    def shown(self) -> tuple[Document, ...]:
        """The documents that are listed."""
        return listed(self.documents().values(), self.notebook())

    @action("library:all")
    def show_all(self) -> None:
        """List all documents, however many there are."""
        self.shows_all.set(True)

    # -- adding

    @action("library:add", Picked)
    def add(self, picked: Picked) -> None:
        """Add files to the notebook that is on show. Cards of Anki's go where cards are."""
        cards = tuple(file for file in picked.files if is_of_anki(file.name))
        if files := tuple(file for file in picked.files if file not in cards):
            self._jobs.start(f"library-add:{new_id()}", self.take(files, self.notebook()))
        if cards:
            self._bring_cards(Picked(cards))

    async def take(self, files: Sequence[PickedFile], notebook: str) -> list[Document]:
        """Add files to a notebook ("" for none), and say which were not; gives those that were. Raises StorageError."""
        refused, added, left = list[TextOrWords](), list[Document](), 0
        self.adding.set(self.adding() + len(files))
        await self.ready()  # else the same content would not be noticed
        for at, file in enumerate(files):
            try:
                if one := await self._one(file, notebook):
                    added.append(one)
            except StorageError as error:  # no room for this one, and for none that follows
                message = Text("library.no_room", name=file.name) if isinstance(error, OutOfSpace) else error.message
                refused.insert(0, in_a_row(message, error.cure))
                left = len(files) - at - 1
                self.adding.set(self.adding() - left - 1)
                break
            except AppError as error:
                refused.append(in_a_row(error.message, error.cure))
            self.adding.set(self.adding() - 1)
        if added:
            self._page.do(Persist())
            self._page.do(Say(Text("library.added", count=len(added))))
        self._tell(refused, left)
        return added

    def _tell(self, refused: Sequence[TextOrWords], left: int) -> None:
        """Say which files were not added, and how many were not looked at."""
        if refused:
            more = len(refused[MOST_TOLD:]) + left
            counted = [Text("library.more_refused", count=more)] if more else []
            self._notices.show(Shown("refused", in_a_row(*refused[:MOST_TOLD], *counted), "", "info"))

    async def _one(self, file: PickedFile, notebook: str) -> Document | None:
        """Add one file; None where it waits for the person's word. Raises NotAdded, StorageError."""
        name, size = shorten(file.name, NAME_LENGTH) or "?", self._blobs.size(file.handle)
        if size > MOST_BYTES:
            raise NotAdded(Text("library.too_large", name=name, size=Size(size), most=Size(MOST_BYTES)))
        try:
            head = await self._blobs.head(file.handle, 0, min(size, HEAD))
            if not may_be_document(head, name, size):
                raise NotAdded(Text("library.no_document", name=name))
            sha256 = (await self._hasher.add(file.handle)).sha256
        except StorageError as error:  # a folder, or what was moved meanwhile
            raise NotAdded(Text("library.not_readable", name=name)) from error
        here = self.documents().values()
        if same := next((one for one in here if one.sha256 == sha256), None):
            if not await has_file(self._store.files, same.id):
                await self._store.files.keep(same.id, file.handle)
                await self._queue.again(same.id)
                return same
            told = Text("library.same", name=name, other=same.name)
            raise NotAdded(told if same.name != name else Text("library.same_name", name=name))
        folder = shorten(file.folder, NAME_LENGTH)
        if older := version_of(here, name, folder, notebook):
            self.newer.set((*self.newer(), Newer(new_id(), name, sha256, size, file.handle, older.id, folder)))
            return None
        document = Document(new_id(), name, sha256, size, self._clock.now(), notebook, folder=folder)
        return await self._keep(document, file.handle)

    async def _keep(self, document: Document, handle: object, older: Document | None = None) -> Document:
        try:
            await self._store.add(document, handle, older)
        except OutOfSpace:
            if not await self._removals.give_room():
                raise
            await self._store.add(document, handle, older)
        others = {id: one for id, one in self.documents().items() if older is None or id != older.id}
        self.documents.set({**others, document.id: document})
        if older:
            await self._queue.forget([older.id])
        self._queue.start()
        return document

    @action("library:replace", str)
    async def replace(self, id: str) -> None:
        """Put a newer version in the place of the one that is here. Raises StorageError."""
        await self._answer(id, instead=True)

    @action("library:keep-both", str)
    async def keep_both(self, id: str) -> None:
        """Add a file of a name that is here already. Raises StorageError."""
        await self._answer(id, instead=False)

    @action("library:leave-out", str)
    def leave_out(self, id: str) -> None:
        """Do not add it."""
        self.newer.set(tuple(one for one in self.newer() if one.id != id))

    async def _answer(self, id: str, *, instead: bool) -> None:
        one = next((one for one in self.newer() if one.id == id), None)
        if one is None:
            return
        self.leave_out(id)
        older = self.documents().get(one.older)
        notebook = older.notebook if older else self.notebook()
        document = Document(
            new_id(), one.name, one.sha256, one.size_bytes, self._clock.now(), notebook, folder=one.folder
        )
        await self._keep(document, one.handle, older if instead else None)
        self._page.do(Say(Text("library.added", count=1)))

    @action("library:address", str)
    def address(self, address: str) -> None:
        """An address was pasted: no page is fetched for the library."""
        self._notices.show(Shown("refused", Text("library.address", address=shorten(address, 80)), "", "info"))

    # -- reading

    @action("library:stop", str)
    async def stop(self, id: str) -> None:
        """Read a document no further for now; the next ones follow."""
        await self._queue.stop(id)

    @action("library:read", str)
    async def read(self, id: str) -> None:
        """Read a document that was stopped, or once more after it failed. Raises StorageError."""
        await self._queue.again(id)

    # -- a document

    @action("library:move", Field)
    async def move(self, field: Field) -> None:
        """Put a document into a notebook, "" for none. Raises StorageError."""
        document = self.documents().get(field.arg)
        if document and (not field.value or field.value in self.notebooks()):
            await self._queue.keep(now := replace(document, notebook=field.value))
            if is_private(now, self.notebooks()):
                await self._keep_here([now.id])

    @action("library:move-chat", Field)
    async def move_chat(self, field: Field) -> None:
        """Put a chat into a notebook, "" for none. Raises StorageError."""
        if not field.value or field.value in self.notebooks():
            await self._chats.keep(field.arg, notebook=field.value)

    @action("library:save", str)
    async def save(self, id: str) -> None:
        """Save a document's file, as it was added. Raises LostFile."""
        if document := self.documents().get(id):
            self._page.do(SaveFile(await self._store.files.file(id), document.file_name))

    @action("library:delete", str)
    async def delete(self, id: str) -> None:
        """Delete a document, with a way back. Raises StorageError."""
        if (document := self.documents().get(id)) is None:
            return
        await self._store.remove([document])
        self.documents.set({key: one for key, one in self.documents().items() if key != id})
        if self._state.section() == id:
            self._page.do(Route("#/library"))
            self._state.section.set("")
        self._removals.offer(Removed((document,)), Text("library.deleted", name=document.name))
        await self._queue.forget([id])

    @action("library:undo", str)
    async def undo(self, token: str) -> None:
        """Bring back what was deleted. Raises StorageError."""
        if await self._removals.undo(token):
            self._queue.look_again()

    # -- notebooks

    @action("library:show", str)
    def show(self, id: str) -> None:
        """List the documents of a notebook, "" for all."""
        self.notebook.set(id if id in self.notebooks() else "")
        self._find_again()

    @action("library:name", str)
    def name(self, id: str) -> None:
        """Ask for the name of a notebook, "new" for that of another one, "" for none any more."""
        self.naming.set(None if not id else "" if id == "new" else id)

    @action("library:not-named")
    def not_named(self) -> None:
        """The name is not wanted after all."""
        self.naming.set(None)
        self._page.do(Focus("new-notebook"))

    @action("library:named", dict[str, str])
    async def named(self, form: dict[str, str]) -> None:
        """Make a notebook, or give it another name. Raises StorageError."""
        name, id = shorten(form.get("name", ""), NOTEBOOK_LENGTH), form.get("arg", "")
        self.naming.set(None)
        if not name:
            return
        before = self.notebooks().get(id)
        made = replace(before, name=name) if before else Notebook(new_id(), name, self._clock.now())
        await self.keep_notebook(made)
        self.notebook.set(made.id)
        self._page.do(Focus(f"notebook-{made.id}"))

    async def keep_notebook(self, notebook: Notebook) -> None:
        """Keep a notebook as it is now. Raises StorageError."""
        await self._store.keep_notebook(notebook)
        self.notebooks.set({**self.notebooks(), notebook.id: notebook})

    async def drop_notebooks(self, ids: Iterable[str]) -> None:
        """Delete those of these notebooks that hold no document. Raises StorageError."""
        held = {one.notebook for one in self.documents().values()}
        for notebook in [self.notebooks()[id] for id in ids if id in self.notebooks() and id not in held]:
            await self._store.drop_notebook(notebook, {})
            self.notebooks.set({key: one for key, one in self.notebooks().items() if key != notebook.id})

    @action("library:private", Switch)
    async def private(self, switch: Switch) -> None:
        """Whether nothing of a notebook's documents may leave this device: it holds at once. Raises StorageError."""
        if before := self.notebooks().get(switch.arg):
            made = replace(before, is_private=switch.value)
            if switch.value:  # what is on its way stops, whether it can be kept or not
                self.notebooks.set({**self.notebooks(), made.id: made})
            await self.keep_notebook(made)
            on, off = Text("meaning.is_private", name=made.name), Text("meaning.is_not_private", name=made.name)
            self._page.do(Say(on if switch.value else off))
            if switch.value:
                await self._keep_here([one.id for one in listed(self.documents().values(), made.id)])

    @action("library:delete-notebook", str)
    async def delete_notebook(self, id: str) -> None:
        """Delete a notebook, with a way back; its documents stay. Raises StorageError."""
        if (notebook := self.notebooks().get(id)) is None:
            return
        inside = await self._store.drop_notebook(notebook, self.documents())
        before = tuple(self.documents()[one.id] for one in inside)
        self.documents.set({**self.documents(), **{one.id: one for one in inside}})
        self.notebooks.set({key: one for key, one in self.notebooks().items() if key != id})
        self.notebook.set("")
        self._removals.offer(Removed(before, notebook), Text("library.notebook_deleted", name=notebook.name))
