"""A reply while nobody looks: a frozen page, a line that broke meanwhile, a page that was closed; the screen lock."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.driver import App, wait_until
from tests.browser.test_ollama import article, connect
from tests.ollama.stand_in import StandIn

#: Tells of locks as a browser with a screen has them.
LOCKS = """
window.locks = [];
Object.defineProperty(Navigator.prototype, 'wakeLock', { value: { async request(kind) {
  const lock = { released: false, release() { lock.released = true; } };
  locks.push(lock);
  return lock;
} } });
"""


@pytest.fixture
def server() -> Iterator[StandIn]:
    """A stand-in on a port of its own."""
    with StandIn() as running:
        yield running


def held(app: App) -> list[bool]:
    """Of each lock that was asked for, whether it is held still."""
    found: list[bool] = app.page.evaluate("locks.map(lock => !lock.released)")
    return found


@pytest.mark.warm
def test_a_reply_goes_on_after_the_page_was_frozen_or_closed(app: App, server: StandIn) -> None:
    app.page.add_init_script(LOCKS)
    server.install("chatty:1b")
    connect(app, server)
    article(app, "chatty:1b").get_by_role("button", name="Use", exact=True).click()
    expect(article(app, "chatty:1b").get_by_role("button", name="Active", exact=True)).to_be_visible()
    app.go("Chat")
    assert held(app) == []

    # The page is frozen, and the line breaks meanwhile: on return the reply goes on by itself.
    server.talk.hold_after = 3
    answer = app.send("What is the capital of France?")
    expect(answer.locator(".prose")).to_have_text(re.compile(r"\w"))
    wait_until(app.page, lambda: held(app) == [True])
    app.page.evaluate("document.dispatchEvent(new Event('freeze'))")  # a headless Chromium hides no page
    server.talk.hold_after, server.faults.cut_reply_after = None, 0
    server.release()
    server.until(lambda: server.faults.cut_reply_after is None)
    app.page.evaluate("document.dispatchEvent(new Event('resume'))")
    expect(answer).to_contain_text("The reply went on by itself.", timeout=60_000)
    app.wait_answered(answer)
    asked = [one.json["messages"] for one in server.asked("/api/chat", "POST") if one.json.get("messages")]
    assert [one["role"] for one in asked[-1]][-2:] == ["assistant", "user"]
    assert asked[-1][-2]["content"] in app.words(answer)
    wait_until(app.page, lambda: held(app) == [False])

    # The page is thrown away in the middle of a reply: what came is there, and Continue goes on.
    server.released.clear()
    server.talk.hold_after = 3
    answer = app.send("What is the capital of France?")
    expect(answer.locator(".prose")).to_have_text(re.compile(r"\w"))
    app.reload()
    answer = app.answers.last
    expect(answer).to_contain_text("The page was closed or put to sleep before the reply ended.")
    before = app.words(answer)
    assert before
    server.talk.hold_after = None
    answer.get_by_role("button", name="Continue", exact=True).click()
    expect(answer).not_to_contain_text("The page was closed")
    wait_until(app.page, lambda: len(app.words(answer)) > len(before))  # it may look answered before it has begun
    app.wait_answered(answer)
    assert app.words(answer).startswith(before)
