"""The graphics processor in a model's details and in its row: the switch, what was found, what it really runs on."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from app.core.values import DeviceFacts, Model, Used
from app.models.engines.browser_engine import Loaded
from app.models.engines.gpu import Found
from app.models.store.rows import Row, Status
from app.session import Session
from app.ui.parts.browser_row import status_of
from app.ui.parts.model_sheet import model_sheet
from tests.memory import WEBGPU
from tests.ui.pages import Element, act, read, session
from tests.ui.test_models_page import drawn

FACTS = replace(WEBGPU, has_jspi=True, has_f16=True, adapter="acme one")
SOFTWARE = replace(FACTS, is_software=True, has_f16=False)
BIG = Model("big", "Big", size_bytes=900_000_000, format="gguf", context_length=2048)


def article(made: Session) -> Element:
    """The model's row."""
    return read(drawn(made)).article("Big")


def details(made: Session) -> Element:
    """The model's sheet."""
    html = model_sheet(made, "big")
    assert html is not None
    return read(html)


def switch(shown: Element) -> Element:
    return shown.labelled("Graphics processor")


def why(shown: Element) -> str:
    return shown.one(id=switch(shown).attributes["aria-describedby"]).text


def found(made: Session, what: Found, facts: DeviceFacts = FACTS) -> None:
    """Something was found of the model."""
    gpu = made.engines.gpu
    assert gpu is not None
    asyncio.run(gpu.note(BIG, facts, what, "" if what == "same" else "ggml_webgpu: no"))


def with_model(facts: DeviceFacts = FACTS, model: Model = BIG) -> Session:
    return session(Row(model, Status.READY, model.size_bytes), facts=facts)


def test_the_switch_is_kept_and_decides() -> None:
    made = with_model()
    shown = details(made)
    options = switch(shown).all("option")
    assert [option.text for option in options] == ["Automatic", "On", "Off"]
    assert "selected" in options[0].attributes
    assert why(shown).startswith("Not checked yet")
    act(made, "models:gpu", {"arg": "big", "value": "off"})
    assert made.state.settings().gpu == {"big": "off"}
    assert why(details(made)) == "Turned off for this model."
    act(made, "models:gpu", {"arg": "big", "value": "auto"})
    assert made.state.settings().gpu == {}


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("differs", "gave other words"),
        ("silent", "No words came"),
        ("failed", "couldn't be started"),
        ("unused", "didn't use"),
        ("lost", "stopped in the middle"),
    ],
)
def test_what_was_found_stands_in_the_row_with_a_way_to_check_again(what: Found, said: str) -> None:
    made = with_model()
    found(made, what)
    shown = details(made)
    assert said in why(shown)
    assert said in article(made).one("p", class_="note", id="gpu-note-big").text
    assert shown.one("pre").text == "ggml_webgpu: no"
    assert shown.button("Check again").attributes["data-on"] == "click:models:check-gpu"


def test_a_good_check_stands_beside_the_switch_only() -> None:
    made = with_model()
    found(made, "same")
    shown = details(made)
    assert "the same words as the CPU" in why(shown)
    assert article(made).all(id="gpu-note-big") == []
    assert "Check again" in shown.buttons()


def test_a_verdict_of_another_browser_says_nothing_here() -> None:
    made = with_model()
    found(made, "differs", replace(FACTS, browser="Chrome 155"))
    assert why(details(made)).startswith("Not checked yet")


def test_asked_for_where_it_cannot_work_the_row_says_why() -> None:
    made = with_model(SOFTWARE)
    assert article(made).all(id="gpu-note-big") == [], "nobody has asked for it"
    act(made, "models:gpu", {"arg": "big", "value": "on"})
    shown = details(made)
    assert "draws in software" in article(made).one(id="gpu-note-big").text
    assert "Check again" not in shown.buttons()


@pytest.mark.parametrize("other", [replace(BIG, kind="embedding"), replace(BIG, format="litertlm-gpu")])
def test_other_models_have_no_switch(other: Model) -> None:
    shown = details(with_model(model=other))
    assert shown.all("select", id="gpu-big") == []


@pytest.mark.parametrize(
    ("used", "said"),
    [
        (Used(1, on_gpu=True), "Ready · in memory · GPU"),
        (Used(1), "Ready · in memory · CPU, 1 thread"),
        (Used(4), "Ready · in memory · CPU, 4 threads"),
        (None, "Ready · in memory"),
    ],
)
def test_the_row_says_what_a_model_really_runs_on(used: Used | None, said: str) -> None:
    loaded = Loaded("big", "Big", "wllama", 2048, "ready", used=used)
    assert read(status_of(Row(BIG, Status.READY, 9), loaded)).text == said
