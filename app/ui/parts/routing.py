"""Smart routing in Settings: the switch, how much may go to a cloud, what was learned, a dry run, a replay.

Every sentence about quality is one that `python -m tests routing` measures.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from app.core.html import Html, h, join
from app.core.texts import Change, Dollars, Percent, Text, in_a_row
from app.models.routing.policy import Adjustment, adjustment_from
from app.models.routing.replay import Replay
from app.ui.words import t, words

if TYPE_CHECKING:
    from app.models.routing.decision import Decision
    from app.session import Session
    from app.session.replaying import Compared
    from app.session.replaying import Replaying as Replaying

#: by the side that answered and what was done then, how it is told
OUTCOMES: Mapping[tuple[str, ...], Callable[[int], Text]] = {
    ("local", "regenerated"): lambda count: Text("routing_page.local_regenerated", count=count),
    ("local", "switched"): lambda count: Text("routing_page.local_switched", count=count),
    ("local", "disliked"): lambda count: Text("routing_page.local_disliked", count=count),
    ("local", "liked"): lambda count: Text("routing_page.local_liked", count=count),
    ("cloud", "regenerated"): lambda count: Text("routing_page.cloud_regenerated", count=count),
    ("cloud", "switched"): lambda count: Text("routing_page.cloud_switched", count=count),
    ("cloud", "disliked"): lambda count: Text("routing_page.cloud_disliked", count=count),
    ("cloud", "liked"): lambda count: Text("routing_page.cloud_liked", count=count),
}
NO_SHIFT = 0.005  # what is less is no change with two decimals


def smart_routing(session: Session) -> Html:
    """Everything about Automatic."""
    settings = session.state.settings()
    return join(
        switch("smart-routing", t("routing_page.smart"), "routing:smart", settings.is_smart),
        h("small", t("routing_page.about")),
        slider(settings.share),
        switch("quick-stays", t("routing_page.quick"), "routing:quick", settings.keeps_quick),
        switch("falls-back", t("routing_page.fallback"), "routing:fallback", settings.falls_back),
        switch("asks-before-leaving", t("routing_page.asks"), "leave:switch", settings.asks_before_leaving),
        h("small", t("routing_page.asks_about")),
        h("p", t("routing_page.never")),
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
        return t("routing_page.nothing_goes")
    if share >= 1:
        return t("routing_page.everything_goes")
    return t("routing_page.share_goes", share=percent(share))


def percent(share: float) -> Percent:
    """A share, rounded to a whole per cent."""
    return Percent(round(share * 100))


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
    ends = h(
        "div", h("span", t("routing_page.cheap")), h("span", t("routing_page.best")), class_="ends", aria_hidden="true"
    )
    return h(
        "div",
        h("label", t("routing_page.how_much"), for_="routing-share"),
        field,
        ends,
        h("p", h("output", percent_words(share)), id="routing-share-words", role="status"),
        h("small", t("routing_page.honest"), id="routing-honest"),
        id="routing-slider",
    )


def learned(found: Adjustment) -> Html:
    """What outcomes have taught, and the way to forget it."""
    if not found.counts:
        return h("p", t("routing_page.not_learned"), id="routing-learned")
    rows = (h("li", outcome(name, number)) for name, number in found.counts)
    label = t("routing_page.forget")
    button = h("button", label, type="button", class_="secondary", data_on="click:routing:reset")
    summary = h("summary", direction(found.shift, sum(number for _, number in found.counts)))
    return h("div", h("details", summary, h("ul", *rows), id="routing-outcomes"), button, id="routing-learned")


def direction(shift: float, count: int) -> str:
    """Which way so many outcomes have moved the policy."""
    change = Change(shift)
    if abs(shift) < NO_SHIFT:
        return t("routing_page.learned_nothing", count=count, change=change)
    return t("routing_page.learned_less" if shift > 0 else "routing_page.learned_more", count=count, change=change)


def outcome(name: str, count: int) -> str:
    """How often something was done after an automatic answer."""
    told = OUTCOMES.get(tuple(name.split()))
    return words(told(count) if told else Text("routing_page.other_outcome", count=count, name=name))


# -- a dry run --------------------------------------------------------------------------------------------------------


def dry_run(session: Session) -> Html:
    """Where a question would go. Nothing is asked."""
    part = session.routing
    field = h(
        "input",
        id="routing-try",
        value=part.tried(),
        autocomplete="off",
        placeholder=t("routing_page.example"),
        data_on="input:routing:dry-run",
        aria_describedby="routing-tried",
    )
    told = would_go(part.preview(part.tried()))
    return h(
        "div",
        h("label", t("routing_page.try"), for_="routing-try"),
        field,
        h("p", told, id="routing-tried", role="status"),
        id="routing-dry-run",
    )


def would_go(decision: Decision | None) -> str:
    """The decision in two sentences."""
    if decision is None:
        return t("routing_page.dry_run")
    if decision.winner is None:
        return words(in_a_row(Text("routing_page.nobody"), *decision.reasons))
    model = decision.winner.model
    return words(in_a_row(Text("routing_page.would_answer", model=model.name, where=model.where), *decision.reasons))


# -- the replay -------------------------------------------------------------------------------------------------------


def replay_part(session: Session) -> Html:
    """The last seven days under another policy."""
    part: Replaying = session.replay
    now = round(session.state.settings().share * 100)
    options = (h("option", words(Percent(value)), value=value, selected=value == now) for value in range(0, 101, 10))
    form = h(
        "form",
        h("label", t("routing_page.replay_at"), for_="replay-share"),
        h(
            "div",
            h("select", *options, name="share", id="replay-share"),
            h("button", t("routing_page.replay"), type="submit", class_="secondary"),
            class_="row",
        ),
        data_on="submit:replay:run",
        id="replay-form",
    )
    found, is_busy = part.compared(), part.is_busy()
    shown = h("p", t("routing_page.deciding"), role="status") if is_busy else comparison(found) if found else None
    return h("div", form, shown, id="replay")


def comparison(found: Compared) -> Html:
    """As it was, and as it would have been."""
    if not found.before.replies:
        return h("p", t("routing_page.no_replies"), role="status")
    at = t("routing_page.at_share", share=percent(found.share))
    rows = ((t("routing_page.as_it_was"), found.before), (at, found.after))
    columns = (
        t("routing_page.replies"),
        t("routing_page.to_cloud"),
        t("routing_page.cost"),
        t("routing_page.unpriced"),
    )
    body = (h("tr", h("th", name, scope="row"), *(h("td", cell) for cell in cells(one))) for name, one in rows)
    priced, unpriced = Text("routing_page.replayed", model=found.priced), Text("routing_page.replayed_unpriced")
    table = h(
        "table",
        h("caption", words(priced if found.priced else unpriced)),
        h("thead", h("tr", h("td"), *(h("th", name, scope="col") for name in columns))),
        h("tbody", *body),
    )
    use = h(
        "button",
        t("routing_page.use"),
        type="button",
        class_="secondary",
        data_on="click:replay:use",
        data_arg=str(round(found.share * 100)),
    )
    return h("div", h("div", table, class_="figures", tabindex=0), use, role="status")


def cells(one: Replay) -> tuple[str, str, str, str]:
    """Replies, to a cloud, cost, unknown."""
    return (words(one.replies), words(one.to_cloud), cost(one), words(one.unknown))


def cost(one: Replay) -> str:
    """What the replies to a cloud cost, as far as it is known."""
    if one.to_cloud and one.unknown >= one.to_cloud:
        return t("routing_page.unknown")
    known = Dollars(one.micros)
    return t("routing_page.about_cost", cost=known) if one.estimated else words(known)
