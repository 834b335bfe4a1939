"""Models that a budget cannot count, for Settings: a price for each, or leave to ask it without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.core.html import Html, h
from app.core.values import Model
from app.ui.parts.controls import button

if TYPE_CHECKING:
    from app.session import Session
    from app.session.costs import Costs

WORDS = "Nobody knows what these models cost, so your budget cannot count them. They are not asked until you decide."


def unpriced(session: Session) -> Html | None:
    """What waits for a price, and what was allowed without one; nothing where all prices are known."""
    costs: Costs = session.costs
    models = [model for model in session.state.cloud() if model.leaves_device]
    waiting = [price_wanted(model) for model in models if costs.asks_price(model.id)]
    allowed = [allowed_row(model) for model in models if costs.is_allowed_unpriced(model.id)]
    if not waiting and not allowed:
        return None
    return h(
        "div",
        h("h4", "Models without a price"),
        h("p", WORDS, class_="note") if waiting else None,
        *waiting,
        *allowed,
        id="costs-unpriced",
    )


def price_wanted(model: Model) -> Html:
    """A price for one model, or leave."""
    name = f"{model.ref.service}:{model.ref.name}"
    fields = (("input", "In"), ("output", "Out"))
    label = f"Allow {model.name} without a price"
    allow = button("Allow without a price", "click:costs:allow-unpriced", model.id, aria_label=label)
    return h(
        "form",
        h("p", h("strong", model.name), ", in dollars for a million tokens:"),
        h("input", type="hidden", name="model", value=name),
        h(
            "div",
            *(_field(model.id, field, label) for field, label in fields),
            h("button", "Save price", type="submit", class_="secondary", aria_label=f"Save price of {model.name}"),
            allow,
            class_="row",
        ),
        data_on="submit:costs:edit-price",
        aria_label=f"Price of {model.name}",
        id=f"unpriced-{model.id}",
    )


def _field(model_id: str, name: str, label: str) -> Html:
    id = f"unpriced-{name}-{model_id}"
    field = h("input", name=name, id=id, inputmode="decimal", autocomplete="off", required=True, placeholder="0.25")
    return h("div", h("label", f"{label}, $", for_=id), field)


def allowed_row(model: Model) -> Html:
    """What was allowed, and the way back."""
    label = f"Ask for a price of {model.name} again"
    back = button("Ask for a price again", "click:costs:ask-price", model.id, aria_label=label)
    return h("p", h("strong", model.name), " is asked without a price; your budget does not count it. ", back)
