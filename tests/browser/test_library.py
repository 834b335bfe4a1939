"""The library in a real browser: documents added, read, found, moved, deleted, and their space given back."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Locator, expect

from tests.browser.driver import LIMIT_MS, App
from tests.browser.python_worker import PythonWorker
from tests.browser.test_axe import violations
from tests.contract.documents_contract import CHECKS
from tests.environment import ROOT

pytestmark = pytest.mark.warm

CONTRACT = ROOT / "tests" / "contract" / "documents_contract.py"
PREPARE = """
import js
from pyodide.ffi import to_js
from pyscript.js_modules import storage
from app.browser.document_files import IndexedDocuments
from tests.contract.documents_contract import check_documents
storage.use("drleelm")

def handle(data):
    return js.Blob.new(to_js([to_js(data)]))

async def bytes_of(blob):
    return (await blob.arrayBuffer()).to_bytes()
"""
#: a database of the version before, as it was without shelves for documents
BEFORE = """async shelves => {
  const opening = indexedDB.open('drleelm', 6);
  opening.onupgradeneeded = () => shelves.forEach(shelf => opening.result.createObjectStore(shelf));
  const database = await new Promise(done => { opening.onsuccess = () => done(opening.result); });
  const putting = database.transaction('chats', 'readwrite');
  putting.objectStore('chats').put(JSON.stringify({ id: 'kept' }), 'kept');
  await new Promise(done => { putting.oncomplete = done; });
  database.close();
}"""


def value(worker: PythonWorker, source: str) -> object:
    answer = worker.run(f"{PREPARE}\n{source}")
    assert "value" in answer, answer
    return answer["value"]


def test_files_are_kept_as_the_contract_says_and_an_older_database_gets_its_shelves(worker: PythonWorker) -> None:
    assert value(worker, "len(await check_documents(IndexedDocuments, handle, bytes_of))") == len(CHECKS)
    worker.page.evaluate("indexedDB.deleteDatabase('drleelm')")
    worker.page.evaluate(BEFORE, ["chats", "turns", "settings", "models", "files"])
    after = """
