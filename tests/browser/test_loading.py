"""A model is loaded once for all chats, its memory is free as soon as another is chosen or Stop is pressed, and the
page says what is done meanwhile."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, Worker, expect

from tests.browser.conftest import MakeApp
from tests.browser.driver import MODELS, App, wait_until

pytestmark = pytest.mark.warm

GGUF, OTHER = MODELS / "tiny-gemma3-f16.gguf", MODELS / "tiny-gemma3-cpu.litertlm"
OF_ENGINES = {"engine.js", "program-worker.js"}
HELLO = "Hello! How can I help you today?"


def name_of(worker: Worker) -> str:
    return PurePosixPath(urlsplit(worker.url).path).name


def engines(page: Page) -> list[str]:
    """The engines' workers that run now, and those below them."""
    return sorted(name for name in map(name_of, page.workers) if name in OF_ENGINES)


def started(page: Page) -> Callable[[], int]:
    """How many engines have been started from now on."""
    workers: list[str] = []
    page.on("worker", lambda worker: workers.append(name_of(worker)))
    return lambda: workers.count("engine.js")


def test_chats_share_a_load_and_choosing_another_model_frees_its_memory(app: App) -> None:
    count = started(app.page)
    app.open("#/models")
    other = app.import_model(OTHER)
    model = app.import_model(GGUF)
    app.use_model(model)
    app.go("Chat")
    assert app.ask("Hello!") == HELLO
    app.new_chat()
    assert app.ask("Hello!") == HELLO
    app.answers.last.get_by_role("button", name="Regenerate").click()
    expect(app.answers.last).to_contain_text(HELLO)
    app.wait_answered(app.answers.last)
    assert count() == 1
    held = engines(app.page)
    assert held[:2] == ["engine.js", "program-worker.js"], "and those of its further threads"
    app.go("Models")
    expect(model).to_contain_text(re.compile(r"Ready.* · in memory, loaded in [\d.]+\ss"))
    app.use_model(other)
    wait_until(app.page, lambda: not engines(app.page))
    expect(model).not_to_contain_text("in memory")
    app.go("Chat")
    assert app.ask("Hello!") == HELLO
    app.go("Models")
    app.use_model(model)
    wait_until(app.page, lambda: not engines(app.page))
    app.go("Chat")
    assert app.ask("Hello!") == HELLO
    assert (count(), engines(app.page)) == (3, held)


def test_stop_while_a_model_loads_ends_its_engine_and_the_next_question_loads_it(make_app: MakeApp) -> None:
    app = make_app(service_workers="block")
    app.open("#/models")
    app.use_model(app.import_model(GGUF))
    app.go("Chat")
    held: list[Route] = []
    app.page.route("**/wllama.wasm", lambda route: held.append(route))
    answer = app.send("Hello!")
    expect(answer).to_contain_text(re.compile(r"Loading tiny-gemma3-f16 · starting the engine… [1-9]\d*\ss"))
    expect(app.page.locator("#spoken")).to_have_text("Loading tiny-gemma3-f16 · starting the engine…")
    wait_until(app.page, lambda: held)
    assert engines(app.page)[:2] == ["engine.js", "program-worker.js"]
    app.page.get_by_role("button", name="Stop", exact=True).click()
    wait_until(app.page, lambda: not engines(app.page))
    app.wait_answered(answer)
    app.page.unroute("**/wllama.wasm")
    assert app.ask("Hello!") == HELLO
    assert engines(app.page)[:2] == ["engine.js", "program-worker.js"]
