"""Keeps the Cards page up to date: its frame, and the view of the tab that the address names."""

from __future__ import annotations

from app.core.ports import Page
from app.session import Session
from app.ui.pages.cards import TabRow, cards_page, tab_of
from app.ui.pages.registry import View
from app.ui.prose import Prose


class CardsView:
    """Remembers which tab is on the screen."""

    def __init__(self, session: Session, page: Page, prose: Prose) -> None:
        self._session, self._page, self._prose = session, page, prose
        self._made: dict[str, View] = {}
        self._shown: TabRow | None = None

    def leave(self) -> None:
        """Another page is shown."""
        if self._shown:
            self._made[self._shown.id].leave()
        self._shown = None

    def paint(self) -> None:
        """Draw the frame where another tab was chosen; the tab's view does the rest."""
        tab = tab_of(self._session.state.section())
        if tab is not self._shown:
            self.leave()
            self._page.paint("html", "page-cards", cards_page(tab))
            self._shown = tab
        if tab.id not in self._made:
            self._made[tab.id] = tab.make(self._session, self._page, self._prose)
        self._made[tab.id].paint()
