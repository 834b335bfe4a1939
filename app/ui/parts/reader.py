"""A page of a document as it is read: its text with the passage marked; of a PDF its picture, the words boxed.

    reader(document, shown)                 # <div id="reader">
    page_body(document, shown, "source")    # only the page, for another place

The mark is an element of its own, which is brought into view. Two pages may be there at once, so ids begin otherwise.
"""

from __future__ import annotations

from itertools import pairwise

from app.core.html import Child, Html, h, join
from app.session.page_shown import PageShown, Place
from app.study.library.documents import Document
from app.ui.icons import Icon, icon
from app.ui.parts.controls import button, problem_box
from app.ui.parts.documents import PAGED, address, look_of
from app.ui.parts.note import note_tools
from app.ui.words import t

READER, MARK, PICTURE = "reader", "passage", "picture"
AROUND = 12_000  # characters before and behind the mark that are drawn of a long text


def reader(document: Document, shown: PageShown, note: Html | None = None) -> Html:
    """The whole reader: the way back, where one is, the page, and the ways on. `note` is a note as it is drawn, where
    nothing in it is marked."""
    back = h("a", icon("chevron-left"), t("library.page_title"), href="#/library", class_="reader-back")
    title = h("h1", document.name, id="reader-title", tabindex="-1", dir="auto")
    return h(
        "div",
        h("header", back, title, h("div", *_about(document, shown), class_="reader-about")),
        problem_box(shown.problem) if shown.problem else None,
        page_body(document, shown)
        if note is None
        else h("article", note, class_="paper", aria_labelledby="reader-title", data_explain=f"note/{document.id}"),
        _ways(document, shown),
        id=READER,
    )


def where(document: Document, shown: PageShown) -> str:
    """Which page it is, of how many; "" where there is one."""
    total, number = len(shown.reading.pages) if shown.reading else document.pages, shown.place.number
    if total < 2:
        return ""
    if document.kind in PAGED:
        return t("library.page_of", page=number, total=total)
    return t("library.part_of", part=number, total=total)


def _about(document: Document, shown: PageShown) -> list[Child]:
    _, kind = look_of(document)
    place = where(document, shown)
    save = button(t("library.save"), "click:library:save", document.id)
    card = button(t("notes.make_card"), "click:cards:from-page", "", data_selection=True)
    cards = button(t("making.make"), "click:making:of-page", "", data_selection=True) if document.has_text else None
    explain = button(t("explain.open"), "click:explain:page", "", data_selection=True) if document.has_text else None
    ways = (explain, card, cards, save)
    tools = h("div", *(note_tools(document) if document.is_note else ()), *ways, class_="reader-tools")
    return [h("p", " · ".join(part for part in (kind, place) if part)), tools]


def page_body(document: Document, shown: PageShown, ids: str = "") -> Html:
    """The page itself; `ids` is what the ids in it begin with, in another place than the Library."""
    mark = f"{ids}-{MARK}" if ids else MARK
    text = h("article", _text(shown, mark, ids), class_="paper", aria_labelledby=f"{ids or READER}-title")
    if document.kind == "pdf":
        if shown.problem:  # its words, unfolded, are all that there is
            return text if shown.text else join()
        folded = h("summary", t("library.page_text")), _text(shown, None, ids)
        return join(
            _picture(document, shown, mark, f"{ids or READER}-{PICTURE}"),
            h("details", *folded, class_="page-text", id=f"{ids or 'page'}-text") if shown.text else None,
        )
    if shown.reading is None:
        told = t("library.not_read") if document.status != "waiting" else t("library.not_read_yet")
        return h("p", told, class_="note", role="status")
    return text


def _picture(document: Document, shown: PageShown, mark: str, id: str) -> Html:
    """The page as it looks. What it says stands below for who cannot see it."""
    width, height = shown.size
    if not width:
        return h("div", t("library.drawing"), class_="paper paper-empty", role="status")
    name = t("library.page_named", page=shown.place.number, name=document.name)
    boxes = [
        h("span", class_="box", id=mark if not at else None, tabindex="-1" if not at else None, style=_style(box))
        for at, box in enumerate(shown.boxes)
    ]
    canvas = h("canvas", id=id, width=width, height=height, role="img", aria_label=name)
    return h("div", canvas, *boxes, class_="paper paper-picture")


def _style(box: object) -> str:
    names = ("left", "top", "width", "height")
    return ";".join(f"{name}:{100 * float(getattr(box, name)):.3f}%" for name in names)


def _text(shown: PageShown, mark_id: str | None, ids: str) -> Html:
    """The words of the page, its headings and the passage as elements of their own; that one has the id."""
    text, place = shown.text, shown.place
    if not text.strip():
        return h("p", t("library.page_empty"), class_="note")
    first = max(0, place.start - AROUND) if len(text) > 3 * AROUND else 0
    last = min(len(text), place.end + AROUND) if len(text) > 3 * AROUND else len(text)
    if len(text) > 3 * AROUND and not place.end:
        last = 2 * AROUND
    mark = (place.start, min(place.end, len(text))) if place.end else (0, 0)
    headings = [(one.start, one.start + len(one.text), f"h{min(6, one.level + 1)}") for one in shown.headings]
    pieces = _pieces(text, first, last, mark, headings, mark_id)
    before = t("library.cut_before") if first else ""
    after = t("library.cut_after") if last < len(text) else ""
    return h(
        "div",
        h("p", before, class_="note") if before else None,
        h("div", *pieces, class_="page-words", dir="auto", data_explain="cited" if ids else "page"),
        h("p", after, class_="note") if after else None,
    )


def _pieces(
    text: str,
    first: int,
    last: int,
    mark: tuple[int, int],
    headings: list[tuple[int, int, str]],
    id: str | None,
) -> list[Child]:
    """A text cut at its headings and at the mark."""
    found: list[Child] = []
    heads = [one for one in headings if first <= one[0] < one[1] <= last and text[one[0] : one[1]].strip()]
    cuts = sorted({first, last, *(cut for one in heads for cut in one[:2]), *(m for m in mark if first <= m <= last)})
    names = {one[:2]: one[2] for one in heads}
    is_first = True
    for start, end in pairwise(cuts):
        piece: Child = text[start:end]
        if mark[0] <= start and end <= mark[1]:
            piece = h("mark", piece, id=id if is_first else None, tabindex="-1" if is_first and id else None)
            is_first = False
        if name := names.get((start, end)):
            piece = h("strong", piece, class_=f"page-{name}")
        found.append(piece)
    return found


def _ways(document: Document, shown: PageShown) -> Html | None:
    """To the page before and the next one."""
    total, number = len(shown.reading.pages) if shown.reading else document.pages, shown.place.number
    if total < 2:
        return None
    is_paged = document.kind in PAGED
    before = t("library.page_before") if is_paged else t("library.part_before")
    after = t("library.page_after") if is_paged else t("library.part_after")
    return h(
        "nav",
        _way(document, number - 1, before, "chevron-left", "before") if number > 1 else None,
        _way(document, number + 1, after, "chevron-right", "after") if number < total else None,
        aria_label=t("library.pages_of"),
    )


def _way(document: Document, number: int, label: str, sign: Icon, id: str) -> Html:
    face = (icon(sign), label) if id == "before" else (label, icon(sign))
    return h("a", *face, href=address(document, str(Place(number))), role="button", class_="quiet", id=f"page-{id}")
