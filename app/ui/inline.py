"""Inline Markdown beside CommonMark: emphasis in Chinese, Japanese and Korean, a few tags, bare addresses.

    add_rules(md)          # "**注意：**请保存" is bold, "H<sub>2</sub>O" has its tag, "See https://a.example." a link

Emphasis follows the CJK-friendly amendments to CommonMark: beside a CJK character, and beside CJK punctuation, a mark
opens or closes as it does beside a letter. Tags are `<br>`, and `<sub>`, `<sup>` and `<kbd>` with what they hold; all
others stay words.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.rules_inline.state_inline import Scanned, StateInline

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MOST_IN_TAG = 300  # characters
MOST_ADDRESS = 2_000

_TAG = re.compile(rf"<(sub|sup|kbd)>((?:(?!<\1>)[^\n]){{1,{MOST_IN_TAG}}}?)</\1>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s{0,3}/?>", re.IGNORECASE)
_SCHEME = re.compile(r"(?<![A-Za-z0-9])https?\Z", re.IGNORECASE)
_ADDRESS = re.compile(rf"://[^\s<>\"'`|\\^{{}}（）「」『』【】《》。，、；：？！]{{1,{MOST_ADDRESS}}}")
_ENDS = ".,;:!?*_~"  # what follows an address in a sentence, and is no part of it


def add_rules(md: MarkdownIt) -> None:
    """Teach a parser all of it."""
    md.inline.parse = _parse  # type: ignore[method-assign, assignment]
    md.inline.ruler.before("autolink", "tags", _tags)
    md.inline.ruler.after("text", "bare_address", _bare_address)


def _parse(source: str, md: MarkdownIt, env: dict[str, object], tokens: list[Token]) -> list[Token]:
    state = _State(source, md, env, tokens)
    md.inline.tokenize(state)
    for rule in md.inline.ruler2.getRules(""):
        rule(state)
    return state.tokens


class _State(StateInline):
    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803 - the parser's own names
        """How a run of marks may open and close."""
        found = super().scanDelims(start, canSplitWord)
        before, after = _before(self.src, start), self.src[start + found.length : start + found.length + 1]
        if not (_is_cjk(before) or _is_cjk(after)):
            return found
        opens, closes = _flanks(before, after), _flanks(after, before)
        if not canSplitWord:
            opens, closes = opens and (not closes or _is_mark(before)), closes and (not opens or _is_mark(after))
        return Scanned(opens, closes, found.length)


def _flanks(outer: str, inner: str) -> bool:
    """Whether marks between these two belong to the inner one ("" is an end of the text)."""
    if _is_blank(inner):
        return False
    is_mark = _is_mark(inner) and not _is_cjk(inner)
    return not is_mark or _is_blank(outer) or _is_mark(outer) or _is_cjk(outer)


def _before(source: str, at: int) -> str:
    """The character before a place; a selector of its variant is passed over."""
    while at > 0 and ("\ufe00" <= source[at - 1] <= "\ufe0f" or "\U000e0100" <= source[at - 1] <= "\U000e01ef"):
        at -= 1
    return source[at - 1 : at] if at else ""


def _is_blank(character: str) -> bool:
    return not character or isWhiteSpace(ord(character))


def _is_mark(character: str) -> bool:
    return bool(character) and (isMdAsciiPunct(ord(character)) or isPunctChar(character))


def _is_cjk(character: str) -> bool:
    """Whether it is written as wide as an ideograph; symbols such as emoji are not meant."""
    if not character or character < "\u1100":
        return False
    if "\u1100" <= character <= "\u11ff":
        return True
    return unicodedata.east_asian_width(character) in "WFH" and unicodedata.category(character).lower() != "so"


def _tags(state: StateInline, silent: bool) -> bool:
    """A line break, or one of the tags with what it holds."""
    if state.src[state.pos] != "<":
        return False
    if found := _BREAK.match(state.src, state.pos, state.posMax):
        if not silent:
            state.push("hardbreak", "br", 0)
    elif found := _TAG.match(state.src, state.pos, state.posMax):
        if not silent:
            token = state.push("tag", found[1].lower(), 0)
            token.children = state.md.inline.parse(found[2], state.md, state.env, [])
    else:
        return False
    state.pos = found.end()
    return True


def _bare_address(state: StateInline, silent: bool) -> bool:
    """An address of the web in a text becomes a link. At its colon, its scheme is text that waits to be written."""
    if silent or state.linkLevel or state.src[state.pos] != ":":
        return False
    scheme, found = _SCHEME.search(state.pending), _ADDRESS.match(state.src, state.pos, state.posMax)
    if not scheme or not found:
        return False
    rest = _without_end(found[0])
    address = state.md.normalizeLink(scheme[0] + rest)
    if len(rest) <= len("://") or not state.md.validateLink(address):
        return False
    state.pending = state.pending[: scheme.start()]
    state.push("link_open", "a", 1).attrs = {"href": address}
    state.push("text", "", 0).content = scheme[0] + rest
    state.push("link_close", "a", -1)
    state.pos += len(rest)
    return True


def _without_end(address: str) -> str:
    """An address without the signs of the sentence around it."""
    while address:
        is_open = address[-1] in ")]" and address.count(address[-1]) > address.count("(" if address[-1] == ")" else "[")
        if not is_open and address[-1] not in _ENDS:
            break
        address = address[:-1]
    return address
