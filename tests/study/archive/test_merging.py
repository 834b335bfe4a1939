"""An import brings in what is missing, keeps what is here, and is never half done."""

from __future__ import annotations

import asyncio
import copy
import random
from typing import Any

import pytest

from app.core.errors import BadBackup, OutOfSpace
from app.core.ports import Record, Shelves
from app.study.archive.backup import kept, read_backup, write_backup
from app.study.archive.merging import merge
from app.study.archive.trees import tree_of
from app.study.chats import Chat, ChatStore, Turn, chat_from
from tests.memory import FakeClock, MemoryRecords
from tests.study.archive.worlds import grow, world
from tests.words import raises


async def everything(records: MemoryRecords) -> Shelves:
    return kept(await records.snapshot())


async def bring(records: MemoryRecords, theirs: Shelves, **options: Any) -> Any:
    merged = merge(await records.snapshot(), copy.deepcopy(theirs), **options)
    await records.write(merged.puts)
    return merged


@pytest.mark.parametrize("seed", range(8))
def test_into_an_empty_page_everything_comes_back_exactly(seed: int) -> None:
    async def body() -> None:
        shelves = await everything(await world(seed))
        theirs = read_backup(write_backup(shelves, "0.1.0", 1.0)).shelves
        records = MemoryRecords()
        merged = await bring(records, theirs)
        assert await everything(records) == shelves
        assert (merged.chats.new, merged.chats.changed, merged.chats.same) == (3, 0, 0)
        assert merged.others.new == 3

    asyncio.run(body())


@pytest.mark.parametrize("seed", range(8))
def test_a_second_import_finds_everything_here_and_writes_nothing(seed: int) -> None:
    async def body() -> None:
        records = await world(seed)
        merged = await bring(records, await everything(records))
        assert merged.puts == []
        assert (merged.chats.same, merged.others.same) == (3, 3)

    asyncio.run(body())


@pytest.mark.parametrize("seed", range(8))
def test_a_chat_that_went_on_at_both_ends_keeps_the_branches_of_both(seed: int) -> None:
    async def body() -> None:
        mine = await world(seed, chats=1)
        theirs = MemoryRecords()
        await theirs.write(await started(mine))
        for records, time in ((mine, 100.0), (theirs, 200.0)):
            store = ChatStore(records, FakeClock(1.0, time))
            [chat] = await store.all()
            await grow(store, chat, random.Random(f"{seed} {time}"), 9)
        before, there = await everything(mine), await everything(theirs)
        merged = await bring(mine, there)
        after = await everything(mine)
        assert merged.chats.changed == 1
        assert after["turns"].keys() == before["turns"].keys() | there["turns"].keys()
        [chat_record] = after["chats"].values()
        whole = tree_of(chat_record, after["turns"].values())
        assert sum(map(len, whole.branches())) == len(after["turns"])
        assert chat_record["path"] == next(iter(there["chats"].values()))["path"], "theirs was changed last"
        assert (await bring(mine, there)).puts == [], "once more changes nothing"
        await bring(theirs, before)
        assert (await everything(theirs))["turns"] == after["turns"], "the other way round gives the same tree"

    asyncio.run(body())


async def started(records: MemoryRecords) -> list[tuple[str, str, Any]]:
    shelves = await records.snapshot()
    return [(shelf, key, record) for shelf, found in shelves.items() for key, record in found.items()]


def test_an_older_file_does_not_take_newer_words_away() -> None:
    async def body() -> None:
        records = MemoryRecords()
        store = ChatStore(records, FakeClock(step=1.0))
        chat, turn = await store.add(Chat("c"), "", Turn("t", "c", "", "user", "Half a sen"))
        old = await everything(records)
        await store.save_turn(Turn("t", "c", "", "user", "Half a sentence, and the rest.", turn.created))
        await store.add(chat, "t", Turn("u", "c", "t", "assistant", "Yes."))
        now = await everything(records)
        merged = await bring(records, old)
        assert (merged.puts, merged.chats.same) == ([], 1)
        assert await everything(records) == now

    asyncio.run(body())


