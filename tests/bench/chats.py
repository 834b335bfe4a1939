"""long-chat: opening a chat of 1,000 messages against one of 50, in the app itself.

`?demo&messages=N` puts a chat of N messages into the store. The boot is the same on both sides and is not counted: the
chat is opened from the list, in the page that is already there, and left for a new one before the next time.
"""

from __future__ import annotations

import statistics
from contextlib import ExitStack

from tests.bench.bench import Bench
from tests.bench.measure import Browser, Row, Sample, browsing, row, take_turns

NAMES = ("long-chat",)
LONG, SHORT = 1000, 50
TIMES = 5
NOTE = f"from the click in the list to the drawn chat, {LONG} messages / {SHORT} messages, both in this app"
#: `data-chat-open` holds the id of the chat that stands on the page. Drawing forces the layout, so it is in the time.
REOPEN = """
async times => {
  const root = document.documentElement;
  const until = isDone => new Promise(resolve => {
    const look = () => { if (isDone()) { watch.disconnect(); resolve(); } };
    const watch = new MutationObserver(look);
    watch.observe(root, { attributes: true });
    look();
  });
  const link = () => [...document.querySelectorAll('#chats a')].find(a => a.textContent.startsWith('A chat of '));
  const id = link().hash.split('/').pop(), milliseconds = [];
  for (let i = 0; i < times; i += 1) {
    document.querySelector('#new-chat').click();
    await until(() => root.dataset.chatOpen !== id);
    await new Promise(resolve => setTimeout(resolve, 300));
    const start = performance.now();
    link().click();
    await until(() => root.dataset.chatOpen === id);
    document.body.getBoundingClientRect();
    milliseconds.push(performance.now() - start);
    await new Promise(resolve => setTimeout(resolve, 300));
  }
  return milliseconds;
}
"""


def reopen(browser: Browser) -> Sample:
    """Milliseconds to open the chat."""
    return (statistics.median(browser.page.evaluate(REOPEN, TIMES)),)


def measure(bench: Bench) -> list[Row]:
    """Both chats are there, each in its own browser."""
    with ExitStack() as stack:
        long, short = (stack.enter_context(browsing(bench.playwright)) for _ in range(2))
        for browser, count in ((long, LONG), (short, SHORT)):
            browser.page.goto(f"{bench.ours}?demo&messages={count}")
            browser.wait_ready()
            browser.settle()
        reopen(long), reopen(short)
        pairs = take_turns(lambda: reopen(long), lambda: reopen(short), label=NAMES[0])
    return [row(NAMES[0], pairs, 0, "milliseconds", NOTE)]
