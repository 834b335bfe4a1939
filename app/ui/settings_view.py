"""Keeps the Settings page up to date: a change repaints its own group and nothing else.

view = SettingsView(session, page)
view.paint()                       # inside an effect; the whole page the first time, then what has changed
"""

from __future__ import annotations

from app.core.html import Html, h, join
from app.core.ports import Page
from app.session import Session
from app.ui.drawn import kept_up
from app.ui.models_view import BROWSER, OLLAMA, BrowserModelsView, browser_list, ollama_list
from app.ui.ollama_view import OllamaView
from app.ui.pages.settings import groups, own_models, settings_page


class SettingsView:
    """Remembers what is on the screen."""

    def __init__(self, session: Session, page: Page) -> None:
        self._session, self._page = session, page
        self._browser, self._ollama = BrowserModelsView(session, page), OllamaView(session, page)
        self._shown: dict[str, Html] = {}

    def leave(self) -> None:
        """Another page is shown, on which the same models may stand: nothing may be there twice."""
        if self._shown:
            self._shown = {}
            self._page.paint("fill", "page-settings", "")

    def paint(self) -> None:
        """Draw the page, or only the groups that have changed."""
        session, page, before = self._session, self._page, self._shown
        self._shown = {"group-models-own": own_models(session), **groups(session)}
        if not before:
            session.run(lambda: session.costs.look())
            session.run(lambda: session.cloud.look())
            models = join(browser_list(self._browser), ollama_list(self._ollama))
            page.paint("html", "page-settings", h("section", settings_page(session, models), id="page-settings"))
            self._browser.rest()
            return
        for id, html in self._shown.items():
            if html != before.get(id):
                page.paint("html", id, html)
        kept_up(page, *BROWSER, self._browser.paint, tag="section")
        kept_up(page, *OLLAMA, self._ollama.paint, tag="section")
