"""PowerPoint: a slide is a page, in the order in which they are shown; what is said to them (notes) stands behind them.

Facts: ECMA-376. The order of the shapes is that in which they lie over each other, so they are read from the top to the
bottom and from the left to the right; the title goes first.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from app.core.documents import UnreadableDocument
from app.documents.files import File, Steps
from app.documents.formats.formulas import latex
from app.documents.packed import Packed, child, local, value, words_in
from app.documents.pages import Full, Pages, in_line

TITLES = ("title", "ctrTitle")
FURNITURE = ("dt", "ftr", "sldNum", "hdr", "sldImg")  # date, footer, number: on every slide
BAND = 400_000  # English metric units, 914,400 an inch: what begins within them is side by side
FIELDS = ("slidenum", "datetime")


def read(file: File, name: str) -> Steps:
    """A page a slide."""
    yield 0, 0
    with Packed(file.path) as zipped:
        main = "ppt/presentation.xml"
        root, parts = zipped.tree(main), zipped.relations(main)
        if root is None:
            raise UnreadableDocument("damaged")
        order = child(root, "sldIdLst")
        slides = [parts.get(_relation(one), "") for one in order] if order is not None else []
        pages = Pages()
        try:
            for number, slide in enumerate(slides):
                yield number, len(slides)
                _slide(zipped, slide, pages)
                pages.turn()
        except Full:
            pages.cut()
        about = zipped.tree("docProps/core.xml")
        return pages.reading(
            "pptx", words_in(child(about, "title")), words_in(child(about, "language")) or _language(root)
        )


def _relation(one: Element) -> str:
    return next((found for key, found in one.attrib.items() if key.endswith("}id")), "")


def _language(root: Element) -> str:
    return next((value(one, "lang") for one in root.iter() if local(one) == "defRPr" and value(one, "lang")), "")


def _slide(zipped: Packed, name: str, pages: Pages) -> None:
    tree = child(zipped.tree(name), "cSld", "spTree")
    if tree is None:
        return
    for shape in _in_order(tree):
        _shape(shape, pages)
        for text in _drawn(zipped, name, shape):
            pages.add(text)
    for part in zipped.relations(name).values():
        if "/notesSlides/" in part:
            notes = child(zipped.tree(part), "cSld", "spTree")
            for shape in notes if notes is not None else ():
                if _placeholder(shape) == "body":
                    for text in _paragraphs(shape):
                        pages.add(text)


def _drawn(zipped: Packed, name: str, shape: Element) -> Iterator[str]:
    """The words of a drawing that is made of words (SmartArt), which has a part of its own."""
    for one in shape.iter() if local(shape) == "graphicFrame" else ():
        if local(one) == "relIds":
            tree = zipped.tree(zipped.relations(name).get(value(one, "dm"), ""))
            for body in tree.iter() if tree is not None else ():
                if local(body) == "t" and len(body):  # of dgm, with paragraphs in it
                    yield " ".join(in_line("".join(_words(part))) for part in body if local(part) == "p").strip()


def _in_order(tree: Element) -> list[Element]:
    """The shapes as they are read."""
    placed = sorted(((*_place(shape), at, shape) for at, shape in enumerate(_choices(tree))), key=lambda one: one[:4])
    rows: list[list[tuple[int, int, int, int, Element]]] = []
    for one in placed:  # what begins within a band below the first of a row is beside it
        if rows and rows[-1][0][0] == one[0] and one[1] - rows[-1][0][1] < BAND:
            rows[-1].append(one)
        else:
            rows.append([one])
    return [one[4] for row in rows for one in sorted(row, key=lambda one: one[2:4])]


def _choices(tree: Element) -> Iterator[Element]:
    """The shapes of a tree, of alternatives the first."""
    for one in tree:
        if local(one) == "AlternateContent":
            choice = child(one, "Choice")
            if choice is not None:
                yield from _choices(choice)
        elif local(one) in ("sp", "grpSp", "graphicFrame", "cxnSp"):
            yield one


def _place(shape: Element) -> tuple[int, int, int]:
    """What is read earlier is less: the title, placeholders (which stand where the layout has them), then by place."""
    kind = _placeholder(shape)
    if kind in TITLES:
        return 0, 0, 0
    form = child(shape, "spPr", "xfrm") if local(shape) == "sp" else child(shape, "grpSpPr", "xfrm")
    form = form if form is not None else child(shape, "xfrm")
    offset = child(form, "off")
    if offset is None:
        return 1, -BAND, 0
    across, down = (_number(offset.get(axis, "0")) for axis in ("x", "y"))
    return 1, max(down, 0), across


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        return 0


def _placeholder(shape: Element) -> str:
    found = child(shape, "nvSpPr", "nvPr", "ph")
    return value(found, "type", "obj") if found is not None else ""


def _shape(shape: Element, pages: Pages) -> None:
    kind = _placeholder(shape)
    if kind in FURNITURE:
        return
    if local(shape) == "grpSp":
        for one in _in_order(shape):
            _shape(one, pages)
    elif local(shape) == "graphicFrame":
        _table(shape, pages)
    elif kind in TITLES:
        pages.heading(1, " ".join(" ".join(_paragraphs(shape)).split()))
    else:
        for text in _paragraphs(shape):
            pages.add(text)


def _table(shape: Element, pages: Pages) -> None:
    for row in (one for one in shape.iter() if local(one) == "tr"):
        cells = (" ".join(_paragraphs(cell)) for cell in row if local(cell) == "tc")
        pages.add(" ".join(cell for cell in cells if cell))


def _paragraphs(shape: Element) -> list[str]:
    body = child(shape, "txBody")
    found = (in_line("".join(_words(one))) for one in body if local(one) == "p") if body is not None else ()
    return [text for text in found if text]


def _words(element: Element) -> Iterator[str]:
    for one in element:
        name = local(one)
        if name == "t":
            yield one.text or ""
        elif name == "br":
            yield "\n"
        elif name == "oMath":
            yield latex(one)
        elif name == "fld" and value(one, "type").startswith(FIELDS):
            continue
        elif name not in ("Fallback", "rPr", "pPr", "endParaRPr"):
            yield from _words(one)
