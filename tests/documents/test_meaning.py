"""Vectors of passages: made in batches, kept, compared."""

from __future__ import annotations

from array import array

import pytest

from app.core.documents import Near, PageText, Passage, Reading
from app.documents.files import File
from app.documents.index import Index, meant
from app.documents.kept import KeptIndex
from app.documents.librarian import RoomLibrarian
from app.documents.meaning import HostVectors
from tests.contract.meaning_contract import check_meaning
from tests.documents.test_kept import Store, whole
from tests.passage_vectors import MemoryVectors, alike, quantized


def room(store: Store, vectors: MemoryVectors) -> RoomLibrarian:
    return RoomLibrarian(lambda path: File(str(path)), KeptIndex(store), HostVectors(vectors))


@whole
async def test_the_room_keeps_the_contract() -> None:
    store, vectors = Store(), MemoryVectors()
    index = KeptIndex(store)
    librarian = RoomLibrarian(lambda path: File(str(path)), index, HostVectors(vectors))

    def again() -> RoomLibrarian:
        return RoomLibrarian(lambda path: File(str(path)), index, HostVectors(vectors))

    await check_meaning(librarian, again)


def test_bytes_say_what_the_numbers_said() -> None:
    vector = [0.3, -0.2, 0.05, 0.0]
    row = quantized(vector)
    assert list(array("b", row[0])) == [127, -85, 21, 0]
    assert alike(row, [value / 0.3640055 for value in vector]) == pytest.approx(1, abs=0.01), "as long as 1"
    assert quantized([0.0, 0.0]) == (b"\0\0", 0.0)


def test_titles_stand_above_what_a_model_reads() -> None:
    assert meant("Tides", "Causes › The moon", "It pulls.") == "Tides\nCauses › The moon\nIt pulls."
    assert meant("", "", "It pulls.") == "It pulls."


@whole
async def test_a_damaged_index_finds_nothing_and_lacks_nothing() -> None:
    librarian = room(Store(b"no index"), MemoryVectors())
    assert (await librarian.lacking("a", ["tides"], 9)).total == 0
    assert await librarian.find("moon", None, 9, Near("a", (1.0,))) == ()


@whole
async def test_what_the_words_find_does_not_depend_on_vectors() -> None:
    librarian = room(Store(), MemoryVectors())
    pages = tuple(PageText(number, f"Tide number {number} of the sea.") for number in range(1, 30))
    await librarian.keep("tides", "", "en", Reading("markdown", "", "en", pages))
    by_words = await librarian.find("number 7", None, 9)
    both = await librarian.find("number 7", None, 9, Near("a", (1.0,)))
    assert [hit.passage for hit in both] == [hit.passage for hit in by_words]


def test_a_stamp_changes_with_the_texts_and_their_titles() -> None:
    index = Index()
    stamps = set()
    for title, text in (("A", "One."), ("B", "One."), ("A", "Two."), ("A", "One.")):
        index.keep("it", title, "en", "", [])
        assert index.about() == {}, "without a passage"
        index.keep("it", title, "en", "", [Passage("it", 0, 1, 0, 4, "", text)])
        stamps.add(index.about(["it", "nobody"])["it"].stamp)
    assert len(stamps) == 3
