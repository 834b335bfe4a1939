"""The door before the records: what is damaged costs itself, is named, and is never lost without a word (D1, D4)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, fields
from typing import Any, get_type_hints

from app.core.shapes import Strictly, decode
from app.records.checked import KEPT, NAMED, CheckedRecords, Damage
from app.study.shelves import SHELVES, checked, reader_of, told
from tests.memory import MemoryRecords
from tests.words import english


@dataclass(frozen=True)
class Thing:
    """What lies on the shelf "turns" here."""

    id: str
    size: int = 0
    is_private: Strictly[bool] = False


def run(scene: Callable[[CheckedRecords, MemoryRecords], Awaitable[None]], **texts: Any) -> None:
    async def body() -> None:
        records = MemoryRecords()
        records.shelves = {
            "turns": {name: one if isinstance(one, str) else json.dumps(one) for name, one in texts.items()}
        }
        door = CheckedRecords(
            records, lambda shelf, key: (lambda record, lost: decode(Thing, record, lost)) if shelf == "turns" else None
        )
        await scene(door, records)

    asyncio.run(body())


GOOD, HALF, BROKEN = {"id": "good", "size": 5, "new": 1}, {"id": "half", "size": -1, "new": 2}, {"size": 5}
MENDED = {"id": "half", "size": 0, "is_private": False, "new": 2}


def test_good_records_pass_as_they_are_and_broken_ones_do_not() -> None:
    async def scene(door: CheckedRecords, records: MemoryRecords) -> None:
        found: list[int] = []
        door.on_damage = lambda: found.append(1)
        assert await door.all("turns") == [GOOD, MENDED]
        assert door.damaged == {
            ("turns", "broken"): Damage("turns", "broken", is_left_out=True),
            ("turns", "half"): Damage("turns", "half", is_left_out=False, lost=("size",)),
            ("turns", "text"): Damage("turns", "text", is_left_out=True),
            ("turns", "under"): Damage("turns", "under", is_left_out=True),
        }
        assert await door.get("turns", ["good", "broken", "half", "nothing", "text"]) == [
            GOOD,
            None,
            MENDED,
            None,
            None,
        ]
        assert len(found) == 4, "each is told once"
        assert (await door.snapshot())["turns"] == {"good": GOOD, "half": MENDED}

    run(scene, good=GOOD, half=HALF, broken=BROKEN, text='{"id": "te', under={"id": "another name"})


def test_records_under_another_name_are_found_where_only_their_values_are_read() -> None:
    """One without a name sent whoever walked through a chat round in a circle for ever."""

    async def scene(door: CheckedRecords, records: MemoryRecords) -> None:
        assert await door.all("turns") == [{"id": "c"}]
        assert set(door.damaged) == {("turns", ""), ("turns", "a"), ("turns", "b")}

    run(scene, **{"": {"id": ""}, "a": {"id": ""}, "b": {"id": "c"}, "c": {"id": "c"}})


def test_every_shelf_whose_records_have_an_id_keeps_them_under_it() -> None:
    readers = {shelf.name: reader for shelf in SHELVES if (reader := reader_of(shelf.name, ""))}
    made = {name: get_type_hints(reader)["return"] for name, reader in readers.items()}
    assert {name for name, kind in made.items() if any(field.name == "id" for field in fields(kind))} == NAMED


def test_what_may_be_private_stays_so() -> None:
    async def scene(door: CheckedRecords, records: MemoryRecords) -> None:
        [read] = await door.all("turns")
        assert read["is_private"] is True

    run(scene, a={"id": "a", "is_private": "no"})


def test_what_is_written_over_is_kept_as_it_lay_there() -> None:
    async def scene(door: CheckedRecords, records: MemoryRecords) -> None:
        await door.all("turns")
        await door.write([("turns", "broken", {"id": "broken"}), ("turns", "half", {"id": "half"})])
        whole = await records.snapshot()
        assert whole["settings"][f"{KEPT}turns/half"] == {"shelf": "turns", "key": "half", "record": HALF}
        assert whole["settings"][f"{KEPT}turns/broken"]["record"] == BROKEN
        assert door.damaged == {}
        assert set((await door.everything_damaged())[KEPT]) == {f"{KEPT}turns/half", f"{KEPT}turns/broken"}

    run(scene, half=HALF, broken=BROKEN)


def test_what_a_newer_version_has_added_to_a_record_outlives_a_change_by_this_one() -> None:
    async def scene(door: CheckedRecords, records: MemoryRecords) -> None:
        changed = ("turns", "good", {"id": "good", "size": 6, "is_private": False})
        await door.write([changed, ("turns", "another", {"id": "another"}), ("ledger", "good", {"id": "good"})])
        shelves = await records.snapshot()
        assert shelves["turns"]["good"] == {"id": "good", "size": 6, "is_private": False, "new": 1}
        assert shelves["turns"]["another"] == {"id": "another"}
        assert shelves["ledger"] == {"good": {"id": "good"}}

    run(scene, good=GOOD)


def test_cleaning_takes_away_only_what_cannot_be_read() -> None:
    async def scene(door: CheckedRecords, records: MemoryRecords) -> None:
        assert (await door.everything_damaged())["turns"] == {"half": HALF, "broken": BROKEN, "text": '{"id": "te'}
        await door.clean()
        assert (await records.snapshot())["turns"] == {"good": GOOD, "half": MENDED}
        assert await door.everything_damaged() == {}

    run(scene, good=GOOD, half=HALF, broken=BROKEN, text='{"id": "te')


def test_a_record_can_start_anew() -> None:
    async def scene(door: CheckedRecords, records: MemoryRecords) -> None:
        await door.put_aside("turns", "good")
        await door.put_aside("turns", "nothing")
        assert await door.all("turns") == []
        assert (await records.snapshot())["settings"][f"{KEPT}turns/good"]["record"] == GOOD

    run(scene, good=GOOD)


def test_every_shelf_of_the_app_has_a_reader_and_a_name() -> None:
    """Fault D4: no shelf that a backup can hold goes unread."""
    kept = [shelf for shelf in SHELVES if not shelf.left_out]
    assert all(reader_of(shelf.name, kind.key or "x") for shelf in kept for kind in shelf.kinds)
    assert all(shelf.kinds for shelf in kept)
    damaged = [Damage("turns", "a", True), Damage("turns", "b", True), Damage("chats", "c", True)]
    assert [english(one) for one in told(damaged)] == ["2 messages", "1 chat"]


def test_lists_lose_only_what_cannot_be_read() -> None:
    async def body() -> None:
        records = MemoryRecords()
        model = {"id": "url-1", "name": "One", "sources": [{"url": "https://a.example/b"}]}
        sources = {"catalogs": [{"id": 5}, "x"], "models": [model, {"id": "no name"}, {**model, "size_bytes": -1}]}
        records.shelves = {"settings": {"sources": json.dumps(sources)}}
        [read] = await checked(records).get("settings", ["sources"])
        assert read == {"catalogs": [], "models": [model, model]}

    asyncio.run(body())
