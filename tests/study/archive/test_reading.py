"""Chats as Markdown."""

from __future__ import annotations

from app.study.archive.reading import as_markdown
from app.study.archive.trees import Tree
from app.study.chats import Chat, Turn
from tests.words import english

ASK = Turn("a", "c", "", "user", "Why is the sky blue?", children=("b", "d"))
ANSWER = Turn("b", "c", "a", "assistant", "Because *air* scatters it.", model_name="Tiny")
OTHER = Turn("d", "c", "a", "assistant", "Nobody knows.")
CHAT = Chat("c", "The sky", path=("a", "b"), roots=("a",))


def test_a_chat_is_written_under_its_title_with_who_said_what() -> None:
    text = as_markdown([Tree(CHAT, {"a": ASK, "b": ANSWER})], english)
    said, used = text.split("## Sources and models\n")
    assert said == "# The sky\n\n## You\n\nWhy is the sky blue?\n\n## Tiny\n\nBecause *air* scatters it.\n\n"
    assert "### Models\n\n- Tiny, on this device: 1 reply, 4 words\n" in used


def test_what_is_left_out_is_said() -> None:
    text = as_markdown([Tree(CHAT, {"a": ASK, "b": ANSWER, "d": OTHER})], english)
    assert "Nobody knows." not in text
    assert text.endswith("*1 message of another version isn't included. Export as HTML or JSON to keep all of them.*\n")


def test_several_chats_stand_one_after_another() -> None:
    tree = Tree(CHAT, {"a": ASK})
    assert as_markdown([tree, tree], english).count("# The sky\n") == 2
    assert as_markdown([], english) == ""
