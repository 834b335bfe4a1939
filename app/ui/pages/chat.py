"""The chat page: what an empty chat says, and the way to earlier messages."""

from __future__ import annotations

from app.core.html import Html, h
from app.session import Session
from app.ui.words import t


def earlier(session: Session) -> Html:
    """The way to what is not shown yet."""
    hidden = len(session.state.chat().path) - len(session.state.turns())
    if hidden <= 0 or not session.state.turns():
        return h("div", id="earlier")
    label = t("chat.earlier", count=hidden)
    button = h("button", label, type="button", data_on="click:chat:earlier", class_="quiet")
    return h("div", button, id="earlier", class_="earlier")
