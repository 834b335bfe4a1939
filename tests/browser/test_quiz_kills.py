"""Practice with a model: a hundred questions written while the browser is killed, and cards made of a page."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, expect

from tests.bench.measure import browser_process
from tests.browser.conftest import MakeProfile
from tests.browser.driver import LIMIT_MS, App
from tests.browser.kills import kill_browser
from tests.browser.test_axe import violations
from tests.browser.test_cards import kept
from tests.browser.test_ollama import article, connect
from tests.ollama.stand_in import StandIn
from tests.ollama.talk import Talk

pytestmark = pytest.mark.slow

KILLS, WANTED = 5, 100
YEARS = [1200 + 7 * at for at in range(110)]
COVES: FilePayload = {
    "name": "coves.txt",
    "mimeType": "text/plain",
    "buffer": "\f".join(
        f"The harbour wall of Cove{year} was finished in {year} by the old masons." for year in YEARS
    ).encode(),
}


@dataclass
class Writer(Talk):
    """A model that makes a fill-in question of the year of a passage."""

    def reply(self, question: str, form: object = None) -> str:
        """The item, where one is asked for."""
        if not isinstance(form, Mapping) or "source" not in form["properties"]:
            return super().reply(question, form)
        source = form["properties"]["source"]["enum"][0]
        [year] = re.findall(r"in (\d{4})", source)
        item = {"source": source, "question": source.replace(f"in {year}", "in ____"), "answer": year}
        return json.dumps({**item, "kind": "cloze", "hint": "A year.", "explanation": "The masons were done then."})


@pytest.fixture
def server() -> Iterator[StandIn]:
    """A stand-in whose model writes questions, about two in a second."""
    with StandIn() as running:
        running.talk = Writer(token_seconds=0.008)
        running.install("writer:1b", context_length=4096)
        yield running


def begin(app: App, server: StandIn) -> None:
    """The model is chosen, and the document is in the library."""
    connect(app, server)
    article(app, "writer:1b").get_by_role("button", name="Use", exact=True).click()
    app.page.evaluate("location.hash = '#/library'")
    with app.page.expect_file_chooser() as picking:
        app.page.get_by_role("button", name="Add documents").first.click()
    picking.value.set_files([COVES])
    expect(app.page.get_by_role("list", name="Documents")).to_contain_text("Indexed", timeout=LIMIT_MS)


def written(app: App) -> int:
    """How many questions the page says are there."""
    text = app.page.locator("#quiz-making").inner_text()
    found = re.search(rf"(\d+) of {WANTED} written", text)
    return int(found[1]) if found else 0


def wait_for(app: App, count: int) -> int:
    """Until so many are written; how many it says then."""
    while (now := written(app)) < count:
        app.page.wait_for_timeout(100)
    return now


def test_a_hundred_questions_are_written_once_each_though_the_browser_is_killed(
    make_profile: MakeProfile, server: StandIn, tmp_path: Path
) -> None:
    chance, app = random.Random(), make_profile()
    begin(app, server)
    app.page.evaluate("location.hash = '#/cards/quiz'")
    app.page.get_by_role("spinbutton", name="Questions").fill(str(WANTED))
    for kind in ("Multiple choice", "True or false", "Short answers", "Short answer"):
        if (box := app.page.get_by_role("checkbox", name=kind)).count():
            box.uncheck()
    app.page.get_by_role("button", name="Start quiz").click()
    app.page.wait_for_url(re.compile("#/cards/quiz/."))
    address, told = app.page.url.partition("#")[2], 0
    for at in range(KILLS):
        told = wait_for(app, max(told + 1, (at + 1) * WANTED // (KILLS + 2)))
        app.page.wait_for_timeout(chance.randrange(800))
        told = max(told, written(app))
        kill_browser(browser_process(tmp_path / "profile"), app.context)
        app = make_profile()
        app.allow(re.escape(server.url), r"localhost:11434")
        app.open(f"#{address}")
        expect(app.page.locator("#quiz-making")).to_contain_text(f"of {WANTED} written", timeout=LIMIT_MS)
        assert written(app) >= told, "what the page has counted is there"
    wait_for(app, WANTED)
    expect(app.page.get_by_role("button", name="Start exam")).to_be_visible(timeout=LIMIT_MS)
    [quiz] = kept(app, "quizzes")
    questions = quiz["questions"]
    assert (quiz["state"], len(questions)) == ("done", WANTED)
    assert len({one["id"] for one in questions}) == len({one["question"] for one in questions}) == WANTED
    assert quiz["tried"] == WANTED + sum(one["count"] for one in quiz["lost"])
    asked = [one for one in server.asked("/api/chat", "POST") if one.json.get("format")]
    assert WANTED <= len(asked) <= quiz["tried"] + KILLS, "a try that a kill has cut is made once more"


@pytest.mark.parametrize("width", [390, 1280])
def test_cards_of_a_page_are_offered_changed_and_kept(app: App, server: StandIn, axe: str, width: int) -> None:
    app.page.set_viewport_size({"width": 1280, "height": 844})
    begin(app, server)
    app.page.set_viewport_size({"width": width, "height": 844})
    page = app.page
    page.get_by_role("button", name="Menu of coves.txt").click()
    page.get_by_role("menuitem", name="Make cards").click()
    expect(page.get_by_role("combobox", name="From")).to_contain_text("coves.txt")
    page.get_by_role("spinbutton", name="Cards").fill("3")
    assert violations(app, axe) == []
    page.get_by_role("button", name="Make cards", exact=True).click()
    offers = page.get_by_role("list", name="New cards from coves.txt").get_by_role("listitem")
    expect(offers).to_have_count(3, timeout=LIMIT_MS)
    expect(page.get_by_text("by writer:1b")).to_be_visible(timeout=LIMIT_MS)
    offers.nth(0).get_by_role("checkbox", name="Keep").uncheck()
    offers.nth(1).get_by_role("button", name="Edit").click()
    field = offers.nth(1).get_by_role("textbox", name="Text with gaps")
    field.fill("Cove was {{c1::done}}.")
    assert violations(app, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Save 2 cards").click()
    rows = page.get_by_role("list", name="Cards").get_by_role("link")
    expect(rows).to_have_count(2)
    expect(rows.filter(has_text="Cove was done.")).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(offers).to_have_count(3)
    page.get_by_role("button", name="Discard").click()
    page.get_by_role("dialog").get_by_role("button", name="Discard").click()
    page.get_by_role("checkbox", name="write the cards").uncheck()
    page.get_by_role("button", name="Make cards", exact=True).click()
    expect(offers).to_have_count(3, timeout=LIMIT_MS)
    page.get_by_role("button", name="Save 3 cards").click()
    expect(rows).to_have_count(3)
    app.check()
