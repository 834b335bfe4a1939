"""Cards in a real browser: written, reviewed by keys, taken back, kept, read by the scheduler that is fetched then."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import fsrs
import pytest
from playwright.sync_api import Browser, Locator, expect

from app.study.practice.limits import Limits
from app.study.practice.records import EASY, card_from
from app.study.practice.scheduling import Scheduling
from tests.browser.driver import App
from tests.browser.python_worker import PythonWorker, worker_folder
from tests.study.practice.test_scheduling import history

#: What lies on a shelf of the app's database.
SHELF = """shelf => new Promise(done => {
  const request = indexedDB.open('drleelm');
  request.onsuccess = () => {
    const reading = request.result.transaction(shelf).objectStore(shelf).getAll();
    reading.onsuccess = () => { request.result.close(); done(reading.result); };
  };
})"""


def kept(app: App, shelf: str) -> list[dict[str, Any]]:
    """The records of a shelf."""
    return [json.loads(text) for text in app.page.evaluate(SHELF, shelf)]


def near(*figures: float | None) -> Any:
    """The same figures, but for the last bit of powers: the page's C library rounds them otherwise than this one's."""
    return pytest.approx(figures, rel=1e-12)


def write(app: App, front: str, back: str) -> None:
    """Write a card in the editor."""
    app.page.get_by_role("button", name="New card").click()
    app.page.get_by_label("Front", exact=True).fill(front)
    app.page.get_by_label("Back", exact=True).fill(back)
    app.page.get_by_role("button", name="Save card").click()


def card(app: App) -> Locator:
    """The card on show."""
    return app.page.get_by_role("article", name="Card", exact=True)


@pytest.mark.warm
def test_a_card_is_written_reviewed_by_keys_taken_back_and_kept(app: App) -> None:
    app.open("#/cards")
    write(app, "Which ratio decides?", "The ratio $|\\lambda_2/\\lambda_1|$.")
    rows = app.page.get_by_role("list", name="Cards").get_by_role("link")
    expect(rows).to_have_text(["Which ratio decides?"])
    expect(app.page.get_by_role("navigation", name="Main").get_by_role("link", name="Cards")).to_contain_text("1 due")
    app.page.get_by_role("tab", name="Review").click()
    expect(card(app)).to_contain_text("Which ratio decides?")
    expect(app.page.get_by_role("button", name="Show answer")).to_be_visible()
    app.page.keyboard.press("Space")
    expect(card(app).locator(".katex")).to_be_visible()
    easy = app.page.get_by_role("button", name="Easy")
    expect(easy).to_contain_text("8\u00a0days")
    app.page.keyboard.press("4")
    expect(app.page.get_by_role("tabpanel").get_by_text("Nothing due.")).to_be_visible()
    [record] = kept(app, "cards")
    [day] = kept(app, "reviews")
    at = day["reviews"][0]["at"]
    wanted = Scheduling(Limits()).answered(card_from({**record, "state": "new", "step": None}), EASY, at)
    assert [record[name] for name in ("stability", "difficulty")] == near(wanted.stability, wanted.difficulty)
    assert (record["due"], record["state"]) == (wanted.due, wanted.state), "the same as on CPython"
    app.page.keyboard.press("z")
    expect(card(app)).to_contain_text("Which ratio decides?")
    app.page.get_by_role("button", name="Show answer").click()
    app.page.get_by_role("button", name="Good").click()
    expect(app.page.get_by_role("button", name="Show answer")).to_be_visible()  # it is learned, and comes once more
    app.reload()
    expect(card(app)).to_contain_text("Which ratio decides?")
    assert [(one["state"], one["reps"]) for one in kept(app, "cards")] == [("learning", 1)]
    app.check()


#: One round of the histories: every card's next answer, through a store that has read all of it anew.
ROUND = """
import json
from app.browser.packages import bring
from app.browser.records import IndexedRecords
from app.study.shelves import NAMES, VERSION, checked
await bring(BASE, "fsrs")
from app.study.practice.limits import Limits
from app.study.practice.records import Card, Note, ReviewDay
from app.study.practice.scheduling import Scheduling, review_of
from app.study.practice.store import PracticeStore
store, scheduling = PracticeStore(checked(IndexedRecords("histories", VERSION, NAMES))), Scheduling(Limits())
cards, after, reviews = await store.cards(), [], []
for number, (rating, at) in json.loads(ANSWERS).items():
    before = cards.get(number) or Card(number, number)
    after.append(scheduling.answered(before, rating, at))
    reviews.append(review_of(f"{number}-{before.reps}", before, after[-1], rating, 1.0))
await store.add(cards=after, days=[ReviewDay(f"2026-01-{1 + ROUND:02}", tuple(reviews))])
len(after)
"""
END = """
from app.browser.records import IndexedRecords
from app.study.shelves import NAMES, VERSION, checked
from app.study.practice.store import PracticeStore
found = await PracticeStore(checked(IndexedRecords("histories", VERSION, NAMES))).cards()
{id: [one.stability, one.difficulty, one.step, one.due, one.reps] for id, one in found.items()}
"""
HISTORIES, RELOADS = 10_000, (3, 9)  # after which rounds the whole page is loaded anew


@pytest.mark.slow
def test_ten_thousand_histories_end_as_one_pass_of_the_package(no_webgpu: Browser, tmp_path: Path) -> None:
    """The due times to the microsecond, though every answer is stored and read again."""
    histories = [history(seed) for seed in range(HISTORIES)]
    with worker_folder(tmp_path) as url:
        page = no_webgpu.new_page()
        worker = PythonWorker(page, url)
        for number in range(max(map(len, histories))):
            if number in RELOADS:
                worker = PythonWorker(page, url)
            answers = {
                str(seed): (one[number][0], one[number][1].timestamp())
                for seed, one in enumerate(histories)
                if number < len(one)
            }
            source = f"BASE, ROUND, ANSWERS = {url!r}, {number}, {json.dumps(answers)!r}\n{ROUND}"
            assert worker.run(source).get("value") == len(answers)
        found = worker.run(END)["value"]
        page.close()
    scheduler = fsrs.Scheduler(enable_fuzzing=False)
    for seed, answered in enumerate(histories):
        wanted = fsrs.Card(card_id=1)
        for rating, at in answered:
            wanted, _ = scheduler.review_card(wanted, fsrs.Rating(rating), at)
        stability, difficulty, step, due, reps = found[str(seed)]
        assert [stability, difficulty] == near(wanted.stability, wanted.difficulty)
        assert step == wanted.step
        assert (datetime.fromtimestamp(due, UTC), reps) == (wanted.due, len(answered))
