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
from app.core.text import duration, money
from app.core.values import Usage
from app.models.routing.decision import Candidate, Decision, decision_from
from app.models.routing.evidence import Evidence
from app.study.chats import Turn
from app.ui.words import words

#: micros that a model would have charged for these tokens, None where nobody knows
WouldCost = Callable[[str, Usage], "int | None"]
PLACES = {
    Place.BROWSER: "this browser",
    Place.COMPUTER: "this computer",
    Place.NETWORK: "your network",
    Place.CLOUD: "cloud",
}
MOST_EVIDENCE = 4


def receipt(turn: Turn, would_cost: WouldCost) -> Html:
    """The whole receipt; a sentence where it cannot be read."""
    try:
        decision = decision_from(turn.receipt or {})
    except Damaged:
        return h("p", "This receipt cannot be read.", class_="note")
    return h(
        "section",
        h("p", h("strong", "Why this model")),
        h("ul", *(h("li", words(reason)) for reason in decision.reasons)),
        scores(decision),
        candidates(decision, turn, would_cost),
        ask_others(decision, turn),
        opinion(turn),
        class_="routing",
        aria_label="Routing receipt",
        id=f"rr-{turn.id}",
    )


def scores(decision: Decision) -> Html:
    """Both signals and the follow-up score, each with what it is made of."""
    rows = (
        ("Worth escalating", decision.worth, decision.worth_why),
        ("Difficulty", decision.difficulty, decision.difficulty_why),
        ("Goes on with the talk", decision.follow_up, decision.follow_up_why),
    )
    body = (
        h("tr", h("th", name, scope="row"), h("td", f"{score:.2f}"), h("td", made_of(why))) for name, score, why in rows
    )
    words = f"What was seen in the question, from 0 to 1. Your policy escalates above {decision.threshold:.2f}."
    head = h("tr", *(h("th", name, scope="col") for name in ("Signal", "Score", "Made of")))
    return h("div", h("table", h("caption", words), h("thead", head), h("tbody", *body)), class_="signals", tabindex=0)


def made_of(why: Iterable[Evidence]) -> str:
    """The strongest evidence in words."""
    parts = [f"{one.says} {one.amount:+.2f}".replace("-", "−") for one in tuple(why)[:MOST_EVIDENCE]]
    return ", ".join(parts) or "nothing that counts"


def candidates(decision: Decision, turn: Turn, would_cost: WouldCost) -> Html:
    """Who could have answered: what was expected of each, what it would have cost, and why it was not chosen."""
    columns = ("Model", "Runs in", "Ability", "Expected cost", "Expected time", "This reply there", "Chosen")
    head = h("tr", *(h("th", name, scope="col") for name in columns))
    body = (row(one, decision, turn, would_cost) for one in decision.candidates)
    caption = h("caption", "Who could have answered. “This reply there” takes its real tokens at today's prices.")
    return h("div", h("table", caption, h("thead", head), h("tbody", *body)), class_="figures", tabindex=0)


def runs_in(one: Candidate) -> str:
    """Where a candidate runs. A server that the person runs may be on another computer."""
    return PLACES[one.model.place if one.place == "ollama" else Place(one.place)]


def row(one: Candidate, decision: Decision, turn: Turn, would_cost: WouldCost) -> Html:
    """One candidate; the winner is marked."""
    is_winner = decision.winner is not None and one.model.id == decision.winner.model.id
    ability = "unknown" if one.quality is None else f"{one.quality:.2f}"
    time = "unknown" if one.seconds is None else duration(one.seconds)
    there = cost(would_cost(one.model.id, turn.usage), one)
    why = "yes" if is_winner else words(one.blocked) or "no"
    cells = (runs_in(one), ability, cost(one.cost_usd_micros, one), time, there, why)
    return h(
        "tr",
        h("th", h("strong", one.model.name) if is_winner else one.model.name, scope="row"),
        *(h("td", cell) for cell in cells),
    )


def cost(micros: int | None, one: Candidate) -> str:
    """Money, "free" on this device, "unknown" where nobody knows."""
    if not one.is_away:
        return "free"
    return "unknown" if micros is None else money(micros)


def others(decision: Decision) -> list[Candidate]:
    """Whom one tap may ask: the best of the other side first, then the rest; never what is barred."""
    winner = decision.winner
    free = [
        one for one in decision.candidates if (winner is None or one.model.id != winner.model.id) and not one.is_barred
    ]
    return sorted(free, key=lambda one: winner is not None and one.is_away == winner.is_away)


def ask_others(decision: Decision, turn: Turn) -> Html | None:
    """One tap asks another model the same question; a tap is consent."""
    found = others(decision)
    buttons = [
        h(
            "button",
            f"Ask {one.model.name}" + (f" ({one.model.where})" if one.is_away else ""),
            type="button",
            class_="secondary",
            data_on="click:chat:ask-other",
            data_arg=f"{turn.id} {one.model.id}",
        )
        for one in found
    ]
    if len(buttons) > 1:
        more = h("details", h("summary", "Ask another"), h("div", *buttons[1:], class_="actions"), id=f"ro-{turn.id}")
        return h("div", h("div", buttons[0], class_="actions"), more)
    return h("div", *buttons, class_="actions") if buttons else None


def opinion(turn: Turn) -> Html:
    """What the person thinks of the answer; it adjusts their own policy a little."""

    def button(label: str, action: str) -> Html:
        return h("button", label, type="button", class_="quiet", data_on=f"click:{action}", data_arg=turn.id)

    words = h("small", "Noted on this device only; it adjusts your policy a little.")
    return join(
        h("div", button("Good answer", "routing:good"), button("Bad answer", "routing:bad"), words, class_="actions")
    )
