"""Fault H1: Firefox can block a worker for ever where it makes or ends one of its own, so the page makes them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Worker

from tests.browser.driver import MODELS, App, wait_until
from tests.browser.python_worker import PythonWorker, worker_folder

OURS = {"engine.js", "program-worker.js", "chunk-worker.js", "typeset-worker.js"}
#: Notes what the page's own thread makes. Workers have a constructor of their own, which this does not touch.
NOTE = """
self.made = [];
self.Worker = new Proxy(Worker, {
  construct(Worker, words) {
    made.push(String(words[0]));
    return Reflect.construct(Worker, words);
  },
});
"""
LOAD = """
import js
from app.browser.engines import engine_maker
from app.core.values import EngineSettings
engine = engine_maker(BASE)("wllama")
blob = await (await js.fetch(BASE + "models/tiny-gemma3-f16.gguf")).blob()
await engine.load([blob], EngineSettings(context_length=256))
"""
#: What comes of asking for a worker: the words of its error.
ASK = """async ([module, address]) => {
  const { start } = await import(module);
  const line = start(address);
  return new Promise(told => { line.addEventListener('error', ({ message }) => told(message)); });
}"""


def names(addresses: Iterable[str]) -> list[str]:
    """Which of our own scripts these are; Python's worker, which PyScript starts, is none."""
    return sorted({PurePosixPath(urlsplit(address).path).name for address in addresses} & OURS)


@pytest.fixture
def worker(no_webgpu: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PythonWorker]:
    """Python in a worker."""
    with worker_folder(tmp_path_factory.mktemp("workers")) as url:
        page = no_webgpu.new_page()
        yield PythonWorker(page, url)
        page.close()


def running(page: Page) -> list[str]:
    """The workers that run now."""
    return names(each.url for each in page.workers)


def test_the_page_makes_the_workers_of_python_and_of_the_engine(app: App) -> None:
    app.page.add_init_script(NOTE)
    app.open()
    app.use_model(app.import_model(MODELS / "tiny-gemma3-f16.gguf"))
    app.go("Chat")
    app.wait_answered(app.send("Say hello."))
    assert {"engine.js", "program-worker.js"} <= set(running(app.page))
    assert set(running(app.page)) <= set(names(app.page.evaluate("made")))


def test_an_engine_that_is_ended_takes_the_worker_below_it_with_it(worker: PythonWorker) -> None:
    started: list[Worker] = []
    worker.page.on("worker", lambda each: started.append(each))
    assert worker.run(f"{LOAD}\nawait engine.unload()") == {"value": None}
    assert names(each.url for each in started) == ["engine.js", "program-worker.js"]
    wait_until(worker.page, lambda: not running(worker.page))
    assert worker.problems == []


def test_an_engine_gets_no_worker_that_reaches_further_than_itself(worker: PythonWorker) -> None:
    worker.run(LOAD)
    engine = next(each for each in worker.page.workers if each.url.endswith("/engine.js"))
    base = engine.url.removesuffix("engine.js")
    blob = engine.evaluate("URL.createObjectURL(new Blob(['']))")
    elsewhere = "https://foreign.example/program-worker.js"
    for address in (base + "chunk-worker.js", elsewhere, "data:text/javascript,/program-worker.js", blob):
        assert engine.evaluate(ASK, [base + "workers.js", address]) == f"{address} is none of this page's workers"
