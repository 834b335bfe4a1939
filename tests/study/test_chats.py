"""Chats as trees: nothing is thrown away, and long chats open as fast as short ones."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict

import pytest

from app.core.errors import OutOfSpace
from app.core.values import Timing, Usage
from app.study.chats import Chat, ChatStore, Problem, Turn, chat_from, new_id, turn_from
from app.study.demo import seed
from tests.memory import FakeClock, MemoryRecords
from tests.words import english


def store() -> tuple[ChatStore, MemoryRecords]:
    records = MemoryRecords()
    return ChatStore(records, FakeClock(step=1.0)), records


async def say(chats: ChatStore, chat: Chat, text: str, parent: str | None = None) -> tuple[Chat, Turn]:
    """Add a turn under the last one (or under `parent`); questions and answers alternate."""
    parent = (chat.path[-1] if chat.path else "") if parent is None else parent
    depth = chat.path.index(parent) + 1 if parent else 0
    role = "assistant" if depth % 2 else "user"
    return await chats.add(chat, parent, Turn(new_id(), chat.id, parent, role, text))  # type: ignore[arg-type]


async def talk(chats: ChatStore, *texts: str) -> Chat:
    chat = Chat(new_id())
    for text in texts:
        chat, _ = await say(chats, chat, text)
    return chat


async def shown(chats: ChatStore, chat: Chat) -> list[str]:
    return [turn.text for turn in await chats.tail(chat, 100)]


def test_a_chat_is_named_after_its_first_question() -> None:
    async def body() -> None:
        chats, _ = store()
        chat = await talk(chats, "Why is\nthe sky blue? " + "x" * 100, "Because.", "And red?")
        assert chat.title.startswith("Why is the sky blue?")
        assert len(chat.title) == 48
        assert english((await talk(chats, "   ")).name) == "New chat"

    asyncio.run(body())


def test_turns_know_their_parents_and_children() -> None:
    async def body() -> None:
        chats, _ = store()
        chat = await talk(chats, "a", "b", "c")
        turns = await chats.tail(chat, 100)
        assert [turn.parent for turn in turns] == ["", turns[0].id, turns[1].id]
        assert [turn.children for turn in turns] == [(turns[1].id,), (turns[2].id,), ()]
        assert chat.roots == (turns[0].id,)
        assert 0 < turns[0].created < turns[2].created

    asyncio.run(body())


def test_a_tail_is_the_newest_of_the_branch_and_skips() -> None:
    async def body() -> None:
        chats, _ = store()
        chat = await talk(chats, *"abcdefg")
        assert [turn.text for turn in await chats.tail(chat, 2)] == ["f", "g"]
        assert [turn.text for turn in await chats.tail(chat, 2, skip=2)] == ["d", "e"]
        assert [turn.text for turn in await chats.tail(chat, 9, skip=5)] == ["a", "b"]
        assert await chats.tail(chat, 9, skip=7) == []
        assert await chats.tail(Chat("empty"), 9) == []

    asyncio.run(body())


def test_regenerating_and_editing_make_siblings_and_every_version_can_be_shown() -> None:
    async def body() -> None:
        chats, _ = store()
        chat = await talk(chats, "question", "answer 1", "more", "more answer")
        question, answer = chat.path[0], chat.path[1]
        chat, again = await say(chats, chat, "answer 2", parent=question)
        assert await shown(chats, chat) == ["question", "answer 2"]
        assert await chats.siblings(chat, again) == (answer, again.id)
        chat = await chats.show(chat, answer)
        assert await shown(chats, chat) == ["question", "answer 1", "more", "more answer"]
        chat, edited = await say(chats, chat, "edited", parent="")
        assert await chats.siblings(chat, edited) == (question, edited.id)
        assert await shown(chats, chat) == ["edited"]
        chat = await chats.show(chat, question)
        assert await shown(chats, chat) == ["question", "answer 2"], "the newest version of each generation"
        assert (await chats.all())[0].path == chat.path

    asyncio.run(body())


def test_writing_a_turn_again_keeps_the_children_it_has_gained() -> None:
    async def body() -> None:
        chats, _ = store()
        chat = await talk(chats, "a")
        [turn] = await chats.tail(chat, 1)
        chat, child = await say(chats, chat, "b")
        await chats.save_turn(turn)
        assert (await chats.turns([turn.id]))[0].children == (child.id,)

    asyncio.run(body())


def test_deleting_takes_all_versions_and_can_be_undone() -> None:
    async def body() -> None:
        chats, records = store()
        chat = await talk(chats, "a", "b", "c", "d")
        other = await talk(chats, "other")
        chat, _ = await say(chats, chat, "b2", parent=chat.path[0])
        chat, _ = await say(chats, chat, "a2", parent="")
        before = json.dumps(records.shelves, sort_keys=True)
        deleted = await chats.delete(chat)
        assert [item.id for item in await chats.all()] == [other.id]
        assert list(records.shelves["turns"]) == list(other.path)
        await chats.restore(deleted)
        assert json.dumps(records.shelves, sort_keys=True) == before

    asyncio.run(body())


def test_deleting_a_long_chat_reads_its_turns_in_one_read() -> None:
    async def body() -> None:
        chats, records = store()
        await seed(records, english, 1000)
        [chat] = await chats.all()
        calls = 0
        plain = records.get

        async def counted(shelf: str, keys: object) -> object:
            nonlocal calls
            calls += 1
            return await plain(shelf, keys)  # type: ignore[arg-type]

        records.get = counted  # type: ignore[method-assign,assignment]
        await chats.delete(chat)
        assert calls == 2, "its own record, and its turns"
        assert records.shelves["turns"] == {}

    asyncio.run(body())


def test_the_chat_used_last_comes_first() -> None:
    async def body() -> None:
        chats, _ = store()
        one, two = await talk(chats, "one"), await talk(chats, "two")
        assert [chat.id for chat in await chats.all()] == [two.id, one.id]
        one, _ = await say(chats, one, "more")
        assert [chat.id for chat in await chats.all()] == [one.id, two.id]

    asyncio.run(body())


def test_a_full_disk_leaves_nothing_half_written() -> None:
    async def body() -> None:
        chats, records = store()
        chat = await talk(chats, "a")
        before = json.dumps(records.shelves)
        records.is_full = True
        with pytest.raises(OutOfSpace):
            await say(chats, chat, "b")
        assert json.dumps(records.shelves) == before

    asyncio.run(body())


def test_records_survive_json_and_later_versions() -> None:
    problem = Problem("It broke.", "Mend it.", again=False, detail="Error 7")
    turn = Turn(
        "t", "c", "p", "assistant", "text", 1.5, ("x",), "m", "M", "wllama", "here", Usage(1, 2, True),
        Timing(1, 2, 3, 4), "length", ("note",), problem,
    )  # fmt: skip
    record = json.loads(json.dumps(asdict(turn)))
    assert turn_from(record) == turn
    for part in (record, record["usage"], record["timing"], record["problem"]):
        part["from_the_future"] = 1
    assert turn_from(record) == turn
    chat = Chat("c", "Title", 1.0, 2.0, ("t",), ("t",), True)
    assert chat_from({**json.loads(json.dumps(asdict(chat))), "from_the_future": 1}) == chat
    assert turn_from({"id": "t", "chat_id": "c", "parent": "", "role": "user", "text": "old"}).usage == Usage()


@pytest.mark.parametrize("role", ["assistant", "user"])
def test_a_reply_that_an_earlier_version_kept_with_its_thinking_in_the_text_is_read_apart(role: str) -> None:
    """Fault U1: a record of 0.1.0 before 28 Nov. What the person wrote stays as it is."""
    timing = {"load_seconds": 0.0, "first_token_seconds": 1.0, "total_seconds": 2.0, "tokens_per_second": 9.0}
    text = "<think>\nEasy.\n</think>\n\nParis."
    turn = turn_from({"id": "t", "chat_id": "c", "parent": "", "role": role, "text": text, "timing": timing})
    assert (turn.thinking, turn.text) == (("Easy.", "Paris.") if role == "assistant" else ("", text))
    assert turn_from(asdict(turn)) == turn
    assert turn.timing.thinking_seconds == 0


@pytest.mark.parametrize(
    ("problem", "page"),
    [
        ({"message": "No key.", "cure": "Enter it in Settings."}, "settings"),
        ({"message": "It broke.", "cure": "Try again."}, "models"),
        ({"message": "It broke."}, "models"),
        ({"message": "No key.", "cure": "Switch it off in Settings.", "page": "models"}, "models"),
        ({"message": "No key.", "cure": "Enter it.", "page": "settings"}, "settings"),
    ],
)
def test_a_problem_from_before_its_page_was_kept_is_read_by_its_cure(problem: dict[str, str], page: str) -> None:
    """The version before chose the button under a reply by that word."""
    turn = turn_from({**asdict(Turn("t", "c", "", "assistant", "")), "problem": problem})
    assert turn.problem
    assert turn.problem.page == page


def test_a_notebook_chosen_meanwhile_stays() -> None:
    async def body() -> None:
        chats, _ = store()
        chat = await talk(chats, "One?")
        await chats.change(chat, notebook="physics")
        said, _ = await say(chats, chat, "Yes.")
        assert said.notebook == "physics"

    asyncio.run(body())
