"""Word: the words as they read when all changes are accepted, in pages as far as the file says where they end.

Facts: ECMA-376 and ISO/IEC 29500. A heading is a style named "heading N" (its id is in the writer's language), or a
paragraph with an outline level. Word notes where its pages ended when it saved (lastRenderedPageBreak); other programs
note only the breaks that a person has made.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from app.core.documents import UnreadableDocument
from app.documents.files import File, Steps
from app.documents.formats.formulas import latex
from app.documents.packed import Packed, child, local, value, words_in
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
    *("tcPr", "rPr", "pict", "object", "commentRangeStart", "annotationRef", "footnoteRef", "endnoteRef"),
}
OFF = ("0", "false", "off", "none")
HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
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
        found = child(self._styles.get(id), "pPr", "pageBreakBefore")
        return found is not None and value(found, "val", "1") not in OFF

    def is_hidden(self, id: str) -> bool:
        """Whether its words are hidden."""
        found = child(self._styles.get(id), "rPr", "vanish")
        return found is not None and value(found, "val", "1") not in OFF


class Body(Walker):
    """Walks over a document and fills pages."""

    def __init__(self, pages: Pages, styles: Styles, notes: dict[str, str]) -> None:
        super().__init__(pages)
        self._styles, self._notes = styles, notes

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
        else:
            self.walk(one)

    def _paragraph(self, one: Element) -> None:
        about = child(one, "pPr")
        style = value(child(about, "pStyle"), "val")
        before = child(about, "pageBreakBefore")
        turns = value(before, "val", "1") not in OFF if before is not None else self._styles.starts_page(style)
        if turns and not self._cells:
            self._turn()
        outer, self._words = self._words, []
        for part in one:
            if part is not about:
                self.one(part)
        self._block(_level(about, style, self._styles), self._styles.name(style))
        self._words = outer
        section = child(about, "sectPr")
        if section is not None and value(child(section, "type"), "val") != "continuous":
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
        cells = " ".join(cell for cell in self._cells.pop() if cell)
        if self._cells:
            self._cells[-1].append(cells)
        else:
            self._pages.add(cells)

    def _run(self, one: Element) -> None:
        about = child(one, "rPr")
        hidden = child(about, "vanish")
        if hidden is not None and value(hidden, "val", "1") not in OFF:
            return
        if hidden is None and self._styles.is_hidden(value(child(about, "rStyle"), "val")):
            return
        for part in one:
            self._part(part)

    def _part(self, part: Element) -> None:
        name = local(part)
        if name == "t":
            self._words.append(part.text or "")
        elif name in ("tab", "ptab"):
            self._words.append("\t")
        elif name == "br" and value(part, "type") == "page":
            self._break()
        elif name in ("br", "cr"):
            self._words.append("\n")
        elif name == "lastRenderedPageBreak":
            self._break()
        elif name == "noBreakHyphen":
            self._words.append("-")
        elif name in ("footnoteReference", "endnoteReference"):
            self._waiting.append(self._notes.get(name[:-9] + value(part, "id"), ""))
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
        notes = {**_notes(zipped, "footnote"), **_notes(zipped, "endnote")}
        pages = Pages()
        yield from walked(body, Body(pages, styles, notes), pages)
        about = zipped.tree("docProps/core.xml")
        return pages.reading(
            "docx", words_in(child(about, "title")), words_in(child(about, "language")) or styles.language
        )


def _main(zipped: Packed) -> str:
    """The name of the part that holds the text."""
    root = zipped.tree("_rels/.rels")
    for one in root if root is not None else ():
        if one.get("Type", "").endswith("/officeDocument"):
            return one.get("Target", "").lstrip("/")
    return "word/document.xml"


def _notes(zipped: Packed, kind: str) -> dict[str, str]:
    """Footnotes or endnotes by their ids; not the lines that separate them from the text."""
    root = zipped.tree(f"word/{kind}s.xml")
    found = {}
    for one in root if root is not None else ():
        if value(one, "type", "normal") == "normal":
            words = [part.text or "" for part in one.iter() if local(part) == "t"]
            found[kind + value(one, "id")] = in_line("".join(words))
    return found
