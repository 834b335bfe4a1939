"""Which documents a chat is about: the chip in the composer, and the sheet in which they are chosen.

scope_chip(session, chat)       # <div id="scope">
scope_sheet(session)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.core.html import Html, h
from app.core.texts import Text
from app.session import Session
from app.session.scope import EVERYTHING
from app.study.chats import Chat
from app.study.cited import Scope
from app.study.library.documents import Document, counts, listed
from app.ui.icons import Icon, icon
from app.ui.parts.composer import scope_button
from app.ui.parts.controls import icon_button, search_field
from app.ui.parts.documents import look_of
from app.ui.parts.sheet import sheet
from app.ui.words import t, words

LIST, FIRST = "scope-list", 60  # the list, and how many documents it shows at most


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the list; `value` is what is chosen by it."""

    value: str
    name: str
    about: str
    sign: Icon
    is_on: bool


def scope_chip(session: Session, chat: Chat) -> Html:
    """What is chosen, and the way back; where nothing is, the notebook that the chat lies in is proposed."""
    session.library.know()
    if chat.scope is None:
        notebook = session.library.notebooks().get(chat.notebook)
        opener = scope_button()
        if notebook is None:
            return h("div", opener, id="scope")
        face = (icon("notebook-text"), h("span", notebook.name, dir="auto"))
        label, on = t("scope.ask_notebook", notebook=notebook.name), {"data_on": "click:scope:choose"}
        arg = f"notebook/{notebook.id}"
        offer = h(
            "button", *face, type="button", class_="scope-offer", title=label, aria_label=label, data_arg=arg, **on
        )
        return h("div", opener, offer, id="scope")
    sign, name = scope_name(session, chat.scope)
    label = t("scope.now", documents=name)
    title = " ".join(filter(None, (label, leaves(session))))
    on = {"data_on": "click:page:sheet", "data_arg": "scope"}
    button = h(
        "button",
        icon(sign),
        h("span", name, dir="auto"),
        type="button",
        title=title,
        aria_label=label,
        id="scope-open",
        **on,
    )
    away = icon_button("x", t("scope.remove"), "click:scope:choose", "")
    return h("div", h("span", button, away, class_="scope-chip"), id="scope")


def _face(sign: Icon, name: str, label: str, title: str, **more: str) -> Html:
    """A button that shows what is or would be chosen."""
    face = (icon(sign), h("span", name, dir="auto"))
    return h("button", *face, type="button", aria_label=label, title=title, **more)


def scope_name(session: Session, scope: Scope) -> tuple[Icon, str]:
    """What a scope is called, with its sign."""
    library = session.library
    if scope.notebook:
        notebook = library.notebooks().get(scope.notebook)
        name = notebook.name if notebook else t("scope.gone") if library.is_known() else t("scope.title")
        return "notebook-text", name
    if not scope.documents:
        return "library", t("scope.all")
    here = [document for id in scope.documents if (document := library.documents().get(id))]
    if len(here) == 1:
        return "file-text", here[0].name
    if not here and library.is_known():
        return "file-text", t("scope.gone")
    return "file-text", words(Text("library.count_documents", count=len(here) or len(scope.documents)))


def leaves(session: Session) -> str:
    """That passages leave this device with a question, where they do."""
    model = session.state.chosen()
    return t("scope.leaves", model=model.name) if model.leaves_device else ""


def scope_sheet(session: Session) -> Html:
    """The sheet."""
    session.library.know()
    wanted = session.scope.words()
    field = search_field("scope-words", t("scope.find"), "input:scope:find", value=wanted or None, aria_controls=LIST)
    note = " ".join(filter(None, (leaves(session), _private(session))))
    to_library = h("a", t("library.to_library"), href="#/library", role="button", class_="secondary")
    done = h("button", t("scope.done"), type="button", data_close=True)
    return sheet(
        t("scope.title"),
        h("p", t("scope.about")),
        h("p", note, class_="note") if note else None,
        field,
        _list(session, wanted),
        foot=(to_library, done),
    )


def _private(session: Session) -> str:
    """What private notebooks mean for the chat, where there are some and it is not private."""
    has_some = any(one.is_private for one in session.library.notebooks().values())
    return t("scope.private") if has_some and not session.state.chat().is_private else ""


def _list(session: Session, wanted: str) -> Html:
    parts = wanted.casefold().split()
    groups = [
        (label, [one for one in choices if all(part in one.name.casefold() for part in parts)])
        for label, choices in _choices(session)
    ]
    shown = [_group(f"scope-{at}", label, choices) for at, (label, choices) in enumerate(groups) if choices]
    none = None if shown else h("p", t("scope.none_found"), class_="none", role="presentation")
    label = t("scope.title")
    return h(
        "div", *shown, none, id=LIST, role="listbox", aria_label=label, aria_multiselectable="true", class_="choices"
    )


def _choices(session: Session) -> Iterator[tuple[str, list[Choice]]]:
    """What can be chosen, by kind: the notebook of the chat first."""
    library, chat = session.library, session.state.chat()
    scope, documents = chat.scope, library.documents()
    is_all = scope is not None and not scope.notebook and not scope.documents
    everything = words(Text("library.count_documents", count=len(documents)))
    yield (
        "",
        [
            Choice("", t("scope.none"), t("scope.none_about"), "message-square", scope is None),
            Choice(EVERYTHING, t("scope.all"), everything, "library", is_all),
        ],
    )
    inside = counts(documents.values())
    notebooks = sorted(library.notebooks().values(), key=lambda one: (one.id != chat.notebook, one.name.casefold()))
    yield (
        t("library.notebooks"),
        [
            Choice(
                f"notebook/{one.id}",
                one.name,
                words(Text("library.count_documents", count=inside.get(one.id, 0))),
                "notebook-text",
                scope is not None and scope.notebook == one.id,
            )
            for one in notebooks
        ],
    )
    chosen = scope.documents if scope else ()
    some = sorted(listed(documents.values()), key=lambda one: one.id not in chosen)
    yield t("library.documents"), [_document(session, one, is_on=one.id in chosen) for one in some][:FIRST]


def _document(session: Session, one: Document, *, is_on: bool) -> Choice:
    notebook = session.library.notebooks().get(one.notebook)
    state = "" if one.has_text else t("library.scan") if one.status == "scan" else t("library.not_read_yet")
    about = " · ".join(filter(None, (notebook.name if notebook else "", state)))
    return Choice(f"document/{one.id}", one.name, about, look_of(one)[0], is_on)


def _group(id: str, label: str, choices: list[Choice]) -> Html:
    name = h("p", label, id=id, role="presentation") if label else None
    return h("div", name, *map(_option, choices), role="group", aria_labelledby=id if label else None, id=f"{id}-group")


def _option(one: Choice) -> Html:
    return h(
        "div",
        icon(one.sign),
        h("span", h("strong", one.name, dir="auto"), " ", h("small", one.about) if one.about else None),
        icon("check") if one.is_on else None,
        role="option",
        id=f"scope-{one.value.replace('/', '-') or 'none'}",
        aria_selected="true" if one.is_on else "false",
        data_on="click:scope:choose",
        data_arg=one.value,
    )
