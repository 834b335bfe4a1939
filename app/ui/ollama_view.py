"""Keeps the Ollama models on whichever page up to date: only what has changed is drawn and painted.

view = OllamaView(session, page)
view.region()       # everything: short on Local Models' first tab and in Settings, whole on Ollama's own tab
view.paint()        # what has changed
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from app.core.html import Html, h
from app.core.ports import Page
from app.core.signals import Computed
from app.core.texts import Percent
from app.models.store.rows import Status
from app.session import Session
from app.ui.drawn import drawn
from app.ui.parts.model_row import dashes
from app.ui.parts.ollama import UNKNOWN, card, head, tools
from app.ui.parts.ollama_import import foot
from app.ui.parts.ollama_model import State, all_beside, bar, bar_id, first, found, ollama_row
from app.ui.words import t

TAB = "#/models/ollama"


@dataclass(frozen=True, slots=True)
class Look:
    """All that the region shows. `hidden` is how many models its list leaves out."""

    is_full: bool = False
    is_running: bool = False
    hidden: int = 0
    is_searched: bool = False
    parts: dict[str, Html] = field(default_factory=dict)
    rows: dict[str, State] = field(default_factory=dict)


class OllamaView:
    """Remembers what is on the screen."""

    def __init__(self, session: Session, page: Page) -> None:
        self._session, self._page = session, page
        self._looked = Computed(self._look)
        self._shown = Look()
        self._drawn: dict[str, tuple[State, Html]] = {}

    def _look(self) -> Look:
        state = self._session.state
        shown = state.ollama() or UNKNOWN
        is_full = state.route() == "models" and state.section() == "ollama"
        kind, wanted = (state.ollama_kind(), state.ollama_wanted()) if is_full else ("", "")
        every = all_beside(self._session, shown)
        is_whole = is_full and bool(kind or wanted or state.is_ollama_whole())
        rows = found(every, kind, wanted) if is_whole else first(every)
        parts = {
            "head": head(shown),
            "card": card(shown) or Html(""),
            "tools": tools(shown, kind, wanted) if is_full else Html(""),
            "foot": foot(shown, state.importing(), is_full=is_full),
        }
        hidden = 0 if is_whole else len(every) - len(rows)
        searched = is_full and bool(kind or wanted)
        return Look(is_full, shown.is_running, hidden, searched, parts, {row[0].id: row for row in rows})

    def region(self) -> Html:
        """Everything, as it is now."""
        self._shown = self._looked()
        return h(
            "section",
            self._part("head"),
            self._part("card"),
            self._part("tools") if self._shown.is_running else None,
            self._listed(),
            self._part("foot"),
            aria_label=t("ollama_page.title"),
            id="ollama",
        )

    def _part(self, name: str) -> Html:
        return h("div", self._shown.parts[name], id=f"ollama-{name}")

    def _listed(self) -> Html:
        """The list; it is folded where the server does not answer."""
        if self._shown.is_running:
            return self._list()
        return h(
            "details",
            h("summary", t("ollama_page.show_models")),
            h("p", t("ollama_page.commands_too"), class_="note"),
            self._part("tools"),
            self._list(),
            id="ollama-folded",
        )

    def paint(self) -> None:
        """Paint what has changed."""
        before, self._shown = self._shown, self._looked()
        now = self._shown
        if now is before:
            return
        if (now.is_full, now.is_running) != (before.is_full, before.is_running):
            self._page.paint("html", "ollama", self.region())
            return
        for name, html in now.parts.items():
            if html != before.parts.get(name):
                self._page.paint("html", f"ollama-{name}", self._part(name))
        if (list(now.rows), now.hidden) != (list(before.rows), before.hidden):
            self._page.paint("html", "ollama-list", self._list())
            return
        for id, state in now.rows.items():
            if state == before.rows[id]:
                continue
            if is_mere_progress(before.rows[id], state):
                self._move(state)
            else:
                self._page.paint("html", f"model-{id}", self._row(id))

    def _move(self, state: State) -> None:
        """Only the bar of a pull has moved, and the ring beside its name."""
        row = state[0]
        self._page.paint("html", bar_id(row), bar(row))
        self._page.attr(f"ring-{row.id}", "stroke-dasharray", dashes(Percent(row.pull.percent if row.pull else 0)))

    def _list(self) -> Html:
        hidden = self._shown.hidden
        rows = [self._row(id) for id in self._shown.rows]
        none = (
            h("p", t("ollama_page.none_found"), class_="note", role="status")
            if self._shown.is_searched and not rows
            else None
        )
        label = t("ollama_page.show_all", count=hidden + len(rows))
        if self._shown.is_full:
            every = h("button", label, type="button", data_on="click:ollama:all", id="ollama-all")
        else:
            every = h("a", label, href=TAB, id="ollama-all")
        more = h("p", every, class_="show-all") if hidden else None
        return h("div", h("div", *rows, class_="models"), none, more, id="ollama-list")

    def _row(self, id: str) -> Html:
        state, before = self._shown.rows[id], self._drawn.get(id)
        if before is None or before[0] != state:
            html = drawn(state[0].name, f"model-{id}", lambda: ollama_row(*state), tag="article")
            before = self._drawn[id] = (state, html)
        return before[1]


def is_mere_progress(before: State, now: State) -> bool:
    """Whether only the bar of a pull has moved."""
    old, new = before[0].pull, now[0].pull
    if old is None or new is None or (old.status, new.status) != (Status.DOWNLOADING, Status.DOWNLOADING):
        return False
    return before[1] == now[1] and replace(before[0], pull=new) == now[0]
