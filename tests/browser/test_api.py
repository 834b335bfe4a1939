"""The local API: another page of the same site asks local models, in a published copy deep under a sub-path.

The page that asks is a bare one with OpenAI's official client for JavaScript (tests/fixtures/openai); the app stands
open in a tab of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from static.js.build.prepare import install_packages
from tests.browser.cached import Cached
from tests.browser.driver import LIMIT_MS, MODELS, App
from tests.browser.site import publish, serving_folder
from tests.environment import ROOT
from tests.ollama.stand_in import StandIn

CLIENTS = ROOT / "tests" / "fixtures" / "openai"
PAGE = '<!doctype html><title>notes</title><link rel="icon" href="data:,"><meta charset="utf-8">'
CONTROLLED = "() => navigator.serviceWorker.controller?.state === 'activated'"
#: `ask` runs the words of a test with the official client, and gives its errors as values.
CLIENT = """async () => {
  const { default: OpenAI } = await import('./openai/index.mjs');
  globalThis.OpenAI = OpenAI;
  const baseURL = new URL('../v1', location.href).href;
  globalThis.client = new OpenAI({ baseURL, apiKey: 'none', dangerouslyAllowBrowser: true });
  globalThis.said = text => [{ role: 'user', content: text }];
  globalThis.fetched = async (path, options) => {
    const reply = await fetch(new URL('../' + path, location.href), options);
    return [reply.status, await reply.json()];
  };
  globalThis.ask = async run => {
    try { return await run(); } catch (error) {
      const { status, code, param, message } = error;
      return { kind: error.constructor.name, status, code, param, message };
    }
  };
}"""


#: The next message that the service worker gets; every one of them puts off its end.
AWAKE = "() => new Promise(done => self.addEventListener('message', ({ data }) => done(data.type), { once: true }))"


@pytest.fixture(scope="session")
def api_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The published app with a folder of notes beside it, in which the official client lies."""
    root = tmp_path_factory.mktemp("api")
    site = root / "some" / "sub" / "path"
    publish(site, "--without-model")
    install_packages(CLIENTS, "the clients that the local API is held against")
    (site / "notes").mkdir()
    (site / "notes" / "client.html").write_text(PAGE)
    (site / "notes" / "python.js").write_text(WORKER)
    (site / "notes" / "openai").symlink_to(CLIENTS / "node_modules" / "openai")
    with serving_folder(root) as url:
        yield url + "some/sub/path/"


@pytest.fixture(scope="module")
def visited(no_webgpu: Browser, browser_context_args: dict[str, Any]) -> Iterator[Cached]:
    """The context that all tests here use one after the other, as those marked `warm` do elsewhere."""
    cached = Cached(no_webgpu.new_context(**browser_context_args))
    yield cached
    cached.context.close()


@pytest.fixture
def app(visited: Cached, api_site: str) -> Iterator[App]:
    """The published app, not opened yet. A status of an error is an error in the console, too."""
    made = visited.app(api_site)
    made.allow(r"status of (400|403|404|405|413|503)")
    yield made
    visited.clear(made)
    assert made.problems == []


def switch_on(app: App) -> None:
    """As a person does it."""
    app.settings("Advanced").get_by_role("switch", name="Local API").click()
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
    assert ask(page, "return await client.models.retrieve('demo')")["name"] == "Demo"
    huge = "fetched('v1/chat/completions', { method: 'POST', body: 'x'.repeat(32_000_001) })"
    assert page.evaluate(huge)[0] == 413
    app.page.get_by_role("switch", name="Local API").click()
    expect(app.page.get_by_label("Base address")).to_have_count(0)
    assert ask(page, "return await client.models.list()")["status"] == 403


def connect(app: App, server: StandIn) -> None:
    """Let the app know where the stand-in for Ollama listens."""
    app.allow(re.escape(server.url), r"localhost:11434")
    app.open("#/settings/connections")
    expect(app.ollama_at(server.url)).to_contain_text("Running", timeout=LIMIT_MS)


@pytest.fixture
def server() -> Iterator[StandIn]:
    """A stand-in for Ollama with a model that chats and one that makes vectors."""
    with StandIn() as running:
        running.install("chatty:1b", capabilities=("completion", "tools"))
        running.install("vectors:latest", capabilities=("embedding",), embedding_length=8)
        yield running


