"""The first run: a person with nothing reaches a streamed answer by keyboard alone; skipped, resumed, on a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.driver import LIMIT_MS, App
from tests.browser.test_axe import RUN


def dialog(app: App) -> Locator:
    """The first run's panel."""
    return app.page.get_by_role("dialog", name="Welcome to DrLeeLM")


def walk_to(app: App, id: str) -> None:
    """Go back from the message field with Shift+Tab, as a keyboard does."""
    for _ in range(8):
        app.page.keyboard.press("Shift+Tab")
        if app.page.evaluate("() => document.activeElement.id") == id:
            return
    raise AssertionError(f"{id} cannot be reached by keyboard")


def test_an_answer_streams_after_one_choice_made_by_keyboard(app: App, axe: str) -> None:
    app.open()
    expect(dialog(app).get_by_role("radio", name="Better answers")).to_be_checked()
    app.page.evaluate(axe)
    assert app.page.evaluate(RUN) == []
    walk_to(app, "setup-better")
    app.page.keyboard.press("ArrowDown")
    expect(dialog(app).get_by_role("radio", name="I already use Ollama")).to_be_checked()
    expect(dialog(app).get_by_role("button", name="Connect", exact=True)).to_be_visible()
    app.page.keyboard.press("ArrowUp")
    app.page.keyboard.press("ArrowUp")
    expect(dialog(app).get_by_role("radio", name="Start now")).to_be_checked()
    expect(dialog(app).get_by_role("button", name="Start", exact=True)).to_be_visible()
    app.page.keyboard.press("Enter")
    expect(dialog(app)).to_be_hidden()
    field = app.page.get_by_role("textbox", name="Message")
    expect(field).to_be_focused()
    app.page.keyboard.type("Hello!")
    app.page.keyboard.press("Enter")
    expect(app.answers.first.locator(".prose")).to_contain_text(re.compile(r"\w"))
    app.stop()
    app.wait_answered(app.answers.first)
    expect(app.page.get_by_role("group", name="Download")).to_be_hidden(timeout=LIMIT_MS)
    app.reload()
    app.new_chat()
    app.go("Models")
    app.go("Chat")
    expect(dialog(app)).to_be_hidden()


@pytest.mark.warm
def test_it_can_be_skipped_is_not_shown_again_and_is_a_sheet_on_a_phone(app: App) -> None:
    app.page.set_viewport_size({"width": 390, "height": 844})
    app.open()
    expect(dialog(app)).to_be_visible()
    box = dialog(app).bounding_box()
    assert box is not None
    assert (box["x"], box["width"], round(box["y"] + box["height"])) == (0, 390, 844)
    assert app.page.evaluate("() => document.documentElement.scrollWidth") <= 390
    walk_to(app, "setup-later")
    app.page.keyboard.press("Enter")
    expect(dialog(app)).to_be_hidden()
    app.reload()
    app.go("Models")
    expect(app.page.get_by_role("heading", name="Local Models")).to_be_visible()
    app.go("Chat")
    expect(dialog(app)).to_be_hidden()


@pytest.mark.slow
def test_ollama_leads_to_its_models(app: App) -> None:
    app.open()
    app.allow("localhost:11434")
    dialog(app).get_by_role("radio", name="I already use Ollama").check()
    dialog(app).get_by_role("button", name="Connect", exact=True).click()
    expect(app.page.get_by_role("region", name="Ollama models")).to_be_visible()


@pytest.mark.slow
def test_who_writes_goes_on_without_it(app: App) -> None:
    app.open()
    expect(dialog(app)).to_be_visible()
    app.page.get_by_role("textbox", name="Message").fill("Hello!")
    app.page.keyboard.press("Enter")
    app.wait_answered(app.answers.first)
    expect(dialog(app)).to_be_hidden()
