"""ChatGPT's export: `conversations.json`, since 2026 in pieces `conversations-000.json` …, an array of chats.

Facts: /design/formats.md section 1, with their sources. A chat is a tree `mapping` of nodes by id; `current_node` ends
the branch on show. Nobody ever saw some of its messages (`_HIDDEN`): what the person has told ChatGPT about
themselves, what it has noted about them. They stay out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping

from app.core.reading import Unreadable, part, read_json, rows, texts
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
    link_of,
    text_of,
    time_of,
)

Json = Mapping[str, object]
NEAR = 60  # characters
#: kinds of content that are about the person, and no part of what was said
_HIDDEN = ("user_editable_context", "model_editable_context", "system_message")
_MARKED = ("is_visually_hidden_from_conversation", "is_user_system_message")
#: what a reply's maker writes to these is how it came to its answer; to others ("bio") it is nobody's business
_TOOLS = ("python", "container", "code_interpreter", "canmore", "browser", "web", "dalle", "image_gen")

# Marks around what the program drew in its own way: an opening one, the kind, values, a closing one.
_MARK = re.compile("[ ]?\ue200([^\ue200\ue201]*)\ue201")
_LOOSE = re.compile("[\ue200-\ue20f]")
_LOST = re.compile(r" ?(?:file)?(?:cite|navlist)(?:turn\d+[a-z]+\d+)+")  # the same where the marks were lost
_ITS = ("citeturn", "navlistturn")  # looked for first, since this is done to every text of a large file
_OLD = re.compile(r"【\d+(?::\d+)?†[^】]{0,200}】")


def is_one(item: Json) -> bool:
    """Whether an object is a chat of this program."""
    return isinstance(item.get("mapping"), Mapping)


def may_be_one(item: Json) -> bool:
    """Whether it looks like one of which the tree is lost."""
    return "conversation_id" in item and "create_time" in item


def read(item: Json) -> Conversation:
    """A chat."""
    nodes = tuple(_node(text_of(id), part(node)) for id, node in part(item.get("mapping")).items())
    return Conversation(
        program="chatgpt",
        id=id_of(item.get("conversation_id")) or id_of(item.get("id")),
        title=line_of(item.get("title")),
        created=time_of(item.get("create_time")),
        updated=time_of(item.get("update_time")),
        nodes=nodes,
        tip=id_of(item.get("current_node")),
    )


def _node(id: str, node: Json) -> Node:
    message, parent = part(node.get("message")), id_of(node.get("parent"))
    if not message:
        return Node(id, parent)
    author, metadata = part(message.get("author")), part(message.get("metadata"))
    content = part(message.get("content"))
    said = _Said(content, metadata)
    who = author.get("role")
    is_hidden = said.kind in _HIDDEN or any(metadata.get(mark) for mark in _MARKED)
    if is_hidden or who == "system":
        has_words = any(texts(content.get("parts"))) or said.kind in _HIDDEN
        return Node(id, parent, left={"hidden": 1} if has_words else {})
    if who == "user":
        said.read_question()
    elif who == "assistant":
        said.read_reply(_recipient(message), str(message.get("channel")))
    elif who == "tool":
        said.read_tool(str(author.get("name")))
    else:
        said.left["unknown"] += 1
    role: Role = "user" if who == "user" else "assistant"
    return Node(
        id,
        parent,
        role if said.text or said.aside or said.pictures or said.files else "",
        said.text,
        said.aside,
        time_of(message.get("create_time")),
        line_of(metadata.get("model_slug"), 60),
        tuple(said.pictures),
        tuple(said.files),
        dict(+said.left),
    )


def _recipient(message: Json) -> str:
    recipient = message.get("recipient")
    return recipient if isinstance(recipient, str) and recipient else "all"


class _Said:
    """What a message says, gathered from its content. `aside` is what is shown folded."""

    def __init__(self, content: Json, metadata: Json) -> None:
        self._content, self._metadata = content, metadata
        self.kind = str(content.get("content_type"))
        self.text = self.aside = ""
        self.pictures: list[Picture] = []
        self.files: list[str] = []
        self.left: Counter[Left] = Counter()

    def read_question(self) -> None:
        """A person's message."""
        self._read_parts()
        shown = {picture.file for picture in self.pictures}
        for row in rows(self._metadata.get("attachments")):
            name, file = line_of(row.get("name"), 120), id_of(row.get("id"))
            if file in shown:
                self.pictures = [Picture(name, file) if one.file == file else one for one in self.pictures]
            elif str(row.get("mime_type")).startswith("image/") or is_picture(name):
                self.pictures.append(Picture(name, file))
            else:
                self.files.append(name)

    def read_reply(self, recipient: str, channel: str) -> None:
        """A message of the model: to the person, or to a tool."""
        if self.kind in _ASIDES:
            self.aside = _ASIDES[self.kind](self._content)
        elif recipient != "all":
            self._read_call(recipient)
        elif self.kind == "code":
            self.aside = _code(self._content)
        else:
            self._read_parts(lambda text: with_sources(text, self._metadata))
            if channel == "analysis":
                self.text, self.aside = "", self.text

    def _read_call(self, recipient: str) -> None:
        if not recipient.startswith(_TOOLS):
            self.left["tools"] += 1
        elif recipient.startswith("canmore"):
            self.aside = _canvas(self._content)
        else:
            self.aside = _code(self._content)

    def read_tool(self, name: str) -> None:
        """What a tool has given."""
        if make := _RESULTS.get(self.kind):
            self.aside = make(self._content)
        elif self.kind == "multimodal_text":
            self._read_parts()
            self.text = ""
        elif name.startswith(_TOOLS):
            self.left["tools"] += not name.startswith("canmore")  # which only says that it has done so
        else:
            self.left["tools"] += 1

    def _read_parts(self, tidy: Callable[[str], str] | None = None) -> None:
        if self.kind not in ("text", "multimodal_text", "code", "None"):
            self.left["unknown"] += 1
            return
        found = [self._part(one) for one in _list(self._content.get("parts"))]
        whole = (tidy or _plain)("\n\n".join(filter(None, found)) or text_of(self._content.get("text")))
        self.text = cut(whole)
        self.left["cut"] += self.text != whole

    def _part(self, one: object) -> str:
        if isinstance(one, str) or one is None:
            return text_of(one)
        row = part(one)
        kind = str(row.get("content_type"))
        if kind == "image_asset_pointer":
            self.pictures.append(_picture(row))
        elif kind == "audio_transcription":
            return text_of(row.get("text"))
        elif "audio" in kind:
            self.left["audio"] += 1
        else:
            self.left["unknown"] += 1
        return ""


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, (list, tuple)) else [value] if isinstance(value, str) else []


