"""HTML as strings, escaped by default.

    h("button", "Send", type="submit", data_on="click:send", disabled=False)
    # <button type="submit" data-on="click:send">Send</button>

Children that are `Html` pass as they are, everything else is escaped. `None` and `False` children and attributes
vanish; `True` attributes stand alone. An underscore in an attribute's name becomes a hyphen; a trailing one is dropped
(`class_`, `for_`).
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TypeAlias

VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})


class Html(str):
    """A string that is safe to paint: made by `h`, or by a renderer that escapes everything itself."""

    __slots__ = ()


Child: TypeAlias = "str | int | float | bool | Iterable[Child] | None"
Attribute: TypeAlias = str | int | float | bool | None


def h(tag: str, *children: Child, **attributes: Attribute) -> Html:
    """One element. Raises ValueError for a void element with children."""
    parts = [f"<{tag}"]
    for name, value in attributes.items():
        if value is None or value is False:
            continue
        name = name.rstrip("_").replace("_", "-")
        parts.append(f" {name}" if value is True else f' {name}="{escape(str(value))}"')
    parts.append(">")
    if tag in VOID:
        if children:
            raise ValueError(f"<{tag}> holds no children")
        return Html("".join(parts))
    _add(parts, children)
    parts.append(f"</{tag}>")
    return Html("".join(parts))


def join(*children: Child) -> Html:
    """Several children without an element around them."""
    parts: list[str] = []
    _add(parts, children)
    return Html("".join(parts))


def _add(parts: list[str], children: Iterable[Child]) -> None:
    for child in children:
        if child is None or isinstance(child, bool):
            continue
        if isinstance(child, Html):
            parts.append(child)
        elif isinstance(child, str):
            parts.append(escape(child))
        elif isinstance(child, (int, float)):
            parts.append(str(child))
        else:
            _add(parts, child)
