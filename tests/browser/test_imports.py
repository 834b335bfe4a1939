"""A large export of another program in a real browser: the tab stays small and free, Stop keeps what came, and what is
here does not come again.

    IMPORT_BYTES=500000000 python -m pytest tests/browser/test_imports.py      # as large as the app promises
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.bench.busy import own_time
from tests.bench.measure import COUNT_TASKS, Browser
from tests.bench.memory import used, watching
from tests.browser.conftest import MakeProfile
from tests.browser.driver import App
from tests.browser.test_archive import button
from tests.study.imports.large import write_large

SIZE = int(os.environ.get("IMPORT_BYTES", "20000000"))
LIMIT_MS = 3_600_000
MOST_MEGABYTES = 400  # more than the page needs when it is idle
MOST_OWN_MS = 100  # of the page's thread in one task, on a machine that others use as well
COUNT = """
async () => {
  const settled = request => new Promise(done => { request.onsuccess = () => done(request.result); });
  const database = await settled(indexedDB.open('drleelm-demo'));
  const count = await settled(database.transaction('chats').objectStore('chats').count());
  database.close();
  return count;
}
"""


@contextmanager
def staying_free(browser: Browser) -> Iterator[None]:
    """Fail where what happens takes too much memory, or too long in one task of the page's own thread."""
    main, renderers = used(browser.process)
    tasks = browser.long_tasks()
    with watching(browser.process) as peak, own_time(browser.process) as own:
        yield
        browser.page.wait_for_timeout(100)  # the last task is told when it has ended
    found = browser.own_tasks(own, tasks)
    assert [one for one in found if one[1] > MOST_OWN_MS] == []
    assert (peak.total - main - sum(renderers)) / 1e6 < MOST_MEGABYTES


def choose(app: App, file: Path) -> None:
    """Pick the file, and wait until it is told what is in it."""
    app.page.locator("#backup-file").set_input_files(file)
    expect(app.page.locator("#imports-facts")).to_be_visible(timeout=LIMIT_MS)


def count(app: App) -> int:
    return int(app.page.evaluate(COUNT))


def told(app: App) -> str:
    """What the notice says at the end of an import."""
    expect(app.page.locator("#importing")).to_have_count(0, timeout=LIMIT_MS)
    return app.page.locator("#notices").get_by_text("Imported:").inner_text()


@pytest.mark.slow
@pytest.mark.parametrize("packed", [True, False])
def test_a_large_export_comes_in_beside_a_page_that_stays_free(
    make_profile: MakeProfile, tmp_path: Path, packed: bool
) -> None:
    file = tmp_path / "export"
    chats = write_large(file, SIZE, packed=packed)
    app = make_profile()
    app.context.add_init_script(COUNT_TASKS)
    app.open("?demo")
    app.settings("Data")
    browser = Browser(app.context, tmp_path / "profile")
    browser.settle()
    with staying_free(browser):
        choose(app, file)
    expect(app.page.locator("#imports-facts")).to_contain_text(f"{chats:,} chats")

    # Stopped on the way, it keeps what has come.
    with staying_free(browser):
        button(app, "Import")()
        meter = app.page.get_by_role("progressbar", name="Importing chats…")
        expect(meter).to_have_attribute("value", re.compile(r"0\.[1-9]"), timeout=LIMIT_MS)
        button(app, "Stop")()
        first = int(re.sub(r"\D", "", told(app)))
    assert 0 < first < chats
    assert count(app) == first

    # Chosen again, the rest comes, and none of it twice.
    with staying_free(browser):
        choose(app, file)
    expect(app.page.locator("#imports-facts")).to_contain_text(f"{chats - first:,} new")
    with staying_free(browser):
        button(app, "Import")()
        assert told(app) == f"Imported: {chats - first:,} new chats. {first:,} chats were already here."
    assert count(app) == chats
    with staying_free(browser):
        choose(app, file)
    expect(app.page.locator("#imports-facts")).to_contain_text("Nothing new")
    button(app, "Close")()
    app.page.get_by_role("navigation", name="Main").get_by_role("list", name="Chats").get_by_role("link").first.click()
    expect(app.answers.first).to_contain_text("ChatGPT gpt-5")
