"""What runs have found out about the claims of a reply: in the panel beside the chat, and under the reply itself.

checked(shown)                      # <div id="run-checked">: each claim with its verdict
bar(turn, is_busy=False)            # "Run to check", and what came of the last time
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.core.html import Html, h
from app.study.chats import Turn
from app.study.checking.checks import checks_of
from app.study.programs import RunShown
from app.study.ran import Finding, Verdict, found_of
from app.ui.icons import Icon, icon
from app.ui.words import t, words

SIGNS: Mapping[Verdict, Icon] = {
    "agrees": "circle-check",
    "rounded": "circle-check",
    "differs": "circle-alert",
    "unknown": "circle-question-mark",
}


def checked(shown: RunShown) -> Html:
    """Nothing where nothing was checked."""
    found = shown.found or shown.before
    if not found:
        return h("div", id="run-checked")
    return h("div", _list(found, has_claim=True), id="run-checked", role="group", aria_label=t("run.checking"))


def _list(found: Iterable[Finding], *, has_claim: bool) -> Html:
    return h("ul", *(_finding(one, has_claim=has_claim) for one in found), class_="findings")


def _finding(one: Finding, *, has_claim: bool) -> Html:
    """A claim with its verdict; of a program that prints something else, what it prints, and beside the chat both."""
    told = h("span", words(one.told))
    if not (one.is_output and one.verdict == "differs"):
        return h("li", icon(SIGNS[one.verdict]), told, data_verdict=one.verdict)
    said = has_claim and h("figure", h("figcaption", t("run.says_prints")), h("pre", one.claim, tabindex="0"))
    got = h("figure", h("figcaption", t("run.prints")), h("pre", one.value, tabindex="0"))
    return h("li", icon(SIGNS[one.verdict]), told, said, got, data_verdict=one.verdict)


def bar(turn: Turn, *, is_busy: bool) -> Html | None:
    """The button, where there is something to check, and what was found out."""
    found = found_of(turn.checked, turn.text)
    if not found and not checks_of(turn.text):
        return None
    label, action = t("run.check_again" if found else "run.check"), "click:programs:check"
    button = h(
        "button",
        label,
        type="button",
        class_="cited-given",
        data_on=action,
        data_arg=turn.id,
        disabled=is_busy,
        aria_controls="source",
    )
    told = h("span", words(found.told)) if found else None
    wrong = _list(found.wrong, has_claim=False) if found and found.wrong else None
    return h("div", h("p", told, button, class_="because cited-line"), wrong)
