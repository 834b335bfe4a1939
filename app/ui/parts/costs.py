"""Costs, for Settings: what was spent, what may be, what was not, by day, model, feature and place.

Every figure says what it is: reported and computed costs as they are, estimates by that word, unknown ones as unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from app.core.html import Html, h, join
from app.core.text import count, file_name, money, percent
from app.models.costs.budget import Spent, Standing
from app.models.costs.choices import Choices
from app.models.costs.ledger import Aspect, Entry, Sum, sums
from app.models.costs.prices import Price
from app.models.costs.savings import OFF_PERCENT, Savings
from app.study.features import FEATURES
from app.ui.parts.cost_charts import DAYS_SHOWN, charts
from app.ui.parts.prices import prices, rates, title_of
from app.ui.parts.unpriced import unpriced
from app.ui.words import words

if TYPE_CHECKING:
    from app.session import Session
    from app.session.costs import Costs, Summary

PLACES = {"browser": "This browser", "ollama": "Ollama and local servers", "cloud": "Cloud"}
ASPECTS: tuple[tuple[Aspect, str], ...] = (
    ("day", "Day"),
    ("model", "Model"),
    ("feature", "Feature"),
    ("place", "Place"),
)


def feature_names() -> dict[str, str]:
    """The features by their ids."""
    return {feature.id: words(feature.name) for feature in FEATURES}


def costs_section(session: Session) -> Html:
    """Everything about costs."""
    costs: Costs = session.costs
    if not costs.is_known():
        return h("p", "Reading the ledger …", class_="note")
    summary, choices, entries, table = costs.summary(), costs.choices(), costs.entries(), costs.table()
    names = PLACES | feature_names() | {row.model.id: row.model.name for row in session.state.rows_at_rest()}
    words = (
        "Replies of this browser, of Ollama and of servers on this computer are free. Each reply is noted on this "
        "device, without its words."
    )
    return join(
        h("p", words),
        totals(summary) if entries else h("p", "Nothing was answered yet.", class_="note"),
        budget_form(choices, summary.standing),
        unpriced(session) if choices.budget.is_set else None,
        savings_part(summary, choices, table.all(costs.today())),
        unfolding("Charts", "costs-charts", charts(entries, names, costs.reference(), choices.power)),
        unfolding("By day, model, feature and place", "costs-by", breakdown(entries, names)),
        unfolding("Prices", "costs-prices-part", [prices(table, costs.today(), is_open=costs.shows_prices())]),
        buttons() if entries else None,
    )


def unfolding(name: str, id: str, children: Iterable[Html]) -> Html | None:
    """What is shown on request; nothing where there is nothing to show."""
    found = tuple(children)
    return h("details", h("summary", name), *found, id=id) if found else None


def totals(summary: Summary) -> Html:
    """Today and this month."""
    return figures("What was answered", "", (("Today", summary.today), ("This month", summary.month)))


def figures(caption: str, first: str, rows: Iterable[tuple[str, Sum]]) -> Html:
    """A table of sums."""
    columns = ("Cost", "Replies", "Tokens in", "Tokens out")
    head = h("th", first, scope="col") if first else h("td")
    body = (
        h(
            "tr",
            h("th", name, scope="row"),
            h("td", cost(item)),
            h("td", f"{item.replies:,}"),
            h("td", f"{item.prompt_tokens:,}"),
            h("td", f"{item.reply_tokens:,}"),
        )
        for name, item in rows
    )
    shown = h(
        "table",
        h("caption", caption),
        h("thead", h("tr", head, *(h("th", name, scope="col") for name in columns))),
        h("tbody", *body),
    )
    return h("div", shown, class_="figures", tabindex=0)


def cost(item: Sum) -> str:
    """Money, and what is not in it."""
    if item.unknown == item.replies and item.replies:
        return "unknown"
    return f"{money(item.micros)} + {item.unknown} unknown" if item.unknown else money(item.micros)


def breakdown(entries: Iterable[Entry], names: Mapping[str, str]) -> Iterable[Html]:
    """One table for each aspect; `names` are what people call features, places and models."""
    found = tuple(entries)
    for aspect, title in ASPECTS if found else ():
        rows = sums(found, aspect)
        if aspect == "day":
            rows = rows[: -DAYS_SHOWN - 1 : -1]  # the newest first
        yield figures(f"By {title.lower()}", title, ((names.get(row.name) or file_name(row.name), row) for row in rows))


# -- budgets ----------------------------------------------------------------------------------------------------------


def budget_form(choices: Choices, standing: Standing) -> Html:
    """Limits for a day and a month, and where they stand."""
    words = "A warning comes at 80 %; at 100 % nothing more is sent to a cloud until the day or month is over."
    return h(
        "form",
        h(
            "div",
            _amount("budget-day", "day", "Cloud budget a day, $", choices.budget.day_micros),
            _amount("budget-month", "month", "Cloud budget a month, $", choices.budget.month_micros),
            h("button", "Set budget", type="submit", class_="secondary"),
            class_="row",
        ),
        h("p", spent("Today", standing.day), " ", spent("This month", standing.month), id="budget-standing"),
        h("small", words, " Empty: no limit."),
        data_on="submit:costs:set-budget",
        id="budget-form",
    )


def _amount(id: str, name: str, label: str, micros: int | None) -> Html:
    value = None if micros is None else money(micros).removeprefix("$").replace(",", "")
    field = h("input", name=name, id=id, value=value, inputmode="decimal", autocomplete="off", placeholder="no limit")
    return h("div", h("label", label, for_=id), field)


def spent(name: str, found: Spent) -> str:
    """Where a day or month stands, in a sentence."""
    words = f"{name}: {money(found.micros)} in clouds"
    if found.limit_micros is not None:
        words += f" of {money(found.limit_micros)}"
        if found.limit_micros and not found.unknown:  # a share of a sum that is not whole would be a lie
            words += f" ({percent(found.micros, found.limit_micros)})"
    if found.unknown:
        words += f", and {count(found.unknown, 'reply', 'replies')} of unknown price that no budget counts"
    return f"{words}. Nothing more is sent." if found.level == "over" else f"{words}."


# -- savings ----------------------------------------------------------------------------------------------------------


def savings_part(summary: Summary, choices: Choices, found: list[Price]) -> Html:
    """The model to compare with, the estimate, and how it was made."""
    return h(
        "div",
        reference_choice(choices, found),
        h("p", savings_words(summary, choices), id="savings-words"),
        how(summary.savings, choices) if summary.savings else None,
        id="savings",
    )


def reference_choice(choices: Choices, found: list[Price]) -> Html:
    """The one model that savings are measured against."""
    groups: dict[str, list[Html]] = {}
    now = ":".join(choices.reference) if choices.reference[1] else ""
    for price in found:
        name = f"{price.service}:{price.model}"
        option = h("option", price.model, value=name, selected=name == now)
        groups.setdefault(price.service, []).append(option)
    shown = (h("optgroup", *options, label=title_of(service)) for service, options in groups.items())
    return join(
        h("label", "Compare free replies with", for_="costs-reference"),
        h(
            "select",
            h("option", "no model", value="", selected=not now),
            *shown,
            id="costs-reference",
            data_on="change:costs:set-reference",
        ),
    )


def savings_words(summary: Summary, choices: Choices) -> str:
    """The estimate in a sentence; below zero it is said as it is."""
    found, model = summary.savings, choices.reference[1]
    if found is None:
        return f"The price of {model} is unknown." if model else "Name a cloud model to see what free replies saved."
    if not found.replies:
        return "No reply of this month could have come from it."
    whose = f"{count(found.replies, 'free reply', 'free replies')} of this month"
    low, high = rough(found.low_micros), rough(found.high_micros)
    if found.low_micros >= 0:
        return f"Estimate: {whose} would have cost {low} to {high} more with {model}."
    if found.high_micros <= 0:
        return (
            f"Estimate: nothing was saved. With {model}, {whose} would have cost less than the electricity used here."
        )
    return f"Estimate: with {model}, {whose} would have cost between {low.removeprefix('−')} less and {high} more."


def rough(micros: int) -> str:
    """Two digits are all that an estimate knows."""
    return money(round(micros, 2 - max(2, len(str(abs(micros))))))


def how(found: Savings, choices: Choices) -> Html:
    """The assumptions, those of the electricity to be changed, and what was never counted."""
    price, power = found.reference, choices.power
    never = [h("li", f"{count(number, 'reply', 'replies')} {words(why)}") for why, number in found.never]
    lines = (
        f"Prices of {price.date}, {price.source}: {'; '.join(rates(price.input))} in, "
        f"{'; '.join(rates(price.output))} out for a million tokens.",
        "The same replies: all that was read, with the chat so far, and no more written than was, thinking left out.",
        f"Tokens as counted here; other models count up to {OFF_PERCENT} % fewer (low end) or more (high end). "
        "At the low end all that was read comes from the service's cache, at the high end nothing.",
        f"Electricity, already taken off: {money(found.electricity_micros)}.",
    )
    return h(
        "details",
        h("summary", "How this is estimated"),
        h("ul", *(h("li", line) for line in lines)),
        power_form(str(power.watts), str(power.dollars_per_kwh)),
        join(h("p", "Never counted, since they would have been answered here anyway:"), h("ul", *never))
        if never
        else None,
        id="costs-how",
    )


def power_form(watts: str, kwh: str) -> Html:
    """What the electricity is computed from: assumed until the person knows better."""
    fields = (("watts", "Watts while answering", watts), ("kwh", "Electricity, $ per kWh", kwh))
    shown = (
        h(
            "div",
            h("label", label, for_=f"power-{name}"),
            h("input", name=name, id=f"power-{name}", value=value, inputmode="decimal", required=True),
        )
        for name, label, value in fields
    )
    button = h("button", "Apply", type="submit", class_="secondary", aria_label="Apply watts and price")
    return h("form", h("div", *shown, button, class_="row"), data_on="submit:costs:set-power", id="power-form")


def buttons() -> Html:
    """Take the ledger along, or forget it."""
    ask = "Forget all entries of the ledger? Chats, budgets and prices stay."
    return h(
        "div",
        h("button", "Download as CSV", type="button", class_="secondary", data_on="click:costs:export"),
        h("button", "Forget entries", type="button", class_="secondary", data_on="click:costs:clear", data_ask=ask),
        class_="actions",
    )
