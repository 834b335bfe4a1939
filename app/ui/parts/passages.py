"""What was found in documents: passages, each with its document and page, the words that matched marked.

passages_region(session, found)             # the column beside the documents
"""

from __future__ import annotations

from collections.abc import Sequence

from app.core.documents import Hit, nearest
from app.core.html import Child, Html, h
from app.core.texts import Text
from app.session import Session
from app.session.page_shown import Place
from app.session.passages import Found
from app.study.library.documents import Document
from app.ui.icons import icon
from app.ui.parts.documents import PAGED, address
from app.ui.words import t, words

REGION = "passages"  # the id of the column


def passages_region(session: Session, found: Found | None) -> Html:
    """The passages for what is looked for; nothing where nothing is."""
    if found is None:
        return h("section", id=REGION, hidden=True)
    documents = session.library.documents()
    hits = [hit for hit in found.hits if hit.document in documents]
    head = h("p", told(found, hits), id="passages-told", role="status")
    rows = h(
        "ul",
        *(_row(documents[hit.document], hit) for hit in hits),
        data_rows=True,
        aria_label=t("library.passages_list"),
    )
    return h(
        "section",
        head,
        rows if hits else None,
        _ask() if hits else None,
        id=REGION,
        aria_label=t("library.found_region"),
        aria_busy="true" if found.is_searching else None,
    )


def _ask() -> Html:
    label = (icon("messages-square"), t("scope.ask_found"))
    return h("button", *label, type="button", class_="passages-ask", data_on="click:scope:ask-found")


def told(found: Found, hits: Sequence[Hit]) -> str:
    """How much was found."""
    if found.is_searching and not hits:
        return t("library.searching")
    if not hits:
        return t("library.none_found", words=found.words)
    documents = len({hit.document for hit in hits})
    many = words(Text("library.count_passages", count=len(hits)))
    of = words(Text("library.count_documents", count=documents))
    if found.kind == "hybrid":
        return t("meaning.found", passages=many, documents=of)
    if found.kind == "vector":
        return t("meaning.found_meaning", passages=many, documents=of)
    return t("library.found", passages=many, documents=of)


def _row(document: Document, hit: Hit) -> Html:
    place = str(Place(hit.page, hit.start, hit.end))
    page = h("small", t("library.page_short", page=hit.page)) if document.kind in PAGED else None
    is_told = hit.heading and (document.kind not in PAGED or not hit.marks)  # what was looked for may stand in it alone
    heading = h("small", nearest(hit.heading), dir="auto") if is_told else None
    head = h("span", h("strong", document.name, dir="auto"), page, heading, class_="passage-head")
    quote = h("span", *marked(hit.snippet, hit.marks), class_="passage-text", dir="auto")
    return h("li", h("a", head, quote, href=address(document, place), id=hit_id(document.id, place)))


def hit_id(document: str, place: str) -> str:
    """The id of the link to a passage."""
    return f"found-{document}-{place}"


def marked(text: str, marks: Sequence[tuple[int, int]]) -> list[Child]:
    """A text in pieces, these parts of it marked."""
    pieces: list[Child] = []
    at = 0
    for start, end in marks:
        if at <= start < end <= len(text):
            pieces += [text[at:start], h("mark", text[start:end])]
            at = end
    return [piece for piece in (*pieces, text[at:]) if piece]
