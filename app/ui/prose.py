"""Markdown on the page: drawn at once, its code and formulas as they come.

    prose = Prose(page, session.notices, typesetter)
    prose.html("7", text)                       # <div class="prose" id="p-7">, typeset once it is painted

Replies of a chat and notes of the library are drawn here, by one memory of what was drawn.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from app.core.html import Html, h
from app.core.ports import Page, Typesetter
from app.session.notices import Notices, as_app_error
from app.ui.citing import NOTHING, Citing
from app.ui.markdown import Block, Markdown


class Prose:
    """Draws texts by the ids of their elements."""

    def __init__(self, page: Page, notices: Notices, typesetter: Typesetter) -> None:
        self._page, self._notices = page, notices
        self.markdown = Markdown(typesetter)
        self._settling: set[asyncio.Future[None]] = set()

    def html(self, id: str, text: str, citing: Citing = NOTHING) -> Html:
        """The words as Markdown; as they are where they cannot be read as that."""
        try:
            self.settle(self.markdown.turn_blocks(id, text, citing))
            return self.markdown.render_turn(id, text, citing)
        except Exception:  # noqa: BLE001 - the words themselves are what matters
            return h("div", h("pre", text, dir="auto"), class_="prose", id=f"p-{id}")

    def settle(self, finished: Sequence[Block]) -> None:
        """Typeset code and formulas in their worker, then repaint the blocks that hold them."""
        if any(self.markdown.pending(block.source, block.citing) for block in finished):
            task = asyncio.ensure_future(self.markdown.settle(finished, self._repaint))
            self._settling.add(task)
            task.add_done_callback(self._settled)

    def _repaint(self, block_id: str, html: str) -> None:
        self._page.paint("html", block_id, html)

    def _settled(self, task: asyncio.Future[None]) -> None:
        self._settling.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._notices.error(as_app_error(error))
