"""Keeps the Local Models page up to date with the least work: while a file is fetched, one progress bar changes.

view = ModelsView(session, page)
view.paint()                       # inside an effect; the whole page the first time, then what has changed
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.core.html import Html, h, join
from app.core.ports import Page
from app.core.signals import Computed
from app.core.texts import Text
from app.core.values import DeviceFacts
from app.models.store.rows import Row
from app.session import Session
from app.ui.drawn import drawn, kept_up
from app.ui.parts.progress import bar_id, move

if TYPE_CHECKING:  # the page's own module is imported when it is first shown
    from app.ui.ollama_view import OllamaView
    from app.ui.pages.models import Shown

#: names and ids of the lists
BROWSER, OLLAMA = (Text("models_page.browser_models"), "browser-models"), (Text("models_page.ollama_models"), "ollama")
FIRST = 24  # articles that the first paint of the page draws
State = tuple[Row, "Shown", DeviceFacts | None]  # all that an article depends on


class BrowserModelsView:
    """The region of the browser's models, wherever it stands. Remembers what is on the screen, and what was drawn."""

    def __init__(self, session: Session, page: Page) -> None:
        self._session, self._page = session, page
        self._shown: dict[str, State] = {}
        self._drawn: dict[str, tuple[State, Html]] = {}
        self._rest: list[Html] = []

    def region(self, first: int = 0) -> Html:
        """Everything as it is now, or its `first` articles: `rest` paints the others."""
        from app.ui.pages.models import browser_region

        self._shown = self._look()
        articles = [self._article(state) for state in self._shown.values()]
        shown = articles[:first] if first else articles
        self._rest = articles[len(shown) :]
        return browser_region(self._session, shown)

    def rest(self) -> None:
        """What is below the fold follows in small tasks of the page."""
        for start in range(0, len(self._rest), FIRST):
            self._page.cut()
            self._page.paint("add", "browser-models", join(*self._rest[start : start + FIRST]))
        self._rest = []

    def paint(self) -> None:
        """Paint what has changed."""
        before = self._shown
        states = self._look()
        if list(states) != list(before):
            self._page.paint("html", "browser-models", self.region())
            return
        self._shown = states
        for model_id, state in states.items():
            if is_mere_progress(before[model_id], state):
                move(self._page, state[0], bar_id(state[0]))
            elif state != before[model_id]:
                self._page.paint("html", f"model-{model_id}", self._article(state))

    def _look(self) -> dict[str, State]:
        from app.ui.pages.models import all_shown

        facts, memory_gb = self._session.state.machine(), self._session.state.settings().memory_gb
        if facts and memory_gb:  # the person's own word
            facts = replace(facts, memory_gb=memory_gb)
        return {row.model.id: (row, shown, facts) for row, shown in all_shown(self._session)}

    def _article(self, state: State) -> Html:
        from app.ui.pages.models import model_article

        model_id = state[0].model.id
        before = self._drawn.get(model_id)
        if before is None or before[0] != state:
            html = drawn(state[0].model.name, f"model-{model_id}", lambda: model_article(*state), tag="article")
            before = self._drawn[model_id] = (state, html)
        return before[1]


class ModelsView:
    """The Local Models page: both lists, and what this device can do."""

    def __init__(self, session: Session, page: Page) -> None:
        self._session, self._page = session, page
        self._browser = BrowserModelsView(session, page)
        self._ollama: OllamaView | None = None
        self._aside = Computed(self._draw_aside)
        self._parts: dict[str, Html] = {}

    def leave(self) -> None:
        """Another page is shown, on which the same models may stand: nothing may be there twice."""
        if self._parts:
            self._parts = {}
            self._page.paint("fill", "page-models", "")

    def paint(self) -> None:
        """Draw the page, or only what has changed in it."""
        from app.ui.ollama_view import OllamaView
        from app.ui.pages.models import models_page

        before, self._parts = self._parts, self._aside()
        if not before:
            self._session.run(lambda: self._session.measure.look())
            self._session.run(self._session.engines.gpu.look)
            self._ollama = OllamaView(self._session, self._page)
            lists = browser_list(self._browser), ollama_list(self._ollama)
            page = models_page(*lists, *self._parts.values())
            self._page.paint("html", "page-models", h("section", page, id="page-models"))
            self._browser.rest()
        else:
            kept_up(self._page, *BROWSER, self._browser.paint, tag="section")
            for id, html in self._parts.items():
                if html != before[id]:
                    self._page.paint("html", id, html)
            if self._ollama is not None:
                kept_up(self._page, *OLLAMA, self._ollama.paint, tag="section")

    def _draw_aside(self) -> dict[str, Html]:
        """What stands beside the models, and does not change while one is fetched."""
        from app.ui.pages.models import device
        from app.ui.parts.speed import speed_region

        return {
            "device": drawn(Text("models_page.device"), "device", lambda: device(self._session), tag="section"),
            "speed": drawn(Text("models_page.speed"), "speed", lambda: speed_region(self._session), tag="section"),
        }


def browser_list(view: BrowserModelsView) -> Html:
    """The browser's models on whichever page, as far as they can be drawn."""
    return drawn(*BROWSER, lambda: view.region(FIRST), tag="section")


def ollama_list(view: OllamaView) -> Html:
    """Ollama's models on whichever page, as far as they can be drawn."""
    return drawn(*OLLAMA, view.region, tag="section")


def is_mere_progress(before: State, now: State) -> bool:
    """Whether only the bar of a model at work has moved."""
    row = now[0]
    if before[0] == row or not row.is_busy or bool(before[0].stored_bytes) != bool(row.stored_bytes):
        return False
    moved = replace(before[0], stored_bytes=row.stored_bytes, done_bytes=row.done_bytes, rate=row.rate)
    return (moved, *before[1:]) == now
