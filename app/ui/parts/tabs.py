"""Tabs: one panel of several is shown, and the address names which.

    shown = (Tab("device", "On this device", "#/models"), Tab("discover", "Discover", "#/models/discover"))
    tabs("Models", shown, "device", "models-panel")             # the row of tabs
    tab_panel("models-panel", "device", html)                   # what the chosen one shows

Arrows, Home and End walk (static/js/page/tablist.js); a tab is chosen as soon as it has the focus.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.html import Child, Html, h


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: its id (unique on the page), its label, and the address that shows it."""

    id: str
    label: str
    address: str


def tabs(name: str, shown: Sequence[Tab], chosen: str, panel_id: str) -> Html:
    """`tablist` of this name with `chosen` selected. `panel_id` is the id of the panel that they share."""
    return h(
        "div",
        *(_tab(one, one.id == chosen, panel_id) for one in shown),
        role="tablist",
        aria_label=name,
        class_="tabs",
        id=f"{panel_id}-tabs",
    )


def _tab(one: Tab, is_chosen: bool, panel_id: str) -> Html:
    return h(
        "button",
        one.label,
        type="button",
        role="tab",
        id=f"tab-{one.id}",
        aria_selected="true" if is_chosen else "false",
        aria_controls=panel_id if is_chosen else None,
        tabindex=0 if is_chosen else -1,
        data_on="click:page:visit",
        data_arg=one.address,
    )


def tab_panel(panel_id: str, chosen: str, *children: Child) -> Html:
    """The panel, named by the chosen tab."""
    return h("div", *children, role="tabpanel", aria_labelledby=f"tab-{chosen}", id=panel_id)
