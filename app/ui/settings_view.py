"""Keeps the Settings page up to date: a change repaints its own part and nothing else.

view = SettingsView(session, page)
view.paint()                       # inside an effect; the whole page the first time, then what has changed
"""

from __future__ import annotations

from app.core.commands import Focus
from app.core.html import Html, join
from app.core.ports import Page
from app.core.signals import untracked
from app.session import Session
from app.session.state import Section
from app.ui.drawn import kept_up
from app.ui.models_view import BROWSER, OLLAMA, BrowserModelsView, browser_list, ollama_list
from app.ui.ollama_view import OllamaView
from app.ui.pages.settings import INDEX, SECTION, TITLE, index, parts, section_shown, settings_page, shown_section


class SettingsView:
    """Remembers what is on the screen."""

    def __init__(self, session: Session, page: Page) -> None:
        self._session, self._page = session, page
        self._browser, self._ollama = BrowserModelsView(session, page), OllamaView(session, page)
        self._shown: dict[str, Html] = {}
        self._at: tuple[Section, str, str] = ("general", "", "")  # the section on show, and what the address named

    def leave(self) -> None:
        """Another page is shown, on which the same models may stand: nothing may be there twice."""
        if self._shown:
            self._shown = {}
            self._page.paint("fill", "page-settings", "")
            with untracked():
                self._session.state.finding_setting.set("")

    def paint(self) -> None:
        """Draw the page, the section that is opened, or only the parts that have changed."""
        session, page, before, was = self._session, self._page, self._shown, self._at
        section = shown_section(session)
        self._at = section, session.state.section(), session.state.setting()
        listed, found = index(session), parts(session, section)
        self._shown = {INDEX: listed, **found}
        if not before:
            session.run(lambda: session.costs.look())
            session.run(lambda: session.cloud.look())
            session.run(lambda: session.personas.look())
            whole = section_shown(section, found.values(), self._lists(section))
            page.paint("html", "page-settings", settings_page(session, listed, whole))
        elif section != was[0]:
            page.paint("html", INDEX, listed)
            page.paint("html", SECTION, section_shown(section, found.values(), self._lists(section)))
        else:
            self._repaint(before, section)
        if section == "models" and (not before or section != was[0]):
            self._browser.rest()
        if before and self._at[1] != was[1]:
            page.attr("page-settings", "data-section", self._at[1] or None)
        self._lead(was if before else None)

    def _lists(self, section: Section) -> Html:
        """The lists of models, where they belong."""
        return join(browser_list(self._browser), ollama_list(self._ollama)) if section == "models" else Html("")

    def _repaint(self, before: dict[str, Html], section: Section) -> None:
        for id, html in self._shown.items():
            if html != before.get(id):
                self._page.paint("html", id, html)
        if section == "models":
            kept_up(self._page, *BROWSER, self._browser.paint, tag="section")
            kept_up(self._page, *OLLAMA, self._ollama.paint, tag="section")

    def _lead(self, was: tuple[Section, str, str] | None) -> None:
        """Put the focus where the address leads: to one setting, to the section, or back to where it was opened."""
        _, section, setting = self._at
        if was is not None and (section, setting) == was[1:]:
            return
        if setting:
            self._page.attr(f"row-{setting}", "data-marked", "")
            self._page.do(Focus(setting))
        elif was is not None:
            self._page.do(Focus(TITLE if section else f"settings-to-{was[0]}"))
