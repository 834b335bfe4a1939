"""Claude's export: `conversations.json`, an array of chats, or one file a chat in `conversations/`.

Facts: /design/formats.md section 1, with their sources. A chat is a list `chat_messages`; `parent_message_uuid` makes a
tree of it, which older exports lack. A message's blocks (`content`) say more than its `text`, which may be empty or say
that a block could not be shown.
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Mapping

from app.core.reading import part, rows
from app.study.imports.conversation import (
    MOST_ASIDE,
    Conversation,
    Left,
    Node,
    Picture,
    Role,
    cut,
    fenced,
    id_of,
    is_picture,
    joined,
    line_of,
    named,
    text_of,
    time_of,
)

Json = Mapping[str, object]
_ROOT = "00000000-0000-4000-8000-000000000000"
_ROLES: Mapping[object, Role] = {"human": "user", "user": "user", "assistant": "assistant"}
_UNSHOWN = re.compile(r"`{0,3}\s*This block is not supported on your current device yet\.\s*`{0,3}")
# What it wrote into its text in 2024: what nobody saw, what stood beside the chat, what went to tools. Perhaps cut.
_INSIDE = re.compile(
    r"\s*<(antThinking|antArtifact|antml:function_(?:calls|results))\b([^>]{0,1000})(?:>(.*?)(?:</\1>|\Z)|\Z)",
    re.DOTALL,
)
_GIVEN = re.compile(r"""\b(title|type|language)=(?:"([^"]*)"|'([^']*)')""")
_PROJECT = ("docs", "prompt_template", "is_starter_project")
_KINDS = {"text/html": "html", "text/markdown": "", "image/svg+xml": "svg", "application/vnd.ant.react": "jsx"}


def is_one(item: Json) -> bool:
    """Whether an object is a chat of this program."""
    return isinstance(item.get("chat_messages"), list)


def may_be_one(item: Json) -> bool:
    """Whether it looks like one of which the messages are elsewhere, or lost."""
    return {"uuid", "name", "created_at"} <= item.keys() and not any(key in item for key in _PROJECT)


def read(item: Json) -> Conversation:
    """A chat."""
    messages = rows(item.get("chat_messages"))
    ids = [id_of(row.get("uuid")) or f"#{place}" for place, row in enumerate(messages)]
    has_parents = any(row.get("parent_message_uuid") for row in messages)
    before = ["", *ids]
    return Conversation(
        program="claude",
        id=id_of(item.get("uuid")),
        title=line_of(item.get("name")),
        created=time_of(item.get("created_at")),
        updated=time_of(item.get("updated_at")),
        nodes=tuple(
            _node(ids[place], _parent(row) if has_parents else before[place], row) for place, row in enumerate(messages)
        ),
        tip=id_of(item.get("current_leaf_message_uuid")),
        has_more="chat_messages" not in item,
    )


def _parent(row: Json) -> str:
    parent = id_of(row.get("parent_message_uuid"))
    return "" if parent == _ROOT else parent


def _node(id: str, parent: str, row: Json) -> Node:
    role = _ROLES.get(row.get("sender") if isinstance(row.get("sender"), str) else "", "")
    said, asides, left = _blocks(row, Counter())
    if role == "assistant":
        said = [_apart(text, asides, left) for text in said]
        said = [text for text in said if text.strip()]
    pictures, files = [], []
    for name in named(row.get("files"), "file_name", "name"):
        if is_picture(name):
            pictures.append(Picture(name))
        else:
            files.append(name)
    for one in rows(row.get("attachments")):
        if pasted := text_of(one.get("extracted_content")):
            said.append(_attached(line_of(one.get("file_name"), 120), pasted) if said else pasted)
        else:
            files.append(line_of(one.get("file_name"), 120))
    whole = joined(*said)
    text = cut(whole)
    left["cut"] += text != whole
    has_any = bool(text or asides or pictures or files)
    if not role:
        return Node(id, parent, left={"unknown": 1} if has_any else {})
    return Node(
        id,
        parent,
        role if has_any else "",
        text,
        joined(*asides),
        time_of(row.get("created_at")),
        line_of(row.get("model"), 60),
        tuple(pictures),
        tuple(files),
        dict(+left),
    )


def _blocks(row: Json, left: Counter[Left]) -> tuple[list[str], list[str], Counter[Left]]:
    """What a message says, and what is shown folded."""
    said: list[str] = []
    asides: list[str] = []
    for block in rows(row.get("content")):
        kind = block.get("type")
        if kind == "text":
            said.append(text_of(block.get("text")))
        elif kind == "thinking":
            asides.append(cut(text_of(block.get("thinking"))) or _summaries(block))
        elif kind == "tool_use":
            asides.append(_tool(block))
        elif kind == "tool_result":
            asides.append(_result(block))
        elif kind == "image":
            left["pictures"] += 1
        elif kind not in ("token_budget", "redacted_thinking", "flag"):
            left["unknown"] += 1
    said = [text for text in said if text.strip()]
    if not said and (text := _UNSHOWN.sub("", text_of(row.get("text"))).strip()):
        said = [text]
    return said, [aside for aside in asides if aside.strip()], left


def _apart(text: str, asides: list[str], left: Counter[Left]) -> str:
    """The answer itself; documents that stand in it go to what is folded."""

    def aside(found: re.Match[str]) -> str:
        kind, inner = found[1], found[3] or ""
        given = {name: html.unescape(one or other) for name, one, other in _GIVEN.findall(found[2])}
        if kind == "antArtifact":
            if inner.strip():
                asides.append(_document({**given, "content": inner.strip("\n")}, ""))
        else:
            left["hidden" if kind == "antThinking" else "tools"] += 1
        return ""

    return _INSIDE.sub(aside, text) if "<ant" in text else text


def _summaries(block: Json) -> str:
    return joined(*(line_of(row.get("summary")) for row in rows(block.get("summaries"))))


def _attached(name: str, text: str) -> str:
    return joined(f"**{name}**" if name else "", fenced(text))


def _tool(block: Json) -> str:
    """A tool's call: of a document that it makes the document, else what it was asked."""
    name, asked = line_of(block.get("name"), 60), part(block.get("input"))
    if made := _document(asked, name):
        return made
    if not asked:
        return f"**{name}**" if name else ""
    try:
        written = json.dumps(asked, ensure_ascii=False, indent=1)
    except (ValueError, RecursionError):
        return f"**{name}**"
    return joined(f"**{name}**" if name else "", fenced(cut(text_of(written), MOST_ASIDE), "json"))


def _document(asked: Json, name: str) -> str:
    """What a tool was given to write down, "" where there is no such thing."""
    made = next((text for key in ("content", "file_text", "new_str", "code") if (text := text_of(asked.get(key)))), "")
    title = line_of(asked.get("title"), 120) or line_of(asked.get("path"), 120) or name
    kind = _KINDS.get(str(asked.get("type")), line_of(asked.get("language"), 20))
    return joined(f"**{title}**" if title else "", fenced(cut(made), kind)) if made else ""


def _result(block: Json) -> str:
    """What a tool has given: its texts, with their sources."""
    content = block.get("content")
    found = [text_of(content)] if isinstance(content, str) else []
    for row in rows(content):
        source = " ".join(filter(None, (line_of(row.get("title")), line_of(row.get("url"), 500))))
        found.append(joined(source, text_of(row.get("text"))))
    text = joined(*found)
    return fenced(cut(text, MOST_ASIDE)) if text else ""
