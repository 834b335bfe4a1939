"""The page as an installed app: the service worker on a small site of two releases, then the real page.

The small site is published by `serve.publish` with the real sw.js (small_site.py), so each rule of the worker is seen
on its own: one release as a set, old ones for as long as they are asked for, nothing of anybody else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

import serve
from tests.browser.conftest import MakeApp, MakeProfile
from tests.browser.site import Site, serving_folder
from tests.browser.small_site import (
    CONTROLLED,
    ENGINE,
    MODEL,
    PATHS,
    QUIET,
    STEADY,
    TAKE_OVER,
    UPDATE,
    SmallSite,
    publishing,
    text,
)
from tests.environment import ROOT

KEPT = """async () => {
  const files = [];
  for (const name of await caches.keys())
    for (const { url } of await (await caches.open(name)).keys()) files.push(new URL(url).pathname.split('/path/')[1]);
  return files.sort();
}"""
#: Data of a version that is yet to come.
NEWER = """() => new Promise(done => {
  indexedDB.open('drleelm', 1000).onsuccess = ({ target }) => done(target.result.close());
})"""


@pytest.fixture
def small_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallSite]:
    """The small site, its first release published."""
    with publishing(tmp_path, monkeypatch) as site:
        yield site


@pytest.fixture
def context(no_webgpu: Browser) -> Iterator[BrowserContext]:
    """A fresh browser profile."""
    context = no_webgpu.new_context()
    yield context
    context.close()


@pytest.fixture
def small_page(small_site: SmallSite, context: BrowserContext) -> Page:
    """The small site's page, under the control of its service worker."""
    page = context.new_page()
    page.goto(small_site.url)
    page.wait_for_function(CONTROLLED)
    return page


def test_the_files_of_the_page_are_kept_and_engines_only_once_used(small_page: Page, small_site: SmallSite) -> None:
    beforehand = sorted(["app/main.py", "index.html", "pyscript.toml", ENGINE, QUIET, PATHS["text"], PATHS["big"]])
    assert small_page.evaluate(KEPT) == beforehand
    assert text(small_page, PATHS["lazy"]) == [200, "lazy of one"]
    assert text(small_page, MODEL) == [200, "weights"]
    assert small_page.evaluate(KEPT) == sorted([*beforehand, PATHS["lazy"]])


def test_a_static_hosts_engine_worker_gets_its_policy_and_offline_mode_only_adds_to_it(small_page: Page) -> None:
    """Fault P3: it came without one, and Offline Mode's own lets this computer's servers be asked."""
    policy = "path => fetch(path).then(reply => reply.headers.get('Content-Security-Policy'))"
    assert small_page.evaluate(policy, ENGINE) == serve.POLICIES[ENGINE]
    assert small_page.evaluate(policy, PATHS["text"]) is None
    outcome = small_page.evaluate(
        """async () => {
          const { port1, port2 } = new MessageChannel();
          const done = new Promise(resolve => { port1.onmessage = resolve; });
          navigator.serviceWorker.controller.postMessage({ type: 'offline', mode: 'loopback' }, [port2]);
          await done;
          const worker = new Worker('static/vendor/scripts/engine.js');
          return new Promise(told => { worker.onmessage = event => told(event.data); });
        }"""
    )
    assert outcome == "refused"


def test_an_engine_loaded_before_the_worker_came_can_be_kept_afterwards(small_page: Page) -> None:
    small_page.evaluate(
        "navigator.serviceWorker.controller.postMessage({ type: 'keep', prefix: 'static/vendor/wllama-3.13.0/' })"
    )
    for path in (STEADY, PATHS["lazy"]):
        # A promise is true to `wait_for_function`, so it looks at what a loop of the page's own has found.
        small_page.evaluate(
            f"""path => {{
          self.isKept = false;
          const look = async () => (self.isKept = (await ({KEPT})()).includes(path)) || setTimeout(look, 50);
          look();
        }}""",
            path,
        )
        small_page.wait_for_function("() => self.isKept")


