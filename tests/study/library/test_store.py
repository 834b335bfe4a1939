"""Documents and their files are there together, or not at all."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import asdict
from typing import Any

import pytest

from app.core.errors import OutOfSpace, StorageError
from app.core.shapes import Damaged
from app.study.library.documents import Document, Notebook, counts, document_from, listed, notebook_from
from app.study.library.meaning import Consent
from app.study.library.store import LibraryStore, held
from app.study.shelves import checked
from tests.memory import MemoryDocuments, MemoryRecords, MemoryTabs

PAPER = Document("a", "paper.pdf", "0a", 3, 10.0)
SLIDES = Document("b", "slides.pptx", "0b", 6, 20.0, notebook="n")


class World:
    """A store over memory, and another page's."""

    def __init__(self) -> None:
        self.records, self.files, self.tabs = MemoryRecords(), MemoryDocuments(), MemoryTabs()
        self.store = LibraryStore(checked(self.records), self.files, self.tabs)
        self.other = LibraryStore(checked(self.records), self.files, self.tabs.another())


def kept(body: Callable[[World], Coroutine[Any, Any, None]]) -> Callable[[], None]:
    def run() -> None:
        asyncio.run(body(World()))

    return run


@kept
async def test_what_is_added_is_there_with_its_file(world: World) -> None:
    await world.store.add(PAPER, b"pdf")
    assert await world.other.all() == ({"a": PAPER}, {})
    assert world.files.files == {"a": b"pdf"}


@kept
async def test_where_there_is_no_room_nothing_of_it_is_there(world: World) -> None:
    await world.store.add(PAPER, b"pdf")
    for full in ("files", "records"):
        setattr(getattr(world, full), "is_full", True)  # noqa: B010 - one of two fakes
        with pytest.raises(OutOfSpace):
            await world.store.add(SLIDES, b"slides")
        setattr(getattr(world, full), "is_full", False)  # noqa: B010
        assert await world.store.all() == ({"a": PAPER}, {})
        assert world.files.files == {"a": b"pdf"}, full


@kept
async def test_a_newer_version_takes_the_place_of_the_older_one(world: World) -> None:
    await world.store.add(PAPER, b"pdf")
    newer = Document("c", "paper.pdf", "0c", 5, 30.0)
    await world.store.add(newer, b"newer", PAPER)
    assert await world.store.all() == ({"c": newer}, {})
    assert world.files.files == {"c": b"newer"}


@kept
async def test_what_is_removed_can_come_back_until_its_space_does(world: World) -> None:
    await world.store.add(PAPER, b"pdf")
    await world.store.remove([PAPER])
    assert (await world.store.all())[0] == {}
    assert await world.other.sweep() == [], "the page that has removed it holds it"
    assert await world.store.sweep() == []
    await world.store.restore([PAPER])
    assert world.files.files == {"a": b"pdf"}
    await world.store.remove([PAPER])
    await world.store.free([PAPER])
    assert world.files.files == {}


@kept
async def test_files_that_a_crash_has_left_are_swept(world: World) -> None:
    await world.store.add(PAPER, b"pdf")
    await world.store.add(SLIDES, b"slides")
    await world.store.remove([SLIDES])
    world.tabs.die()
    assert await world.other.sweep() == ["b"]
    assert world.files.files == {"a": b"pdf"}


@kept
async def test_the_file_of_a_damaged_record_is_not_swept(world: World) -> None:
    await world.store.add(PAPER, b"pdf")
    await world.records.write([("documents", "a", {"id": "a", "name": "no more than that"})])
    assert await world.other.sweep() == []
    assert world.files.files == {"a": b"pdf"}


@kept
async def test_the_file_of_what_an_import_has_brought_back_is_not_freed(world: World) -> None:
    await world.store.add(PAPER, b"pdf")
    await world.store.remove([PAPER])
    await world.records.write([("documents", "a", asdict(PAPER))])
    await world.store.free([PAPER])
    assert world.files.files == {"a": b"pdf"}
    assert await world.tabs.another().claim(held("a"))


@kept
async def test_what_could_not_be_deleted_can_be_written_again(world: World) -> None:
    await world.store.add(PAPER, b"pdf")
    world.records.is_full = True
    with pytest.raises(OutOfSpace):
        await world.store.remove([PAPER])
    world.records.is_full = False
    assert await world.tabs.another().claim(held("a"))


@kept
async def test_what_is_deleted_while_it_is_written_stays_deleted(world: World) -> None:
    await world.store.add(PAPER, b"pdf")
    await asyncio.gather(world.store.change(PAPER), world.store.remove([PAPER]))
    assert (await world.store.all())[0] == {}


@kept
async def test_an_older_version_that_cannot_be_freed_now_is_swept_later(world: World) -> None:
    await world.store.add(PAPER, b"pdf")
    newer, drop = Document("c", "paper.pdf", "0c", 5, 30.0), world.files.drop
    world.files.drop = refuse  # type: ignore[method-assign]
    await world.store.add(newer, b"newer", PAPER)
    world.files.drop = drop  # type: ignore[method-assign]
    assert await world.store.sweep() == ["a"]


async def refuse(ids: Sequence[str]) -> None:
    raise StorageError


@kept
async def test_a_record_that_was_deleted_is_not_written_again(world: World) -> None:
    await world.store.change(PAPER)
    assert await world.store.all() == ({}, {})


@kept
async def test_a_notebook_goes_and_its_documents_stay(world: World) -> None:
    notebook = Notebook("n", "Algebra", 1.0)
    await world.store.keep_notebook(notebook)
    await world.store.add(SLIDES, b"slides")
    [after] = await world.store.drop_notebook(notebook, {"b": SLIDES})
    assert (after.id, after.notebook) == ("b", "")
    assert await world.store.all() == ({"b": after}, {})
    await world.store.restore_notebook(notebook, [SLIDES])
    assert await world.store.all() == ({"b": SLIDES}, {"n": notebook})


def test_documents_are_listed_the_newest_first() -> None:
    assert listed([PAPER, SLIDES]) == (SLIDES, PAPER)
    assert listed([PAPER, SLIDES], "n") == (SLIDES,)
    assert counts([PAPER, SLIDES]) == {"": 1, "n": 1}


def test_records_are_read_and_damage_is_told() -> None:
    lost: list[str] = []
    odd = {"id": "a", "name": "x", "sha256": "", "size_bytes": 1, "status": "melted"}
    assert document_from(odd, lost).status == "waiting"
    assert lost
    with pytest.raises(Damaged):
        document_from({"name": "no id"})
    with pytest.raises(Damaged):
        notebook_from([])


@kept
async def test_the_word_for_a_notebook_goes_with_it(world: World) -> None:
    notebook = Notebook("n", "Sea", 1.0)
    await world.store.keep_notebook(notebook)
    await world.store.keep_consent(Consent("n", "openai OpenAI", may=True))
    await world.store.keep_consent(Consent("none", "openai OpenAI"))
    assert (await world.store.consents())["n"].may
    await world.store.drop_notebook(notebook, {})
    assert list(await world.store.consents()) == ["none"]


def test_records_of_the_version_before_are_read() -> None:
    assert not notebook_from({"id": "n", "name": "Sea", "added_at": 1.0}).is_private
    assert document_from({"id": "d", "name": "a", "sha256": "", "size_bytes": 1}).opened_at == 0
    assert notebook_from({"id": "n", "name": "Sea", "is_private": "odd"}).is_private, "what cannot be read is private"
