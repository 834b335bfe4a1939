"""Cards in a real browser: written, reviewed by keys, taken back, kept, read by the scheduler that is fetched then."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Locator, expect

from app.study.practice.limits import Limits
from app.study.practice.records import EASY, card_from
from app.study.practice.scheduling import Scheduling
from tests.browser.driver import App

#: What lies on a shelf of the app's database.
SHELF = """shelf => new Promise(done => {
  const request = indexedDB.open('drleelm');
  request.onsuccess = () => {
    const reading = request.result.transaction(shelf).objectStore(shelf).getAll();
    reading.onsuccess = () => { request.result.close(); done(reading.result); };
  };
})"""


def kept(app: App, shelf: str) -> list[dict[str, Any]]:
    """The records of a shelf."""
    return [json.loads(text) for text in app.page.evaluate(SHELF, shelf)]


def write(app: App, front: str, back: str) -> None:
    """Write a card in the editor."""
    app.page.get_by_role("button", name="New card").click()
    app.page.get_by_label("Front", exact=True).fill(front)
    app.page.get_by_label("Back", exact=True).fill(back)
    app.page.get_by_role("button", name="Save card").click()


def card(app: App) -> Locator:
    """The card on show."""
    return app.page.get_by_role("article", name="Card", exact=True)


def test_a_card_is_written_reviewed_by_keys_taken_back_and_kept(app: App) -> None:
    app.open("#/cards")
    write(app, "Which ratio decides?", "The ratio $|\\lambda_2/\\lambda_1|$.")
    rows = app.page.get_by_role("list", name="Cards").get_by_role("link")
    expect(rows).to_have_text(["Which ratio decides?"])
    expect(app.page.get_by_role("navigation", name="Main").get_by_role("link", name="Cards")).to_contain_text("1 due")
    app.page.get_by_role("tab", name="Review").click()
    expect(card(app)).to_contain_text("Which ratio decides?")
    expect(app.page.get_by_role("button", name="Show answer")).to_be_visible()
    app.page.keyboard.press("Space")
    expect(card(app).locator(".katex")).to_be_visible()
    easy = app.page.get_by_role("button", name="Easy")
    expect(easy).to_contain_text("8\u00a0days")
    app.page.keyboard.press("4")
    expect(app.page.get_by_role("tabpanel").get_by_text("Nothing due.")).to_be_visible()
    [record] = kept(app, "cards")
    [day] = kept(app, "reviews")
    at = day["reviews"][0]["at"]
    wanted = Scheduling(Limits()).answered(card_from({**record, "state": "new", "step": None}), EASY, at)
    for name in ("stability", "difficulty", "due", "state"):
        assert record[name] == getattr(wanted, name), "the same as on CPython"
    app.page.keyboard.press("z")
    expect(card(app)).to_contain_text("Which ratio decides?")
    app.page.get_by_role("button", name="Show answer").click()
    app.page.get_by_role("button", name="Good").click()
    expect(app.page.get_by_role("button", name="Show answer")).to_be_visible()  # it is learned, and comes once more
    app.reload()
    expect(card(app)).to_contain_text("Which ratio decides?")
    assert [(one["state"], one["reps"]) for one in kept(app, "cards")] == [("learning", 1)]
    app.check()
