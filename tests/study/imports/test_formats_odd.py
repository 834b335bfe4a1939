"""Exports of odd accounts: voice, documents, custom GPTs, agents, tools, forms old and new. What the program never
showed stays out, whatever form it has; what it showed is here."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.study.imports.zips import BadExport
from tests.study.imports.exports import Read, as_file, read, records, shown, tree, zipped
from tests.words import raises

SECRET = "NOBODY-SAW-THIS"


def message(role: str, content: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A message of ChatGPT."""
    author = {"role": role, "name": more.pop("name", None), "metadata": {}}
    return {"author": author, "content": content, "recipient": "all", "weight": 1.0, "metadata": {}, **more}


def text(*parts: object) -> dict[str, Any]:
    return {"content_type": "text", "parts": list(parts)}


def chatgpt(*messages: dict[str, Any] | None, **more: Any) -> bytes:
    """A chat of ChatGPT: messages one below the other."""
    nodes = {
        f"n{place}": {"id": f"n{place}", "parent": f"n{place - 1}" if place else None, "message": one}
        for place, one in enumerate(messages)
    }
    chat = {"conversation_id": "c", "create_time": 1.7e9, "mapping": nodes, "current_node": f"n{len(nodes) - 1}"}
    return as_file({**chat, **more})


def claude(*messages: dict[str, Any], **more: Any) -> bytes:
    """A chat of Claude."""
    return as_file({"uuid": "k", "name": "K", "created_at": "2024-07-01T10:00:00Z", "chat_messages": messages, **more})


def webui(*messages: dict[str, Any], **more: Any) -> bytes:
    """A chat of Open WebUI, messages one below the other."""
    nodes = {
        f"m{place}": {"id": f"m{place}", "parentId": f"m{place - 1}" if place else None, **one}
        for place, one in enumerate(messages)
    }
    return as_file({"id": "o", "title": "O", "chat": {"history": {"messages": nodes, "currentId": None}}, **more})


def everything(found: Read) -> str:
    """All that comes of an export, as it is kept."""
    return json.dumps([[str(part) for part in records(one)] for one in found.conversations], ensure_ascii=False)


ASKED, SAID = message("user", text("Hello")), message("assistant", text("Hi!"))
HIDDEN: dict[str, dict[str, Any]] = {
    "a custom GPT's instructions": message("system", text(f"You are Cook. {SECRET}")),
    "a developer's": message("developer", text(SECRET)),
    "what the person told of themselves": message(
        "user",
        {"content_type": "user_editable_context", "user_profile": SECRET, "user_instructions": SECRET},
    ),
    "the same as a text": message("user", text(SECRET), metadata={"is_user_system_message": True}),
    "its data beside it": message(
        "user", text(""), metadata={"user_context_message_data": {"about_user_message": SECRET}}
    ),
    "what it noted": message("assistant", text(SECRET), recipient="bio"),
    "what it noted, the newer form": message(
        "assistant", {"content_type": "model_editable_context", "model_set_context": SECRET}
    ),
    "a hidden answer": message("assistant", text(SECRET), metadata={"is_visually_hidden_from_conversation": True}),
    "a hidden picture's words": message(
        "tool",
        {"content_type": "multimodal_text", "parts": [SECRET, {"content_type": "image_asset_pointer"}]},
        name="dalle.text2im",
    ),
    "what the tool of pictures is told to say": message("tool", text(SECRET), name="t2uay3k.sj1i4kz"),
    "a call of a custom GPT's action": message(
        "assistant", {"content_type": "code", "language": "json", "text": SECRET}, recipient="api_shop__jit_plugin.find"
    ),
    "what an action gives": message("tool", text(SECRET), name="api_shop__jit_plugin.find"),
    "what a search in files gives": message("tool", text(SECRET), name="file_search"),
    "a file's text": message(
        "tool", {"content_type": "tether_quote", "title": "paper.pdf", "text": SECRET}, name="myfiles_browser"
    ),
    "a page that was read": message(
        "tool", {"content_type": "sonic_webpage", "url": "https://e.org", "text": SECRET}, name="web.run"
    ),
    "a screen of an agent": message("tool", {"content_type": "computer_output", "text": SECRET}, name="computer.do"),
    "an app beside it": message(
        "user", {"content_type": "app_pairing_content", "workspaces": [{"content": SECRET}], "shortcuts": []}
    ),
    "a recap": message("assistant", {"content_type": "reasoning_recap", "content": f"Thought for {SECRET}"}),
    "an unknown kind": message("assistant", {"content_type": "super_widget", "parts": [SECRET], "text": SECRET}),
}


