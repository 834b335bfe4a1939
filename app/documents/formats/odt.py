"""OpenDocument texts (OASIS OpenDocument 1.3): paragraphs, headings, tables, notes, formulas; pages as the styles break
them, and where the program noted that one ended."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from app.core.documents import EncryptedDocument, UnreadableDocument
from app.documents.files import File, Steps
from app.documents.formats.formulas import latex
from app.documents.packed import Packed, beside, child, local, outermost, value, words_in
from app.documents.pages import Pages, Walker, in_line, walked

SKIPPED = {
    *(
        "tracked-changes",
        "annotation",
        "annotation-end",
        "note-citation",
        "sequence-decls",
        "table-of-content",
        "hidden-text",
    ),
    *("event-listeners", "forms", "variable-decls", "user-field-decls", "ruby-text", "binary-data", "script"),
}
MOST_SPACES = 100


class Styles:
    """Which paragraph styles begin a page, and which hide their words."""

    def __init__(self, *roots: Element | None) -> None:
        self._styles = {
            value(style, "name"): style
            for root in roots
            if root is not None
            for part in root
            if local(part) in ("styles", "automatic-styles")
            for style in part
            if local(style) == "style"
        }

    def breaks(self, name: str, where: str) -> bool:
        """Whether a page ends "before" or "after" a paragraph of this style."""
        for _ in range(20):
            style = self._styles.get(name)
            if style is None:
                return False
            found = value(child(style, "paragraph-properties"), f"break-{where}")
            if found:
                return found in ("page", "even-page", "odd-page")
            if where == "before" and value(style, "master-page-name"):
                return True
            name = value(style, "parent-style-name")
        return False

    def hides(self, name: str) -> bool:
        """Whether words of this style are hidden."""
        return bool(name) and value(child(self._styles.get(name), "text-properties"), "display") == "none"


class Body(Walker):
    """Walks over a text and fills pages."""

    def __init__(self, pages: Pages, styles: Styles, zipped: Packed) -> None:
        super().__init__(pages)
        self._styles, self._zipped = styles, zipped

    def walk(self, element: Element) -> None:
        """All below an element, with the text between. Raises Full."""
        self._words.append(element.text or "")
        for one in element:
            self.one(one)
            self._words.append(one.tail or "")

    def one(self, one: Element) -> None:
        """An element. Raises Full."""
        name = local(one)
        if name in SKIPPED or (name in ("title", "desc") and "svg" in one.tag) or self._is_hidden(one, name):
            return
        if name in ("p", "h"):
            level = value(one, "outline-level", "1")
            self._paragraph(one, (int(level) if level.isdecimal() else 1) if name == "h" else 0)
        elif name == "table-row":
            self._row(one)
        elif name == "note":
            self._note(one)
        elif name == "object":
            self._object(one)
        elif name == "soft-page-break":
            self._rendered()
        elif name in ("s", "tab", "line-break"):
            count = value(one, "c", "1")
            spaces = " " * min(int(count), MOST_SPACES) if count.isdigit() else " "
            self._words.append({"s": spaces, "tab": "\t", "line-break": "\n"}[name])
        else:
            self.walk(one)

    def _is_hidden(self, one: Element, name: str) -> bool:
        if name == "section":
            return value(one, "display") == "none"
        return name in ("p", "h", "span") and self._styles.hides(value(one, "style-name"))

    def _paragraph(self, one: Element, level: int) -> None:
        style = value(one, "style-name")
        if not self._cells and self._is_begun and self._styles.breaks(style, "before"):
            self._turn()
        outer, self._words = self._words, []
        self.walk(one)
        text, self._words = in_line("".join(self._words).replace("\t", " ")), outer
        if self._cells:
            self._cells[-1].append(text)
        elif level:
            self._pages.heading(level, text)
        else:
            self._pages.add(text)
        self._is_broken = False
        self._paragraph_ends()
        if not self._cells and self._styles.breaks(style, "after"):
            self._turn()

    def _row(self, one: Element) -> None:
        self._cells.append([])
        self.walk(one)
        self._row_of(self._cells.pop())

    def _note(self, one: Element) -> None:
        notes = self._last if value(one, "note-class") == "endnote" else self._waiting
        outer, parts = self._words, list[str]()
        body = child(one, "note-body")
        for part in outermost(body, ("p", "h")):
            self._words = []
            self.walk(part)
            parts.append(" ".join("".join(self._words).split()))
        self._words = outer
        notes.append(" ".join(parts).strip())

    def _object(self, one: Element) -> None:
        folder = beside("content.xml", value(one, "href"))
        inside = child(one, "math")
        if inside is None and folder and not folder.startswith(".."):
            inside = self._zipped.tree(f"{folder}/content.xml")
        if inside is not None and local(inside) == "math":
            self._words.append(latex(inside))


def read(file: File, name: str) -> Steps:
    """Pages as the file breaks them."""
    yield 0, 0
    with Packed(file.path) as zipped:
        manifest = zipped.data("META-INF/manifest.xml") or b""
        if b"encryption-data" in manifest:
            raise EncryptedDocument
        root, styles = zipped.tree("content.xml"), zipped.tree("styles.xml")
        body = child(root, "body", "text")
        if body is None:
            raise UnreadableDocument("damaged")
        pages = Pages()
        yield from walked(body, Body(pages, Styles(styles, root), zipped), pages)
        about = child(zipped.tree("meta.xml"), "meta")
        return pages.reading("odt", words_in(child(about, "title")), words_in(child(about, "language")))
