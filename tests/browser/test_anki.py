"""A deck of Anki's in a real browser: brought in, reviewed, exported, and read back."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from app.core.anki import AnkiNote
from app.documents.anki.collection import Collection
from app.documents.anki.package import Package
from tests.browser.driver import LIMIT_MS, App
from tests.environment import ROOT

DECK = ROOT / "tests" / "fixtures" / "anki" / "lisbon-new.apkg"


def read(path: Path) -> tuple[tuple[AnkiNote, ...], set[str], int]:
    """The notes, the names of the media, and how many reviews there are."""
    with Package(path) as package:
        found = Collection(package.collection())
        return found.notes(0, 100), {one.name for one in package.media}, found.counts[2]


@pytest.mark.warm
def test_a_deck_comes_in_is_reviewed_and_goes_back(app: App, tmp_path: Path) -> None:
    page = app.page
    app.open("#/cards/all")
    page.locator("#anki-file").set_input_files(DECK)
    facts = page.locator("#anki-facts")
    expect(facts).to_contain_text("7 cards", timeout=LIMIT_MS)
    expect(facts).to_contain_text("Lisbon::History, Lisbon::Maths")
    page.get_by_role("button", name="Import", exact=True).last.click()
    rows = page.get_by_role("list", name="Cards").get_by_role("listitem")
    expect(rows).to_have_count(5, timeout=LIMIT_MS)
    page.get_by_role("tab", name="Review").click()
    card = page.get_by_role("article", name="Card")
    page.get_by_role("button", name="Show answer").click()
    expect(card).to_contain_text("Pombal")
    page.get_by_role("button", name="Easy").click()
    expect(page.get_by_role("button", name="Show answer")).to_be_visible()
    page.get_by_role("tab", name="All cards").click()
    page.locator("#anki-export").click()
    with page.expect_download() as saving:
        page.locator("#anki-giving").get_by_role("button", name="Export").click()
    saving.value.save_as(tmp_path / "ours.apkg")
    notes, media, reviews = read(tmp_path / "ours.apkg")
    before, media_before, reviews_before = read(DECK)
    assert saving.value.suggested_filename == "Cards.apkg"
    assert [(one.guid, one.fields, one.tags) for one in notes] == [(one.guid, one.fields, one.tags) for one in before]
    assert media == media_before
    assert reviews == reviews_before + 1
