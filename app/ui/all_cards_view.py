"""Keeps the All cards tab up to date: the list, or the editor of the note that the address names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.core.commands import Focus
from app.core.html import Html, h
from app.core.ports import Page
from app.core.signals import untracked
from app.core.texts import Text
from app.session import Session
from app.session.cards import MAKE, Draft
from app.ui.drawn import drawn
from app.ui.pages.cards import PANEL
from app.ui.parts.anki import PANEL as ANKI
from app.ui.parts.anki import anki_panel
from app.ui.parts.card_editor import EDITOR, PREVIEW, card_editor, card_preview
from app.ui.parts.card_list import FILTER, LIST, card_list, list_tools, notebook_filter
from app.ui.parts.tabs import tab_panel
from app.ui.prose import Prose

if TYPE_CHECKING:
    from app.ui.making_view import MakingView

THE_LIST, THE_EDITOR, THE_FILE = Text("cards.list"), Text("cards.edit_card"), Text("anki.import")


class AllCardsView:
    """Remembers what is on the screen."""

    def __init__(self, session: Session, page: Page, prose: Prose) -> None:
        self._session, self._page, self._prose = session, page, prose
        self._parts: dict[str, Html] = {}
        self._form: object = None  # what the form was drawn from
        self._making: MakingView | None = None  # imported when it is first shown

    def leave(self) -> None:
        """Another tab or page is shown."""
        with untracked():
            self._session.cards.leave()
        if self._making:
            self._making.leave()
        self._parts, self._form = {}, None

    def paint(self) -> None:
        """Draw the tab, or what has changed in it."""
        id, session = self._session.state.setting(), self._session
        if id == MAKE:
            self._paint_making()
            return
        if self._making:
            self._making.leave()
        session.practice.version()
        with untracked():
            session.cards.look(id)
        draft = session.cards.draft() if id else None
        if draft:
            self._paint_editor(draft)
        elif not id:
            self._paint_list()

    def _paint_making(self) -> None:
        from app.ui.making_view import MakingView

        self._parts, self._form = {}, None
        self._making = self._making or MakingView(self._session, self._page, self._prose)
        self._making.paint()

    def _paint_list(self) -> None:
        session = self._session
        parts = {
            FILTER: drawn(THE_LIST, FILTER, lambda: notebook_filter(session), tag="select"),
            ANKI: drawn(THE_FILE, ANKI, lambda: anki_panel(session)),
            LIST: drawn(THE_LIST, LIST, lambda: card_list(session)),
        }
        is_new = LIST not in self._parts
        before, self._parts, self._form = self._parts, parts, None
        if is_new:
            with untracked():
                tools = list_tools(session)
            self._page.paint("html", PANEL, tab_panel(PANEL, "all", tools, parts[ANKI], parts[LIST]))
            return
        for id, html in parts.items():
            if html != before[id]:
                self._page.paint("html", id, html)

    def _paint_editor(self, draft: Draft) -> None:
        """The form is drawn anew only where something else than typing has changed it."""
        session = self._session
        notebooks = session.library.notebooks()
        form = (draft.note.id, draft.note.kind, draft.note.media, notebooks, session.cards.problem())
        parts = {PREVIEW: drawn(THE_EDITOR, PREVIEW, lambda: card_preview(self._prose, draft))}
        before, self._parts = self._parts, parts
        if form != self._form or PREVIEW not in before:
            is_first = not isinstance(self._form, tuple) or self._form[0] != draft.note.id
            self._form = form
            editor = drawn(THE_EDITOR, EDITOR, lambda: card_editor(session, draft), tag="form")
            self._page.paint(
                "html", PANEL, tab_panel(PANEL, "all", h("div", editor, parts[PREVIEW], class_="card-edit"))
            )
            if is_first:
                self._page.now()
                self._page.do(Focus("card-field-0"))
        elif parts[PREVIEW] != before[PREVIEW]:
            self._page.paint("html", PREVIEW, parts[PREVIEW])
