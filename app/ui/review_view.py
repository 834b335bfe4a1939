"""Keeps the Review tab up to date: what has changed of the head, the card, its buttons and what stands beside it."""

from __future__ import annotations

from app.core.html import Html, h
from app.core.ports import Page
from app.core.signals import untracked
from app.core.texts import Text
from app.session import Session
from app.study.tutored import is_tutor
from app.ui.drawn import drawn
from app.ui.pages.cards import PANEL
from app.ui.parts.card_review import CARD, HEAD, KEYS, review_card, review_head, review_keys
from app.ui.parts.card_side import SIDE, review_side
from app.ui.parts.tabs import tab_panel
from app.ui.prose import Prose

PART = Text("cards.review")


class ReviewView:
    """Remembers what is on the screen."""

    def __init__(self, session: Session, page: Page, prose: Prose) -> None:
        self._session, self._page, self._prose = session, page, prose
        self._parts: dict[str, Html] = {}

    def leave(self) -> None:
        """Another tab or page is shown."""
        with untracked():
            self._session.review.leave()
        self._parts = {}

    def paint(self) -> None:
        """Draw the tab, or what has changed in it."""
        session = self._session
        session.practice.version()
        with untracked():
            session.library.know()
            if session.practice.notebook() not in (None, "", *session.library.notebooks()):
                session.practice.choose(None)  # it was deleted
            session.review.look()
            if not self._parts and any(is_tutor(chat.persona) for chat in session.state.chats()):
                session.tutor.look()
        parts = {
            HEAD: drawn(PART, HEAD, lambda: review_head(session)),
            CARD: drawn(Text("cards.card"), CARD, lambda: review_card(session, self._prose)),
            KEYS: drawn(PART, KEYS, lambda: review_keys(session)),
            SIDE: drawn(Text("cards.figures"), SIDE, lambda: review_side(session), tag="aside"),
        }
        before, self._parts = self._parts, parts
        if not before:
            main = h("div", parts[HEAD], parts[CARD], parts[KEYS], class_="review-main")
            self._page.paint("html", PANEL, tab_panel(PANEL, "review", main, parts[SIDE]))
            return
        for id, html in parts.items():
            if html != before[id]:
                self._page.paint("html", id, html)
