"""Which pictures of a program are shown: those that cost the page little.

picture_type(ProgramFile("plot.svg", data))         # "image/svg+xml"; "" for what is only saved

A browser draws a picture in the page's own time, and a few hundred bytes can keep it busy for ever: an SVG of groups
that repeat groups (measured in Chromium: 1.4 kB, more than 40 seconds), or a PNG of one colour and 400 million pixels
(20 seconds). A file says by its first bytes what it is, as browsers go by those.
"""

from __future__ import annotations

import html
import re
from base64 import b64decode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import unquote

from app.core.running import ProgramFile

SVG = "image/svg+xml"
PICTURES: Mapping[str, str] = {
    ".png": "image/png",
    ".svg": SVG,
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
}
MOST_PIXELS = 40_000_000  # a figure of 10 by 8 inches at 600 dots has 29 million
MOST_SVG = 3_000_000  # characters
MOST_DRAWN = 200_000  # elements, each as often as it is repeated; ten thousand marked points are 90,000
MOST_DEPTH = 100
# What a plot has no use for, and what costs without end or says nothing of what it costs.
UNSHOWN = frozenset(
    ("filter", "foreignobject", "script", "animate", "animatemotion", "animatetransform", "set", "handler")
)
# Each of these takes time in proportion to a text, whatever is in it: no part of one is tried twice.
TAG = re.compile(r"""<(/?)([^\s<>/!?]++)((?:[^<>"']++|"[^"]*+"|'[^']*+')*+)>""")
DECLARES = re.compile(r"<!(?:ENTITY|ATTLIST|ELEMENT|\[CDATA)")  # what would stand for something else, or for much
SKIPPED = re.compile(r"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)", re.DOTALL)
STYLE = re.compile(r"<(?:[^\s<>/:]+:)?style\b(?!\s*/>)(.*?)(?:</(?:[^\s<>/:]+:)?style\b|\Z)", re.IGNORECASE | re.DOTALL)
VALUE = re.compile(r"""(?<![\w:.-])([\w:.-]++)\s*+=\s*+("[^"]*+"|'[^']*+')""")
INSIDE = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,([\w+/=\s]+)", re.IGNORECASE | re.ASCII)
ENCODING = re.compile(r"""\ufeff?<\?xml[^>]*\bencoding\s*=\s*["'](?!utf-8|us-ascii)""", re.IGNORECASE)
FRAMES = frozenset((*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)))  # of a JPEG


def picture_type(file: ProgramFile) -> str:
    """The type of a picture that can be shown, "" for all other files."""
    kind = PICTURES.get(PurePosixPath(file.name).suffix.lower(), "")
    if not kind:
        return ""
    data = b64decode(file.data)
    return kind if (_is_tame(data) if kind == SVG else _is_small(data)) else ""


def _is_small(data: bytes) -> bool:
    size = _size(data)
    return size is not None and 0 < size[0] * size[1] <= MOST_PIXELS


def _size(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels; None for what is no picture."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _int(data, 16, 4, "big"), _int(data, 20, 4, "big")
    if data.startswith((b"GIF87a", b"GIF89a")):
        return _int(data, 6, 2), _int(data, 8, 2)
    if data.startswith(b"\xff\xd8"):
        return _jpeg(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp(data)
    return None


def _int(data: bytes, at: int, length: int, order: str = "little") -> int:
    return int.from_bytes(data[at : at + length], "big" if order == "big" else "little")


def _jpeg(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        if data[at + 1] in FRAMES:
            return _int(data, at + 7, 2, "big"), _int(data, at + 5, 2, "big")
        at += 1 if data[at + 1] == 0xFF else 2 + _int(data, at + 2, 2, "big")
    return None


def _webp(data: bytes) -> tuple[int, int] | None:
    match data[12:16]:
        case b"VP8X":
            return _int(data, 24, 3) + 1, _int(data, 27, 3) + 1
        case b"VP8L":
            bits = _int(data, 21, 4)
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8 ":
            return _int(data, 26, 2) & 0x3FFF, _int(data, 28, 2) & 0x3FFF
    return None


@dataclass(slots=True)
class _Element:
    names: tuple[str, ...] = ()  # of what it repeats, fills itself with, or is cut out by
    inner: list[_Element] = field(default_factory=list)
    drawn: int = 0  # how many elements it comes to: 0 not known yet, -1 being counted


def _is_tame(data: bytes) -> bool:
    """Whether an SVG comes to few enough elements, by a count that is rather too high."""
    try:
        text = data.decode()
    except ValueError:
        return False
    if len(text) > MOST_SVG or DECLARES.search(text) or ENCODING.match(text):
        return False
    text = SKIPPED.sub("", text)
    if any(re.search(r"url|@|\\|filter|animation", style, re.IGNORECASE) for style in STYLE.findall(text)):
        return False
    known: dict[str, _Element] = {}
    root = _read(text, known)
    return root is not None and _drawn(root, known) <= MOST_DRAWN


def _read(text: str, known: dict[str, _Element]) -> _Element | None:
    """The elements below one above all; `known` gets those with an id. None for what is not shown."""
    root = _Element()
    open_ones = [root]
    for closes, name, rest in TAG.findall(text):
        if closes:
            if len(open_ones) > 1:
                open_ones.pop()
            continue
        if name.rpartition(":")[2].lower() in UNSHOWN or len(open_ones) > MOST_DEPTH:
            return None
        values = {key.lower(): html.unescape(value[1:-1]) for key, value in VALUE.findall(rest)}
        if not all(_is_plain(key, value) for key, value in values.items()):
            return None
        made = _Element(tuple(_names(values)))
        known.setdefault(values.get("id", ""), made)
        open_ones[-1].inner.append(made)
        if not rest.rstrip().endswith("/"):
            open_ones.append(made)
    return root


def _is_plain(key: str, value: str) -> bool:
    """Whether an attribute hides nothing; a picture in it is as small as others."""
    if key == "filter" or (key == "style" and re.search(r"\\|filter|animation", value, re.IGNORECASE)):
        return False
    if not value.lstrip().lower().startswith("data:"):
        return True
    found = INSIDE.fullmatch(value.strip())
    try:
        return found is not None and _is_small(b64decode(found[1]))
    except ValueError:  # it is no base64
        return False


def _names(values: Mapping[str, str]) -> Iterator[str]:
    for key, value in values.items():
        if key != "id" and "#" in value and not value.startswith("data:"):
            yield from map(unquote, re.findall(r"#([^\s\"')]+)", value))


def _drawn(element: _Element, known: Mapping[str, _Element], depth: int = 0) -> int:
    """What is inside inherits what is named, so the two are multiplied. What names itself is never shown,
    nor what leads from one to the next a hundred times."""
    if element.drawn < 0 or depth > MOST_DEPTH:
        return MOST_DRAWN + 1
    if not element.drawn:
        element.drawn = -1
        count = 1 + sum(_drawn(one, known, depth + 1) for one in element.inner)
        for name in element.names:
            if count <= MOST_DRAWN and name in known:
                count *= 1 + _drawn(known[name], known, depth + 1)
        element.drawn = min(count, MOST_DRAWN + 1)
    return element.drawn
