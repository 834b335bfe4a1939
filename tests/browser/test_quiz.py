"""A quiz in a real browser: made without a model, answered by keyboard, gone on with after a reload, looked up."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, expect

from tests.browser.driver import App
from tests.environment import ROOT

DOCUMENT = ROOT / "tests" / "fixtures" / "documents" / "tides-libreoffice.pdf"


def test_a_quiz_of_a_document_without_a_model(context: BrowserContext, site_url: str) -> None:
    app = App(context, site_url)
    page = app.page
    app.open("?demo#/library")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Add documents").first.click()
    chooser.value.set_files(str(DOCUMENT))
    expect(page.get_by_role("list", name="Documents").get_by_text("Indexed")).to_be_visible(timeout=90_000)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Cards").click()
    page.evaluate("location.hash = '#/cards/quiz'")
    page.get_by_role("checkbox", name="write the questions").uncheck()
    page.get_by_role("spinbutton", name="Questions").fill("2")
    page.get_by_role("button", name="Start quiz").click()
    page.get_by_role("button", name="Start practising").click()
    question = page.get_by_role("article", name="Question")
    field = question.get_by_role("textbox", name="Your answer")
    expect(question.get_by_text("Solution opens after your first try")).to_be_visible()
    field.fill("nothing")
    field.press("Control+Enter")
    expect(question.get_by_text("Not quite")).to_be_visible()
    page.get_by_role("heading", level=1, name="Cards").focus()
    page.keyboard.press("h")
    expect(page.get_by_text("Hint 1 of")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Hint 1 of")).to_be_visible()
    expect(question.get_by_role("textbox", name="Your answer")).to_have_value("nothing")
    question.get_by_role("button", name="Show solution").click()
    question.get_by_role("link", name="tides-libreoffice.pdf, page").click()
    expect(page.locator("#passage").first).to_be_visible()
    page.go_back()
    question.get_by_role("button", name="Next question").click()
    expect(page.get_by_text("Question 2")).to_be_visible()
