"""Ollama as a person meets it: found, chatted with, pulled from, imported into, and what is said where it is not there.

The server is the stand-in of tests/ollama, which answers as recordings of a real one do. `python -m tests ollama` runs
the same journey against a real server.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

import serve
from tests.browser.conftest import MakeApp
from tests.browser.driver import LIMIT_MS, MODELS, App
from tests.browser.site import PlainHandler, publish, serving_folder
from tests.contract.ollama_contract import CHECKS
from tests.environment import PAGE_FLAGS
from tests.ollama.in_browser import in_page
from tests.ollama.stand_in import StandIn

pytestmark = pytest.mark.warm

ORIGIN = "https://user.github.io"
TINY = MODELS / "tiny-gemma3-f16.gguf"
#: Every address in every cache of the page's.
KEPT = """async () => {
  const caches_ = await Promise.all((await caches.keys()).map(name => caches.open(name)));
  const kept = await Promise.all(caches_.map(cache => cache.keys()));
  return kept.flat().map(request => request.url);
}"""


@pytest.fixture
def server() -> Iterator[StandIn]:
    """A stand-in on a port of its own."""
    with StandIn() as running:
        yield running


def region(app: App) -> Locator:
    """The Ollama models of the page that is open."""
    return app.page.get_by_role("region", name="Ollama models")


def article(app: App, name: str) -> Locator:
    """One of its models."""
    return region(app).get_by_role("article", name=name, exact=True)


def set_address(app: App, url: str) -> None:
    """Give the server's address in Settings, as a person would; then look at Ollama's tab."""
    app.open("#/settings/connections")
    expect(app.ollama_at(url)).not_to_contain_text("Looking")
    app.open("#/models/ollama")
    expect(app.page.get_by_role("heading", name="Local Models")).to_be_visible()


def connect(app: App, server: StandIn) -> None:
    """The same, where it runs."""
    app.allow(re.escape(server.url), r"localhost:11434")
    set_address(app, server.url)
    expect(region(app)).to_contain_text(f"Running on 127.0.0.1:{server.port} · 0.32.15", timeout=LIMIT_MS)


def test_a_model_of_ollamas_answers_with_the_servers_own_figures_and_stop_stops_it(app: App, server: StandIn) -> None:
    server.install("chatty:1b")
    connect(app, server)
    article(app, "chatty:1b").get_by_role("button", name="Use", exact=True).click()
    expect(article(app, "chatty:1b").get_by_role("button", name="Active", exact=True)).to_be_visible()
    details = app.details(article(app, "chatty:1b"))
    details.get_by_label("Context length").select_option("2048")
    expect(details).to_contain_text("2,048 of 4,096 tokens")
    article(app, "chatty:1b").evaluate("one => one.replaceWith(one.cloneNode(true))")  # it was drawn anew meanwhile
    app.page.keyboard.press("Escape")
    expect(details).to_be_hidden()
    expect(article(app, "chatty:1b").get_by_role("button", name="Details", exact=True)).to_be_focused()
    app.go("Chat")
    assert app.ask("What is the capital of France?") == "The capital of France is Paris."
    expect(app.line(app.answers.first)).to_have_text("chatty:1b · on this computer · 50 tok/s")
    assert {asked.json["options"]["num_ctx"] for asked in server.asked("/api/chat", "POST")} == {2048}
    server.talk.hold_after = 2
    answer = app.send("Tell me something long.")
    expect(answer.locator(".prose")).to_contain_text(re.compile(r"\w"))
    app.page.get_by_role("button", name="Stop", exact=True).click()
    app.wait_answered(answer)
    server.until(lambda: server.hangups)
    assert app.words(answer)
    app.reload()
    app.go("Models")
    expect(article(app, "chatty:1b")).to_contain_text("In memory", timeout=LIMIT_MS)
    expect(app.model).to_contain_text("chatty:1b")


def test_a_model_that_thinks_does_so_folded_and_not_at_all_when_it_is_told(app: App, server: StandIn) -> None:
    server.install("thinker:1b", capabilities=("completion", "thinking"))
    connect(app, server)
    article(app, "thinker:1b").get_by_role("button", name="Use", exact=True).click()
    app.go("Chat")
    app.ask("What is the capital of France?")
    folded = app.answers.first.locator("details.thinking")
    expect(folded.get_by_text(server.talk.thinking)).to_be_hidden()
    folded.get_by_text(re.compile(r"^Thought for \d+\ss$")).click()
    expect(folded.get_by_text(server.talk.thinking)).to_be_visible()
    app.settings("Chat").get_by_role("switch", name="Reasoning").click()
    app.go("Chat")
    app.ask("Why is the sky blue?")
    assert [one.json["think"] for one in server.asked("/api/chat", "POST") if one.json.get("messages")] == [True, False]


def test_a_pull_pauses_goes_on_and_is_ready_only_at_the_end(app: App, server: StandIn) -> None:
    server.offer("small:1b", sizes=(40_000_000, 1_500))
    server.pulling.hold_after = 20_000_000
    connect(app, server)
    form = region(app).get_by_role("textbox", name="Model name")
    form.fill("small:1b")
    form.press("Enter")
    row = article(app, "small:1b")
    expect(row.get_by_role("progressbar")).to_have_attribute("aria-valuetext", re.compile(r"^5\d\s%"))
    row.get_by_role("button", name="Pause").click()
    expect(row).to_contain_text("Paused")
    app.reload()
    app.go("Models")
    expect(row).to_contain_text("Paused", timeout=LIMIT_MS)
    server.pulling.hold_after = None
    row.get_by_role("button", name="Resume").click()
    expect(row).to_contain_text("Ready")
    first, second = server.asked("/api/pull", "POST")
    assert first.json == second.json
    row.get_by_role("button", name="Delete").click()
    app.page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(row).to_have_count(0)
    assert server.asked("/api/delete", "DELETE")[0].json == {"model": "small:1b"}


def test_a_pull_that_is_cut_never_shows_success(app: App, server: StandIn) -> None:
    server.offer("small:1b", sizes=(40_000_000, 1_500))
    server.faults.cut_pull_after = 10_000_000
    connect(app, server)
    form = region(app).get_by_role("textbox", name="Model name")
    form.fill("small:1b")
    form.press("Enter")
    row = article(app, "small:1b")
    expect(row.get_by_role("alert")).to_contain_text("ended before")
    expect(row.get_by_role("button", name="Use")).to_have_count(0)
    row.get_by_role("button", name=re.compile("Resume|Try again")).click()
    expect(row).to_contain_text("Ready")


def test_a_name_that_nobody_offers_is_told_in_words(app: App, server: StandIn) -> None:
    connect(app, server)
    form = region(app).get_by_role("textbox", name="Model name")
    form.fill("no-such-model:9b")
    form.press("Enter")
    expect(app.page.get_by_role("alert").first).to_contain_text("no model named no-such-model:9b")
    rows = region(app).get_by_role("article")
    fewer = rows.count()
    every = region(app).get_by_role("button", name=re.compile("^Show all"))
    every.click()
    expect(every).to_be_hidden()
    assert rows.count() > fewer


def test_a_gguf_file_is_imported_copied_renamed_and_deleted(app: App, server: StandIn) -> None:
    connect(app, server)
    with app.page.expect_file_chooser() as chooser:
        region(app).get_by_role("button", name="Import a GGUF into Ollama").click()
    chooser.value.set_files(TINY)
    form = region(app).locator("form", has=app.page.get_by_role("button", name="Import", exact=True))
    form.get_by_label("Name", exact=True).fill("mine:1b")
    form.get_by_label("Chat template").select_option("gemma")
    form.get_by_role("button", name="Import", exact=True).click()
    expect(article(app, "mine:1b").get_by_role("button", name="Active", exact=True)).to_be_visible(timeout=LIMIT_MS)
    [created] = server.asked("/api/create", "POST")
    assert created.json["model"] == "mine:1b"
    assert "start_of_turn" in created.json["template"]
    app.go("Chat")
    assert app.ask("What is the capital of France?")
    app.go("Models")
    details = app.details(article(app, "mine:1b"))
    details.get_by_text("Copy or rename").click()
    details.get_by_role("textbox", name="Copy as").fill("other:1b")
    details.get_by_role("textbox", name="Copy as").press("Enter")
    expect(region(app).locator("article", has_text="other:1b")).to_be_visible()
    details.get_by_role("textbox", name="Rename to").fill("third:1b")
    details.get_by_role("textbox", name="Rename to").press("Enter")
    expect(details).to_be_hidden()
    expect(article(app, "third:1b").get_by_role("button", name="Active", exact=True)).to_be_visible()
    expect(article(app, "mine:1b")).to_have_count(0)


def test_a_file_that_is_no_gguf_is_refused_in_words(app: App, server: StandIn, tmp_path: Path) -> None:
    connect(app, server)
    (tmp_path / "photo.gguf").write_bytes(b"\x89PNG" + bytes(1000))
    with app.page.expect_file_chooser() as chooser:
        region(app).get_by_role("button", name="Import a GGUF into Ollama").click()
    chooser.value.set_files(tmp_path / "photo.gguf")
    expect(app.page.get_by_role("alert").first).to_contain_text("not a GGUF")


def test_where_nobody_listens_it_is_said_without_an_error_in_the_console(app: App) -> None:
    app.allow(r"localhost:11434")  # a real Ollama may run on this machine: then it is simply found
    app.open()
    app.go("Models")
    expect(region(app)).to_contain_text(re.compile("Not reachable|Running"), timeout=LIMIT_MS)
    if region(app).get_by_text("Show models").is_visible():
        region(app).get_by_text("Show models").click()
    expect(app.details(article(app, "llama3.2:1b"))).to_contain_text("ollama pull llama3.2:1b")
    assert app.problems == []


def test_another_program_on_the_port_is_told_as_such(app: App, server: StandIn) -> None:
    """Fault O4: a page from localhost was told to name itself to Ollama, which always lets it in."""
    server.faults.other_program = True
    app.allow(re.escape(server.url), r"localhost:11434")
    set_address(app, server.url)
    expect(region(app)).to_contain_text("Another program", timeout=LIMIT_MS)
    expect(region(app)).not_to_contain_text("OLLAMA_ORIGINS")


# -- from a public address


class PublicHandler(PlainHandler):
    """A plain server. `isolates`: it sends what the service worker would, which starts with no such certificate."""

    isolates = False

    def end_headers(self) -> None:
        """The headers of the answer, with those that isolate."""
        for name, value in serve.ISOLATION.items() if self.isolates else ():
            if not self.path.endswith(serve.NOT_ISOLATED):
                self.send_header(name, value)
        super().end_headers()


@pytest.fixture(scope="session")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The published site behind https; the port."""
    root = tmp_path_factory.mktemp("public")
    publish(root / "site", "--without-model")
    with serving_folder(root / "site", PublicHandler, is_secure=True) as url:
        yield int(url.rstrip("/").rsplit(":", 1)[1])


