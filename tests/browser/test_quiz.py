"""A quiz in a real browser: made without a model, answered by keyboard, gone on with after a reload, looked up."""

from __future__ import annotations

import pytest
from playwright.sync_api import FilePayload, expect

from tests.browser.driver import LIMIT_MS, App
from tests.browser.test_axe import violations
from tests.browser.test_cards import kept

WRITING_MS = 1_200_000  # that a real model may take for all its tries
TIDES: FilePayload = {
    "name": "tides.txt",
    "mimeType": "text/plain",
    "buffer": b"The estuary fills slowly and reaches its height at 06:12.\n\n"
    b"The datum of the harbour was moved by 21 centimetres in 1994.\n",
}


@pytest.mark.slow
@pytest.mark.warm
def test_a_quiz_of_a_document_without_a_model(app: App, axe: str) -> None:
    page = app.page
    app.open("#/library")
    with page.expect_file_chooser() as picking:
        page.get_by_role("button", name="Add documents").click()
    picking.value.set_files([TIDES])
    expect(page.get_by_role("list", name="Documents")).to_contain_text("Indexed", timeout=LIMIT_MS)
    page.evaluate("location.hash = '#/cards/quiz'")
    by_model = page.get_by_role("checkbox", name="write the questions")
    expect(page.get_by_role("button", name="Start quiz")).to_be_enabled()
    if by_model.count():
        by_model.uncheck()
    page.get_by_role("spinbutton", name="Questions").fill("2")
    assert violations(app, axe) == []
    page.get_by_role("button", name="Start quiz").click()
    page.get_by_role("button", name="Start practising").click()
    question = page.get_by_role("article", name="Question")
    field = question.get_by_role("textbox", name="Your answer")
    expect(question.get_by_text("Solution opens after your first try")).to_be_visible()
    field.fill("nothing")
    page.get_by_role("heading", level=1, name="Cards").focus()
    page.keyboard.press("h")
    expect(page.get_by_text("Hint 1 of")).to_be_visible()
    expect(field).to_have_value("nothing")
    field.press("Control+Enter")
    expect(question.get_by_text("Not quite")).to_be_visible(timeout=LIMIT_MS)
    app.reload()
    expect(page.get_by_text("Hint 1 of")).to_be_visible()
    expect(field).to_have_value("nothing")
    question.get_by_role("button", name="Show solution").click()
    expect(question.get_by_text("Not right")).to_be_visible()
    assert violations(app, axe) == []
    question.get_by_role("link", name="tides.txt, page 1").click()
    expect(page.locator("#page-library #passage")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("Question 2")).to_be_visible()  # the first one is over
    question.get_by_role("textbox", name="Your answer").fill("nothing")
    page.keyboard.press("Control+Enter")
    question.get_by_role("button", name="Show solution").click()
    question.get_by_role("button", name="Next question").click()
    expect(page.get_by_text("0 of 2 right")).to_be_visible()
    assert violations(app, axe) == []


@pytest.mark.slow
def test_the_included_model_writes_what_holds_and_nothing_is_padded(app: App) -> None:
    """Few of its questions hold, perhaps none: what is shown was checked, the rest is counted."""
    page = app.page
    app.open("#/models")
    model = page.get_by_role("article", name="SmolLM2 135M, bundled")
    model.get_by_role("button", name="Download", exact=True).click()
    expect(model).to_contain_text("Active", timeout=WRITING_MS)
    page.evaluate("location.hash = '#/library'")
    with page.expect_file_chooser() as picking:
        page.get_by_role("button", name="Add documents").first.click()
    picking.value.set_files([TIDES])
    expect(page.get_by_role("list", name="Documents")).to_contain_text("Indexed", timeout=LIMIT_MS)
    page.evaluate("location.hash = '#/cards/quiz'")
    expect(page.get_by_role("checkbox", name="write the questions")).to_be_checked()
    expect(page.get_by_text("This is a small model")).to_be_visible()
    page.get_by_role("spinbutton", name="Questions").fill("1")
    page.get_by_role("button", name="Start quiz").click()
    over = page.get_by_role("button", name="Start exam").or_(page.get_by_text("No questions yet."))
    expect(over).to_be_visible(timeout=WRITING_MS)
    [quiz] = kept(app, "quizzes")
    assert quiz["state"] == "done"
    assert quiz["tried"] == len(quiz["questions"]) + sum(one["count"] for one in quiz["lost"]) <= 4
    for one in quiz["questions"]:
        assert one["text"]
        assert " ".join(TIDES["buffer"].decode().split()).find(one["text"]) >= 0
    app.check()
