"""The device check as a list of facts with a mark each."""

from __future__ import annotations

from app.core.html import Html, h, join
from app.core.values import Battery, DeviceFacts
from app.models.device.check import checks, headline

MARKS = {"ok": "✓", "missing": "✗", "unknown": "?"}
SAYS = {"ok": "fine", "missing": "missing", "unknown": "not known"}


def device_region(
    facts: DeviceFacts | None, memory_gb: float, battery: Battery | None = None, advice: Html | None = None
) -> Html:
    """`region "This device"`: what works here, what is missing, what to do, which models to use."""
    again = h("button", "Check again", type="button", class_="quiet", data_on="click:models:check", id="check-again")
    if facts is None:
        body: Html = h("p", "Asking the browser …")
    else:
        rows = (
            h(
                "div",
                h("dt", h("span", MARKS[check.state], aria_label=SAYS[check.state], role="img"), " ", check.name),
                h("dd", check.text, h("p", check.cure, class_="cure") if check.cure else None),
                data_state=check.state,
            )
            for check in checks(facts, battery)
        )
        body = join(h("p", headline(facts)), h("dl", *rows, class_="facts"), memory_field(memory_gb), advice)
    return h("section", h("h2", "This device"), body, again, aria_label="This device", id="device")


def memory_field(memory_gb: float) -> Html:
    """Browsers round this computer's memory: the person may know better."""
    field = h(
        "input",
        type="number",
        id="memory-gb",
        value=f"{memory_gb:g}" if memory_gb else "",
        min=0,
        step="any",
        placeholder="as the browser says",
        data_on="change:models:memory",
    )
    return h("div", h("label", "Memory of this computer (GB)", for_="memory-gb"), field, class_="correction")