def test_the_official_client_chats_and_streams_with_a_model_inside_the_browser(app: App) -> None:
    app.open()
    app.import_model(MODELS / "tiny-gemma3-f16.gguf")
    switch_on(app)
    page = notes(app)
    whole = ask(
        page,
        """return await client.chat.completions.create({
          model: 'default', messages: said('What is the capital of France?'), top_k: 1 });""",
    )
    assert whole["choices"][0]["message"]["content"].strip() == "The capital of France is Paris."
    assert whole["choices"][0]["finish_reason"] == "stop"
    assert whole["usage"]["total_tokens"] == whole["usage"]["prompt_tokens"] + whole["usage"]["completion_tokens"] > 10
    chunks = ask(
        page,
        """const stream = await client.chat.completions.create({
          model: 'default', messages: said('What is the capital of France?'), top_k: 1,
          stream: true, stream_options: { include_usage: true } });
        return await Array.fromAsync(stream);""",
    )
    *texts, usage = chunks
    assert len(texts) >= 3, "a role, words, an end"
    assert texts[0]["choices"][0]["delta"]["role"] == "assistant"
    said = "".join(chunk["choices"][0]["delta"].get("content", "") for chunk in texts)
    assert said == whole["choices"][0]["message"]["content"]
    assert (usage["choices"], usage["usage"]) == ([], whole["usage"])
    wrong = ask(page, "return await client.chat.completions.create({ model: 'gpt-9', messages: said('Hello!') })")
    assert (wrong["kind"], wrong["code"], wrong["param"]) == ("NotFoundError", "model_not_found", "model")
    bad = ask(page, "return await client.chat.completions.create({ model: 'default', messages: said('Hi'), n: 2 })")
    assert (bad["kind"], bad["param"]) == ("BadRequestError", "n")


def test_stopping_a_request_stops_the_model(app: App, server: StandIn) -> None:
    server.talk.hold_after = 3
    app.open()
    switch_on(app)
    connect(app, server)
    page = notes(app)
    stopped = ask(
        page,
        """const stream = await client.chat.completions.create({
          model: 'chatty:1b', messages: said('Hello!'), stream: true });
        let text = '';
        for await (const chunk of stream) {
          text += chunk.choices[0].delta.content ?? '';
          if (text === 'I am a') stream.controller.abort();
        }
        return text;""",
    )
    assert stopped == "I am a"
    server.until(lambda: len(server.hangups) == 1)
    page.evaluate(
        """() => {
          globalThis.abort = new AbortController();
          globalThis.waiting = ask(() => client.chat.completions.create(
            { model: 'ollama:chatty:1b', messages: said('Hello!') }, { signal: abort.signal }));
        }"""
    )
    server.until(lambda: len(server.asked("/api/chat", "POST")) == 2)
    page.evaluate("abort.abort()")
    assert page.evaluate("waiting")["kind"] == "APIUserAbortError"
    server.until(lambda: len(server.hangups) == 2)
    # a page that is closed in the middle reads on no more than one that stops
    page.evaluate("() => { ask(() => client.chat.completions.create({ model: 'chatty:1b', messages: said('Hi') })); }")
    server.until(lambda: len(server.asked("/api/chat", "POST")) == 3)
    page.close()
    server.until(lambda: len(server.hangups) == 3)


@pytest.mark.slow
def test_a_long_answer_keeps_the_service_worker_awake_until_its_end(app: App, server: StandIn) -> None:
    server.talk.hold_after = 3
    app.open()
    switch_on(app)
    connect(app, server)
    page = notes(app)
    page.evaluate(
        """async () => {
          const stream = await client.chat.completions.create({
            model: 'chatty:1b', messages: said('Hello!'), stream: true });
          globalThis.complete = Array.fromAsync(stream).then(chunks => chunks.at(-1).choices[0].finish_reason);
        }"""
    )
    [worker] = app.context.service_workers
    assert worker.evaluate(AWAKE) == "stay"
    server.release()
    assert page.evaluate("complete") == "stop"


@pytest.mark.slow
def test_without_an_open_tab_it_says_so_and_a_tab_that_goes_ends_its_answer(app: App, server: StandIn) -> None:
    server.talk.hold_after = 3
    app.open()
    switch_on(app)
    connect(app, server)
    page = notes(app)
    page.evaluate(
        """async () => {
          globalThis.stream = await client.chat.completions.create({
            model: 'chatty:1b', messages: said('Hello!'), stream: true });
        }"""
    )
    app.page.close()
    lost = ask(page, "for await (const chunk of stream) {}; return 'complete'")
    assert lost != "complete"
    nobody = ask(page, "return await client.models.list()")
    assert (nobody["status"], nobody["code"]) == (503, "no_open_tab")
    assert app.url in nobody["message"]
    again = app.context.new_page()
    again.goto(app.url)
    again.locator("html[data-ready]").wait_for(state="attached")
    assert "ollama:chatty:1b" in ask(page, "return (await client.models.list()).data.map(one => one.id)")


