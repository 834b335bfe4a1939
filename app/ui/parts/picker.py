"""The lists of models to pick from: in the dialog of the model button, and for another answer to the same question."""

from __future__ import annotations

from collections.abc import Callable

from app.core.html import Html, h
from app.session import Session
from app.ui.icons import icon
from app.ui.model_choice import Entry, Group, choosing, groups
from app.ui.words import t


def model_list(session: Session) -> Html:
    """The models that hold the words of the search, by where they run."""
    chosen = session.state.chosen().id
    wanted = session.state.finding_model() or ""
    return _listbox(session, "models", t("shell.models"), wanted, chosen, lambda id: (choosing(session), id))


def again_list(session: Session) -> Html:
    """The models that could answer a reply's question; the one that did is marked."""
    turn_id = session.state.asking_again()
    answered = next((turn.model_id for turn in session.state.turns() if turn.id == turn_id), "")
    wanted = session.state.finding_again()
    act = "chat:ask-other"
    return _listbox(
        session, "again-models", t("chat.pick_again"), wanted, answered, lambda id: (act, f"{turn_id} {id}")
    )


def _listbox(
    session: Session, id: str, label: str, words: str, chosen: str, act: Callable[[str], tuple[str, str]]
) -> Html:
    wanted = words.casefold().split()
    shown = [_group(group, chosen, wanted, f"{id}-{n}", act) for n, group in enumerate(groups(session, chosen))]
    found = [group for group in shown if group]
    none = None if found else h("p", t("shell.no_model_found"), class_="none", role="presentation")
    return h("div", *found, none, id=id, role="listbox", aria_label=label)


def _group(group: Group, chosen: str, wanted: list[str], id: str, act: Callable[[str], tuple[str, str]]) -> Html | None:
    entries = [entry for entry in group.entries if all(word in _text(entry) for word in wanted)]
    if not entries:
        return None
    label = h("p", group.label, id=id, role="presentation") if group.label else None
    made = (_option(entry, entry.id == chosen, id.rpartition("-")[0], act) for entry in entries)
    return h("div", label, *made, role="group", aria_labelledby=id if label else None, id=f"{id}-group")


def _option(entry: Entry, is_chosen: bool, place: str, act: Callable[[str], tuple[str, str]]) -> Html:
    action, arg = ("page:visit", entry.cure) if entry.why_not else act(entry.id)
    can_act = bool(arg)
    return h(
        "div",
        icon(entry.sign),
        h("span", h("strong", entry.name), " ", h("small", entry.about)),
        icon("check") if is_chosen else None,
        role="option",
        id=f"{'pick' if place == 'models' else place}-{entry.id}",
        aria_selected="true" if is_chosen else "false",
        aria_disabled="true" if entry.why_not else None,
        data_on=f"click:{action}" if can_act else None,
        data_arg=arg if can_act else None,
    )


def _text(entry: Entry) -> str:
    return f"{entry.name} {entry.about}".casefold()
