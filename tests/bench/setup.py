"""Brings the app to the state in which its replies are measured: the bundled model loaded, fixed sampling."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.bench.bench import Bench
from tests.bench.measure import Browser
from tests.browser.driver import App

MODEL = "static/vendor/models/SmolLM2-135M-Instruct.Q4_1.gguf"
TOKENS = 200
TEMPERATURE = 0
LENGTH = "Maximum reply length"  # what Settings → Chat calls it
CONTEXT_TOKENS = 2048  # the bundled model's own, see static/catalog.toml
#: What `app.browser.engines.Wllama` loads the model with and asks for: the peer must do the same work.
LOAD_OPTIONS: dict[str, Any] = {"n_gpu_layers": 0, "n_parallel": 1, "n_batch": 32, "n_ctx": CONTEXT_TOKENS}
REPLY_OPTIONS: dict[str, Any] = {"max_tokens": TOKENS, "temperature": TEMPERATURE, "top_k": 40, "top_p": 0.95}

#: Sends a message as a person does and settles when the reply has ended: no polling, which would cost CPU seconds.
SEND = """
text => new Promise(resolve => {
  const stop = () => document.querySelector('#stop');
  let hasBegun = false;
  const watch = new MutationObserver(() => {
    if (!stop().hidden) hasBegun = true;
    else if (hasBegun) { watch.disconnect(); resolve(); }
  });
  watch.observe(document.querySelector('#composer-buttons'), { subtree: true, attributes: true, childList: true });
  document.querySelector('#message').value = text;
  document.querySelector('#composer').requestSubmit();
})
"""


def sampling_fixed(browser: Browser, url: str, tokens: int = TOKENS) -> App:
    """Open the app and set the sampling; no model is loaded yet."""
    app = App(browser.context, url)
    app.open("#/settings/chat")
    set_number(app, "Temperature", TEMPERATURE)
    set_number(app, LENGTH, tokens)
    app.go("Chat")
    return app


def bundled_model_ready(browser: Browser, url: str, tokens: int = TOKENS) -> App:
    """The same, and the bundled model has answered once, which fetches and loads it."""
    app = sampling_fixed(browser, url, tokens)
    send_and_wait(app, "Hello!")
    return app


def start_bare(bench: Bench, browser: Browser, options: Mapping[str, Any]) -> None:
    """Load the model in the bare page, on the threads that the options name."""
    browser.page.goto(bench.peer("bare-wllama.html", is_isolated=True))
    browser.wait_ready()
    browser.page.evaluate("words => window.load(...words)", [bench.peers + MODEL, dict(options)])


def set_number(app: App, label: str, value: float) -> None:
    """Type a number into a field of the section of Settings that is on show."""
    field = app.page.get_by_label(label)
    field.fill(str(value))
    field.press("Tab")


def send_and_wait(app: App, text: str) -> str:
    """Send a message into a new chat, wait for the end of the reply, return its words."""
    app.page.get_by_role("button", name="New chat", exact=True).click()
    app.page.evaluate(SEND, text)
    return app.words(app.answers.last)


#: The youngest record among the turns: it is stored when the reply has ended, maybe a little after that can be seen.
LAST_TURN = """
async id => {
  const settled = request => new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  const database = await settled(indexedDB.open('drleelm'));
  try {
    for (;;) {
      const turn = await settled(database.transaction('turns').objectStore('turns').get(id));
      if (turn && JSON.parse(turn).usage.reply_tokens) return JSON.parse(turn);
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  } finally {
    database.close();
  }
}
"""


def last_turn(app: App) -> dict[str, Any]:
    """The record of the last answer, with `usage` and `timing` unrounded."""
    id = app.answers.last.get_attribute("id") or ""
    turn: dict[str, Any] = app.page.evaluate(LAST_TURN, id.removeprefix("t-"))
    return turn


def threads_used(app: App) -> int:
    """On how many threads of the processor the loaded model runs: llama.cpp's program is a worker of the page, and so
    is each of its threads where there are several."""
    programs = [worker for worker in app.page.workers if "program-worker" in worker.url]
    return max(1, len(programs) - 1)
