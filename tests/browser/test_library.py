"""The library in a real browser: documents added, read, found, moved, deleted, and their space given back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.python_worker import PythonWorker, worker_folder
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
