"""Notes as a person writes them: kept as they are typed, found, read again, saved, deleted and brought back."""

from __future__ import annotations

import asyncio
import hashlib

from app.core.commands import FieldKept, Route, SaveFile
from app.session.notes import OpenNote
from app.session.notices import OPEN_DATA
from app.study.chats import Chat, Turn
from app.study.library.carrying import pack
from app.study.library.documents import Document, Notebook
from tests.memory import MemoryDocuments, MemoryTabs
from tests.test_session_library import World, library


async def opened(world: World, id: str = "") -> str:
    """A note that is written, a new one where none is named; its id."""
    if not id:
        await world.act("notes:new")
        route = world.page.done(Route)[-1].hash
        id = route.split("/")[2]
        assert route == f"#/library/{id}/edit"
    world.session.notes.look(id, is_written=True)
    await world.rest()
    return id


async def typed(world: World, id: str, part: str, value: str, number: int = 1) -> None:
    field = {"arg": id, "value": value, "field": f"note-{part}-{id}", "number": number}
    await world.act(f"notes:{part}", field)


def note(world: World) -> Document:
    [found] = [one for one in world.library.documents().values() if one.is_note]
    return found


@library
async def test_a_note_is_kept_as_it_is_typed_and_its_passages_are_replaced(world: World) -> None:
    id = await opened(world)
    assert world.library.documents() == {}, "nothing was written yet"
    await typed(world, id, "title", " My  notes ", 1)
    await typed(world, id, "text", "# Power\n\niteration  \n\n", 2)
    assert world.files.files == {id: b"# Power\n\niteration  \n\n"}, "not a byte is lost"
    kept = note(world)
    assert (kept.id, kept.name, kept.file_name, kept.status) == (id, "My notes", "My notes.md", "indexed")
    assert kept.sha256 == hashlib.sha256(world.files.files[id]).hexdigest()
    assert world.page.done(FieldKept) == [
        FieldKept(f"note-title-{id}", 1),
        FieldKept(f"note-text-{id}", 2),
    ]
    assert world.session.notes.kept() == "saved"
    await typed(world, id, "text", "orthogonal", 3)
    assert world.librarian.index[id].pages[0].text == "orthogonal", "the old words are not found any more"
    assert len(world.library.documents()) == 1
    await world.act("library:save", id)
    [saved] = world.page.done(SaveFile)
    assert (saved.handle, saved.name) == (b"orthogonal", "My notes.md")
    packed = await pack((await world.records.snapshot())["documents"], world.files, world.session.make.web.blobs)
    assert list(packed.shelf) == [id]


@library
async def test_words_that_are_typed_while_others_are_written_are_written_too(world: World) -> None:
    id = await opened(world)
    for number, text in enumerate(("a", "ab", "abc"), 1):
        field = {"arg": id, "value": text, "field": "f", "number": number}
        world.session.act("notes:text", field)
        await asyncio.sleep(0)
    await world.rest()
    assert world.files.files[id] == b"abc"
    assert world.page.done(FieldKept)[-1] == FieldKept("f", 3)
    assert (note(world).status, world.librarian.index[id].pages[0].text) == ("indexed", "abc")


@library
async def test_without_room_the_page_keeps_the_words_and_they_are_written_later(world: World) -> None:
    id = await opened(world)
    world.files.is_full = True
    await typed(world, id, "text", "first", 1)
    assert world.page.done(FieldKept) == []
    assert world.session.notes.kept() == "unsaved"
    assert world.told()
    world.files.is_full = False
    await typed(world, id, "text", "first and second", 2)
    assert world.files.files[id] == b"first and second"
    assert world.page.done(FieldKept)[-1] == FieldKept(f"note-text-{id}", 2)


@library
async def test_words_for_which_there_was_no_room_are_written_once_there_is_though_another_page_is_shown(
    world: World,
) -> None:
    world.records.is_full = world.files.is_full = True
    id = await opened(world)
    await typed(world, id, "text", "first", 1)
    await typed(world, id, "text", "first and second", 2)
    world.session.notes.leave()
    await world.rest()
    assert world.library.documents() == {}
    assert [one.buttons for one in world.session.state.notices()] == [(OPEN_DATA,)]
    world.session.state.notices.set(())
    await world.rest()
    assert world.session.state.notices() == (), "it is told once"
    world.records.is_full = world.files.is_full = False
    await world.rest()
    assert world.files.files[id] == b"first and second"
    assert note(world).status == "indexed"
    world.files.is_full = True
    await opened(world, id)
    await typed(world, id, "text", "third", 3)
    world.session.notes.leave()
    await opened(world, id)
    world.files.is_full = False
    await typed(world, id, "text", "fourth", 4)
    await world.rest()
    assert world.files.files[id] == b"fourth", "older words take the place of none"


@library
async def test_words_for_which_there_was_no_room_can_be_read_and_are_still_written_once_there_is(world: World) -> None:
    id = await opened(world)
    await typed(world, id, "text", "first", 1)
    world.files.is_full = True
    await typed(world, id, "text", "first and second", 2)
    world.session.notes.look(id, is_written=False)
    await world.rest()
    assert world.session.notes.open() == OpenNote(id, "", "first and second")
    world.files.is_full = False
    await world.rest()
    assert world.files.files[id] == b"first and second"
    assert world.session.notes.kept() == "saved"


