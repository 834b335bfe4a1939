"""Python starts out of a picture of its memory, and knows nothing of where it was made."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import MakeApp
from tests.browser.driver import App

#: Waits until the picture is kept, and puts other bytes in its place where some are given.
KEPT = """async bytes => {
  for (;;) {
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      const request = (await cache.keys()).find(request => request.url.includes('/snapshot/'));
      if (request && bytes) await cache.put(request, new Response(new Uint8Array(bytes)));
      if (request) return;
    }
    await new Promise(done => setTimeout(done, 100));
  }
}"""


def wait_kept(app: App) -> None:
    """The service worker keeps it once the first visit has come to rest."""
    app.page.evaluate(KEPT, None)


def is_restored(app: App) -> bool:
    """How Python was started."""
    found = [worker.evaluate("() => globalThis.isRestored ?? false") for worker in app.page.workers]
    return any(found)


@pytest.mark.slow
def test_a_start_is_out_of_the_picture_and_works_here_and_now(make_app: MakeApp) -> None:
    app = make_app(timezone_id="Asia/Kathmandu")
    asked: list[str] = []
    app.page.on("request", lambda request: asked.append(request.url) if "/snapshot/" in request.url else None)
    app.open("?demo&tokens=20&rate=1000")
    assert is_restored(app)
    assert len(asked) == 1, "a first visit has it from the server, which is near"
    wait_kept(app)
    asked.clear()
    app.reload()
    assert is_restored(app)
    assert asked == [], "a later one has it from the service worker's cache"
    assert app.ask("What is photosynthesis?")
    app.settings("Privacy & offline").get_by_role("switch", name="Offline Mode").click()
    account = app.page.locator("#part-account")
    expect(account).to_contain_text("Nothing has left this device since")
    clock = "() => new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })"
    told = re.search(r"since (\d\d):(\d\d)", account.inner_text())
    assert told is not None
    hours, minutes = map(int, app.page.evaluate(clock).split(":"))
    assert (hours * 60 + minutes - int(told[1]) * 60 - int(told[2])) % 1440 <= 2


@pytest.mark.slow
def test_without_the_picture_a_first_start_is_as_good(app: App) -> None:
    app.allow("404", "Failed to load resource")
    app.page.route(re.compile("/vendor/snapshot/"), lambda route: route.fulfill(status=404))
    app.open("?demo&tokens=20&rate=1000")
    assert not is_restored(app)
    assert app.ask("What is photosynthesis?")


@pytest.mark.slow
def test_a_picture_that_cannot_be_used_costs_nothing_but_time(app: App) -> None:
    app.open("?demo&tokens=20&rate=1000")
    wait_kept(app)
    app.page.evaluate(KEPT, [1, 2, 3, 4])
    app.reload()
    assert not is_restored(app)
    assert app.ask("What is photosynthesis?")
