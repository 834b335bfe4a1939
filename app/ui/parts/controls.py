"""Buttons and fields that look alike wherever they are.

button("Try again", "click:chat:again", live.turn_id)
typed_input("model", "price-model", "openai:gpt-5-mini", list="price-models")
"""

from __future__ import annotations

from app.core.html import Html, h


def button(label: str, on: str, arg: str, **more: str | bool) -> Html:
    """A secondary button: the action `on` is done with `arg`."""
    return h("button", label, type="button", class_="secondary", data_on=on, data_arg=arg, **more)


def typed_input(name: str, id: str, example: str, **more: str) -> Html:
    """A required field for what nobody should correct or complete: names, addresses."""
    more |= {"placeholder": example, "autocomplete": "off", "spellcheck": "false"}
    return h("input", name=name, id=id, required=True, **more)
