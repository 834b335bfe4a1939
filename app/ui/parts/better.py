"""On an empty chat that the included model would answer: the model that is best for this device, and its download."""

from __future__ import annotations

from app.core.html import Html, h
from app.core.texts import Size
from app.models.store.rows import Status
from app.session import Session
from app.ui.icons import icon
from app.ui.parts.best import best
from app.ui.words import t


def better_card(session: Session) -> Html | None:
    """None where nothing better is known, or where its download was begun already."""
    found = best(session)
    if found is None or found.row.status != Status.NOT_DOWNLOADED:
        return None
    model = found.row.model
    about = (
        t("composer.better_about", model=model.name, size=Size(model.size_bytes)) if model.size_bytes else model.name
    )
    says = h("div", h("strong", t("composer.better"), id="better-title"), h("span", about))
    take = {"data_on": "click:setup:fetch", "data_arg": model.id}
    return h(
        "div",
        icon("gauge"),
        says,
        h("button", icon("download"), t("composer.download"), type="button", class_="primary", id="better", **take),
        h("button", t("composer.better_not"), type="button", class_="quiet", data_on="click:setup:enough", id="enough"),
        class_="offer",
        id="better-offer",
        role="group",
        aria_labelledby="better-title",
    )
