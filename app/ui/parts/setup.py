"""The first run's dialog, which stands above the conversation and blocks nothing."""

from __future__ import annotations

from app.core.html import Child, Html, h, join
from app.core.text import size
from app.core.texts import in_a_row
from app.models.device.check import headline
from app.models.device.setup import Choice, choices, why_not_bigger
from app.session import Session
from app.ui.parts.progress import progress
from app.ui.parts.status import WORDS
from app.ui.words import words

STEPS = ("device", "pick", "fetch")
NEXT = "setup-next"  # the button that goes on has one id in all steps, so that the focus stays on it


def setup_dialog(session: Session) -> Html:
    """The step that is on show."""
    step = session.state.setup()
    drawn = {"device": device, "pick": pick, "fetch": fetch}[step](session)
    return h(
        "dialog",
        h("h2", "Set up local models", id="setup-title"),
        h("p", f"Step {STEPS.index(step) + 1} of {len(STEPS)}", class_="quiet"),
        drawn,
        id="setup",
        open=True,
        aria_labelledby="setup-title",
    )


def _later(label: str = "Not now") -> Html:
    return h("button", label, type="button", class_="quiet", data_on="click:setup:later", id="setup-later")


def _buttons(*buttons: Child) -> Html:
    return h("div", *buttons, class_="actions")


def device(session: Session) -> Html:
    """What this browser can do."""
    facts = session.state.facts()
    if facts is None:
        return join(h("p", "Asking the browser …"), _buttons(_later()))
    memory = session.state.settings().memory_gb or facts.memory_gb
    lines = [
        headline(facts),
        f"Memory: at least {memory:g} GB." if memory else "This browser does not tell how much memory there is.",
        f"Space: the browser promises this site up to {size(facts.quota_bytes)}." if facts.quota_bytes else "",
    ]
    words = "Models run on this device: your words stay here, and it works without a network."
    on = h("button", "Continue", type="button", data_on="click:setup:pick-step", id=NEXT)
    return join(h("p", words), h("ul", *(h("li", line) for line in lines if line)), _buttons(on, _later()))


def pick(session: Session) -> Html:
    """What fits here, with the reason; the best is picked already."""
    facts = session.state.facts()
    if facts is None:
        return device(session)
    offered = choices(session.state.rows(), facts, session.state.settings().memory_gb)
    why_not = why_not_bigger(facts)
    return h(
        "form",
        h("fieldset", h("legend", "What fits this device"), *(_choice(one) for one in offered)),
        h("p", why_not, class_="quiet") if why_not else None,
        _buttons(h("button", "Get it", type="submit", id=NEXT), _later()),
        data_on="submit:setup:pick",
        data_escape="setup:later",
        id="setup-form",
    )


def _choice(one: Choice) -> Html:
    field = h(
        "input",
        type="radio",
        name="choice",
        required=True,
        value=one.id,
        checked=one.is_best,
        id=f"setup-{one.id}",
        aria_describedby=f"setup-why-{one.id}",
    )
    name = f"{one.name}, {size(one.size_bytes)}" if one.size_bytes else one.name
    mark = " · recommended here" if one.is_best else ""
    why = h("small", one.reason, id=f"setup-why-{one.id}")
    return h("div", h("label", field, name, mark, for_=f"setup-{one.id}"), why)


def fetch(session: Session) -> Html:
    """The download, and the way on once it is here."""
    row = next((row for row in session.state.rows() if row.model.id == session.state.settings().setup_model), None)
    if row is None:
        return pick(session)
    if row.is_ready:
        hello = h("button", "Say hello", type="button", data_on="click:setup:hello", id=NEXT)
        return join(h("p", f"{row.model.name} is here and ready to answer.", role="status"), _buttons(hello, _later()))
    id = row.model.id
    waiting = h("button", "Say hello", type="button", aria_disabled="true", id=NEXT)
    pause = h("button", "Pause", type="button", class_="secondary", data_on="click:models:pause", data_arg=id)
    resume = h("button", "Resume", type="button", class_="secondary", data_on="click:models:download", data_arg=id)
    other = h(
        "button", "Pick another", type="button", class_="quiet", data_on="click:setup:pick-step", id="setup-other"
    )
    problem = f". {words(in_a_row(row.problem.message, row.problem.cure))}" if row.problem else ""
    line = f"{row.model.name}: {words(WORDS[row.status])}{problem}"
    bar = progress(row, f"setup-bar-{id}") if row.is_busy else None
    return join(h("p", line), bar, _buttons(waiting, pause if row.is_busy else resume, other, _later("Close")))
