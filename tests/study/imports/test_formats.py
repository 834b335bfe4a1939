"""Each program's export gives what its expected.json says: a file, a ZIP, pieces. Hidden texts never come in."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from app.study.imports.chatgpt import with_sources
from app.study.imports.conversation import Conversation
from app.study.imports.formats import format_of
from tests.study.imports.exports import FIXTURES, Read, as_archive, as_file, read, records, shown, tree

#: how expected.json of ChatGPT calls the chats
CHATGPT = {
    "plain": "c-0001",
    "branches": "c-0002",
    "code": "c-0003",
    "images": "c-0004",
    "reasoning": "c-0005",
    "web": "c-0006",
    "untitled_null": "c-0007",
    "untitled_empty": "c-0008",
    "zero": "c-0009",
    "no_mapping": "c-0010",
    "no_current": "c-0011",
    "dangling": "c-0012",
    "cycle": "c-0013",
    "no_children": "c-0014",
    "canvas": "c-0015",
    "voice": "c-0016",
    "errors": "c-0017",
}
FILES = {
    "chatgpt": ("conversations.json", "chatgpt-2024", "chatgpt-2026"),
    "claude": ("conversations.json", "claude-2025", "claude-2026"),
    "openwebui": ("chats-export.json",),
}


def exported(program: str, file: str) -> bytes:
    """The file, or the ZIP of that shape."""
    return (FIXTURES / program / file).read_bytes() if file.endswith(".json") else as_archive(file)


def expected(program: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FIXTURES / program / "expected.json").read_text("utf-8"))
    return found


def by_id(found: Read) -> dict[str, Conversation]:
    return {one.id: one for one in found.conversations}


def fits(said: Sequence[Sequence[str]], wanted: Sequence[Sequence[str]]) -> bool:
    """Whether a branch is what is expected: "user-contains" and "assistant-starts" say less than the whole."""
    if len(said) != len(wanted):
        return False
    for (role, text), (who, words) in zip(said, wanted, strict=True):
        is_so = {"contains": words in text, "starts": text.startswith(words)}.get(who.partition("-")[2], text == words)
        if who.partition("-")[0] != role or not is_so:
            return False
    return True


@pytest.mark.parametrize(("program", "file"), [(one, file) for one, files in FILES.items() for file in files])
def test_what_is_on_show_is_what_is_expected(program: str, file: str) -> None:
    chats = by_id(read(exported(program, file)))
    wanted: Mapping[str, list[list[str]]] = expected(program)["visible"]
    for name, said in wanted.items():
        id = CHATGPT[name] if program == "chatgpt" else name
        if id in chats:
            assert fits(shown(chats[id]), said), (name, shown(chats[id]))
        else:
            assert said == [], name
    assert chats.keys() <= {CHATGPT.get(name, name) for name in wanted}


def test_both_of_chatgpts_archives_hold_chats_and_a_split_one_all_its_pieces() -> None:
    whole, split = (read(exported("chatgpt", file)) for file in FILES["chatgpt"][1:])
    assert (whole.found.chats, split.found.chats) == (15, 15)
    both = read(*(exported("chatgpt", file) for file in FILES["chatgpt"]))
    assert both.found.chats == 15, "a chat that is in several files comes once"


def test_hidden_texts_are_nowhere() -> None:
    secrets = [one for one in expected("chatgpt")["must_not_contain"] if one]
    assert len(secrets) == 5
    for file in FILES["chatgpt"]:
        for conversation in read(exported("chatgpt", file)).conversations:
            written = json.dumps([str(part) for part in records(conversation)], ensure_ascii=False)
            for secret in secrets:
                assert secret not in written, conversation.title


def test_what_is_no_answer_is_no_part_of_one() -> None:
    chats = by_id(read(FIXTURES / "claude" / "conversations.json"))
    texts = [text for one in chats.values() for _, text in shown(one)]
    for words in expected("claude")["must_not_contain_as_answer"]:
        assert not any(words in text for text in texts)
    [_, answer] = tree(chats["k-02"]).shown
    assert answer.thinking.startswith("THINKING-TEXT"), "but it is kept, folded"


def test_all_branches_come_and_the_one_on_show_is_the_programs_own() -> None:
    chat = by_id(read(FIXTURES / "chatgpt" / "conversations.json"))["c-0002"]
    made = tree(chat)
    leaves = sorted(turn.text for turn in made.turns.values() if not turn.children)
    assert leaves == ["897", "About 897 km.", "The Tejo."]
    assert len(made.versions(made.shown[1])) == 2
    assert len(made.versions(made.shown[2])) == 2
    claude = tree(by_id(read(FIXTURES / "claude" / "conversations.json"))["k-06"])
    assert [turn.text for turn in claude.turns.values() if not turn.children] == ["Red.", "It is calm."]
    webui = tree(by_id(read(FIXTURES / "openwebui" / "chats-export.json"))["o1"])
    assert [turn.model_name for turn in webui.turns.values()] == ["", "llama3.2:3b", "qwen3:4b", "", "qwen3:4b"]


def test_code_documents_and_thinking_are_folded_under_the_reply() -> None:
    chats = by_id(read(FIXTURES / "chatgpt" / "conversations.json"))
    asides = {name: tree(chats[CHATGPT[name]]).shown[1].thinking for name in ("code", "canvas", "reasoning", "web")}
    assert asides["code"] == "```\nprint(sum([1,2,3]))\n```\n\n```\n6\n```"
    assert asides["canvas"] == "**Haiku**\n\nOld pond\nfrog leaps in"
    assert asides["reasoning"] == "**Checking factors**\n\n91 = 7 x 13."
    assert "[Douro](https://example.org/douro)" in asides["web"]
    page = tree(by_id(read(FIXTURES / "claude" / "conversations.json"))["k-07"]).shown[1]
    assert "**Page**\n\n```html\n<h1>Hi</h1>\n```" in page.thinking
    thought = tree(by_id(read(FIXTURES / "openwebui" / "chats-export.json"))["o2"]).shown[1]
    assert thought.thinking == "15*17=255\n\n1. a.txt", "with what it cites"


def test_sources_are_links_and_no_mark_is_left() -> None:
    first, second = tree(by_id(read(FIXTURES / "chatgpt" / "conversations.json"))["c-0006"]).shown[1::2]
    assert first.text == "The river is long. ([Example](https://example.org/douro)) It ends at Porto. See also."
    assert second.text == "It is 897 km ([Douro](https://example.org/douro))."
    assert with_sources("It is so. citeturn0search8turn1view0", {}) == "It is so."
    assert (
        with_sources("A \ue200url\ue202Site\ue202https://e.org\ue201, \ue200cite\ue202turn0\ue201 b", {}) == "A Site, b"
    )
    city = '\ue200entity\ue202["city","Porto","Portuguese city"]\ue201'
    assert with_sources(f"Go to {city}!", {}) == "Go to Porto!"


def test_names_dates_and_models_come_along_and_nothing_is_private() -> None:
    chats = by_id(read(FIXTURES / "chatgpt" / "conversations.json"))
    chat, turns = records(chats["c-0001"])
    assert (chat.title, chat.created, chat.updated) == ("Baking bread", 1756000000.5, 1756000060.5)
    assert (chat.is_named, chat.is_private, chat.leave, chat.is_pinned) == (True, False, "", False)
    assert [turn["created"] for turn in turns] == [1756000001.5, 1756000003.5]
    assert [turn["model_name"] for turn in turns] == ["", "ChatGPT gpt-5"]
    reply = tree(chats["c-0001"]).shown[1]
    assert (reply.place, reply.where, reply.model_id) == ("cloud", "sent to OpenAI", "")
    untitled, _ = records(chats["c-0007"])
    assert (untitled.title, untitled.is_named) == ("Hi", False)
    claude, replies = records(by_id(read(FIXTURES / "claude" / "conversations.json"))["k-01"])
    assert (claude.created, replies[1]["model_name"]) == (1772359200.0, "Claude")


def test_what_is_left_out_is_counted_and_told_at_its_reply() -> None:
    bare, packed = (read(exported("chatgpt", file)) for file in FILES["chatgpt"][:2])
    assert (bare.found.left["pictures"], bare.found.left["missing"]) == (0, 4)
    assert (packed.found.pictures, packed.found.left["pictures"], packed.found.left["missing"]) == (1, 2, 1)
    assert bare.found.left["hidden"] == 2
    assert bare.found.left["audio"] == 2
    assert bare.found.left["empty"] == 2
    assert bare.found.left["files"] == 1
    reply = tree(by_id(bare)["c-0004"]).shown[1]
    assert reply.notices == ("Not imported: kitchen.png, lost.jpg and recipe.pdf.",)
    claude = read(as_archive("claude-2025")).found
    assert (claude.left["missing"], claude.left["files"], claude.has_others) == (1, 1, True)


def test_the_table_tells_programs_apart_by_what_is_in_a_chat() -> None:
    assert [format_of(one) and format_of(one).id for one in ODD] == [  # type: ignore[union-attr]
        "chatgpt",
        "chatgpt",
        "claude",
        "claude",
        "openwebui",
        None,
        None,
        None,
        None,
        None,
    ]


ODD: list[dict[str, object]] = [
    {"mapping": {}},
    {"conversation_id": "c", "create_time": 1, "title": "Without its tree"},
    {"chat_messages": []},
    {"uuid": "k", "name": "In a file of its own", "created_at": "2026-01-01"},
    {"chat": {"history": {"messages": {}}}},
    {"uuid": "p", "name": "A project", "created_at": "2026-01-01", "docs": []},
    {"uuid": "u", "full_name": "A person", "email_address": "a@example.org"},
    {"id": "s", "conversation_id": "c", "title": "Shared", "is_anonymous": True},
    {"conversationId": "x", "messages": []},
    {},
]


def test_a_chat_in_a_file_of_its_own_and_its_line_in_an_index_are_one() -> None:
    index = as_file({"uuid": "k", "name": "One", "created_at": "2026-01-01", "summary": ""})
    message = {"uuid": "m", "sender": "human", "text": "Hello"}
    own = json.dumps({"uuid": "k", "name": "One", "created_at": "2026-01-01", "chat_messages": [message]}).encode()
    found = read(index, own)
    assert (found.found.chats, found.found.left["empty"]) == (1, 0)
    assert shown(found.conversations[0]) == [["user", "Hello"]]
