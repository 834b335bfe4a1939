"""A long question is folded to its first lines: "Show more" opens it.

fold(turn)      # an element behind the words of the turn, whose state the style sheet reads; None for a short one
"""

from __future__ import annotations

from app.core.html import Html, h
from app.study.chats import Turn
from app.ui.words import t

MOST_LINES, MOST_CHARACTERS = 12, 900


def fold(turn: Turn) -> Html | None:
    """The way to the rest of a long question, and back."""
    if len(turn.text) <= MOST_CHARACTERS and turn.text.count("\n") < MOST_LINES:
        return None
    more, less = h("span", t("composer.show_more")), h("span", t("composer.show_less"))
    return h("details", h("summary", more, less), class_="fold", id=f"fold-{turn.id}")
