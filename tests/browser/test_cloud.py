"""Cloud services as a person meets them: a key is entered, models answer, and the key is found nowhere afterwards.

The services are llmock's on loopback, which the person adds as servers of their own: those count as sent away unless it
is ticked that they stay. Where the key may be found nowhere, the browser has a profile on disk, whose files are read.
"""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.browser.conftest import MakeApp, MakeProfile
from tests.browser.driver import LIMIT_MS, MODELS, App
from tests.browser.test_axe import RUN
from tests.browser.test_library import text_file
from tests.cloud.llama import llamas
from tests.cloud.mock import mocks

KEY = "sk-browser-0123456789abcdef-3f9a"
LONG = 4000  # words, which take the slow one minutes: time to press Stop on any machine
TEXT = "The capital of France is Paris, and it has been for a very long time."
QUESTION = "What is the capital of France?"
OPENROUTER = "https://openrouter.ai"
PATHS = {"openai": "/v1", "anthropic": "/anthropic", "gemini": "/gemini/v1beta"}
CORS = {"access-control-allow-origin": "*", "access-control-allow-headers": "*"}
MOST_HEIGHT = 2500  # px of a section of Settings
TRIES = 2000  # looks at a server until it has noticed
#: everything that a page can read of what its origin keeps
KEPT = """async () => {
  const found = { bases: {}, caches: [], cookie: document.cookie };
  Object.assign(found, { local: { ...localStorage }, session: { ...sessionStorage } });
  const text = value => value instanceof ArrayBuffer ? text(new Uint8Array(value))
    : value instanceof Uint8Array ? new TextDecoder('latin1').decode(value)
    : value instanceof CryptoKey ? `a key, extractable: ${value.extractable}`
    : value && typeof value === 'object' ? Object.values(value).map(text).join(' ') : String(value);
  const asked = request => new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
  for (const { name } of await indexedDB.databases()) {
    const base = await asked(indexedDB.open(name));
    found.bases[name] = {};
    for (const store of base.objectStoreNames) {
      const from = base.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([asked(from.getAllKeys()), asked(from.getAll())]);
      found.bases[name][store] = keys.map((key, place) => `${text(key)}: ${text(values[place])}`);
    }
    base.close();
  }
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) found.caches.push(request.url);
  }
  return found;
}"""


class Mock:
    """llmock, as a test speaks with it."""

    def __init__(self, url: str) -> None:
        self.url = url

    def admin(self, path: str, body: object = None) -> Any:
        """A word with llmock itself."""
        sent = None if body is None else json.dumps(body).encode()
        asked = urllib.request.Request(f"{self.url}/_llmock{path}", sent, {"content-type": "application/json"})
        with urllib.request.urlopen(asked) as reply:
            return json.loads(reply.read())

    def script(self, *behaviors: dict[str, Any], text: str = TEXT) -> None:
        """What happens to the next questions."""
        self.admin("/reset", {})
        self.admin("/scenario", {"behaviors": [{"type": "reply", "text": text, "times": None}, *behaviors]})

    def tokens(self) -> int:
        """What it counts for the answer."""
        body = json.dumps({"model": "gpt-4o", "messages": [{"role": "user", "content": QUESTION}]}).encode()
        asked = urllib.request.Request(f"{self.url}/v1/chat/completions", body, {"content-type": "application/json"})
        with urllib.request.urlopen(asked) as reply:
            return int(json.loads(reply.read())["usage"]["completion_tokens"])


@pytest.fixture(scope="module")
def pair() -> Iterator[tuple[Mock, Mock]]:
    """A fast one, and one that takes its time."""
    with mocks(1, exposes=True) as [(fast, slow)]:
        yield Mock(fast), Mock(slow)


@pytest.fixture
def mock(pair: tuple[Mock, Mock]) -> Mock:
    """The fast one."""
    pair[0].script()
    return pair[0]


def group(app: App) -> Locator:
    """The group in Settings."""
    found = app.page.get_by_role("group", name="Connections")
    expect(found).to_be_visible(timeout=LIMIT_MS)
    return found


def service(app: App, name: str | re.Pattern[str]) -> Locator:
    """One service there, unfolded."""
    found = group(app).get_by_role("article", name=name)
    expect(found).to_be_visible()
    if found.locator("details").first.get_attribute("open") is None:
        found.locator("summary").first.click()
    return found