@pytest.mark.parametrize("kind", HIDDEN)
def test_what_chatgpt_never_showed_stays_out(kind: str) -> None:
    found = read(chatgpt(None, HIDDEN[kind], ASKED, HIDDEN[kind], SAID, HIDDEN[kind], title="T"))
    assert SECRET not in everything(found)
    assert [said for role, said in shown(found.conversations[0]) if said] == ["Hello", "Hi!"]


def test_a_spoken_chat_is_its_words() -> None:
    def spoken(role: str, words: str) -> dict[str, Any]:
        sound = {"content_type": "audio_asset_pointer", "asset_pointer": "sediment://file_1?shared=1"}
        video = {"content_type": "real_time_user_audio_video_asset_pointer", "audio_asset_pointer": sound}
        transcript = {"content_type": "audio_transcription", "text": words, "direction": "in"}
        return message(
            role, {"content_type": "multimodal_text", "parts": [transcript, video if role == "user" else sound]}
        )

    found = read(chatgpt(None, spoken("user", "How deep?"), spoken("assistant", "Two metres."), title=None))
    assert shown(found.conversations[0]) == [["user", "How deep?"], ["assistant", "Two metres."]]
    assert found.found.left["audio"] == 2


def test_a_document_beside_the_chat_and_its_changes_are_folded() -> None:
    made = {"name": "Poem", "type": "document", "content": "Old pond"}
    change = {"updates": [{"pattern": "Old", "multiple": False, "replacement": "New"}]}
    code = {"content_type": "code", "language": "json"}
    found = read(
        chatgpt(
            None,
            ASKED,
            message("assistant", {**code, "text": json.dumps(made)}, recipient="canmore.create_textdoc"),
            message("tool", text("Successfully created text document"), name="canmore.create_textdoc"),
            message("assistant", {**code, "text": json.dumps(change)}, recipient="canmore.update_textdoc"),
            message("assistant", {**code, "text": "{not json"}, recipient="canmore.update_textdoc"),
            message("assistant", text("There it is.")),
        )
    )
    _, reply = tree(found.conversations[0]).shown
    assert reply.text == "There it is."
    assert "**Poem**\n\nOld pond" in reply.thinking
    assert "{not json" in reply.thinking
    assert "Successfully" not in everything(found)


def test_branches_go_as_deep_as_they_are() -> None:
    nodes: dict[str, Any] = {"r": {"id": "r", "parent": None, "message": None}}
    above = "r"
    for depth in range(300):
        for version in range(3):
            who = "assistant" if depth % 2 else "user"
            id = f"{depth}-{version}"
            nodes[id] = {"id": id, "parent": above, "message": message(who, text(f"{who} {id}"))}
        above = f"{depth}-{depth % 3}"
    found = read(as_file({"conversation_id": "c", "mapping": nodes, "current_node": above, "create_time": 1.7e9}))
    made = tree(found.conversations[0])
    assert len(made.turns) == 900
    assert [turn.text.split()[1] for turn in made.shown] == [f"{depth}-{depth % 3}" for depth in range(300)]


BLOCKS: list[dict[str, Any]] = [
    {"type": "thinking", "thinking": "I think.", "summaries": []},
    {"type": "text", "text": "Let me look."},
    {"type": "tool_use", "name": "web_search", "input": {"query": "Douro"}},
    {
        "type": "tool_result",
        "name": "web_search",
        "content": [{"type": "knowledge", "title": "A", "url": "https://e.org"}],
    },
    {"type": "tool_result", "name": "repl", "content": "42", "is_error": False},
    {"type": "token_budget"},
    {"type": "text", "text": "It is 897 km."},
    {"type": "new_kind", "text": SECRET},
    {"type": "redacted_thinking", "data": SECRET},
]


def test_claudes_blocks_are_told_apart() -> None:
    found = read(
        claude(
            {"uuid": "a", "sender": "human", "text": "How long?"},
            {"uuid": "b", "sender": "assistant", "content": BLOCKS},
        )
    )
    _, reply = tree(found.conversations[0]).shown
    assert reply.text == "Let me look.\n\nIt is 897 km."
    assert reply.thinking.startswith("I think.")
    assert "https://e.org" in reply.thinking
    assert "```\n42\n```" in reply.thinking
    assert SECRET not in everything(found)
    assert found.found.left["unknown"] == 1


OLD = f"""Here is a page.

<antThinking>A page fits well. {SECRET}</antThinking>

<antArtifact identifier="page" type="text/html" title="My &quot;page&quot;">
<h1>Hi</h1>
</antArtifact>

Shall I change it?"""