@library
async def test_a_note_is_opened_again_and_emptied_and_deleted_and_brought_back(world: World) -> None:
    id = await opened(world)
    await typed(world, id, "text", "\nTides\r\n")
    later = world.again()
    await later.begin()
    await opened(later, id)
    assert later.session.notes.open() == OpenNote(id, "Untitled note", "\nTides\r\n")
    await typed(later, id, "text", "", 2)
    assert (note(later).status, note(later).passages, id in later.librarian.index) == ("scan", 0, False)
    await typed(later, id, "text", "Ebb", 3)
    await later.act("library:delete", id)
    await typed(later, id, "text", "Ebb and flood", 4)
    assert later.library.documents() == {}, "what was deleted is not written again"
    await later.undo()
    assert (note(later).name, later.files.files[id]) == ("Untitled note", b"Ebb")


@library
async def test_a_page_that_was_closed_while_it_wrote_leaves_a_record_that_is_mended(world: World) -> None:
    id = await opened(world)
    await typed(world, id, "text", "old words")
    record = (await world.records.snapshot())["documents"][id]
    await world.records.write([("documents", id, {**record, "status": "waiting"})])
    world.files.files[id] = b"new words, whose record was not written"
    later = world.again()
    await later.begin()
    assert note(later).sha256 == hashlib.sha256(world.files.files[id]).hexdigest()
    assert later.librarian.index[id].pages[0].text.startswith("new words")


class Slow(MemoryDocuments):
    """Files that are written when the test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.free = asyncio.Event()
        self.free.set()

    async def keep_bytes(self, id: str, data: bytes) -> None:
        """Write the file."""
        await self.free.wait()
        await super().keep_bytes(id, data)


def test_a_note_that_is_moved_while_it_is_written_stays_where_it_was_moved_to() -> None:
    async def body() -> None:
        world = World(files=(files := Slow()))
        await world.begin()
        await world.act("library:named", {"name": "Diary", "arg": ""})
        diary = world.library.notebook()
        await world.act("library:show", "")
        id = await opened(world)
        await typed(world, id, "text", "Ebb", 1)
        files.free.clear()
        await typed(world, id, "text", "Ebb and flood", 2)
        await world.act("library:move", {"arg": id, "value": diary})
        files.free.set()
        await world.rest()
        [stored] = await world.records.get("documents", [id])
        assert stored
        assert (note(world).notebook, stored["notebook"]) == (diary, diary)
        assert stored["sha256"] == hashlib.sha256(b"Ebb and flood").hexdigest()

    asyncio.run(body())


def test_a_note_that_is_left_for_another_one_while_it_is_written_can_be_written_elsewhere() -> None:
    async def body() -> None:
        tabs = MemoryTabs()
        world = World(tabs=tabs, files=(files := Slow()))
        await world.begin()
        id = await opened(world)
        files.free.clear()
        await typed(world, id, "text", "mine", 1)
        world.session.notes.leave()
        await world.rest()
        world.session.notes.look("other", is_written=True)
        await world.rest()
        assert not await tabs.another().claim(f"note-{id}"), "its last words are not written yet"
        files.free.set()
        await world.rest()
        assert await tabs.another().claim(f"note-{id}")
        assert world.files.files == {id: b"mine"}

    asyncio.run(body())


def test_what_another_page_changes_takes_no_note_away_that_is_being_written() -> None:
    async def body() -> None:
        world = World()
        await world.begin()
        id = await opened(world)
        every = world.session.library_store.all
        reads = list[int]()

        async def late() -> tuple[dict[str, Document], dict[str, Notebook]]:
            """What was read before the note was there."""
            found = await every()
            reads.append(len(found[0]))
            if len(reads) == 1:
                await typed(world, id, "text", "Ebb", 1)
            return found

        world.session.library_store.all = late  # type: ignore[method-assign]
        await world.library.refresh()
        await typed(world, id, "text", "Ebb and flood", 2)
        assert world.files.files == {id: b"Ebb and flood"}
        assert reads == [0, 1]

    asyncio.run(body())


@library
async def test_no_other_document_is_written_over(world: World) -> None:
    await world.add(lecture_md=b"# Lecture\n")
    id = world.one("lecture.md").id
    world.session.notes.look(id, is_written=True)
    await world.rest()
    assert world.session.notes.open() is None
    assert world.page.done(Route)[-1].hash == f"#/library/{id}"
    await typed(world, id, "text", "typed")
    assert world.files.files == {id: b"# Lecture\n"}


@library
async def test_a_reply_becomes_a_note_once_in_the_notebook_of_its_chat(world: World) -> None:
    await world.act("library:named", {"name": "Physics", "arg": ""})
    [notebook] = world.library.notebooks()
    chat = Chat("c", title="Why tides", notebook=notebook, path=("t",))
    await world.session.store.save_turn(
        Turn("t", "c", "", "assistant", "Intro\n\n## Two *bulges*\n\nThe moon pulls.\n")
    )
    world.session.state.chat.set(chat)
    await world.act("notes:from-reply", "t")
    await world.act("notes:from-reply", "t")
    made = note(world)
    assert (made.name, made.notebook, made.status) == ("Two bulges", notebook, "indexed")
    assert world.files.files[made.id] == b"Intro\n\n## Two *bulges*\n\nThe moon pulls."
    toast = world.session.state.toast()
    assert toast
    assert toast.button[1:] == ("page:visit", f"#/library/{made.id}")


def test_one_page_writes_a_note_at_a_time() -> None:
    async def body() -> None:
        tabs = MemoryTabs()
        world = World(tabs=tabs)
        await world.begin()
        id = await opened(world)
        await typed(world, id, "text", "mine")
        other = World(world, tabs.another())
        await other.begin()
        await opened(other, id)
        shown = other.session.notes.open()
        assert shown
        assert shown.is_elsewhere
        other.session.notes.leave()
        world.session.notes.leave()
        await world.rest()
        await opened(other, id)
        shown = other.session.notes.open()
        assert shown
        assert not shown.is_elsewhere

    asyncio.run(body())