def test_without_a_network_every_address_of_the_site_opens_the_page(small_page: Page, small_site: SmallSite) -> None:
    small_site.asked.clear()
    small_page.context.set_offline(True)
    for path in ("", "?demo", "some/where#/models"):
        small_page.goto(small_site.url + path)
        assert small_page.title() == "one"
    assert text(small_page, small_site.url + PATHS["big"]) == [200, "big of one"]
    status, said = text(small_page, small_site.url + STEADY)
    assert (status, "Connect to the network" in said) == (504, True)
    assert small_site.asked == []


def test_everything_else_passes_untouched(small_page: Page, small_site: SmallSite, tmp_path: Path) -> None:
    answered: dict[str, bool] = {}
    small_page.on("response", lambda reply: answered.update({reply.url: reply.from_service_worker}))
    with serving_folder(tmp_path) as elsewhere:
        urls = {
            "listed": small_site.url + PATHS["text"],
            "unlisted": small_site.url + "nothing.txt",
            "a model": small_site.url + MODEL,
            "outside": small_site.url.replace("some/path/", "other.txt"),
            "another port": elsewhere,
        }
        for url in urls.values():
            small_page.evaluate("url => fetch(url, { mode: 'no-cors' }).then(reply => reply.type)", url)
        for options in ({"headers": {"Range": "bytes=0-1"}}, {"method": "POST"}):
            url = small_site.url + PATHS["text"] + "?" + next(iter(options))
            small_page.evaluate("([url, options]) => fetch(url, options).then(reply => reply.type)", [url, options])
            urls[url] = url
    assert {what for what, url in urls.items() if answered[url]} == {"listed"}


def test_a_new_release_waits_and_the_old_one_is_answered_as_a_set(small_page: Page, small_site: SmallSite) -> None:
    small_site.publish("two", big="big of one")
    assert small_page.evaluate(UPDATE) == "installed"
    small_page.reload()
    assert small_page.title() == "one"
    assert text(small_page, PATHS["text"]) == [200, "text of one"]
    # A file that was never used, and that the server now has in its newer form only, is refused, not mixed in.
    status, said = text(small_page, PATHS["lazy"])
    assert (status, "another version" in said) == (504, True)
    assert text(small_page, STEADY) == [200, "steady"]


def test_after_the_change_only_the_new_release_is_answered(small_page: Page, small_site: SmallSite) -> None:
    small_site.publish("two", big="big of one")
    small_page.evaluate(UPDATE)
    small_site.asked.clear()
    small_page.evaluate(TAKE_OVER)
    # The open page is one of the old release: it gets nothing of the new one until it reloads.
    assert text(small_page, PATHS["text"]) == [504, "A new version is ready. Reload to update."]
    small_page.reload()
    assert small_page.title() == "two"
    assert text(small_page, PATHS["text"]) == [200, "text of two"]
    assert text(small_page, PATHS["lazy"]) == [200, "lazy of two"]
    assert [path for path in small_site.asked if path != "sw.js"] == [PATHS["lazy"]]
    kept = small_page.evaluate(KEPT)
    assert (kept.count("index.html"), kept.count(PATHS["big"])) == (1, 1)


def test_an_unchanged_file_is_not_fetched_again_for_a_new_release(small_page: Page, small_site: SmallSite) -> None:
    small_site.asked.clear()
    small_site.publish("two", big="big of one")
    small_page.evaluate(UPDATE)
    assert PATHS["text"] in small_site.asked
    assert PATHS["big"] not in small_site.asked


def test_a_half_published_release_is_not_installed(small_page: Page, small_site: SmallSite) -> None:
    small_site.publish("two")
    (small_site.public / PATHS["text"]).write_text("text of three")
    assert small_page.evaluate(UPDATE) == "redundant"
    small_page.reload()
    assert (small_page.title(), text(small_page, PATHS["text"])) == ("one", [200, "text of one"])


