"""Keeps the page up to date on which cards are made: the form, how far it is, what is offered."""

from __future__ import annotations

from app.core.html import Html, h
from app.core.ports import Page
from app.core.signals import untracked
from app.core.texts import Text
from app.session import Session
from app.ui.drawn import drawn
from app.ui.pages.cards import PANEL
from app.ui.parts.card_making import FORM, LIST, PROGRESS, card_offers, making_form, making_progress
from app.ui.parts.tabs import tab_panel
from app.ui.prose import Prose

PART = Text("making.title")


class MakingView:
    """Remembers what is on the screen."""

    def __init__(self, session: Session, page: Page, prose: Prose) -> None:
        self._session, self._page, self._prose = session, page, prose
        self._parts: dict[str, Html] = {}

    def leave(self) -> None:
        """Another page is shown."""
        self._parts = {}

    def paint(self) -> None:
        """Draw it, or what has changed."""
        session = self._session
        with untracked():
            session.making.look()
        parts = {
            FORM: drawn(PART, FORM, lambda: making_form(session)),
            PROGRESS: drawn(PART, PROGRESS, lambda: making_progress(session)),
            LIST: drawn(PART, LIST, lambda: card_offers(session, self._prose), tag="section"),
        }
        before, self._parts = self._parts, parts
        if not before:
            self._page.paint("html", PANEL, tab_panel(PANEL, "all", h("div", *parts.values(), class_="quiz")))
            return
        for id, html in parts.items():
            if html != before[id]:
                self._page.paint("html", id, html)
