"""What a model wrote for itself before it answered: folded, with how long it took.

folded("7", "Easy.", 12.0)                   # <details> "Thought for 12 s"
folded("7", "Easy.", 12.0, is_on=True)       # "Thinking… 12 s"

live = LiveThinking("7", page)
live.show(Live("7", thinking="Ea", is_thinking=True))     # grows, and counts the seconds
live.end()
"""

from __future__ import annotations

import asyncio
import time

from app.core.commands import Say
from app.core.html import Html, h
from app.core.ports import Page
from app.core.texts import Seconds, Text
from app.study.replies import Live
from app.ui.words import t

TICK_SECONDS = 1.0
PAINT_SECONDS = 0.3


def label(seconds: float, *, is_on: bool = False) -> str:
    """The line that stays when the thinking is folded. Nobody counted the seconds of earlier versions."""
    took = whole_seconds(max(1.0, seconds))
    if is_on:
        return t("answering.thinking_now", took=took)
    return t("answering.thought", took=took) if seconds else t("answering.thinking")


def whole_seconds(seconds: float) -> Text | Seconds:
    """A duration that counts on, without parts of seconds."""
    whole = round(seconds)
    return Text("language.seconds", n=whole) if whole < 60 else Seconds(whole)


def folded(turn_id: str, text: str, seconds: float, *, is_on: bool = False) -> Html:
    """The element of a turn's thinking; empty where there is none."""
    if not text:
        return h("div", id=f"k-{turn_id}")
    summary = h("summary", label(seconds, is_on=is_on), id=f"ks-{turn_id}")
    words = h("p", text, id=f"kt-{turn_id}")
    return h("div", h("details", summary, words, id=f"kd-{turn_id}", class_="thinking"), id=f"k-{turn_id}")


class LiveThinking:
    """Paints the thinking of one growing reply: only what is new, and its seconds while it lasts."""

    def __init__(self, turn_id: str, page: Page) -> None:
        self._turn_id, self._page = turn_id, page
        self._shown, self._label, self._painted_at = "", "", 0.0
        self._live, self._heard_at = Live(turn_id), 0.0
        self._timer: asyncio.TimerHandle | None = None

    def show(self, live: Live) -> None:
        """Take in what has come."""
        self._live, self._heard_at = live, time.perf_counter()
        has_changed = live.thinking[: len(self._shown)] != self._shown
        if has_changed or (live.thinking and not self._shown):
            html = folded(self._turn_id, live.thinking, live.thinking_seconds, is_on=live.is_thinking)
            self._page.paint("html", f"k-{self._turn_id}", html)
            if not self._shown:
                self._page.do(Say(t("answering.thinking_begins")))
            self._shown, self._label = live.thinking, label(live.thinking_seconds, is_on=live.is_thinking)
        elif not live.is_thinking or self._heard_at - self._painted_at > PAINT_SECONDS:
            self._grow()
        self._tick()

    def end(self) -> None:
        """Count no more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _grow(self) -> None:
        if new := self._live.thinking[len(self._shown) :]:
            self._page.paint("text", f"kt-{self._turn_id}", new)
            self._shown, self._painted_at = self._live.thinking, self._heard_at

    def _tick(self) -> None:
        """Say how long it has been, now and each second until the answer begins."""
        self.end()
        if not self._shown:
            return
        waited = time.perf_counter() - self._heard_at if self._live.is_thinking else 0.0
        words = label(self._live.thinking_seconds + waited, is_on=self._live.is_thinking)
        if words != self._label:
            self._label = words
            self._page.paint("fill", f"ks-{self._turn_id}", words)
        if self._live.is_thinking:
            self._timer = asyncio.get_running_loop().call_later(TICK_SECONDS, self._later)

    def _later(self) -> None:
        self._grow()
        self._tick()
