"""A deck of Anki's in a real browser: brought in, reviewed, exported, and read back."""

from __future__ import annotations

import asyncio
from pathlib import Path

from playwright.sync_api import expect

from app.core.anki import AnkiFile, AnkiNote
from app.documents.anki.desk import Desk
from app.documents.files import File
from tests.browser.driver import App
from tests.environment import ROOT

DECK = ROOT / "tests" / "fixtures" / "anki" / "lisbon-new.apkg"


def read(path: Path) -> tuple[AnkiFile, tuple[AnkiNote, ...]]:
    async def both() -> tuple[AnkiFile, tuple[AnkiNote, ...]]:
        desk = Desk(lambda handle: File(str(handle)))
        file = await desk.open(path, path.name)
        return file, await desk.notes(0, file.notes)

    return asyncio.run(both())


def test_a_deck_comes_in_is_reviewed_and_goes_back(app: App, tmp_path: Path) -> None:
    page = app.page
    app.open("#/cards/all")
    page.locator("#anki-file").set_input_files(DECK)
    facts = page.locator("#anki-facts")
    expect(facts).to_contain_text("5 notes for cards with 7 cards", timeout=60_000)
    expect(facts).to_contain_text("Lisbon::History, Lisbon::Maths")
    page.get_by_role("button", name="Import", exact=True).last.click()
    rows = page.get_by_role("list", name="Cards").get_by_role("listitem")
    expect(rows).to_have_count(5, timeout=60_000)
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
    ours, notes = read(tmp_path / "ours.apkg")
    theirs, before = read(DECK)
    assert saving.value.suggested_filename == "Cards.apkg"
    assert [(one.guid, one.fields, one.tags) for one in notes] == [(one.guid, one.fields, one.tags) for one in before]
    assert {one.name for one in ours.media} == {one.name for one in theirs.media}
    assert ours.reviews == theirs.reviews + 1
