"""Markdown read block by block, so that a growing reply is never read twice.

    split("# Hi\n\nSome *text*\n")     # ["# Hi", "Some *text*"]
    split_growing("Hi\n\n1. a\n\n2")   # (["Hi"], "1. a\n\n2"): the list may still go on

CommonMark with tables, strikethrough, maths and what app.ui.inline adds. Raw HTML is off: it comes out as text. Two
things are left out on purpose: reference definitions, because one that comes late would change blocks that are already
painted, and links to anything but absolute http, https and mailto addresses, because a relative one would lead into
this program.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

MAX_NESTING = 40
# Longer texts are not Markdown that anyone reads; they stay plain. Characters.
MAX_TEXT = 100_000
# A wider table is not one; it would be filled up with empty cells. Columns.
MAX_COLUMNS = 100
# A formula longer than this is a stray sign. It also keeps the search for the closing sign short. Characters.
MAX_FORMULA = 2_000

_DELIMITERS = {"$$": "$$", "\\[": "\\]"}
_SAFE_LINK = re.compile(r"https?://[^/\\\s]|mailto:[^\s]", re.IGNORECASE)
_FORMULAS = (
    # (pattern, display). A single dollar follows pandoc: nothing blank inside its ends, no digit after the closing one.
    (re.compile(r"\$\$([^$`]+)\$\$"), True),
    (re.compile(r"\$(?![\s$])((?:[^$`\\]|\\[\s\S])+)(?<!\s)\$(?!\d)"), False),
    (re.compile(r"\\\(((?:[^`\\]|\\(?!\)))+)\\\)"), False),
    (re.compile(r"\\\[((?:[^`\\]|\\(?!\]))+)\\\]"), True),
)
_MONEY = re.compile(r"\d[\d.,]*[kKmMbB]?(?:\s+[^\W\d_]{2}|[,;:]\s)[^\\^_={}]*$")


@functools.cache
def parser() -> MarkdownIt:
    """The one parser. Imported at first use, because the page must be ready before anyone has an answer to read."""
    from markdown_it import MarkdownIt

    from app.ui.citing import cite
    from app.ui.inline import add_rules

    md = MarkdownIt("commonmark", {"html": False, "linkify": False, "xhtmlOut": False, "maxNesting": MAX_NESTING})
    md.enable(["table", "strikethrough"]).disable(["reference", "html_block", "html_inline"])
    md.block.ruler.before("fence", "math_block", _math_block, {"alt": ["paragraph", "blockquote", "list"]})
    md.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    md.inline.ruler.before("escape", "math", _math_inline)
    md.inline.ruler.after("link", "cite", cite)
    add_rules(md)
    md.validateLink = _is_safe_link  # type: ignore[method-assign]
    return md


def clean(text: str) -> str:
    """Only line feeds end lines here, and a NUL is nothing; the same for a whole text and for its pieces."""
    return text.replace("\r", "").replace("\0", "\ufffd")


def parse(text: str) -> list[Token]:
    """Block tokens of a text; none where it is too long to be read. Inline text is left as it is."""
    tokens: list[Token] = []
    if len(text) <= MAX_TEXT:
        md = parser()
        md.block.parse(text, md, {}, tokens)
    return tokens


def starts(tokens: Sequence[Token]) -> list[int]:
    """The lines at which top-level blocks start."""
    return [token.map[0] for token in tokens if token.level == 0 and token.nesting >= 0 and token.map]


def split(text: str) -> list[str]:
    """The top-level blocks of a finished text, as source; blank lines between them vanish."""
    if len(text) > MAX_TEXT:
        return [text]
    lines, tokens = text.split("\n"), parse(text)
    edges = [*starts(tokens), len(lines)]
    found = ["\n".join(lines[a:b]).rstrip("\n") for a, b in itertools.pairwise(edges)]
    if tokens and tokens[-1].type == "fence" and not _is_closed(tokens[-1], found[-1]):
        found[-1] = "\n".join(lines[edges[-2] :])  # the code goes on to the end, blank lines included
    return found


def _is_closed(fence: Token, source: str) -> bool:
    """Whether the last line of a block of code ends it."""
    head, _, last = source.rpartition("\n")
    sign, size = fence.markup[0], len(fence.markup)
    return bool(head) and re.fullmatch(rf" {{0,3}}{re.escape(sign)}{{{size},}}[ \t]*", last) is not None


def unescaped(text: str) -> str:
    """A text without the backslashes and entities that CommonMark allows in it."""
    from markdown_it.common.utils import unescapeAll

    return unescapeAll(text)


def split_growing(text: str) -> tuple[list[str], str]:
    """(the blocks that no later text can change, the rest as it stands).

    Only whole lines can close what stands before them: `2` may become `2. item` and belong to the list above it.
    """
    edges = starts(parse(text[: text.rfind("\n") + 1]))
    if len(edges) < 2:
        return [], text
    lines = text.split("\n")
    closed = ["\n".join(lines[a:b]).rstrip("\n") for a, b in itertools.pairwise(edges)]
    return closed, "\n".join(lines[edges[-1] :])


def _is_safe_link(url: str) -> bool:
    return _SAFE_LINK.match(url) is not None


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    from markdown_it.rules_block import table

    return _line(state, start).count("|") <= MAX_COLUMNS and table(state, start, end, silent)


def _math_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`$$` or `\\[` at the start of a line, to the line that ends with its partner.

    Alone on its line it runs like a fence, blank lines included, to the end if need be. With text behind it, a blank
    line ends it, and without a partner it is a paragraph. The first line alone decides where a block starts.
    """
    first = _line(state, start)
    close = _DELIMITERS.get(first[:2])
    if close is None or state.is_code_block(start):
        return False
    rest = first[2:].strip()
    is_whole = rest.endswith(close) and len(rest) > len(close)
    if silent:
        return is_whole or not rest
    if close in (rest[: -len(close)] if is_whole else rest):
        return False
    stop, is_closed = (start, True) if is_whole else _find_close(state, start, end, close, is_alone=not rest)
    state.line = min(stop + 1, end) if is_closed else stop
    source = state.getLines(start, state.line, state.sCount[start], False)
    if not is_closed and rest:
        _push_paragraph(state, start, source)
        return True
    token = state.push("math_block", "", 0)
    token.map = [start, state.line]
    token.markup = first[:2]
    token.meta = {"source": source.strip()}
    token.content = source.strip()[2:].strip()
    if is_closed:
        token.content = token.content[: -len(close)].rstrip()
    return True


