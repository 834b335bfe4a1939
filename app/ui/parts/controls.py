"""Buttons and fields that look alike wherever they are.

button("Try again", "click:chat:again", live.turn_id)
icon_button("x", "Close", "click:app:dismiss", notice.id)
typed_input("model", "price-model", "openai:gpt-5-mini", list="price-models")
"""

from __future__ import annotations

from app.core.html import Attribute, Html, h
from app.ui.icons import Icon, icon


def button(label: str, on: str, arg: str, **more: str | bool) -> Html:
    """A secondary button: the action `on` is done with `arg`."""
    return h("button", label, type="button", class_="secondary", data_on=on, data_arg=arg, **more)


def icon_button(
    sign: Icon | Html, label: str, on: str | None = None, arg: str | None = None, **more: Attribute
) -> Html:
    """A button that is only a sign, an icon by its name or drawn; `label` is what it is called, and its tip."""
    face = sign if isinstance(sign, Html) else icon(sign)
    attributes: dict[str, Attribute] = {"class_": "bare", "title": label, **more}
    return h("button", face, type="button", data_on=on, data_arg=arg, aria_label=label, **attributes)


def typed_input(name: str, id: str, example: str, **more: str) -> Html:
    """A required field for what nobody should correct or complete: names, addresses."""
    more |= {"placeholder": example, "autocomplete": "off", "spellcheck": "false"}
    return h("input", name=name, id=id, required=True, **more)
