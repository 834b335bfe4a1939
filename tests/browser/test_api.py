"""The local API: another page of the same site asks local models, in a published copy deep under a sub-path.

The page that asks is a bare one with OpenAI's official client for JavaScript (tests/fixtures/openai); the app stands open
in a tab of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from static.js.build.prepare import install_packages
from tests.browser.conftest import MakeApp
from tests.browser.driver import App
from tests.browser.site import publish, serving_folder
from tests.environment import ROOT

CLIENTS = ROOT / "tests" / "fixtures" / "openai"
PAGE = '<!doctype html><title>notes</title><link rel="icon" href="data:,"><meta charset="utf-8">'
CONTROLLED = "() => navigator.serviceWorker.controller?.state === 'activated'"
#: `ask` runs the words of a test with the official client, and gives its errors as values.
CLIENT = """async () => {
  const { default: OpenAI } = await import('./openai/index.mjs');
  const baseURL = new URL('../v1', location.href).href;
  globalThis.client = new OpenAI({ baseURL, apiKey: 'none', dangerouslyAllowBrowser: true });
  globalThis.said = text => [{ role: 'user', content: text }];
  globalThis.fetched = async (path, options) => {
    const reply = await fetch(new URL('../' + path, location.href), options);
    return [reply.status, await reply.json()];
  };
  globalThis.ask = async run => {
    try { return await run(); } catch (error) {
      return { kind: error.constructor.name, status: error.status, code: error.code, param: error.param, message: error.message };
    }
  };
}"""


@pytest.fixture(scope="session")
def api_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The published app with a folder of notes beside it, in which the official client lies."""
    root = tmp_path_factory.mktemp("api")
    site = root / "some" / "sub" / "path"
    publish(site, "--without-model")
    install_packages(CLIENTS, "the clients that the local API is held against")
    (site / "notes").mkdir()
    (site / "notes" / "client.html").write_text(PAGE)
    (site / "notes" / "openai").symlink_to(CLIENTS / "node_modules" / "openai")
    with serving_folder(root) as url:
        yield url + "some/sub/path/"


@pytest.fixture
def app(make_app: MakeApp, api_site: str) -> App:
    """The published app, not opened yet. A status of an error is an error in the console, too."""
    made = make_app(api_site)
    made.allow(r"status of (400|403|404|405|503)")
    return made


def switch_on(app: App) -> None:
    """As a person does it."""
    app.go("Settings")
    app.page.get_by_role("switch", name="Local API").click()
    expect(app.page.get_by_label("Base address")).to_have_value(f"{app.url}v1")


def notes(app: App) -> Page:
    """The other page, with the client loaded, once the service worker is there."""
    app.page.wait_for_function(CONTROLLED)
    page = app.context.new_page()
    page.goto(app.url + "notes/client.html")
    page.wait_for_function(CONTROLLED)
    page.evaluate(CLIENT)
    return page


def ask(page: Page, words: str) -> Any:
    """What some JavaScript with the client gives."""
    return page.evaluate(f"() => ask(async () => {{ {words} }})")


def test_it_is_off_until_somebody_switches_it_on_and_off_again_at_once(app: App) -> None:
    app.open("?demo")
    page = notes(app)
    refused = ask(page, "return await client.models.list()")
    assert (refused["kind"], refused["status"], refused["code"]) == ("PermissionDeniedError", 403, "api_off")
    assert "Settings" in refused["message"]
    switch_on(app)
    assert ask(page, "return (await client.models.list()).data.map(one => one.id)") == ["demo"]
    app.page.get_by_role("switch", name="Local API").click()
    expect(app.page.get_by_label("Base address")).to_have_count(0)
    assert ask(page, "return await client.models.list()")["status"] == 403


def test_the_official_client_chats_streams_and_stops(app: App) -> None:
    app.open("?demo&tokens=4000&rate=40")
    switch_on(app)
    page = notes(app)
    whole = ask(
        page, "return await client.chat.completions.create({ model: 'demo', messages: said('Hello!'), max_tokens: 3 })"
    )
    assert whole["choices"][0]["message"]["content"].startswith("## Photosynthesis")
    assert (whole["choices"][0]["finish_reason"], whole["usage"]["completion_tokens"]) == ("length", 3)
    chunks = ask(
        page,
        """const stream = await client.chat.completions.create({
          model: 'default', messages: said('Hello!'), max_tokens: 5, stream: true, stream_options: { include_usage: true } });
        return await Array.fromAsync(stream);""",
    )
    assert chunks[0]["choices"][0]["delta"]["role"] == "assistant"
    assert [chunk["choices"][0]["finish_reason"] for chunk in chunks[:-1]][-1] == "length"
    assert (chunks[-1]["choices"], chunks[-1]["usage"]["total_tokens"]) == ([], 6)
    stopped = ask(
        page,
        """const stream = await client.chat.completions.create({ model: 'demo', messages: said('Hello!'), stream: true });
        let count = 0;
        for await (const chunk of stream) if (++count === 5) stream.controller.abort();
        return count;""",
    )
    assert stopped == 5
    app.go("Models")
    expect(app.page.get_by_role("article", name="Demo")).not_to_contain_text("Answering")
