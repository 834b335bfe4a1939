"""Keeps the Local Models page up to date with the least work: while a file is fetched, one progress bar changes.

view = ModelsView(session, page)
view.paint()                       # inside an effect; the whole page the first time, then what has changed
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.core.html import Html, h, join
from app.core.ports import Page
from app.core.values import DeviceFacts
from app.models.rows import Row
from app.session import Session
from app.ui.parts.progress import bar_id, progress

if TYPE_CHECKING:  # the page's own module is imported when it is first shown
    from app.ui.ollama_view import OllamaView
    from app.ui.pages.models import Shown

FIRST = 24  # articles that the first paint of the page draws
State = tuple[Row, "Shown", DeviceFacts | None]  # all that an article depends on


class ModelsView:
    """Remembers what is on the screen, and the articles that were drawn."""

    def __init__(self, session: Session, page: Page) -> None:
        self._session, self._page = session, page
        self._frame: object = None
        self._is_shown = False
        self._ollama: OllamaView | None = None
        self._shown: dict[str, State] = {}
        self._drawn: dict[str, tuple[State, Html]] = {}

    def leave(self) -> None:
        """Another page is shown: draw everything the next time."""
        self._frame, self._is_shown = None, False

    def paint(self) -> None:
        """Draw the page, or only what has changed in the articles."""
        from app.ui.ollama_view import OllamaView
        from app.ui.pages.models import all_shown, models_page

        session, facts = self._session, self._session.facts()
        states: list[State] = [(row, shown, facts) for row, shown in all_shown(session)]
        before, self._shown = self._shown, {state[0].model.id: state for state in states}
        frame = (facts, list(self._shown))
        if frame != self._frame:
            self._frame = frame
            self._ollama = OllamaView(session, self._page, "")
            articles = [self._article(state) for state in states]
            first = articles if self._is_shown else articles[:FIRST]
            page = models_page(session, first, self._ollama.region())
            self._page.paint("html", "page-models", h("section", page, id="page-models"))
            for start in range(len(first), len(articles), FIRST):  # what is below the fold follows in small tasks
                self._page.cut()
                self._page.paint("add", "browser-models", join(*articles[start : start + FIRST]))
            self._is_shown = True
            return
        for model_id, state in self._shown.items():
            if is_mere_progress(before[model_id], state):
                self._page.paint("html", bar_id(state[0]), progress(state[0], bar_id(state[0])))
            elif state != before[model_id]:
                self._page.paint("html", f"model-{model_id}", self._article(state))
        if self._ollama is not None:
            self._ollama.paint()

    def _article(self, state: State) -> Html:
        from app.ui.pages.models import model_article

        model_id = state[0].model.id
        drawn = self._drawn.get(model_id)
        if drawn is None or drawn[0] != state:
            drawn = self._drawn[model_id] = (state, model_article(*state))
        return drawn[1]


def is_mere_progress(before: State, now: State) -> bool:
    """Whether only the bar of a model at work has moved."""
    row = now[0]
    if before[0] == row or not row.is_busy or bool(before[0].stored_bytes) != bool(row.stored_bytes):
        return False
    moved = replace(before[0], stored_bytes=row.stored_bytes, done_bytes=row.done_bytes, rate=row.rate)
    return (moved, *before[1:]) == now
