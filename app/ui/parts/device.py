"""The device check as a list of facts with a mark each."""

from __future__ import annotations

from collections.abc import Mapping

from app.core.device import Battery
from app.core.html import Html, h, join
from app.core.texts import Text
from app.core.values import DeviceFacts
from app.models.device.check import Check, checks, headline
from app.models.engines.thread_count import NOTHING
from app.ui.words import t, words

MARKS = {
    "ok": ("✓", Text("device.fine")),
    "missing": ("✗", Text("device.missing")),
    "unknown": ("?", Text("device.not_known")),
}


def device_region(
    facts: DeviceFacts | None,
    memory_gb: float,
    battery: Battery | None = None,
    advice: Html | None = None,
    measured: Mapping[int, float] = NOTHING,
) -> Html:
    """`region "This device"`, folded: what works here, what is missing, what to do, which models to use. `measured` is
    the speed of writing by the number of threads."""
    again = h(
        "button",
        t("device.check_again"),
        type="button",
        class_="quiet",
        data_on="click:models:check",
        id="check-again",
    )
    if facts is None:
        body: Html = h("p", t("device.asking"))
    else:
        rows = (_row(check) for check in checks(facts, battery, measured))
        body = join(h("p", words(headline(facts))), h("dl", *rows, class_="facts"), memory_field(memory_gb), advice)
    folded = h("details", h("summary", h("h2", t("device.title"))), body, again, id="device-folded")
    return h("section", folded, aria_label=t("device.title"), class_="folded", id="device")


def _row(check: Check) -> Html:
    sign, says = MARKS[check.state]
    mark = h("span", sign, aria_label=words(says), role="img")
    return h(
        "div",
        h("dt", mark, " ", words(check.name)),
        h("dd", words(check.text), h("p", words(check.cure), class_="cure") if check.cure else None),
        data_state=check.state,
    )


def memory_field(memory_gb: float) -> Html:
    """Browsers round this computer's memory: the person may know better."""
    field = h(
        "input",
        type="number",
        id="memory-gb",
        value=f"{memory_gb:g}" if memory_gb else "",
        min=0,
        step="any",
        placeholder=t("device.your_memory_hint"),
        data_on="change:models:memory",
    )
    return h("div", h("label", t("device.your_memory"), for_="memory-gb"), field, class_="correction")