def add(app: App, mock: Mock, dialect: str = "openai", *, key: str = KEY, stays: bool = False) -> Locator:
    """Add llmock as a server of one's own."""
    app.allow(re.escape(mock.url))
    form = app.server_form()
    form.get_by_label("Server address").fill(mock.url + PATHS[dialect])
    form.get_by_label("API type").select_option(dialect)
    form.get_by_label("Key (optional)").fill(key)
    form.get_by_label(re.compile("^Runs locally")).set_checked(stays)
    form.get_by_role("button", name="Add server").click()
    return server_of(app, mock)


def server_of(app: App, mock: Mock) -> Locator:
    """The article of llmock."""
    return service(app, mock.url.removeprefix("http://"))


@pytest.mark.warm
@pytest.mark.parametrize("dialect", ["openai", "anthropic", "gemini"])
def test_a_service_answers_in_its_dialect_with_its_own_counts(app: App, mock: Mock, dialect: str) -> None:
    app.open()
    server = add(app, mock, dialect)
    expect(server).to_contain_text("Key …3f9a")
    models = server.get_by_role("list", name=re.compile("^Models of"))
    expect(models.get_by_role("checkbox").first).to_be_checked()
    name = models.get_by_role("listitem").first.locator("label").evaluate("label => label.childNodes[1].textContent")
    assert "sent to 127.0.0.1" in app.choose_model(name)
    app.go("Chat")
    assert app.ask(QUESTION) == TEXT
    answer = app.answers.first
    expect(app.line(answer)).to_contain_text(re.compile(rf"{re.escape(name)} · sent to 127.0.0.1:\d+"))
    expect(app.figures(answer)).to_contain_text(re.compile(rf"{mock.tokens()}\stokens.*Cost\s*unknown", re.DOTALL))
    verdict = mock.admin("/verdict")
    assert verdict["passed"], verdict
    app.check()


@pytest.mark.warm
@pytest.mark.slow
def test_a_real_llama_cpp_server_answers_counts_and_stops(app: App) -> None:
    app.open()
    with llamas() as servers:
        url, endless = servers.url, servers.endless_url
        server = add(app, Mock(url), stays=True)
        expect(server).to_contain_text("1 of 1 model selected")
        app.choose_model("tiny on this computer")
        app.go("Chat")
        assert app.ask(QUESTION)
        expect(app.line(app.answers.first)).to_contain_text("tiny · on this computer")
        expect(app.figures(app.answers.first)).to_contain_text(re.compile(r"\d+\stokens?.*Free", re.DOTALL))
        app.settings("Connections")
        server_of(app, Mock(url)).get_by_text("Remove server").click()
        app.page.get_by_role("dialog").get_by_role("button", name="Remove server").click()
        add(app, Mock(endless), stays=True)
        length = app.settings("Chat").get_by_label("Maximum reply length")
        length.fill("10000")  # seconds of writing: time to press Stop
        length.press("Tab")
        app.choose_model("tiny on this computer")
        app.go("Chat")
        answer = app.send(QUESTION)
        expect(answer.locator(".prose")).to_contain_text(re.compile(r"\w"))
        app.page.get_by_role("button", name="Stop", exact=True).click()
        app.wait_answered(answer)
        expect(answer).to_contain_text("Stopped. Partial reply saved.")
        assert any(not is_busy(endless) for _ in range(TRIES)), "the server has stopped too"
    app.check()


def is_busy(url: str) -> bool:
    """Whether a llama.cpp server is writing."""
    with urllib.request.urlopen(f"{url}/slots") as reply:
        return any(slot["is_processing"] for slot in json.loads(reply.read()))


@pytest.mark.warm
def test_a_model_that_is_not_ticked_is_not_offered(app: App, mock: Mock) -> None:
    app.open()
    server = add(app, mock)
    expect(app.open_models().filter(has_text="gpt-4-turbo")).to_have_count(1)
    app.close_models()
    assert group(app).evaluate("group => group.scrollHeight") <= MOST_HEIGHT, "a service with its models open"
    server.get_by_role("checkbox", name="gpt-4-turbo").uncheck()
    expect(app.open_models().filter(has_text="gpt-4-turbo")).to_have_count(0)
    app.reload()
    expect(app.open_models().filter(has_text="gpt-4o-mini")).to_have_count(1)
    expect(app.open_models().filter(has_text="gpt-4-turbo")).to_have_count(0)
    app.close_models()
    app.settings("Connections")
    server_of(app, mock).get_by_text("Remove server").click()
    app.page.get_by_role("dialog").get_by_role("button", name="Remove server").click()
    expect(app.open_models().filter(has_text="gpt-4o-mini")).to_have_count(0)
    app.check()


