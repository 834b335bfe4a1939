"""Keeps the Local Models page up to date with the least work: while a file is fetched, one progress bar changes.

view = ModelsView(session, page)
view.paint()                       # inside an effect; the whole page the first time, then what has changed
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from app.core.commands import Focus
from app.core.html import Html, h, join
from app.core.ports import Page
from app.core.signals import Computed
from app.core.texts import Percent, Text
from app.core.values import DeviceFacts
from app.models.store.rows import Row
from app.session import Session
from app.ui.drawn import drawn, kept_up
from app.ui.parts.model_row import dashes
from app.ui.parts.progress import bar_id, move

if TYPE_CHECKING:  # the page's own modules are imported when it is first shown
    from app.ui.ollama_view import OllamaView
    from app.ui.pages.models import TabName
    from app.ui.parts.best import Best
    from app.ui.parts.browser_list import Frame
    from app.ui.parts.browser_row import Shown

#: names and ids of the lists
BROWSER, OLLAMA = (Text("models_page.browser_models"), "browser-models"), (Text("models_page.ollama_models"), "ollama")
FIRST = 24  # articles that the first paint of the page draws
State = tuple[Row, "Shown", DeviceFacts | None]  # all that an article depends on
Choose = Callable[[Session], tuple[Row, ...]]  # which rows are listed


def on_device(session: Session) -> tuple[Row, ...]:
    """What is on this device, and what is recommended for it."""
    from app.ui.parts import browser_list as part

    return part.on_device(session)


def discovered(session: Session) -> tuple[Row, ...]:
    """What is not on this device."""
    from app.ui.parts import browser_list as part

    return part.discovered(session)


class BrowserModelsView:
    """The region of the browser's models, wherever it stands. Remembers what is on the screen, and what was drawn."""

    def __init__(self, session: Session, page: Page, choose: Choose = on_device) -> None:
        self._session, self._page, self._choose = session, page, choose
        self._shown: dict[str, State] = {}
        self._drawn: dict[str, tuple[State, Html]] = {}
        self._rest: list[Html] = []
        self._around: Frame | None = None

    def region(self, first: int = 0) -> Html:
        """Everything as it is now, or its `first` articles: `rest` paints the others."""
        return self._draw(*self._look(), first)

    def _draw(self, states: dict[str, State], around: Frame, first: int = 0) -> Html:
        from app.ui.parts.browser_list import browser_region

        self._shown, self._around = states, around
        articles = [self._article(state) for state in states.values()]
        shown = articles[:first] if first else articles
        self._rest = articles[len(shown) :]
        return browser_region(around, shown)

    def rest(self) -> None:
        """What is below the fold follows in small tasks of the page."""
        for start in range(0, len(self._rest), FIRST):
            self._page.cut()
            self._page.paint("add", "browser-list", join(*self._rest[start : start + FIRST]))
        self._rest = []

    def paint(self) -> None:
        """Paint what has changed."""
        before = self._shown
        states, around = self._look()
        if list(states) != list(before) or around != self._around:
            self._page.paint("html", "browser-models", self._draw(states, around))
            return
        self._shown = states
        for model_id, state in states.items():
            if is_mere_progress(before[model_id], state):
                move_row(self._page, state[0])
            elif state != before[model_id]:
                self._page.paint("html", f"model-{model_id}", self._article(state))

    def _look(self) -> tuple[dict[str, State], Frame]:
        from app.ui.parts.browser_list import frame
        from app.ui.parts.browser_row import all_shown
        from app.ui.parts.model_sheet import device_facts

        facts, rows = device_facts(self._session), self._choose(self._session)
        shown = all_shown(self._session, rows)
        return {row.model.id: (row, beside, facts) for row, beside in shown}, frame(self._session, rows)

    def _article(self, state: State) -> Html:
        from app.ui.parts.browser_row import model_article

        model_id = state[0].model.id
        before = self._drawn.get(model_id)
        if before is None or before[0] != state:
            html = drawn(state[0].model.name, f"model-{model_id}", lambda: model_article(*state), tag="article")
            before = self._drawn[model_id] = (state, html)
        return before[1]


def move_row(page: Page, row: Row) -> None:
    """Paint how far it is into a row that is there."""
    move(page, row, bar_id(row))
    page.attr(f"ring-{row.model.id}", "stroke-dasharray", dashes(Percent.of(row.done_bytes, row.model.size_bytes)))


