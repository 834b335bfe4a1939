"""The source beside a chat or a note: the page that it cites, its passage marked, and the way to the other ones.

source_panel(session, shown)        # what stands in <aside id="source">
"""

from __future__ import annotations

from app.core.html import Child, Html, h, join
from app.session import Session
from app.session.cited import CitedShown
from app.session.page_shown import PageShown, Place
from app.study.cited import NOTE, Cited
from app.study.library.documents import Document
from app.ui.icons import icon
from app.ui.parts.cited import page_of
from app.ui.parts.controls import icon_button, problem_box
from app.ui.parts.documents import address, look_of
from app.ui.parts.reader import MARK, PICTURE, page_body, where
from app.ui.words import t

SOURCE, BODY = "source", "source-body"  # the panel, and the element in it that is painted
MARKED, CANVAS = f'id="{SOURCE}-{MARK}"', f"{SOURCE}-{PICTURE}"


def source_panel(session: Session, shown: CitedShown) -> Html:
    """The whole content: whose page it is, the page, and which passage of the reply."""
    document = session.library.documents().get(shown.passage.document)
    page = session.cited.reader.page()
    if document is None or (page and page.document != document.id):
        page = None
    is_known = session.library.is_known()
    return h(
        "div",
        _head(shown.passage, document, page),
        h("div", *_page(shown.passage, document, page, is_known=is_known), class_="source-page", tabindex="0"),
        _ways(shown),
        id=BODY,
    )


def _head(passage: Cited, document: Document | None, page: PageShown | None) -> Html:
    sign = look_of(document)[0] if document else "file-text"
    place = (where(document, page) if document and page else "") or page_of(passage, is_alone=True)
    name = h("h2", document.name if document else passage.name, id="source-title", tabindex="-1", dir="auto")
    title = h("div", name, h("p", place, dir="auto") if place else None)
    link = None
    if document:
        to = address(document, str(page.place if page else Place(passage.page, passage.start, passage.end)))
        label = t("cited.open")
        link = h("a", icon("external-link"), href=to, class_="bare", role="button", aria_label=label, title=label)
    close = icon_button("x", t("cited.close"), "click:cited:close")
    return h("header", icon(sign), title, link, close)


def _page(passage: Cited, document: Document | None, page: PageShown | None, *, is_known: bool) -> list[Child]:
    """The page; where it is gone, or the passage is gone from it, what is kept with the reply."""
    if document is None:
        return [_kept(passage, t("cited.gone"))] if is_known else []
    if page is None:
        return []
    is_gone = page.reading is None or (not page.place.end and page.place.number == passage.page)
    told = _kept(passage, t("cited.changed")) if page.is_read and is_gone else None
    problem = problem_box(page.problem) if page.problem else None
    return [told, problem, page_body(document, page, SOURCE) if page.reading or not told else None]


def _kept(passage: Cited, told: str) -> Html:
    mark = h("mark", passage.text, id=f"{SOURCE}-{MARK}")
    words = h("div", mark, class_="page-words", dir="auto", data_explain="cited")
    return join(h("p", told, class_="note", role="status"), h("article", words, class_="paper"))


def _ways(shown: CitedShown) -> Html:
    """Which passage of the reply it is, and the way to the others."""
    total = len(shown.passages)
    is_note = shown.turn.startswith(NOTE)
    place = t("cited.passage_of_note" if is_note else "cited.passage_of", number=shown.at + 1, total=total)
    told = h("p", place, role="status")
    ways = (
        icon_button("chevron-left", t("cited.previous"), "click:cited:previous", aria_keyshortcuts="P"),
        icon_button("chevron-right", t("cited.next"), "click:cited:next", aria_keyshortcuts="N"),
    )
    return h("footer", told, *(ways if total > 1 else ()))