def _picture(row: Json) -> Picture:
    """A pointer `file-service://file-X` or `sediment://file_hex?…`: its file's name begins so."""
    file = id_of(row.get("asset_pointer")).rpartition("//")[2].partition("?")[0]
    return Picture(line_of(part(part(row.get("metadata")).get("dalle")).get("prompt"), 60), file)


def _code(content: Json) -> str:
    text = text_of(content.get("text")) or "\n\n".join(map(text_of, texts(content.get("parts"))))
    language = line_of(content.get("language"), 20)
    return fenced(cut(_plain(text), MOST_ASIDE), language) if text.strip() else ""


def _canvas(content: Json) -> str:
    """A document beside the chat, or a change of one."""
    try:
        document = part(read_json(content.get("text")))
    except Unreadable:
        document = {}
    text = _plain(text_of(document.get("content")))
    if not text:
        return _code(content)
    kind = text_of(document.get("type"))
    name = line_of(document.get("name"), 120)
    body = fenced(cut(text), kind.partition("/")[2]) if kind.startswith("code/") else cut(text)
    return joined(f"**{name}**" if name else "", body)


def _thoughts(content: Json) -> str:
    found = [
        joined(f"**{line_of(row.get('summary'))}**" if line_of(row.get("summary")) else "", text_of(row.get("content")))
        for row in rows(content.get("thoughts"))
    ]
    return cut(_plain(joined(*found)))


def _output(content: Json) -> str:
    text = _plain(text_of(content.get("text")))
    return fenced(cut(text, MOST_ASIDE)) if text.strip() else ""


def _quote(content: Json) -> str:
    title = line_of(content.get("title")) or line_of(content.get("domain"))
    return link_of(title, content.get("url")) or title


def _failed(content: Json) -> str:
    return _plain(": ".join(filter(None, (line_of(content.get("name")), line_of(content.get("text"), 500)))))


def _nothing(content: Json) -> str:
    return ""


_ASIDES: Mapping[str, Callable[[Json], str]] = {"thoughts": _thoughts, "reasoning_recap": _nothing}
_RESULTS: Mapping[str, Callable[[Json], str]] = {
    "execution_output": _output,
    "tether_quote": _quote,
    "tether_browsing_display": _nothing,
    "system_error": _failed,
}


def with_sources(text: str, metadata: Json) -> str:
    """A reply with its sources as links, and without the marks that stood for them."""
    for row in rows(metadata.get("content_references")):
        mark, shown = row.get("matched_text"), text_of(row.get("alt"))
        if isinstance(mark, str) and mark.strip() and "\ue200" in mark:
            shown = shown or " ".join(filter(None, (link_of(one.get("title"), one.get("url")) for one in _items(row))))
            if shown:
                text = text.replace(mark, _LOOSE.sub("", shown), 1)
    return _plain(_with_old(text, metadata))


def _items(row: Json) -> list[Json]:
    return rows(row.get("items"))[:5]


def _with_old(text: str, metadata: Json) -> str:
    """The marks of before 2025, such as 【3†source】, in the order of what they stand for."""
    if "【" not in text:
        return text
    cited = sorted(rows(metadata.get("citations")), key=lambda row: time_of(row.get("start_ix")))
    links = [link_of(part(row.get("metadata")).get("title"), part(row.get("metadata")).get("url")) for row in cited]
    are_all = len(links) == len(_OLD.findall(text))
    left = iter(links if are_all else ())

    def link(_: re.Match[str]) -> str:
        found = next(left, "")
        return f" ({found})" if found else ""

    return _OLD.sub(link, text)


def _plain(text: str) -> str:
    """Without marks; of a thing's name the name stays."""
    if not text.isascii():
        if "\ue200" in text:
            text = _MARK.sub(_unmarked, text)
        text = _LOOSE.sub("", text)
    return _LOST.sub("", text) if any(mark in text for mark in _ITS) else text


def _unmarked(found: re.Match[str]) -> str:
    kind, _, value = found[1].partition("\ue202")
    if kind == "entity":
        try:
            names = texts(read_json(value))
        except Unreadable:
            names = []
        name = names[1] if len(names) > 1 else ""
        before = found.string[max(0, found.start() - NEAR) : found.start()]
        name = "" if name in before else name  # it stands for the name, or behind it
    else:
        name = value.partition("\ue202")[0] if kind == "url" else ""
    return (" " if found[0].startswith(" ") else "") + name if name else ""
