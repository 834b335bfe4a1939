"""Web pages and the chapters of e-books: the words a person would see, nothing run and nothing fetched.

words = words_of("<h1>Tides</h1><p>Twice a day.<script>…</script>")
words.blocks                                # [Block("Tides", level=1), Block("Twice a day.")]
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.documents.files import File, Steps
from app.documents.formats.markup import scan
from app.documents.formats.text import MARKS, text_of
from app.documents.pages import Full, Pages, in_line, plain

CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
XML_ENCODING = re.compile(rb"""\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})""")
HEADINGS = {f"h{level}": level for level in range(1, 7)}
#: what is never text
DROPPED = {
    *("audio", "button", "canvas", "form", "iframe", "nav", "noembed", "noframes", "noscript", "object", "script"),
    *("select", "style", "svg", "template", "textarea", "video"),
}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl"),
    *("dt", "fieldset", "figcaption", "figure", "footer", "head", "header", "hgroup", "hr", "html", "legend", "li"),
    *("main", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "title", "tr", "ul"),
    *HEADINGS,
}
CELLS = {"td", "th"}
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(slots=True)
class Block:
    """A paragraph, a heading (`level` 1 to 6), a row of a table. `kind` is what the element around it
    says of itself ("footnote")."""

    text: str
    level: int = 0
    kind: str = ""


class Words:
    """Collects `blocks`, `title`, `language`, and the `kinds` that its outermost parts say they are ("cover")."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.title = ""
        self.language = ""
        self.kinds: set[str] = set()
        self._words: list[str] = []
        self._dropped: list[str] = []  # open elements from the first on whose words are left out
        self._level = 0
        self._in_title = False
        self._pre = 0
        self._notes: list[str] = []  # open elements from the one on that holds a footnote

    def open(self, tag: str, about: dict[str, str]) -> None:
        """An element begins."""
        if self._dropped:
            if tag not in VOID:
                self._dropped.append(tag)
            return
        if tag == "html":
            self.language = about.get("lang") or about.get("xml:lang", "")
        kinds = about.get("epub:type", "").split()
        if not self.blocks and tag in ("body", "section", "div", "nav"):
            self.kinds.update(kinds)
        is_reference = "noteref" in kinds or about.get("role") == "doc-noteref"
        if tag not in VOID and (
            tag in DROPPED or is_reference or "hidden" in about or HIDDEN.search(about.get("style", ""))
        ):
            self._dropped.append(tag)
            return
        if tag == "br":
            self._words.append("\n")
        elif tag in CELLS:
            self._words.append("\t")
        elif tag in BLOCKS:
            self._end_block()
            self._level = HEADINGS.get(tag, 0)
            self._pre += tag == "pre"
            self._in_title = tag == "title"
        self._open_note(tag, about)

    def _open_note(self, tag: str, about: dict[str, str]) -> None:
        if tag in VOID:
            return
        is_note = "footnote" in about.get("epub:type", "").split() or about.get("role") == "doc-footnote"
        if self._notes or is_note:
            self._notes.append(tag)

    def close(self, tag: str) -> None:
        """An element ends; one that never began is passed over."""
        if self._dropped:
            _close(self._dropped, tag)
            return
        if tag in BLOCKS:
            self._end_block()
            self._level = 0
            self._pre = max(0, self._pre - (tag == "pre"))
        _close(self._notes, tag)

    def add(self, data: str) -> None:
        """Words."""
        if not self._dropped:
            self._words.append(data if self._pre else re.sub(r"\s+", " ", data))

    def end(self) -> None:
        """The end of the page."""
        self._end_block()

    def _end_block(self) -> None:
        text = "".join(self._words)
        text = plain(text).strip("\n") if self._pre else in_line(text.replace("\t", " "))
        self._words = []
        if self._in_title:
            self.title, self._in_title = self.title or " ".join(text.split()), False
        elif text.strip():
            self.blocks.append(Block(text, self._level, "footnote" if self._notes else ""))


def _close(open_tags: list[str], tag: str) -> None:
    """Close the innermost element of that name, and what was left open in it."""
    if tag in open_tags:
        while open_tags.pop() != tag:
            pass


def words_of(markup: str, *, is_xml: bool = False) -> Words:
    """A page that was read to its end."""
    words = Words()
    for kind, what, attributes in scan(markup, is_xml=is_xml):
        if kind == "words":
            words.add(what)
        elif kind == "open":
            words.open(what, attributes)
        else:
            words.close(what)
    words.end()
    return words


def markup_of(data: bytes) -> str:
    """The text of a page in the encoding that it names. A mark at its beginning goes before."""
    if not any(data.startswith(mark) for mark, _ in MARKS):
        named = XML_ENCODING.search(data[:400]) or CHARSET.search(data[:4096])
        try:
            encoding = named.group(1).decode() if named else "utf-8"
            return data.decode("cp1252" if encoding.lower() in ("iso-8859-1", "latin1") else encoding)
        except (LookupError, UnicodeError):
            pass
    return text_of(data)


def fill(pages: Pages, blocks: Iterable[Block]) -> None:
    """Blocks onto a page. Raises Full."""
    for block in blocks:
        if block.level:
            pages.heading(block.level, block.text)
        else:
            pages.add(block.text)


def read(file: File, name: str) -> Steps:
    """One page."""
    yield 0, 1
    markup = markup_of(file.bytes())
    words = words_of(markup, is_xml=markup.lstrip().startswith("<?xml"))
    pages = Pages()
    try:
        fill(pages, words.blocks)
    except Full:
        pages.cut()
    return pages.reading("html", words.title, words.language)
