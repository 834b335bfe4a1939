"""The receipt of a reply that Automatic chose a model for: a sentence, why this model, and what was weighed.

    receipt(turn, is_open=True)     # "Answered here: a follow-up question." Hide, with the card "Why this model"
    weighed(turn, would_cost)       # scores and all candidates, among the details; would_cost("cloud:openai:x", usage)

It is drawn from what was kept with the reply, so it says what was known then; what the others would have cost is
computed with this reply's own tokens at today's prices.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from app.core.html import Html, h
from app.core.places import Place
from app.core.shapes import Damaged
from app.core.texts import Change, Dollars, Score, Seconds, Text
from app.core.values import Usage
from app.models.routing.decision import Candidate, Cause, Decision, decision_from
from app.models.routing.evidence import GOES_ON, Evidence
from app.study.chats import Turn
from app.ui.icons import icon
from app.ui.parts.controls import button, icon_button
from app.ui.parts.figures import service_name
from app.ui.words import t, words

#: micros that a model would have charged for these tokens, None where nobody knows
WouldCost = Callable[[str, Usage], "int | None"]
PLACES = {
    Place.BROWSER: Text("receipt.browser"),
    Place.COMPUTER: Text("receipt.computer"),
    Place.NETWORK: Text("receipt.network"),
    Place.CLOUD: Text("receipt.cloud"),
}
ANSWERED = {
    Place.BROWSER: Text("receipt.answered_here"),
    Place.COMPUTER: Text("receipt.answered_computer"),
    Place.NETWORK: Text("receipt.answered_network"),
    Place.CLOUD: Text("receipt.answered_cloud"),
}
#: what a quality is called that is below this, from 0 to 1
QUALITIES = (
    (0.35, Text("receipt.basic")),
    (0.5, Text("receipt.fair")),
    (0.7, Text("receipt.good")),
    (0.85, Text("receipt.very_good")),
)
MOST_EVIDENCE = 4
MOST_REASONS, MOST_ROWS = 2, 3


def receipt(turn: Turn, *, is_open: bool) -> Html:
    """The sentence with its button, and the card where it is open; another sentence where it cannot be read."""
    decision = _decision(turn)
    if decision is None:
        return h("p", t("receipt.unreadable"), class_="because")
    id = f"rr-{turn.id}"
    toggle = h(
        "button",
        t("receipt.hide" if is_open else "receipt.why_button"),
        type="button",
        class_="link",
        data_on="click:turns:why",
        data_arg=turn.id,
        aria_expanded="true" if is_open else "false",
        aria_controls=id if is_open else None,
    )
    sentence = h("p", words(because(decision)), " ", toggle, class_="because")
    # Its id gives the focus back to the button when the card is closed.
    return h("div", sentence, card(decision, turn, id) if is_open else None, id=f"w-{turn.id}")


def _decision(turn: Turn) -> Decision | None:
    try:
        return decision_from(turn.receipt or {})
    except Damaged:
        return None


def because(decision: Decision) -> Text:
    """Who answered and the first reason, in one sentence."""
    winner = decision.winner
    if winner is None:
        return Text("receipt.nobody")
    company = service_name(winner.model.id)
    answered = Text("receipt.answered_by", service=company) if company else ANSWERED[_place(winner)]
    return Text("receipt.because", answered=answered, reason=_first_reason(decision, winner))


#: the first reason in few words, by what caused the decision
CAUSES: Mapping[Cause, Text] = {
    "chosen-away": Text("receipt.chosen_away"),
    "chosen-here": Text("receipt.chosen_here"),
    "small-talk": Text("receipt.small_talk"),
    "hard": Text("receipt.hard"),
    "foreign": Text("receipt.foreign"),
    "better": Text("receipt.better"),
    "generous": Text("receipt.generous"),
    "easy": Text("receipt.easy"),
    "near": Text("receipt.near"),
    "sparing": Text("receipt.sparing"),
    "policy": Text("receipt.stays"),
    "stays": Text("receipt.follow_up"),
    "asks-more": Text("receipt.asks_more"),
    "none-abler": Text("receipt.none_abler"),
    "none-here": Text("receipt.none_here"),
    "none-away": Text("receipt.none_away"),
}


def _first_reason(decision: Decision, winner: Candidate) -> Text:
    if decision.is_fallback:
        return Text("receipt.other_failed")
    return CAUSES.get(decision.cause) or _reason_before(decision, winner)


def _reason_before(decision: Decision, winner: Candidate) -> Text:
    """Of a receipt from before its cause was kept."""
    is_hard, is_follow_up = decision.worth > decision.threshold, decision.follow_up >= GOES_ON
    if winner.is_away:
        if is_hard or not is_follow_up:
            return Text("receipt.hard" if is_hard else "receipt.none_here")
        return Text("receipt.hard_follow_up")
    if decision.threshold >= 1:
        return Text("receipt.stays")
    if is_follow_up and not is_hard:
        return Text("receipt.follow_up")
    return Text("receipt.none_away" if is_hard else "receipt.easy")


def card(decision: Decision, turn: Turn, id: str) -> Html:
    """Why this model: two reasons, who else could have answered, and one tap to ask them."""
    label = t("receipt.why")
    close = icon_button("x", t("receipt.close"), "click:turns:why", turn.id)
    reasons = (h("li", words(reason)) for reason in decision.reasons[:MOST_REASONS])
    return h(
        "section",
        h("div", h("h2", label), close, class_="head"),
        h("ul", *reasons),
        could_have_answered(decision),
        asks(decision, turn),
        class_="why",
        aria_label=label,
        id=id,
    )


def could_have_answered(decision: Decision) -> Html:
    """The winner and those that come next, in words."""
    winner = decision.winner
    near = [one for one in (winner, *others(decision)) if one is not None]
    shown = [*near, *(one for one in decision.candidates if all(one.model.id != it.model.id for it in near))]
    columns = (
        t("receipt.could_have"),
        t("receipt.where"),
        t("receipt.expected_quality"),
        t("receipt.time"),
        t("receipt.cost"),
    )
    head = h("tr", *(h("th", name, scope="col") for name in columns))
    body = (_short_row(one, is_winner=_is(one, winner)) for one in shown[:MOST_ROWS])
    return h("div", h("table", h("thead", head), h("tbody", *body)), class_="scrolls", tabindex=0)


def _short_row(one: Candidate, *, is_winner: bool) -> Html:
    name = one.model.name
    chosen = h("span", t("receipt.chosen"), class_="badge", data_kind="recommended")
    head = (
        (h("strong", name), " ", chosen)
        if is_winner
        else (name, h("small", words(one.blocked)) if one.blocked else None)
    )
    cells = (runs_in(one), quality(one.quality), _seconds(one), cost(one.cost_usd_micros, one))
    return h("tr", h("th", *head, scope="row"), *(h("td", cell) for cell in cells))


def quality(score: float | None) -> str:
    """How good an answer is expected to be, in words."""
    if score is None:
        return t("receipt.unknown")
    return words(next((name for limit, name in QUALITIES if score < limit), Text("receipt.excellent")))


def asks(decision: Decision, turn: Turn) -> Html:
    """One tap asks another model the same question; a tap is consent."""
    found = others(decision)[:1]
    first = (button(ask(one), "click:chat:ask-other", f"{turn.id} {one.model.id}") for one in found)
    another = h(
        "button",
        t("receipt.another"),
        icon("chevron-down"),
        type="button",
        class_="secondary",
        popovertarget="again",
        aria_haspopup="dialog",
        data_on="click:turns:again",
        data_arg=turn.id,
    )
    change = h("a", t("receipt.change"), href="#/settings/automatic")
    return h("div", *first, another, change, class_="actions")


def ask(one: Candidate) -> str:
    """The button's label; it says where the question goes."""
    model = one.model
    if one.is_away:
        return t("receipt.ask_away", model=model.name, where=model.where)
    return t("receipt.ask", model=model.name)


