"""Word: the words as they read when all changes are accepted, in pages as far as the file says where they end.

Facts: ECMA-376 and ISO/IEC 29500. A heading is a style named "heading N" (its id is in the writer's language), or a
paragraph with an outline level. Word notes where its pages ended when it saved (lastRenderedPageBreak); other programs
note only the breaks that a person has made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from xml.etree.ElementTree import Element

from app.core.documents import UnreadableDocument
from app.documents.files import File, Steps
from app.documents.formats.formulas import latex
from app.documents.formats.symbols import symbol
from app.documents.packed import Packed, beside, child, local, outermost, value, words_in
from app.documents.pages import Pages, Walker, in_line, walked

SKIPPED = {
    *(
        "del",
        "moveFrom",
        "Fallback",
        "instrText",
        "delText",
        "delInstrText",
        "sdtPr",
        "sdtEndPr",
        "rt",
        "tblPr",
        "trPr",
    ),
    *("tcPr", "rPr", "commentRangeStart", "annotationRef", "footnoteRef", "endnoteRef"),
}
OFF = ("0", "false", "off", "none")
HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
OLD_SHAPES = ("pict", "object")  # of which only the boxes with text are read
MOST_BASED = 20  # styles above a style


class Styles:
    """What a style says of the paragraphs that have it."""

    def __init__(self, root: Element | None) -> None:
        styles = [one for one in root if local(one) == "style"] if root is not None else []
        self._styles = {value(one, "styleId"): one for one in styles}
        defaults = child(root, "docDefaults", "rPrDefault", "rPr", "lang")
        self.language = value(defaults, "val")

    def name(self, id: str) -> str:
        """In English for those that Word brings along."""
        return value(child(self._styles.get(id), "name"), "val").lower()

    def level(self, id: str) -> int:
        """Of the heading, 0 where it is none."""
        for _ in range(MOST_BASED):
            style = self._styles.get(id)
            if style is None:
                return 0
            if found := HEADING.fullmatch(self.name(id)):
                return int(found.group(1))
            outline = value(child(style, "pPr", "outlineLvl"), "val")
            if outline:
                return int(outline) + 1 if outline.isdigit() and int(outline) < 9 else 0
            id = value(child(style, "basedOn"), "val")
        return 0

    def starts_page(self, id: str) -> bool:
        """Whether its paragraphs begin a page."""
        return self._says(id, "pPr", "pageBreakBefore")

    def is_hidden(self, id: str) -> bool:
        """Whether its words are hidden."""
        return self._says(id, "rPr", "vanish")

    def _says(self, id: str, kind: str, name: str) -> bool:
        """Whether a style, or one that it is based on, switches something on."""
        for _ in range(MOST_BASED if id else 0):
            style = self._styles.get(id)
            found = child(style, kind, name)
            if style is None or found is not None:
                return is_on(found)
            id = value(child(style, "basedOn"), "val")
        return False


def is_on(switch: Element | None) -> bool:
    """Whether a switch is there, and not switched off."""
    return switch is not None and value(switch, "val", "1") not in OFF


class Body(Walker):
    """Walks over a document and fills pages."""

    def __init__(self, pages: Pages, styles: Styles, notes: dict[str, str], sections: Sequence[Element]) -> None:
        super().__init__(pages)
        self._styles, self._notes = styles, notes
        # how the next section begins says whether the page ends with this one
        self._turning = {
            id(one) for one, next_one in pairwise(sections) if value(child(next_one, "type"), "val") != "continuous"
        }
        self._is_hidden = False  # whether the paragraph's style hides its words

    def walk(self, element: Element) -> None:
        """All below an element. Raises Full."""
        for one in element:
            self.one(one)

    def one(self, one: Element) -> None:
        """An element. Raises Full."""
        name = local(one)
        if name in SKIPPED:
            return
        if name == "p":
            self._paragraph(one)
        elif name == "tr":
            self._row(one)
        elif name == "r":
            self._run(one)
        elif name == "oMath":
            self._words.append(latex(one))
        elif name in OLD_SHAPES:
            for box in outermost(one, ("txbxContent",)):
                self.walk(box)
        elif name == "AlternateContent":
            choice = child(one, "Choice")
            self.walk(choice if choice is not None else one)
        else:
            self.walk(one)

    def _paragraph(self, one: Element) -> None:
        about = child(one, "pPr")
        style = value(child(about, "pStyle"), "val")
        before = child(about, "pageBreakBefore")
        turns = is_on(before) if before is not None else self._styles.starts_page(style)
        if turns and not self._cells and self._is_begun:
            self._turn()
        outer, self._words, self._is_broken = self._words, [], False
        was_hidden, self._is_hidden = self._is_hidden, self._styles.is_hidden(style)
        for part in one:
            if part is not about:
                self.one(part)
        self._block(_level(about, style, self._styles), self._styles.name(style))
        self._words, self._is_hidden = outer, was_hidden
        self._paragraph_ends()
        if id(child(about, "sectPr")) in self._turning and not self._cells:
            self._turn()

    def _block(self, level: int, style: str) -> None:
        text = in_line("".join(self._words))
        self._words = []
        if self._cells:
            self._cells[-1].append(text)
        elif level:
            self._pages.heading(level, text)
        elif not style.startswith("toc "):
            self._pages.add(text)

    def _row(self, one: Element) -> None:
        self._cells.append([])
        self.walk(one)
        self._row_of(self._cells.pop())

    def _run(self, one: Element) -> None:
        about = child(one, "rPr")
        hidden = child(about, "vanish")
        by_style = self._is_hidden or self._styles.is_hidden(value(child(about, "rStyle"), "val"))
        if is_on(hidden) or (hidden is None and by_style):
            return
        for part in one:
            self._part(part)

    def _part(self, part: Element) -> None:
        name = local(part)
        if name == "t":
            self._words.append(part.text or "")
            self._is_broken = False
        elif name in ("tab", "ptab"):
            self._words.append("\t")
        elif name == "br" and value(part, "type") == "page":
            self._break()
        elif name in ("drawing", *OLD_SHAPES):
            self._is_broken = False
            self.one(part)
        elif name in ("br", "cr"):
            self._words.append("\n")
        elif name == "lastRenderedPageBreak":
            self._rendered()
        elif name == "sym":
            self._words.append(symbol(value(part, "font"), value(part, "char")))
        elif name == "noBreakHyphen":
            self._words.append("-")
        elif name in ("footnoteReference", "endnoteReference"):
            notes = self._waiting if name == "footnoteReference" else self._last
            notes.append(self._notes.get(name[:-9] + value(part, "id"), ""))
        else:
            self.one(part)


def _level(about: Element | None, style: str, styles: Styles) -> int:
    outline = value(child(about, "outlineLvl"), "val")
    if outline.isdigit():
        return int(outline) + 1 if int(outline) < 9 else 0
    return styles.level(style)


def read(file: File, name: str) -> Steps:
    """Pages as the file breaks them."""
    yield 0, 0
    with Packed(file.path) as zipped:
        part = _main(zipped)
        root = zipped.tree(part)
        body = child(root, "body")
        if body is None:
            raise UnreadableDocument("damaged")
        parts = zipped.relations(part).values()
        styles = Styles(zipped.tree(next((one for one in parts if one.endswith("styles.xml")), "word/styles.xml")))
        notes = {**_notes(zipped, parts, "footnote"), **_notes(zipped, parts, "endnote")}
        sections = list(root.iter(body.tag.replace("body", "sectPr"))) if root is not None else []
        pages = Pages()
        yield from walked(body, Body(pages, styles, notes, sections), pages)
        about = zipped.tree("docProps/core.xml")
        return pages.reading(
            "docx", words_in(child(about, "title")), words_in(child(about, "language")) or styles.language
        )


def _main(zipped: Packed) -> str:
    """The name of the part that holds the text."""
    root = zipped.tree("_rels/.rels")
    for one in root if root is not None else ():
        if one.get("Type", "").endswith("/officeDocument"):
            return beside("", one.get("Target", ""))
    return "word/document.xml"


def _notes(zipped: Packed, parts: Iterable[str], kind: str) -> dict[str, str]:
    """Footnotes or endnotes by their ids; not the lines that separate them from the text."""
    root = zipped.tree(next((one for one in parts if one.endswith(f"{kind}s.xml")), f"word/{kind}s.xml"))
    found = {}
    for one in root if root is not None else ():
        if value(one, "type", "normal") == "normal":
            paragraphs = outermost(one, ("p",))
            found[kind + value(one, "id")] = " ".join(in_line("".join(_words(part))) for part in paragraphs).strip()
    return found


def _words(element: Element) -> Iterator[str]:
    """The words of a paragraph of a note."""
    for one in element:
        name = local(one)
        if name == "t":
            yield one.text or ""
        elif name in ("tab", "br"):
            yield " "
        elif name == "oMath":
            yield latex(one)
        elif name not in SKIPPED and name != "pPr":
            yield from _words(one)
