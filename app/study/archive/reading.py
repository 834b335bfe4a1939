"""Chats as Markdown, for reading and for other programs.

    text = as_markdown([tree], words)   # "# Why is the sky blue?\\n\\n## You\\n\\n…"

Only the branch on show is written, and no thinking; where there is more, the last lines say so.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.core.texts import Text, TextOrWords, Words
from app.study.archive.trees import Tree
from app.study.chats import Turn


def speaker(turn: Turn) -> TextOrWords:
    """Who wrote a turn, as a heading says it."""
    return Text("archive.you") if turn.role == "user" else turn.model_name or Text("archive.assistant")


def as_markdown(trees: Sequence[Tree], words: Words) -> str:
    """Some chats one after another, each under its title."""
    return "\n".join(_one(tree, words) for tree in trees)


def _one(tree: Tree, words: Words) -> str:
    parts = [f"# {words(tree.chat.name)}", *(f"## {words(speaker(turn))}\n\n{turn.text}" for turn in tree.shown)]
    if others := len(tree.turns) - len(tree.shown):
        parts.append(words(Text("archive.other_versions", count=others)))
    if any(turn.thinking for turn in tree.shown):
        parts.append(words(Text("archive.no_thinking")))
    return "\n\n".join(parts) + "\n"
