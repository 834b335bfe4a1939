"""The message field and the conversation above it: drafts, the queue, what is followed, what the chat cannot take."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import MakeApp
from tests.browser.driver import App, wait_until

pytestmark = pytest.mark.warm

SLOW = "?demo&tokens=40000&rate=40"  # a thousand seconds: no machine is so busy that Stop comes too late
NEVER = "?demo&tokens=10&rate=0.0001"  # the first word comes after hours
QUICK = "?demo&tokens=400&rate=4000"

GAP = "log => log.scrollHeight - log.clientHeight - log.scrollTop"


def field(app: App) -> Locator:
    return app.page.get_by_role("textbox", name="Message", exact=True)


def log(app: App) -> Locator:
    return app.page.get_by_role("log", name="Conversation")


def test_each_chat_has_its_draft_and_what_is_sent_meanwhile_is_queued(app: App) -> None:
    """Faults U6, U12 and U17."""
    app.open(SLOW)
    app.page.get_by_role("button", name="Explain a concept").click()
    expect(field(app)).to_have_value(re.compile("^Explain … step by step"))
    app.page.keyboard.type("entropy")
    expect(field(app)).to_have_value(re.compile("^Explain entropy step by step"))
    field(app).fill("")
    place = app.page.locator("#composer").bounding_box()
    answer = app.send("Why is the sky blue?")
    expect(answer.locator(".prose")).to_contain_text("In one line")  # more than a second behind the first words
    assert app.page.locator("#composer").bounding_box() == place, "nothing moves the composer"

    queue = app.page.get_by_role("list", name="Queued messages")
    for words in ("second", "third", "fourth"):
        field(app).fill(words)
        field(app).press("Enter")
    expect(queue.get_by_role("listitem")).to_have_count(3)
    queue.get_by_role("listitem").filter(has_text="third").get_by_role("button", name="Cancel").click()
    expect(queue.get_by_role("listitem")).to_have_count(2)
    queue.get_by_role("listitem").filter(has_text="second").get_by_role("button", name="Edit").click()
    expect(field(app)).to_have_value("second")
    field(app).fill("a draft of the first chat")

    # A reload keeps the words that had come, the draft, and what was queued.
    chat = app.page.url
    app.reload()
    expect(answer).to_contain_text("The page was closed or put to sleep before the reply ended.")
    expect(answer.locator(".prose")).to_contain_text("Photosynthesis")
    expect(field(app)).to_have_value("fourth\n\na draft of the first chat")

    # Another chat has another draft, and a private one keeps none.
    app.new_chat()
    expect(field(app)).to_have_value("")
    field(app).fill("a draft of the new chat")
    app.go("Models")
    app.page.goto(chat)
    expect(field(app)).to_have_value("fourth\n\na draft of the first chat")
    app.new_chat()
    expect(field(app)).to_have_value("a draft of the new chat")
    app.page.get_by_role("switch", name="Private chat").click()
    wait_until(app.page, lambda: not app.page.evaluate("(sessionStorage.drafts ?? '').includes('new chat')"))
    expect(field(app)).to_have_value("a draft of the new chat")

    # Esc stops, and what is queued goes back to where it was written.
    field(app).fill("")
    answer = app.send("Once more")
    expect(answer.locator(".prose")).to_contain_text("Photosynthesis")
    field(app).fill("and then")
    field(app).press("Enter")
    expect(queue).to_be_visible()
    field(app).press("Escape")
    app.wait_answered(answer)
    expect(field(app)).to_have_value("and then")
    expect(queue).to_be_hidden()


def test_before_the_first_word_there_is_a_sign_of_life(app: App) -> None:
    """Faults U8 and U6."""
    app.open(NEVER)
    answer = app.send("Why is the sky blue?")
    expect(answer).to_contain_text(re.compile(r"Reading your question…\s[1-9]\d*\ss"))
    app.page.get_by_role("button", name="Stop", exact=True).click()
    app.wait_answered(answer)
    expect(answer).to_contain_text("Stopped before the first word.")


def test_the_end_is_followed_unless_the_reader_has_scrolled_up(app: App) -> None:
    """Faults U10 and U12: also a first reply full of formulas, and a second quick one; a long question is folded."""
    app.open(QUICK)
    latest = app.page.get_by_role("button", name="Jump to latest")
    for words in ("Show me everything.", "word " * 1_500):
        app.wait_answered(app.send(words))
        expect(app.answers.last.locator(".katex").first).to_be_attached()
        wait_until(app.page, lambda: log(app).evaluate(GAP) < 2)
        expect(latest).to_be_hidden()
    long = app.page.get_by_role("article", name="You").last
    folded = long.bounding_box()
    assert folded is not None
    assert folded["height"] < 500
    long.get_by_text("Show more").click()
    expect(long.get_by_text("Show less")).to_be_visible()
    unfolded = long.bounding_box()
    assert unfolded is not None
    assert unfolded["height"] > 2000
    ring = app.page.get_by_role("button", name=re.compile(r"Context: \d+\s% used"))
    ring.focus()
    app.page.keyboard.press("Enter")
    sheet = app.page.get_by_role("dialog", name="Context")
    expect(sheet.get_by_role("row", name=re.compile("earlier messages"))).to_be_visible()
    app.page.keyboard.press("Escape")
    expect(ring).to_be_focused()

    log(app).evaluate("log => { log.scrollTop = 0; }")
    expect(latest).to_be_visible()
    latest.click()
    expect(latest).to_be_hidden()
    wait_until(app.page, lambda: log(app).evaluate(GAP) < 2)


def test_a_reader_who_has_scrolled_up_is_not_pulled_down(app: App) -> None:
    app.open("?demo&tokens=40000&rate=200")
    answer = app.send("Show me everything.")
    wait_until(app.page, lambda: log(app).evaluate("log => log.scrollHeight > 3 * log.clientHeight"))
    log(app).evaluate("log => { log.scrollTop = 40; }")
    expect(app.page.get_by_role("button", name="Jump to latest")).to_be_visible()
    height = log(app).evaluate("log => log.scrollHeight")
    field(app).fill("typed meanwhile")
    wait_until(app.page, lambda: log(app).evaluate("log => log.scrollHeight") > height + 400)
    assert log(app).evaluate("log => log.scrollTop") < 100
    app.page.get_by_role("button", name="Stop", exact=True).click()
    app.wait_answered(answer)
    assert log(app).evaluate("log => log.scrollTop") < 100


def test_on_a_phone_the_composer_leaves_half_of_what_the_keyboard_leaves(make_app: MakeApp) -> None:
    app = make_app(viewport={"width": 390, "height": 380}, has_touch=True, is_mobile=True)  # a keyboard is open
    app.open(QUICK)
    message = field(app)
    message.fill("one")
    app.page.get_by_role("button", name="New line").click()
    app.page.keyboard.type("two")
    expect(message).to_have_value("one\ntwo")
    message.fill("\n".join("long" for _ in range(40)))
    assert app.page.evaluate("innerHeight - document.getElementById('composer').getBoundingClientRect().top") <= 190
    for name in ("New line", "Send"):
        box = app.page.get_by_role("button", name=name, exact=True).bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
    assert message.evaluate("field => parseFloat(getComputedStyle(field).fontSize)") >= 16
