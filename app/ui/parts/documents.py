"""The documents of the library, one row each, and the details of one in the sheet.

document_row(session, document, progress)       # <li id="document-3f2a">
document_sheet(session, document_id)            # None where it is gone
"""

from __future__ import annotations

from typing import cast

from app.core.document_kinds import KINDS
from app.core.html import Html, h, join
from app.core.texts import Day, Percent, Seconds, Size, Text
from app.session import Session
from app.session.library_queue import Progress
from app.study.library.documents import Document
from app.ui.icons import Icon, icon
from app.ui.parts.menu import Item, menu
from app.ui.parts.notebooks import notebook_choice
from app.ui.parts.sheet import fact, facts, sheet
from app.ui.words import t, words

NOTE: tuple[Icon, Text] = ("notebook-text", Text("library.kind_note"))
PAGED = tuple(kind.id for kind in KINDS.values() if kind.has_pages)
WORDY = tuple(kind.id for kind in KINDS.values() if kind.is_words)


def address(document: Document, place: str = "") -> str:
    """Where a document is read."""
    return "/".join(["#/library", document.id, *([place] if place else [])])


def look_of(document: Document) -> tuple[Icon, str]:
    """Its sign, and what kind it is; "" where nobody knows yet."""
    if document.is_note:
        return NOTE[0], words(NOTE[1])
    kind = KINDS.get(document.kind)
    sign = cast("Icon", kind.icon) if kind else "file-text"
    return "image" if document.status == "scan" else sign, words(kind.label) if kind else ""


def document_row(session: Session, document: Document, progress: Progress | None) -> Html:
    """One document: its name leads to it, its state and its menu stand beside."""
    sign, _ = look_of(document)
    link = h("a", document.name, href=address(document), id=f"open-{document.id}", dir="auto")
    about = " · ".join(_about(session, document))
    problem = h("p", document.problem, class_="document-problem") if document.problem else None
    return h(
        "li",
        h("span", icon(sign), class_="document-sign"),
        h("div", link, h("small", about), problem, class_="document-name"),
        h("div", _status(session, document, progress), class_="document-status"),
        menu(f"menu-{document.id}", t("library.menu", name=document.name), *_items(session, document)),
        id=f"document-{document.id}",
        data_status=document.status,
    )


def _about(session: Session, document: Document) -> list[str]:
    """Its kind, how long it is, and its notebook."""
    notebook = session.library.notebooks().get(document.notebook)
    kind = look_of(document)[1] or words(Size(document.size_bytes))
    pages = t("library.pages", count=document.pages) if document.kind in PAGED and document.pages else ""
    folder = document.folder.rpartition("/")  # below the folder that was added
    return [part for part in (kind, pages, folder[2] if folder[0] else "", notebook.name if notebook else "") if part]


def _status(session: Session, document: Document, progress: Progress | None) -> Html:
    if progress:
        return reading_bar(document, progress)
    if document.status == "indexed":
        return h("span", icon("circle-check"), h("span", t("library.indexed")), class_="document-good")
    if document.status == "scan" and document.kind in WORDY:
        return h("span", t("library.no_text"), class_="document-waits")
    if document.status == "scan":
        return h("span", t("library.scan"), class_="badge", data_kind="tight")
    if document.status == "failed":
        return h("span", t("library.failed"), class_="badge", data_kind="damaged")
    is_stopped = document.id in session.library.stopped()
    return h("span", t("library.stopped") if is_stopped else t("library.waiting"), class_="document-waits")


def reading_bar(document: Document, progress: Progress) -> Html:
    """How far it is, as a bar and in words."""
    percent = Percent.of(progress.done, progress.total)
    label = t("library.reading_share", percent=percent) if progress.total else t("library.reading")
    left = t("library.left", seconds=Seconds(progress.seconds_left)) if progress.seconds_left >= 1 else ""
    told = t("library.reading_pages", done=progress.done, total=progress.total) if progress.total else label
    bar = h(
        "progress",
        value=progress.done if progress.total else None,
        max=progress.total or None,
        aria_label=document.name,
        aria_valuetext=" · ".join(part for part in (told, left) if part),
    )
    return h("span", bar, h("small", label), h("small", left) if left else None, class_="document-reading")


def _items(session: Session, document: Document) -> tuple[Item | None, ...]:
    id, is_stopped = document.id, document.id in session.library.stopped()
    read: list[Item | None] = []
    if document.is_note:
        read = [Item(t("notes.edit"), "page:visit", f"{address(document)}/edit", "pencil")]
    if document.status == "waiting":
        stopped = Item(t("library.read_now"), "library:read", id, "play")
        read.append(stopped if is_stopped else Item(t("library.stop"), "library:stop", id, "square"))
    elif document.status == "failed":
        read.append(Item(t("library.read_again"), "library:read", id, "refresh-cw"))
    if document.has_text:
        read.append(Item(t("writing.make_from"), "writing:open", f"document/{id}", "graduation-cap"))
        read.append(Item(t("scope.ask_document"), "scope:ask-documents", id, "messages-square"))
        read.append(Item(t("making.make"), "making:of-document", id, "layers"))
    return (
        *read,
        Item(t("library.details"), "page:sheet", f"document/{id}", "info"),
        Item(t("library.move"), "page:sheet", f"document/{id}", "notebook-text"),
        Item(t("library.save"), "library:save", id, "download"),
        None,
        Item(t("chats.delete"), "library:delete", id, "trash-2", is_danger=True),
    )


def document_sheet(session: Session, id: str) -> Html | None:
    """What is known of a document, and the notebook that it lies in."""
    document = session.library.documents().get(id)
    if document is None:
        return None
    kind = look_of(document)[1] or t("library.unknown")
    lines = facts(
        fact(t("library.notebook"), notebook_choice(session, document.notebook, "library:move", document.id)),
        fact(t("library.kind"), kind),
        fact(t("library.title"), document.title) if document.title else None,
        fact(t("library.folder"), document.folder) if document.folder else None,
        fact(t("library.length"), t("library.pages", count=document.pages)) if document.pages else None,
        fact(t("library.passages"), document.passages) if document.passages else None,
        fact(t("library.language"), document.language) if document.language else None,
        fact(t("library.size"), words(Size(document.size_bytes))),
        fact(t("library.added_on"), words(Day(document.added_at))),
        fact("SHA-256", h("code", document.sha256)),
    )
    problem = h("p", document.problem) if document.problem else None
    scan = h("p", t("library.scan_about")) if document.status == "scan" and document.kind not in WORDY else None
    save = h("button", t("library.save"), type="button", data_on="click:library:save", data_arg=id)
    read = h("button", t("library.open"), type="button", data_on="click:page:visit", data_arg=address(document))
    return sheet(document.name, problem, scan, lines, foot=join(save, read))