@pytest.mark.warm
def test_stop_keeps_the_words_and_ends_the_request(app: App, pair: tuple[Mock, Mock]) -> None:
    slow = pair[1]
    slow.script(text=" ".join(["word"] * LONG))
    app.open()
    add(app, slow)
    app.choose_model("gpt-4o-mini")
    app.go("Chat")
    answer = app.send("Tell me something long.")
    expect(answer.locator(".prose")).to_contain_text("word word")
    app.page.get_by_role("button", name="Stop", exact=True).click()
    app.wait_answered(answer)
    expect(answer).to_contain_text("Stopped. Partial reply saved.")
    assert 2 <= len(app.words(answer).split()) < LONG
    app.check()


@pytest.mark.warm
@pytest.mark.slow
def test_a_service_that_asks_for_a_pause_is_replaced_by_a_model_here(app: App, mock: Mock) -> None:
    app.open()
    app.import_model(MODELS / "tiny-gemma3-f16.gguf")
    add(app, mock)
    app.choose_model("gpt-4o-mini")
    app.allow("429")
    mock.script({"type": "fail", "status": 429, "retry_after": 60, "times": None})
    app.go("Chat")
    answer = app.send(QUESTION)
    app.wait_answered(answer)
    expect(answer).to_contain_text(re.compile("gpt-4o-mini could not answer: Too many requests.* on this device"))
    expect(app.line(answer)).to_contain_text("on this device")
    app.settings("Connections")
    expect(server_of(app, mock)).to_contain_text("Next try at")
    app.check()


def test_a_wrong_key_is_said_at_its_field_and_not_kept(make_app: MakeApp) -> None:
    app = make_app(service_workers="block")

    def refuse(route: Route) -> None:
        body = json.dumps({"error": {"message": f"Incorrect API key provided: {KEY}.", "code": "invalid_api_key"}})
        route.fulfill(status=200 if route.request.method == "OPTIONS" else 401, headers=CORS, body=body)

    app.context.route("https://api.openai.com/**", refuse)
    app.allow("api.openai.com", "401")
    app.open()
    app.settings("Connections")
    assert group(app).evaluate("group => group.scrollHeight") <= MOST_HEIGHT, "nothing is set up"
    openai = service(app, "OpenAI")
    openai.get_by_label("OpenAI key").fill(KEY)
    openai.get_by_role("button", name="Save").click()
    expect(openai.get_by_role("alert")).to_contain_text("OpenAI doesn't accept this key.")
    expect(openai.get_by_label("OpenAI key")).to_have_value("")
    assert KEY not in app.page.content()
    app.check()


def test_a_key_that_is_not_remembered_goes_with_the_tab_and_one_that_is_comes_back(make_app: MakeApp) -> None:
    app = make_app(service_workers="block")
    asked: list[str] = []

    def answer(route: Route) -> None:
        if route.request.method != "OPTIONS":
            asked.append(route.request.headers.get("authorization", ""))
        route.fulfill(status=200, headers=CORS, body=json.dumps({"data": [{"id": "gpt-5-mini"}]}))

    app.context.route("https://api.openai.com/**", answer)
    app.allow("api.openai.com")
    app.open()
    app.settings("Connections")
    openai = service(app, "OpenAI")
    openai.get_by_label("OpenAI key").fill(KEY)
    openai.get_by_role("button", name="Save").click()
    expect(openai).to_contain_text("Key …3f9a")
    assert asked == [f"Bearer {KEY}"]
    app.choose_model("gpt-5-mini")
    app.reload()
    option = app.open_models().filter(has_text="gpt-5-mini")
    expect(option).to_contain_text("needs its key", timeout=LIMIT_MS)
    app.close_models()
    app.go("Chat")
    reply = app.send(QUESTION)
    app.wait_answered(reply)
    expect(reply).to_contain_text("OpenAI needs its key.")
    reply.get_by_role("button", name="Settings").click()
    openai = service(app, "OpenAI")
    expect(openai).to_contain_text("was not remembered")
    openai.get_by_label("OpenAI key").fill(KEY)
    openai.get_by_label("Remember on this device (encrypted)").check()
    openai.get_by_role("button", name="Save").click()
    expect(openai).to_contain_text("Key …3f9a")
    expect(openai.get_by_label("Remember on this device (encrypted)")).to_be_checked()
    app.reload()
    openai = service(app, "OpenAI")
    expect(openai).to_contain_text("Key …3f9a", timeout=LIMIT_MS)
    expect(app.open_models().filter(has_text="gpt-5-mini")).to_contain_text("sent to OpenAI")
    app.close_models()
    openai.get_by_role("button", name="Refresh list").click()
    expect(openai).to_contain_text("Key …3f9a")
    openai.get_by_role("button", name="Remove key for OpenAI").click()
    app.page.get_by_role("dialog").get_by_role("button", name="Remove key").click()
    expect(openai.get_by_label("OpenAI key")).to_be_visible()
    kept = app.page.evaluate(KEPT)
    assert kept["bases"]["drleelm-vault"]["secrets"] == []
    app.check()


