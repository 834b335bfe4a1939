"""event-round-trip: from a click on the page through Python to the changed page.

Ours is a click on a delegated element whose answer is a patch of the DOM; the peer does the same by PyScript's `sync`
and nothing else. Clicks come one by one, 20 ms apart, as a person's do at the fastest: back to back they would
measure a queue. Both pages stay open, each in its own browser, and take turns.
"""

from __future__ import annotations

import statistics
from contextlib import ExitStack

from tests.bench.bench import Bench
from tests.bench.measure import Browser, Row, Sample, browsing, row, take_turns

NAMES = ("event-round-trip",)
TIMES, PAIRS = 100, 9
NOTE = f"click, Python, changed DOM / the same by a bare PyScript sync echo; each sample is the mean of {TIMES}"
PING = "#ping"  # on both pages
#: The browser's clock ticks every 0.1 ms, so the mean of many says more than their median.
CLICKS = """
async ([selector, times]) => {
  const ping = document.querySelector(selector), parent = document.querySelector('#pong').parentNode;
  const milliseconds = [];
  for (let i = 0; i < times; i += 1) {
    await new Promise(resolve => setTimeout(resolve, 20));
    const start = performance.now();
    await new Promise(resolve => {
      const watch = new MutationObserver(() => { watch.disconnect(); resolve(); });
      watch.observe(parent, { subtree: true, childList: true, characterData: true, attributes: true });
      ping.click();
    });
    milliseconds.push(performance.now() - start);
  }
  return milliseconds;
}
"""


def clicks(browser: Browser, selector: str) -> Sample:
    """Milliseconds of a click. The slowest tenth is left out: it tells of the machine's other work."""
    milliseconds = sorted(browser.page.evaluate(CLICKS, [selector, TIMES]))
    return (statistics.mean(milliseconds[: TIMES * 9 // 10]),)


def measure(bench: Bench) -> list[Row]:
    """Open both, warm both up, measure in turns."""
    with ExitStack() as stack:
        mine, other = (stack.enter_context(browsing(bench.playwright)) for _ in range(2))
        for browser, url in ((mine, bench.ours + "?demo"), (other, bench.peer("echo/index.html"))):
            browser.page.goto(url)
            browser.wait_ready()
            browser.settle()
        clicks(mine, PING), clicks(other, PING)
        pairs = take_turns(lambda: clicks(mine, PING), lambda: clicks(other, PING), PAIRS, NAMES[0])
    return [row(NAMES[0], pairs, 0, "milliseconds", NOTE)]
