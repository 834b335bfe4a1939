"""review: from the key that grades a card to the next card, with 20,000 cards against 20.

Both sides are the app itself in a browser of its own, whose cards are all due. A grade is pressed as a person presses
it; the time ends when another question stands on the card. What is written on the way is the same on both sides.
"""

from __future__ import annotations

import json
import statistics

from app.study.practice.records import Card, Note, as_json
from tests.bench.bench import Bench
from tests.bench.measure import Row, Sample, browsing, row, take_turns
from tests.browser.driver import App

NAMES = ("review",)
MANY, FEW, ANSWERS = 20_000, 20, 15
NOTE = f"median of {ANSWERS} answers, key to next card, {MANY:,} cards / {FEW} cards"
#: Cards whose time has come, and their notes, straight into the app's database.
FILL = """([notes, cards]) => new Promise((done, failed) => {
  const request = indexedDB.open('drleelm');
  request.onsuccess = () => {
    const writing = request.result.transaction(['notes', 'cards'], 'readwrite');
    for (const [key, text] of notes) writing.objectStore('notes').put(text, key);
    for (const [key, text] of cards) writing.objectStore('cards').put(text, key);
    writing.oncomplete = () => { request.result.close(); done(); };
    writing.onabort = () => failed(writing.error);
  };
})"""
#: Milliseconds of each answer.
ANSWER = """async answers => {
  const press = key => {
    const code = key === ' ' ? 'Space' : '';
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key, code, bubbles: true }));
  };
  const until = is => new Promise(done => {
    const watch = new MutationObserver(() => { if (is()) { watch.disconnect(); done(); } });
    if (is()) return done();
    const all = { subtree: true, childList: true, characterData: true, attributes: true };
    watch.observe(document.getElementById('page-cards'), all);
  });
  const asked = () => document.querySelector('#card .card-front')?.textContent;
  const found = [];
  for (let at = 0; at < answers; at++) {
    await until(() => document.getElementById('card-show'));
    press(' ');
    await until(() => document.querySelector('[data-grade="4"]'));
    const before = asked(), start = performance.now();
    press('4');
    await until(() => document.getElementById('card-show') && asked() !== before);
    found.push(performance.now() - start);
  }
  return found;
}"""


def one(bench: Bench, count: int) -> Sample:
    """Fill a fresh browser, and answer."""
    notes = [
        (f"n{at}", json.dumps(as_json(Note(f"n{at}", fields=(f"Question {at}", "Answer"))))) for at in range(count)
    ]
    cards = [
        (
            f"c{at}",
            json.dumps(as_json(Card(f"c{at}", f"n{at}", state="review", stability=9.0, difficulty=5.0,
                                    due=1_700_000_000.0 + at, last_review=1_699_000_000.0, reps=3))),
        )
        for at in range(count)
    ]  # fmt: skip
    with browsing(bench.playwright) as browser:
        app = App(browser.context, bench.ours)
        app.open()
        app.page.evaluate(FILL, [notes, cards])
        app.page.evaluate("location.hash = '#/cards'")
        app.page.locator("#card-show").wait_for()
        times = app.page.evaluate(ANSWER, ANSWERS)
    print(f"  review, {count} cards, milliseconds: {[round(time) for time in times]}", flush=True)
    return (statistics.median(times),)


def measure(bench: Bench) -> list[Row]:
    """Both by turns."""
    pairs = take_turns(lambda: one(bench, MANY), lambda: one(bench, FEW), label="review")
    return [row("review", pairs, 0, "milliseconds", NOTE)]
