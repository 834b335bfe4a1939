"""Nothing of the library is lost: undone late or twice, imported over what is here, stopped while it reads."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, replace

from app.core.actions import Picked, PickedFile
from app.core.commands import Save
from app.core.errors import OutOfSpace
from app.study.library.carrying import unpack
from app.study.library.documents import Document
from tests.test_session_library import World, library


@library
async def test_a_document_whose_file_is_gone_takes_it_when_it_is_added_again(world: World) -> None:
    await world.add(a_txt=b"one")
    before = world.one("a.txt")
    world.files.files.clear()
    await world.act("library:read", before.id)
    world.librarian.index.clear()
    await world.records.write([("documents", before.id, asdict(replace(before, status="failed", problem="gone")))])
    await world.session.library.refresh()
    await world.add(a_txt=b"one")
    assert world.states() == {"a.txt": "indexed"}
    assert world.files.files == {before.id: b"one"}
    await world.add(a_txt=b"one")
    assert "already" in world.told()


@library
async def test_what_came_back_while_another_one_is_read_is_found_again(world: World) -> None:
    await world.add(a_txt=b"one")
    id = world.one("a.txt").id
    world.librarian.hold()
    await world.add(b_txt=b"two")
    await world.act("library:delete", id)
    await world.undo()  # it can be taken back at once
    world.librarian.go()
    await world.rest()
    assert set(world.librarian.index) == {id, world.one("b.txt").id}


@library
async def test_an_undo_that_fails_can_be_tried_again(world: World) -> None:
    await world.add(a_txt=b"one")
    await world.act("library:delete", world.one("a.txt").id)
    toast = world.session.state.toast()
    assert toast
    world.records.is_full = True
    await world.undo()
    assert world.states() == {}
    world.records.is_full = False
    await world.act(*toast.button[1:])
    assert world.states() == {"a.txt": "indexed"}


@library
async def test_an_undo_that_fails_when_its_time_is_over_is_offered_again(world: World) -> None:
    await world.add(a_txt=b"one")
    id = world.one("a.txt").id
    await world.act("library:delete", id)
    write = world.records.write

    async def fail(*_: object) -> None:
        world.clock.is_over.set()
        await world.rest()
        world.clock.is_over.clear()
        raise OutOfSpace()

    world.records.write = fail  # type: ignore[assignment, method-assign]
    await world.undo()
    await world.rest()
    world.records.write = write  # type: ignore[method-assign]
    assert (world.states(), set(world.files.files)) == ({}, {id})
    await world.undo()
    assert world.states() == {"a.txt": "indexed"}


@library
async def test_a_notebook_that_comes_back_takes_no_deleted_document_along(world: World) -> None:
    await world.act("library:named", {"name": "Algebra", "arg": ""})
    [notebook] = world.library.notebooks()
    await world.add(a_txt=b"one", b_txt=b"two")
    await world.act("library:delete-notebook", notebook)
    toast = world.session.state.toast()
    assert toast
    await world.act("library:delete", world.one("a.txt").id)
    await world.act(*toast.button[1:])
    assert {one.name: one.notebook for one in world.library.documents().values()} == {"b.txt": notebook}
    assert list(world.records.shelves["documents"]) == [world.one("b.txt").id]


@library
async def test_a_notebook_that_comes_back_leaves_documents_where_they_were_put_since(world: World) -> None:
    for name in ("Algebra", "Analysis"):
        await world.act("library:named", {"name": name, "arg": ""})
    other, notebook = (one.id for one in sorted(world.library.notebooks().values(), key=lambda one: -len(one.name)))
    await world.act("library:show", notebook)
    await world.add(a_txt=b"one")
    await world.act("library:delete-notebook", notebook)
    await world.act("library:move", {"arg": world.one("a.txt").id, "value": other})
    await world.undo()
    assert world.one("a.txt").notebook == other


async def _backup_of_two(world: World) -> Picked:
    await world.add(a_txt=b"one", b_txt=b"and two")
    await world.act("archive:backup", {})
    [backup] = world.page.done(Save)
    return Picked((PickedFile(backup.name, backup.text.encode()),))


@library
async def test_what_another_page_misses_while_it_is_imported_is_read_once_it_is_there(world: World) -> None:
    picked, elsewhere = await _backup_of_two(world), World()
    await elsewhere.begin()
    keep = elsewhere.files.keep

    async def late(id: str, handle: object) -> None:
        [record] = await elsewhere.records.get("documents", [id])
        await elsewhere.records.write([("documents", id, {**(record or {}), "status": "failed", "problem": "gone"})])
        await keep(id, handle)

    elsewhere.files.keep = late  # type: ignore[method-assign]
    await elsewhere.act("archive:open", picked)
    assert elsewhere.states() == {"a.txt": "indexed", "b.txt": "indexed"}
    assert {one.problem for one in elsewhere.library.documents().values()} == {""}


@library
async def test_an_import_without_room_for_the_files_shows_what_came_in_and_can_be_done_again(world: World) -> None:
    picked, elsewhere = await _backup_of_two(world), World()
    await elsewhere.begin()
    elsewhere.files.is_full = True
    await elsewhere.act("archive:open", picked)
    assert elsewhere.states() == {"a.txt": "failed", "b.txt": "failed"}
    elsewhere.files.is_full = False
    await elsewhere.act("archive:open", picked)
    assert elsewhere.states() == {"a.txt": "indexed", "b.txt": "indexed"}


@library
async def test_nothing_is_read_on_once_everything_is_erased(world: World) -> None:
    world.librarian.hold()
    await world.add(a_txt=b"one", b_txt=b"two")
    await world.session.jobs.stop("library-read")
    world.librarian.go()
    await world.rest()
    assert world.files.texts == {}


@library
async def test_a_file_that_cannot_be_read_any_more_comes_out_of_a_backup(world: World) -> None:
    sha256 = hashlib.sha256(b"one").hexdigest()
    world.files.texts["a"] = ""  # whoever asks for a text leaves an empty place behind
    records = {"a": asdict(Document("a", "a.txt", sha256, 3, 1.0))}
    assert await unpack({"a": {"content": "b25l"}}, records, world.files) == ["a"]
    assert world.files.files == {"a": b"one"}


@library
async def test_what_is_deleted_while_the_index_is_made_again_is_not_put_into_it(world: World) -> None:
    await world.add(a_txt=b"one", b_txt=b"two")
    a, b = world.one("a.txt").id, world.one("b.txt").id
    later = world.again()
    later.librarian.index = {}
    text = later.files.text

    async def meanwhile(id: str) -> str:
        other = b if id == a else a
        if len(later.library.documents()) > 1:
            await later.library.delete(other)
        return await text(id)

    later.files.text = meanwhile  # type: ignore[method-assign]
    await later.begin()
    assert set(later.librarian.index) == set(later.library.documents())
