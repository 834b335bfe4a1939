"""Before the first word: what is done right now, with the seconds, beside a reply and in the model's row.

live = LiveWait("7", page)
live.show(Waits(Loading("Tiny", LoadPhase.READING, 2.0)))     # "Loading Tiny · reading into memory… 2 s", and counts on
live.show(Waits())                                             # "Reading your question… 1 s"
live.end()
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass

from app.core.commands import Say
from app.core.html import Html, h, join
from app.core.ports import Page
from app.core.texts import Seconds, Text, TextOrWords
from app.core.values import Loading, LoadPhase, Used
from app.models.engines.browser_engine import Loaded
from app.ui.parts.thinking import whole_seconds
from app.ui.words import t, words

TICK_SECONDS = 1.0
LEAST_USUAL = 2.0  # seconds; what is shorter needs no estimate
PHASES: Mapping[LoadPhase, Text] = {
    LoadPhase.OPENING: Text("loading.opening"),
    LoadPhase.STARTING: Text("loading.starting"),
    LoadPhase.READING: Text("loading.reading"),
    LoadPhase.PREPARING: Text("loading.preparing"),
    LoadPhase.CHECKING: Text("loading.checking"),
}


@dataclass(frozen=True, slots=True)
class Waits:
    """What is waited for before the first word: a model that is `loading`, what a `note` says, or just the model, which
    reads the question."""

    loading: Loading | None = None
    note: TextOrWords = ""

    def line(self) -> str:
        """What is done right now."""
        return sentence(self.loading) if self.loading else words(self.note) or t("loading.question")


class LiveWait:
    """Paints the line that says what one reply waits for, and the seconds while it lasts."""

    def __init__(self, turn_id: str, page: Page) -> None:
        self._id, self._page = f"l-{turn_id}", page
        self._waits: Waits | None = None
        self._since, self._spoken = 0.0, ""
        self._timer: asyncio.TimerHandle | None = None

    def show(self, waits: Waits | None) -> None:
        """Take in what is waited for now; None: for nothing (any more)."""
        if waits == self._waits:
            return
        self.end()
        self._waits, self._since = waits, time.perf_counter()
        if waits is not None:
            self._timer = asyncio.get_running_loop().call_later(TICK_SECONDS, self._tick)

    def html(self) -> Html:
        """The line as it stands."""
        if (waits := self._waits) is None:
            return Html("")
        seconds = h("span", self._seconds(waits), id=self._id)
        return h("p", f"{waits.line()} ", seconds, class_="note wait")

    def end(self) -> None:
        """Count no more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _seconds(self, waits: Waits) -> str:
        if waits.loading:
            return seconds_now(waits.loading)
        so_far = time.perf_counter() - self._since
        return words(whole_seconds(so_far)) if so_far >= 1 else ""

    def _tick(self) -> None:
        """Say how long it has been, each second. A screen reader hears each phase that takes a while, once."""
        self._timer = asyncio.get_running_loop().call_later(TICK_SECONDS, self._tick)
        if (waits := self._waits) is None:
            return
        self._page.paint("fill", self._id, join(self._seconds(waits)))
        line = waits.line()
        if line != self._spoken:
            self._spoken = line
            self._page.do(Say(line))


def sentence(loading: Loading) -> str:
    """What is done right now."""
    phase = PHASES[loading.phase]
    if loading.is_again:
        return t("loading.again", model=loading.model_name, phase=phase)
    return t("loading.now", model=loading.model_name, phase=phase)


def seconds_now(loading: Loading) -> str:
    """How long the load has taken so far, of what it took last time."""
    so_far, usual = whole_seconds(loading.seconds + time.perf_counter() - loading.told_at), loading.usual_seconds
    return t("loading.of_about", seconds=so_far, usual=whole_seconds(usual)) if usual >= LEAST_USUAL else words(so_far)


def ran_on(used: Used | None) -> tuple[str, ...]:
    """What a loaded model really runs on, where its engine tells."""
    if used is None:
        return ()
    return (t("loading.on_gpu") if used.on_gpu else t("loading.on_processor", count=used.threads),)


def in_memory(loaded: Loaded) -> str:
    """What the row of the model that is in memory, or on its way there, says of that."""
    if loaded.state == "loading":
        return words(PHASES[loaded.phase])
    took = loaded.load_seconds
    return t("loading.in_memory_after", seconds=Seconds(took)) if took else t("loading.in_memory")
