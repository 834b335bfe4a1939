"""Web pages and the chapters of e-books: the words a person would see, nothing run and nothing fetched.

words = words_of("<h1>Tides</h1><p>Twice a day.<script>…</script>")
words.blocks                                # [Block("Tides", level=1), Block("Twice a day.")]
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from app.documents.files import File, Steps
from app.documents.formats.markup import scan
from app.documents.formats.text import MARKS, text_of
from app.documents.pages import Full, Pages, in_line, plain

CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
XML_ENCODING = re.compile(rb"""\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})""")
HEADINGS = {f"h{level}": level for level in range(1, 7)}
#: what is never text
DROPPED = {
    "annotation-xml",
    *("audio", "button", "canvas", "iframe", "nav", "noembed", "noframes", "noscript", "object", "script"),
    *("rp", "rt", "select", "style", "svg", "template", "textarea", "video"),
}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl"),
    *("dt", "fieldset", "figcaption", "figure", "footer", "head", "header", "hgroup", "hr", "html", "legend", "li"),
    *("main", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "title", "tr", "ul"),
    *("form", *HEADINGS),
}
CELLS = {"td", "th"}
#: elements whose end tag may be missing, and what begins behind them then
IMPLIED: dict[str, set[str]] = {
    "p": BLOCKS,
    "li": {"li"},
    **{key: {"dt", "dd"} for key in ("dt", "dd")},
    "tr": {"tr", "tbody", "tfoot", "thead"},
    **{key: {"td", "th", "tr", "tbody", "tfoot", "thead"} for key in ("td", "th")},
    **{key: {"rp", "rt"} for key in ("rp", "rt")},
}
#: encodings by what pages call them, where that is not what a browser takes: https://encoding.spec.whatwg.org/#names
NAMED = {
    **dict.fromkeys(("iso-8859-1", "latin1", "ascii", "us-ascii"), "cp1252"),
    **dict.fromkeys(("gb2312", "gbk", "gb_2312-80", "x-gbk"), "gb18030"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "korean"), "cp949"),
    **dict.fromkeys(("utf-16", "utf-16le", "utf-16be"), "utf-8"),
    "big5": "big5hkscs",
    "iso-8859-9": "cp1254",
}
MOST_IMPLIED = 20  # elements without end tags within each other
LEVELS = ("1", "2", "3", "4", "5", "6")
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(slots=True)
class Block:
    """A paragraph, a heading (`level` 1 to 6), a row of a table. `kind` is what the element around it
    says of itself ("footnote"); `above` are headings (level, text) that belong here and are no words of the text."""

    text: str
    level: int = 0
    kind: str = ""
    above: list[tuple[int, str]] = field(default_factory=list)


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
        self.places: dict[str, int] = {}  # of the elements with an id, the number of the block that they begin
        self._heading = 0  # the level of the heading that is open and has no words yet
        self._raised: int | None = None  # how many words stand before what is raised, or a link within the page
        self._formula: list[str] | None = None  # the words before a formula
        self._tex = ""  # what a formula says of itself

    def open(self, tag: str, about: dict[str, str]) -> None:
        """An element begins."""
        if self._dropped and not self._ends(tag):
            if tag not in VOID:
                self._dropped.append(tag)
            return
        if tag == "html":
            self.language = about.get("lang") or about.get("xml:lang", "")
        if not self.blocks and tag in ("body", "section", "div", "nav"):
            self.kinds.update(about.get("epub:type", "").split())
        if tag not in VOID and self._is_dropped(tag, about):
            self._dropped.append(tag)
            return
        self._open_shown(tag, about)
        if "id" in about:
            self.places.setdefault(about["id"], len(self.blocks))
        self._open_note(tag, about)

    def _open_shown(self, tag: str, about: dict[str, str]) -> None:
        is_heading = about.get("role") == "heading"
        if tag == "br":
            self._words.append("\n")
        elif tag in CELLS:
            self._words.append("\t")
        elif tag in BLOCKS or is_heading:
            self._end_block()
            level = about.get("aria-level", "2") if is_heading else ""
            self._heading = HEADINGS.get(tag, int(level) if level in LEVELS else self._heading)
            self._level = self._heading
            self._pre += tag == "pre"
            self._in_title = tag == "title"
        elif tag == "sup" or (tag == "a" and "#" in about.get("href", "")):
            self._raised = len(self._words)
        elif tag == "math":
            self._formula, self._tex, self._words = self._words, "", []
        elif tag == "annotation" and self._formula is not None:
            self._words = []

    def _ends(self, tag: str) -> bool:
        """Whether an element that begins ends the one whose words are left out, which has no end tag."""
        is_near = tag in IMPLIED.get(self._dropped[0], ()) and len(self._dropped) <= MOST_IMPLIED
        if is_near and all(one in IMPLIED for one in self._dropped):
            self._dropped = []
        return not self._dropped

    def _is_dropped(self, tag: str, about: dict[str, str]) -> bool:
        kinds, role = about.get("epub:type", "").split(), about.get("role", "")
        if tag in DROPPED or "hidden" in about or HIDDEN.search(about.get("style", "")):
            return True
        if "noteref" in kinds or "pagebreak" in kinds or role in ("doc-noteref", "doc-backlink", "doc-pagebreak"):
            return True
        if about.get("class", "") in ("katex-html", "footnote-back"):
            return True
        if tag == "annotation":
            return "tex" not in about.get("encoding", "")
        # the number of a note: a raised link within the page, or a link with something raised
        is_note = tag == "sup" or (tag == "a" and "#" in about.get("href", ""))
        return is_note and self._raised is not None and not "".join(self._words[self._raised :]).strip()

    def _open_note(self, tag: str, about: dict[str, str]) -> None:
        if tag in VOID:
            return
        is_note = "footnote" in about.get("epub:type", "").split() or about.get("role") == "doc-footnote"
        if self._notes or is_note:
            self._notes.append(tag)

    def close(self, tag: str) -> None:
        """An element ends; one that never began is passed over."""
        if self._dropped and not self._closes(tag):
            return
        if tag in ("a", "sup"):
            self._raised = None
        elif tag == "annotation" and self._formula is not None:
            self._tex = "".join(self._words).strip()
        elif tag == "math" and self._formula is not None:
            self._formula.append(self._tex or "".join(self._words))
            self._words, self._formula = self._formula, None
        if tag in BLOCKS:
            self._end_block()
            self._heading = 0 if tag in HEADINGS else self._heading
            self._level = self._heading
            self._pre = max(0, self._pre - (tag == "pre"))
        _close(self._notes, tag)

    def _closes(self, tag: str) -> bool:
        """Close an element among those whose words are left out; whether it is one around them."""
        if tag in self._dropped or self._dropped[0] not in IMPLIED or not (tag in BLOCKS or tag == "ruby"):
            _close(self._dropped, tag)
            return False
        self._dropped = []
        return True

    def add(self, data: str) -> None:
        """Words."""
        if not self._dropped:
            self._words.append(data if self._pre else re.sub(r"\s+", " ", data))

    def end(self) -> None:
        """The end of the page."""
        self._end_block()

    def _end_block(self) -> None:
        text = "".join([*self._formula, *self._words] if self._formula is not None else self._words)
        self._formula = self._raised = None
        text = plain(text).strip("\n") if self._pre else in_line(text.replace("\t", " "))
        self._words = []
        if self._in_title:
            self.title, self._in_title = self.title or " ".join(text.split()), False
        elif text.strip():
            self.blocks.append(Block(text, self._level, "footnote" if self._notes else ""))
            self._heading = 0


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
            encoding = named.group(1).decode().lower() if named else "utf-8"
            return data.decode(NAMED.get(encoding, encoding))
        except (LookupError, UnicodeError):
            pass
    return text_of(data)


def fill(pages: Pages, blocks: Iterable[Block]) -> None:
    """Blocks onto a page. Raises Full."""
    for block in blocks:
        for level, text in block.above:
            pages.mark(level, text)
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
