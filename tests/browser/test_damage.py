"""Broken data in the browser's real storage, and pages that frame the app: the way to Settings, Data stays open."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import MakeApp
from tests.browser.driver import App
from tests.browser.site import Site, serving_folder

BREAK = """async () => {
  const request = indexedDB.open('drleelm');
  await new Promise(done => { request.onsuccess = done; });
  const shelves = ['chats', 'turns', 'settings', 'ledger', 'measurements', 'pulls', 'models'];
  const transaction = request.result.transaction(shelves, 'readwrite');
  for (const shelf of shelves) {
    transaction.objectStore(shelf).put('{"id": "half', 'broken-text');
    transaction.objectStore(shelf).put('['.repeat(200000), 'broken-deep');
    transaction.objectStore(shelf).put({ not: 'a text' }, 'broken-kind');
    transaction.objectStore(shelf).put('{"id": 5, "size_bytes": 1e308, "time": "now"}', 'broken-shape');
  }
  const settings = transaction.objectStore('settings');
  settings.put('{"share": 1e308, "theme": 7, "is_offline_mode": false, "setup": "done"}', 'settings');
  settings.put('"nothing"', 'costs');
  const model = '{"id": "y", "name": "Y", "sources": [{"url": "https://[x/a.gguf"}]}';
  settings.put(`{"catalogs": [{"id": "x"}], "models": [${model}]}`, 'sources');
  transaction.objectStore('chats').put('{"id": "good", "title": "A good chat", "path": [], "roots": []}', 'good');
  await new Promise(done => { transaction.oncomplete = done; });
  request.result.close();
}"""


@pytest.mark.warm
def test_broken_records_cost_themselves_and_data_can_be_reached(app: App) -> None:
    """Faults D1, D4 and D11, in IndexedDB. Some hundred thousand brackets would end the whole of Python."""
    app.open()
    app.page.evaluate(BREAK)
    app.page.reload()
    app.wait_ready()
    expect(app.page.get_by_role("link", name="A good chat")).to_be_visible()
    notice = app.page.locator("#notice-damaged")
    expect(notice).to_contain_text("chats")
    notice.get_by_role("button", name="Open Settings").click()
    data = app.page.get_by_role("group", name="Data", exact=True)
    expect(data).to_be_visible()
    expect(app.page.locator(".broken")).to_have_count(0)
    data.get_by_role("button", name="Check now").click()
    expect(data.locator("#damaged-list")).to_contain_text("broken-deep")
    with app.page.expect_download() as saved:
        data.get_by_role("button", name="Save as a file").click()
    assert "half" in saved.value.path().read_text("utf-8"), "what lies there, as it lies there"
    data.get_by_role("button", name="Remove damaged data").click()
    app.page.get_by_role("dialog").get_by_role("button", name="Remove damaged data").click()
    expect(data.locator("#damaged-list")).to_have_count(0)
    app.page.reload()
    app.wait_ready()
    expect(app.page.get_by_role("button", name="Erase all")).to_be_visible()
    expect(app.page.locator("#notice-damaged")).to_have_count(0)
    app.go("Chat")
    expect(app.page.get_by_role("link", name="A good chat")).to_be_visible()


@pytest.mark.warm
def test_words_from_other_pages_run_no_action(app: App) -> None:
    """Fault D10: the channel between pages knows two words."""
    app.open()
    app.page.evaluate("""() => {
      const channel = new BroadcastChannel('drleelm-pages');
      const words = ['archive:erase', 'archive:leave', 'app:reload', {}, ['halt'], null];
      for (const word of words) channel.postMessage(word);
      for (const name of ['drleelm-records', 'drleelm-models']) {
        const other = new BroadcastChannel(name);
        const odd = ['', '[', '5', '{}', '{"wrote": 5}', '{"id": [], "status": {}}', '['.repeat(200000), {}];
        for (const word of odd) other.postMessage(word);
      }
      window.marked = true;
    }""")
    expect(app.settings("Data").get_by_role("button", name="Erase all")).to_be_visible()
    assert app.page.evaluate("window.marked"), "nothing has reloaded the page"


def test_a_page_of_another_origin_cannot_frame_the_app(make_app: MakeApp, site: Site, published_site: str) -> None:
    """Fault D9: refused by the header of serve.py, and by the page itself where no header comes."""
    with TemporaryDirectory() as folder:
        frames = f'<iframe id="ours" src="{site.url}"></iframe><iframe id="plain" src="{published_site}"></iframe>'
        (Path(folder) / "index.html").write_text(f"<!doctype html><title>Other</title>{frames}")
        with serving_folder(Path(folder)) as url:
            app = make_app(url)
            app.allow("frame-ancestors", "X-Frame-Options", "favicon", "404", "left the origin")
            app.page.goto(url)
            plain = app.page.frame_locator("#plain")
            expect(plain.get_by_role("link", name="Open DrLeeLM in its own tab")).to_have_attribute(
                "href", re.compile(re.escape(published_site))
            )
            expect(plain.locator("#composer")).to_have_count(0)
            expect(app.page.frame_locator("#ours").locator("#composer")).to_have_count(0)
            app.page.goto("about:blank")
