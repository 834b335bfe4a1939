"""Markdown: its text without the marks, its headings, its title.

A web page's tags in it are left out, never shown as words. Front matter (between lines of three dashes) gives title and
language.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.documents.files import File, Steps
from app.documents.formats.html import fill, words_of
from app.documents.formats.text import text_of
from app.documents.pages import Full, Pages, plain

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

FRONT = re.compile(r"\A(?:---[ \t]*\n(.*?\n)(?:---|\.\.\.)|\+\+\+[ \t]*\n(.*?\n)\+\+\+)[ \t]*(?:\n|\Z)", re.DOTALL)
FIELD = re.compile(r"^(title|lang|language)[ \t]*[:=][ \t]*(.*)$", re.MULTILINE)
#: what stands behind a heading in braces: its id, its classes
ATTRIBUTES = re.compile(r"\s*\{(?:[#.][^{}]*|-)\}$")
NOTE = re.compile(r"\[\^[^\]\s]{1,80}\]:?")  # the mark of a note, or what begins it
FORMULA = re.compile(r"\$\$.{1,4000}?\$\$|\$[^\s$](?:[^$\n]{0,2000}[^\s$\\])?\$(?!\d)", re.DOTALL)
BREAK = re.compile(r"<br\b", re.IGNORECASE)


def read(file: File, name: str) -> Steps:
    """One page."""
    yield 0, 1
    text = plain(text_of(file.bytes()))
    about, text = _front(text)
    pages = Pages()
    try:
        add(pages, text)
    except Full:
        pages.cut()
    reading = pages.reading("markdown", about.get("title", ""), about.get("lang") or about.get("language", ""))
    return reading


def add(pages: Pages, text: str) -> None:
    """The blocks of some Markdown, at the end of what is there. Raises Full."""
    _fill(pages, _tokens(text))


def _front(text: str) -> tuple[dict[str, str], str]:
    front = FRONT.match(text)
    if not front:
        return {}, text
    fields = {name: value.strip().strip("\"'") for name, value in FIELD.findall(front.group(1) or front.group(2))}
    return fields, text[front.end() :]


def _tokens(text: str) -> Sequence[Token]:
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark").enable("table").enable("strikethrough")
    made.block.ruler.at("reference", _reference)
    made.inline.ruler.before("escape", "formula", _formula)
    return made.parse(text)


def _reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The address of a link; what begins a note looks alike and is none."""
    from markdown_it.rules_block import reference

    at = state.bMarks[start] + state.tShift[start]
    return not state.src.startswith("[^", at) and reference(state, start, end, silent)


def _formula(state: StateInline, silent: bool) -> bool:
    """A formula stays as it is: what looks like marks in it are none."""
    found = FORMULA.match(state.src, state.pos) if state.src[state.pos] == "$" else None
    if not found:
        return False
    if not silent:
        state.push("text", "", 0).content = found.group()
    state.pos = found.end()
    return True


def _fill(pages: Pages, tokens: Sequence[Token]) -> None:
    level, row, before = 0, list[str](), ""
    for token in tokens:
        if token.type == "heading_open":
            level = int(token.tag[1:])
        elif token.type == "inline":
            words = _inline(token.children or [])
            if before in ("th_open", "td_open"):
                row.append(words)
            elif level:
                pages.heading(level, ATTRIBUTES.sub("", words))
            else:
                pages.add(words)
            level = 0
        elif token.type == "tr_close":
            pages.add(" ".join(row))
            row = []
        elif token.type in ("fence", "code_block"):
            pages.add(token.content.rstrip("\n"))
        elif token.type == "html_block":
            fill(pages, words_of(token.content).blocks)
        before = token.type


def _inline(tokens: Sequence[Token]) -> str:
    words = []
    for token in tokens:
        if token.type in ("code_inline", "image"):
            words.append(token.content)
        elif token.type == "text":
            words.append(NOTE.sub("", token.content))
        elif token.type == "html_inline" and BREAK.match(token.content):
            words.append("\n")
        elif token.type in ("softbreak", "hardbreak"):
            words.append(" " if token.type == "softbreak" else "\n")
    return "".join(words).strip()
