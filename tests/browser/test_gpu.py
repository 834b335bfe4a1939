"""GGUF models and the graphics processor in a real Chromium, where WebGPU runs in software and has no f16."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.driver import MODELS, App

QUESTION, ANSWER = "What is the capital of France?", "The capital of France is Paris."
TINY = MODELS / "tiny-gemma3-f16.gguf"


def switch_on(app: App, path: Path) -> None:
    """Import a model and ask for the graphics processor for it."""
    model = app.import_model(path)
    app.use_model(model)
    model.get_by_text("Engine and file").click()
    model.get_by_label("Graphics processor").select_option("On")


def test_asked_for_the_graphics_processor_it_uses_the_processor_and_says_so(gpu_app: App) -> None:
    app = gpu_app
    app.open()
    switch_on(app, TINY)
    model = app.page.get_by_role("article", name="tiny-gemma3-f16", exact=True)
    expect(model.locator("[id^=gpu-note]")).to_contain_text("draws in software")
    app.go("Chat")
    assert app.ask(QUESTION) == ANSWER
    app.go("Models")
    expect(model.locator(".status")).to_have_text(re.compile(r"in memory, .* · processor, \d+ threads?$"))
    app.reload()
    expect(model.locator("[id^=gpu-note]")).to_contain_text("draws in software")
    model.get_by_text("Engine and file").click()
    expect(model.get_by_label("Graphics processor")).to_have_value("on")
