"""Markdown tokens become HTML made of a short list of elements; everything else is text.

The painter writes no whitespace between elements, so that a growing text can be continued at its last text node.
Headings start at level 3, because the page has one `h1` and each of its parts an `h2`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

from app.core.html import Html, h
from app.ui import blocks, citing
from app.ui.citing import NOTHING, Citing, Mark, Runs
from app.ui.words import t

if TYPE_CHECKING:
    from markdown_it.token import Token

K = TypeVar("K")
V = TypeVar("V")

# Code longer than this is shown without colours. Characters.
MAX_CODE = 50_000

PYTHON = frozenset({"python", "py", "python3"})  # what a block of code is called that can be run
_CONTAINERS = frozenset({"p", "blockquote", "ul", "ol", "li", "thead", "tbody", "tr", "th", "td"})
_SPANS = frozenset({"strong", "em", "s"})
_LANGUAGE = re.compile(r"[\w+#.-]{1,30}")
_TASK = re.compile(r"\[([ xX])\]\s+")


@dataclass(frozen=True, slots=True)
class TypesetJob:
    """Something for the `Typesetter` port. `language` is empty for maths; `display` is False for code."""

    kind: Literal["code", "math"]
    text: str
    language: str = ""
    display: bool = False


class Bounded(Generic[K, V]):
    """A dictionary that forgets its oldest entries."""

    def __init__(self, limit: int) -> None:
        self._items: dict[K, V] = {}
        self._limit = limit

    def __setitem__(self, key: K, value: V) -> None:
        self._items[key] = value
        if len(self._items) > self._limit:
            del self._items[next(iter(self._items))]

    def get(self, key: K) -> V | None:
        """The value, None where there is none (any more)."""
        return self._items.get(key)

    def pop(self, key: K) -> None:
        """Forget one entry."""
        self._items.pop(key, None)


class Painter:
    """Paints one block. `drawn` gives what the typesetter has made already; what it lacks ends in `pending`.

    `texts` remembers inline text without formulas, by the turn whose passages it cites: a growing list or table is read
    again only in its last line. `citing` says what is drawn as a citation, and what is marked.
    """

    def __init__(
        self,
        drawn: Callable[[TypesetJob], Html | None],
        texts: Bounded[tuple[str, str], str],
        citing: Citing = NOTHING,
    ) -> None:
        self.pending: list[TypesetJob] = []
        self._drawn = drawn
        self._texts = texts
        self._citing = citing
        self._marks: dict[int, tuple[Mark, ...]] = {}  # by the place of an inline token
        self._links: list[bool] = []  # those that are open: whether each leads anywhere

    def paint(self, tokens: Sequence[Token], source: str = "") -> Html:
        """HTML of block tokens as `markdown_it`'s block parser leaves them; inline text is parsed here. `source`
        is what they were read from, for what is marked."""
        if self._citing.marked:
            at = [index for index, token in enumerate(tokens) if token.type == "inline"]
            contents = (tokens[index].content for index in at)
            self._marks = dict(zip(at, citing.marks_in(source, contents, self._citing.marked), strict=True))
        return Html("".join(self._block(tokens, index) for index in range(len(tokens))))

    def _block(self, tokens: Sequence[Token], index: int) -> str:
        token = tokens[index]
        if token.type == "inline":
            return self._text(token.content, self._marks.get(index, ()), may_be_task=_is_list_item(tokens, index))
        if token.type in ("fence", "code_block"):
            return self._code(token)
        if token.type == "math_block":
            return self._formula(token.content, token.meta["source"], True)
        if token.type == "hr":
            return "<hr>"
        if token.type == "heading_open" or token.type == "heading_close":
            # A model begins at any level and skips some; to whoever walks by headings all are one below the page's.
            return "</h2>" if token.nesting < 0 else f'<h2 data-level="{token.tag[1:]}">'
        if token.type == "table_open":
            return '<div class="table" tabindex="0"><table>'
        if token.type == "table_close":
            return "</table></div>"
        if token.tag in _CONTAINERS:
            return "" if token.hidden else _container(token)
        return escape(token.content)

    def _code(self, token: Token) -> Html:
        found = _LANGUAGE.match(blocks.unescaped(token.info).strip())
        language = found[0] if found else ""
        ending = "" if token.content.endswith("\n") or not token.content else "\n"  # a fence that nothing closes
        body: Html | str = token.content + ending
        if language and len(body) <= MAX_CODE:
            body = self._typeset(TypesetJob("code", str(body), language)) or body
        copy = h("button", t("chat.copy"), type="button", data_on="click:copy-code")
        run = None
        if self._citing.is_chat and language.lower() in PYTHON:
            run = h("button", t("run.run"), type="button", data_on="click:run-code", data_arg="run")
        caption = h("figcaption", f"{language} " if language else "", run, copy)
        return h("figure", caption, h("pre", h("code", body), tabindex="0"), class_="code")

    def _formula(self, tex: str, source: str, display: bool) -> Html:
        can_draw = 0 < len(tex) <= blocks.MAX_FORMULA
        drawn = self._typeset(TypesetJob("math", tex, display=display)) if can_draw else None
        return h("span", drawn or source, class_="math", data_display=display, data_plain=drawn is None)

    def _typeset(self, job: TypesetJob) -> Html | None:
        drawn = self._drawn(job)
        if drawn is None:
            self.pending.append(job)
        return drawn

    def _text(self, source: str, marks: tuple[Mark, ...], *, may_be_task: bool) -> str:
        task = _TASK.match(source) if may_be_task else None
        box = ""
        if task:
            source, left = source[task.end() :], task.end()
            marks = tuple(replace(one, start=one.start - left, end=one.end - left) for one in marks)
            word = t("chat.done" if task[1] != " " else "chat.to_do")
            box = h("input", type="checkbox", disabled=True, checked=task[1] != " ", aria_label=word) + " "
        if marks:
            return box + self._marked(source, marks)
        return box + (self._texts.get((source, self._citing.turn)) or self._read(source))

    def _read(self, source: str) -> str:
        tokens = self._tokens(source)
        html = "".join(map(self._inline, tokens))
        if not any(token.type in ("math_inline", "tag") for token in tokens):  # a tag may hold a formula
            self._texts[(source, self._citing.turn)] = html
        return html

    def _marked(self, source: str, marks: Sequence[Mark]) -> str:
        """The same where something is marked."""
        runs = Runs(source, marks, self._citing.turn)
        for token in self._tokens(source):
            runs.add(token, self._inline(token), is_linked=any(self._links))
        return runs.html()

    def _tokens(self, source: str) -> list[Token]:
        md = blocks.parser()
        tokens: list[Token] = []
        md.inline.parse(source, md, {"cited": self._citing.numbers}, tokens)
        self._links = []
        return tokens

    def _inline(self, token: Token) -> str:
        match token.type:
            case "softbreak":
                return "\n"
            case "hardbreak":
                return "<br>"
            case "code_inline":
                return h("code", token.content)
            case "math_inline":
                return self._formula(token.content, token.markup, token.meta["display"])
            case "link_open":
                address = str(token.attrs["href"])
                self._links.append(bool(address))  # an empty address would be this page's own
                return _open_link(address) if address else ""
            case "link_close":
                return "</a>" if self._links.pop() else ""
            case "image":
                return self._image(token)
            case "cite":  # no button stands in a link
                numbers = token.meta["numbers"]
                return escape(token.content) if any(self._links) else citing.chips(numbers, self._citing.turn)
            case "tag":
                return f"<{token.tag}>{''.join(map(self._inline, token.children or ()))}</{token.tag}>"
        if token.nesting and token.tag in _SPANS:
            return f"</{token.tag}>" if token.nesting < 0 else f"<{token.tag}>"
        return escape(token.content)

    def _image(self, token: Token) -> str:
        """A link to the picture: nothing is loaded from elsewhere without a click."""
        address = str(token.attrs["src"])
        label = escape(token.content or address)
        return label if any(self._links) or not address else f"{_open_link(address)}{label}</a>"


def _open_link(address: str) -> str:
    where = escape(address)
    return f'<a href="{where}" title="{where}" target="_blank" rel="noopener noreferrer">'


def _container(token: Token) -> str:
    if token.nesting < 0:
        return f"</{token.tag}>"
    if token.tag == "ol" and "start" in token.attrs:
        return f'<ol start="{int(token.attrs["start"])}">'
    align = str(token.attrs.get("style", "")).rpartition(":")[2]
    return f'<{token.tag} data-align="{escape(align)}">' if align else f"<{token.tag}>"


def _is_list_item(tokens: Sequence[Token], index: int) -> bool:
    return index > 1 and tokens[index - 2].type == "list_item_open"
