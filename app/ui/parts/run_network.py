"""What a program wants of the network, and what it has reached there: a part of the panel beside the chat.

network(shown)                  # <div id="run-network">: a question with two buttons, a sentence, a list of servers
"""

from __future__ import annotations

from app.core.html import Child, Html, h
from app.core.texts import Size
from app.study.programs import Network, Reached, RunShown, Wanted
from app.ui.words import t


def network(shown: RunShown) -> Html:
    """Nothing where it wants nothing."""
    known, has_run = shown.network, shown.ran is not None and not shown.is_running
    parts: list[Child] = [_question(known.wants, can_allow=known.can_allow) if known.wants else None]
    if known.lacks and not known.wants:
        parts.append(h("p", _lacking(known), class_="note"))
    if known.unknown:
        parts.append(h("p", t("run.unknown", count=len(known.unknown), names=known.unknown), class_="note"))
    if known.refused:
        parts.append(h("p", _refused(known), class_="note"))
    if has_run and (known.lacks or known.refused):
        parts.append(_cure(shown))
    if known.reached:
        rows = [h("li", _reached(one)) for one in known.reached]
        parts.append(h("div", h("p", t("run.reached"), class_="note"), h("ul", *rows), class_="run-reached"))
    return h("div", *parts, id="run-network")


def _reached(one: Reached) -> str:
    if not one.has_answered:
        return t("run.reached_silent", host=one.host)
    return t("run.reached_one", host=one.host, size=Size(one.bytes))


def _cure(shown: RunShown) -> Html | None:
    """Asks again, or leads to where Offline Mode is switched off; nothing helps in a private chat."""
    if shown.network.why == "private":
        return None
    if shown.network.why == "offline":
        return h("a", t("run.offline_settings"), href="#/settings/privacy", role="button", class_="quiet")
    form = f"run-form-{shown.number}"
    return h(
        "button", t("run.ask_again"), type="button", class_="secondary", data_with=form, data_on="click:programs:start"
    )


def _question(wanted: Wanted, *, can_allow: bool) -> Html:
    """What it wants, and the two answers."""
    if wanted.packages:
        told = [
            h("p", t("run.lacks", count=len(wanted.packages), names=wanted.packages)),
            h("p", t("run.wants_packages", host=wanted.host), class_="note"),
        ]
    else:
        told = [h("p", t("run.wants", host=wanted.host)), h("p", t("run.wants_about"), class_="note")]
    allow = h("button", t("run.allow"), type="button", data_on="click:programs:allow", disabled=not can_allow)
    refuse = h("button", t("run.refuse"), type="button", data_on="click:programs:refuse", class_="secondary")
    label = t("run.wants", host=wanted.host)
    return h(
        "div", *told, h("div", allow, refuse, class_="actions"), role="group", aria_label=label, class_="run-wants"
    )


def _lacking(known: Network) -> str:
    count, names = len(known.lacks), known.lacks
    if known.why == "offline":
        return t("run.lacks_offline", count=count, names=names)
    if known.why == "private":
        return t("run.lacks_private", count=count, names=names)
    return t("run.lacks", count=count, names=names)


def _refused(known: Network) -> str:
    if known.why == "offline":
        return t("run.refused_offline", hosts=known.refused)
    if known.why == "private":
        return t("run.refused_private", hosts=known.refused)
    return t("run.refused", hosts=known.refused)
