"""Around the message field: starters, the queue, the context ring, where the next question goes, a folded question."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.places import Place, sent_to
from app.core.values import Model, Source, Usage
from app.models.store.rows import Row, Status
from app.session import Session
from app.session.state import Queued
from app.study.chats import Chat, Turn
from app.ui.parts.composer import context, empty, placeholder, queue
from app.ui.parts.fold import fold
from app.ui.parts.leave import privacy
from app.ui.parts.reply import notes
from tests.memory import WEBGPU
from tests.ui.pages import read, session

TINY = Model("tiny", "Tiny", context_length=1000)
ASKED = Turn("q", "c", "", "user", "Why?")
SAID = Turn("a", "c", "q", "assistant", "So.", model_id="tiny", usage=Usage(250, 90, counted=True))


def choosing(monkeypatch: pytest.MonkeyPatch, made: Session, model: Model) -> None:
    monkeypatch.setattr(type(made.state), "chosen", lambda self, chat=None: model)


def test_an_empty_chat_offers_ways_to_begin_with_a_place_to_fill_in() -> None:
    made = session()
    page = read(empty(made))
    assert page.one("h2").text == "What are you studying?"
    starters = [button for button in page.all("button") if "data-write" in button.attributes]
    assert [button.one("strong").text for button in starters] == ["Explain a concept", "Check my proof"]
    assert all(button.attributes["data-write"].count("…") == 1 for button in starters)
    names = [button.one("strong").text for button in page.one(class_="starters").all("button")]
    assert names == ["Explain a concept", "Quiz me", "Check my proof", "Ask my documents"]
    quiz = page.one(id="starter-quiz").attributes
    assert (quiz["data-on"], quiz["data-arg"]) == ("click:page:visit", "#/cards/quiz")
    assert placeholder(made) == "Ask anything"
    made.state.chat.set(Chat("c", path=("q",)))
    assert "hidden" in read(empty(made)).one(id="empty").attributes
    assert placeholder(made) == "Ask a follow-up"


def test_an_empty_chat_with_the_included_model_offers_a_better_one_once() -> None:
    small = replace(TINY, is_bundled=True, size_bytes=90_000_000)
    best = Model(
        "best", "Best", size_bytes=900_000_000, sources=(Source("https://example.org/best.gguf"),), format="gguf"
    )
    facts = replace(WEBGPU, memory_gb=16)

    def offered(setup: str, status: Status = Status.NOT_DOWNLOADED, here: Status = Status.READY) -> list[str]:
        made = session(Row(small, here), Row(best, status), facts=facts)
        made.state.settings.set(replace(made.state.settings(), setup=setup, model_id="tiny"))
        return [
            one.attributes["id"]
            for one in read(empty(made)).all("button")
            if one.attributes.get("id", "")[:7] != "starter"
        ]

    assert offered("later") == offered("done") == ["better", "enough"]
    assert offered("") == offered("enough") == [], "the panel is on show, or nothing more is wanted"
    assert offered("done", Status.DOWNLOADING) == offered("done", Status.READY) == []
    assert offered("done", here=Status.NOT_DOWNLOADED) == ["offer"], "the included one comes first"


def test_what_is_queued_stands_there_with_its_way_back() -> None:
    made = session()
    assert "hidden" in read(queue(made)).one("ul").attributes
    made.state.queued.set({made.state.chat().id: (Queued("1", "and <b>then</b>?"),), "other": (Queued("2", "no"),)})
    page = read(queue(made))
    assert page.one("li").text == "and <b>then</b>? Queued Edit Cancel"
    assert page.one("li").one("p").attributes["dir"] == "auto"


@pytest.mark.parametrize(
    ("usage", "limit", "label"),
    [
        (Usage(250, 90), 1000, "Context: 34 % used"),
        (Usage(50, 40), 1000, None),
        (Usage(900, 300), 1000, "Context: 100 % used"),
        (Usage(250, 90), 0, "Context: 34 % used"),  # an engine of this browser reads 1024 then
    ],
)
def test_the_ring_says_how_full_the_context_is(
    monkeypatch: pytest.MonkeyPatch, usage: Usage, limit: int, label: str | None
) -> None:
    made = session()
    choosing(monkeypatch, made, replace(TINY, context_length=limit))
    made.state.turns.set((ASKED, replace(SAID, usage=usage)))
    page = read(context(made))
    assert [item.attributes["aria-label"] for item in page.all("button")] == ([label] if label else [])
    if label:
        assert ("data-tight" in page.one("button").attributes) is (label == "Context: 100 % used")
        assert page.one("button").attributes["data-on"] == "click:context:open"


def test_what_came_after_the_last_count_is_estimated(monkeypatch: pytest.MonkeyPatch) -> None:
    made = session()
    choosing(monkeypatch, made, TINY)
    made.state.turns.set((ASKED, SAID, replace(ASKED, id="q2", text="x" * 1500)))
    assert read(context(made)).one("button").attributes["aria-label"] == "Context: 85 % used"


SENT = sent_to("Google")


@pytest.mark.parametrize(
    ("model", "line"),
    [
        (TINY, "Private · answers on this device"),
        (Model("ollama:a", "A", place=Place.COMPUTER), "Private · answers on this computer"),
        (Model("cloud:gemini:a", "A", where=SENT, place=Place.CLOUD), "Sent to Google with your key"),
        (
            Model("ollama:a", "A", where=sent_to("192.168.1.20"), place=Place.NETWORK),
            "Sent to 192.168.1.20 in your network",
        ),
        (Model("ollama:a:cloud", "A", where="sent to ollama.com", place=Place.CLOUD), "Sent to A"),
    ],
)
def test_the_line_tells_the_truth_for_the_chosen_model(
    monkeypatch: pytest.MonkeyPatch, model: Model, line: str
) -> None:
    made = session()
    choosing(monkeypatch, made, model)
    assert read(privacy(made)).all("p")[-1].text == line


def test_a_private_chat_says_so() -> None:
    made = session()
    made.state.chat.set(Chat("c", path=("q", "a"), is_private=True))
    assert read(privacy(made)).text == "Private chat · Nothing leaves this device."
    made.state.turns.set((ASKED, replace(SAID, place=Place.CLOUD)))
    assert read(privacy(made)).text == "Private chat · From now on, nothing leaves this device."


@pytest.mark.parametrize(
    ("text", "is_folded"), [("Why?", False), ("x" * 900, False), ("x" * 901, True), ("a\n" * 12, True)]
)
def test_only_a_long_question_is_folded(text: str, is_folded: bool) -> None:
    assert (fold(replace(ASKED, text=text)) is not None) is is_folded


def test_a_stop_before_the_first_word_has_words_of_its_own() -> None:
    stopped = replace(SAID, stop_reason="stopped")
    assert read(notes(stopped, is_live=False)).text == "Stopped. Partial reply saved."
    assert read(notes(replace(stopped, text=" "), is_live=False)).text == "Stopped before the first word."
