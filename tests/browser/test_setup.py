"""The first run: a person with nothing reaches a streamed answer, by keyboard alone, in at most four choices."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.driver import LIMIT_MS, App


def dialog(app: App) -> Locator:
    """The first run's dialog."""
    return app.page.get_by_role("dialog", name="Set up local models")


def walk_to(app: App, id: str) -> None:
    """Go back from the message field with Shift+Tab, as a keyboard does."""
    for _ in range(8):
        app.page.keyboard.press("Shift+Tab")
        if app.page.evaluate("() => document.activeElement.id") == id:
            return
    raise AssertionError(f"{id} cannot be reached by keyboard")


def test_an_answer_streams_after_three_choices_made_by_keyboard(app: App) -> None:
    app.open()
    expect(dialog(app)).to_be_visible()
    walk_to(app, "setup-next")
    app.page.keyboard.press("Enter")
    expect(dialog(app).get_by_role("radio", name="SmolLM2 135M")).to_be_checked()
    app.page.keyboard.press("Enter")
    expect(dialog(app)).to_contain_text("is here and ready to answer", timeout=LIMIT_MS)
    expect(dialog(app).get_by_role("button", name="Say hello")).to_be_focused()
    app.page.keyboard.press("Enter")
    app.wait_answered(app.answers.first)
    assert app.words(app.answers.first)
    app.reload()
    app.new_chat()
    expect(app.settings("Data")).to_contain_text("App files, chats and settings")  # it is at rest
    app.go("Chat")
    expect(dialog(app)).to_be_hidden()


@pytest.mark.slow
def test_it_can_be_skipped_is_not_shown_again_and_stands_in_settings(app: App) -> None:
    app.open()
    dialog(app).get_by_role("button", name="Not now").click()
    expect(dialog(app)).to_be_hidden()
    app.settings("Models & Automatic").get_by_role("button", name="Set up", exact=True).click()
    expect(dialog(app).get_by_role("button", name="Continue")).to_be_visible()
    app.reload()
    expect(dialog(app)).to_be_visible()
    dialog(app).get_by_role("button", name="Continue").click()
    dialog(app).get_by_role("radio", name="Ollama").check()
    app.allow("localhost:11434")
    dialog(app).get_by_role("button", name="Get it").click()
    expect(app.page.get_by_role("region", name="Ollama models")).to_be_visible()


@pytest.mark.slow
def test_who_writes_goes_on_without_it(app: App) -> None:
    app.open("?demo")
    app.page.get_by_role("textbox", name="Message").fill("Hello!")
    app.page.keyboard.press("Enter")
    app.wait_answered(app.answers.first)
    expect(dialog(app)).to_be_hidden()
