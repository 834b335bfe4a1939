"""Open WebUI's export: an array of chats, each with its tree of messages under `chat.history`.

Facts: /design/formats.md section 1, with their sources. What a model did on the way stands in its message as
`<details type="…">`, with the characters of HTML escaped.
"""

from __future__ import annotations

import html
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
    data_of,
    fenced,
    id_of,
    is_picture,
    joined,
    line_of,
    link_of,
    text_of,
    time_of,
)

Json = Mapping[str, object]
MOST_SOURCES = 50
_ROLES: Mapping[object, Role] = {"user": "user", "assistant": "assistant"}
_DETAILS = re.compile(r'<details\s+type="(\w+)"([^<>]*)>(.*?)(?:</details>|\Z)', re.DOTALL)
_SUMMARY = re.compile(r"<summary>.*?</summary>", re.DOTALL)
_QUOTED = re.compile(r"^> ?", re.MULTILINE)
_GIVEN = re.compile(r'(name|arguments|result|output)="([^"]*)"')


def is_one(item: Json) -> bool:
    """Whether an object is a chat of this program."""
    chat = _chat(item)
    return isinstance(part(chat.get("history")).get("messages"), Mapping) or (
        isinstance(item.get("chat"), Mapping) and isinstance(chat.get("messages"), list)
    )


def may_be_one(item: Json) -> bool:
    """Whether it looks like one of which the messages are lost."""
    return isinstance(item.get("chat"), Mapping) and "title" in item


def _chat(item: Json) -> Json:
    """The chat itself: under `chat` where the server has written it with what it knows about it."""
    return part(item["chat"]) if isinstance(item.get("chat"), Mapping) else item


def read(item: Json) -> Conversation:
    """A chat."""
    chat = _chat(item)
    history = part(chat.get("history"))
    messages = part(history.get("messages"))
    nodes = [_node(text_of(id), id_of(part(row).get("parentId")), part(row)) for id, row in messages.items()]
    return Conversation(
        program="openwebui",
        id=id_of(item.get("id")) or id_of(chat.get("id")),
        title=line_of(item.get("title")) or line_of(chat.get("title")),
        created=time_of(item.get("created_at")) or time_of(chat.get("timestamp")),
        updated=time_of(item.get("updated_at")),
        nodes=tuple(nodes or _in_a_row(rows(chat.get("messages")))),
        tip=id_of(history.get("currentId")),
        is_pinned=item.get("pinned") is True,
    )


def _in_a_row(messages: list[Json]) -> list[Node]:
    """Messages that are only listed."""
    ids = [id_of(row.get("id")) or f"#{place}" for place, row in enumerate(messages)]
    return [_node(id, before, row) for id, before, row in zip(ids, ["", *ids], messages, strict=False)]


def _node(id: str, parent: str, row: Json) -> Node:
    who = row.get("role")
    role = _ROLES.get(who if isinstance(who, str) else "", "")
    if not role:
        return Node(id, parent, left={"hidden": 1} if row.get("content") else {})
    left: Counter[Left] = Counter()
    pictures, files = _files(row)
    said, asides = _content(row, pictures)
    if role == "assistant":
        said, more = _apart(said)
        asides += [*more, _sources(row)]
    whole = said.strip()
    text = cut(whole)
    left["cut"] += text != whole
    has_any = bool(text or asides or pictures or files)
    return Node(
        id,
        parent,
        role if has_any else "",
        text,
        joined(*asides),
        time_of(row.get("timestamp")),
        line_of(row.get("modelName"), 60) or line_of(row.get("model"), 60),
        tuple(pictures),
        tuple(files),
        dict(+left),
    )


def _files(row: Json) -> tuple[list[Picture], list[str]]:
    pictures: list[Picture] = []
    files: list[str] = []
    for one in rows(row.get("files")):
        name = line_of(one.get("name"), 120) or line_of(part(one.get("file")).get("filename"), 120)
        if one.get("type") == "image" or is_picture(name):
            pictures.append(Picture(name, data_of(one.get("url"))))
        else:
            files.append(name)
    return pictures, files


def _sources(row: Json) -> str:
    """What a reply cites as [1], [2] …: each document once, by its name or address; nothing of what is in them."""
    names: dict[str, str] = {}
    for one in rows(row.get("sources")):
        source = part(one.get("source"))
        for about in rows(one.get("metadata")) or [source]:
            id = id_of(about.get("source")) or id_of(source.get("id")) or id_of(source.get("name"))
            name = line_of(about.get("name"), 120) or line_of(source.get("name"), 120) or line_of(id, 120)
            if id and len(names) < MOST_SOURCES:
                names.setdefault(id, link_of(name, source.get("url")) or link_of(name, id) or name)
    return "\n".join(f"{number}. {name}" for number, name in enumerate(names.values(), 1))


def _content(row: Json, pictures: list[Picture]) -> tuple[str, list[str]]:
    """What a message says: a text, parts of one, or (newer) the items of `output`."""
    content = row.get("content")
    if isinstance(content, str) and content.strip():
        return text_of(content), []
    images = (part(one.get("image_url")) for one in rows(content) if one.get("type") == "image_url")
    pictures += [Picture(file=data_of(one.get("url"))) for one in images]
    said = [text_of(one.get("text")) for one in rows(content) if one.get("type") == "text"]
    asides: list[str] = []
    for item in rows(row.get("output")) if not any(said) else []:
        words = joined(*(text_of(one.get("text")) for key in ("content", "summary") for one in rows(item.get(key))))
        if item.get("type") == "message":
            said.append(words)
        elif item.get("type") == "reasoning":
            asides.append(cut(words))
    return joined(*said), [aside for aside in asides if aside]


def _apart(text: str) -> tuple[str, list[str]]:
    """The answer, and what was done on the way to it."""
    asides: list[str] = []

    def aside(found: re.Match[str]) -> str:
        inner = html.unescape(_SUMMARY.sub("", found[3], count=1)).strip()
        if found[1] == "reasoning":
            asides.append(cut(_QUOTED.sub("", inner)))
        elif found[1] in ("tool_calls", "code_interpreter"):
            given = [html.unescape(value) for _, value in _GIVEN.findall(found[2])]
            asides.append(joined(inner, *(fenced(cut(one, MOST_ASIDE)) for one in given if one.strip())))
        else:
            return found[0]
        return ""

    answer = _DETAILS.sub(aside, text) if "<details" in text else text
    return answer, [text_of(one) for one in asides if one.strip()]
