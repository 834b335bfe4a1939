"""Cross-origin isolation, which threads need: by the service worker on a host that sends no headers.

The rules are seen on the small site; then the real page does in a published copy, from its second visit, all that
isolation could get in the way of. Our own server isolates the page at once, so every other test runs isolated.
"""

from __future__ import annotations

import json
import re
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

import serve
from tests.browser.conftest import MakeApp
from tests.browser.driver import LIMIT_MS, MODELS, App
from tests.browser.files import Offer, tiny
from tests.browser.liar import Liar, Lie
from tests.browser.model_row import ModelRow
from tests.browser.site import free_port, serving_folder
from tests.browser.small_site import CONTROLLED, ENGINE, QUIET, STEADY, TAKE_OVER, UPDATE, SmallSite, publishing
from tests.browser.test_cloud import CORS, KEY, OPENROUTER, service
from tests.browser.test_models import ANSWER, QUESTION, greedy
from tests.ollama.stand_in import StandIn

ISOLATED = "self.crossOriginIsolated"
TELL = "postMessage(self.crossOriginIsolated)"
#: What a worker of a script, or of a Blob with that text, says of itself.
WORKER = """async ([address, text]) => {
  const worker = new Worker(address || URL.createObjectURL(new Blob([text], { type: 'text/javascript' })));
  return new Promise(told => {
    worker.onmessage = ({ data }) => told(data);
    worker.onerror = () => told('did not start');
  });
}"""
FRAME = """address => new Promise(told => {
  const frame = Object.assign(document.createElement('iframe'), { src: address });
  frame.onload = () => told(frame.contentWindow.crossOriginIsolated);
  document.body.append(frame);
})"""
LOUDLY = "url => fetch(url, { mode: 'no-cors' }).then(reply => reply.type, () => 'refused')"
QUIETLY = """([script, url]) => new Promise(told => {
  const { port } = new SharedWorker(script);
  port.onmessage = ({ data: [, answer] }) => told(answer);
  port.postMessage([1, url, 'no-cors', 60000, 'GET', []]);
})"""
LEAVE = "async () => (await navigator.serviceWorker.getRegistration()).unregister()"


# --- the rules, on the small site


@pytest.fixture
def small_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallSite]:
    """The small site, whose workers say whether they are isolated."""
    with publishing(tmp_path, monkeypatch) as site:
        site.publish("one", engine=TELL, steady=TELL)
        yield site


@pytest.fixture
def page(no_webgpu: Browser, small_site: SmallSite) -> Iterator[Page]:
    """The small site's page on its second visit."""
    page = no_webgpu.new_page()
    page.goto(small_site.url)
    page.wait_for_function(CONTROLLED)
    assert page.evaluate(ISOLATED) is False
    page.reload()
    yield page
    page.close()


def works_isolated(page: Page) -> None:
    """The page is isolated, and so are workers from a file that is kept, one that is not, and a Blob."""
    assert page.evaluate(ISOLATED) is True
    for script in (ENGINE, STEADY, ""):
        assert page.evaluate(WORKER, [script, TELL]) is True, script


def test_from_the_second_visit_all_that_the_page_starts_is_isolated_but_its_shared_worker(
    page: Page, small_site: SmallSite, tmp_path: Path
) -> None:
    works_isolated(page)
    assert page.evaluate(FRAME, "some/where") is True
    with serving_folder(tmp_path) as elsewhere:
        assert page.evaluate(LOUDLY, elsewhere) == "refused"
        assert page.evaluate(QUIETLY, [QUIET, elsewhere])["status"] == 0
    page.goto(small_site.url + "some/where/else?demo#/models")
    assert page.evaluate(ISOLATED) is True


def test_an_isolated_page_of_an_older_release_gets_no_worker_until_it_reloads(
    page: Page, small_site: SmallSite
) -> None:
    small_site.publish("two", engine=TELL, steady=TELL)
    page.evaluate(UPDATE)
    works_isolated(page)
    page.evaluate(TAKE_OVER)
    assert page.evaluate(WORKER, [ENGINE, ""]) == "did not start"
    assert page.evaluate(WORKER, ["", TELL]) is True
    page.reload()
    assert page.title() == "two"
    works_isolated(page)


