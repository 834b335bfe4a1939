"""The notebooks above the documents: one is on show, or all; made, renamed and deleted in their place.

notebooks_row(session)
"""

from __future__ import annotations

from app.core.html import Html, h
from app.session import Session
from app.study.library.documents import NOTEBOOK_LENGTH, Notebook, counts
from app.ui.icons import icon
from app.ui.parts.menu import Item, menu
from app.ui.parts.sheet import fact, facts, sheet
from app.ui.words import t, words

ROW, CHATS = "notebooks", "notebook-chats"  # ids of elements


def notebooks_row(session: Session) -> Html:
    """All, each notebook with how many documents it has, and a new one."""
    library = session.library
    inside, chosen, naming = counts(library.documents().values()), library.notebook(), library.naming()
    notebooks = sorted(library.notebooks().values(), key=lambda one: one.name.casefold())
    rows = [
        _naming(one.name, one.id)
        if naming == one.id
        else _chip(one.id, one.name, inside.get(one.id, 0), chosen, is_private=one.is_private)
        for one in notebooks
    ]
    if (open_one := library.notebooks().get(chosen)) and naming != chosen:
        rows.append(_menu(open_one))
    everything = _chip("", t("library.all"), len(library.documents()), chosen)
    new = _naming("", "") if naming == "" else _new()
    return h("div", everything, *rows, new, id=ROW, role="group", aria_label=t("library.notebooks"))


def _chip(id: str, name: str, count: int, chosen: str, *, is_private: bool = False) -> Html:
    sign = h("span", icon("lock"), title=t("meaning.private_on"), class_="chip-private") if is_private else None
    hidden = h("span", t("meaning.private"), class_="visually-hidden") if is_private else None
    return h(
        "button",
        sign,
        hidden,
        h("span", name, dir="auto"),
        " ",
        h("small", count),
        type="button",
        class_="chip",
        id=f"notebook-{id or 'all'}",
        aria_pressed="true" if id == chosen else "false",
        data_on="click:library:show",
        data_arg=id,
    )


def _new() -> Html:
    label = t("library.new_notebook")
    face = (icon("plus"), label)
    return h(
        "button",
        *face,
        type="button",
        class_="chip chip-new",
        id="new-notebook",
        data_on="click:library:name",
        data_arg="new",
    )


def _menu(notebook: Notebook) -> Html:
    return menu(
        "menu-notebook",
        t("library.menu", name=notebook.name),
        Item(t("writing.make_from"), "writing:open", f"notebook/{notebook.id}", "graduation-cap"),
        Item(t("chats.rename"), "library:name", notebook.id, "pencil"),
        Item(t("meaning.private"), "library:private", notebook.id, "lock", is_on=notebook.is_private),
        None,
        Item(
            t("library.delete_notebook"),
            "library:delete-notebook",
            notebook.id,
            "trash-2",
            is_danger=True,
            ask=t("meaning.ask_delete") if notebook.is_private else "",
        ),
    )


def _naming(name: str, id: str) -> Html:
    field = h(
        "input",
        name="name",
        value=name,
        aria_label=t("library.notebook_name"),
        placeholder=t("library.notebook_example"),
        id="notebook-name",
        maxlength=NOTEBOOK_LENGTH,
        autofocus=True,
        autocomplete="off",
    )
    save = h("button", t("chats.save"), type="submit")
    on = {"data_on": "submit:library:named", "data_arg": id, "data_escape": "library:not-named"}
    return h("form", field, save, class_="notebook-form", **on)


def notebook_choice(session: Session, chosen: str, action: str, arg: str) -> Html:
    """A list to pick the notebook of a document or a chat from: `action` is done with `arg` and its id."""
    notebooks = sorted(session.library.notebooks().values(), key=lambda one: one.name.casefold())
    options = [h("option", t("library.no_notebook"), value="", selected=chosen not in session.library.notebooks())]
    options += [h("option", one.name, value=one.id, selected=one.id == chosen) for one in notebooks]
    on = {"data_on": f"change:{action}", "data_arg": arg}
    return h("select", *options, aria_label=t("library.notebook"), id="notebook-choice", **on)


def chat_sheet(session: Session, chat_id: str) -> Html | None:
    """The notebook that a chat lies in; None where the chat is gone."""
    chat = session.state.chat_of(chat_id)
    if chat is None:
        return None
    session.library.know()
    if session.library.is_known() and not session.library.notebooks():
        way = h("button", t("library.to_library"), type="button", data_on="click:page:visit", data_arg="#/library")
        return sheet(words(chat.name), h("p", t("library.no_notebooks")), foot=way)
    choice = notebook_choice(session, chat.notebook, "library:move-chat", chat.id)
    return sheet(words(chat.name), h("p", t("library.chat_notebook_about")), facts(fact(t("library.notebook"), choice)))


def notebook_chats(session: Session) -> Html:
    """The chats of the notebook that is on show."""
    chosen = session.library.notebook()
    chats = [chat for chat in session.state.chats() if chosen and chat.notebook == chosen]
    if not chats:
        return h("section", id=CHATS, hidden=True)
    rows = (h("li", h("a", words(chat.name), href=f"#/chat/{chat.id}", dir="auto")) for chat in chats)
    title = h("h2", t("library.chats_here"), id="notebook-chats-title")
    return h("section", title, h("ul", *rows, aria_labelledby="notebook-chats-title"), id=CHATS)