def _find_close(state: StateBlock, start: int, end: int, close: str, is_alone: bool) -> tuple[int, bool]:
    for number in range(start + 1, end):
        if state.isEmpty(number):
            if not is_alone:
                return number, False
        elif state.sCount[number] < state.blkIndent:
            return number, False
        elif _line(state, number).rstrip().endswith(close):
            return number, True
    return end, False


def _push_paragraph(state: StateBlock, start: int, source: str) -> None:
    token = state.push("paragraph_open", "p", 1)
    token.map = [start, state.line]
    token = state.push("inline", "", 0)
    token.content = source.strip()
    token.map = [start, state.line]
    token.children = []
    state.push("paragraph_close", "p", -1)


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _math_inline(state: StateInline, silent: bool) -> bool:
    position = state.pos
    sign = state.src[position]
    if sign == "$":
        before = state.src[position - 1] if position else " "
        if before.isascii() and before.isalnum():
            return False
    elif sign != "\\" or state.src[position + 1 : position + 2] not in ("(", "["):
        return False
    limit = min(state.posMax, position + MAX_FORMULA)
    for pattern, display in _FORMULAS:
        found = pattern.match(state.src, position, limit)
        if found is None or not found[1].strip() or (sign == "$" and not display and _MONEY.match(found[1])):
            continue
        if not silent:
            token = state.push("math_inline", "", 0)
            token.content = found[1].strip()
            token.markup = found[0]
            token.meta = {"display": display}
        state.pos = found.end()
        return True
    return False
