"""Models that a budget cannot count, for Settings: a price for each, or leave to ask it without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.core.html import Html, h
from app.core.places import ModelRef
from app.core.values import Model
from app.ui.parts.controls import button
from app.ui.words import rich, t

if TYPE_CHECKING:
    from app.session import Session
    from app.session.costs import Costs


def unpriced(session: Session) -> Html | None:
    """What waits for a price, and what was allowed without one; nothing where all prices are known."""
    costs: Costs = session.costs
    models = [model for model in (*session.state.cloud(), *_finding(session)) if model.leaves_device]
    waiting = [price_wanted(model) for model in models if costs.asks_price(model.id)]
    allowed = [allowed_row(model) for model in models if costs.is_allowed_unpriced(model.id)]
    if not waiting and not allowed:
        return None
    return h(
        "div",
        h("h4", t("costs_page.unpriced")),
        h("p", t("costs_page.unpriced_help"), class_="note") if waiting else None,
        *waiting,
        *allowed,
        id="costs-unpriced",
    )


def _finding(session: Session) -> tuple[Model, ...]:
    """The model of a service that documents are found with: it is in no list of models that can chat."""
    chosen = session.state.settings().meaning
    is_paid = ModelRef.parse(chosen).provider == "cloud" and all(one.id != chosen for one in session.state.cloud())
    model = session.meaning.model() if is_paid else None  # the library's program comes only where it is needed
    return (model,) if model else ()


def price_wanted(model: Model) -> Html:
    """A price for one model, or leave."""
    name = f"{model.ref.service}:{model.ref.name}"
    fields = (("input", t("prices.input_dollars")), ("output", t("prices.output_dollars")))
    label = t("costs_page.allow_unpriced_model", model=model.name)
    allow = button(t("costs_page.allow_unpriced"), "click:costs:allow-unpriced", model.id, aria_label=label)
    save = t("costs_page.save_price_model", model=model.name)
    return h(
        "form",
        h("p", rich("costs_page.price_wanted", model=h("strong", model.name))),
        h("input", type="hidden", name="model", value=name),
        h(
            "div",
            *(_field(model.id, field, label) for field, label in fields),
            h("button", t("costs_page.save_price"), type="submit", class_="secondary", aria_label=save),
            allow,
            class_="row",
        ),
        data_on="submit:costs:edit-price",
        aria_label=t("costs_page.price_model", model=model.name),
        id=f"unpriced-{model.id}",
    )


def _field(model_id: str, name: str, label: str) -> Html:
    id = f"unpriced-{name}-{model_id}"
    field = h("input", name=name, id=id, inputmode="decimal", autocomplete="off", required=True, placeholder="0.25")
    return h("div", h("label", label, for_=id), field)


def allowed_row(model: Model) -> Html:
    """What was allowed, and the way back."""
    label = t("costs_page.ask_price_model", model=model.name)
    back = button(t("costs_page.ask_price"), "click:costs:ask-price", model.id, aria_label=label)
    return h("p", rich("costs_page.allowed", model=h("strong", model.name)), " ", back)
