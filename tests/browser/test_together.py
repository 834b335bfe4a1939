"""Two pages at once, data of another version, and storage that is cleared under an open page."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from app.study.shelves import NAMES, SHELVES, VERSION
from tests.browser.driver import App

pytestmark = pytest.mark.warm

#: Makes the app's database in some version, with some shelves and records, from a page that is not the app.
MAKE = """([version, shelves, records]) => new Promise((done, failed) => {
  const request = indexedDB.open('drleelm', version);
  request.onupgradeneeded = () => shelves.forEach(shelf => request.result.createObjectStore(shelf));
  request.onerror = () => failed(request.error);
  request.onsuccess = () => {
    const transaction = request.result.transaction(shelves, 'readwrite');
    for (const [shelf, key, text] of records) transaction.objectStore(shelf).put(text, key);
    transaction.oncomplete = () => { request.result.close(); done(); };
  };
})"""
#: Everything in it, and its version.
READ = """() => new Promise(done => {
  const request = indexedDB.open('drleelm');
  request.onsuccess = async () => {
    const database = request.result, found = { version: database.version };
    for (const shelf of database.objectStoreNames) {
      const reading = database.transaction(shelf).objectStore(shelf).getAll();
      found[shelf] = await new Promise(read => { reading.onsuccess = () => read(reading.result); });
    }
    database.close();
    done(found);
  };
})"""
TURN = {"id": "t1", "chat_id": "c1", "parent": "", "role": "user", "text": "An old question", "children": []}
CHAT = {"id": "c1", "title": "An old chat", "created": 1.0, "updated": 2.0, "path": ["t1"], "roots": ["t1"]}
RECORDS = [["chats", "c1", json.dumps(CHAT)], ["turns", "t1", json.dumps(TURN)]]


def test_two_pages_see_what_the_other_writes_and_lose_nothing(app: App) -> None:
    app.open("?demo&tokens=20&rate=1000")
    other = App(app.context, app.url)
    other.page = app.context.new_page()
    other.open("?demo&tokens=20&rate=1000")
    app.ask("A question of the first page")
    mine, theirs = (
        one.page.get_by_role("list", name="Chats").get_by_role("link", name="A question of the first page")
        for one in (app, other)
    )
    expect(theirs).to_be_visible()
    theirs.click()
    expect(other.answers).to_have_count(1)
    other.ask("A question of the second page")
    expect(app.answers).to_have_count(2)
    app.settings("General").get_by_label("Theme").select_option("dark")
    expect(other.page.locator("html")).to_have_attribute("data-theme", "dark")
    top_k = other.settings("Advanced").get_by_label("Top-k")
    top_k.fill("7")
    top_k.press("Tab")
    expect(app.settings("Advanced").get_by_label("Top-k")).to_have_value("7")
    app.reload()
    expect(app.page.locator("html")).to_have_attribute("data-theme", "dark")
    app.go("Chat")
    expect(mine).to_be_visible()
    assert other.problems == []


@pytest.mark.parametrize("version", [1, VERSION - 1])
def test_data_of_an_older_version_is_taken_over(app: App, version: int) -> None:
    app.leave()
    app.page.evaluate(MAKE, [version, [shelf.name for shelf in SHELVES if shelf.since <= version], RECORDS])
    app.open()
    app.page.get_by_role("list", name="Chats").get_by_role("link", name="An old chat").click()
    expect(app.page.get_by_role("article", name="You")).to_contain_text("An old question")
    kept = app.page.evaluate(READ)
    assert kept["version"] == VERSION
    assert set(NAMES) <= set(kept)


def test_what_a_newer_version_has_added_outlives_a_change_by_this_one(app: App) -> None:
    """Another page may run a newer version, or this one may have come back for a while."""
    app.leave()
    added = [["chats", "c1", json.dumps({**CHAT, "later": 1})], ["settings", "settings", json.dumps({"later": 2})]]
    app.page.evaluate(MAKE, [1, ["chats", "turns", "settings", "models"], [*RECORDS, *added]])
    app.open()
    chats = app.page.get_by_role("list", name="Chats")
    app.pick("Menu of An old chat", "Rename")
    app.page.get_by_role("textbox", name="Chat title").fill("A new name")
    app.page.get_by_role("textbox", name="Chat title").press("Enter")
    expect(chats).to_contain_text("A new name")
    app.settings("General").get_by_label("Theme").select_option("dark")
    expect(app.page.locator("html")).to_have_attribute("data-theme", "dark")
    app.leave()
    kept = app.page.evaluate(READ)
    [chat], [settings] = (list(map(json.loads, kept[shelf])) for shelf in ("chats", "settings"))
    assert (chat["title"], chat["later"]) == ("A new name", 1)
    assert (settings["theme"], settings["later"]) == ("dark", 2)


def test_data_of_a_newer_version_is_left_alone_and_said_to_be_newer(app: App) -> None:
    app.allow("NewerData")
    app.leave()
    app.page.evaluate(MAKE, [99, ["chats", "turns", "future"], RECORDS])
    before = app.page.evaluate(READ)
    app.open(ready=False)
    trouble = app.page.locator("#trouble")
    expect(trouble).to_contain_text("saved by a newer version of DrLeeLM")
    expect(trouble).to_contain_text("Nothing was changed")
    app.leave()
    assert app.page.evaluate(READ) == before


@pytest.mark.slow
def test_storage_that_is_cleared_under_the_page_is_noticed_and_put_back(app: App) -> None:
    app.open()
    app.settings("General").get_by_label("Theme").select_option("dark")
    expect(app.page.locator("html")).to_have_attribute("data-theme", "dark")
    app.leave()
    app.open()
    session = app.context.new_cdp_session(app.page)
    origin = app.page.evaluate("() => location.origin")
    session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "indexeddb"})
    alert = app.page.get_by_role("alert").filter(has_text="was cleared while this page was open")
    expect(alert).to_be_visible()
    alert.get_by_role("button", name="Restore them").click()
    expect(app.page.get_by_role("status").filter(has_text="chat restored")).to_be_visible()
    app.page.evaluate("() => localStorage.clear()")
    app.reload()
    expect(app.page.locator("html")).to_have_attribute("data-theme", "dark")
