"""run-code, run-again: from the click on Run to what the program has printed, on the page.

The other is a bare page that starts the same Pyodide, with the same files, in a worker of its own origin: no wall, no
limits, and nothing handed in. Both are the third visit in a profile, which has Python's files from the two before; the
bare page has started Python in each of them, ours has never run a program. Nothing is started before the click: that is
a script's, so no pointer rests on the button first and no key brings the focus there, which is when Python starts for a
person. The second run is in the Python of the first, and is held against the bare page's start.
"""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.bench.bench import Bench
from tests.bench.measure import LIMIT_MS, Row, Sample, browsing, row, take_turns
from tests.browser.driver import App

NAMES = ("run-code", "run-again")
NOTES = (
    "click on Run to the first line of output, no program run before / bare page starting the same Pyodide",
    "click on Run again to its output / the bare page's start",
)
VISITS = 2  # before the one that counts: the browser keeps compiled code from then on
#: Milliseconds from a click until the element holds these words. The program is written into the block of code that the
#: button belongs to, where it belongs to one: that of the demo's reply prints nothing.
CLICK = """async ([button, output, words]) => {
  const pressed = [...document.querySelectorAll(button)].at(-1);
  const shown = new Promise(done => {
    const look = () => document.querySelector(output)?.textContent.includes(words) && done(performance.now());
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
  const code = pressed.closest('figure')?.querySelector('pre');
  if (code) code.textContent = 'print(6 * 7)';
  const late = new Promise((_, failed) => setTimeout(failed, 60_000, new Error(`${words} was not printed`)));
  const start = performance.now();
  pressed.click();
  return await Promise.race([shown, late]) - start;
}"""
RUN = "[data-on='click:run-code']"
SERVED = "async () => { await navigator.serviceWorker.ready; }"


def clicked(page: Page, button: str, output: str, words: str) -> float:
    """Seconds from the click until the words are there."""
    return float(page.evaluate(CLICK, [button, output, words])) / 1000


def ours(bench: Bench) -> Sample:
    """The first run and the second one."""
    with browsing(bench.playwright) as browser:
        app = App(browser.context, bench.ours)
        for _ in range(VISITS):
            app.open("?demo")
            browser.settle()
            app.page.evaluate(SERVED)
            browser.settle()
            app.page.goto("about:blank")
        app.open("?demo")
        app.ask("Show me some code.")
        browser.settle()
        first = clicked(app.page, RUN, "#run-output pre", "42")
        expect(app.page.locator("#run-controls [type=submit]")).to_be_visible(timeout=LIMIT_MS)
        app.page.get_by_role("textbox", name="Code").fill("print('once ' + 'more')")
        browser.settle()
        return first, clicked(app.page, "#run-controls [type=submit]", "#run-output pre", "once more")


def theirs(bench: Bench) -> Sample:
    """The start and one program."""
    with browsing(bench.playwright) as browser:
        for _ in range(VISITS + 1):
            browser.page.goto(bench.peer("bare-run.html"))
            browser.wait_ready()
            browser.settle()
            took = clicked(browser.page, "button", "pre", "42")
            browser.settle()
        return took, took


def measure(bench: Bench) -> list[Row]:
    """Both rows, each sample in a browser of its own."""
    pairs = take_turns(lambda: ours(bench), lambda: theirs(bench), label=NAMES[0])
    return [row(name, pairs, index, "seconds", NOTES[index]) for index, name in enumerate(NAMES)]
