"""Buttons, links, fields and boxes that look alike wherever they are.

button("Try again", "click:chat:again", live.turn_id)
icon_button("x", "Close", "click:app:dismiss", notice.id)
search_field("discover-words", "Find a model", "input:models:search")
outside("Llama 3.2 Community License", model.license_url)
problem_box(row.problem)
typed_input("model", "price-model", "openai:gpt-5-mini", list="price-models")
"""

from __future__ import annotations

from app.core.errors import AppError
from app.core.html import Attribute, Child, Html, h
from app.ui.icons import Icon, icon
from app.ui.words import words


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


def outside(label: str, address: str) -> Html | str:
    """A link that leaves the app, in a tab of its own; only the words where the address is none by https."""
    if not address.startswith("https://"):
        return label
    return h("a", label, href=address, target="_blank", rel="noopener noreferrer")


def search_field(id: str, label: str, on: str, **more: Attribute) -> Html:
    """A field whose words narrow down what stands below it: each change does `on` with them."""
    attributes: dict[str, Attribute] = {"placeholder": label, "autocomplete": "off", **more}
    return h("input", type="search", id=id, aria_label=label, data_on=on, **attributes)


def problem_box(error: AppError, *more: Child, of: str = "") -> Html:
    """What went wrong and what helps, read out at once; `more` follows in the same line. `of` is the name of what
    failed, for readers of the screen: others see it beside the box."""
    name = h("span", of, ": ", class_="visually-hidden", dir="auto") if of else None
    told = h("p", name, h("strong", words(error.message)), " ", words(error.cure), *more)
    return h("div", told, class_="problem", role="alert")


def typed_input(name: str, id: str, example: str, **more: str) -> Html:
    """A required field for what nobody should correct or complete: names, addresses."""
    more |= {"placeholder": example, "autocomplete": "off", "spellcheck": "false"}
    return h("input", name=name, id=id, required=True, **more)
