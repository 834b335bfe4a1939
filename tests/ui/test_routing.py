"""Smart routing and the model for each task, drawn from what the person has set."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.core.texts import Text
from app.core.values import Model
from app.models.routing.replay import Replay
from app.models.store.rows import Row, Status
from app.session import Session
from app.session.replaying import Compared
from app.study import features
from app.study.features import Choice, Feature
from app.ui.parts import features as part
from app.ui.parts.features import features_section
from app.ui.parts.routing import dry_run, smart_routing
from tests.ui.pages import Element, read, session
from tests.words import english

TINY = Row(Model("tiny", "Tiny"), status=Status.READY)


def made(**settings: Any) -> Session:
    shown = session(TINY)
    shown.state.settings.set(replace(shown.state.settings(), **settings))
    return shown


def find(page: Element, id: str) -> Element:
    return next(one for one in page.all() if one.attributes.get("id") == id)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.0, "Nothing goes to the cloud."),
        (0.3, "About 15 % to 45 % of typical questions go to the cloud."),
        (1.0, "Everything that may leave this device"),
    ],
)
def test_the_slider_says_what_it_means(share: float, words: str) -> None:
    page = read(smart_routing(made(share=share)))
    assert words in page.text
    assert find(page, "routing-share").attributes["value"] == str(round(share * 100))


def test_the_range_is_of_the_persons_own_questions_once_they_were_looked_at() -> None:
    shown = made(share=0.5)
    shown.replay.compared.set(Compared(0.5, Replay(200), Replay(200, 20)))
    assert "About 10 % to 20 % of your questions go to the cloud." in read(smart_routing(shown)).text
    shown.replay.compared.set(Compared(0.7, Replay(200), Replay(200, 20)))
    assert "of typical questions" in read(smart_routing(shown)).text


def test_each_model_has_its_score_and_a_place_for_the_persons_own() -> None:
    shown = session(replace(TINY, model=Model("tiny", "SmolLM2 1.7B")))
    found = find(read(smart_routing(shown)), "ability-0").attributes
    assert (found["placeholder"], found["value"], found["data-arg"]) == ("30", "", "tiny")
    shown.state.settings.set(replace(shown.state.settings(), abilities={"tiny": 0.8}))
    found = find(read(smart_routing(shown)), "ability-0").attributes
    assert (found["placeholder"], found["value"]) == ("80", "80")


def test_what_is_not_known_is_said() -> None:
    text = read(smart_routing(made())).text
    assert "About 15 % to 45 % of typical questions" in text
    assert "Private chats, Offline Mode, missing keys and your budget always come first" in text


def test_what_was_learned_is_shown_with_its_direction() -> None:
    assert "Nothing learned yet" in read(smart_routing(made())).text
    page = read(smart_routing(made(learned={"shift": -0.06, "counts": [["local switched", 3]]})))
    assert "Learned from 3 answers: about 6 % more goes to the cloud" in page.text
    assert "3 answers on this device asked again elsewhere" in page.text
    assert "about 6 % less" in read(smart_routing(made(learned={"shift": 0.06, "counts": [["cloud bad", 1]]}))).text


def test_a_dry_run_shows_where_a_question_would_go() -> None:
    shown = made()
    assert "Nothing is sent" in find(read(dry_run(shown)), "routing-tried").text
    shown.routing.dry_run("Who wrote Faust?")
    assert "Tiny would answer (on this device)." in find(read(dry_run(shown)), "routing-tried").text


def test_a_preview_compares_at_the_sliders_place_and_never_calls_unknown_costs_nothing() -> None:
    shown = made(share=0.5)
    ask = find(read(smart_routing(shown)), "replay")
    assert ask.one("form").attributes["data-on"] == "submit:replay:run"
    assert ask.one("input").attributes["value"] == "50"
    assert ask.buttons() == ["Preview"]
    before, after = Replay(10, 4, 5000), Replay(10, 6, 7500, estimated=2)
    shown.replay.compared.set(Compared(0.5, before, after, "gpt-5-mini"))
    text = find(read(smart_routing(shown)), "replay").text
    assert "6 of 10 questions would have gone to the cloud, for about $0.0075. In fact 4 did, for $0.005." in text
    assert "Prices of gpt-5-mini." in text
    shown.replay.compared.set(Compared(0.5, Replay(3), Replay(3, 2, 0, unknown=2, estimated=0)))
    assert "for an unknown cost" in find(read(smart_routing(shown)), "replay").text
    shown.replay.compared.set(Compared(0.5, Replay(3), Replay(3, 2, 9000, unknown=1)))
    assert "$0.009 and 1 reply of unknown cost" in find(read(smart_routing(shown)), "replay").text
    shown.replay.compared.set(Compared(0.5, Replay(), Replay()))
    assert "No answers in the last 7 days" in find(read(smart_routing(shown)), "replay").text
    shown.replay.compared.set(Compared(0.7, before, after, "gpt-5-mini"))
    assert find(read(smart_routing(shown)), "replay").buttons() == ["Preview"], "of another place it says nothing"


def test_each_feature_has_a_row_and_a_new_one_needs_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    riddle = Feature("riddle", Text("study.settings", count=1), Text("study.chat_about"), Text("study.as_the_chat"))
    monkeypatch.setattr(part, "FEATURES", (*features.FEATURES, riddle))
    page = read(features_section(made()))
    labels = [one.text for one in page.all("label")]
    assert labels == [*(english(feature.name) for feature in features.FEATURES), "1 setting"]
    assert find(page, "feature-riddle").attributes["data-arg"] == "riddle"


def test_automatic_has_a_policy_of_its_own_for_a_feature() -> None:
    shown = made(is_smart=True, features={"title": Choice("automatic", 0.15), "code": Choice("gone")})
    page = read(features_section(shown))
    chosen = [one for one in find(page, "share-title").all("option") if "selected" in one.attributes]
    assert [one.text for one in chosen] == ["about 15 % to the cloud"]
    assert "The chosen model is gone" in page.text
    assert not [one for one in page.all() if one.attributes.get("id") == "share-summary"]