@pytest.fixture
def from_public(launch_browser: Callable[..., Browser], public: int) -> Iterator[Callable[..., App]]:
    """Opens the page at https://user.github.io, which for the browser is a public address."""
    flags = [
        *PAGE_FLAGS,
        f"--host-resolver-rules=MAP user.github.io:443 127.0.0.1:{public}",
        f"--ip-address-space-overrides=127.0.0.1:{public}=public",
    ]
    browser = launch_browser(args=flags)

    def make(*permissions: str) -> App:
        context = browser.new_context(ignore_https_errors=True)
        if permissions:
            context.grant_permissions(list(permissions), origin=ORIGIN)
        app = App(context, f"{ORIGIN}/")
        app.allow("SSL certificate", r"127\.0\.0\.1", r"localhost", "blocked by CORS", "ERR_FAILED", "permission")
        return app

    yield make
    browser.close()


def at(app: App, server: StandIn) -> None:
    """Name the server's address; nothing may be sent before a click but by this."""
    set_address(app, f"http://127.0.0.1:{server.port}")


@pytest.mark.parametrize("isolates", [pytest.param(False, marks=pytest.mark.slow), True])
def test_a_public_page_that_is_refused_shows_the_line_for_its_own_origin(
    from_public: Callable[..., App], server: StandIn, monkeypatch: pytest.MonkeyPatch, isolates: bool
) -> None:
    """An isolated page hears nothing of a server that refuses it: something else must ask."""
    monkeypatch.setattr(PublicHandler, "isolates", isolates)
    app = from_public("local-network-access")
    at(app, server)
    assert app.page.evaluate("self.crossOriginIsolated") is isolates
    expect(region(app)).to_contain_text("Origin refused", timeout=LIMIT_MS)
    expect(region(app)).to_contain_text(f"OLLAMA_ORIGINS={ORIGIN}")


