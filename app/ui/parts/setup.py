"""The first run's dialog, which stands above the conversation and blocks nothing."""

from __future__ import annotations

from app.core.html import Child, Html, h, join
from app.core.texts import Gigabytes, Size, in_a_row
from app.models.device.check import headline
from app.models.device.setup import Choice, choices, why_not_bigger
from app.models.store.rows import Row
from app.session import Session
from app.ui.parts.progress import progress
from app.ui.parts.status import WORDS
from app.ui.words import t, words

STEPS = ("device", "pick", "fetch")
NEXT = "setup-next"  # the button that goes on has one id in all steps, so that the focus stays on it


def setup_dialog(session: Session) -> Html:
    """The step that is on show."""
    step = session.state.setup()
    drawn = {"device": device, "pick": pick, "fetch": fetch}[step](session)
    return h(
        "dialog",
        h("h2", t("setup.title"), id="setup-title"),
        h("p", t("setup.step", number=STEPS.index(step) + 1, count=len(STEPS)), class_="quiet"),
        drawn,
        id="setup",
        open=True,
        aria_labelledby="setup-title",
    )


def _later(label: str = "") -> Html:
    return h(
        "button",
        label or t("setup.not_now"),
        type="button",
        class_="quiet",
        data_on="click:setup:later",
        id="setup-later",
    )


def _buttons(*buttons: Child) -> Html:
    return h("div", *buttons, class_="actions")


def device(session: Session) -> Html:
    """What this browser can do."""
    facts = session.state.facts()
    if facts is None:
        return join(h("p", t("device.asking")), _buttons(_later()))
    memory = session.state.settings().memory_gb or facts.memory_gb
    lines = [
        words(headline(facts)),
        t("setup.memory", memory=Gigabytes(memory)) if memory else t("setup.memory_not_told"),
        t("setup.space", size=Size(facts.quota_bytes)) if facts.quota_bytes else "",
    ]
    on = h("button", t("setup.continue"), type="button", data_on="click:setup:pick-step", id=NEXT)
    return join(
        h("p", t("setup.runs_here")), h("ul", *(h("li", line) for line in lines if line)), _buttons(on, _later())
    )


def pick(session: Session) -> Html:
    """What fits here, with the reason; the best is picked already."""
    facts = session.state.facts()
    if facts is None:
        return device(session)
    offered = choices(session.state.rows(), facts, session.state.settings().memory_gb)
    why_not = why_not_bigger(facts)
    return h(
        "form",
        h("fieldset", h("legend", t("setup.what_fits")), *(_choice(one) for one in offered)),
        h("p", words(why_not), class_="quiet") if why_not else None,
        _buttons(h("button", t("setup.get"), type="submit", id=NEXT), _later()),
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
    name = t("setup.sized", name=words(one.name), size=Size(one.size_bytes)) if one.size_bytes else words(one.name)
    mark = f" · {t('setup.recommended')}" if one.is_best else ""
    why = h("small", words(one.reason), id=f"setup-why-{one.id}")
    return h("div", h("label", field, name, mark, for_=f"setup-{one.id}"), why)


def fetch(session: Session) -> Html:
    """The download, and the way on once it is here."""
    row = next((row for row in session.state.rows() if row.model.id == session.state.settings().setup_model), None)
    if row is None:
        return pick(session)
    if row.is_ready:
        hello = h("button", t("setup.say_hello"), type="button", data_on="click:setup:hello", id=NEXT)
        return join(h("p", t("setup.ready", model=row.model.name), role="status"), _buttons(hello, _later()))
    id = row.model.id
    waiting = h("button", t("setup.say_hello"), type="button", aria_disabled="true", id=NEXT)
    other = h(
        "button",
        t("setup.pick_another"),
        type="button",
        class_="quiet",
        data_on="click:setup:pick-step",
        id="setup-other",
    )
    bar = progress(row, f"setup-bar-{id}") if row.is_busy else None
    return join(h("p", _how_far(row)), bar, _buttons(waiting, _pause_or_resume(row), other, _later(t("setup.close"))))


def _how_far(row: Row) -> str:
    name, state = row.model.name, WORDS[row.status]
    if row.problem is None:
        return t("setup.state", model=name, state=state)
    return t("setup.problem", model=name, state=state, problem=in_a_row(row.problem.message, row.problem.cure))


def _pause_or_resume(row: Row) -> Html:
    more = {"type": "button", "class_": "secondary", "data_arg": row.model.id}
    if row.is_busy:
        return h("button", t("setup.pause"), data_on="click:models:pause", **more)
    return h("button", t("setup.resume"), data_on="click:models:download", **more)
