"""full-pages: 500 chats and 200 models against none of either, in the app itself.

`?demo&chats=500&models=200` stores and lists them. Two figures: the second visit until the page is ready, and the first
paint of the Models page after a click in the navigation; drawing forces the layout, so it is in the time.
"""

from __future__ import annotations

from contextlib import ExitStack

from tests.bench.bench import Bench
from tests.bench.measure import Browser, Row, Sample, browsing, row, take_turns

NAMES = ("full-start", "full-models")
CHATS, MODELS = 500, 200
NOTES = (
    f"a visit until the page is ready, {CHATS} chats and {MODELS} models / none",
    f"from the click until the Models page is drawn, {MODELS} models / none",
)
#: Milliseconds from the click in the navigation until the page has its heading and has been laid out.
SHOW = """() => new Promise(done => {
  const section = document.querySelector('#page-models');
  const look = () => {
    if (section.hidden || !section.querySelector('h1')) return;
    watch.disconnect();
    document.body.getBoundingClientRect();
    done(performance.now() - start);
  };
  const watch = new MutationObserver(look);
  watch.observe(section, { attributes: true, childList: true, subtree: true });
  const start = performance.now();
  document.querySelector('#nav-models').click();
})"""


def visit(browser: Browser, url: str) -> Sample:
    """Milliseconds until the page is ready, then until its Models page is drawn for the first time."""
    browser.page.goto(url)
    browser.wait_ready()
    ready = browser.page.evaluate("() => performance.getEntriesByName('interactive')[0].startTime")
    browser.settle()
    return (float(ready), float(browser.page.evaluate(SHOW)))


def measure(bench: Bench) -> list[Row]:
    """Both have been visited before, each in its own browser: the records are there."""
    full, empty = f"{bench.ours}?demo&chats={CHATS}&models={MODELS}", f"{bench.ours}?demo"
    with ExitStack() as stack:
        many, none = (stack.enter_context(browsing(bench.playwright)) for _ in range(2))
        visit(many, full), visit(none, empty)
        pairs = take_turns(lambda: visit(many, full), lambda: visit(none, empty), label="full")
    return [row(name, pairs, index, "milliseconds", NOTES[index]) for index, name in enumerate(NAMES)]
