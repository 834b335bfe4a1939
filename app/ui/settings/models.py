"""Settings, Models & Automatic and Connections: the model that answers, and where Ollama is."""

from __future__ import annotations

from app.core.html import Html, h
from app.core.texts import Text, TextOrWords
from app.session import Session
from app.ui.model_choice import options
from app.ui.parts.setting import card, field, line, select
from app.ui.words import t


def default_model(session: Session) -> Html:
    """The same choice as in the header."""
    models = options(session, session.state.usual().id, "default")
    set_up = h("button", t("settings.set_up_button"), type="button", data_on="click:setup:open", id="setup-open")
    about = t("settings.default_model_about")
    return card(
        field(
            "default-model",
            t("settings.default_model"),
            select("default-model", models, "models:choose", about=about),
            about=about,
        ),
        line("setup-open", t("settings.set_up"), set_up, about=t("settings.set_up_about")),
    )


def models_state(session: Session) -> Text:
    """The section in two words, for the index."""
    count = sum(row.is_ready for row in session.state.rows_at_rest())
    return Text("settings.models_here", count=count)


def connections_state(session: Session) -> TextOrWords:
    """The section in two words, for the index."""
    shown = session.state.ollama()
    services = len({model.ref.service for model in session.state.cloud()})
    if shown is not None and shown.is_running:
        return Text("settings.ollama_and", count=services) if services else "Ollama"
    return Text("settings.services", count=services) if services else Text("settings.no_services")
