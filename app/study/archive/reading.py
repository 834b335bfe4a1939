"""Chats as Markdown, for reading and for other programs.

    text = as_markdown([tree])          # "# Why is the sky blue?\\n\\n## You\\n\\n…"

Only the branch on show is written, and no thinking; where there is more, the last lines say so.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.core.text import count
from app.study.archive.trees import Tree
from app.study.chats import Turn


def speaker(turn: Turn) -> str:
    """Who wrote a turn, as a heading says it."""
    return "You" if turn.role == "user" else turn.model_name or "Assistant"


def as_markdown(trees: Sequence[Tree]) -> str:
    """Some chats one after another, each under its title."""
    return "\n".join(map(_one, trees))


def _one(tree: Tree) -> str:
    parts = [f"# {tree.chat.title}", *(f"## {speaker(turn)}\n\n{turn.text}" for turn in tree.shown)]
    if others := len(tree.turns) - len(tree.shown):
        turns = count(others, "message of another version is", "messages of other versions are")
        parts.append(f"*{turns} not in this file. An export as HTML or JSON has all of them.*")
    if any(turn.thinking for turn in tree.shown):
        parts.append("*Thinking is not in this file. An export as HTML or JSON has it.*")
    return "\n\n".join(parts) + "\n"
