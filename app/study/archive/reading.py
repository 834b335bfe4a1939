"""Chats as Markdown, for reading and for other programs.

    text = as_markdown([tree], words)   # "# Why is the sky blue?\\n\\n## You\\n\\n…"

Only the branch on show is written, and no thinking; where there is more, the last lines say so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from textwrap import indent

from app.core.persona import Persona
from app.core.texts import Text, TextOrWords, Words
from app.study.archive.trees import Tree
from app.study.asked import fenced
from app.study.attachments import Attachment, data_url
from app.study.chats import Turn
from app.study.cited import Cited
from app.study.ran import found_of
from app.study.statement import as_markdown as statement_markdown
from app.study.statement import of_chat

Files = Mapping[str, Mapping[str, object]]
NONE: Files = {}


def speaker(turn: Turn) -> TextOrWords:
    """Who wrote a turn, as a heading says it."""
    return Text("archive.you") if turn.role == "user" else turn.model_name or Text("archive.assistant")


def as_markdown(trees: Sequence[Tree], words: Words, files: Files = NONE) -> str:
    """Some chats one after another, each under its title; `files` are the records of what is attached, by their ids."""
    return "\n".join(_one(tree, words, files) for tree in trees)


def _one(tree: Tree, words: Words, files: Files) -> str:
    parts = [f"# {words(tree.chat.name)}"]
    told = tuple(dict.fromkeys(turn.persona for turn in tree.shown if turn.persona))
    parts += [_persona(one, words) for one in told]
    for turn in tree.shown:
        parts.append(f"## {words(speaker(turn))}\n\n{turn.text}")
        if turn.ran:
            parts.append(f"*{words(turn.ran.told)}*")
        parts += _checked(turn, words)
        if turn.persona and len(told) > 1:
            parts.append(f"*{words(Text('options.answered_by', persona=turn.persona.name))}*")
        parts += _sources(turn, words)
        parts += [_attached(one, str(files.get(one.id, {}).get("content", ""))) for one in turn.attachments]
    if any(turn.role == "assistant" and turn.model_name for turn in tree.shown):
        used = statement_markdown(of_chat(tree.chat, tree.shown), words, 3)
        parts.append(f"## {words(Text('statement.title'))}\n\n{used}")
    if others := len(tree.turns) - len(tree.shown):
        parts.append(words(Text("archive.other_versions", count=others)))
    if any(turn.thinking for turn in tree.shown):
        parts.append(words(Text("archive.no_thinking")))
    return "\n\n".join(parts) + "\n"


def _checked(turn: Turn, words: Words) -> list[str]:
    """What runs have found out about a reply."""
    found = found_of(turn.checked, turn.text)
    if found is None:
        return []
    lines = [f"*{words(found.told)}*"]
    for one in found.wrong:
        lines.append(f"- {escaped(words(one.told))}")
        if one.value and one.is_output:
            lines.append(indent(fenced(one.value), "  "))
    return ["\n\n".join(lines)]


def escaped(text: str) -> str:
    """A text as Markdown that shows it letter by letter."""
    return re.sub(r"([\\`*_\[\]<>])", r"\\\1", text)


def source_name(one: Cited) -> TextOrWords:
    """The document of a passage, and its page where it has any."""
    return Text("archive.source", document=one.name, page=one.shown_page) if one.shown_page else one.name


def _sources(turn: Turn, words: Words) -> list[str]:
    """The passages that a reply was written from, with what of them says the same."""
    if turn.sources is None or not turn.passages:
        return []
    lines = [f"**{words(Text('archive.sources'))}**"]
    for one in turn.passages:
        name = escaped(words(source_name(one)))
        quotes = (quoted(quote) for quote in turn.sources.quotes(one.number))
        lines.append("\n\n".join((f"{one.number}. {name}", *(indent(quote, "   ") for quote in quotes))))
    return ["\n\n".join(lines)]


def quoted(text: str) -> str:
    """A text as a quote of Markdown, line by line."""
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def _persona(one: Persona, words: Words) -> str:
    """Who answers in the chat, and what the model was told."""
    return f"**{words(Text('options.answered_by', persona=one.name))}**\n\n{quoted(one.instructions)}"


def _attached(one: Attachment, content: str) -> str:
    """A picture in the file itself, its small preview where nothing else is left of it; a text in a block."""
    name = re.sub(r"[\[\]\\\n]", " ", one.name)
    if not one.is_picture:
        return f"**{name}**\n\n{fenced(content)}"
    return f"![{name}]({data_url(one, content)})"
