"""Study notes in a real browser: made without a model, their numbers open the passage, what they were made with."""

from __future__ import annotations

import pytest
from playwright.sync_api import FilePayload, expect

from tests.browser.driver import LIMIT_MS, App
from tests.browser.test_axe import violations

LEAVES: FilePayload = {
    "name": "leaves.md",
    "mimeType": "text/markdown",
    "buffer": b"# Leaves\n\nA stoma is a small opening in the surface of a leaf.\n",
}


@pytest.mark.warm
def test_a_glossary_without_a_model(app: App, axe: str) -> None:
    page = app.page
    app.open("#/library")
    page.locator("#document-files").set_input_files(LEAVES)
    expect(page.get_by_role("list", name="Documents")).to_contain_text("Indexed", timeout=LIMIT_MS)
    app.pick("Menu of leaves.md", "Make notes…")
    sheet = page.get_by_role("dialog", name="Make notes")
    sheet.get_by_role("checkbox", name="write them").uncheck()
    expect(sheet.get_by_role("radio", name="Cornell notes")).to_be_disabled()
    sheet.get_by_role("radio", name="Glossary").check()
    assert violations(app, axe) == []
    sheet.get_by_role("button", name="Make notes").click()
    page.get_by_role("link", name="Glossary: leaves.md").click()
    note = page.locator("#reader .prose")
    expect(note).to_contain_text("stoma: A stoma is a small opening in the surface of a leaf.")
    note.get_by_role("button", name="Source 1").first.click()
    expect(page.get_by_role("complementary", name="Source").locator("mark")).to_contain_text("A stoma is")
    assert violations(app, axe) == []
