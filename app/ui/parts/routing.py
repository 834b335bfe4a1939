"""Smart routing in Settings: the switch, how much may go to a cloud, what was learned, a dry run, a replay.

Every sentence about quality is one that `python -m tests routing` measures.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from app.core.html import Html, h, join
from app.core.texts import Dollars, Percent, Text, in_a_row
from app.models.routing.policy import Adjustment, adjustment_from, range_of
from app.models.routing.replay import Replay
from app.ui.parts.setting import card, field, line, switch
from app.ui.words import t, words

if TYPE_CHECKING:
    from app.models.routing.decision import Candidate, Decision
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
MOST_ABILITIES = 30
NO_SHIFT = 0.005  # what is less is no whole per cent


def smart_routing(session: Session) -> Html:
    """Everything about Automatic."""
    settings = session.state.settings()
    asks, fallback, quick = (
        t("routing_page.asks_about"),
        t("routing_page.fallback_about"),
        t("routing_page.quick_about"),
    )
    return join(
        card(
            switch(
                "smart-routing",
                t("routing_page.smart"),
                "routing:smart",
                settings.is_smart,
                about=t("routing_page.about"),
            ),
            slider(session),
            switch(
                "asks-before-leaving",
                t("routing_page.asks"),
                "leave:switch",
                settings.asks_before_leaving,
                about=asks,
            ),
            switch("quick-stays", t("routing_page.quick"), "routing:quick", settings.keeps_quick, about=quick),
            switch("falls-back", t("routing_page.fallback"), "routing:fallback", settings.falls_back, about=fallback),
            learned(adjustment_from(settings.learned)),
            abilities(session),
        ),
        h("p", t("routing_page.never"), class_="note"),
    )


def percent_words(session: Session) -> str:
    """What the share means, for the models that there are; for the person's own questions once they were looked at."""
    settings, compared = session.state.settings(), session.replay.compared()
    share = settings.share
    if share <= 0:
        return t("routing_page.nothing_goes")
    if share >= 1:
        return t("routing_page.everything_goes")
    own = compared.after if compared and compared.share == share else Replay()
    shift = adjustment_from(settings.learned).shift
    low, high = map(percent, range_of(share, shift, session.routing.gap(), own.replies, own.to_cloud))
    if own.replies:
        return t("routing_page.own_share_goes", low=low, high=high)
    return t("routing_page.share_goes", low=low, high=high)


def percent(share: float) -> Percent:
    """A share, rounded to a whole per cent."""
    return Percent(round(share * 100))


def slider(session: Session) -> Html:
    """From never to always, and what that would have meant for the last days."""
    share = session.state.settings().share
    control = h(
        "input",
        type="range",
        id="routing-share",
        name="share",
        min=0,
        max=100,
        step=5,
        value=round(share * 100),
        data_on="change:routing:share",
        aria_describedby="routing-share-words",
    )
    ends = h(
        "div", h("span", t("routing_page.cheap")), h("span", t("routing_page.best")), class_="ends", aria_hidden="true"
    )
    return h(
        "div",
        h("label", t("routing_page.how_much"), for_="routing-share"),
        control,
        ends,
        h(
            "div",
            h("p", h("output", percent_words(session)), id="routing-share-words", role="status"),
            " ",
            replay_part(session),
            class_="setting-well",
        ),
        class_="setting wide",
        id="row-routing-share",
    )


def learned(found: Adjustment) -> Html:
    """What outcomes have taught, and the way to forget it."""
    id, name = "routing-learned", t("routing_page.learns")
    if not found.counts:
        return line(id, name, about=t("routing_page.not_learned"))
    rows = (h("li", outcome(name, number)) for name, number in found.counts)
    forget = h("button", t("routing_page.forget"), type="button", data_on="click:routing:reset", id=id)
    told = direction(found.shift, sum(number for _, number in found.counts))
    more = h("details", h("summary", t("routing_page.outcomes")), h("ul", *rows), id="routing-outcomes")
    return line(id, name, forget, more, about=told)


