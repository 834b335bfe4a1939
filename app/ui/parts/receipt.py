"""The receipt of a reply that Automatic chose a model for: what was seen, who could have answered, why the winner won.

    receipt(turn, would_cost)          # inside the reply's details; `would_cost("cloud:openai:gpt-5-mini", usage)`

It is drawn from what was kept with the reply, so it says what was known then; what the others would have cost is
computed with this reply's own tokens at today's prices.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from app.core.html import Html, h, join
from app.core.places import Place
from app.core.shapes import Damaged
from app.core.texts import Change, Dollars, Score, Seconds, Text
from app.core.values import Usage
from app.models.routing.decision import Candidate, Decision, decision_from
from app.models.routing.evidence import Evidence
from app.study.chats import Turn
from app.ui.words import t, words

#: micros that a model would have charged for these tokens, None where nobody knows
WouldCost = Callable[[str, Usage], "int | None"]
PLACES = {
    Place.BROWSER: Text("receipt.browser"),
    Place.COMPUTER: Text("receipt.computer"),
    Place.NETWORK: Text("receipt.network"),
    Place.CLOUD: Text("receipt.cloud"),
}
MOST_EVIDENCE = 4


def receipt(turn: Turn, would_cost: WouldCost) -> Html:
    """The whole receipt; a sentence where it cannot be read."""
    try:
        decision = decision_from(turn.receipt or {})
    except Damaged:
        return h("p", t("receipt.unreadable"), class_="note")
    return h(
        "section",
        h("p", h("strong", t("receipt.why"))),
        h("ul", *(h("li", words(reason)) for reason in decision.reasons)),
        scores(decision),
        candidates(decision, turn, would_cost),
        ask_others(decision, turn),
        opinion(turn),
        class_="routing",
        aria_label=t("receipt.title"),
        id=f"rr-{turn.id}",
    )


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
    return h("div", h("table", caption, h("thead", head), h("tbody", *body)), class_="signals", tabindex=0)


def made_of(why: Iterable[Evidence]) -> str:
    """The strongest evidence in words."""
    parts = [t("receipt.evidence", says=one.says, amount=Change(one.amount)) for one in tuple(why)[:MOST_EVIDENCE]]
    return t("language.comma").join(parts) or t("receipt.nothing")


def candidates(decision: Decision, turn: Turn, would_cost: WouldCost) -> Html:
    """Each model that was considered: the expected quality, the cost, and why it was not chosen."""
    columns = (
        t("receipt.model"),
        t("receipt.runs_in"),
        t("receipt.ability"),
        t("receipt.expected_cost"),
        t("receipt.expected_time"),
        t("receipt.this_reply"),
        t("receipt.chosen"),
    )
    head = h("tr", *(h("th", name, scope="col") for name in columns))
    body = (row(one, decision, turn, would_cost) for one in decision.candidates)
    caption = h("caption", t("receipt.candidates"))
    return h("div", h("table", caption, h("thead", head), h("tbody", *body)), class_="figures", tabindex=0)


def runs_in(one: Candidate) -> str:
    """Where a candidate runs. A server that the person runs may be on another computer."""
    return words(PLACES[one.model.place if one.place == "ollama" else Place(one.place)])


def row(one: Candidate, decision: Decision, turn: Turn, would_cost: WouldCost) -> Html:
    """One candidate; the winner is marked."""
    is_winner = decision.winner is not None and one.model.id == decision.winner.model.id
    ability = t("receipt.unknown") if one.quality is None else words(Score(one.quality))
    time = t("receipt.unknown") if one.seconds is None else words(Seconds(one.seconds))
    there = cost(would_cost(one.model.id, turn.usage), one)
    why = t("receipt.yes") if is_winner else words(one.blocked) or t("receipt.no")
    cells = (runs_in(one), ability, cost(one.cost_usd_micros, one), time, there, why)
    return h(
        "tr",
        h("th", h("strong", one.model.name) if is_winner else one.model.name, scope="row"),
        *(h("td", cell) for cell in cells),
    )


def cost(micros: int | None, one: Candidate) -> str:
    """Money, free on this device, unknown where nobody knows."""
    if not one.is_away:
        return t("receipt.free")
    return t("receipt.unknown") if micros is None else words(Dollars(micros))


def others(decision: Decision) -> list[Candidate]:
    """Whom one tap may ask: the best of the other side first, then the rest; never what is barred."""
    winner = decision.winner
    free = [
        one for one in decision.candidates if (winner is None or one.model.id != winner.model.id) and not one.is_barred
    ]
    return sorted(free, key=lambda one: winner is not None and one.is_away == winner.is_away)


def ask(one: Candidate) -> str:
    """The button's label; it says where the question goes."""
    model = one.model
    if one.is_away:
        return t("receipt.ask_away", model=model.name, where=model.where)
    return t("receipt.ask", model=model.name)


def ask_others(decision: Decision, turn: Turn) -> Html | None:
    """One tap asks another model the same question; a tap is consent."""
    found = others(decision)
    buttons = [
        h(
            "button",
            ask(one),
            type="button",
            class_="secondary",
            data_on="click:chat:ask-other",
            data_arg=f"{turn.id} {one.model.id}",
        )
        for one in found
    ]
    if len(buttons) > 1:
        more = h(
            "details",
            h("summary", t("receipt.ask_another")),
            h("div", *buttons[1:], class_="actions"),
            id=f"ro-{turn.id}",
        )
        return h("div", h("div", buttons[0], class_="actions"), more)
    return h("div", *buttons, class_="actions") if buttons else None


def opinion(turn: Turn) -> Html:
    """What the person thinks of the answer; it adjusts their own policy a little."""

    def button(label: str, action: str) -> Html:
        return h("button", label, type="button", class_="quiet", data_on=f"click:{action}", data_arg=turn.id)

    good, bad = button(t("receipt.good"), "routing:good"), button(t("receipt.bad"), "routing:bad")
    return join(h("div", good, bad, h("small", t("receipt.noted")), class_="actions"))