@pytest.mark.slow
def test_ollamas_models_are_listed_pulled_deleted_and_make_vectors(app: App, server: StandIn) -> None:
    server.offer("small:1b", sizes=(4_000_000, 1_500))
    app.open()
    switch_on(app)
    connect(app, server)
    page = notes(app)
    [status, told] = page.evaluate("fetched('api/local-models/ollama')")
    assert (status, told["status"], told["address"]) == (200, "Running", server.url)
    assert [one["name"] for one in told["models"] if one["is_ready"]] == ["chatty:1b", "vectors:latest"]
    [status, told] = page.evaluate("fetched('api/local-models/browser')")
    assert (status, told["models"][0]["is_ready"]) == (200, False)
    lines = page.evaluate(
        """async () => {
          const body = JSON.stringify({ model: 'small:1b' });
          const url = new URL('../api/local-models/ollama/pull', location.href);
          return (await (await fetch(url, { method: 'POST', body })).text()).trim().split('\\n').map(JSON.parse);
        }"""
    )
    assert lines[-1] == {"status": "success"}
    plain, packed = (
        ask(page, f"return (await client.embeddings.create({{ model: 'vectors', input: 'light'{form} }})).data")
        for form in (", encoding_format: 'float'", "")  # without a word the client asks for base64, and unpacks it
    )
    assert plain[0]["embedding"] == pytest.approx(packed[0]["embedding"], abs=1e-6)
    assert len(plain[0]["embedding"]) == 8
    tool = "{ type: 'function', function: { name: 'add', parameters: { type: 'object', properties: {} } } }"
    called = ask(
        page,
        f"""return await client.chat.completions.create({{
          model: 'chatty:1b', messages: said('Add one and two.'), tools: [{tool}] }});""",
    )
    assert called["choices"][0]["message"]["tool_calls"][0]["function"]["name"] == "add"
    assert called["choices"][0]["finish_reason"] == "tool_calls"
    assert page.evaluate("fetched('api/local-models/ollama/small%3A1b', { method: 'DELETE' })") == [
        200,
        {"model": "small:1b", "deleted": True},
    ]
    assert server.asked("/api/delete", "DELETE")[0].json == {"model": "small:1b"}


def test_another_site_can_neither_ask_nor_send_somebody_to_ask(app: App, tmp_path: Path) -> None:
    app.open("?demo")
    switch_on(app)
    notes(app)
    app.allow("a request left the origin", "status of 404")
    form = "<form method=post enctype=text/plain action='{}v1/chat/completions'><button>Send</button></form>"
    (tmp_path / "foreign.html").write_text(form.format(app.url))
    with serving_folder(tmp_path) as elsewhere:
        page = app.context.new_page()
        page.goto(elsewhere + "foreign.html")
        page.get_by_role("button", name="Send").click()
        expect(page.locator("body")).to_contain_text("foreign_origin")
    page.goto(app.url + "v1/models")
    expect(page.locator("body")).to_contain_text('"id":"demo"')


@pytest.mark.slow
def test_the_samples_in_settings_do_what_they_say(app: App) -> None:
    app.open("?demo&tokens=5&rate=0")
    switch_on(app)
    use = app.page.locator("#api-use")
    use.locator("summary").click()
    expect(use.locator("figure code")).to_have_count(2)
    samples = use.locator("figure code").all_inner_texts()
    page = notes(app)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for sample in samples:
        # a page with a bundler resolves the name; here the client is loaded already
        page.evaluate("code => eval(`(async () => { ${code} })()`)", sample.replace('import OpenAI from "openai";', ""))
    assert "".join(said[:-1]).strip() == said[-1].strip() == "## Photosynthesis in one"


#: A second Pyodide in a worker of the notes page, as a notebook has one, with the wheel that the app ships.
PYTHON = """
import json, urllib.request
import pyodide_http
pyodide_http.patch_all()
with urllib.request.urlopen(api + "/models") as reply:
    models = [model["id"] for model in json.load(reply)["data"]]
question = {"model": "demo", "messages": [{"role": "user", "content": "Hello!"}], "max_tokens": 3}
asked = urllib.request.Request(api + "/chat/completions", json.dumps(question).encode(), method="POST")
with urllib.request.urlopen(asked) as reply:
    said = json.load(reply)["choices"][0]["message"]["content"]
json.dumps([models, said])
"""
WORKER = """
import { loadPyodide } from '../static/vendor/pyodide/pyodide.mjs';
onmessage = async ({ data: [base, code] }) => {
  const python = await loadPyodide({ indexURL: base + 'static/vendor/pyodide/' });
  const wheels = await (await fetch(base + 'static/vendor/wheels/index.json')).json();
  const wheel = await fetch(base + 'static/vendor/wheels/' + wheels.pyodide_http);
  python.unpackArchive(await wheel.arrayBuffer(), 'whl');
  python.globals.set('api', base + 'v1');
  postMessage(await python.runPythonAsync(code).catch(error => JSON.stringify(String(error))));
};
"""
RUN = """([base, code]) => new Promise(done => {
  const worker = new Worker('./python.js', { type: 'module' });
  worker.onmessage = event => done(JSON.parse(event.data));
  worker.postMessage([base, code]);
})"""


@pytest.mark.slow
def test_python_in_a_page_of_the_site_asks_with_urllib(app: App) -> None:
    app.open("?demo")
    switch_on(app)
    page = notes(app)
    assert page.evaluate(RUN, [app.url, PYTHON]) == [["demo"], "## Photosynthesis"]
