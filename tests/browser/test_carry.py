"""Models that travel: saved as files here, imported there; written into a folder; used in place on the disk.

The pickers of the File System Access API cannot be driven by a test: they are replaced by the browser's private file
system, whose handles are of the same kind.
"""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import MakeApp
from tests.browser.driver import MODELS, App
from tests.gguf_parts import names_of, split

pytestmark = pytest.mark.warm

TINY = MODELS / "tiny-gemma3-f16.gguf"
QUESTION, ANSWER = "What is the capital of France?", "The capital of France is Paris."
PICK_FOLDER = "window.showDirectoryPicker = () => navigator.storage.getDirectory();"
PUT_FILES = """async files => {
  const handles = [];
  for (const [name, bytes] of Object.entries(files)) {
    const file = await (await navigator.storage.getDirectory()).getFileHandle(name, { create: true });
    const out = await file.createWritable();
    await out.write(Uint8Array.from(atob(bytes), sign => sign.charCodeAt(0)));
    await out.close();
    handles.push(file);
  }
  window.showOpenFilePicker = async () => handles;
}"""
LIST_FOLDER = """async () => {
  const found = {};
  for await (const [name, handle] of await navigator.storage.getDirectory())
    found[name] = (await handle.getFile()).size;
  return found;
}"""


def saved(app: App, model_name: str, folder: Path) -> list[Path]:
    """Save a model by its button; the two files."""
    article = app.page.get_by_role("article", name=model_name)
    details = app.details(article)
    with (  # either may begin first
        app.page.expect_download(lambda download: not download.suggested_filename.endswith(".toml")) as model,
        app.page.expect_download(lambda download: download.suggested_filename.endswith(".toml")) as its_hashes,
    ):
        details.get_by_role("button", name="Save a copy").click()
    app.close_sheet()
    paths = []
    for download in (model.value, its_hashes.value):
        paths.append(folder / download.suggested_filename)
        download.save_as(paths[-1])
    return paths


def pick(app: App, *paths: Path) -> None:
    """Import files that are picked together."""
    app.go("Models")
    app.pick_models(*paths)


def test_a_model_saved_here_is_verified_there(app: App, make_app: MakeApp, tmp_path: Path) -> None:
    app.open()
    app.import_model(TINY)
    files = saved(app, TINY.stem, tmp_path)
    assert sorted(path.suffix for path in files) == [".gguf", ".toml"]
    assert next(path for path in files if path.suffix == ".gguf").read_bytes() == TINY.read_bytes()
    elsewhere = make_app()
    elsewhere.open()
    pick(elsewhere, *files)
    article = elsewhere.page.get_by_role("article", name=TINY.stem)
    expect(article.locator(".status")).to_have_text("Ready")
    elsewhere.go("Chat")
    assert elsewhere.ask(QUESTION) == ANSWER


def test_a_model_is_written_into_a_folder(app: App) -> None:
    app.open()
    app.import_model(TINY)
    app.page.evaluate(PICK_FOLDER)
    article = app.page.get_by_role("article", name=TINY.stem)
    app.details(article).get_by_role("button", name="Save to a folder").click()
    expect(app.page.get_by_text(f"{TINY.name} is saved in the folder")).to_be_visible()
    expect(app.page.get_by_text(f"{TINY.name}.toml is saved in the folder")).to_be_visible()
    assert app.page.evaluate(LIST_FOLDER)[TINY.name] == TINY.stat().st_size


@pytest.mark.slow
def test_a_model_in_three_files_is_used_in_place_and_still_is_after_a_reload(app: App) -> None:
    parts = dict(zip(names_of("mine", 3), split(TINY.read_bytes(), 3), strict=True))
    app.open("#/models")
    app.page.evaluate(PUT_FILES, {name: base64.b64encode(part).decode() for name, part in reversed(parts.items())})
    app.add_a_model("Use without copying")
    article = app.page.get_by_role("article", name="mine")
    expect(article.locator(".status")).to_contain_text("in place on your disk")
    app.reload()
    expect(article.get_by_role("button", name="Active")).to_be_visible()
    app.go("Chat")
    assert app.ask(QUESTION) == ANSWER
    app.go("Models")
    article.get_by_role("button", name="Delete").click()
    app.page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(article).to_have_count(0)
    assert app.page.evaluate(LIST_FOLDER).keys() >= parts.keys(), "the files themselves stay"