@pytest.mark.parametrize(("mine_first", "is_mine"), [(True, True), (True, False), (False, True), (False, False)])
def test_a_chat_that_is_private_on_either_side_stays_private(mine_first: bool, is_mine: bool) -> None:
    async def body() -> None:
        mine = await world(1, chats=1)
        theirs = MemoryRecords()
        await theirs.write(await started(mine))
        for records, is_private, later in ((mine, is_mine, not mine_first), (theirs, not is_mine, mine_first)):
            store = ChatStore(records, FakeClock(1.0, 200.0 if later else 100.0))
            [chat] = await store.all()
            await store.change(chat, is_private=is_private, updated=200.0 if later else 100.0)
        await bring(mine, await everything(theirs))
        [chat] = await ChatStore(mine, FakeClock()).all()
        assert chat.is_private

    asyncio.run(body())


def test_settings_are_the_files_and_lists_keep_the_things_of_both() -> None:
    async def body() -> None:
        records = MemoryRecords()
        await records.write(
            [
                ("settings", "settings", {"theme": "light"}),
                ("settings", "sources", {"catalogs": [kind("a", 9.0), kind("b", 1.0)], "models": [{"id": "m"}]}),
            ]
        )
        theirs: Shelves = {
            "settings": {
                "settings": {"theme": "dark"},
                "sources": {"catalogs": [kind("a", 5.0), kind("c", 2.0)], "models": []},
            }
        }
        merged = await bring(records, theirs)
        assert (await records.get("settings", ["settings"])) == [{"theme": "dark"}]
        [sources] = await records.get("settings", ["sources"])
        assert sources == {"catalogs": [kind("a", 9.0), kind("b", 1.0), kind("c", 2.0)], "models": [{"id": "m"}]}
        assert merged.others.changed == 2

    asyncio.run(body())


def kind(id: str, added_at: float) -> dict[str, Any]:
    return {"id": id, "added_at": added_at}


def test_of_records_with_a_time_of_their_own_the_later_one_stays() -> None:
    mine: Shelves = {"chats": {}, "turns": {}, "pulls": {"x": {"done": 1, "started": 9.0}}}
    assert merge(mine, {"pulls": {"x": {"done": 5, "started": 3.0}}}).puts == []
    assert merge(mine, {"pulls": {"x": {"done": 5, "started": 10.0}}}).puts == [
        ("pulls", "x", {"done": 5, "started": 10.0})
    ]


def test_markers_of_models_do_not_come_in() -> None:
    async def body() -> None:
        records = MemoryRecords()
        assert (await bring(records, {"models": {"tiny": {"id": "tiny"}}})).puts == []

    asyncio.run(body())


def test_turns_without_their_chat_stay_outside() -> None:
    async def body() -> None:
        shelves = await everything(await world())
        shelves["chats"].clear()
        merged = await bring(MemoryRecords(), shelves)
        assert [shelf for shelf, _, _ in merged.puts if shelf in ("chats", "turns")] == []

    asyncio.run(body())


CHAT: dict[str, Any] = {"id": "c", "title": "Chat"}
TURN: dict[str, Any] = {"id": "t", "chat_id": "c", "parent": "", "role": "user", "text": "Hi"}


@pytest.mark.parametrize(
    ("chat", "turn"),
    [
        ({**CHAT, "id": "d"}, TURN),
        ({**CHAT, "title": 5}, TURN),
        ({**CHAT, "path": "t"}, TURN),
        ({**CHAT, "updated": "now"}, TURN),
        (CHAT, {**TURN, "role": "system"}),
        (CHAT, {**TURN, "text": None}),
        (CHAT, {**TURN, "usage": {"prompt_tokens": "many"}}),
        (CHAT, {**TURN, "problem": {"cure": "none"}}),
        (CHAT, {"id": "t", "chat_id": "c", "role": "user", "text": "no parent"}),
    ],
)
def test_records_that_would_break_the_page_are_refused_as_a_whole(chat: dict[str, Any], turn: dict[str, Any]) -> None:
    good: Shelves = {"settings": {"settings": {"theme": "dark"}}}
    mine = asyncio.run(MemoryRecords().snapshot())
    with raises(BadBackup, "data that DrLeeLM doesn't know"):
        merge(mine, {**good, "chats": {"c": chat}, "turns": {"t": turn}})


@pytest.mark.parametrize("id", ["", "a b", "../x", "a" * 65, "é", 'x"'])
def test_ids_that_are_no_ids_are_refused(id: str) -> None:
    with pytest.raises(BadBackup):
        merge(asyncio.run(MemoryRecords().snapshot()), {"chats": {id: {**CHAT, "id": id}}})


