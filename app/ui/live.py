"""A reply while it streams: text is appended as it comes, and drawn as Markdown a few times a second."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Sequence

from app.core.commands import Say
from app.core.html import Html, h, join
from app.core.ports import Page
from app.models.store.rows import Row
from app.study.replies import Live
from app.ui.citing import NOTHING, Citing
from app.ui.markdown import Block, LiveText, Markdown, Operation
from app.ui.parts.controls import button
from app.ui.parts.loading import LiveWait, Waits
from app.ui.parts.progress import progress
from app.ui.parts.thinking import LiveThinking
from app.ui.words import t, words

DRAW_SECONDS = 0.1
SHARE = 12  # drawing may take at most one part in so many of the time
SPEAK_SECONDS = 2.0
SENTENCE_END = re.compile(r"[.!?…:]\s")


class LiveReply:
    """Paints one growing reply into its article."""

    def __init__(
        self,
        turn_id: str,
        page: Page,
        markdown: Markdown,
        settle: Callable[[Sequence[Block]], None],
        text: str,
        is_read: Callable[[str], bool] = lambda turn_id: False,
        citing: Citing = NOTHING,
    ) -> None:
        self.turn_id = turn_id
        self._page = page
        self._markdown = markdown
        self._is_read = is_read
        self._citing = citing
        self._text = LiveText(markdown, turn_id, text, citing)
        self._settle = settle
        self._settled = 0
        self._length = len(text)
        self._note = Html("")
        self._drawn_at = 0.0
        self._cost = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._spoken, self._spoken_at = 0, 0.0
        self._thinking, self._wait = LiveThinking(turn_id, page), LiveWait(turn_id, page)
        self._whole = ""

    @property
    def note(self) -> Html:
        """The line about what is happening, as it was painted last."""
        return self._note

    def html(self) -> Html:
        """The prose element as it stands."""
        return self._text.html()

    def cite(self, citing: Citing) -> bool:
        """The passages that it is written from are known; what is painted already follows at the end. Whether they
        are others than before."""
        is_new, self._citing = citing != self._citing, citing
        self._text.cite(citing)
        return is_new

    def show(self, live: Live, rows: Sequence[Row]) -> None:
        """Append what is new; draw at most ten times a second, and more seldom where drawing is slow."""
        self.show_note(live, rows)
        self._thinking.show(live)
        if len(live.text) < self._length:
            self._begin_anew(live.text)
        elif len(live.text) > self._length:
            new, self._length, self._whole = live.text[self._length :], len(live.text), live.text
            self._paint(self._text.push(new))
            self._draw_soon()
            self._speak()

    def end(self) -> None:
        """Stop drawing."""
        self._thinking.end()
        self._wait.end()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def finish(self, finished: Sequence[Block]) -> bool:
        """Paint the blocks of the finished turn that are missing, or have something marked; False where the painted
        ones are others."""
        closed = self._text.closed
        if [block.source for block in finished[: len(closed)]] != [block.source for block in closed]:
            return False
        for block, before in zip(finished, closed, strict=False):
            if block.citing != before.citing:
                self._page.paint("html", block.id, self._markdown.element(block))
        for block in finished[len(closed) :]:
            self._page.paint("before", self._text.open_id, self._markdown.element(block))
        self._page.paint("drop", self._text.open_id)
        return True

    def _draw_soon(self) -> None:
        if self._timer is None:
            wait = self._drawn_at + max(DRAW_SECONDS, SHARE * self._cost) - time.perf_counter()
            if wait <= 0:
                self._draw()
            else:
                self._timer = asyncio.get_running_loop().call_later(wait, self._draw)

    def _draw(self) -> None:
        self._timer = None
        start = time.perf_counter()
        self._paint(self._text.redraw())
        self._drawn_at = time.perf_counter()
        self._cost = self._drawn_at - start
        self._settle(self._text.closed[self._settled :])
        self._settled = len(self._text.closed)

    def _paint(self, operations: Sequence[Operation]) -> None:
        for kind, id, html in operations:
            whole = h("div", Html(html), class_="block", id=id, dir="auto") if kind == "html" else html
            self._page.paint(kind, id, whole)

    def show_note(self, live: Live, rows: Sequence[Row]) -> None:
        """One line about what is happening while there are no new words."""
        row = next((item for item in rows if item.is_busy and not live.text), None)
        has_begun = bool(live.text or live.thinking)
        is_waiting = row is None and (live.loading or live.note or not has_begun)
        self._wait.show(Waits(live.loading, live.note) if is_waiting else None)
        note = progress(row, f"l-{live.turn_id}") if row is not None else self._wait.html()
        note = join(reason(live), note) if live.reason else note
        if note != self._note:
            self._note = note
            self._page.paint("fill", f"n-{live.turn_id}", note)

    def _begin_anew(self, text: str) -> None:
        """The words on show were thinking: they go, and the answer begins behind them."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._text = LiveText(self._markdown, self.turn_id, text, self._citing)
        self._page.paint("html", f"p-{self.turn_id}", self._text.html())
        self._length, self._whole, self._settled, self._spoken = len(text), text, 0, 0
        self._drawn_at = 0.0

    def _speak(self) -> None:
        """Tell a screen reader whole sentences, never single tokens; nothing where a voice reads them already."""
        now = time.perf_counter()
        if now - self._spoken_at < SPEAK_SECONDS:
            return
        ends = [match.end() for match in SENTENCE_END.finditer(self._whole, self._spoken)]
        if ends:
            if not self._is_read(self.turn_id):
                self._page.do(Say(self._whole[self._spoken : ends[-1]].strip()))
            self._spoken, self._spoken_at = ends[-1], now


def reason(live: Live) -> Html:
    """Why another model answers, at once, and the way back to the chosen one; waiting is the other choice."""
    again = button(t("chat.try_again"), "click:chat:again", live.turn_id, id=f"again-{live.turn_id}")
    return h("div", h("p", words(live.reason)), again, class_="problem", role="alert")
