"""load-stored: from asking the stored bundled model to its first words, against the same engine over loopback HTTP.

Both sides start a new engine, load the same model with the same options and answer the same question; ours reads it out
of IndexedDB, the peer fetches it from the loopback server. What is kept of earlier loads is freed before each.
"""

from __future__ import annotations

from contextlib import ExitStack

from playwright.sync_api import expect

from tests.bench.bench import Bench
from tests.bench.measure import Browser, Row, Sample, browsing, row, take_turns
from tests.bench.setup import LOAD_OPTIONS, REPLY_OPTIONS, bundled_model_ready, set_number
from tests.browser.driver import App

NAMES = ("load-stored",)
MODEL = "static/vendor/models/SmolLM2-135M-Instruct.Q4_1.gguf"
QUESTION, TOKENS = "Hello!", 16
NOTE = "bundled model out of IndexedDB into the engine, to its first words / the same over loopback HTTP"
#: Sends a message as a person does; the milliseconds until the first words stand on the page.
FIRST_TEXT = """
text => new Promise(resolve => {
  const words = () => [...document.querySelectorAll('#log [data-role=assistant] .prose')].at(-1)?.textContent.trim();
  const watch = new MutationObserver(() => {
    if (!words()) return;
    watch.disconnect();
    resolve(performance.now() - start);
  });
  watch.observe(document.querySelector('#log'), { subtree: true, childList: true, characterData: true });
  document.querySelector('#message').value = text;
  const start = performance.now();
  document.querySelector('#composer').requestSubmit();
})
"""
CALL = "words => window.firstText(...words)"


def ours(browser: Browser, app: App) -> Sample:
    """Unload, open an empty chat, ask."""
    app.go("Models")
    unload = app.page.get_by_role("button", name="Unload", exact=True)
    unload.click()
    expect(unload).to_have_count(0)
    app.go("Chat")
    app.new_chat()
    browser.settle()
    milliseconds = float(app.page.evaluate(FIRST_TEXT, QUESTION))
    app.wait_answered(app.answers.last)
    return (milliseconds,)


def theirs(browser: Browser, model: str) -> Sample:
    """Its function starts with nothing and frees everything."""
    browser.settle()
    messages = [{"role": "user", "content": QUESTION}]
    options = {**REPLY_OPTIONS, "max_tokens": TOKENS}
    return (float(browser.page.evaluate(CALL, [model, LOAD_OPTIONS, messages, options])),)


def measure(bench: Bench) -> list[Row]:
    """Both pages stay open, each in its own browser, and have loaded the model once before it counts."""
    with ExitStack() as stack:
        mine, other = (stack.enter_context(browsing(bench.playwright)) for _ in range(2))
        app = bundled_model_ready(mine, bench.ours)
        app.go("Settings")
        set_number(app, "Longest reply", TOKENS)
        other.page.goto(bench.peer("bare-load.html"))
        other.wait_ready()
        theirs(other, bench.peers + MODEL)
        pairs = take_turns(lambda: ours(mine, app), lambda: theirs(other, bench.peers + MODEL), label=NAMES[0])
    return [row(NAMES[0], pairs, 0, "milliseconds", NOTE)]