def others(decision: Decision) -> list[Candidate]:
    """Whom one tap may ask: the best of the other side first, then the rest; never what is barred."""
    winner = decision.winner
    free = [one for one in decision.candidates if not (_is(one, winner) or one.is_barred)]
    return sorted(free, key=lambda one: winner is not None and one.is_away == winner.is_away)


def _is(one: Candidate, winner: Candidate | None) -> bool:
    return winner is not None and one.model.id == winner.model.id


# -- among the details ------------------------------------------------------------------------------------------------


def weighed(turn: Turn, would_cost: WouldCost) -> Html | None:
    """The scores, what they are made of, and every model that was considered; None where it cannot be read."""
    decision = _decision(turn)
    if decision is None:
        return None
    return h("div", scores(decision), candidates(decision, turn, would_cost), class_="weighed")


def scores(decision: Decision) -> Html:
    """Both signals and the follow-up score, each with what it is made of."""
    rows = (
        (t("receipt.worth"), decision.worth, decision.worth_why),
        (t("receipt.difficulty"), decision.difficulty, decision.difficulty_why),
        (t("receipt.goes_on"), decision.follow_up, decision.follow_up_why),
    )
    body = (
        h("tr", h("th", name, scope="row"), h("td", words(Score(score))), h("td", made_of(why)))
        for name, score, why in rows
    )
    caption = h("caption", t("receipt.seen", threshold=Score(decision.threshold)))
    columns = (t("receipt.signal"), t("receipt.score"), t("receipt.made_of"))
    head = h("tr", *(h("th", name, scope="col") for name in columns))
    return h("div", h("table", caption, h("thead", head), h("tbody", *body)), class_="scrolls", tabindex=0)


