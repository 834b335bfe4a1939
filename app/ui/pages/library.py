"""The Library page: the search, the notebooks, the documents, and what was found in them.

library_page(parts, documents, wanted)       # the whole page around its parts, which the view keeps up to date
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.core.document_kinds import ACCEPTED
from app.core.html import Html, h, join
from app.session import Session
from app.ui.icons import icon
from app.ui.parts.controls import search_field
from app.ui.words import rich, t

LIST, FIRST = "documents", 80  # the id of the list, and how many documents it shows at first
ON = "change:library:add"


def library_page(parts: Mapping[str, Html], documents: Html, wanted: str) -> Html:
    """The whole page; `wanted` is what is looked for."""
    main = (parts["newer"], parts["writings"], parts["library-busy"], documents, parts["notebook-chats"], drop_zone())
    return h(
        "section",
        _head(),
        h("div", icon("search"), _search(wanted), class_="library-search"),
        parts["meaning"],
        parts["notebooks"],
        h("div", h("div", *main, class_="library-main"), parts["passages"], class_="library-columns"),
        id="page-library",
        data_drop="library:add",
        data_paste="library:add",
    )


def _head() -> Html:
    label = t("library.add_documents")
    add = h(
        "button",
        icon("plus"),
        h("span", t("library.add")),
        type="button",
        class_="primary",
        data_pick="document-files",
        aria_label=label,
        title=label,
        id="add-documents",
    )
    files = h("input", type="file", id="document-files", multiple=True, accept=ACCEPTED, hidden=True, data_on=ON)
    folder = h("input", type="file", id="document-folder", webkitdirectory=True, hidden=True, data_on=ON)
    face = (icon("notebook-text"), h("span", t("notes.new")))
    note = h("button", *face, type="button", class_="secondary", data_on="click:notes:new", id="new-note")
    face = (icon("graduation-cap"), h("span", t("writing.make")))
    make = h("button", *face, type="button", class_="secondary", data_on="click:writing:open", id="make-notes")
    tools = h("div", files, folder, make, note, add, class_="library-head-actions")
    return h("header", h("h1", t("library.page_title")), tools)


def _search(wanted: str) -> Html:
    """The field, drawn once: what stands in it is the person's."""
    label, below = t("library.search"), f"passages {LIST}"
    return search_field("library-words", label, "input:passages:find", value=wanted or None, data_below=below)


def drop_zone() -> Html:
    """Where files are dropped, and two more ways to choose them."""
    files = h("button", t("library.choose_files"), type="button", class_="link", data_pick="document-files")
    folder = h("button", t("library.choose_folder"), type="button", class_="link", data_pick="document-folder")
    lines = h("p", rich("library.drop", files=files, folder=folder), h("small", t("library.drop_about")))
    return h("div", icon("file-up"), lines, class_="drop-zone", id="drop-zone")


def document_list(session: Session, rows: Iterable[Html], hidden: int) -> Html:
    """The list around its rows; where it is empty, what to do."""
    shown = list(rows)
    if not shown:
        empty = t("library.none_in_notebook") if session.library.notebook() else t("library.none")
        told = empty if session.library.is_known() else t("library.opening")
        return h("div", h("p", told, class_="library-empty"), id=LIST)
    label = t("library.show_all", count=len(shown) + hidden)
    more = h("button", label, type="button", class_="quiet", data_on="click:library:all") if hidden else None
    return h("div", h("ul", *shown, data_rows=True, aria_label=t("library.documents")), more, id=LIST)


def newer_cards(session: Session) -> Html:
    """Files of names that are here already: each is asked about."""
    cards = (
        h(
            "div",
            h("p", h("strong", t("library.newer", name=one.name)), " ", t("library.newer_about")),
            h(
                "div",
                _answer(t("library.replace"), "library:replace", one.id, "primary"),
                _answer(t("library.keep_both"), "library:keep-both", one.id, "secondary"),
                _answer(t("library.leave_out"), "library:leave-out", one.id, "quiet"),
                class_="actions",
            ),
            class_="library-newer",
            role="group",
            aria_label=t("library.newer", name=one.name),
            id=f"newer-{one.id}",
        )
        for one in session.library.newer()
    )
    return h("div", *cards, id="newer")


def _answer(label: str, action: str, id: str, kind: str) -> Html:
    return h("button", label, type="button", class_=kind, data_on=f"click:{action}", data_arg=id)


def busy(session: Session) -> Html:
    """Files that are being taken in."""
    count = session.library.adding()
    return h("p", join(t("library.adding", count=count)) if count else None, id="library-busy", role="status")
