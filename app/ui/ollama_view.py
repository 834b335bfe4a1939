"""Keeps the Ollama models up to date with the least work, wherever they stand.

view = OllamaView(session, page)
html = view.region()                            # the whole, for a page that is drawn anew
view.paint()                                    # later: what has changed
"""

from __future__ import annotations

from dataclasses import replace

from app.core.html import Html, h
from app.core.ports import Page
from app.core.signals import Computed
from app.models.ollama.client import DEFAULT_ADDRESS
from app.models.ollama.server import OllamaRow
from app.models.store.rows import Status
from app.session import Session
from app.session.ollama import OllamaStatus
from app.ui.drawn import drawn
from app.ui.parts.ollama import foot, head
from app.ui.parts.ollama_model import Beside, all_beside, bar, bar_id, model_article
from app.ui.words import t

State = tuple[OllamaRow, Beside]


class OllamaView:
    """Remembers what is on the screen."""

    def __init__(self, session: Session, page: Page) -> None:
        self._session, self._page = session, page
        self._looked = Computed(self._look)
        self._parts: dict[str, Html] = {}
        self._shown: dict[str, State] = {}
        self._drawn: dict[str, tuple[State, Html]] = {}

    def _look(self) -> tuple[dict[str, Html], dict[str, State]]:
        session = self._session
        shown = session.state.ollama() or OllamaStatus(DEFAULT_ADDRESS)
        parts = {
            "head": head(shown, session.state.ollama_kind()),
            "foot": foot(shown, session.state.importing()),
        }
        return parts, {state[0].id: state for state in all_beside(session, shown)}

    def region(self) -> Html:
        """Everything, as it is now."""
        self._parts, self._shown = self._looked()
        return h(
            "section",
            h("h2", t("ollama_page.title")),
            h("div", self._parts["head"], id="ollama-head"),
            h("div", self._list(), id="ollama-list"),
            h("div", self._parts["foot"], id="ollama-foot"),
            aria_label=t("ollama_page.title"),
            id="ollama",
        )

    def paint(self) -> None:
        """Paint what has changed."""
        before_parts, before = self._parts, self._shown
        self._parts, self._shown = self._looked()
        if self._shown is before:
            return
        for name, html in self._parts.items():
            if html != before_parts.get(name):
                self._page.paint("html", f"ollama-{name}", h("div", html, id=f"ollama-{name}"))
        if list(self._shown) != list(before):
            self._page.paint("html", "ollama-list", h("div", self._list(), id="ollama-list"))
            return
        for id, state in self._shown.items():
            if state == before[id]:
                continue
            if is_mere_progress(before[id], state):
                self._page.paint("html", bar_id(state[0]), bar(state[0]))
            else:
                self._page.paint("html", f"model-{id}", self._article(id))

    def _list(self) -> list[Html]:
        return [self._article(id) for id in self._shown]

    def _article(self, id: str) -> Html:
        state, before = self._shown[id], self._drawn.get(id)
        if before is None or before[0] != state:
            html = drawn(state[0].name, f"model-{id}", lambda: model_article(*state), tag="article")
            before = self._drawn[id] = (state, html)
        return before[1]


def is_mere_progress(before: State, now: State) -> bool:
    """Whether only the bar of a pull has moved."""
    old, new = before[0].pull, now[0].pull
    if old is None or new is None or (old.status, new.status) != (Status.DOWNLOADING, Status.DOWNLOADING):
        return False
    return before[1] == now[1] and replace(before[0], pull=new) == now[0]
