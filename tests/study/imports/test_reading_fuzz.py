"""A thousand mutated exports: each gives chats that this app can read, or words, and never anything else."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest

from app.core.errors import AppError
from app.study.archive.trees import tree_of
from app.study.chats import chat_from, ids_in, turn_from
from tests.study.imports.exports import FIXTURES, Read, as_file, read, records
from tests.words import english

FILES = ("chatgpt/conversations.json", "claude/conversations.json", "openwebui/chats-export.json")
RUNS = 334  # each
ODD: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    1e300,
    10**40,
    "",
    "\ud83d",
    "\x00\ue200cite\ue202",
    "x" * 2000,
    [],
    {},
    [[]],
    [None, 1, "a", {}],
    {"content_type": "text", "parts": ["z"]},
    "2026-13-45T99:99",
    '<details type="reasoning">' * 3,
)


def places(value: Any, found: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Each (container, key) below a value."""
    for key, one in value.items() if isinstance(value, dict) else enumerate(value):
        found.append((value, key))
        if isinstance(one, (dict, list)):
            places(one, found)
    return found


def mutated(chats: list[Any], chance: random.Random) -> list[Any]:
    """A copy with some values changed, deleted, doubled, swapped, hung up elsewhere."""
    chats = copy.deepcopy(chance.sample(chats, min(3, len(chats))))
    for _ in range(chance.randint(1, 8)):
        every = places(chats, [])
        where, key = chance.choice(every)
        other, its = chance.choice(every)
        kind = chance.randrange(5)
        if kind == 0:
            where[key] = copy.deepcopy(chance.choice(ODD))
        elif kind == 1:
            del where[key]
        elif kind == 2:
            where[key] = copy.deepcopy(other[its])
        elif kind == 3 and isinstance(where, dict):
            where[f"new-{key}"] = copy.deepcopy(where[key])
        elif isinstance(where[key], str):
            where[key] = chance.choice(["", where[key] * 3, where[key][::-1], "client-created-root", "u1"])
    return chats


def check(found: Read) -> None:
    """Everything that came of it can be read here, hangs together, and has a way from its branch to its root."""
    for conversation in found.conversations:
        chat, turns = records(conversation)
        lost: list[str] = []
        assert chat_from(json.loads(json.dumps(chat_fields(chat))), lost).id == chat.id
        assert [turn_from(turn, lost).id for turn in turns] == [turn["id"] for turn in turns]
        assert lost == []
        ids = {turn["id"]: turn for turn in turns}
        assert len(ids) == len(turns)
        for parent, child in zip(("", *chat.path), chat.path, strict=False):
            assert ids[child]["parent"] == parent
        for turn in turns:
            assert turn["parent"] in ids or turn["parent"] == ""
            assert all(ids[child]["parent"] == turn["id"] for child in ids_in(turn, "children"))
        assert chat.path, "a chat with something in it shows something"
        assert len(tree_of(chat_fields(chat), turns).turns) == len(turns), "nothing is out of reach"


def chat_fields(chat: Any) -> dict[str, Any]:
    return {name: getattr(chat, name) for name in ("id", "title", "created", "updated", "path", "roots", "is_pinned")}


@pytest.mark.parametrize("file", FILES)
def test_mutated_exports_give_chats_or_words(file: str) -> None:
    chats = json.loads((FIXTURES / Path(file)).read_text("utf-8"))
    chance, told, came = random.Random(file), 0, 0
    for _ in range(RUNS):
        data = as_file(*mutated(chats, chance))
        if chance.random() < 0.2:
            data = data[: chance.randrange(len(data))]
        try:
            found = read(data)
        except AppError as error:
            told += bool(english(error.message))
            continue
        check(found)
        came += bool(found.conversations)
    assert came > RUNS // 2
    assert told + came <= RUNS


def test_a_tree_of_many_forks_stays_as_large_as_it_is() -> None:
    """Each node of a long reply forks: what stands before a fork is not copied into every version for ever."""
    mapping: dict[str, Any] = {"u": {"id": "u", "parent": None, "message": said("user", "Go")}}
    before = "u"
    for number in range(400):
        for name in (f"a{number}", f"b{number}"):
            mapping[name] = {"id": name, "parent": before, "message": said("assistant", "word " * 20)}
        before = f"a{number}"
    found = read(as_file({"mapping": mapping, "conversation_id": "c", "create_time": 1}))
    check(found)
    _, turns = records(found.conversations[0])
    assert sum(len(str(turn["text"])) for turn in turns) < 10 * len(json.dumps(mapping))


def test_long_chains_and_huge_texts_are_no_hindrance() -> None:
    deep = {
        f"n{number}": {
            "parent": f"n{number - 1}",
            "message": said("user" if number % 2 else "assistant", f"text {number}"),
        }
        for number in range(5_000)
    }
    found = read(as_file({"mapping": deep, "conversation_id": "c", "create_time": 1}))
    chat, turns = records(found.conversations[0])
    assert len(turns) == len(chat.path) == 5_000
    long = {"u": {"parent": None, "message": said("user", "x" * 3_000_000)}}
    found = read(as_file({"mapping": long, "conversation_id": "c", "create_time": 1}))
    assert found.found.left["cut"] == 1
    assert len(str(records(found.conversations[0])[1][0]["text"])) < 1_000_100


def said(role: str, text: str) -> dict[str, Any]:
    return {
        "author": {"role": role},
        "content": {"content_type": "text", "parts": [text]},
        "recipient": "all",
    }
