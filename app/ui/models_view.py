"""Keeps the Local Models page up to date with the least work: while a file is fetched, one article changes at a time.

view = ModelsView(session, page)
view.paint()                       # inside an effect; the whole page the first time, then what has changed
"""

from __future__ import annotations

from app.core.html import Html, h
from app.core.ports import Page
from app.session import Session


class ModelsView:
    """Remembers what is on the screen. The page's own module is imported when it is first shown."""

    def __init__(self, session: Session, page: Page) -> None:
        self._session, self._page = session, page
        self._frame: object = None
        self._shown: dict[str, tuple[object, Html]] = {}

    def leave(self) -> None:
        """Another page is shown: draw everything the next time."""
        self._frame = None

    def paint(self) -> None:
        """Draw the page, or only the articles whose model has changed."""
        from app.ui.pages.models import article_state, model_article, models_page, ordered

        session, facts = self._session, self._session.facts()
        shown: dict[str, tuple[object, Html]] = {}
        for row in ordered(session.rows()):
            state = article_state(session, row)
            before = self._shown.get(row.model.id)
            html = before[1] if before and before[0] == state else model_article(*state, facts)
            shown[row.model.id] = (state, html)
        frame = (facts, list(shown))
        before_shown, self._shown = self._shown, shown
        if frame != self._frame:
            self._frame = frame
            articles = [html for _, html in shown.values()]
            self._page.paint("html", "page-models", h("section", models_page(session, articles), id="page-models"))
            return
        for model_id, (_, html) in shown.items():
            if html is not before_shown[model_id][1]:
                self._page.paint("html", f"model-{model_id}", html)
