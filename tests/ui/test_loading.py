"""A model on its way into memory, on the page: its phase and the seconds, told to a screen reader once."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace

import pytest

from app.core.commands import Say
from app.core.html import join
from app.core.values import Loading, LoadPhase
from app.models.engines.browser_engine import Loaded
from app.models.store.rows import Row, Status
from app.study.replies import Live
from app.ui.live import LiveReply
from app.ui.markdown import Markdown
from app.ui.parts import loading as part
from app.ui.parts.browser_row import status_of
from app.ui.parts.loading import seconds_now, sentence
from tests.memory import RecordingPage
from tests.models.fakes import GGUF
from tests.ui.pages import read

READING = Loading("Tiny", LoadPhase.READING)


@pytest.mark.parametrize(
    ("loading", "words"),
    [
        (replace(READING, phase=LoadPhase.OPENING), "Loading Tiny · opening its file…"),
        (replace(READING, phase=LoadPhase.STARTING), "Loading Tiny · starting the engine…"),
        (READING, "Loading Tiny · reading into memory…"),
        (
            replace(READING, phase=LoadPhase.PREPARING, is_again=True),
            "Loading Tiny again after Stop · preparing…",
        ),
    ],
)
def test_the_line_says_what_is_done(loading: Loading, words: str) -> None:
    assert sentence(loading) == words


@pytest.mark.parametrize(
    ("usual", "words"), [(0.0, "4 s"), (1.9, "4 s"), (8.3, "4 s of about 8 s"), (75.0, "4 s of about 1 min 15 s")]
)
def test_the_seconds_stand_beside_what_it_took_last_time(usual: float, words: str) -> None:
    assert seconds_now(replace(READING, usual_seconds=usual, seconds=4.2)) == words


def test_the_seconds_count_on_while_another_chat_is_on_show(monkeypatch: pytest.MonkeyPatch) -> None:
    loading = replace(READING, seconds=3.0)
    monkeypatch.setattr("time.perf_counter", lambda: loading.told_at + 20.0)
    assert seconds_now(loading) == "23 s"


def test_a_phase_is_spoken_once_and_its_seconds_count_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(part, "TICK_SECONDS", 0.0)
    page = RecordingPage()

    async def run() -> None:
        reply = LiveReply("t", page, Markdown(), lambda blocks: None, "")
        reply.show(Live("t", loading=replace(READING, phase=LoadPhase.STARTING)), ())
        reply.show(Live("t", loading=replace(READING, seconds=3.0)), ())  # before the first second is over
        for _ in range(5):
            await asyncio.sleep(0.001)
        assert read(join(reply.note)).one("p").text == "Loading Tiny · reading into memory… 3 s"
        reply.show(Live("t"), ())
        assert read(join(reply.note)).one("p").text == "Reading your question…"
        started = time.perf_counter()
        monkeypatch.setattr("time.perf_counter", lambda: started + 8.2)
        for _ in range(5):
            await asyncio.sleep(0.001)
        assert [html for kind, id, html in page.painted if id == "l-t"][-1] == "8 s", "fault U8: a sign of life"
        reply.show(Live("t", text="Hello"), ())
        painted = [id for kind, id, html in page.painted if id == "l-t"]
        await asyncio.sleep(0.001)
        assert [id for kind, id, html in page.painted if id == "l-t"] == painted, "nothing counts any more"
        assert reply.note == ""
        reply.end()

    asyncio.run(run())
    assert page.done(Say)[:2] == [Say("Loading Tiny · reading into memory…"), Say("Reading your question…")]
    assert [html for kind, id, html in page.painted if id == "l-t"][:2] == ["3 s", "3 s"]


@pytest.mark.parametrize(
    ("loaded", "words"),
    [
        (None, "Ready"),
        (
            Loaded("m1", "Tiny", "wllama", 1024, "loading", phase=LoadPhase.READING),
            "Loading · reading into memory",
        ),
        (Loaded("m1", "Tiny", "wllama", 1024, "answering", 2.34), "Ready · in memory, loaded in 2.3 s"),
        (Loaded("m1", "Tiny", "wllama", 1024, "ready"), "Ready · in memory"),
    ],
)
def test_a_models_row_says_whether_it_is_in_memory(loaded: Loaded | None, words: str) -> None:
    assert read(status_of(Row(GGUF, Status.READY, 9), loaded)).text == words
