"""The pages, one row each: the navigation, the routes and what paints them all read this list.

    PAGES[0].title                              # in words "Chat"; its address is "#/chat"

A new page is a row here. Its view is imported and made when the page is first opened, and paints the element
`<section id="page-ID">`. The chat is in the document from the start and paints itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from app.core.ports import Page
from app.core.texts import Text
from app.session import Session
from app.ui.icons import Icon
from app.ui.prose import Prose


class View(Protocol):
    """Keeps one page up to date."""

    def paint(self) -> None:
        """Draw the page, or only what has changed in it. What it reads decides when it is called again."""

    def leave(self) -> None:
        """Another page is shown: let go of what is on the screen."""


@dataclass(frozen=True, slots=True)
class PageRow:
    """`id` is the first part of its address, and `make` its view."""

    id: str
    title: Text
    icon: Icon
    make: Callable[[Session, Page, Prose], View] | None = None


def _library(session: Session, page: Page, prose: Prose) -> View:
    from app.ui.library_view import LibraryView

    return LibraryView(session, page, prose)


def _cards(session: Session, page: Page, prose: Prose) -> View:
    from app.ui.cards_view import CardsView

    return CardsView(session, page, prose)


def _models(session: Session, page: Page, _prose: Prose) -> View:
    from app.ui.models_view import ModelsView

    return ModelsView(session, page)


def _settings(session: Session, page: Page, _prose: Prose) -> View:
    from app.ui.settings_view import SettingsView

    return SettingsView(session, page)


CHAT = PageRow("chat", Text("shell.chat"), "message-square")
PAGES = (
    CHAT,
    PageRow("library", Text("shell.library"), "library", _library),
    PageRow("cards", Text("shell.cards"), "layers", _cards),
    PageRow("models", Text("shell.models"), "box", _models),
    PageRow("settings", Text("shell.settings"), "settings", _settings),
)