def test_signing_in_at_openrouter_brings_a_key_and_leaves_no_trace_of_the_code(make_app: MakeApp) -> None:
    app, code = make_app(), "one-time-code-42"
    asked: list[Any] = []

    def answer(route: Route) -> None:
        request = route.request
        if "/auth?" in request.url:
            route.fulfill(status=302, headers={"location": f"{app.url}?code={code}"})
        elif request.method == "OPTIONS":
            route.fulfill(status=200, headers=CORS)
        elif request.url.endswith("/auth/keys"):
            asked.append(request.post_data_json)
            route.fulfill(status=200, headers=CORS, body=json.dumps({"key": KEY}))
        else:
            route.fulfill(status=200, headers=CORS, body=json.dumps({"data": [{"id": "x-ai/grok-4"}]}))

    app.context.route(f"{OPENROUTER}/**", answer)
    app.allow(re.escape(OPENROUTER))
    app.open()
    app.settings("Connections")
    service(app, "OpenRouter").get_by_role("button", name="Sign in with OpenRouter").click()
    openrouter = service(app, "OpenRouter")
    expect(openrouter).to_contain_text("Key …3f9a", timeout=LIMIT_MS)
    assert app.page.url == f"{app.url}#/settings/connections"
    assert asked[0]["code"] == code
    assert len(asked[0]["code_verifier"]) >= 43
    assert code not in json.dumps(app.page.evaluate(KEPT))
    assert asked[0]["code_verifier"] not in json.dumps(app.page.evaluate(KEPT))
    app.open(f"?code={code}")  # which this tab has not asked for
    assert app.page.url == app.url
    assert len(asked) == 1
    app.check()


def test_after_a_full_run_the_key_is_nowhere(make_profile: MakeProfile, mock: Mock, tmp_path: Path) -> None:
    app, said = make_profile(), list[str]()
    app.context.on("console", lambda message: said.append(message.text))
    app.open()
    server = add(app, mock)
    app.choose_model("gpt-4o-mini")
    app.go("Chat")
    app.ask(QUESTION)
    app.allow("401", "500")
    # the chat's title may be asked for in between
    mock.script({"type": "fail", "status": 401, "message": f"Your key {KEY} is of no use.", "times": None})
    answer = app.send("What is wrong?")
    app.wait_answered(answer)
    expect(answer).to_contain_text("doesn't accept this key")
    app.settings("Connections")
    assert KEY not in app.page.content()
    app.settings("Data")
    saved = download(app, "Save backup")
    assert KEY not in saved
    assert QUESTION in saved, "the backup is a real one"
    assert KEY not in download(app, "Export")
    app.settings("Usage & budget")
    assert KEY not in download(app, "Download as CSV")
    without = app.page.evaluate(KEPT)
    assert KEY not in json.dumps(without)
    app.settings("Connections")
    server = server_of(app, mock)
    server.get_by_label("Remember on this device (encrypted)").check()
    expect(server.get_by_label("Remember on this device (encrypted)")).to_have_attribute(
        "checked", ""
    )  # once it is kept
    app.reload()
    expect(server_of(app, mock)).to_contain_text("Key …3f9a", timeout=LIMIT_MS)
    kept = app.page.evaluate(KEPT)
    assert KEY not in json.dumps(kept)
    assert len(kept["bases"]["drleelm-vault"]["secrets"]) == 1, "it is there, encrypted"
    assert kept["bases"]["drleelm-vault"]["key"] == ["key: a key, extractable: false"]
    app.settings("Data")
    assert KEY not in download(app, "Save backup")
    assert KEY not in "\n".join([*said, *app.requests, *app.problems])
    assert not any(
        KEY in one["url"] for one in app.page.evaluate("performance.getEntries().map(one => ({url: one.name}))")
    )
    app.context.close()
    assert files_with(tmp_path, KEY) == []
    assert files_with(tmp_path, QUESTION), "what is kept can be found so"
    app.check()


