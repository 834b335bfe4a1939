"""A model in this browser that thinks: folded, with a way out where it was all thinking, and the switch. Fault E1."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.driver import App
from tests.browser.test_models import ANSWER, QUESTION, greedy
from tests.browser.thinking import thinking_model

pytestmark = pytest.mark.warm


def test_a_gguf_thinks_folded_and_answers_once_reasoning_is_off(app: App, tmp_path: Path) -> None:
    app.open()
    greedy(app)
    app.import_model(thinking_model(tmp_path, "asks"))
    app.go("Chat")
    answer = app.send(QUESTION)
    app.wait_answered(answer)
    folded = answer.locator("details.thinking")
    words = folded.locator("p")
    expect(words).to_be_hidden()
    summary = folded.get_by_text(re.compile(r"^Thought for \d+\ss$|^Thinking$"))
    summary.focus()
    app.page.keyboard.press("Enter")
    expect(words).to_have_text(re.compile(r"\w"))
    expect(words).to_be_visible()
    expect(answer).to_contain_text("The model stopped after thinking, without an answer.")
    expect(answer.locator(".prose")).to_have_text("")
    answer.get_by_role("button", name="Settings", exact=True).click()
    app.page.get_by_role("switch", name="Reasoning").click()
    app.go("Chat")
    expect(words).to_be_visible()
    app.answers.first.get_by_role("button", name="Try again", exact=True).click()
    expect(app.answers.first.locator(".prose")).to_have_text(ANSWER)
    expect(app.answers.first.locator("details.thinking")).to_have_count(0)
    expect(app.line(app.answers.first)).to_contain_text("tok/s")
