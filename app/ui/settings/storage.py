"""What is stored on this device, in one figure with its parts (faults U14): Settings, Data and Privacy."""

from __future__ import annotations

from app.core.html import Html, h
from app.core.texts import Size, Text, TextOrWords
from app.session import Session
from app.ui.parts.setting import card, line
from app.ui.words import t, words


def storage(session: Session) -> Html:
    """The figure and its parts, and whether the browser may clear it."""
    facts = session.state.facts()
    if facts is None:
        return card(line("storage", t("settings.storage"), about=t("settings.asking")))
    total, models = used(session)
    if not total:  # an old browser or a private window, which tells nothing and keeps nothing on request
        return card(line("storage", told(session)))
    return card(
        line("storage", told(session), keep(session), about=words(safety(session))),
        _part(t("settings.storage_models"), models),
        _part(t("settings.storage_rest"), total - models),
    )


def used(session: Session) -> tuple[int, int]:
    """Bytes that this site takes on the disk as the browser counts (0 where it does not tell), and those of models
    among them. The browser counts late, and what is surely there is there."""
    facts = session.state.facts()
    models = sum(row.stored_bytes for row in session.state.rows_at_rest())
    is_told = facts is not None and bool(facts.quota_bytes or facts.usage_bytes)
    return (max(facts.usage_bytes, models) if facts and is_told else 0), models


def told(session: Session) -> str:
    """How much is used, and how much is free."""
    facts, (total, models) = session.state.facts(), used(session)
    if facts is None:
        return t("settings.asking")
    if not total:
        return t("settings.models_take", size=Size(models))
    free = max(0, facts.quota_bytes - total)
    if not free:
        return t("settings.used", size=Size(total))
    return t("settings.used_and_free", size=Size(total), free=Size(free))


def safety(session: Session) -> Text:
    """Whether the browser may clear it."""
    facts = session.state.facts()
    return Text("settings.is_kept") if facts and facts.is_persistent else Text("settings.may_clear")


def keep(session: Session) -> Html | None:
    """The button that asks the browser not to clear it."""
    facts = session.state.facts()
    if facts and facts.is_persistent:
        return None
    return h("button", t("settings.keep"), type="button", data_on="click:app:persist", id="storage")


def _part(name: str, size: int) -> Html:
    return h("div", h("p", name), h("p", words(Size(size)), class_="figure"), class_="setting part")


def storage_state(session: Session) -> TextOrWords:
    """The section in two words, for the index."""
    total, models = used(session)
    return Text("settings.used", size=Size(total or models))