def download(app: App, button: str) -> str:
    """What a button of Settings saves."""
    with app.page.expect_download() as saved:
        app.page.get_by_role("button", name=button, exact=True).click()
    return Path(saved.value.path()).read_text("utf-8")


def files_with(folder: Path, text: str) -> list[str]:
    """The files of a profile that hold a text, in any of the ways that a browser writes one."""
    wanted = (text.encode(), text.encode("utf-16-le"))
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return [str(path) for path in files if any(one in path.read_bytes() for one in wanted)]


@pytest.mark.warm
@pytest.mark.slow
def test_the_group_breaks_no_rule_with_a_service_set_up(app: App, mock: Mock, axe: str) -> None:
    app.open()
    add(app, mock)
    for article in group(app).get_by_role("article").all():
        if article.locator("details").first.get_attribute("open") is None:
            article.locator("summary").first.click()
    app.page.evaluate(axe)
    assert app.page.evaluate(RUN) == []
    app.check()


@pytest.mark.warm
def test_offline_mode_lets_no_question_out(app: App, mock: Mock) -> None:
    app.open()
    add(app, mock)
    app.choose_model("gpt-4o-mini")
    app.settings("Privacy & offline").get_by_role("switch", name="Offline Mode").click()
    expect(app.page.locator("html[data-offline-mode]")).to_be_attached()
    mock.admin("/reset", {})
    app.go("Chat")
    answer = app.send(QUESTION)
    app.wait_answered(answer)
    expect(answer).to_contain_text("Offline Mode is on")
    assert mock.admin("/requests")["count"] == 0
    app.check()


@pytest.mark.slow
def test_a_service_gets_texts_of_documents_only_after_the_person_said_so(
    make_app: MakeApp, mock: Mock, axe: str
) -> None:
    app, sent = make_app(), list[list[str]]()

    def answer(route: Route) -> None:
        if route.request.method == "OPTIONS":
            route.fulfill(status=204, headers=CORS)
            return
        texts = json.loads(route.request.post_data or "{}")["input"]
        sent.append(texts)
        rows = [{"index": at, "embedding": [1.0, 0.5]} for at, _ in enumerate(texts)]
        body = json.dumps({"data": rows, "usage": {"prompt_tokens": 3}})
        route.fulfill(status=200, headers=CORS, content_type="application/json", body=body)

    app.page.context.route("**/v1/embeddings", answer)
    app.open("#/settings/connections")
    add(app, mock)
    app.go("Library")
    with app.page.expect_file_chooser() as picking:
        app.page.get_by_role("button", name="Add documents").click()
    picking.value.set_files(text_file("sofa.txt", "The cat slept on the sofa."))
    line = app.page.get_by_role("region", name="Search by meaning")
    line.get_by_role("button", name="Change how documents are found by meaning").click(timeout=LIMIT_MS)
    app.page.get_by_role("textbox", name="Name of the embedding model").fill("small")
    app.page.get_by_role("button", name="Use", exact=True).click()
    app.page.keyboard.press("Escape")
    question = line.get_by_role("group", name=re.compile("^Send texts of documents without a notebook"))
    expect(question).to_contain_text("35\N{NO-BREAK SPACE}bytes", timeout=LIMIT_MS)
    app.page.evaluate(axe)
    assert app.page.evaluate(RUN) == []
    app.page.get_by_role("searchbox", name="Search documents").fill("cat")
    expect(app.page.get_by_text("1 passage in 1 document")).to_be_visible(timeout=LIMIT_MS)
    assert sent == []
    question.get_by_role("button", name="Send").click()
    expect(line).to_contain_text("small · 1 passage", timeout=LIMIT_MS)
    app.page.get_by_role("searchbox", name="Search documents").fill("couch")
    expect(app.page.get_by_text("by words and meaning")).to_be_visible(timeout=LIMIT_MS)
    assert sent == [["sofa.txt\nThe cat slept on the sofa."], ["couch"]]
