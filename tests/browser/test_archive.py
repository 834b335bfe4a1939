"""Everything that is kept, out of a real browser and back into it; and all of it gone."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import MakeApp
from tests.browser.driver import MODELS, App
from tests.browser.files import Offer, tiny
from tests.browser.test_axe import RUN
from tests.study.archive.test_sealing import script
from tests.study.imports.exports import as_archive

pytestmark = pytest.mark.warm

DEMO = "?demo&tokens=60&rate=4000"
PHRASE = "four quiet words ﬁne"
OFFER = Offer("School model", tiny(), ("tiny.gguf",))

#: Every record of the app's database as it is stored, models' markers left out.
RECORDS = """
async name => {
  const settled = request => new Promise(done => { request.onsuccess = () => done(request.result); });
  const database = await settled(indexedDB.open(name)), shelves = {};
  for (const shelf of database.objectStoreNames) {
    if (shelf === 'models') continue;
    const store = database.transaction(shelf).objectStore(shelf);
    const [keys, texts] = await Promise.all([settled(store.getAllKeys()), settled(store.getAll())]);
    shelves[shelf] = Object.fromEntries(keys.map((key, place) => [key, JSON.parse(texts[place])]));
  }
  database.close();
  return shelves;
}
"""


#: A file that is let go on an element.
DROP = """
(element, base64) => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([Uint8Array.from(atob(base64), one => one.charCodeAt())], 'export.zip'));
  element.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
}
"""


def records(app: App, name: str = "drleelm-demo") -> dict[str, Any]:
    found: dict[str, Any] = app.page.evaluate(RECORDS, name)
    return found


def download(page: Page, click: Callable[[], None]) -> Path:
    with page.expect_download() as saved:
        click()
    return saved.value.path().rename(saved.value.path().with_name(saved.value.suggested_filename))


def button(app: App, name: str) -> Callable[[], None]:
    return app.page.get_by_role("button", name=name, exact=True).click


def pick(app: App, path: Path) -> None:
    with app.page.expect_file_chooser() as chooser:
        button(app, "Choose a file")()
    chooser.value.set_files(path)


def said(app: App, words: str) -> None:
    expect(app.page.locator("#notices").get_by_text(re.compile(words)).first).to_be_visible()


def agree(app: App) -> None:
    """Take everything that the import has held back."""
    form = app.page.get_by_role("form", name="Not applied yet")
    for switch in form.get_by_role("switch").all():
        switch.check()
    form.get_by_role("button", name="Apply selected").click()
    expect(form).to_have_count(0)


def erase(app: App) -> None:
    """Erase all, and wait for the page to have started anew."""
    app.page.evaluate("window.isOld = true")
    button(app, "Erase all")()
    app.page.get_by_role("dialog").get_by_role("button", name="Erase all").click()
    app.page.wait_for_function("!window.isOld && document.documentElement.dataset.ready !== undefined")


@pytest.fixture
def full(app: App, tmp_path: Path) -> App:
    """The demo with chats, a branch, settings and an added catalogue, in Settings."""
    app.open(DEMO)
    for text in ("Why is the sky blue?", "שלום 👩‍🔬 <b>é</b> $x^2$"):
        app.new_chat()
        app.ask(text)
    app.answers.first.get_by_role("button", name="Regenerate").click()
    expect(app.page.get_by_text("2/2")).to_be_visible()
    app.wait_answered(app.answers.first)
    app.settings("General").get_by_label("Theme").select_option("Dark")
    app.settings("Chat").get_by_label("Instructions").fill("Answer in short sentences.")
    app.page.get_by_label("Instructions").blur()
    app.settings("Classroom")
    file = tmp_path / "school.toml"
    file.write_text("title = 'A good one'\n" + OFFER.row("https://example.org/"), "utf-8")
    app.page.locator("#catalog-file").set_input_files(file)
    expect(app.page.get_by_role("list", name="Catalogues")).to_contain_text("A good one")
    app.settings("Data")
    return app


def test_export_erase_all_import_gives_everything_back(full: App, axe: str) -> None:
    app, before = full, records(full)
    assert (len(before["chats"]), len(before["turns"])) == (2, 5)
    saved = download(app.page, button(app, "Save backup"))
    assert re.fullmatch(r"DrLeeLM backup \d{4}-\d\d-\d\d\.json", saved.name)
    erase(app)
    assert not any(records(app)[shelf] for shelf in ("chats", "turns", "settings"))
    expect(app.page.locator("html")).not_to_have_attribute("data-theme", "dark")
    assert app.page.evaluate("localStorage.length + sessionStorage.length") == 0
    expect(app.page.locator("#chats a")).to_have_count(0)
    expect(app.settings("Chat").get_by_label("Instructions")).to_have_value("")
    app.settings("Data")
    pick(app, saved)
    said(app, "Imported: 2 new chats")
    expect(app.page.locator("html")).to_have_attribute("data-theme", "dark")
    app.page.evaluate(axe)
    assert app.page.evaluate(RUN) == []
    app.settings("Classroom")
    expect(app.page.get_by_text("A good one", exact=True)).to_have_count(0)
    app.settings("Data")
    agree(app)
    expect(app.settings("Chat").get_by_label("Instructions")).to_have_value("Answer in short sentences.")
    app.settings("Classroom")
    expect(app.page.get_by_role("list", name="Catalogues")).to_contain_text("A good one")
    assert records(app) == before
    app.reload()
    assert records(app) == before
    app.go("Chat")
    app.page.get_by_role("link", name="שלום").click()
    expect(app.page.get_by_text("2/2")).to_be_visible()
    app.settings("Data")
    pick(app, saved)
    said(app, "you already have all of it")
    assert records(app) == before


@pytest.mark.slow
def test_an_encrypted_backup_opens_here_and_with_the_script(full: App) -> None:
    app, before = full, records(full)
    app.page.get_by_label("Encrypt with a passphrase").check()
    app.page.get_by_label("Passphrase", exact=True).fill(PHRASE)
    app.page.get_by_label("Repeat passphrase").fill("passphrase is wrong")
    button(app, "Save backup")()
    said(app, "The passphrases don't match")
    app.page.get_by_label("Passphrase", exact=True).fill(PHRASE)
    app.page.get_by_label("Repeat passphrase").fill(PHRASE)
    saved = download(app.page, button(app, "Save backup"))
    text = saved.read_text("utf-8")
    assert "sky blue" not in text
    assert json.loads(script().open_sealed(text, PHRASE))["shelves"]["chats"] == before["chats"]
    expect(app.page.get_by_label("Passphrase", exact=True)).to_have_value("")
    erase(app)
    app.settings("Data")
    pick(app, saved)
    field = app.page.get_by_label("Passphrase for DrLeeLM backup")
    expect(field).to_be_focused()
    field.fill("not this one")
    field.press("Enter")
    said(app, "the passphrase is wrong or the file is damaged")
    assert not records(app)["chats"]
    field.fill(PHRASE)
    button(app, "Open")()
    said(app, "Imported: 2 new chats")
    agree(app)
    assert records(app) == before


def test_a_foreign_file_changes_nothing_and_another_programs_export_says_what_is_in_it(
    full: App, tmp_path: Path, axe: str
) -> None:
    app, before = full, records(full)
    saved = download(app.page, button(app, "Save backup")).read_text("utf-8")
    newer = json.dumps({**json.loads(saved), "version": 2, "app": "9.0"})
    for text, words in (
        (saved[:-100], "This backup is damaged"),
        (saved.replace("sky blue", "sky grey"), "This backup is damaged"),
        ('{"messages": []}', "isn't a DrLeeLM backup"),
        (newer, r"newer version of DrLeeLM \(9.0\)"),
    ):
        (tmp_path / "file.json").write_text(text, "utf-8")
        pick(app, tmp_path / "file.json")
        said(app, words)
        assert records(app) == before
    export = b64encode(as_archive("chatgpt-2026")).decode()
    app.page.locator("#data-import").evaluate(DROP, export)
    found = app.page.get_by_role("region", name="Chats from ChatGPT")
    expect(found).to_contain_text("15 chats with 40 messages")
    expect(found.get_by_role("list", name="Not imported")).to_contain_text("2 hidden messages")
    expect(found.get_by_role("button", name="Import")).to_be_focused()
    assert records(app) == before
    app.page.evaluate(axe)
    assert app.page.evaluate(RUN) == []
    found.get_by_role("button", name="Import").press("Enter")
    said(app, "Imported: 15 new chats")
    expect(found).to_have_count(0)
    app.page.get_by_role("link", name="Edited twice").click()
    expect(app.answers.first).to_contain_text("The Douro (regenerated).")
    expect(app.answers.first).to_contain_text("ChatGPT gpt-5")
    expect(app.page.get_by_text("2/2")).to_have_count(2)
    app.page.get_by_role("link", name="Pictures").click()
    expect(app.page.get_by_role("button", name="kitchen.png").locator("img")).to_be_visible()
    expect(app.page.get_by_text("Not imported: lost.jpg and recipe.pdf.")).to_be_visible()
    button(app, "Undo")()
    said(app, "Removed 15 imported chats")
    assert records(app) == before


@pytest.mark.slow
def test_an_exported_page_reads_alone_and_leads_to_every_version(full: App, make_app: MakeApp) -> None:
    full.page.get_by_label("Format", exact=True).select_option(label="Web page, to read and print")
    saved = download(full.page, button(full, "Export"))
    reader = make_app(offline=True, java_script_enabled=False)
    reader.allow("a request left the origin: file:")
    reader.page.goto(saved.as_uri())
    expect(reader.page.get_by_role("heading", name="Why is the sky blue?").first).to_be_visible()
    expect(reader.page.get_by_text("Version 2 of 2; the others: 1")).to_be_visible()
    reader.page.get_by_text("Version 2 of 2").get_by_role("link").click()
    expect(reader.page.get_by_role("region", name="Another version")).to_be_in_viewport()
    assert reader.page.locator("math").count()
    assert [url for url in reader.requests if not url.startswith("file:")] == []


@pytest.mark.slow
def test_an_import_shows_in_other_open_pages_and_erasing_starts_them_anew(full: App) -> None:
    saved = download(full.page, button(full, "Save backup"))
    erase(full)
    other = full.context.new_page()
    other.goto(full.url + DEMO)
    other.locator("html[data-ready]").wait_for(state="attached")
    expect(other.locator("#chats a")).to_have_count(0)
    full.settings("Data")
    pick(full, saved)
    expect(other.locator("#chats a")).to_have_count(2)
    other.evaluate("window.isOld = true")
    erase(full)
    other.wait_for_function("!window.isOld && document.documentElement.dataset.ready !== undefined")
    expect(other.locator("#chats a")).to_have_count(0)
    assert not records(full)["chats"]


def test_a_half_typed_passphrase_stays_when_the_page_is_redrawn(full: App) -> None:
    full.page.get_by_label("Encrypt with a passphrase").check()
    full.page.get_by_label("Passphrase", exact=True).fill(PHRASE)
    full.page.get_by_label("Which chats").select_option(index=0)
    expect(full.page.get_by_label("Passphrase", exact=True)).to_have_value(PHRASE)


OURS = "async () => (await indexedDB.databases()).map(each => each.name).filter(name => name.startsWith('drleelm'))"
HOLD = """
name => new Promise(done => {
  const request = indexedDB.open(name);
  request.onsuccess = () => { window.held = request.result; done(); };
})
"""


def test_erasing_takes_models_and_databases_that_something_holds_open(app: App) -> None:
    app.open()
    app.import_model(MODELS / "tiny-gemma3-f16.gguf")
    app.page.evaluate(HOLD, "drleelm-keys")
    assert len(app.page.evaluate(OURS)) == 3
    app.settings("Data")
    question = app.page.get_by_role("button", name="Erase all").get_attribute("data-ask")
    assert "1 model (2\u00a0MB)" in str(question)
    erase(app)
    assert app.page.evaluate(OURS) == ["drleelm"]
    app.go("Models")
    expect(app.page.get_by_role("article", name="SmolLM2 135M, bundled")).to_be_visible()
    expect(app.page.get_by_text("tiny-gemma3-f16")).to_have_count(0)


@pytest.mark.slow
def test_the_demo_tidies_up_after_itself_and_leaves_real_models_alone(app: App) -> None:
    app.open()
    app.import_model(MODELS / "tiny-gemma3-f16.gguf")
    app.page.evaluate(HOLD, "drleelm-demo-model-lost")
    app.open(DEMO)
    app.page.wait_for_function(f"async () => !(await ({OURS})()).includes('drleelm-demo-model-lost')")
    app.open("#/models")
    article = app.page.get_by_role("article").filter(has_text="tiny-gemma3-f16")
    expect(article).to_contain_text(re.compile("Ready|Active"))
