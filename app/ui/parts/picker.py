"""The list in the dialog of the model button."""

from __future__ import annotations

from app.core.html import Html, h
from app.session import Session
from app.ui.icons import icon
from app.ui.model_choice import Entry, Group, groups
from app.ui.words import t


def model_list(session: Session) -> Html:
    """The models that hold the words of the search, by where they run."""
    wanted = (session.state.finding_model() or "").casefold().split()
    chosen = session.state.chosen().id
    shown = [_group(group, chosen, wanted, number) for number, group in enumerate(groups(session, chosen))]
    found = [group for group in shown if group]
    none = None if found else h("p", t("shell.no_model_found"), class_="none", role="presentation")
    return h("div", *found, none, id="models", role="listbox", aria_label=t("shell.models"))


def _group(group: Group, chosen: str, wanted: list[str], number: int) -> Html | None:
    entries = [entry for entry in group.entries if all(word in _text(entry) for word in wanted)]
    if not entries:
        return None
    id = f"models-{number}"
    label = h("p", group.label, id=id, role="presentation") if group.label else None
    made = (_option(entry, entry.id == chosen) for entry in entries)
    return h("div", label, *made, role="group", aria_labelledby=id if label else None, id=f"{id}-group")


def _option(entry: Entry, is_chosen: bool) -> Html:
    action, arg = ("page:visit", entry.cure) if entry.why_not else ("models:choose", entry.id)
    can_act = bool(arg)
    return h(
        "div",
        icon(entry.sign),
        h("span", h("strong", entry.name), " ", h("small", entry.about)),
        icon("check") if is_chosen else None,
        role="option",
        id=f"pick-{entry.id}",
        aria_selected="true" if is_chosen else "false",
        aria_disabled="true" if entry.why_not else None,
        data_on=f"click:{action}" if can_act else None,
        data_arg=arg if can_act else None,
    )


def _text(entry: Entry) -> str:
    return f"{entry.name} {entry.about}".casefold()
