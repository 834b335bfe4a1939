"""llama.cpp on several threads of the processor, where the page may share memory between its workers, and on one. The
matrix (tests/browser/elsewhere) has it in other browsers, and in its build for older ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, Worker, expect

from tests.browser.conftest import MakeApp
from tests.browser.driver import LIMIT_MS, App, wait_until
from tests.browser.python_worker import Governed, Isolated, PythonWorker, worker_folder

ANSWER = "Hello! How can I help you today?"
#: The words of an answer, and the threads that the engine says it used.
ASK = """
import js
from contextlib import aclosing
from app.browser.engines import engine_maker
from app.core.values import EngineSettings, Message, Sampling
sampling = Sampling(temperature=0, max_tokens=64, seed=1)
settings = EngineSettings(context_length=256, sampling=sampling, threads={threads})
engine = engine_maker(BASE)("wllama")
await engine.load([await (await js.fetch(BASE + "models/tiny-gemma3-f16.gguf")).blob()], settings)
async with aclosing(engine.generate([Message("user", "Hello!")], settings)) as pieces:
    text = "".join([piece.text async for piece in pieces])
used = engine.used
await engine.unload()
[text, used.threads]
"""


@contextmanager
def python_in(browser: Browser, folder: Path, kind: type[Governed]) -> Iterator[PythonWorker]:
    """Python in a worker of a page that such a server sends."""
    with worker_folder(folder, kind=kind) as url:
        page = browser.new_page()
        page.set_default_timeout(LIMIT_MS)
        worker = PythonWorker(page, url)
        yield worker
        page.close()
    assert worker.problems == []


def ask(worker: PythonWorker, threads: int) -> tuple[object, int]:
    """The answer of a new engine with its threads, and how many workers ran programs that it made."""
    started: list[Worker] = []
    worker.page.on("worker", lambda each: started.append(each))
    answer = worker.run(ASK.format(threads=threads)).get("value")
    return answer, sum(each.url.endswith("/program-worker.js") for each in started)


def test_an_isolated_page_answers_with_as_many_threads_as_it_is_told(no_webgpu: Browser, tmp_path: Path) -> None:
    with python_in(no_webgpu, tmp_path, Isolated) as worker:
        assert ask(worker, 1) == ([ANSWER, 1], 1)
        assert ask(worker, 2) == ([ANSWER, 2], 3)


def test_where_memory_cannot_be_shared_it_is_one_whatever_is_asked_for(no_webgpu: Browser, tmp_path: Path) -> None:
    with python_in(no_webgpu, tmp_path, Governed) as worker:
        assert ask(worker, 2) == ([ANSWER, 1], 1)


#: Counts how often llama.cpp is told to go on: each time it reads a batch of the prompt, or writes a token.
COUNT = """
self.steps = 0;
const { postMessage } = MessagePort.prototype;
MessagePort.prototype.postMessage = function (message, ...rest) {
  if (message?.verb === 'wllama.action' && message.args[0] === 'get_result') self.steps++;
  return postMessage.call(this, message, ...rest);
};
"""
READING = 4  # steps, in which some of a prompt was read
LONG = " ".join(f"Line {number} holds the number {number * number}." for number in range(100))


@pytest.mark.slow
def test_the_bundled_model_stops_while_it_reads_answers_with_the_same_engine_and_says_its_threads(
    make_app: MakeApp,
) -> None:
    app = make_app(service_workers="block")
    app.context.route("**/scripts/engine.js", counting_steps)
    app.open()
    app.short_replies()
    answer = app.send(LONG)
    wait_until(app.page, lambda: any(steps(each) >= READING for each in engines_of(app)))
    engine = engine_of(app)
    app.page.get_by_role("button", name="Stop", exact=True).click()
    app.wait_answered(answer)
    expect(answer).to_contain_text("Stopped before the first word.")
    app.new_chat()  # whose question does not bring the long one along
    words = app.ask("Say hello.")
    assert words
    assert engine_of(app) == engine, "the engine was not started anew"
    expect(app.line(app.answers.first)).to_contain_text("SmolLM2 135M")
    app.go("Models")
    row = app.page.get_by_role("article").filter(has_text="SmolLM2 135M").first
    expect(row).to_contain_text(re.compile(r"CPU, \d+ threads?"))
    used = re.search(r"CPU, (\d+) thread", row.text_content() or "")
    device = app.page.get_by_role("region", name="This device")
    said = device.locator("div[data-state]").filter(has_text="Threads for GGUF models").locator("dd")
    assert used
    assert (said.text_content() or "").startswith(f"{used.group(1)}: ")
    assert app.page.evaluate("crossOriginIsolated")
    app.go("Chat")
    app.reload()
    expect(app.answers.first.locator(".prose")).to_have_text(words, use_inner_text=True)
    app.go("Models")
    expect(app.page.get_by_role("article", name="SmolLM2 135M, bundled")).to_contain_text("Ready")


def counting_steps(route: Route) -> None:
    """The engine's script, which begins with the count."""
    answer = route.fetch()
    route.fulfill(response=answer, body=COUNT + answer.text())


def engines_of(app: App) -> list[Worker]:
    """The engines of the page: none before the first question."""
    return [each for each in app.page.workers if each.url.endswith("/engine.js")]


def engine_of(app: App) -> Worker:
    """The one engine of the page."""
    [engine] = engines_of(app)
    return engine


def steps(engine: Worker) -> int:
    """How often llama.cpp was told to go on."""
    count: int = engine.evaluate("steps")
    return count
