"""The tags and the words of a web page, one after the other, in one pass over the text.

    for kind, what, attributes in scan('<p class="a">Tides &amp; time</p>'):
        ...             # ("open", "p", {"class": "a"}), ("words", "Tides & time", {}), ("close", "p", {})

`html.parser` looks at some texts once for each of their signs (before Python 3.14), which a hostile page makes last for
hours. Here a tag, a comment or a script that never ends reaches to the end of the page, as in a browser
(https://html.spec.whatwg.org/multipage/parsing.html), so that nothing is looked at twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Literal, TypeAlias

Piece: TypeAlias = "tuple[Literal['open', 'close', 'words'], str, dict[str, str]]"

_NAME = re.compile(r"[a-zA-Z][^\s/>]*+")
_REST = re.compile(r"""(?:[^>"']++|"[^"]*+"|'[^']*+')*+>""")
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>]++)))?+""")
#: elements whose content is no markup; that of the first is words with entities
_RAW = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("title", "textarea", "script", "style", "xmp", "iframe", "noembed", "noframes")
}
MOST_ATTRIBUTES = 5_000  # characters of one tag's attributes that are looked at


def scan(text: str, *, is_xml: bool = False) -> Iterator[Piece]:
    """The pieces of a page. Names are in small letters; comments and declarations are passed over. In XML (XHTML) any
    tag that ends with "/>" is closed with that."""
    at, raw = 0, ""
    while at < len(text):
        if raw:
            end = _RAW[raw].search(text, at)
            stop = end.start() if end else len(text)
            if raw in ("title", "textarea"):
                yield "words", unescape(text[at:stop]), {}
            raw, at = "", stop
            continue
        start = _next(text, at)
        if start > at:
            yield "words", unescape(text[at:start]), {}
        at = start
        if at >= len(text):
            return
        piece, at = _tag(text, at)
        if piece:
            yield piece
            if is_xml and piece[0] == "open" and text[at - 2 : at] == "/>":
                yield "close", piece[1], {}
                continue
            raw = piece[1] if piece[0] == "open" and piece[1] in _RAW else ""


def _next(text: str, at: int) -> int:
    """Where the next tag, comment or declaration begins; a single "<" is a word."""
    while (at := text.find("<", at)) >= 0:
        if text[at + 1 : at + 2] in ("!", "?", "/") or text[at + 1 : at + 2].isalpha():
            return at
        at += 1
    return len(text)


def _tag(text: str, at: int) -> tuple[Piece | None, int]:
    """What begins here, and where it ends."""
    if text.startswith("<!--", at):
        return None, _after(text, "-->", at + 2)
    if text.startswith("<![CDATA[", at):
        return None, at + 9
    is_end = text.startswith("/", at + 1)
    name = _NAME.match(text, at + 1 + is_end)
    if not name:
        return None, _after(text, ">", at)
    rest = _REST.match(text, name.end())
    if not rest:
        return None, len(text)
    if is_end:
        return ("close", name.group().lower(), {}), rest.end()
    return (
        "open",
        name.group().lower(),
        _attributes(rest.group()[: min(MOST_ATTRIBUTES, len(rest.group()) - 1)]),
    ), rest.end()


def _after(text: str, end: str, at: int) -> int:
    found = text.find(end, at)
    return found + len(end) if found >= 0 else len(text)


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(text):
        found.setdefault(name.lower(), unescape(double or single or bare))
    return found
