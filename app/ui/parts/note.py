"""A note as it is written, and what stands above it where it is read.

note_editor(note, kept)             # <div id="reader">: drawn once, what stands in its fields is the person's
kept_line(kept)                     # <p id="note-kept">
"""

from __future__ import annotations

from collections.abc import Mapping

from app.core.html import Html, h
from app.core.texts import Text
from app.session.notes import Kept, OpenNote
from app.study.library.documents import NAME_LENGTH, Document
from app.ui.icons import icon
from app.ui.parts.controls import button
from app.ui.words import t, words

EDITOR, KEPT = "reader", "note-kept"
NO_TITLE = Text("notes.untitled")
TOLD: Mapping[Kept, Text] = {
    "saving": Text("notes.saving"),
    "saved": Text("notes.saved"),
    "unsaved": Text("notes.unsaved"),
}


def note_editor(note: OpenNote, kept: Kept) -> Html:
    """Its title and its words. Of a note that another page writes, why it can't be written here."""
    back = h("a", icon("chevron-left"), t("library.page_title"), href="#/library", class_="reader-back")
    done = h("a", icon("check"), t("notes.done"), href=f"#/library/{note.id}", role="button", class_="secondary")
    if note.is_elsewhere:
        told = h("p", t("notes.elsewhere"), class_="note", role="status")
        return h("div", h("header", back, h("h1", note.title), done), told, id=EDITOR)
    name = h("h1", t("notes.words"), class_="visually-hidden")
    head = h("header", name, h("div", back, kept_line(kept), done, class_="reader-about"), _title(note))
    return h("div", head, _words(note), id=EDITOR, class_="note-editor")


def kept_line(kept: Kept) -> Html:
    """Whether what was typed is kept."""
    return h("p", words(TOLD[kept]) if kept else None, id=KEPT, role="status")


def _title(note: OpenNote) -> Html:
    label = t("notes.title")
    return h(
        "input",
        id=f"note-title-{note.id}",
        class_="note-title",
        value=note.title,
        placeholder=label,
        aria_label=label,
        maxlength=NAME_LENGTH,
        autocomplete="off",
        autofocus=not note.title,
        dir="auto",
        data_kept=True,
        data_on="input:notes:title",
        data_arg=note.id,
    )


def _words(note: OpenNote) -> Html:
    """The field of its words. The line break before them is the markup's own: a parser drops the first one."""
    return h(
        "textarea",
        f"\n{note.text}",
        id=f"note-text-{note.id}",
        class_="note-text",
        placeholder=t("notes.write"),
        aria_label=t("notes.words"),
        autofocus=bool(note.title),
        dir="auto",
        data_kept=True,
        data_on="input:notes:text",
        data_arg=note.id,
    )


def note_tools(document: Document) -> list[Html]:
    """What can be done with a note that is read."""
    edit = f"#/library/{document.id}/edit"
    return [
        h("a", icon("pencil"), t("notes.edit"), href=edit, role="button", class_="secondary", id="note-edit"),
        button(t("statement.title"), "click:statement:open", f"note/{document.id}"),
        h("button", icon("printer"), t("shell.print"), type="button", class_="secondary", data_on="click:print"),
    ]