class Panel(Protocol):
    """What one tab shows, and what keeps it up to date."""

    def regions(self) -> Html:
        """Everything as it is now."""

    def paint(self) -> None:
        """Paint what has changed."""

    def rest(self) -> None:
        """Paint what was too much for the first paint."""


class DevicePanel:
    """On this device: both lists, and below what this device can do."""

    def __init__(self, session: Session, page: Page) -> None:
        from app.ui.ollama_view import OllamaView

        self._session, self._page = session, page
        self._browser, self._ollama = BrowserModelsView(session, page), OllamaView(session, page)
        self._own, self._aside = Computed(self._draw_own), Computed(self._draw_aside)
        self._parts: dict[str, Html] = {}

    def regions(self) -> Html:
        """Both lists, between them what the browser has built in, this device, and speed."""
        own, aside = self._own(), self._aside()
        self._parts = own | aside
        return join(browser_list(self._browser), *own.values(), ollama_list(self._ollama), *aside.values())

    def rest(self) -> None:
        """More of the browser's models."""
        self._browser.rest()

    def paint(self) -> None:
        """Each part by itself."""
        kept_up(self._page, *BROWSER, self._browser.paint, tag="section")
        before, self._parts = self._parts, self._own() | self._aside()
        for id, html in self._parts.items():
            if html != before[id]:
                self._page.paint("html", id, html)
        kept_up(self._page, *OLLAMA, self._ollama.paint, tag="section")

    def _draw_own(self) -> dict[str, Html]:
        """The browser's own model, where it has one: that is known from the start."""
        if self._session.state.built_in() is None:
            return {}
        from app.ui.parts.built_in import REGION, built_in_region

        return {REGION: drawn(Text("builtin.region"), REGION, lambda: built_in_region(self._session), tag="section")}

    def _draw_aside(self) -> dict[str, Html]:
        """What stands below the models, and does not change while one is fetched."""
        from app.ui.pages.models import device
        from app.ui.parts.speed import speed_region

        return {
            "device": drawn(Text("models_page.device"), "device", lambda: device(self._session), tag="section"),
            "speed": drawn(Text("models_page.speed"), "speed", lambda: speed_region(self._session), tag="section"),
        }


class DiscoverPanel:
    """Discover: a search, filters, what the Hub has where it was asked, and what is not on this device."""

    def __init__(self, session: Session, page: Page) -> None:
        self._session, self._page = session, page
        self._list = BrowserModelsView(session, page, discovered)
        self._hub_now = Computed(self._draw_hub)  # which a progress of the list below does not change
        self._finder = self._hub = Html("")
        self._open = ""

    def regions(self) -> Html:
        """The search over both lists."""
        from app.ui.parts.browser_list import finder

        self._finder, self._hub, self._open = finder(self._session), self._hub_now(), self._opened()
        return join(self._finder, self._hub, browser_list(self._list))

    def _draw_hub(self) -> Html:
        """Nothing is imported for it before somebody has asked."""
        if self._session.state.hub() is None:
            return h("div", id="hub")

        def draw() -> Html:
            from app.ui.parts.hub import hub_region

            return hub_region(self._session)

        return drawn(Text("hub.title"), "hub", draw, tag="section")

    def _opened(self) -> str:
        """The repository whose files are on show, "" where none is."""
        shown = self._session.state.hub()
        return shown.opened.repository.id if shown and shown.opened else ""

    def _follow(self) -> None:
        """What was pressed is gone: the cursor goes to the files' heading, and back to where they were opened."""
        was, self._open = self._open, self._opened()
        if self._session.state.hub() is None:
            self._page.do(Focus("discover-words"))
        elif was != self._open:
            self._page.do(Focus("hub-repository" if self._open else f"hub-open-{was}"))

    def rest(self) -> None:
        """More of the models."""
        self._list.rest()

    def paint(self) -> None:
        """The filters, and the list."""
        from app.ui.parts.browser_list import finder

        before, self._finder = self._finder, finder(self._session)
        if self._finder != before:
            self._page.paint("html", "finder", self._finder)
        was, self._hub = self._hub, self._hub_now()
        if self._hub != was:
            self._page.paint("html", "hub", self._hub)
            self._follow()
        kept_up(self._page, *BROWSER, self._list.paint, tag="section")


