"""Steps to the states of the page Cards: `tests.browser.states`."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.driver import App


def card_written(app: App) -> None:
    """The editor with a card of a gap and a formula, and how it will look."""
    app.page.get_by_role("combobox", name="Type").select_option("Fill in the gap")
    app.page.get_by_label("Text with gaps").fill("{{c1::Ebb::water}} follows {{c2::flood}}: $h = a \\sin t$.")
    expect(app.page.locator("#card-preview .review-card")).to_have_count(2)


def card_asked(app: App) -> None:
    """A card that was just written, with its answer."""
    card_written(app)
    app.page.get_by_role("button", name="Save card").click()
    app.page.get_by_role("tab", name="Review").click()
    app.page.get_by_role("button", name="Show answer").click()
    app.page.get_by_role("button", name="Good").wait_for()


def cards_offered(app: App) -> None:
    """Cards that were made of a document without a model: one is dropped, one is changed."""
    by_model = app.page.get_by_role("checkbox", name="write the cards")
    make = app.page.get_by_role("button", name="Make cards", exact=True)
    make.wait_for()
    if by_model.count():
        by_model.uncheck()
    make.click()
    offers = app.page.get_by_role("list", name=re.compile("^New cards from")).get_by_role("listitem")
    offers.nth(2).wait_for()
    offers.nth(0).get_by_role("checkbox", name="Keep").uncheck()
    offers.nth(1).get_by_role("button", name="Edit").click()
    offers.nth(1).get_by_role("textbox").first.wait_for()


def quiz_asked(app: App) -> None:
    """The first question of a quiz without a model, tried once, with a hint."""
    by_model = app.page.get_by_role("checkbox", name="write the questions")
    start = app.page.get_by_role("button", name="Start quiz")
    expect(start).to_be_enabled()
    if by_model.count():
        by_model.uncheck()
    start.click()
    app.page.get_by_role("button", name="Start practising").click()
    app.page.get_by_role("textbox", name="Your answer").fill("nothing")
    app.page.get_by_role("button", name="Next hint").click()
    app.page.get_by_role("button", name="Check answer").click()
    app.page.get_by_role("article", name="Question").get_by_text("Not quite").wait_for()
