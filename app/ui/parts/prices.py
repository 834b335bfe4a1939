"""The prices that costs are computed with: their date and source, the person's own, the whole table on request."""

from __future__ import annotations

from app.core.html import Html, h, join
from app.core.text import count
from app.models.costs.prices import Price, PriceTable, Rate
from app.ui.parts.controls import typed_input

TITLES = {
    "anthropic": "Anthropic",
    "gemini": "Google Gemini",
    "groq": "Groq",
    "mistral": "Mistral",
    "openai": "OpenAI",
    "openrouter": "OpenRouter",
    "xai": "xAI",
}
FIELDS = (("input", "In", True), ("output", "Out", True), ("cached", "Cached", False))


def title_of(service: str) -> str:
    """A service as a person calls it."""
    return TITLES.get(service, service)


def rates(found: Rate | None) -> tuple[str, ...]:
    """Dollars for a million tokens; what holds above a size follows."""
    if found is None:
        return ("–",)
    tiers = (f"${_plain(dollars)} above {above:,} tokens" for above, dollars in found.tiers)
    return (f"${_plain(found.base)}", *tiers)


def _plain(dollars: object) -> str:
    text = f"{dollars:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def prices(table: PriceTable, day: str, *, is_open: bool) -> Html:
    """Where the prices come from, a form for the person's own, and the table where it was asked for."""
    source = h("a", table.source, href=table.source_url, target="_blank", rel="noopener noreferrer")
    words = " Prices change: compare them with the service's own page, and correct them here. Yours come first."
    found = table.all(day)
    button = h(
        "button",
        f"All {count(len(found), 'price')}",  # opens and closes: the label of a button in use is not painted anew
        type="button",
        class_="secondary",
        data_on="click:costs:show-prices",
        aria_expanded=str(is_open).lower(),
        aria_controls="costs-prices",
    )
    shown = price_rows(found) if is_open else None
    return join(
        h("p", f"Prices of {table.date} from ", source, ".", words, class_="note"),
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
        h("p", "Your own price, in dollars for a million tokens:"),
        h("label", "Model (service:model)", for_="price-model"),
        h("div", model, class_="row"),
        h("datalist", *names, id="price-models"),
        h("div", *(_field(*field) for field in FIELDS), class_="row"),
        h("div", h("button", "Use this price", type="submit", class_="secondary"), class_="row"),
        data_on="submit:costs:edit-price",
        aria_label="Your own price",
        id="price-form",
    )


def _field(name: str, label: str, is_required: bool) -> Html:
    field = h(
        "input",
        name=name,
        id=f"price-{name}",
        inputmode="decimal",
        autocomplete="off",
        required=is_required,
        placeholder="0.25" if is_required else "as In",
    )
    return h("div", h("label", f"{label}, $", for_=f"price-{name}"), field)


def price_rows(found: list[Price]) -> Html:
    """The table; a price of the person's own can be taken back."""
    columns = ("Service", "Model", "In", "Cached", "Out", "As of")
    return h(
        "table",
        h("caption", "Dollars for a million tokens"),
        h("thead", h("tr", *(h("th", name, scope="col") for name in columns))),
        h("tbody", *map(_row, found)),
    )


def _row(price: Price) -> Html:
    name = f"{price.service}:{price.model}"
    back = h(
        "button",
        "Use the table's",
        type="button",
        class_="secondary",
        data_on="click:costs:drop-price",
        data_arg=name,
        aria_label=f"Forget your price for {name}",
    )
    return h(
        "tr",
        h("td", title_of(price.service)),
        h("th", price.model, scope="row"),
        *(h("td", *(h("div", line) for line in rates(found))) for found in (price.input, price.cached, price.output)),
        h("td", f"{price.date}, {price.source} " if price.is_own else price.date, back if price.is_own else None),
    )
