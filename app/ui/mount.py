"""Ties state to the page: effects that repaint exactly what has changed.

    mount(session, page, typesetter)

Each part is painted by an effect of its own. Turns are painted one by one, and a reply that streams only grows.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from app.core.html import Html, h
from app.core.ports import Page, Typesetter
from app.core.signals import Effect, Signal
from app.session import Session, as_app_error
from app.ui import shell
from app.ui.live import LiveReply
from app.ui.markdown import Block, Markdown
from app.ui.models_view import ModelsView
from app.ui.pages import chat as chat_page

GROUP = 8  # turns painted in one task of the page


def mount(session: Session, page: Page, typesetter: Typesetter) -> None:
    """Paint everything now, and again whenever the state behind it changes."""
    parts: dict[str, Callable[[Session], Html]] = {
        "nav": shell.navigation,
        "model": shell.picker,
        "pill": shell.pill,
        "notices": shell.notices,
        "chats": chat_page.chat_list,
        "earlier": chat_page.earlier,
        "empty": chat_page.empty,
    }
    for id, draw in parts.items():
        _paint(page, id, lambda draw=draw: draw(session))  # type: ignore[misc]
        page.cut()  # a task of the page for each part, so that none is long
    Conversation(session, page, typesetter)
    models = ModelsView(session, page)
    Effect(lambda: _route(session, page, models))
    is_busy = Signal(False)  # changes at the start and the end of a reply, not at every delta of it
    Effect(lambda: is_busy.set(session.chat().id in session.live()))
    Effect(lambda: _composer(page, is_busy()))
    Effect(lambda: page.do("offline", session.is_offline()))
    Effect(lambda: page.do("title", session.progress()))


def _paint(page: Page, id: str, draw: Callable[[], Html]) -> None:
    shown: list[Html] = []

    def paint() -> None:
        html = draw()
        if shown != [html]:
            shown[:] = [html]
            page.paint("html", id, html)

    Effect(paint)


def _route(session: Session, page: Page, models: ModelsView) -> None:
    """Show one page; the heavy ones are imported and drawn when they are first asked for."""
    route = session.route()
    for name, _ in shell.PAGES:
        page.attr(f"page-{name}", "hidden", None if name == route else "")
    if route == "models":
        models.paint()
        return
    models.leave()
    if route == "settings":
        from app.ui.pages.settings import settings_page

        page.paint("html", "page-settings", h("section", settings_page(session), id="page-settings"))


def _composer(page: Page, is_busy: bool) -> None:
    page.attr("composer", "data-busy", "" if is_busy else None)
    page.attr("send", "hidden", "" if is_busy else None)
    page.attr("stop", "hidden", None if is_busy else "")


class Conversation:
    """Paints the turns of the open chat and the reply that streams into it."""

    def __init__(self, session: Session, page: Page, typesetter: Typesetter) -> None:
        self._session = session
        self._page = page
        self._markdown = Markdown(typesetter)
        self._chat_id = ""
        self._shown: dict[str, tuple[object, ...]] = {}
        self._live_id = Signal("")
        self._live: LiveReply | None = None
        self._settling: set[asyncio.Future[None]] = set()
        Effect(self._paint_live)
        Effect(self._paint_turns)

    def _paint_live(self) -> None:
        session = self._session
        live = session.live().get(session.chat().id)
        if self._live is not None and (live is None or live.turn_id != self._live.turn_id):
            self._live.end()
            self._live = None
        self._live_id.set(live.turn_id if live else "")
        if live is None:
            return
        if self._live is None:
            self._live = LiveReply(live.turn_id, self._page, self._markdown, self._settle, live.text)
        if live.turn_id in self._shown:
            self._live.show(live, session.rows())

    def _paint_turns(self) -> None:
        session = self._session
        turns, chat = session.turns(), session.chat()
        live_id, editing, versions = self._live_id(), session.editing(), session.versions()
        keys: dict[str, tuple[object, ...]] = {}
        for turn in turns:
            is_live, is_last = turn.id == live_id, turn.id == chat.path[-1] if chat.path else False
            keys[turn.id] = (
                (turn.id, "live")
                if is_live
                else (turn, versions.get(turn.id, ()), turn.id == editing, is_last, bool(live_id))
            )

        def draw(turn_id: str) -> Html:
            turn = next(item for item in turns if item.id == turn_id)
            is_live = turn.id == live_id
            if not is_live:
                self._settle(self._markdown.turn_blocks(turn.id, turn.text))
            return chat_page.turn_article(
                turn,
                self._live.html() if is_live and self._live else self._markdown.render_turn(turn.id, turn.text),
                versions.get(turn.id, ()),
                is_editing=turn.id == editing,
                is_live=is_live,
                is_last=turn.id == (chat.path[-1] if chat.path else ""),
                is_busy=bool(live_id),
            )

        self._update(chat.id, keys, draw)

    def _update(self, chat_id: str, keys: dict[str, tuple[object, ...]], draw: Callable[[str], Html]) -> None:
        """Paint the difference: changed turns are morphed, new ones added at the end or at the start."""
        before, after = list(self._shown), list(keys)
        common = [turn_id for turn_id in before if turn_id in keys]
        start = after.index(common[0]) if common else 0
        is_same = chat_id == self._chat_id and common and common == after[start : start + len(common)]
        if not is_same:
            self._page.paint("fill", "turns", "")
            common, start = [], 0
        else:
            for turn_id in before:
                if turn_id not in keys:
                    self._page.paint("drop", f"t-{turn_id}")
            for turn_id in common:
                if self._shown[turn_id] != keys[turn_id]:
                    self._page.paint("html", f"t-{turn_id}", draw(turn_id))
        self._chat_id, self._shown = chat_id, keys
        new = after[start + len(common) :]
        if not is_same and len(new) > GROUP:
            self._fill_from_the_end(new, draw)
        else:
            for turn_id in new:
                self._page.paint("add", "turns", draw(turn_id))
        if start:
            self._prepend(after[:start], draw)

    def _fill_from_the_end(self, ids: list[str], draw: Callable[[str], Html]) -> None:
        """A long chat appears with its newest turns; the ones above follow in small tasks."""
        self._page.paint("add", "turns", "".join(draw(turn_id) for turn_id in ids[-GROUP:]))
        self._page.cut()
        self._prepend(ids[:-GROUP], draw)

    def _prepend(self, ids: list[str], draw: Callable[[str], Html]) -> None:
        for end in range(len(ids), 0, -GROUP):
            self._page.paint("first", "turns", "".join(draw(turn_id) for turn_id in ids[max(0, end - GROUP) : end]))
            self._page.cut()

    def _settle(self, finished: Sequence[Block]) -> None:
        """Typeset code and formulas in their worker, then repaint the blocks that hold them."""
        if any(self._markdown.pending(block.source) for block in finished):
            task = asyncio.ensure_future(self._markdown.settle(finished, self._repaint))
            self._settling.add(task)
            task.add_done_callback(self._settled)

    def _repaint(self, block_id: str, html: str) -> None:
        self._page.paint("html", block_id, html)

    def _settled(self, task: asyncio.Future[None]) -> None:
        self._settling.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._session.show_error(as_app_error(error))