def made_of(why: Iterable[Evidence]) -> str:
    """The strongest evidence in words."""
    parts = [t("receipt.evidence", says=one.says, amount=Change(one.amount)) for one in tuple(why)[:MOST_EVIDENCE]]
    return t("language.comma").join(parts) or t("receipt.nothing")


def candidates(decision: Decision, turn: Turn, would_cost: WouldCost) -> Html:
    """Each model that was considered: the expected quality, the cost, and why it was not chosen."""
    columns = (
        t("receipt.model"),
        t("receipt.where"),
        t("receipt.quality"),
        t("receipt.expected_cost"),
        t("receipt.time"),
        t("receipt.this_reply"),
        t("receipt.chosen"),
    )
    head = h("tr", *(h("th", name, scope="col") for name in columns))
    body = (row(one, decision, turn, would_cost) for one in decision.candidates)
    caption = h("caption", t("receipt.candidates"))
    return h("div", h("table", caption, h("thead", head), h("tbody", *body)), class_="scrolls", tabindex=0)


def runs_in(one: Candidate) -> str:
    """Where a candidate runs. A server that the person runs may be on another computer."""
    company = service_name(one.model.id)
    return t("receipt.cloud_of", service=company) if company else words(PLACES[_place(one)])


def _place(one: Candidate) -> Place:
    return one.model.place if one.place == "ollama" else Place(one.place)


def row(one: Candidate, decision: Decision, turn: Turn, would_cost: WouldCost) -> Html:
    """One candidate; the winner is marked."""
    is_winner = _is(one, decision.winner)
    score = t("receipt.unknown") if one.quality is None else words(Score(one.quality))
    there = cost(would_cost(one.model.id, turn.usage), one)
    why = t("receipt.yes") if is_winner else words(one.blocked) or t("receipt.no")
    cells = (runs_in(one), score, cost(one.cost_usd_micros, one), _seconds(one), there, why)
    return h(
        "tr",
        h("th", h("strong", one.model.name) if is_winner else one.model.name, scope="row"),
        *(h("td", cell) for cell in cells),
    )


def _seconds(one: Candidate) -> str:
    return t("receipt.unknown") if one.seconds is None else words(Seconds(one.seconds))


def cost(micros: int | None, one: Candidate) -> str:
    """Money, free on this device, unknown where nobody knows."""
    if not one.is_cloud:
        return t("receipt.free")
    return t("receipt.unknown") if micros is None else words(Dollars(micros))
