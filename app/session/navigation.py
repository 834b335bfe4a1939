"""Which page is shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from app.core.actions import action
from app.core.commands import Route
from app.core.jobs import Jobs
from app.core.ports import Page
from app.session.chats import Chats
from app.session.ollama import Ollama
from app.session.state import Opening, Section, State

SECTIONS: tuple[Section, ...] = get_args(Section)
SHOW_OLLAMA = ("models", "settings")  # pages on which its state stands (static/js/page/away.js)


class Navigation:
    """The actions `page:*`. `pages` are the ids of all pages there are."""

    def __init__(
        self, state: State, ollama: Ollama, chats: Chats, jobs: Jobs, page: Page, pages: Sequence[str]
    ) -> None:
        self._state, self._ollama, self._chats, self._jobs, self._page = state, ollama, chats, jobs, page
        self._pages = pages

    async def go(self, route: str) -> None:
        """Show the page of a hash route: `#/chat/<id>/<turn>`, `#/models/discover`, `#/settings/<section>/<setting>` …;
        an unknown page leads to the chat, an unknown section of Settings to its first one."""
        parts = [part for part in route.lstrip("#/").split("/") if part]
        page, section, setting, *_ = (*(parts or ["chat"]), "", "", "")
        turn = ""
        if page == "chat":
            await self._chats.open(section, setting)
            turn, section, setting = setting, "", ""
        self._state.sheet.set(None)
        if page == "settings" and section and section not in SECTIONS:
            section = SECTIONS[0]
        self._state.section.set(section)
        self._state.setting.set(setting)
        self._state.route.set(page if page in self._pages else "chat")
        self._state.reaching.set("")  # what is asked for again is brought into view again
        self._state.reaching.set(turn if turn in self._state.chat().path else "")

    @action("page:visit", str)
    def visit(self, route: str) -> None:
        """A button leads to another page."""
        self._page.do(Route(route))
        self.follow(route)

    @property
    def place(self) -> tuple[str, str, str]:
        """Where a person is, for `lead`: the page or chat, and what of it."""
        return (self._state.here(), self._state.section(), self._state.setting())

    def lead(self, route: str, since: tuple[str, str, str]) -> bool:
        """What began at that place is done, and leads to another page: unless the person has gone elsewhere meanwhile,
        or is on the way. Returns whether it does."""
        if is_here := self.place == since and not self._jobs.is_running("go"):
            self.visit(route)
        return is_here

    @action("page:go", str)
    def follow(self, route: str) -> None:
        """The address changed; only the latest one counts."""
        page, _, _ = route.removeprefix("#/").partition("/")
        is_other = page != self._state.route()
        self._jobs.start("go", self.go(route))
        if page in SHOW_OLLAMA or (is_other and page != "chat"):  # not at each step within a page
            self._ollama.look()

    @action("page:sheet", str)
    def sheet(self, what: str) -> None:
        """Open the sheet over the page for this (app.ui.sheets); "" shuts it."""
        self._state.sheet.set(Opening(what) if what else None)
