"""Personas: the list in Settings, and the sheet in which one is written or looked at."""

from __future__ import annotations

from collections.abc import Callable

from app.core.html import Attribute, Html, h, join
from app.core.persona import MOST_ABOUT, MOST_INSTRUCTIONS, MOST_NAME, Persona
from app.core.text import estimate_tokens
from app.session import Session
from app.study.personas import CAME_ALONG
from app.ui.drawn import drawn
from app.ui.parts.menu import Item, menu
from app.ui.parts.setting import card, heading
from app.ui.parts.sheet import sheet
from app.ui.words import t

NEW = Persona("", "", "")


def personas_section(session: Session) -> Html:
    """Every persona, the person's own first, with what can be done with it."""
    own = {one.id for one in session.personas.own()}

    def row(one: Persona) -> Callable[[], Html]:
        return lambda: persona_row(one, whose="" if one.id in own else _whose(session, one))

    rows = [drawn(one.name, f"item-persona-{one.id}", row(one), tag="li") for one in session.personas.all()]
    mine = _button(t("personas.export_all"), "personas-export", data_on="click:personas:export", data_arg="")
    buttons = (
        _button(t("personas.new"), "personas-new", data_on="click:page:sheet", data_arg="persona/"),
        _button(t("personas.import"), "personas-pick", data_pick="personas-file"),
        mine if own else None,
    )
    on = "change:personas:import"
    return join(
        heading(t("personas.title")),
        h("p", t("personas.about"), class_="note"),
        h("input", type="file", id="personas-file", accept=".json", hidden=True, data_on=on),
        card(
            h("ul", *rows, aria_label=t("personas.list"), id="personas", tabindex="-1"),
            h("div", *buttons, class_="setting actions"),
        ),
    )


def _whose(session: Session, one: Persona) -> str:
    catalog = session.personas.catalog_of(one.id)
    return t("personas.from_catalog", catalog=catalog) if catalog else t("personas.came_along")


def _button(label: str, id: str, **more: Attribute) -> Html:
    return h("button", label, type="button", class_="secondary", id=id, **more)


def persona_row(one: Persona, *, whose: str = "") -> Html:
    """One of them; `whose` it is, "" for the person's own."""
    is_own = not whose
    about = " · ".join(filter(None, (one.about, whose)))
    told = h("div", h("p", one.name, class_="name"), h("small", about) if about else None, dir="auto")
    items: list[Item | None] = [
        Item(t("personas.start"), "options:start", one.id, "message-square"),
        Item(t("personas.edit" if is_own else "personas.show"), "page:sheet", f"persona/{one.id}", "pencil"),
        Item(t("personas.duplicate"), "personas:duplicate", one.id, "copy"),
        Item(t("personas.export"), "personas:export", one.id, "download"),
    ]
    if is_own:
        items += [None, Item(t("personas.delete"), "personas:delete", one.id, "trash-2", is_danger=True)]
    more = menu(f"menu-persona-{one.id}", t("personas.menu", persona=one.name), *items)
    return h("li", told, more, class_="setting", id=f"item-persona-{one.id}")


def persona_sheet(session: Session, id: str) -> Html | None:
    """The form of a new one ("") or of one's own, another one to read; None where it is gone."""
    one = session.personas.named(id) if id else NEW
    if one is None:
        return None
    is_own = not id or any(mine.id == id for mine in session.personas.own())
    return sheet(one.name or t("personas.new"), _form(one) if is_own else _read(one))


def _form(one: Persona) -> Html:
    name = h("input", name="name", id="persona-name", value=one.name, required=True, maxlength=MOST_NAME, dir="auto")
    about = h("input", name="about", id="persona-about", value=one.about, maxlength=MOST_ABOUT, dir="auto")
    told = h(
        "textarea",
        one.instructions,
        name="instructions",
        id="persona-instructions",
        rows=14,
        required=True,
        maxlength=MOST_INSTRUCTIONS,
        aria_describedby="persona-help",
        dir="auto",
    )
    short = h("small", t("personas.instructions_help"), id="persona-help")
    return h(
        "form",
        _field("persona-name", t("personas.name"), name),
        _field("persona-about", t("personas.about_field"), about),
        _field("persona-instructions", t("personas.instructions"), told, short),
        h("div", h("button", t("personas.save"), type="submit"), class_="actions"),
        data_on="submit:personas:save",
        data_arg=one.id,
        autocomplete="off",
        id="persona-form",
    )


def _field(id: str, label: str, *control: Html) -> Html:
    return h("div", h("label", label, for_=id), *control, class_="sheet-field")


def _read(one: Persona) -> Html:
    copy = {"data_on": "click:personas:duplicate", "data_arg": one.id}
    why = t("personas.read_only") if one.id.startswith(CAME_ALONG) else t("personas.of_catalog")
    return join(
        h("p", one.about) if one.about else None,
        h("h3", t("personas.instructions")),
        h("p", one.instructions, class_="persona-told", dir="auto"),
        h("p", t("personas.tokens", count=estimate_tokens(one.instructions)), class_="note"),
        h("p", why, class_="note"),
        h("div", _button(t("personas.duplicate"), "persona-copy", **copy), class_="actions"),
    )
