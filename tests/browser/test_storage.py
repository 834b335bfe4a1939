"""Browsers that store nothing, or not everything."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import MakeProfile
from tests.browser.driver import MODELS
from tests.browser.python_worker import PythonWorker, worker_folder
from tests.browser.test_models import ANSWER, QUESTION, greedy

#: Chromium's setting "Block all site data", as its profile keeps it.
NO_SITE_DATA = {"profile": {"default_content_setting_values": {"cookies": 2}}}


def test_where_storage_is_blocked_the_page_says_so_and_works_until_it_is_closed(
    make_profile: MakeProfile, tmp_path: Path
) -> None:
    """Fault B6: "could not start. Reload." """
    preferences = tmp_path / "profile" / "Default" / "Preferences"
    preferences.parent.mkdir(parents=True)
    preferences.write_text(json.dumps(NO_SITE_DATA))
    app = make_profile()
    app.open()
    blocked = app.page.get_by_role("alert").filter(has_text="This browser blocks storage")
    expect(blocked).to_contain_text("Chats are kept only until you close this page")
    greedy(app)
    app.use_model(app.import_model(MODELS / "tiny-gemma3-f16.gguf"))
    app.go("Chat")
    assert app.ask(QUESTION) == ANSWER
    app.new_chat()
    expect(app.page.get_by_role("list", name="Chats")).to_contain_text("capital of France")
    app.settings("Data")
    expect(app.page.get_by_role("button", name="Erase all")).to_be_visible()
    app.reload()
    expect(blocked).to_be_visible()
    app.wait_ready()
    expect(app.page.locator("#chats")).not_to_contain_text("capital of France")


@pytest.fixture
def worker(no_webgpu: Browser, tmp_path: Path) -> Iterator[PythonWorker]:
    """Python in a worker."""
    with worker_folder(tmp_path) as url:
        page = no_webgpu.new_page()
        yield PythonWorker(page, url)
        page.close()


#: Makes the worker's databases refuse: `refuses` says which values.
REFUSE = """
import js
from pyodide.code import run_js
from pyscript.js_modules import storage
from app.browser.blobs import IndexedBlobs
run_js('''(() => {
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (value, key) {
    if (REFUSES) throw Object.assign(new Error('BlobURLs are not yet supported.'), { name: 'UnknownError' });
    return put.call(this, value, key);
  };
})()''')
class Worker:
    async def ask(self, name, *args):
        return await storage.put(*args)
storage.use("drleelm", 1, '["models"]')
blobs = IndexedBlobs(Worker())
await blobs.begin("one", {"id": "one"})
for index, text in enumerate(["Hello, ", "world"]):
    await blobs.put("one", index, js.Blob.new([text]), {"id": "one"})
"""


def test_where_a_private_window_refuses_blobs_their_bytes_are_kept(worker: PythonWorker) -> None:
    """Fault B5: "Some stored data can't be read. Repair …" """
    answer = worker.run(
        REFUSE.replace("REFUSES", "value instanceof Blob")
        + """
whole = await blobs.open("one", 2)
[await whole.text(), (await blobs.info("one"))["stored_bytes"], await (await blobs.chunk("one", 1)).text()]"""
    )
    assert answer == {"value": ["Hello, world", 12, "world"]}


def test_where_no_bytes_are_kept_either_the_private_window_is_named(worker: PythonWorker) -> None:
    answer = worker.run(REFUSE.replace("REFUSES", "typeof value === 'object'"))
    assert answer["error"] == "NotStored"
    assert "Private windows" in answer["cure"]
