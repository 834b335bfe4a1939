"""The index between visits: whole, or made again."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Coroutine, Sequence
from functools import wraps
from typing import ParamSpec

import pytest

from app.core.documents import Heading, PageText, Reading
from app.documents import kept as module
from app.documents.index import Index, Indexed
from app.documents.kept import KeptIndex, digest_of

P = ParamSpec("P")


def whole(scene: Callable[P, Coroutine[object, object, None]]) -> Callable[P, None]:
    """A test that waits for things, in a loop of its own."""

    @wraps(scene)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        asyncio.run(scene(*args, **kwargs))

    return run


class Store:
    """The `IndexStore` port in memory; without `room` nothing is written."""

    def __init__(self, data: bytes = b"") -> None:
        self.data, self.saves, self.room = data, 0, True
        self.saved = asyncio.Event()

    async def load(self) -> bytes:
        await asyncio.sleep(0)
        return self.data

    async def save(self, data: bytes) -> None:
        await asyncio.sleep(0)
        if not self.room:
            raise OSError("no room")
        self.data, self.saves = data, self.saves + 1
        self.saved.set()


def reading(text: str, *headings: Heading) -> Reading:
    return Reading("markdown", "", "", (PageText(1, text),), headings)


async def filled(store: Store) -> KeptIndex:
    kept = KeptIndex(store)
    assert await kept.keep("tides", "Tides", "", reading("The moon raises the sea.")) == 1
    await kept.keep("mills", "Mills", "", reading("Water turns them."))
    return kept


async def found(kept: KeptIndex, text: str) -> list[str]:
    return [hit.document for hit in await kept.find(text, None, 9)]


@whole
async def test_what_was_kept_is_found_in_the_next_visit() -> None:
    store = Store()
    kept = await filled(store)
    assert await found(kept, "moons") == ["tides"], "the language was told by its words"
    await kept.save()
    later = KeptIndex(store)
    assert await found(later, "moons") == ["tides"]
    assert await later.known() == {
        "tides": digest_of(reading("The moon raises the sea.")),
        "mills": digest_of(reading("Water turns them.")),
    }


@whole
async def test_several_changes_are_written_once_and_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "QUIET_SECONDS", 0.05)
    store = Store()
    kept = await filled(store)
    assert store.saves == 0
    await store.saved.wait()
    await kept.save()
    assert store.saves == 1, "nothing has changed since"
    assert set(Index.of(store.data).known()) == {"tides", "mills"}


@whole
async def test_a_document_that_is_dropped_is_out_of_what_is_kept() -> None:
    store = Store()
    kept = await filled(store)
    await kept.save()
    assert b"raises the sea" in store.data
    await kept.drop(["tides"])
    assert b"raises the sea" not in store.data
    assert await found(KeptIndex(store), "moon") == []


@pytest.mark.parametrize("data", [b"", b"x" * 5000])
@whole
async def test_what_is_damaged_is_an_empty_index_that_can_be_filled_again(data: bytes) -> None:
    store = Store(data)
    kept = KeptIndex(store)
    assert await kept.known() == {}
    assert await kept.find("moon", None, 9) == ()
    kept = await filled(store)
    await kept.save()
    assert len(Index.of(store.data).known()) == 2


@whole
async def test_damage_that_shows_later_empties_the_index_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = await filled(Store())

    def broken(*_: object) -> None:
        raise sqlite3.DatabaseError("database disk image is malformed")

    with monkeypatch.context() as patch:
        patch.setattr(Index, "find", broken)
        assert await kept.find("moon", None, 9) == ()
    assert await kept.known() == {}

    first = [True]
    put = Index.put

    def once(self: Index, name: str, title: str, language: str, digest: str, rows: Sequence[Indexed]) -> None:
        if first.pop() if first else False:
            broken()
        put(self, name, title, language, digest, rows)

    monkeypatch.setattr(Index, "put", once)
    await kept.keep("tides", "", "en", reading("The moon."))
    assert await found(kept, "moon") == ["tides"]


@whole
async def test_without_room_it_works_on_and_is_written_with_the_next_change() -> None:
    store = Store()
    store.room = False
    kept = await filled(store)
    await kept.drop(["mills"])
    assert (store.saves, await found(kept, "moon")) == (0, ["tides"])
    store.room = True
    await kept.save()
    assert set(Index.of(store.data).known()) == {"tides"}


@whole
async def test_others_have_their_turn_while_a_large_document_is_indexed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TURN_SECONDS", 0.0)
    monkeypatch.setattr(module, "TOLD_SECONDS", 0.0)
    kept = await filled(Store())
    large = reading("Every day the wave comes back to the shore of the bay. " * 800)
    told = list[tuple[int, int]]()
    work = asyncio.ensure_future(kept.keep("large", "", "en", large, lambda *at: told.append(at)))
    turns = 0
    while not work.done():
        await asyncio.sleep(0)
        assert await found(kept, "moon") == ["tides"]
        turns += 1
    assert min(turns, len(told)) > 60, "it is not silent for long"
    assert await work > 60
    assert "large" in await found(kept, "wave")


@whole
async def test_two_changes_at_once_are_made_one_after_the_other() -> None:
    store = Store()
    kept = KeptIndex(store)
    long = "The tide comes in. " * 3000
    await asyncio.gather(*(kept.keep("same", "", "en", reading(f"{word} {long}")) for word in ("first", "second")))
    assert [await found(kept, word) for word in ("first", "second")] == [[], ["same"]]


def test_a_digest_tells_one_reading_from_another() -> None:
    one = reading("The sea.")
    others = [reading("The sea"), reading("The sea.", Heading(1, "The", 1, 0)), reading("\ud800")]
    assert digest_of(one) == digest_of(reading("The sea."))
    assert len({digest_of(other) for other in [one, *others]}) == 4
