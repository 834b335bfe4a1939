"""Costs, for Settings: what was spent, what may be, what was not, by day, model, feature and place.

Every figure says what it is: reported and computed costs as they are, estimates by that word, unknown ones as unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from app.core.html import Child, Html, h, join
from app.core.text import file_name
from app.core.texts import Dollars, Percent, Text, TextOrWords, in_a_row
from app.models.costs.budget import Spent, Standing
from app.models.costs.choices import Choices
from app.models.costs.ledger import Account, Aspect, Entry, Stayed, Sum, sums
from app.models.costs.prices import Price
from app.models.costs.savings import OFF_PERCENT, Savings
from app.study.features import FEATURES
from app.ui.parts.cost_charts import DAYS_SHOWN, charts
from app.ui.parts.prices import prices, rates_in_a_row, title_of
from app.ui.parts.setting import card, described, field, heading, select
from app.ui.parts.unpriced import unpriced
from app.ui.words import t, words

if TYPE_CHECKING:
    from app.session import Session
    from app.session.costs import Costs, Summary

PLACES: Mapping[Account, Text] = {
    "browser": Text("costs_page.browser"),
    "ollama": Text("costs_page.ollama"),
    "cloud": Text("costs_page.cloud"),
}
#: each with the head of its column and the caption of its table
ASPECTS: tuple[tuple[Aspect, Text, Text], ...] = (
    ("day", Text("costs_page.day"), Text("costs_page.by_day")),
    ("model", Text("costs_page.model"), Text("costs_page.by_model")),
    ("feature", Text("costs_page.feature"), Text("costs_page.by_feature")),
    ("place", Text("costs_page.place"), Text("costs_page.by_place")),
)


def costs_section(session: Session) -> Html:
    """Everything about costs."""
    costs: Costs = session.costs
    if not costs.is_known():
        return h("p", t("costs_page.reading"), class_="note")
    summary, choices, entries, table = costs.summary(), costs.choices(), costs.entries(), costs.table()
    names = _names() | {row.model.id: row.model.name for row in session.state.shelf.chat_rows}
    return join(
        h("p", t("costs_page.about"), class_="note"),
        tiles(summary, choices) if entries else h("p", t("costs_page.nothing_yet"), class_="note"),
        budget_form(choices, summary.standing),
        unpriced(session) if choices.budget.is_set else None,
        savings_part(summary, choices, table.all(costs.today())),
        h(
            "div",
            unfolding(t("costs_page.charts"), "costs-charts", charts(entries, names, costs.reference(), choices.power)),
            unfolding(t("costs_page.by_aspect"), "costs-by", breakdown(summary, entries, names)),
            unfolding(
                t("costs_page.prices"),
                "costs-prices-part",
                [prices(table, costs.today(), is_open=costs.shows_prices())],
            ),
            class_="unfolding",
        ),
        buttons() if entries else None,
    )


def _names() -> dict[str, str]:
    """What people call places and features, by their ids."""
    features = {feature.id: words(feature.name) for feature in FEATURES}
    return features | {place: words(name) for place, name in PLACES.items()}


def unfolding(name: str, id: str, children: Iterable[Html]) -> Html | None:
    """What is shown on request; nothing where there is nothing to show."""
    found = tuple(children)
    return h("details", h("summary", name), *found, id=id) if found else None


def tiles(summary: Summary, choices: Choices) -> Html:
    """This month at a glance: what was spent, what was saved, and how many replies came from where."""
    month, saved = summary.month, summary.savings
    low_high = "–"
    if saved and saved.replies and saved.high_micros > 0:
        low_high = t("costs_page.range", low=rough(max(0, saved.low_micros)), high=rough(saved.high_micros))
    baseline = t("costs_page.baseline", model=choices.reference[1]) if saved else t("costs_page.no_baseline")
    here = month.replies - summary.away
    share = h("progress", value=here, max=max(1, month.replies), aria_label=t("costs_page.local_share"))
    return h(
        "dl",
        _tile(t("costs_page.spent_title"), cost(month), t("costs_page.spent_today", cost=cost(summary.today))),
        _tile(t("costs_page.saved_title"), low_high, baseline),
        _tile(
            t("costs_page.local_title"),
            t("costs_page.local_replies", here=here, count=month.replies),
            join(share, t("costs_page.away_replies", count=summary.away)),
        ),
        class_="tiles",
    )


def _tile(name: str, figure: str, about: Child) -> Html:
    return h("div", h("dt", name), h("dd", figure, class_="tile-figure"), h("dd", about, class_="quiet"))


def totals(summary: Summary) -> Html:
    """Today and this month."""
    rows = ((t("costs_page.today"), summary.today), (t("costs_page.this_month"), summary.month))
    return figures(t("costs_page.answered"), "", rows)


def figures(caption: str, first: str, rows: Iterable[tuple[str, Sum]]) -> Html:
    """A table of sums."""
    columns = (
        t("costs_page.cost"),
        t("costs_page.replies"),
        t("costs_page.tokens_in"),
        t("costs_page.tokens_out"),
    )
    head = h("th", first, scope="col") if first else h("td")
    body = (
        h(
            "tr",
            h("th", name, scope="row"),
            h("td", cost(item)),
            h("td", words(item.replies)),
            h("td", words(item.prompt_tokens)),
            h("td", words(item.reply_tokens)),
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
        return t("costs_page.unknown")
    if item.unknown:
        return t("costs_page.unknown_too", cost=Dollars(item.micros), unknown=item.unknown)
    return words(Dollars(item.micros))


def breakdown(summary: Summary, entries: Iterable[Entry], names: Mapping[str, str]) -> Iterable[Html]:
    """The totals, and one table for each aspect; `names` are what people call features, places and models."""
    found = tuple(entries)
    if found:
        yield totals(summary)
    for aspect, head, caption in ASPECTS if found else ():
        rows = sums(found, aspect)
        if aspect == "day":
            rows = rows[: -DAYS_SHOWN - 1 : -1]  # the newest first
        named = ((names.get(row.name) or file_name(row.name), row) for row in rows)
        yield figures(words(caption), words(head), named)


# -- budgets ----------------------------------------------------------------------------------------------------------


def budget_form(choices: Choices, standing: Standing) -> Html:
    """Limits for a day and a month, and where they stand."""
    today = spent(Text("costs_page.today"), standing.day)
    month = spent(Text("costs_page.this_month"), standing.month)
    return h(
        "form",
        heading(t("costs_page.budget")),
        card(
            _amount("budget-day", "day", t("costs_page.day_budget"), choices.budget.day_micros, today),
            _amount("budget-month", "month", t("costs_page.month_budget"), choices.budget.month_micros, month),
        ),
        h("p", t("costs_page.budget_help"), class_="note"),
        h("div", h("button", t("costs_page.set_budget"), type="submit", class_="secondary"), class_="actions"),
        data_on="submit:costs:set-budget",
        id="budget-form",
    )


def _amount(id: str, name: str, label: str, micros: int | None, stands: TextOrWords) -> Html:
    value = None if micros is None else typed(micros)
    none = t("costs_page.no_limit")
    more = {"inputmode": "decimal", "autocomplete": "off", "placeholder": none, "aria_describedby": described(id)}
    return field(id, label, h("input", name=name, id=id, value=value, **more), about=words(stands))


def typed(micros: int) -> str:
    """Dollars as they are typed into a field: cents from a dollar on, below that as exact as they are."""
    if micros >= 1_000_000:
        return f"{(micros + 5000) // 10_000 / 100:.2f}"
    return f"0.{f'{micros:06}'.rstrip('0'):0<2}"


def spent(period: Text, found: Spent) -> TextOrWords:
    """Where a day or month stands."""
    return in_a_row(_spent(period, found), Text("costs.nothing_more") if found.level == "over" else "")


def _spent(period: Text, found: Spent) -> Text:
    cost, unknown = Dollars(found.micros), found.unknown
    if found.limit_micros is None:
        if unknown:
            return Text("costs_page.spent_unknown", period=period, cost=cost, count=unknown)
        return Text("costs_page.spent", period=period, cost=cost)
    limit = Dollars(found.limit_micros)
    if unknown:  # a share of a sum that is not whole would be a lie
        return Text("costs_page.spent_of_unknown", period=period, cost=cost, limit=limit, count=unknown)
    if not limit:
        return Text("costs_page.spent_of", period=period, cost=cost, limit=limit)
    return Text("costs_page.spent_share", period=period, cost=cost, limit=limit, share=Percent.of(cost, limit))


# -- savings ----------------------------------------------------------------------------------------------------------


def savings_part(summary: Summary, choices: Choices, found: list[Price]) -> Html:
    """The model to compare with, the estimate, and how it was made."""
    return h(
        "div",
        heading(t("costs_page.savings")),
        card(reference_choice(choices, found)),
        h("p", savings_words(summary, choices), id="savings-words", class_="note"),
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
    options = [h("option", t("costs_page.no_model"), value="", selected=not now), *shown]
    chosen = select("costs-reference", options, "costs:set-reference")
    return field("costs-reference", t("costs_page.compare_with"), chosen)


def savings_words(summary: Summary, choices: Choices) -> str:
    """The estimate in a sentence; below zero it is said as it is."""
    found, model = summary.savings, choices.reference[1]
    if found is None:
        return t("costs_page.price_unknown", model=model) if model else t("costs_page.name_a_model")
    if not found.replies:
        return t("costs_page.none_counts")
    low, high = rough(found.low_micros), rough(found.high_micros)
    if low >= 0:
        return t("costs_page.saved", count=found.replies, low=low, high=high, model=model)
    if high <= 0:
        return t("costs_page.not_saved", count=found.replies, model=model)
    return t("costs_page.maybe_saved", count=found.replies, low=Dollars(-low), high=high, model=model)


def rough(micros: int) -> Dollars:
    """Two digits are all that an estimate knows."""
    return Dollars(round(micros, 2 - max(2, len(str(abs(micros))))))


def how(found: Savings, choices: Choices) -> Html:
    """The assumptions, those of the electricity to be changed, and what was never counted."""
    price, power = found.reference, choices.power
    never = [h("li", never_counted(why, number)) for why, number in found.never]
    inside, outside = rates_in_a_row(price.input), rates_in_a_row(price.output)
    lines = (
        t("costs_page.how_prices", date=price.date, source=price.source, input=inside, output=outside),
        t("costs_page.how_replies"),
        t("costs_page.how_tokens", off=Percent(OFF_PERCENT)),
        t("costs_page.how_electricity", cost=Dollars(found.electricity_micros)),
    )
    return h(
        "details",
        h("summary", t("costs_page.how")),
        h("ul", *(h("li", line) for line in lines)),
        power_form(str(power.watts), str(power.dollars_per_kwh)),
        join(h("p", t("costs_page.never_counted")), h("ul", *never)) if never else None,
        id="costs-how",
    )


def never_counted(why: Stayed, count: int) -> str:
    """How many replies could not have come from a cloud for one reason."""
    match why:
        case "offline":
            return t("costs_page.never_offline", count=count)
        case "local-only":
            return t("costs_page.never_local_only", count=count)
        case "private":
            return t("costs_page.never_private", count=count)
        case "fallback":
            return t("costs_page.never_fallback", count=count)
        case "nothing" | "":
            return t("costs_page.never_nothing", count=count)


def power_form(watts: str, kwh: str) -> Html:
    """What the electricity is computed from: assumed until the person knows better."""
    fields = (("watts", t("costs_page.watts"), watts), ("kwh", t("costs_page.electricity_price"), kwh))
    shown = (
        h(
            "div",
            h("label", label, for_=f"power-{name}"),
            h("input", name=name, id=f"power-{name}", value=value, inputmode="decimal", required=True),
        )
        for name, label, value in fields
    )
    button = h(
        "button", t("costs_page.apply"), type="submit", class_="secondary", aria_label=t("costs_page.apply_power")
    )
    return h("form", h("div", *shown, button, class_="row"), data_on="submit:costs:set-power", id="power-form")


def buttons() -> Html:
    """Take the ledger along, or forget it."""
    ask, download, forget = t("costs_page.forget_question"), t("costs_page.download"), t("costs_page.forget")
    return h(
        "div",
        h("button", download, type="button", class_="secondary", data_on="click:costs:export"),
        h("button", forget, type="button", class_="danger", data_on="click:costs:clear", data_ask=ask),
        class_="actions",
    )
