"""The prices that costs are computed with: their date and source, the person's own, the whole table on request."""

from __future__ import annotations

from decimal import Decimal

from app.core.html import Html, h, join
from app.core.texts import Text, with_semicolons
from app.models.costs.prices import Price, PriceTable, Rate
from app.ui.parts.controls import outside, typed_input
from app.ui.words import rich, t, words

TITLES = {
    "anthropic": "Anthropic",
    "gemini": "Google Gemini",
    "groq": "Groq",
    "mistral": "Mistral",
    "openai": "OpenAI",
    "openrouter": "OpenRouter",
    "xai": "xAI",
}
FIELDS = (
    ("input", Text("prices.input_dollars"), True),
    ("output", Text("prices.output_dollars"), True),
    ("cached", Text("prices.cached_dollars"), False),
)


def title_of(service: str) -> str:
    """A service as a person calls it."""
    return TITLES.get(service, service)


def rates(found: Rate | None) -> tuple[str, ...]:
    """Dollars for a million tokens; what holds above a size follows."""
    if found is None:
        return ("–",)
    tiers = (t("prices.rate_above", dollars=_number(dollars), tokens=above) for above, dollars in found.tiers)
    return (t("prices.rate", dollars=_number(found.base)), *tiers)


def rates_in_a_row(found: Rate | None) -> str:
    """The same in one line."""
    return words(with_semicolons(*rates(found)))


def _number(dollars: Decimal) -> int | float:
    """As many decimals as it has."""
    return int(dollars) if dollars == int(dollars) else float(dollars)


def prices(table: PriceTable, day: str, *, is_open: bool) -> Html:
    """Where the prices come from, a form for the person's own, and the table where it was asked for."""
    found = table.all(day)
    button = h(
        "button",
        t("prices.all", count=len(found)),  # opens and closes: the label of a button in use is not painted anew
        type="button",
        class_="secondary",
        data_on="click:costs:show-prices",
        aria_expanded=str(is_open).lower(),
        aria_controls="costs-prices",
    )
    shown = price_rows(found) if is_open else None
    return join(
        h("p", rich("prices.from", date=table.date, source=outside(table.source, table.source_url)), class_="note"),
        price_form(found),
        button,
        h("div", shown, class_="figures", id="costs-prices", tabindex=0),
    )


def price_form(found: list[Price]) -> Html:
    """A price of the person's own."""
    names = (h("option", value=f"{price.service}:{price.model}") for price in found)
    model = typed_input("model", "price-model", "openai:gpt-5-mini", list="price-models")
    return h(
        "form",
        h("p", t("prices.own_intro")),
        h("label", t("prices.own_model"), for_="price-model"),
        h("div", model, class_="row"),
        h("datalist", *names, id="price-models"),
        h("div", *(_field(*field) for field in FIELDS), class_="row"),
        h("div", h("button", t("prices.use"), type="submit", class_="secondary"), class_="row"),
        data_on="submit:costs:edit-price",
        aria_label=t("prices.own"),
        id="price-form",
    )


def _field(name: str, label: Text, is_required: bool) -> Html:
    field = h(
        "input",
        name=name,
        id=f"price-{name}",
        inputmode="decimal",
        autocomplete="off",
        required=is_required,
        placeholder="0.25" if is_required else t("prices.as_input"),
    )
    return h("div", h("label", words(label), for_=f"price-{name}"), field)


def price_rows(found: list[Price]) -> Html:
    """The table, by service; a price of the person's own can be taken back."""
    columns = (t("prices.model"), t("prices.input"), t("prices.cached"), t("prices.output"))
    services: dict[str, list[Price]] = {}
    for price in found:
        services.setdefault(price.service, []).append(price)
    return h(
        "table",
        h("caption", t("prices.per_million")),
        h("thead", h("tr", *(h("th", name, scope="col") for name in columns))),
        *(_service(name, priced) for name, priced in services.items()),
        class_="prices",
    )


def _service(name: str, priced: list[Price]) -> Html:
    head = h("tr", h("th", title_of(name), scope="rowgroup", colspan=4, class_="service"))
    return h("tbody", head, *map(_row, priced))


def _row(price: Price) -> Html:
    return h(
        "tr",
        h("th", price.model, _about(price), scope="row"),
        *(h("td", *(h("div", line) for line in rates(found))) for found in (price.input, price.cached, price.output)),
    )


def _about(price: Price) -> Html:
    """Where it comes from, and the way back from a price of the person's own."""
    if not price.is_own:
        return h("small", price.date)
    name = f"{price.service}:{price.model}"
    back = h(
        "button",
        t("prices.use_table"),
        type="button",
        class_="link",
        data_on="click:costs:drop-price",
        data_arg=name,
        aria_label=t("prices.forget_own", model=name),
    )
    return h("small", t("prices.own_date", date=price.date, source=price.source), " ", back)
