"""A chat as another program has exported it, before it becomes one of this app's.

    Conversation("chatgpt", "c-1", "Bread", nodes=(Node("u1", "", "user", "How long?"), …))

A format (one module each) turns a file's JSON into this and knows nothing of records; `app.study.imports.records` turns
this into chats and turns and knows nothing of formats. Nothing in a file is believed to have the shape it should have:
the functions below read single values of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from app.core.reading import part, rows
from app.core.shapes import LAST_DAY, is_number

Role = Literal["user", "assistant", ""]
#: what of an export does not come in, or only in part: counted, and told by these names (`imports.left_…`)
Left = Literal["pictures", "missing", "files", "audio", "hidden", "tools", "unknown", "cut", "empty", "unreadable"]
MOST_TEXT = 1_000_000  # characters of a text; what is longer is cut, and counted
MOST_ASIDE = 50_000  # of what a tool has given
MILLISECONDS = 1e11  # a time beyond it (the year 5138) counts them
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".heic", ".svg")

_BROKEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_FENCE = re.compile(r"`{3,}")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a message: what it is called, and the beginning of its file's name in the export, or the picture
    itself as a `data:` address; "" where it cannot be in the export."""

    name: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A place in a chat's tree. Without a `role` nobody sees it, but what is below it hangs by it. `aside` is what the
    reply's maker did on the way (thinking, code, what tools gave), in Markdown; `left` what of it does not come in."""

    id: str
    parent: str = ""
    role: Role = ""
    text: str = ""
    aside: str = ""
    created: float = 0.0
    model: str = ""
    pictures: tuple[Picture, ...] = ()
    files: tuple[str, ...] = ()
    left: Mapping[Left, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Conversation:
    """A whole chat. `tip` is the node that its branch on show ends with, "" where the file does not say."""

    program: str
    id: str
    title: str = ""
    created: float = 0.0
    updated: float = 0.0
    nodes: tuple[Node, ...] = ()
    tip: str = ""
    is_pinned: bool = False
    has_more: bool = False  # there is more of it than its own place in the file says: it is no empty chat

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said in it."""
        return not any(node.role and (node.text or node.aside or node.pictures) for node in self.nodes)

    @property
    def asked_with(self) -> tuple[Picture, ...]:
        """The pictures of its questions."""
        return tuple(picture for node in self.nodes if node.role == "user" for picture in node.pictures)

    def left(self) -> Counter[Left]:
        """What of it does not come in."""
        found: Counter[Left] = Counter()
        for node in self.nodes:
            found.update(node.left)
            found["files"] += len(node.files)
        return +found


def text_of(value: object) -> str:
    """A text as it can be kept and shown: "" for anything else; no half characters, no control characters."""
    if not isinstance(value, str):
        return ""
    if not _BROKEN.search(value):
        return value
    whole = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # two halves become one
    return _BROKEN.sub("", whole)


def line_of(value: object, most: int = 200) -> str:
    """A text as one line."""
    return " ".join(text_of(value)[: 10 * most].split())[:most].strip()


def id_of(value: object) -> str:
    """An id: a text or a number, "" for anything else."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = str(value)
    return text_of(value)[:200]


def time_of(value: object) -> float:
    """Seconds since 1970 of a number of seconds or milliseconds, or of an ISO 8601 text; 0 where it is neither."""
    if isinstance(value, str):
        try:
            moment = datetime.fromisoformat(value.strip())
            value = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
        except (ValueError, OverflowError, OSError):
            return 0.0
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return 0.0
    seconds = value / 1000 if value > MILLISECONDS else value
    return float(seconds) if is_number(seconds, LAST_DAY) else 0.0


def fenced(code: str, language: str = "") -> str:
    """A block of code in Markdown, whatever is in it."""
    longest = max((len(found) for found in _FENCE.findall(code)), default=2)
    fence = "`" * (longest + 1)
    kind = language if re.fullmatch(r"[\w+#.-]{1,20}", language) and language != "unknown" else ""
    return f"{fence}{kind}\n{code.rstrip()}\n{fence}"


def link_of(title: object, address: object) -> str:
    """A link in Markdown, "" where the address is none of the web."""
    url = line_of(address, 2000)
    if not re.fullmatch(r"https?://[^\s()<>]+", url):
        return ""
    name = re.sub(r"[\[\]\\`*_<>]", "", line_of(title, 120)) or url
    return f"[{name}]({url})"


def joined(*texts: str) -> str:
    """Texts one below the other, those that are there."""
    return "\n\n".join(filter(None, (text.strip() for text in texts)))


def cut(text: str, most: int = MOST_TEXT) -> str:
    """A text of at most so many characters."""
    return text if len(text) <= most else text[:most].rstrip() + " …"


def is_picture(name: str) -> bool:
    """Whether a file is a picture, by its name."""
    return name.lower().endswith(PICTURES)


def data_of(address: object) -> str:
    """An address that is itself a picture, "" for any other."""
    is_picture_itself = isinstance(address, str) and address.startswith("data:image/")
    return str(address) if is_picture_itself else ""


def named(value: object, *keys: str) -> list[str]:
    """The names of a list's objects, by the first key that holds one; "" where none does."""
    return [next(filter(None, (line_of(part(row).get(key), 120) for key in keys)), "") for row in rows(value)]
