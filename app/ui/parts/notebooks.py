"""The notebooks above the documents: one is on show, or all; made, renamed and deleted in their place.

notebooks_row(session)
"""

from __future__ import annotations

from app.core.html import Html, h
from app.session import Session
from app.study.library.documents import NOTEBOOK_LENGTH, Notebook, counts
from app.ui.icons import icon
from app.ui.parts.menu import Item, menu
from app.ui.words import t

ROW = "notebooks"


def notebooks_row(session: Session) -> Html:
    """All, each notebook with how many documents it has, and a new one."""
    library = session.library
    inside, chosen, naming = counts(library.documents().values()), library.notebook(), library.naming()
    notebooks = sorted(library.notebooks().values(), key=lambda one: one.name.casefold())
    rows = [
        _naming(one.name, one.id) if naming == one.id else _chip(one.id, one.name, inside.get(one.id, 0), chosen)
        for one in notebooks
    ]
    if (open_one := library.notebooks().get(chosen)) and naming != chosen:
        rows.append(_menu(open_one))
    everything = _chip("", t("library.all"), len(library.documents()), chosen)
    new = _naming("", "") if naming == "" else _new()
    return h("div", everything, *rows, new, id=ROW, role="group", aria_label=t("library.notebooks"))


def _chip(id: str, name: str, count: int, chosen: str) -> Html:
    return h(
        "button",
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
        Item(t("chats.rename"), "library:name", notebook.id, "pencil"),
        None,
        Item(t("library.delete_notebook"), "library:delete-notebook", notebook.id, "trash-2", is_danger=True),
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
