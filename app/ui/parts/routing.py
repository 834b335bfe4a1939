"""Smart routing in Settings: the switch, how much may go to a cloud, what was learned, a dry run, a replay.

Every sentence about quality is one that `python -m tests routing` measures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.core.html import Html, h, join
from app.core.text import count, money
from app.core.texts import in_a_row
from app.models.routing.policy import Adjustment, adjustment_from
from app.models.routing.replay import Replay
from app.ui.words import words

if TYPE_CHECKING:
    from app.models.routing.decision import Decision
    from app.session import Session
    from app.session.replaying import Compared
    from app.session.replaying import Replaying as Replaying

WORDS = (
    "Automatic chooses a model for each question: easy ones and quick follow-ups stay on this device, and what a "
    "stronger model would do much better may go to a cloud model that you have set up. It decides on this device, asks "
    "no model for that, and shows under each answer why."
)
ASKS = (
    "Once in each chat, before Automatic first sends something of it. Its title and summaries stay on this device "
    "until you have agreed. A cloud model that you choose yourself is not asked about."
)
NEVER = "Private chats, Offline Mode, missing keys and spent budgets come first: then nothing goes to a cloud."
HONEST = (
    "The slider was calibrated on labelled questions of a weak and a strong model. No published data pairs today's "
    "small local models with a current cloud model, and your questions differ from those, so read it as “about”."
)
OUTCOMES = {
    "local regenerated": "answers of this device regenerated",
    "local switched": "answers of this device asked elsewhere",
    "local disliked": "answers of this device called bad",
    "local liked": "answers of this device called good",
    "cloud regenerated": "cloud answers regenerated",
    "cloud switched": "cloud answers asked on this device",
    "cloud disliked": "cloud answers called bad",
    "cloud liked": "cloud answers called good",
}


def smart_routing(session: Session) -> Html:
    """Everything about Automatic."""
    settings = session.state.settings()
    return join(
        switch("smart-routing", "Smart routing", "routing:smart", settings.is_smart),
        h("small", WORDS),
        slider(settings.share),
        switch("quick-stays", "Quick follow-ups stay in the browser", "routing:quick", settings.keeps_quick),
        switch(
            "falls-back",
            "Where a cloud model cannot answer, a model on this device does",
            "routing:fallback",
            settings.falls_back,
        ),
        switch(
            "asks-before-leaving",
            "Ask before a question leaves this device",
            "leave:switch",
            settings.asks_before_leaving,
        ),
        h("small", ASKS),
        h("p", NEVER),
        learned(adjustment_from(settings.learned)),
        dry_run(session),
        replay_part(session),
    )


def switch(id: str, label: str, action: str, is_on: bool) -> Html:
    """One switch with its label."""
    box = h("input", type="checkbox", role="switch", id=id, checked=is_on, data_on=f"change:{action}")
    return h("div", h("label", box, label, for_=id))


def percent_words(share: float) -> str:
    """What a share means."""
    if share <= 0:
        return "nothing goes to the cloud"
    if share >= 1:
        return "everything that no rule forbids goes to the cloud"
    return f"about {share:.0%} of usual questions may go to the cloud".replace("%", " %")


def slider(share: float) -> Html:
    """From cheap to best."""
    field = h(
        "input",
        type="range",
        id="routing-share",
        name="share",
        min=0,
        max=100,
        step=5,
        value=round(share * 100),
        data_on="change:routing:share",
        aria_describedby="routing-share-words routing-honest",
    )
    ends = h("div", h("span", "cheap"), h("span", "best"), class_="ends", aria_hidden="true")
    return h(
        "div",
        h("label", "How much may go to the cloud", for_="routing-share"),
        field,
        ends,
        h("p", h("output", percent_words(share)), id="routing-share-words", role="status"),
        h("small", HONEST, id="routing-honest"),
        id="routing-slider",
    )


def learned(found: Adjustment) -> Html:
    """What outcomes have taught, and the way to forget it."""
    if not found.counts:
        words = "Nothing was learned yet. What you do with automatic answers adjusts your policy a little, here only."
        return h("p", words, id="routing-learned")
    way = "a little less goes to the cloud" if found.shift > 0 else "a little more goes to the cloud"
    if abs(found.shift) < 0.005:
        way = "nothing has changed by it"
    rows = (h("li", f"{number} {OUTCOMES.get(name, name)}") for name, number in found.counts)
    total = sum(number for _, number in found.counts)
    button = h("button", "Forget what was learned", type="button", class_="secondary", data_on="click:routing:reset")
    summary = h("summary", f"Learned from {count(total, 'outcome')}: {way} ({found.shift:+.2f})".replace("-", "−"))
    return h("div", h("details", summary, h("ul", *rows), id="routing-outcomes"), button, id="routing-learned")


# -- a dry run --------------------------------------------------------------------------------------------------------


def dry_run(session: Session) -> Html:
    """Where a question would go. Nothing is asked."""
    part = session.routing
    field = h(
        "input",
        id="routing-try",
        value=part.tried(),
        autocomplete="off",
        placeholder="Prove that the square root of 2 is irrational.",
        data_on="input:routing:dry-run",
        aria_describedby="routing-tried",
    )
    told = would_go(part.preview(part.tried()))
    return h(
        "div",
        h("label", "Try a question", for_="routing-try"),
        field,
        h("p", told, id="routing-tried", role="status"),
        id="routing-dry-run",
    )


def would_go(decision: Decision | None) -> str:
    """The decision in two sentences."""
    if decision is None:
        return "It shows where a first question would go. Nothing is asked."
    if decision.winner is None:
        return f"Nobody could answer. {words(in_a_row(*decision.reasons))}"
    model = decision.winner.model
    return f"{model.name} would answer ({words(model.where)}). {words(in_a_row(*decision.reasons))}"


# -- the replay -------------------------------------------------------------------------------------------------------


def replay_part(session: Session) -> Html:
    """The last seven days under another policy."""
    part: Replaying = session.replay
    now = round(session.state.settings().share * 100)
    options = (h("option", f"{value} %", value=value, selected=value == now) for value in range(0, 101, 10))
    form = h(
        "form",
        h("label", "Replay the last 7 days at", for_="replay-share"),
        h(
            "div",
            h("select", *options, name="share", id="replay-share"),
            h("button", "Replay", type="submit", class_="secondary"),
            class_="row",
        ),
        data_on="submit:replay:run",
        id="replay-form",
    )
    found, is_busy = part.compared(), part.is_busy()
    shown = h("p", "Deciding again …", role="status") if is_busy else comparison(found) if found else None
    return h("div", form, shown, id="replay")


def comparison(found: Compared) -> Html:
    """As it was, and as it would have been."""
    if not found.before.replies:
        return h("p", "Nothing was answered in the last 7 days.", role="status")
    rows = (("As it was", found.before), (f"At {found.share:.0%}".replace("%", " %"), found.after))
    columns = ("Replies", "To a cloud", "Cost", "Of unknown cost")
    body = (h("tr", h("th", name, scope="row"), *(h("td", cell) for cell in cells(one))) for name, one in rows)
    priced = f"with the prices of {found.priced}" if found.priced else "without a known price: set up a cloud model"
    words = f"The last 7 days, decided again {priced}. Nothing was asked; tokens are those of the real replies."
    table = h(
        "table",
        h("caption", words),
        h("thead", h("tr", h("td"), *(h("th", name, scope="col") for name in columns))),
        h("tbody", *body),
    )
    use = h(
        "button",
        "Use this policy",
        type="button",
        class_="secondary",
        data_on="click:replay:use",
        data_arg=str(round(found.share * 100)),
    )
    return h("div", h("div", table, class_="figures", tabindex=0), use, role="status")


def cells(one: Replay) -> tuple[str, str, str, str]:
    """Replies, to a cloud, cost, unknown."""
    about = "about " if one.estimated else ""
    known = money(one.micros) if one.unknown < one.to_cloud or not one.to_cloud else "unknown"
    return (
        f"{one.replies:,}",
        f"{one.to_cloud:,}",
        f"{about}{known}" if known != "unknown" else known,
        f"{one.unknown:,}",
    )
