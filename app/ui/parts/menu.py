"""A button that opens a menu: a popover with one action a line.

    menu("menu-c1", "Menu of Rivers", Item("Rename", "chat:rename", "c1", "pencil"), Item("Delete", …, is_danger=True))

It shuts with Esc, with a click elsewhere, and when another opens; arrows, Home, End and first letters walk in it, and
the focus goes back to its button (static/js/page/menu.js).
"""

from __future__ import annotations

from dataclasses import dataclass

from app.core.html import Html, h
from app.ui.icons import Icon, icon
from app.ui.parts.controls import icon_button


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a menu. `action` is done with `arg`; where `is_on` is given the line is a switch, and its action
    takes the new state. One that `is_off` stays and does nothing; `ask` is asked first. `more` is the class of the
    line. Instead of doing `action`, `pick` clicks the file field of that id, and `chooser` lets the person choose a
    file on disk for that action."""

    label: str
    action: str
    arg: str = ""
    icon: Icon | None = None
    is_danger: bool = False
    is_off: bool = False
    is_on: bool | None = None
    ask: str = ""
    more: str = ""
    pick: str = ""
    chooser: str = ""


def menu(id: str, name: str, *items: Item | None, face: Html | None = None, kind: str = "bare") -> Html:
    """The button ⋯, named `name`, and its menu of the element id `id`. None draws a line between items; `face` is what
    the button shows instead of the dots, `kind` its class."""
    tip = None if face else name
    button = icon_button(face or "ellipsis", name, class_=kind, title=tip, popovertarget=id, aria_haspopup="menu")
    lines = (h("hr") if item is None else _line(item) for item in items)
    return h(
        "span",
        button,
        h("div", *lines, id=id, popover=True, role="menu", aria_label=name, class_="menu", data_beside=True),
        class_="opens",
    )


def _line(item: Item) -> Html:
    kinds = " ".join(filter(None, ("danger" if item.is_danger else "", item.more)))
    return h(
        "button",
        icon(item.icon) if item.icon else None,
        h("span", item.label),
        icon("check") if item.is_on else None,
        type="button",
        role="menuitem" if item.is_on is None else "menuitemcheckbox",
        tabindex=-1,
        class_=kinds or None,
        aria_checked=None if item.is_on is None else "true" if item.is_on else "false",
        aria_disabled="true" if item.is_off else None,
        data_pick=item.pick or None,
        data_chooser=item.chooser or None,
        data_on=None if item.is_off or not item.action else f"click:{item.action}",
        data_arg=item.arg or None,
        data_ask=item.ask or None,
    )
