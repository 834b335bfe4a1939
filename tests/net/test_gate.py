"""The gate lets nothing out while Offline Mode is on, and says what it has refused."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from app.core.errors import OfflineModeOn
from app.core.places import Purpose
from app.core.signals import Effect
from app.core.texts import Text
from app.net.gate import LOGGED, Gate, Standing
from tests.memory import FakeClock, ScriptedFetch
from tests.words import raises

HOSTED, LOCAL = "https://somebody.github.io", "http://localhost:8000"
ELSEWHERE = "https://huggingface.co/model.gguf"


def gate(origin: str = LOCAL) -> tuple[Gate, list[Standing]]:
    seen: list[Standing] = []
    made = Gate(FakeClock(), origin)
    Effect(lambda: seen.append(made.standing()))
    return made, seen


def ask(made: Gate, url: str) -> ScriptedFetch:
    fetch = ScriptedFetch({url: b"bytes"})
    asyncio.run(made.guard(fetch)(url, purpose=Purpose.CATALOG))
    return fetch


def test_what_goes_out_is_told_and_nothing_is_refused_while_it_is_off() -> None:
    made, _ = gate()
    ask(made, ELSEWHERE)
    assert (made.standing().left_to, made.standing().count) == ("huggingface.co", 0)


@pytest.mark.parametrize("url", [ELSEWHERE, "http://192.168.1.5:11434/api/tags", "https://localhost.example/x"])
def test_what_leads_elsewhere_is_refused_and_noted(url: str) -> None:
    made, seen = gate()
    made.switch(True)
    with raises(OfflineModeOn, "was not contacted"):
        ask(made, url)
    assert made.standing().count == 1
    assert made.standing().refused[0].host in url
    assert seen[-1] == made.standing()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.8.8", "[::1]", "ollama.localhost"])
def test_this_computer_is_asked_only_where_that_is_allowed(host: str) -> None:
    made, _ = gate()
    made.switch(True, allows_loopback=True)
    ask(made, f"http://{host}:11434/api/tags")
    made.switch(True, allows_loopback=False)
    with pytest.raises(OfflineModeOn):
        ask(made, f"http://{host}:11434/api/tags")


def test_the_place_that_the_page_came_from_counts_as_elsewhere_unless_it_is_this_computer() -> None:
    made, _ = gate(LOCAL)
    made.switch(True, allows_loopback=False)
    ask(made, "static/models/bundled.gguf")
    made, _ = gate(HOSTED)
    made.switch(True)
    with pytest.raises(OfflineModeOn):
        ask(made, "static/models/bundled.gguf")


def test_the_account_begins_when_it_is_switched_on_and_goes_on_after_a_reload() -> None:
    made, _ = gate()
    made.switch(True, since=1000.0)
    made.refuse("a.example", Text("offline.a_link"))
    made.switch(True, allows_loopback=False, since=1000.0)
    assert (made.standing().since, made.standing().count) == (1000.0, 1)
    made.switch(False)
    made.switch(True, since=2000.0)
    assert (made.standing().since, made.standing().count, made.standing().refused) == (2000.0, 0, ())


def test_the_log_does_not_grow_for_ever() -> None:
    made, _ = gate()
    made.switch(True)
    for number in range(LOGGED + 5):
        made.refuse(f"host{number}", Text("offline.the_page"))
    assert len(made.standing().refused) == LOGGED
    assert made.standing().count == LOGGED + 5
    assert made.standing().refused[0].host == f"host{LOGGED + 4}"


@pytest.mark.parametrize("is_on", [False, True])
def test_a_request_that_does_not_say_why_it_goes_out_goes_nowhere(is_on: bool) -> None:
    made, _ = gate()
    made.switch(is_on)
    fetch = ScriptedFetch({ELSEWHERE: b"bytes"})
    guarded: Any = made.guard(fetch)
    for more in ({}, {"purpose": "a question"}, {"purpose": None}):
        with pytest.raises(TypeError):
            asyncio.run(guarded(ELSEWHERE, **more))
    assert fetch.asked == []


def test_the_log_tells_what_each_request_was_for() -> None:
    made, _ = gate()
    ask(made, ELSEWHERE)
    assert made.standing().left_for == Purpose.CATALOG.label
    made.switch(True)
    with pytest.raises(OfflineModeOn):
        ask(made, ELSEWHERE)
    assert made.standing().refused[0].what == Purpose.CATALOG.label