def test_a_release_from_before_isolation_is_isolated_once_the_next_has_taken_over(
    page: Page, small_site: SmallSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the other way round, should an older one be published again."""
    for name, headers in (("before", {}), ("after", serve.ISOLATION)):
        monkeypatch.setattr(serve, "ISOLATION", headers)
        small_site.publish(name, engine=TELL, steady=TELL)
        page.evaluate(UPDATE)
        page.evaluate(TAKE_OVER)
        page.reload()
        assert page.title() == name
        assert page.evaluate(ISOLATED) is bool(headers)
        assert page.evaluate(WORKER, [ENGINE, ""]) is bool(headers)


def test_without_its_service_worker_the_page_works_and_is_not_isolated(page: Page) -> None:
    page.context.new_cdp_session(page).send("Page.reload", {"ignoreCache": True})  # as with the Shift key
    page.wait_for_function("() => !navigator.serviceWorker.controller && !self.crossOriginIsolated")
    page.wait_for_load_state()
    assert page.evaluate(WORKER, [ENGINE, ""]) is False
    page.reload()
    works_isolated(page)
    page.evaluate(LEAVE)
    page.reload()
    assert page.evaluate(ISOLATED) is False
    assert page.evaluate(WORKER, [ENGINE, ""]) is False


# --- the real page


def sign_in(app: App) -> None:
    """Away to OpenRouter and back, which is a navigation from another origin."""

    def answer(route: Route) -> None:
        address = route.request.url
        if "/auth?" in address:
            return route.fulfill(status=302, headers={"location": f"{app.url}?code=one-time-code"})
        body = {"key": KEY} if address.endswith("/auth/keys") else {"data": [{"id": "x-ai/grok-4"}]}
        return route.fulfill(status=200, headers=CORS, body=json.dumps(body))

    app.context.route(f"{OPENROUTER}/**", answer)
    app.allow(re.escape(OPENROUTER))
    app.settings("Connections")
    service(app, "OpenRouter").get_by_role("button", name="Sign in with OpenRouter").click()
    expect(service(app, "OpenRouter")).to_contain_text("Key …3f9a", timeout=LIMIT_MS)


def find_ollama(app: App, server: StandIn) -> None:
    """It answers on another port; and a program there that lets no page in is told from nobody."""
    app.allow(re.escape(server.url), r"localhost:11434", r"127\.0\.0\.1")
    app.open("#/settings/connections")
    for address, words in (
        (server.url, "Another program"),
        (f"http://127.0.0.1:{free_port()}", "Not reachable"),
        (server.url, "Running"),
    ):
        server.faults.other_program = words != "Running"
        expect(app.ollama_at(address)).to_contain_text(words, timeout=LIMIT_MS)


def download(app: App, liar: Liar) -> None:
    """Models of another origin come with CORS, whether or not it says who may embed them."""
    app.allow(re.escape(liar.url))
    offers = [Offer("Tiny", tiny(), ("tiny.gguf",)), Offer("Plain", tiny(), ("plain.gguf",))]
    for offer in offers:
        liar.put(offer.sources[0], offer.file)
    address = urllib.parse.unquote(liar.catalog(*offers))
    liar.lie("tiny.gguf", Lie(headers={"Cross-Origin-Resource-Policy": "cross-origin"}))
    app.settings("Classroom").get_by_role("textbox", name="Catalogue address").fill(address)
    app.page.get_by_role("button", name="Add catalogue", exact=True).click()
    expect(app.page.get_by_role("list", name="Catalogues").get_by_role("listitem")).to_contain_text("The liar's")
    app.go("Models")
    for offer in offers:
        row = ModelRow(app.page, offer)
        row.click("Download")
        row.expect("Ready")
        row.expect_identical()


def isolation_of_workers(app: App) -> list[bool]:
    """Of Python's and the engine's. A thread of the engine's program that waits for work would never answer."""
    return [each.evaluate(ISOLATED) for each in app.page.workers if not each.url.endswith("/program-worker.js")]


def test_a_published_copy_does_all_it_did_once_it_is_isolated(
    make_app: MakeApp, published_site: str, liar: Liar
) -> None:
    app = make_app(published_site)
    app.open()
    assert app.page.evaluate(ISOLATED) is False
    app.page.wait_for_function(CONTROLLED)
    sign_in(app)
    assert app.page.evaluate(ISOLATED) is True
    with StandIn() as server:
        find_ollama(app, server)
        greedy(app)
        download(app, liar)
    app.use_model(app.page.get_by_role("region", name="Browser models").get_by_role("article", name="Tiny", exact=True))
    app.go("Chat")
    assert app.ask(QUESTION) == ANSWER
    assert set(isolation_of_workers(app)) == {True}
    app.settings("Advanced").get_by_role("switch", name="Local API").click()
    expect(app.page.get_by_label("Base address")).to_have_value(f"{app.url}v1")
    assert "tiny" in json.dumps(app.page.evaluate("async () => (await fetch('v1/models')).json()"))
    errors = app.context.new_cdp_session(app.page).send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [error["errorId"] for error in errors if error["errorId"] != "in-incognito"] == []
    # a page that goes past the service worker is not isolated, and shares everything with one that is
    other = App(app.context, app.url)
    other.page = app.context.new_page()
    other.page.goto(app.url)
    other.page.context.new_cdp_session(other.page).send("Page.reload", {"ignoreCache": True})
    other.page.wait_for_function(f"() => !{ISOLATED}")
    other.wait_ready()
    other.page.get_by_role("list", name="Chats").get_by_role("link", name=QUESTION).click()
    expect(other.answers).to_have_count(1)
    assert other.ask("Why is the sky blue?") == "Because air scatters blue light."
    app.go("Chat")
    expect(app.answers).to_have_count(2)


@pytest.mark.slow
def test_all_four_engines_answer_in_an_isolated_copy(make_app: MakeApp, published_site: str) -> None:
    app = make_app(published_site, webgpu=True)
    app.open()
    greedy(app)
    app.page.wait_for_function(CONTROLLED)
    app.reload()
    for file, engine in (
        ("tiny-gemma3-f16.gguf", "wllama"),
        ("tiny-gemma3-cpu.litertlm", "litert-lm-cpu"),
        ("tiny-gemma3-gpu.litertlm", "litert-lm-gpu"),
        ("tiny-gemma3-web.task", "mediapipe"),
    ):
        model = app.import_model(MODELS / file)
        app.details(model).get_by_role("combobox", name="Engine").select_option(engine)
        app.close_sheet()
        app.use_model(model)
        app.go("Chat")
        app.new_chat()
        assert app.ask(QUESTION) == ANSWER, engine
        assert set(isolation_of_workers(app)) == {True}
