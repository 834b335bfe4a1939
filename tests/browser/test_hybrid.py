"""Automatic between a model of this browser and a service: what goes where, what never leaves, what stands in.

The service is llmock on loopback, set up in Settings as a server of the person's own, which counts as leading
elsewhere. What it was really asked is read from its own journal.
"""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.driver import LIMIT_MS, MODELS, App
from tests.browser.test_axe import RUN
from tests.cloud.mock import mocks

pytestmark = pytest.mark.warm

TINY = MODELS / "tiny-gemma3-f16.gguf"
HARD = "Prove step by step that the sum of two continuous functions is continuous, and explain each inequality."
EASY = "Who wrote Faust?"
SAID = "The service answers."


class Service:
    """llmock, seen from the test."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.script()

    def admin(self, path: str, body: object = None) -> Any:
        """A word with llmock itself."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        with urllib.request.urlopen(urllib.request.Request(f"{self.url}/_llmock{path}", data, headers)) as answer:
            return json.loads(answer.read())

    def script(self, *behaviors: dict[str, Any]) -> None:
        """What happens to the next requests; what they say is always the same."""
        self.admin("/reset", {})
        self.admin("/scenario", {"behaviors": [{"type": "reply", "text": SAID, "times": None}, *behaviors]})

    @property
    def questions(self) -> int:
        """How often it was asked for an answer, all tries counted; a look whether it wants a key names no model."""
        asked = self.admin("/requests")["requests"]
        return sum("completions" in one["path"] and one["status"] != 422 for one in asked)


@pytest.fixture(scope="module")
def running() -> Iterator[Service]:
    with mocks(1, exposes=True) as [(url, _)]:
        yield Service(url)


@pytest.fixture
def service(running: Service) -> Service:
    """The service with an empty journal."""
    running.script()
    return running


def set_up(app: App, service: Service, share: int = 100, *, asks: bool = False) -> None:
    """A small model in the browser, the service in Settings, Smart routing on. Unless it `asks`, whatever goes to the
    service goes without a question."""
    app.allow(re.escape(service.url), r"status of (429|503)")
    app.open()
    app.use_model(app.import_model(TINY))
    form = app.server_form()
    form.get_by_label("Server address").fill(f"{service.url}/v1")
    form.get_by_label("Key (optional)").fill("sk-hybrid-0123456789")
    form.get_by_role("button", name="Add server").click()
    group = app.page.get_by_role("group", name="Connections", exact=True)
    expect(group.get_by_text("models selected")).to_be_visible(timeout=LIMIT_MS)
    app.settings("Models & Automatic").get_by_role("switch", name="Smart routing").check()
    slider = app.page.get_by_role("slider", name="When should a stronger model answer?")
    slider.fill(str(share))
    if not asks:
        question = app.page.get_by_role("switch", name="Ask before a question leaves this device")
        question.uncheck()
        expect(question).not_to_have_attribute("checked", "")  # drawn so once it is stored
    app.short_replies()
    expect(app.model).to_contain_text("Automatic")
    app.new_chat()


def test_automatic_sends_a_hard_question_and_keeps_an_easy_one_and_all_of_a_private_chat(
    app: App, service: Service
) -> None:
    set_up(app, service, share=30)
    assert app.ask(HARD) == SAID
    answer = app.answers.last
    expect(answer).to_contain_text("sent to 127.0.0.1")
    expect(app.why(answer)).to_contain_text("A hard question: a larger model answers better.")
    expect(app.figures(answer)).to_contain_text("Better with a larger model")
    app.new_chat()
    app.ask(EASY)
    expect(app.line(app.answers.last)).to_contain_text("on this device")
    assert service.questions == 1
    app.new_chat()
    private = app.page.get_by_role("switch", name="Private chat")
    private.click()
    expect(private).to_be_checked()
    app.ask(HARD)
    expect(app.line(app.answers.last)).to_contain_text("on this device")
    expect(app.page.locator("#privacy")).to_have_text("Private chat · Nothing leaves this device.")
    expect(app.open_models().filter(has_text="this chat is private")).not_to_have_count(0)
    app.close_models()
    app.reload()
    app.ask(HARD)
    expect(app.line(app.answers.last)).to_contain_text("on this device")
    assert service.questions == 1
    app.new_chat()
    assert app.ask(HARD) == SAID, "another chat is asked elsewhere again"


def test_automatic_asks_before_the_first_words_of_a_chat_leave(app: App, service: Service, axe: str) -> None:
    set_up(app, service, asks=True)
    expect(app.page.locator("#privacy")).to_contain_text("asks before a question leaves this device")
    app.send(HARD)
    question = app.page.get_by_role("group", name="Send this question?")
    expect(question).to_contain_text("Nothing has been sent yet.", timeout=LIMIT_MS)
    expect(app.answers.last).to_contain_text("Waiting for your answer")
    app.page.evaluate(axe)
    assert app.page.evaluate(RUN) == []
    app.reload()
    expect(question).to_have_count(0)
    assert service.questions == 0
    app.answers.last.get_by_role("button", name="Regenerate").click()
    question.get_by_role("button", name="Answer here").press("Enter")
    app.wait_answered(app.answers.last)
    expect(app.line(app.answers.last)).to_contain_text("on this device")
    assert service.questions == 0
    app.new_chat()
    answer = app.send(HARD)
    question.get_by_role("button", name="Send", exact=True).click()
    app.wait_answered(answer)
    assert app.words(answer) == SAID
    assert app.ask(HARD) == SAID, "it asks once in a chat"
    assert service.questions == 2


def test_a_rate_limit_in_mid_chat_is_answered_here_and_the_service_is_asked_again_in_time(
    app: App, service: Service
) -> None:
    set_up(app, service)
    assert app.ask(HARD) == SAID
    service.script({"type": "fail", "status": 429, "retry_after": 3, "times": 1})
    app.ask(HARD)
    answer = app.answers.last
    expect(answer).to_contain_text("on this device instead")
    expect(app.line(answer)).to_contain_text("on this device")
    assert service.questions == 1, "a pause of three seconds is not waited for"
    for _ in range(60):  # its time comes within three seconds; a question is quick
        app.ask(EASY)
        if service.questions > 1:
            break
    expect(app.answers.last).to_contain_text("sent to 127.0.0.1")
    service.script({"type": "fail", "status": 429, "retry_after": 3600, "times": None})
    for _ in range(2):
        app.ask(HARD)
        expect(app.line(app.answers.last)).to_contain_text("on this device")
    assert service.questions == 1, "nothing is asked while a pause lasts"


@pytest.mark.slow
def test_the_other_model_answers_at_one_tap_and_offline_mode_sends_nothing(app: App, service: Service) -> None:
    set_up(app, service, share=0)
    app.ask(HARD)
    answer = app.answers.last
    assert service.questions == 0
    app.why(answer).get_by_role("button", name=re.compile("^Ask gpt")).click()
    expect(app.answers.last.locator(".prose")).to_have_text(SAID, timeout=LIMIT_MS)
    expect(app.answers.last).to_contain_text("2/2")
    assert service.questions == 1
    app.settings("Privacy & offline").get_by_role("switch", name="Offline Mode").check()
    app.go("Chat")
    app.ask(HARD)
    expect(app.line(app.answers.last)).to_contain_text("on this device")
    assert service.questions == 1