class OllamaPanel:
    """Ollama: its server and all its models."""

    def __init__(self, session: Session, page: Page) -> None:
        from app.ui.ollama_view import OllamaView

        self._page, self._view = page, OllamaView(session, page)

    def regions(self) -> Html:
        """The region."""
        return ollama_list(self._view)

    def rest(self) -> None:
        """Nothing is left out at first."""

    def paint(self) -> None:
        """What has changed."""
        kept_up(self._page, *OLLAMA, self._view.paint, tag="section")


class CloudPanel:
    """Cloud: the services and their state."""

    def __init__(self, session: Session, page: Page) -> None:
        self._session, self._page = session, page
        self._shown = Html("")
        session.run(lambda: session.cloud.look())

    def regions(self) -> Html:
        """The services, and the models that they offer."""
        self._shown = self._draw()
        return self._shown

    def rest(self) -> None:
        """Nothing is left out at first."""

    def paint(self) -> None:
        """What has changed."""
        before, self._shown = self._shown, self._draw()
        if self._shown != before:
            self._page.paint("html", "cloud-tab", self._shown)

    def _draw(self) -> Html:
        from app.ui.parts.cloud_tab import cloud_tab

        return drawn(Text("models_page.tab_cloud"), "cloud-tab", lambda: cloud_tab(self._session), tag="section")


PANELS: dict[str, Callable[[Session, Page], Panel]] = {
    "device": DevicePanel,
    "discover": DiscoverPanel,
    "ollama": OllamaPanel,
    "cloud": CloudPanel,
}


class ModelsView:
    """The Local Models page: its head, the best model, and the panel of the chosen tab."""

    def __init__(self, session: Session, page: Page) -> None:
        self._session, self._page = session, page
        self._tab: TabName | None = None
        self._panel: Panel | None = None
        self._head = Html("")
        self._best: Best | None = None

    def leave(self) -> None:
        """Another page is shown, on which the same models may stand: nothing may be there twice."""
        if self._panel:
            self._tab, self._panel = None, None
            self._page.paint("fill", "page-models", "")

    def paint(self) -> None:
        """Draw the page, or only what has changed in it."""
        from app.ui.pages.models import tab_of

        tab = tab_of(self._session.state.section())
        if self._panel is None:
            self._session.run(lambda: self._session.measure.look())
            self._session.run(self._session.engines.gpu.look)
            self._session.run(self._session.models.note_new)
            if self._session.state.built_in() is not None:
                self._session.run(lambda: self._session.builtin.look())
        if self._panel is None or tab != self._tab:
            self._draw(tab)
            return
        self._paint_top(tab)
        self._panel.paint()

    def _draw(self, tab: TabName) -> None:
        from app.ui.pages.models import head, models_page
        from app.ui.parts.best import best, best_card

        panel = PANELS[tab](self._session, self._page)
        self._tab, self._panel = tab, panel
        self._head, self._best = head(self._session, tab), best(self._session)
        page = models_page(tab, self._head, best_card(self._best), panel.regions())
        self._page.paint("html", "page-models", page)
        panel.rest()

    def _paint_top(self, tab: TabName) -> None:
        from app.ui.pages.models import head
        from app.ui.parts.best import BAR, best, best_card

        before, self._head = self._head, head(self._session, tab)
        if self._head != before:
            self._page.paint("html", "models-head", self._head)
        was, now = self._best, best(self._session)
        self._best = now
        if was and now and replace(now, row=was.row) == was and is_progress(was.row, now.row):
            move(self._page, now.row, BAR)
        elif now != was:
            self._page.paint("html", "best", best_card(now))


def browser_list(view: BrowserModelsView) -> Html:
    """The browser's models on whichever page, as far as they can be drawn."""
    return drawn(*BROWSER, lambda: view.region(FIRST), tag="section")


def ollama_list(view: OllamaView) -> Html:
    """Ollama's models on whichever page, as far as they can be drawn."""
    return drawn(*OLLAMA, view.region, tag="section")


def is_mere_progress(before: State, now: State) -> bool:
    """Whether only the bar of a model at work has moved."""
    return before[1:] == now[1:] and is_progress(before[0], now[0])


def is_progress(before: Row, row: Row) -> bool:
    """The same of rows alone."""
    if before == row or not row.is_busy or bool(before.stored_bytes) != bool(row.stored_bytes):
        return False
    return replace(before, stored_bytes=row.stored_bytes, done_bytes=row.done_bytes, rate=row.rate) == row
