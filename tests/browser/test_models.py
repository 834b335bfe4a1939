"""Real models in a real browser: the tiny one through every engine, imported in the page. The bundled one answers in
test_threads.py."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from tests.browser.driver import MODELS, App

pytestmark = pytest.mark.warm

QUESTION, ANSWER = "What is the capital of France?", "The capital of France is Paris."
ENGINES = [
    ("tiny-gemma3-f16.gguf", "wllama", False),
    ("tiny-gemma3-cpu.litertlm", "litert-lm-cpu", False),
    # both engines on WebGPU are held to their contract by test_engine_worker.py in the quick tier
    pytest.param("tiny-gemma3-gpu.litertlm", "litert-lm-gpu", True, marks=pytest.mark.slow),
    pytest.param("tiny-gemma3-gpu.litertlm", "mediapipe", True, marks=pytest.mark.slow),
    pytest.param("tiny-gemma3-web.task", "mediapipe", True, marks=pytest.mark.slow),
]


def greedy(app: App) -> None:
    """Ask for the most likely token each time, so that the tiny model's answers are fixed."""
    field = app.settings("Advanced").get_by_label("Top-k", exact=False)
    field.fill("1")
    field.press("Tab")


@pytest.mark.parametrize(("file", "engine", "needs_gpu"), ENGINES)
def test_the_tiny_model_answers_stops_and_goes_on(
    request: pytest.FixtureRequest, file: str, engine: str, needs_gpu: bool
) -> None:
    app: App = request.getfixturevalue("gpu_app" if needs_gpu else "app")
    app.open()
    greedy(app)
    model = app.import_model(MODELS / file)
    app.details(model).get_by_role("combobox", name="Engine").select_option(engine)
    app.close_sheet()
    app.go("Chat")
    assert app.ask(QUESTION) == ANSWER  # that it comes in pieces: tests/contract/engine_contract.py
    expect(app.line(app.answers.first)).to_contain_text("tok/s")
    answer = app.send("Count to ten.")
    expect(answer.locator(".prose")).to_contain_text(re.compile(r"\w"))
    app.stop()
    app.wait_answered(answer)
    assert app.ask("Why is the sky blue?") == "Because air scatters blue light."


def bad_files(folder: Path) -> dict[str, bytes]:
    """What people pick by mistake, and what broken downloads leave."""
    gguf = (MODELS / "tiny-gemma3-f16.gguf").read_bytes()
    litertlm = (MODELS / "tiny-gemma3-gpu.litertlm").read_bytes()
    task = (MODELS / "tiny-gemma3-web.task").read_bytes()
    zeros = bytes(1 << 20)
    return {
        "empty.gguf": b"",
        "random.litertlm": os.urandom(1 << 20),
        "picture.gguf": b"\x89PNG\r\n\x1a\n" + os.urandom(5000),
        "cut.gguf": gguf[: len(gguf) // 2],
        "cut.litertlm": litertlm[: len(litertlm) // 2],
        "cut.task": task[: len(task) // 2],
        "zeros.gguf": gguf[:4096] + zeros,
        "zeros.litertlm": litertlm[:4096] + zeros,
        "zeros.task": task[:64] + zeros,
    }


def test_bad_files_are_refused_in_words_and_nothing_else_is_lost(gpu_app: App, tmp_path: Path) -> None:
    app = gpu_app
    app.open()
    kept = app.import_model(MODELS / "tiny-gemma3-f16.gguf")
    app.go("Chat")
    answered = app.ask("Hello!")
    app.go("Models")
    for name, data in bad_files(tmp_path).items():
        file = tmp_path / name
        file.write_bytes(data)
        app.pick_models(file)
        alert = app.page.get_by_role("alert").filter(has_text=name)
        stored = app.page.get_by_role("article", name=file.stem)
        expect(alert.or_(stored).first).to_be_visible()
        if not alert.is_visible():  # the header is good and the rest is not: the engine says so when it is asked
            app.use_model(stored)
            app.go("Chat")
            answer = app.send("Hello!")
            app.wait_answered(answer)
            expect(answer.get_by_role("alert")).to_be_visible()
            app.go("Models")
    app.use_model(kept)
    app.go("Chat")
    expect(app.answers.first).to_contain_text(answered[:10])
    app.new_chat()
    assert app.ask(QUESTION)


def test_a_model_for_the_graphics_processor_says_what_is_missing_without_webgpu(app: App) -> None:
    app.open()
    app.import_model(MODELS / "tiny-gemma3-web.task")
    app.go("Chat")
    answer = app.send(QUESTION)
    app.wait_answered(answer)
    expect(answer.get_by_role("alert")).to_contain_text("WebGPU")


@pytest.mark.slow
def test_a_second_tab_shows_what_the_first_is_fetching_and_can_pause_it(app: App) -> None:
    app.open()
    held: list[Route] = []
    app.page.route("**/*.gguf", lambda route: held.append(route), times=2)
    app.go("Models")
    article = app.page.get_by_role("article", name="SmolLM2 135M, bundled")
    article.get_by_role("button", name="Download").click()
    expect(article).to_contain_text("Downloading")
    other = app.context.new_page()
    other.goto(app.url + "#/models")
    other.locator("html[data-ready]").wait_for(state="attached")
    theirs = other.get_by_role("article", name="SmolLM2 135M, bundled")
    expect(theirs).to_contain_text("Downloading · in another tab")
    theirs.get_by_role("button", name="Pause").click()
    expect(article).to_contain_text("Paused")
    expect(theirs).to_contain_text("Paused")
    app.page.unroute("**/*.gguf")
    theirs.get_by_role("button", name="Resume").click()
    expect(article).to_contain_text("Ready")
    expect(theirs).to_contain_text("Ready")
    other.close()
