"""A model in three parts, all its life long: two kills while it comes, an answer, a repair, and another machine."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Download, expect

from tests.bench.measure import browser_process
from tests.browser.conftest import MakeProfile
from tests.browser.driver import App, wait_until
from tests.browser.files import File, Offer, tiny
from tests.browser.kills import kill_browser
from tests.browser.liar import Liar, Lie
from tests.browser.model_row import ModelRow, starts
from tests.gguf_parts import names_of, split

QUESTION, ANSWER = "What is the capital of France?", "The capital of France is Paris."
NAMES = names_of("tiny-gemma3", 3)
CHUNK = 1 << 18
SPOIL = """async ([id, index]) => {
  const settled = request => new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  const database = await settled(indexedDB.open('drleelm-model-' + id));
  const transaction = database.transaction('chunks', 'readwrite');
  const chunks = transaction.objectStore('chunks');
  const { size } = await settled(chunks.get(index));
  await settled(chunks.put(new Blob([new Uint8Array(size).fill(7)]), index));
  await new Promise(done => { transaction.oncomplete = done; });
  database.close();
}"""


class Joined(File):
    """The bytes of several files as the app stores them: each begins a new chunk."""

    def __init__(self, files: list[File]) -> None:
        self.files = files
        super().__init__(sum(file.size for file in files))

    def chunk_sha256(self, chunk_bytes: int) -> list[str]:
        return [digest for file in self.files for digest in file.chunk_sha256(chunk_bytes)]


@dataclass(frozen=True, slots=True)
class InParts(Offer):
    """A row whose model is in several files, with the hash of each."""

    def row(self, base: str) -> str:
        assert isinstance(self.file, Joined)
        parts = [
            f'{{ sources = [{json.dumps(base + name)}], size_bytes = {file.size}, sha256 = "{file.sha256()}" }}'
            for name, file in zip(self.sources, self.file.files, strict=True)
        ]
        head = f'[[model]]\nid = "{self.id}"\nname = "{self.name}"\nkind = "chat"\nchunk_bytes = {self.chunk_bytes}\n'
        return head + "parts = [" + ", ".join(parts) + "]\n"


def offered(liar: Liar) -> InParts:
    """The tiny model in three parts, on the server."""
    whole = tiny()
    files = [File(len(part), head=part) for part in split(whole.read(0, whole.size), 3)]
    for number, (name, file) in enumerate(zip(NAMES, files, strict=True)):
        liar.put(name, file, etag=f'"part {number}"')
    return InParts("Three parts", Joined(files), tuple(NAMES), CHUNK)


def opened(make_profile: MakeProfile, liar: Liar, offer: Offer, name: str = "profile") -> tuple[App, ModelRow]:
    """The page of models in a profile."""
    app = make_profile(name)
    app.allow(re.escape(liar.url))
    app.open(f"?catalog={liar.catalog(offer)}#/models")
    return app, ModelRow(app.page, offer)


def killed_at(
    make_profile: MakeProfile, liar: Liar, offer: InParts, tmp_path: Path, part: int, chunks: int, button: str
) -> None:
    """Go on until so many chunks of one part are stored, and kill the browser there."""
    app, row = opened(make_profile, liar, offer)
    liar.lie(NAMES[part], Lie(stall_after=0, since=chunks * CHUNK, times=1))
    liar.forget()
    row.click(button)
    assert isinstance(offer.file, Joined)
    before = sum(file.size for file in offer.file.files[:part])
    expect(row.bar).to_have_js_property("value", before + chunks * CHUNK)
    wait_until(app.page, lambda: chunks * CHUNK in starts(liar.log_of(NAMES[part])))
    kill_browser(browser_process(tmp_path / "profile"), app.context)


@pytest.mark.slow
def test_three_parts_are_one_model_through_kills_repair_and_another_machine(
    make_profile: MakeProfile, liar: Liar, tmp_path: Path
) -> None:
    offer = offered(liar)
    killed_at(make_profile, liar, offer, tmp_path, part=0, chunks=2, button="Download")
    killed_at(make_profile, liar, offer, tmp_path, part=2, chunks=1, button="Resume")
    assert starts(liar.log_of(NAMES[0])) == [2 * CHUNK, 3 * CHUNK]
    app, row = opened(make_profile, liar, offer)
    kept = row.kept().sha256
    assert kept == tuple(enumerate(offer.file.chunk_sha256(CHUNK)[:9]))
    liar.lie(NAMES[2], Lie())
    liar.forget()
    row.click("Resume")
    row.expect("Ready")
    row.expect_identical()
    assert [starts(liar.log_of(name)) for name in NAMES] == [[], [], [CHUNK, 2 * CHUNK]]

    app.use_model(row.article)
    app.go("Chat")
    assert app.ask(QUESTION) == ANSWER

    app.go("Models")
    app.page.evaluate(SPOIL, [offer.id, 5])
    row.click("Verify")
    row.expect("Damaged")
    liar.forget()
    row.click("Repair")
    row.expect("Ready")
    row.expect_identical()
    assert [starts(liar.log_of(name)) for name in NAMES] == [[], [CHUNK], []]

    files = saved(app, row, tmp_path)
    assert {path.name for path in files} == {*NAMES, "tiny-gemma3.gguf.toml"}
    app.context.close()
    elsewhere = make_profile("elsewhere")
    elsewhere.open()
    elsewhere.go("Models")
    elsewhere.pick_models(*files)
    article = elsewhere.page.get_by_role("article", name="Three parts", exact=True)
    expect(article.locator(".status")).to_have_text("Ready")
    elsewhere.go("Chat")
    assert elsewhere.ask(QUESTION) == ANSWER


def saved(app: App, row: ModelRow, folder: Path) -> list[Path]:
    """Save the model by its button; the files, the one with the hashes first."""
    begun: list[Download] = []
    app.page.on("download", lambda download: begun.append(download))
    row.click("Save a copy")
    wait_until(app.page, lambda: len(begun) == len(NAMES) + 1)
    paths = []
    for download in begun:
        paths.append(folder / download.suggested_filename)
        download.save_as(paths[-1])
    return sorted(paths, reverse=True)
