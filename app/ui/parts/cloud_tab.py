"""The tab Cloud of Local Models: each service with how it is, and the models that it offers here.

cloud_tab(session)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.core.html import Html, h
from app.core.values import Model
from app.session.cloud_forms import Standing
from app.ui.parts.cloud import PriceOf, is_off, price_words, row_words
from app.ui.words import rich, t

if TYPE_CHECKING:
    from app.session import Session

CONNECTIONS = "#/settings/connections"


def cloud_tab(session: Session) -> Html:
    """Every service, and below one that is set up its selected models."""
    chosen = session.state.usual().id
    services = session.cloud.services()
    link = h("a", t("cloud_page.connections"), href=CONNECTIONS)
    rows = (row(one, session.costs.price_of, chosen, is_off=is_off(session, one)) for one in services)
    return h(
        "section",
        h("p", t("cloud_page.leaves"), " ", rich("cloud_page.where_keys", link=link), class_="note"),
        h("div", *rows, class_="services"),
        aria_label=t("cloud_page.services"),
        id="cloud-tab",
    )


def row(one: Standing, price_of: PriceOf, chosen: str, *, is_off: bool) -> Html:
    """One service; the link leads to where its key is entered."""
    is_usable = bool(one.last4) or not one.needs_key
    label = t("cloud_page.manage_name" if is_usable else "cloud_page.set_up_name", name=one.name)
    link = h(
        "a",
        t("cloud_page.manage" if is_usable else "cloud_page.set_up"),
        href=CONNECTIONS,
        role="button",
        class_="quiet",
        aria_label=label,
    )
    picked = [model for model in one.models if model.id in one.picked]
    offered = [offer(model, one, price_of, chosen) for model in picked]
    below = (
        h("ul", *offered, class_="offered", aria_label=t("cloud_page.models_of", name=one.name)) if offered else None
    )
    top = h("div", *row_words(one, is_off=is_off), link, class_="service")
    return h("article", top, below if is_usable else None, aria_label=one.name)


def offer(model: Model, one: Standing, price_of: PriceOf, chosen: str) -> Html:
    """One model, and the button that chooses it."""
    is_chosen, told = model.id == chosen, price_words(one, price_of(model.id))
    button = h(
        "button",
        t("cloud_page.active" if is_chosen else "cloud_page.use"),
        type="button",
        data_on="click:models:choose",
        data_arg=model.id,
        aria_pressed="true" if is_chosen else None,
        id=f"use-{model.id}",
    )
    return h("li", h("span", model.name, " ", h("small", told) if told else None), button)
