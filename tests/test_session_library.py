"""The library as a person uses it: documents added, read, found, moved, deleted, brought back."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine
from dataclasses import asdict
from typing import Any, TypeVar

import pytest

from app.compose import compose
from app.core.actions import Picked, PickedFile
from app.core.commands import Route, Save, SaveFile, Say
from app.core.documents import DocumentError, Hit, Reading
from app.session.library import Library
from app.session.undo import UNDO_SECONDS
from app.study.chats import Chat
from app.study.library.carrying import unpack
from app.study.library.documents import Document
from app.ui.parts.notebooks import chat_sheet, notebook_chats
from tests.adapters import memory_adapters
from tests.librarian import MemoryLibrarian
from tests.memory import FakeClock, MemoryDocuments, MemoryRecords, MemoryTabs, RecordingPage, ticks
from tests.words import english


class Patient(FakeClock):
    """Half a minute goes by when the test says so."""

    def __init__(self) -> None:
        super().__init__(step=1.0)
        self.is_over = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        """Wait for a long time only."""
        await (self.is_over.wait() if seconds >= UNDO_SECONDS else super().sleep(seconds))


class World:
    """A page of the app whose library is in memory; `again` is a later visit."""

    def __init__(
        self, before: World | None = None, tabs: MemoryTabs | None = None, files: MemoryDocuments | None = None
    ) -> None:
        self.records: MemoryRecords = before.records if before else MemoryRecords()
        self.files: MemoryDocuments = before.files if before else files or MemoryDocuments()
        self.librarian, self.page, self.clock = MemoryLibrarian(), RecordingPage(), Patient()
        if before:
            self.librarian.index = before.librarian.index
        adapters = memory_adapters(
            records=self.records,
            page=self.page,
            clock=self.clock,
            document_files=lambda: self.files,
            librarian=lambda: self.librarian,
            **({"tabs": lambda _topic: tabs} if tabs else {}),
        )
        self.session = compose(adapters).session

    @property
    def library(self) -> Library:
        return self.session.library

    async def begin(self) -> None:
        self.library.begin()
        await self.rest()

    async def rest(self) -> None:
        """Until everything but what waits for an undo has ended."""
        for _ in range(400):
            await asyncio.sleep(0)

    async def act(self, name: str, arg: object = "") -> None:
        self.session.act(name, arg)
        await self.rest()

    async def add(self, **named: bytes) -> None:
        await self.act("library:add", Picked(tuple(PickedFile(n.replace("_", "."), d) for n, d in named.items())))

    def one(self, name: str) -> Document:
        [found] = [one for one in self.library.documents().values() if one.name == name]
        return found

    def states(self) -> dict[str, str]:
        return {one.name: one.status for one in self.library.documents().values()}

    def told(self) -> str:
        return " ".join(english(notice.text) for notice in self.session.state.notices())

    async def undo(self) -> None:
        """What the button of the toast does."""
        toast = self.session.state.toast()
        assert toast is not None
        await self.act(*toast.button[1:])

    def again(self) -> World:
        return World(self)


W = TypeVar("W", bound=World)


def scenes(make: Callable[[], W]) -> Callable[[Callable[[W], Coroutine[Any, Any, None]]], Callable[[], None]]:
    """Makes tests of what happens in a world that has begun."""

    def scene(body: Callable[[W], Coroutine[Any, Any, None]]) -> Callable[[], None]:
        def run() -> None:
            async def whole() -> None:
                world = make()
                await world.begin()
                await body(world)

            asyncio.run(whole())

        return run

    return scene


library = scenes(World)


@library
async def test_what_is_added_is_read_indexed_and_found(world: World) -> None:
    assert world.librarian.reads == []
    await world.add(tides_txt=b"High water\fThe flood tide runs in.", waves_txt=b"Waves break.")
    assert world.states() == {"tides.txt": "indexed", "waves.txt": "indexed"}
    tides = world.one("tides.txt")
    assert (tides.pages, tides.passages, tides.language, tides.kind) == (2, 2, "en", "text")
    assert [english(one.text) for one in world.page.done(Say)] == ["2 documents added"]
    await world.act("passages:find", "flood  tide")
    found = world.session.passages.found()
    assert found
    assert not found.is_searching
    assert [(hit.document, hit.page) for hit in found.hits] == [(tides.id, 2)]
    await world.add(more_txt=b"A flood tide again")
    found = world.session.passages.found()
    assert found
    assert len(found.hits) == 2, "what is read meanwhile is found, too"
    await world.act("passages:find", "")
    assert world.session.passages.found() is None


@library
async def test_what_cannot_be_read_says_why_and_can_be_tried_again(world: World) -> None:
    await world.add(a_txt=b"scan", b_txt=b"broken", c_txt=b"locked")
    assert world.states() == {"a.txt": "scan", "b.txt": "failed", "c.txt": "failed"}
    assert world.one("c.txt").problem
    await world.act("library:read", world.one("b.txt").id)
    assert world.librarian.reads.count("b.txt") == 2


@library
async def test_the_same_content_is_noticed_and_a_newer_version_asked_about(world: World) -> None:
    await world.add(a_txt=b"one")
    await world.add(b_txt=b"one")
    assert "b.txt is in your library already, as a.txt." in world.told()
    await world.add(a_txt=b"two")
    [newer] = world.library.newer()
    assert len(world.states()) == 1
    old = world.one("a.txt")
    await world.act("library:replace", newer.id)
    assert world.library.newer() == ()
    now = world.one("a.txt")
    assert (now.id != old.id, now.status, world.files.files) == (True, "indexed", {now.id: b"two"})
    assert set(world.librarian.index) == {now.id}
    await world.add(a_txt=b"three")
    await world.act("library:keep-both", world.library.newer()[0].id)
    assert len(world.library.documents()) == 2
    await world.add(a_txt=b"four")
    await world.act("library:leave-out", world.library.newer()[0].id)
    assert len(world.library.documents()) == 2


@library
async def test_what_is_no_document_is_left_out(world: World) -> None:
    await world.add(photo_jpg=b"\xff\xd8\xff\xe0", empty_txt=b"", data_bin=b"\x00\x01", notes_txt=b"caf\xe9")
    assert set(world.library.documents())
    assert list(world.states()) == ["notes.txt"]
    assert "photo.jpg isn't a document." in world.told()
    assert world.library.adding() == 0


@library
async def test_without_room_what_is_there_stays(world: World) -> None:
    await world.add(a_txt=b"one")
    world.files.is_full = True
    await world.add(b_txt=b"two", c_txt=b"three")
    assert (world.states(), world.library.adding()) == ({"a.txt": "indexed"}, 0)
    assert world.files.files.keys() == set(world.library.documents())
    [notice] = world.session.state.notices()
    assert english(notice.text).startswith("There isn't enough space for b.txt. Delete a model or documents")
    assert english(notice.text).endswith("1 more file was not added.")


@library
async def test_what_is_deleted_gives_its_room_as_soon_as_it_is_needed(world: World) -> None:
    await world.add(a_txt=b"one", c_txt=b"two")
    world.files.most_bytes = 9
    await world.act("library:delete", world.one("a.txt").id)
    await world.add(b_txt=b"three")
    assert (world.states(), world.told()) == ({"b.txt": "indexed", "c.txt": "indexed"}, "")
    assert world.files.files.keys() == set(world.library.documents())
    assert world.session.state.toast() is None, "there is no way back any more"
    await world.add(d_txt=b"four")
    assert "space for d.txt" in world.told()
    world.clock.is_over.set()
    await world.rest()
    assert world.states() == {"b.txt": "indexed", "c.txt": "indexed"}


@library
async def test_a_page_that_is_closed_while_it_reads_leaves_a_document_that_is_read_again(world: World) -> None:
    world.librarian.hold()
    await world.add(a_txt=b"one\ftwo\fthree", b_txt=b"four")
    progress = world.library.progress()
    assert progress is not None
    assert (progress.done, progress.total) == (1, 3)
    assert world.states() == {"a.txt": "waiting", "b.txt": "waiting"}
    later = world.again()
    assert (later.librarian.index, later.files.texts) == ({}, {}), "none is half there"
    await later.begin()
    assert later.states() == {"a.txt": "indexed", "b.txt": "indexed"}


@library
async def test_what_waits_is_read_in_a_visit_that_does_not_open_the_library(world: World) -> None:
    world.librarian.hold()
    await world.add(a_txt=b"one\ftwo")
    later = world.again()
    await later.act("app:go-on")
    await later.rest()
    assert later.states() == {"a.txt": "indexed"}
    empty = World()
    await empty.act("app:go-on")
    assert not {"library", "meaning", "reading_queue"} & vars(empty.session).keys(), "nothing is loaded for nobody"


@library
async def test_reading_is_stopped_and_goes_on_with_the_next(world: World) -> None:
    world.librarian.hold()
    await world.add(a_txt=b"one\ftwo", b_txt=b"three")
    id = world.one("a.txt").id
    world.session.act("library:stop", id)
    await ticks()
    world.librarian.go()
    await world.rest()
    assert world.states() == {"a.txt": "waiting", "b.txt": "indexed"}
    assert world.library.stopped() == {id}
    await world.act("library:read", id)
    assert world.states() == {"a.txt": "indexed", "b.txt": "indexed"}


@library
async def test_an_index_that_was_lost_is_made_of_what_was_read(world: World) -> None:
    await world.add(a_txt=b"one")
    later = world.again()
    later.librarian.index = {"foreign": next(iter(world.librarian.index.values()))}
    later.library.begin()
    later.session.act("passages:find", "one")
    await later.rest()
    found = later.session.passages.found()
    assert found
    assert len(found.hits) == 1, "looked for before the index was there again"
    await later.add(b_txt=b"two")
    assert set(later.librarian.index) == set(later.library.documents())
    assert later.librarian.reads == ["b.txt"]


@library
async def test_what_breaks_the_librarian_keeps_no_other_document_from_being_found(world: World) -> None:
    await world.add(a_txt=b"bomb")
    await world.add(b_txt=b"one")
    later = world.again()
    later.librarian.index, later.librarian.breaking = {}, "bomb"
    await later.begin()
    assert later.states() == {"a.txt": "failed", "b.txt": "indexed"}
    assert set(later.librarian.index) == {later.one("b.txt").id}
    later.librarian.breaking = ""
    await later.act("library:read", later.one("a.txt").id)
    assert later.states()["a.txt"] == "indexed"


@library
async def test_what_a_worker_had_not_written_when_it_ended_is_indexed_anew(world: World) -> None:
    await world.add(a_txt=b"one")
    world.librarian.breaking, kept = "bomb", world.librarian.keep

    async def keep(document: str, title: str, language: str, reading: Reading) -> int:
        try:
            return await kept(document, title, language, reading)
        except DocumentError:
            world.librarian.index.clear()
            raise

    world.librarian.keep = keep  # type: ignore[method-assign]
    await world.add(b_txt=b"bomb")
    assert world.states() == {"a.txt": "indexed", "b.txt": "failed"}
    await world.session.reading_queue.ready()
    found = await world.session.searching.search("one", None, 5)
    assert [hit.document for hit in found.hits] == [world.one("a.txt").id]


@library
async def test_a_chat_finds_what_another_page_has_added_since(world: World) -> None:
    await world.add(a_txt=b"one")
    chat = world.again()  # the Library was never opened there
    chat.librarian.index = dict(world.librarian.index)
    await chat.session.library.refresh()
    await chat.session.reading_queue.ready()
    await world.add(b_txt=b"two")
    chat.session.library.changed()
    await chat.session.jobs.join()
    await chat.session.reading_queue.ready()
    assert set(chat.librarian.index) == {world.one("a.txt").id, world.one("b.txt").id}


@library
async def test_a_document_goes_comes_back_and_goes_for_good(world: World) -> None:
    await world.add(a_txt=b"one")
    id = world.one("a.txt").id
    await world.act("library:delete", id)
    assert (world.states(), world.librarian.index) == ({}, {})
    await world.undo()
    assert (world.states(), set(world.files.files)) == ({"a.txt": "indexed"}, {id})
    await world.act("library:delete", id)
    assert set(world.files.files) == {id}, "until it cannot come back any more"
    world.clock.is_over.set()
    await world.rest()
    assert (world.files.files, world.files.texts, world.records.shelves["documents"]) == ({}, {}, {})


@library
async def test_what_came_back_is_found_again(world: World) -> None:
    await world.add(a_txt=b"one")
    id = world.one("a.txt").id
    await world.act("library:delete", id)
    await world.undo()
    assert set(world.librarian.index) == {id}


@library
async def test_notebooks_are_made_named_filled_and_deleted(world: World) -> None:
    await world.act("library:named", {"name": "  Linear   algebra ", "arg": ""})
    [notebook] = world.library.notebooks().values()
    assert (notebook.name, world.library.notebook()) == ("Linear algebra", notebook.id)
    await world.add(a_txt=b"one")
    assert world.one("a.txt").notebook == notebook.id
    await world.act("library:show", "")
    await world.add(b_txt=b"one and two")
    await world.act("passages:find", "one")
    found = world.session.passages.found()
    assert found
    assert len(found.hits) == 2
    await world.act("library:show", notebook.id)
    found = world.session.passages.found()
    assert found
    assert [hit.document for hit in found.hits] == [world.one("a.txt").id]
    await world.act("library:named", {"name": "Algebra", "arg": notebook.id})
    assert [one.name for one in world.library.notebooks().values()] == ["Algebra"]
    await world.act("library:move", {"arg": world.one("b.txt").id, "value": notebook.id})
    assert len(world.library.shown) == 2
    await world.act("library:delete-notebook", notebook.id)
    assert {one.notebook for one in world.library.documents().values()} == {""}
    await world.undo()
    assert {one.notebook for one in world.library.documents().values()} == {notebook.id}
    later = world.again()
    await later.begin()
    assert later.library.notebooks() == world.library.notebooks()


@library
async def test_a_backup_holds_the_files_and_an_import_reads_them(world: World) -> None:
    await world.act("library:named", {"name": "Algebra", "arg": ""})
    await world.add(a_txt=b"one", b_pdf=b"%PDF- two")
    await world.act("archive:backup", {})
    [backup] = world.page.done(Save)
    elsewhere = World()
    await elsewhere.begin()
    await elsewhere.add(c_txt=b"one")
    picked = Picked((PickedFile(backup.name, backup.text.encode()),))
    await elsewhere.act("archive:open", picked)
    assert elsewhere.states() == {"c.txt": "indexed", "b.pdf": "indexed"}, "the same content is never there twice"
    [notebook] = elsewhere.library.notebooks().values()
    assert elsewhere.one("b.pdf").notebook == notebook.id
    assert elsewhere.files.files[world.one("b.pdf").id] == b"%PDF- two"
    await elsewhere.act("archive:open", picked)
    assert len(elsewhere.library.documents()) == 2


@library
async def test_what_is_too_much_for_a_backup_is_told(world: World) -> None:
    await world.add(a_txt=b"one", b_txt=b"much longer")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.study.library.carrying.MOST_BYTES", 5)
        await world.act("archive:backup", {})
    [backup] = world.page.done(Save)
    assert list(json.loads(backup.text)["shelves"]["document-files"]) == [world.one("a.txt").id]
    assert "1 document is too large for the backup: b.txt." in world.told()


@library
async def test_a_file_that_is_not_what_its_record_says_does_not_come_in(world: World) -> None:
    document = Document("d", "d.txt", "00", 3)
    files = MemoryDocuments()
    assert await unpack({"d": {"content": "b25l"}, "e": {"content": "?"}}, {"d": asdict(document)}, files) == []
    assert files.files == {}


@library
async def test_what_another_page_adds_is_listed(world: World) -> None:
    other = Document("o", "other.txt", "00", 3, 1.0, status="indexed")
    await world.records.write([("documents", "o", asdict(other))])
    await world.session.together.wrote([("documents", "o")])
    await world.rest()
    assert world.states() == {"other.txt": "failed"}, "neither its text nor its file is here"


@library
async def test_a_search_that_fails_ends(world: World) -> None:
    await world.add(a_txt=b"one")

    async def fail(words: str, documents: object, limit: int, near: object = None) -> tuple[Hit, ...]:
        raise DocumentError

    world.librarian.find = fail  # type: ignore[method-assign]
    await world.act("passages:find", "one")
    found = world.session.passages.found()
    assert found
    assert not found.is_searching
    assert "couldn't be read" in world.told()


@library
async def test_a_chat_lies_in_one_notebook_at_most(world: World) -> None:
    await world.act("library:named", {"name": "Algebra", "arg": ""})
    [notebook] = world.library.notebooks()
    chat = Chat("c", "Eigenvalues", path=("t",))
    await world.records.write([("chats", "c", asdict(chat))])
    world.session.state.chats.set((chat,))
    await world.act("library:move-chat", {"arg": "c", "value": notebook})
    await world.act("library:move-chat", {"arg": "c", "value": "nowhere"})
    assert [one.notebook for one in world.session.state.chats()] == [notebook]
    sheet = chat_sheet(world.session, "c")
    assert sheet
    assert f'<option value="{notebook}" selected>Algebra' in sheet
    assert "#/chat/c" in notebook_chats(world.session)
    await world.act("library:delete-notebook", notebook)
    assert "hidden" in notebook_chats(world.session)
    sheet = chat_sheet(world.session, "c")
    assert sheet
    assert "There are no notebooks yet." in sheet
    assert chat_sheet(world.session, "gone") is None


@library
async def test_a_file_is_saved_as_it_was_added(world: World) -> None:
    await world.add(a_txt=b"one")
    await world.act("library:save", world.one("a.txt").id)
    assert world.page.done(SaveFile) == [SaveFile(b"one", "a.txt")]


@library
async def test_a_document_whose_file_is_gone_says_so(world: World) -> None:
    lost = Document("lost", "lost.pdf", "00", 4, 1.0)
    await world.records.write([("documents", lost.id, asdict(lost))])
    later = world.again()
    await later.begin()
    assert later.one("lost.pdf").problem == "The file isn't on this device any more. Add it again."


@library
async def test_a_page_of_a_document_is_shown_with_what_is_marked(world: World) -> None:
    await world.add(a_pdf=b"%PDF- first\fsecond page")
    id = world.one("a.pdf").id
    world.session.passages.look(id, "2-7-11")
    await world.rest()
    shown = world.session.passages.page()
    assert shown
    assert (shown.text, shown.text[shown.place.start : shown.place.end]) == ("second page", "page")
    assert (shown.size, len(shown.boxes), shown.problem) == ((1400, 2000), 1, None)
    assert [world.session.passages.reader.take() for _ in range(2)] == ["page 2", None], "it is given away once"
    await world.session.navigation.go(f"#/library/{id}")
    await world.act("library:delete", id)
    assert world.page.done(Route)[-1] == Route("#/library")
    world.session.passages.leave()
    assert world.session.passages.page() is None


@library
async def test_a_document_that_was_opened_too_early_shows_its_words_once_they_are_read(world: World) -> None:
    world.librarian.hold()
    await world.add(tides_txt=b"High water")
    id = world.one("tides.txt").id
    passages = world.session.passages
    passages.look(id, "")
    await world.rest()
    assert passages.page() is not None
    assert passages.page().reading is None  # type: ignore[union-attr]
    world.librarian.go()
    await world.rest()
    passages.look(id, "")
    await world.rest()
    assert passages.page().text == "High water"  # type: ignore[union-attr]


@library
async def test_files_of_one_name_in_two_folders_are_two_documents(world: World) -> None:
    def week(number: int, words: bytes) -> PickedFile:
        return PickedFile("notes.md", words, folder=f"Course/Week {number}")

    await world.act("library:add", Picked((week(1, b"one"), week(2, b"two"))))
    assert world.library.newer() == ()
    assert {one.folder for one in world.library.documents().values()} == {"Course/Week 1", "Course/Week 2"}
    await world.act("library:add", Picked((week(2, b"two, and more"),)))
    [newer] = world.library.newer()
    await world.act("library:replace", newer.id)
    kept = {one.folder: world.files.files[one.id] for one in world.library.documents().values()}
    assert kept == {"Course/Week 1": b"one", "Course/Week 2": b"two, and more"}


@library
async def test_an_address_that_is_pasted_is_told_that_nothing_is_fetched(world: World) -> None:
    await world.act("library:address", "https://example.org/tides")
    assert "https://example.org/tides can't be added by its address" in world.told()
    assert world.library.documents() == {}