from app.browser.records import IndexedRecords
from app.study.shelves import NAMES, VERSION
records = IndexedRecords("drleelm", VERSION, NAMES)
await records.write([("documents", "a", {"id": "a"}), ("notebooks", "n", {"id": "n"})])
await IndexedDocuments().keep("a", handle(b"words"))
found = await records.snapshot()
await records.erase()
[found["chats"], found["documents"], found["notebooks"], await IndexedDocuments().ids()]
"""
    expected = [{"kept": {"id": "kept"}}, {"a": {"id": "a"}}, {"n": {"id": "n"}}, []]
    assert value(worker, after) == expected


TIDES = "# Tides\n\nThe flood tide runs in for six hours. Spring tides follow the new moon.\n" + "More water. " * 400


def row(app: App, name: str) -> Locator:
    """The row of a document."""
    return app.page.get_by_role("list", name="Documents").get_by_role("listitem").filter(has_text=name)


def text_file(name: str, text: str) -> FilePayload:
    """A file as it is picked."""
    return {"name": name, "mimeType": "text/plain", "buffer": text.encode()}


def test_documents_are_added_found_read_kept_and_deleted(app: App, axe: str) -> None:
    app.open("#/library")
    page = app.page
    expect(page.get_by_text("No documents yet.")).to_be_visible()
    with page.expect_file_chooser() as picking:
        page.get_by_role("button", name="Add documents").click()
    picking.value.set_files([text_file("tides.md", TIDES), text_file("moon.txt", "The moon is far away.")])
    for name in ("tides.md", "moon.txt"):
        expect(row(app, name)).to_contain_text("Indexed", timeout=LIMIT_MS)
    page.get_by_role("searchbox", name="Search documents").fill("flood tide")
    found = page.get_by_role("list", name="Passages").get_by_role("link").first
    expect(found).to_contain_text("tides.md")
    assert violations(app, axe) == []
    found.click()
    mark = page.locator("#passage")
    expect(mark).to_contain_text("flood tide")
    expect(mark).to_be_in_viewport()
    assert violations(app, axe) == []
    page.get_by_role("link", name="Library", exact=True).first.click()
    expect(found).to_be_focused()
    app.reload()
    expect(row(app, "tides.md")).to_contain_text("Indexed")
    page.get_by_role("searchbox", name="Search documents").fill("moon")
    expect(page.get_by_role("list", name="Passages")).to_contain_text("moon.txt", timeout=LIMIT_MS)
    app.pick("Menu of moon.txt", "Details")
    expect(page.get_by_role("dialog", name="moon.txt")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Menu of moon.txt")).to_be_focused()
    app.pick("Menu of moon.txt", "Delete")
    expect(row(app, "moon.txt")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(row(app, "moon.txt")).to_contain_text("Indexed")


DROP = """files => {
  const data = new DataTransfer();
  for (const [name, text] of files) data.items.add(new File([text], name));
  const drop = new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data });
  document.getElementById('drop-zone').dispatchEvent(drop);
}"""
PASTE = """kinds => {
  const data = new DataTransfer();
  for (const [kind, text] of Object.entries(kinds)) data.setData(kind, text);
  document.body.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: data }));
}"""


def test_a_folder_a_drop_and_a_pasted_page_come_in_and_a_note_is_written(app: App, tmp_path: Path) -> None:
    for name in ("week 1/read me.txt", "week 2/read me.txt", ".git/config", "node_modules/x/index.js"):
        path = tmp_path / "course" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"The words of {name}.", "utf-8")
    app.open("?demo#/library")
    page = app.page
    with page.expect_file_chooser() as picking:
        page.get_by_role("button", name="a folder").click()
    picking.value.set_files(tmp_path / "course")
    page.evaluate(DROP, [["tides.md", "# Tides"]])
    page.evaluate(PASTE, {"text/html": "<h1>Krebs cycle</h1><p>Citrate.</p>", "text/plain": "Krebs cycle\nCitrate."})
    page.evaluate(PASTE, {"text/plain": "https://example.org/tides"})
    expect(page.get_by_text("can't be added by its address")).to_be_visible()
    rows = page.get_by_role("list", name="Documents").get_by_role("listitem")
    expect(rows).to_have_count(4)
    expect(rows.filter(has_text="Indexed")).to_have_count(4, timeout=LIMIT_MS)
    expect(row(app, "Krebs cycle.html")).to_contain_text("Web page")
    expect(row(app, "week 2")).to_contain_text("read me.txt")
    page.get_by_role("button", name="New note", exact=True).click()
    expect(page.get_by_role("textbox", name="Title")).to_be_focused()
    page.keyboard.type("Power iteration")
    page.keyboard.press("Tab")
    page.keyboard.type("Ask in **class**")
    page.reload()  # within the pause that is waited for
    app.wait_ready()
    expect(page.get_by_role("textbox", name="Note", exact=True)).to_have_value("Ask in **class**")
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("article").locator("strong")).to_have_text("class")
    page.get_by_role("link", name="Library", exact=True).first.click()
    expect(row(app, "Power iteration")).to_contain_text("Indexed", timeout=LIMIT_MS)
    by_keys(app)


def by_keys(app: App) -> None:
    """The list is walked, and a document deleted and brought back."""
    page = app.page
    page.get_by_role("searchbox", name="Search documents").press("ArrowDown")
    expect(page.get_by_role("link", name="Power iteration")).to_be_focused()
    page.keyboard.press("t")
    tides = page.get_by_role("link", name="tides.md")
    expect(tides).to_be_focused()
    page.keyboard.press("Delete")
    expect(tides).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(tides).to_be_visible()
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Power iteration", level=1)).to_be_visible()


SOFA = "The feline slept on the sofa all afternoon."
BANK = "Interest rates rose again in this quarter."


def test_what_says_the_same_in_other_words_is_found_and_vectors_are_made_once(app: App) -> None:
    app.open("#/library")
    page, asked = app.page, list[str]()
    with page.expect_file_chooser() as picking:
        page.get_by_role("button", name="Add documents").click()
    picking.value.set_files([text_file("sofa.txt", SOFA), text_file("bank.txt", BANK)])
    line = page.get_by_role("region", name="Search by meaning")
    expect(line).to_contain_text("all-MiniLM-L6-v2, bundled · 2 passages", timeout=LIMIT_MS)
    app.reload()
    page.on("request", lambda request: asked.append(request.url))
    expect(line).to_contain_text("all-MiniLM-L6-v2, bundled · 2 passages", timeout=LIMIT_MS)
    assert not any("wllama" in url for url in asked), "nothing is made again"
    page.get_by_role("searchbox", name="Search documents").fill("cat napping, couch")
    expect(page.get_by_text("by words and meaning")).to_be_visible(timeout=LIMIT_MS)
    expect(page.get_by_role("list", name="Passages").get_by_role("link").first).to_contain_text("sofa.txt")
    line.get_by_role("button", name="Change how documents are found by meaning").click()
    sheet = page.get_by_role("dialog", name="Search by meaning")
    expect(sheet.get_by_role("radio", checked=True)).to_have_accessible_name("all-MiniLM-L6-v2, bundled")