def abilities(session: Session) -> Html:
    """How good each model's answers are thought to be, and the person's own word instead."""
    own = session.state.settings().abilities
    rows = [
        h("p", h("label", one.model.name, for_=f"ability-{number}"), " ", _ability(f"ability-{number}", one, own))
        for number, one in enumerate(session.routing.candidates()[:MOST_ABILITIES])
    ]
    id, shown = "routing-abilities", rows or (h("p", t("routing_page.nobody")),)
    more = h("details", h("summary", t("routing_page.abilities_show")), *shown, id=id)
    return line(id, t("routing_page.abilities"), more, about=t("routing_page.abilities_about"))


def _ability(id: str, one: Candidate, own: Mapping[str, float]) -> Html:
    told = own.get(one.model.id)
    return h(
        "input",
        type="number",
        id=id,
        min=0,
        max=100,
        inputmode="numeric",
        value="" if told is None else round(told * 100),
        placeholder=t("receipt.unknown") if one.quality is None else round(one.quality * 100),
        data_on="change:routing:ability",
        data_arg=one.model.id,
    )


def direction(shift: float, count: int) -> str:
    """Which way so many outcomes have moved the policy."""
    change = percent(abs(shift))
    if abs(shift) < NO_SHIFT:
        return t("routing_page.learned_nothing", count=count)
    return t("routing_page.learned_less" if shift > 0 else "routing_page.learned_more", count=count, change=change)


def outcome(name: str, count: int) -> str:
    """How often something was done after an automatic answer."""
    told = OUTCOMES.get(tuple(name.split()))
    return words(told(count) if told else Text("routing_page.other_outcome", count=count, name=name))


# -- a dry run --------------------------------------------------------------------------------------------------------


def dry_run(session: Session) -> Html:
    """Where a question would go. Nothing is asked."""
    part = session.routing
    control = h(
        "input",
        id="routing-try",
        value=part.tried(),
        autocomplete="off",
        placeholder=t("routing_page.example"),
        data_on="input:routing:dry-run",
        aria_describedby="routing-tried",
        dir="auto",
    )
    told = h("p", would_go(part.preview(part.tried())), id="routing-tried", role="status", class_="setting-well")
    return card(field("routing-try", t("routing_page.try"), join(control, told), is_wide=True))


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
    """The last seven days under this policy, once the person asks for it."""
    part: Replaying = session.replay
    share = session.state.settings().share
    found, is_busy = part.compared(), part.is_busy()
    if is_busy:
        return h("p", t("routing_page.deciding"), role="status", id="replay")
    if found and found.share == share:
        return h("p", *(words(one) + " " for one in comparison(found)), role="status", id="replay")
    form = h(
        "form",
        h("input", type="hidden", name="share", value=round(share * 100)),
        h("button", t("routing_page.preview"), type="submit", class_="link"),
        data_on="submit:replay:run",
    )
    return h("div", h("p", t("routing_page.preview_about")), " ", form, id="replay")


def comparison(found: Compared) -> tuple[Text, ...]:
    """As it would have been, as it was, and by which prices."""
    after, before = found.after, found.before
    if not before.replies:
        return (Text("routing_page.no_replies"),)
    would = Text("routing_page.would_have", to_cloud=after.to_cloud, count=after.replies, cost=cost(after))
    was = Text("routing_page.as_it_was", to_cloud=before.to_cloud, cost=cost(before))
    if found.priced:
        return would, was, Text("routing_page.priced", model=found.priced)
    return would, was, Text("routing_page.unpriced")


def cost(one: Replay) -> Text:
    """What the replies to a cloud cost, as far as it is known."""
    if one.to_cloud and one.unknown >= one.to_cloud:
        return Text("routing_page.unknown")
    known = Text("routing_page.cost", cost=Dollars(one.micros))
    if one.estimated:
        known = Text("routing_page.about_cost", cost=Dollars(one.micros))
    return Text("routing_page.and_unknown", cost=known, count=one.unknown) if one.unknown else known


def automatic_state(session: Session) -> Text:
    """The section in two words, for the index."""
    return Text("routing_page.is_on") if session.state.settings().is_smart else Text("routing_page.is_off")