@pytest.mark.parametrize("is_block", [False, True])
def test_what_claude_wrote_into_its_text_for_itself_stays_out_and_a_document_is_folded(is_block: bool) -> None:
    said = {"content": [{"type": "text", "text": OLD}], "text": ""} if is_block else {"text": OLD}
    asked = {"uuid": "a", "sender": "human", "text": "What does <antThinking>x</antThinking> mean?"}
    found = read(claude(asked, {"uuid": "b", "sender": "assistant", **said}))
    question, reply = tree(found.conversations[0]).shown
    assert question.text == asked["text"], "a person's words stay as they are"
    assert reply.text == "Here is a page.\n\nShall I change it?"
    assert reply.thinking == '**My "page"**\n\n```html\n<h1>Hi</h1>\n```'
    assert SECRET not in everything(found)
    assert found.found.left["hidden"] == 1


@pytest.mark.parametrize("cut", ["<antThinking>", "<antThinking>half a thou", "<antArtifact title='x'>half a doc"])
def test_a_reply_of_claude_that_was_cut_shows_no_marks(cut: str) -> None:
    found = read(claude({"uuid": "b", "sender": "assistant", "text": f"Well. {cut}"}))
    [reply] = tree(found.conversations[0]).shown
    assert (reply.text, "ant" in reply.text) == ("Well.", False)
    assert "thou" not in everything(found)


def test_open_webuis_siblings_sources_and_hidden_turns() -> None:
    sources = [
        {"source": {"name": "paper.pdf", "url": ""}, "document": [SECRET], "metadata": [{"source": "paper.pdf"}]},
        {"source": {"name": "Rivers", "url": "https://e.org/r"}, "document": [SECRET]},
        {"document": None},
        "x",
    ]
    nodes = {
        "s": {"role": "system", "content": SECRET},
        "u": {"role": "user", "content": "How long?", "parentId": "s", "models": ["a", "b"]},
        "a": {"role": "assistant", "content": "897 km [2].", "parentId": "u", "model": "a", "sources": sources},
        "b": {"role": "assistant", "content": "Long.", "parentId": "u", "model": "b", "modelIdx": 1},
    }
    chat = {
        "title": "O",
        "system": SECRET,
        "params": {"system": SECRET},
        "history": {"messages": nodes, "currentId": "a"},
    }
    for item in ({"id": "o", "title": "O", "chat": chat}, {**chat, "id": "o"}):
        found = read(as_file(item))
        made = tree(found.conversations[0])
        question, reply = made.shown
        assert (question.text, reply.text, reply.model_name) == ("How long?", "897 km [2].", "a")
        assert len(made.versions(reply)) == 2
        assert reply.thinking == "1. paper.pdf\n2. [Rivers](https://e.org/r)"
        assert SECRET not in everything(found)
        assert found.found.left["hidden"] == 1


# --- files


WHOLE = chatgpt(None, message("user", text("Überall — 日本")), message("assistant", text("Ja 😀")))


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_an_export_may_be_saved_in_another_coding(coding: str) -> None:
    whole = json.dumps(json.loads(WHOLE), ensure_ascii=False)
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(coding, b"")
    for data in (mark + whole.encode(coding), zipped({"conversations.json": mark + whole.encode(coding)})):
        [one] = read(data).conversations
        assert shown(one) == [["user", "Überall — 日本"], ["assistant", "Ja 😀"]]


def test_names_with_other_slashes_and_of_other_places_are_only_names() -> None:
    picture = {"content_type": "image_asset_pointer", "asset_pointer": "file-service://file-X1"}
    asked = message("user", {"content_type": "multimodal_text", "parts": [picture, "What is it?"]})
    chat = chatgpt(None, asked)
    for root in ("export\\", "..\\..\\", "../../", "/etc/", "C:\\"):
        found = read(
            zipped({f"{root}conversations.json": chat, f"{root}file-X1-cat.png": b"cat", f"{root}user.json": b"[{}]"})
        )
        assert (found.found.chats, found.found.pictures, found.found.left["unreadable"]) == (1, 1, 0), root


def test_a_zip_within_a_zip_says_what_to_do() -> None:
    inner = zipped({"conversations.json": WHOLE})
    for name in ("conversations-000.zip", "data/Export.ZIP"):
        with raises(BadExport, "more ZIP files in this"):
            read(zipped({name: inner, "manifest-1.json": b'{"files": []}', "readme.txt": b""}))
    assert read(zipped({"conversations.json": WHOLE, "files.zip": inner})).found.chats == 1
    assert read(inner, zipped({"projects.json": b"[]", "conversations.json": b"[]"})).found.chats == 1
