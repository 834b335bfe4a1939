"""The Cards page: its head with the tabs, and the panel that the chosen one keeps up to date.

cards_page("review")                    # the frame; the tab's view paints <div id="cards-panel">

A tab is a row of TABS. Its view is imported and made when it is first opened.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.core.html import Html, h
from app.core.ports import Page
from app.core.texts import Text
from app.session import Session
from app.ui.pages.registry import View
from app.ui.parts.tabs import Tab, tab_panel, tabs
from app.ui.prose import Prose
from app.ui.words import t, words

PANEL, TITLE = "cards-panel", "cards-title"


@dataclass(frozen=True, slots=True)
class TabRow:
    """`id` is the second part of its address, "review" where there is none; `make` its view, which paints the panel."""

    id: str
    label: Text
    make: Callable[[Session, Page, Prose], View]

    @property
    def address(self) -> str:
        """Where it is shown."""
        return "#/cards" if self is TABS[0] else f"#/cards/{self.id}"


def _review(session: Session, page: Page, prose: Prose) -> View:
    from app.ui.review_view import ReviewView

    return ReviewView(session, page, prose)


def _quiz(session: Session, page: Page, prose: Prose) -> View:
    from app.ui.quiz_view import QuizView

    return QuizView(session, page, prose)


def _all(session: Session, page: Page, prose: Prose) -> View:
    from app.ui.all_cards_view import AllCardsView

    return AllCardsView(session, page, prose)


TABS = (
    TabRow("review", Text("cards.review"), _review),
    TabRow("quiz", Text("quiz.quiz"), _quiz),
    TabRow("all", Text("cards.all"), _all),
)


def tab_of(section: str) -> TabRow:
    """The tab that the address names; the first one where it names none."""
    return next((one for one in TABS if one.id == section), TABS[0])


def cards_page(chosen: TabRow) -> Html:
    """The whole page around the panel."""
    title = h("h1", t("cards.page_title"), id=TITLE, tabindex="-1")
    row = tabs(t("cards.tabs"), [Tab(one.id, words(one.label), one.address) for one in TABS], chosen.id, PANEL)
    return h("section", h("header", title, row), tab_panel(PANEL, chosen.id), data_drop="anki:open", id="page-cards")