def test_a_turn_that_belongs_to_another_chat_here_is_refused() -> None:
    mine: Shelves = {"chats": {}, "turns": {"t": {**TURN, "chat_id": "other"}}}
    with pytest.raises(BadBackup):
        merge(mine, {"chats": {"c": CHAT}, "turns": {"t": TURN}})


def test_a_record_that_the_app_cannot_read_is_refused_with_all_others() -> None:
    mine = asyncio.run(MemoryRecords().snapshot())

    def is_whole(shelf: str, key: str, record: Record) -> bool:
        if shelf == "pulls":
            return bool(record.get("name") == "a")
        return key != "settings" or isinstance(record["theme"], str)

    merge(mine, {"settings": {"settings": {"theme": "dark"}, "other": {}}, "pulls": {"a": {"name": "a"}}}, is_whole)
    refused: list[tuple[str, str, Record]] = [
        ("settings", "settings", {"theme": 5}),
        ("pulls", "a", {}),
        ("pulls", "a", {"name": "b"}),
    ]
    for shelf, key, record in refused:
        with pytest.raises(BadBackup):
            merge(mine, {shelf: {key: record}}, is_whole)


def test_a_shelf_that_this_version_does_not_have_is_a_newer_versions() -> None:
    with raises(BadBackup, "newer version"):
        merge(asyncio.run(MemoryRecords().snapshot()), {"holograms": {"x": {}}})


def test_an_import_is_one_transaction_and_a_full_disk_leaves_everything_as_it_was() -> None:
    async def body() -> None:
        shelves, records = await everything(await world()), MemoryRecords()
        records.is_full = True
        with pytest.raises(OutOfSpace):
            await bring(records, shelves)
        assert not any((await records.snapshot()).values())
        records.is_full = False
        await bring(records, shelves)
        assert records.writes == 1

    asyncio.run(body())


def test_a_hostile_tree_comes_in_as_one_that_can_be_walked() -> None:
    circle = [{**TURN, "id": "a", "parent": "b", "children": ["b"]}, {**TURN, "id": "b", "parent": "a"}]
    chat = {**CHAT, "roots": ["a", "zz"], "path": ["b", "a", "b"]}
    merged = merge(
        asyncio.run(MemoryRecords().snapshot()), {"chats": {"c": chat}, "turns": {turn["id"]: turn for turn in circle}}
    )
    [(_, _, record)] = merged.puts
    assert (chat_from(record).path, chat_from(record).roots) == ((), ())


def test_a_notebook_that_is_private_here_stays_private_and_no_file_says_that_texts_may_leave() -> None:
    async def body() -> None:
        records = MemoryRecords()
        notebook: Record = {"id": "n", "name": "Diary", "added_at": 5.0, "is_private": True}
        consent: Record = {"id": "n", "server": "openai OpenAI", "may": True, "added_at": 9.0}
        await records.write([("notebooks", "n", notebook)])
        theirs = {"notebooks": {"n": {**notebook, "is_private": False, "added_at": 9.0}}, "consents": {"n": consent}}
        await bring(records, theirs)
        found = await records.snapshot()
        assert (found["notebooks"]["n"]["is_private"], found["notebooks"]["n"]["added_at"]) == (True, 9.0)
        assert found["consents"] == {}
        assert "consents" not in await everything(records), "nor does a backup"
        await bring(records, {"notebooks": {"m": {**notebook, "id": "m"}}})
        assert (await records.snapshot())["notebooks"]["m"]["is_private"], "what is private there is so here"

    asyncio.run(body())


def test_questions_that_were_typed_here_stay_beside_those_of_a_file() -> None:
    def questions(*documents: str) -> Shelves:
        typed = [{"question": f"Why {id}?", "document": id, "passage": 0} for id in documents]
        return {"chats": {}, "turns": {}, "settings": {"search": {"questions": typed}}}

    [(shelf, key, record)] = merge(questions("b", "c"), questions("a", "b")).puts
    assert (shelf, key, {"search": record}) == ("settings", "search", questions("a", "b", "c")["settings"])
    assert merge(questions("a", "b"), questions("b")).puts == []
