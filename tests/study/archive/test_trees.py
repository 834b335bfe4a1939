"""A tree is read branch by branch, and what does not hang together is mended without losing a word."""

from __future__ import annotations

import asyncio
import random
from typing import Any

import pytest

from app.core.ports import Record
from app.study.archive.trees import Tree, mended, tree_of
from app.study.chats import Chat, ChatStore, chat_from
from tests.memory import FakeClock, MemoryRecords
from tests.study.archive.worlds import grow


def turn(id: str, parent: str = "", *children: str, created: float = 0.0) -> dict[str, Any]:
    return {"id": id, "chat_id": "c", "parent": parent, "role": "user", "text": id, "children": list(children),
            "created": created}  # fmt: skip


def tree(path: str, roots: str, *turns: dict[str, Any]) -> Tree:
    return tree_of({"id": "c", "path": list(path), "roots": list(roots)}, turns)


def letters(tree: Tree) -> list[str]:
    return ["".join(turn.id for turn in branch) for branch in tree.branches()]


def test_the_branch_on_show_comes_first_and_every_turn_once() -> None:
    forked = tree("abd", "ag", turn("a", "", "b", "e"), turn("b", "a", "c", "d"), turn("c", "b"), turn("d", "b"),
                  turn("e", "a", "f"), turn("f", "e"), turn("g"))  # fmt: skip
    assert letters(forked) == ["abd", "g", "ef", "c"]
    assert forked.versions(forked.turns["d"]) == ("c", "d")
    assert forked.versions(forked.turns["a"]) == ("a", "g")


def test_an_empty_chat_has_no_branches() -> None:
    assert letters(tree("", "")) == []


def test_a_chat_of_thousands_of_turns_and_branches_is_walked_without_recursion() -> None:
    chain = [turn(str(n), str(n - 1) if n else "", str(n + 1)) for n in range(5_000)]
    chat, turns = mended({"id": "c", "roots": ["0"], "path": []}, {item["id"]: item for item in chain})
    assert len(turns) == len(chat_from(chat).path) == 5_000
    assert len(tree_of(chat, turns.values()).branches()[0]) == 5_000


@pytest.mark.parametrize("seed", range(10))
def test_a_tree_that_the_app_has_made_is_whole_already(seed: int) -> None:
    async def body() -> None:
        records, dice = MemoryRecords(), random.Random(seed)
        await grow(ChatStore(records, FakeClock(step=1.0)), Chat("c"), dice, 30)
        shelves = await records.snapshot()
        assert mended(shelves["chats"]["c"], shelves["turns"]) == (shelves["chats"]["c"], shelves["turns"])
        whole = tree_of(shelves["chats"]["c"], shelves["turns"].values())
        assert sum(map(len, whole.branches())) == 30

    asyncio.run(body())


def test_references_to_nothing_go_and_lost_turns_come_back() -> None:
    chat, turns = mended(
        {"id": "c", "roots": ["x", "a"], "path": ["a", "x"]},
        {item["id"]: item for item in (turn("a", "", "y"), turn("b", "a", created=1), turn("z", "gone"), turn("r"))},
    )
    assert chat["roots"] == ["a", "z", "r"]
    assert chat["path"] == ["a", "b"]
    assert turns["a"]["children"] == ["b"]
    assert turns["z"]["parent"] == ""


def test_references_that_are_no_ids_are_references_to_nothing() -> None:
    odd: Record = {**turn("a"), "parent": ["a"], "children": 7, "created": "long ago"}
    chat, turns = mended({"id": "c", "roots": [["a"], {}, None], "path": "a"}, {"a": odd, "b": {"id": "b"}})
    assert (chat["roots"], chat["path"]) == (["a", "b"], ["b"])
    assert turns["a"] == {**odd, "parent": "", "children": []}


def test_turns_in_a_circle_are_left_out_and_nobody_hangs() -> None:
    chat, turns = mended(
        {"id": "c", "roots": ["a", "b"], "path": ["a", "b", "a"]},
        {item["id"]: item for item in (turn("a", "b", "b"), turn("b", "a", "a"), turn("s", "s", "s"), turn("t"))},
    )
    assert turns.keys() == {"t"}
    assert chat_from(chat).path == ("t",)


def test_a_turn_without_a_name_is_left_out_and_nobody_hangs() -> None:
    """Its name would be that of what stands above first questions."""
    chat, turns = mended({"id": "c", "roots": ["", "a"], "path": [""]}, {"": turn(""), "a": turn("a"), "b": turn("b")})
    assert turns.keys() == {"a", "b"}
    assert (chat["roots"], chat["path"]) == (["a", "b"], ["b"])


def test_one_turn_listed_twice_or_under_two_is_there_once() -> None:
    chat, turns = mended(
        {"id": "c", "roots": ["a", "a", "b"], "path": ["a", "b"]},
        {item["id"]: item for item in (turn("a", "", "b", "b"), turn("b", "a"))},
    )
    assert (chat["roots"], turns["a"]["children"], chat["path"]) == (["a"], ["b"], ["a", "b"])
