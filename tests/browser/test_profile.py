"""Data of earlier versions, filled by real use and recorded: this version shows all of it, and goes on from there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.driver import App
from tests.profile.databases import PROFILES, records_of, write
from tests.profile.look import look


def expected(folder: Path) -> Any:
    """What the version that was recorded showed."""
    return json.loads((folder / "expected.json").read_text("utf-8"))


def see_other_versions(app: App, folder: Path) -> None:
    """Every question that has versions shows an earlier one, in words that were recorded."""
    said = {json.loads(text)["text"] for text in records_of(folder)["turns"].values()}
    app.go("Chat")
    for chat in expected(folder)["chats"]:
        for place, turn in enumerate(chat["turns"]):
            if turn["who"] == "You" and turn["version"]:
                app.page.get_by_role("link", name=chat["title"]).click()
                article = app.page.get_by_role("log", name="Conversation").get_by_role("article").nth(place)
                expect(article).to_contain_text(turn["words"])
                article.get_by_role("button", name="Earlier version").click()
                expect(article).not_to_contain_text(turn["words"])
                assert article.locator(".prose").inner_text().strip() in said


@pytest.mark.warm
@pytest.mark.parametrize("folder", PROFILES, ids=lambda folder: folder.name)
def test_a_recorded_profile_opens_with_all_that_is_in_it(app: App, folder: Path) -> None:
    app.leave()
    write(app.page, folder)
    app.open()
    seen, wanted = look(app), expected(folder)
    for part in wanted:
        assert seen[part] == wanted[part], part
    expect(app.page.locator("#notice-damaged")).to_have_count(0)
    see_other_versions(app, folder)
    app.new_chat()
    assert app.ask("What is the capital of France?"), "an imported model answers"
    app.check()
