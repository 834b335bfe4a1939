"""What only a printed page shows: a chat's title and its day. The style sheet hides it on the screen."""

from __future__ import annotations

from app.core.html import Html, h
from app.core.texts import Day
from app.session import Session
from app.ui.words import t, words

NOTHING = h("header", id="print-head")


def print_head(session: Session) -> Html:
    """The head of a printed chat; nothing for an empty one."""
    chat = session.state.chat()
    if not chat.path:
        return NOTHING
    return h("header", h("h1", words(chat.name)), h("p", t("setup.printed", day=Day(chat.updated))), id="print-head")