# --- the real page


@pytest.mark.parametrize("kind", ["served", "published"])
def test_chromium_finds_nothing_that_keeps_the_app_from_being_installed(
    make_app: MakeApp, site: Site, published_site: str, kind: str
) -> None:
    app = make_app(site.url if kind == "served" else published_site)
    app.open()
    app.page.wait_for_function(CONTROLLED)
    devtools = app.context.new_cdp_session(app.page)
    assert devtools.send("Page.getAppManifest")["errors"] == []
    errors = [error["errorId"] for error in devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]]
    # A test's browser context is a private window, in which nothing can ever be installed.
    assert [error for error in errors if error != "in-incognito"] == []


def test_the_page_opens_with_the_server_stopped_after_a_restart(make_profile: MakeProfile, own_site: Site) -> None:
    app = make_profile(url=own_site.url)
    app.open()
    app.page.wait_for_function(CONTROLLED)
    app.context.close()
    own_site.stop()
    app = make_profile(url=own_site.url)
    app.open()
    expect(app.page.get_by_role("textbox", name="Message")).to_be_editable()


@pytest.fixture
def release(tmp_path: Path) -> Callable[[str], Path]:
    """Publishes the real app, with a line of a release's own at the end of its style sheet; the folder."""
    public = tmp_path / "public"

    def publish(name: str) -> Path:
        serve.publish(public, with_model=False)
        style = public / "static" / "vendor" / "scripts" / "app.css"
        before = serve.file_hash(ROOT / "static" / "vendor" / "scripts" / "app.css")
        style.write_text(style.read_text() + f":root {{ --release: {name}; }}\n")
        after = serve.file_hash(style)
        worker = public / "sw.js"
        worker.write_text(worker.read_text().replace(before, after))
        return public

    return publish


def test_a_new_version_is_offered_and_taken_without_losing_the_chat(
    make_app: MakeApp, release: Callable[[str], Path]
) -> None:
    shown = "getComputedStyle(document.documentElement).getPropertyValue('--release').trim()"
    with serving_folder(release("one")) as url:
        app = make_app(url)
        app.open("?demo")
        app.page.wait_for_function(CONTROLLED)
        app.ask("Where were we?")
        release("two")
        app.reload()
        assert app.page.evaluate(f"[{shown}, self.crossOriginIsolated]") == ["one", True]
        asked: list[str] = []
        app.page.on("request", lambda request: asked.append(request.url) if request.is_navigation_request() else None)
        with app.page.expect_navigation():
            app.page.get_by_role("button", name="Reload to update").click()
        app.wait_ready()
        assert app.page.evaluate(f"[{shown}, self.crossOriginIsolated]") == ["two", True]
        assert len(asked) == 1, "a second reload breaks off the first"
        expect(app.page.get_by_role("log", name="Conversation")).to_contain_text("Where were we?")


@pytest.mark.slow
def test_reload_brings_the_newer_version_that_wrote_the_data(make_app: MakeApp, release: Callable[[str], Path]) -> None:
    """The older one is kept here for offline use: a plain reload would show it again and again."""
    shown = "getComputedStyle(document.documentElement).getPropertyValue('--release').trim()"
    with serving_folder(release("one")) as url:
        app = make_app(url)
        app.allow("NewerData")
        app.open()
        app.page.wait_for_function(CONTROLLED)
        app.leave()
        app.page.evaluate(NEWER)
        release("two")
        app.open(ready=False)
        expect(app.page.get_by_role("alert")).to_contain_text("saved by a newer version of DrLeeLM")
        assert app.page.evaluate(shown) == "one"
        with app.page.expect_navigation():
            app.page.get_by_role("button", name="Reload").click()
        app.page.wait_for_function(f"{shown} === 'two'")