def test_a_public_page_that_is_allowed_is_connected(from_public: Callable[..., App]) -> None:
    with StandIn(origins=ORIGIN) as server:
        app = from_public("local-network-access")
        at(app, server)
        expect(region(app)).to_contain_text("Running", timeout=LIMIT_MS)


def test_a_public_page_sends_nothing_before_a_click_and_tells_a_denial(
    from_public: Callable[..., App], server: StandIn
) -> None:
    app = from_public()
    app.open("#/models")
    expect(region(app)).to_contain_text(re.compile("Not connected|Blocked by the browser"), timeout=LIMIT_MS)
    assert not [url for url in app.requests if ":11434" in url]
    at(app, server)
    expect(region(app)).to_contain_text("Blocked by the browser", timeout=LIMIT_MS)
    assert server.log == []


def test_the_whole_contract_holds_over_the_pages_own_fetch(no_webgpu: Browser, server: StandIn) -> None:
    page = no_webgpu.new_page()
    assert in_page(page, server.url, TINY) == [check.__name__ for check in CHECKS]
    page.close()


@pytest.mark.slow
def test_the_service_worker_leaves_other_ports_alone(make_app: MakeApp, server: StandIn) -> None:
    server.install("chatty:1b")
    app = make_app()
    connect(app, server)
    app.page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    app.reload()
    app.go("Models")
    expect(region(app)).to_contain_text("Running", timeout=LIMIT_MS)
    ask = "async url => (await (await fetch(url + '/api/version')).json()).version"
    answered = app.page.evaluate(ask, server.url)
    assert answered == "0.32.15"
    kept = app.page.evaluate(KEPT)
    assert [url for url in kept if str(server.port) in url] == []
