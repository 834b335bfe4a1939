"""The library in a real browser: documents added, read, found, moved, deleted, and their space given back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.browser.driver import LIMIT_MS, App
from tests.browser.python_worker import PythonWorker, worker_folder
from tests.browser.test_axe import violations
from tests.contract.documents_contract import CHECKS
from tests.environment import ROOT

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


@pytest.fixture
def worker(page: Page, tmp_path: Path) -> Iterator[PythonWorker]:
    """Python in a worker, as the app's own."""
    with worker_folder(tmp_path, CONTRACT) as url:
        worker = PythonWorker(page, url)
        yield worker
        assert worker.problems == []


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
    app.reload()
    expect(row(app, "tides.md")).to_contain_text("Indexed")
    page.get_by_role("searchbox", name="Search documents").fill("moon")
    expect(page.get_by_role("list", name="Passages")).to_contain_text("moon.txt", timeout=LIMIT_MS)
    app.pick("Menu of moon.txt", "Delete")
    expect(row(app, "moon.txt")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(row(app, "moon.txt")).to_contain_text("Indexed")


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
