"""Markdown on the page: drawn at once, its code and formulas as they come.

    prose = Prose(page, session.notices, typesetter)
    prose.html("7", text)                       # <div class="prose" id="p-7">, typeset once it is painted

Replies of a chat and notes of the library are drawn here, by one memory of what was drawn.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial

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
        self._waiting: dict[str, str] = {}  # the source of each block that waits for its code or formulas, by its id

    def html(self, id: str, text: str, citing: Citing = NOTHING) -> Html:
        """The words as Markdown; as they are where they cannot be read as that."""
        try:
            self.settle(self.markdown.turn_blocks(id, text, citing))
            return self.markdown.render_turn(id, text, citing)
        except Exception:  # noqa: BLE001 - the words themselves are what matters
            return h("div", h("pre", text, dir="auto"), class_="prose", id=f"p-{id}")

    def settle(self, finished: Sequence[Block]) -> None:
        """Typeset code and formulas in their worker, then repaint the blocks that hold them, and no others that have
        come to their places meanwhile."""
        waiting = False
        for block in finished:
            if self.markdown.pending(block.source, block.citing):
                waiting, self._waiting[block.id] = True, block.source
            else:
                self._waiting.pop(block.id, None)
        if waiting:
            task = asyncio.ensure_future(self.markdown.settle(finished, partial(self._repaint, finished)))
            self._settling.add(task)
            task.add_done_callback(self._settled)

    def _repaint(self, finished: Sequence[Block], block_id: str, html: str) -> None:
        if any(one.id == block_id and one.source == self._waiting.get(block_id) for one in finished):
            self._page.paint("html", block_id, html)

    def _settled(self, task: asyncio.Future[None]) -> None:
        self._settling.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._notices.error(as_app_error(error))
