"""Notes of the library: written on the page, kept as they are typed, found at once.

    session.act("notes:new", "")                    # an empty one is open; it is kept with its first word
    session.notes.open()                            # OpenNote("3f2a", "Tides", …): a signal
    session.act("notes:from-reply", "8c1d")         # a reply becomes a note

What is typed is kept by the page itself until Python has written it, and says so by a number (`FieldKept`): a page that
is closed in between has it when it is opened again. One page writes a note at a time.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Literal

from app.core.actions import TurnId, Typed, action
from app.core.commands import FieldKept, Persist
from app.core.errors import StorageError
from app.core.jobs import Jobs
from app.core.ports import Blobs, Clock, Page, Tabs
from app.core.signals import Signal
from app.core.texts import Text, Words
from app.session.library import Library
from app.session.library_queue import ReadingQueue
from app.session.navigation import Navigation
from app.session.notices import Notices, Toast
from app.session.state import State
from app.study.chats import ChatStore, new_id
from app.study.library.documents import Document
from app.study.library.notes import bytes_of, title_of, words_of, written
from app.study.library.store import LibraryStore

QUIET_SECONDS = 1.0  # without a word, then it is read for the index
AGAIN_SECONDS = 10.0  # until what could not be kept is tried again
Kept = Literal["", "saving", "saved", "unsaved"]


@dataclass(frozen=True, slots=True)
class OpenNote:
    """A note that is read or written. `notebook` is that of a new one; `is_elsewhere`: another page writes it."""

    id: str
    title: str = ""
    text: str = ""
    notebook: str = ""
    is_elsewhere: bool = False


@dataclass(slots=True)
class _Draft:
    """The latest words of a note, and the numbers under which the page keeps them until they are written."""

    title: str
    text: str
    notebook: str
    numbers: dict[str, int]
    is_new: bool
    is_changed: bool = False


class Notes:
    """The actions `notes:*`."""

    def __init__(
        self,
        state: State,
        notices: Notices,
        jobs: Jobs,
        page: Page,
        clock: Clock,
        blobs: Blobs,
        words: Words,
        tabs: Tabs,
        store: LibraryStore,
        queue: ReadingQueue,
        library: Library,
        navigation: Navigation,
        chats: ChatStore,
    ) -> None:
        self._state, self._notices, self._jobs, self._page, self._clock = state, notices, jobs, page, clock
        self._blobs, self._words, self._tabs, self._store, self._queue = blobs, words, tabs, store, queue
        self._library, self._navigation, self._chats = library, navigation, chats
        self.open: Signal[OpenNote | None] = Signal(None)  # once its words were read
        self.kept: Signal[Kept] = Signal("")
        self._drafts: dict[str, _Draft] = {}
        self._shown = ""  # the note of the address, and whether it is written
        self._held = ""

    # -- the page of a note

    @action("notes:new")
    def new(self) -> None:
        """Open an empty one."""
        self._navigation.visit(f"#/library/{new_id()}/edit")

    def look(self, id: str, *, is_written: bool) -> None:
        """Read a note, to be shown or to be written on."""
        if self._shown != f"{id} {is_written}":
            self._shown = f"{id} {is_written}"
            self.open.set(None)
            self.kept.set("")
            self._jobs.start("note-look", self._look(id, is_written))

    def leave(self) -> None:
        """No note is shown any more."""
        if self._shown:
            self._shown = ""
            self.open.set(None)
            self._jobs.start("note-look", self._left())

    async def _left(self) -> None:
        """In the place of a note that was about to be shown."""
        self._let_go()

    def _let_go(self) -> None:
        """Other pages may write the note, once its last words are written: whatever is looked at meanwhile."""
        if held := self._held:
            self._held = ""
            self._jobs.start(f"note-left:{held}", self._release(held))

    async def _release(self, held: str) -> None:
        while self._jobs.is_running(f"note:{held}") or self._jobs.is_running(f"note-again:{held}"):
            await self._jobs.wait(f"note:{held}")
            await self._jobs.wait(f"note-again:{held}")
        self._tabs.release(f"note-{held}")

    async def _look(self, id: str, is_written: bool) -> None:
        if self._held != id or not is_written:
            self._let_go()
        if not is_written and await self._show_unsaved(id):
            return
        await self._jobs.stop(f"note-again:{id}")  # what could not be kept is given back by the page
        await self._jobs.wait(f"note-left:{id}")
        await self._jobs.wait(f"note:{id}")
        document = self._library.documents().get(id)
        if document and not document.is_note:  # its file is not ours to write
            self._navigation.visit(f"#/library/{id}")
            return
        text = await words_of(document, self._store.files, self._blobs) if document else ""
        notebook = document.notebook if document else self._library.notebook()
        note = OpenNote(id, document.name if document else "", text, notebook)
        if is_written and self._held != id:
            note = replace(note, is_elsewhere=not await self._tabs.claim(f"note-{id}"))
            self._held = "" if note.is_elsewhere else id
        self._drafts[id] = _Draft(note.title, text, notebook, {}, is_new=document is None)
        self.open.set(note)

    async def _show_unsaved(self, id: str) -> bool:
        """Whether there are words that could not be kept yet: they are what is read, and are tried again as before."""
        await self._jobs.wait(f"note:{id}")
        draft = self._drafts.get(id)
        if draft is None or not draft.is_changed:
            return False
        self.open.set(OpenNote(id, draft.title, draft.text, draft.notebook))
        self.kept.set("unsaved")
        return True

    # -- writing

    @action("notes:title", Typed)
    def title(self, typed: Typed) -> None:
        """The title is this."""
        if draft := self._drafts.get(typed.arg):
            draft.title = " ".join(typed.value.split())
            self._changed(typed, draft)

    @action("notes:text", Typed)
    def text(self, typed: Typed) -> None:
        """The words are these."""
        if draft := self._drafts.get(typed.arg):
            draft.text = typed.value
            self._changed(typed, draft)

    def _changed(self, typed: Typed, draft: _Draft) -> None:
        draft.numbers[typed.field] = typed.number
        draft.is_changed = True
        if not self._jobs.is_running(f"note:{typed.arg}"):
            self._jobs.start(f"note:{typed.arg}", self._save(typed.arg, draft))

    async def _save(self, id: str, draft: _Draft) -> None:
        """Write what was typed, and what is typed meanwhile. Raises StorageError; it is tried again with the next word
        and after a while, and the page has it until then."""
        while draft.is_changed:
            draft.is_changed = False
            numbers, draft.numbers = draft.numbers, {}
            self.kept.set("saving")
            try:
                await self._write(id, draft)
            except BaseException as error:
                draft.numbers, draft.is_changed = {**numbers, **draft.numbers}, True
                self.kept.set("unsaved")
                if isinstance(error, StorageError):
                    self._jobs.start(f"note-again:{id}", self._again(id, draft))
                raise
            for field, number in numbers.items():
                self._page.do(FieldKept(field, number))
        self.kept.set("saved")
        if self._shown == f"{id} {False}":  # it was opened to be read before its last words had come
            self.open.set(OpenNote(id, draft.title, draft.text, draft.notebook))

    async def _again(self, id: str, draft: _Draft) -> None:
        """Write it where there is room again, though nothing more is typed, and whatever is shown by then."""
        await self._clock.sleep(AGAIN_SECONDS)
        if draft.is_changed and self._drafts.get(id) is draft and not self._jobs.is_running(f"note:{id}"):
            self._jobs.start(f"note:{id}", self._quietly(id, draft))

    async def _quietly(self, id: str, draft: _Draft) -> None:
        with suppress(StorageError):  # it was told
            await self._save(id, draft)

    async def _write(self, id: str, draft: _Draft) -> None:
        before = self._library.documents().get(id)
        text, title = draft.text, draft.title
        if before is None and not (draft.is_new and (text.strip() or title)):
            return  # it was deleted meanwhile, or nothing was written yet
        title = title or title_of(text) or self._words(Text("notes.untitled"))
        after = written(before, id, title, text, self._clock.now(), draft.notebook)
        if before and (before.name, before.sha256) == (after.name, after.sha256):
            return
        await self._keep(before, after, text)
        draft.is_new = False

    async def _keep(self, before: Document | None, after: Document, text: str) -> None:
        if before is None:
            await self._store.add(after, bytes_of(text))
            self._page.do(Persist())
        elif before.sha256 != after.sha256:
            await self._store.rewrite(before, after, bytes_of(text))
        else:
            await self._store.change(after)
        now = self._library.documents().get(after.id)
        if now and now.notebook != after.notebook:  # it was moved meanwhile
            after = replace(after, notebook=now.notebook)
            await self._store.change(after)
        if before is None or after.id in self._library.documents():
            self._library.documents.set({**self._library.documents(), after.id: after})
        self._jobs.start("note-index", self._read_soon())

    async def _read_soon(self) -> None:
        await self._clock.sleep(QUIET_SECONDS)
        self._queue.start()

    async def put(self, id: str, title: str, text: str, notebook: str) -> Document:
        """Keep a new note that was made elsewhere, in a notebook ("" for none). Raises StorageError."""
        note = written(None, id, title, text, self._clock.now(), notebook)
        await self._keep(None, note, text)
        return note

    # -- a reply as a note

    @action("notes:from-reply", TurnId)
    async def from_reply(self, turn_id: TurnId) -> None:
        """Keep the words of a reply as a note, in the notebook of its chat; once. Raises StorageError."""
        found = await self._chats.turns([turn_id])
        if not found:
            return
        text, chat = found[0].text.strip(), self._state.chat()
        if not self._library.is_known():
            await self._library.refresh()
        title = title_of(text) or self._words(chat.name)
        notebook = chat.notebook if chat.notebook in self._library.notebooks() else ""
        note = written(None, new_id(), title, text, self._clock.now(), notebook)
        here = (one for one in self._library.documents().values() if one.is_note and one.sha256 == note.sha256)
        if before := next(here, None):
            note = before
        else:
            await self._keep(None, note, text)
        told = Text("notes.saved_as", title=note.name)
        self._notices.toast(Toast(f"note-{note.id}", told, (Text("notes.open"), "page:visit", f"#/library/{note.id}")))
