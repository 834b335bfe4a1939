"""A library in trouble: browsers killed while documents come in and are indexed, and no network."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.bench.measure import browser_process
from tests.browser.conftest import MakeProfile
from tests.browser.driver import App
from tests.browser.kills import kill_browser
from tests.browser.site import Site
from tests.browser.test_library import row
from tests.documents.pdfs import line, pdf

pytestmark = pytest.mark.slow

KILLS, DOCUMENTS, PAGES = 10, 6, 40
PATIENCE_MS = 240_000
#: a document's parts by its database, and the documents of the shelf
KEPT = """async () => {
  const asked = request => new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
  const names = (await indexedDB.databases()).map(one => one.name);
  const base = await asked(indexedDB.open('drleelm'));
  const shelf = base.transaction('documents').objectStore('documents');
  const kept = (await asked(shelf.getAll())).map(one => JSON.parse(one));
  base.close();
  const parts = {};
  for (const name of names.filter(one => one.startsWith('drleelm-document-'))) {
    const one = await asked(indexedDB.open(name));
    const store = one.transaction('parts').objectStore('parts');
    const [file, text] = await Promise.all([asked(store.get('file')), asked(store.get('text'))]);
    parts[name.slice('drleelm-document-'.length)] = [file?.size ?? -1, (text ?? '').length];
    one.close();
  }
  return [kept, parts];
}"""
#: the librarian's own files, once they are kept for a visit without a network
OWN = """async () => {
  const all = ['program', 'rest', 'pypdfium2', 'snowballstemmer'].map(name => `librarian/${name}.zip`);
  all.push('scripts/librarian-worker.js', 'pyodide/pyodide.asm.wasm');
  const kept = name => caches.match(`static/vendor/${name}`, { ignoreSearch: true });
  while (!(await Promise.all(all.map(kept))).every(Boolean)) await new Promise(done => setTimeout(done, 200));
}"""


def document(number: int, pages: int = PAGES) -> bytes:
    """A PDF with a word of its own on its last page."""
    said = [
        [f"Page {at} of a document about tides, and line {no} of {number}" for no in range(40)] for at in range(pages)
    ]
    said[-1][-1] = f"Only here it says zebra{number}zebra"
    return pdf([b"".join(line(text, 10, 72, 780 - 17 * at) for at, text in enumerate(page)) for page in said])


def names(page: Page) -> list[str]:
    """Of the documents that are listed."""
    found = page.get_by_role("list", name="Documents").get_by_role("listitem")
    return [re.findall(r"part\d+\.pdf", text)[0] for text in found.all_inner_texts()]


def pick(app: App, files: list[Path]) -> None:
    """Add documents."""
    with app.page.expect_file_chooser() as picking:
        app.page.get_by_role("button", name="Add documents").first.click()
    picking.value.set_files(files)


def found(app: App, words: str, name: str) -> None:
    """These words are found in this document alone."""
    app.page.get_by_role("searchbox", name="Search documents").fill(words)
    hits = app.page.get_by_role("list", name="Passages").get_by_role("listitem")
    expect(hits).to_have_count(1, timeout=PATIENCE_MS)
    expect(hits).to_contain_text(name)


def whole(app: App) -> None:
    """Each record has its file, all of it; what is indexed has its words; no file is there twice."""
    kept, parts = app.page.evaluate(KEPT)
    assert len({one["sha256"] for one in kept}) == len(kept)
    for one in kept:
        size, length = parts[one["id"]]
        assert size == one["size_bytes"], one
        assert length > 0 or one["status"] == "waiting", one


def test_ten_kills_while_documents_come_in_and_are_indexed_leave_none_half_there(
    make_profile: MakeProfile, tmp_path: Path
) -> None:
    """Each time all documents are added once more, and the browser is killed at a random moment."""
    chance, files = random.Random(), []
    for number in range(DOCUMENTS):
        files.append(tmp_path / f"part{number}.pdf")
        files[-1].write_bytes(document(number))
    moments = set[tuple[int, int]]()
    for at in range(KILLS):
        app = make_profile()
        app.open("#/library")
        expect(app.page.get_by_role("button", name="Add documents").first).to_be_visible()
        app.page.wait_for_timeout(500)
        here = names(app.page)
        assert len(set(here)) == len(here)
        whole(app)
        pick(app, files[: 1 + at * DOCUMENTS // KILLS])
        app.page.wait_for_timeout(chance.randrange(200, 6000))
        listed = names(app.page)
        indexed = app.page.get_by_role("listitem").filter(has_text="Indexed").count()
        moments.add((len(listed), indexed))
        kill_browser(browser_process(tmp_path / "profile"), app.context)
    assert any(listed > indexed for listed, indexed in moments), "most of the kills came when there was work to do"
    app = make_profile()
    app.open("#/library")
    pick(app, files)
    for number in range(DOCUMENTS):
        expect(row(app, f"part{number}.pdf")).to_have_count(1)
        expect(row(app, f"part{number}.pdf")).to_contain_text("Indexed", timeout=PATIENCE_MS)
    for number in range(DOCUMENTS):
        found(app, f"zebra{number}zebra", f"part{number}.pdf")
    whole(app)
    kept, parts = app.page.evaluate(KEPT)
    assert {one["id"] for one in kept} == set(parts), "what was half there is gone, with its space"


def test_without_a_network_documents_are_added_and_found_after_the_first_one(
    make_profile: MakeProfile, own_site: Site, tmp_path: Path
) -> None:
    """The server is gone and the browser was started anew."""
    files = [tmp_path / f"part{number}.pdf" for number in (0, 1)]
    for number, file in enumerate(files):
        file.write_bytes(document(number, pages=2))
    app = make_profile(url=own_site.url)
    app.open("#/library")
    pick(app, files[:1])
    expect(row(app, "part0.pdf")).to_contain_text("Indexed", timeout=PATIENCE_MS)
    app.page.evaluate(OWN)
    app.page.wait_for_timeout(4000)
    app.context.close()
    own_site.stop()
    app = make_profile(url=own_site.url)
    app.open("#/library")
    pick(app, files[1:])
    expect(row(app, "part1.pdf")).to_contain_text("Indexed", timeout=PATIENCE_MS)
    for number in (0, 1):
        found(app, f"zebra{number}zebra", f"part{number}.pdf")
    app.page.get_by_role("list", name="Passages").get_by_role("link").first.click()
    expect(app.page.locator("#passage")).to_be_visible(timeout=PATIENCE_MS)
