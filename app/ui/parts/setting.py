"""One setting as a row: what it is called, what it does, its control. Rows stand in cards.

card(
    switch("offline-mode", t("offline.mode"), "offline:switch", is_on, about=t("offline.meaning")),
    field("set-theme", t("settings.theme"), select),
)

`id` is the control's; the row is `row-ID`, so that an address can lead to it, and its description `about-ID`, by which
the control is described (`described`).
"""

from __future__ import annotations

from collections.abc import Iterable

from app.core.html import Child, Html, h
from app.ui.icons import Icon, icon


def card(*rows: Child) -> Html:
    """Rows with lines between them."""
    return h("div", *rows, class_="setting-card")


def heading(name: str) -> Html:
    """What the card below is about."""
    return h("div", h("h3", name), class_="setting-heading")


def described(id: str) -> str:
    """Id of the description of a control."""
    return f"about-{id}"


def switch(id: str, name: str, action: str, is_on: bool, *, about: str = "") -> Html:
    """A setting that is on or off; a press anywhere on the row turns it."""
    box = h(
        "input",
        type="checkbox",
        role="switch",
        id=id,
        checked=is_on,
        data_on=f"change:{action}",
        aria_describedby=described(id) if about else None,
    )
    return _row(id, h("label", name, for_=id), about, box, class_="setting switching")


def field(id: str, name: str, control: Html, *, about: str = "", is_wide: bool = False) -> Html:
    """A setting with a field; a wide one has it below its name."""
    return _row(id, h("label", name, for_=id), about, control, class_="setting wide" if is_wide else "setting")


def line(id: str, name: str, *controls: Child, about: str = "", sign: Icon | None = None) -> Html:
    """Something to know, or to do by a button: there is no field that a label could point to."""
    return _row(id, h("p", name, class_="name"), about, *controls, class_="setting", sign=sign)


def _row(id: str, name: Html, about: str, *controls: Child, class_: str, sign: Icon | None = None) -> Html:
    told = h("small", about, id=described(id)) if about else None
    return h("div", icon(sign) if sign else None, h("div", name, told), *controls, class_=class_, id=f"row-{id}")


def select(id: str, options: Iterable[Child], on: str, arg: str | None = None, *, about: str = "") -> Html:
    """A field to choose from: a change does `on` with the value, and with `arg` where there is one."""
    return h(
        "select",
        *options,
        id=id,
        data_on=f"change:{on}",
        data_arg=arg,
        aria_describedby=described(id) if about else None,
    )
