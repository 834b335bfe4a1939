"""Whether a message goes on with the talk."""

from __future__ import annotations

import pytest

from app.models.routing.followups import SAYS, features, follow_up
from app.models.routing.plain import tidy
from app.models.routing.weights import FOLLOW_UP
from tests.environment import ROOT
from tests.routing.measures import follow_up_measures
from tests.routing.rows import read_turns

ASKED = "How long does it take for light from the Sun to reach Earth?"
REPLY = "Light from the Sun takes about eight minutes and twenty seconds to reach Earth."


@pytest.mark.parametrize(
    "text",
    [
        "Why?",
        "And to Mars?",
        "Can you explain that in simpler words?",
        "Shorten your answer.",
        "Are you sure? I thought it was ten minutes.",
        "What about the other planets you mentioned?",
    ],
)
def test_what_points_back_or_asks_for_a_change_goes_on(text: str) -> None:
    found = follow_up(text, ASKED, REPLY)
    assert found.score > 0.6
    assert found.why


@pytest.mark.parametrize(
    "text",
    [
        "What's the best type of cooking oil?",
        "How long does it take for light to travel from the Moon to Earth?",
        "Switching topics, who wrote Faust?",
        "Explain the causes of the French Revolution.",
    ],
)
def test_what_stands_by_itself_is_new(text: str) -> None:
    assert follow_up(text, ASKED, REPLY).score < 0.5


def test_a_remark_answers_the_question_that_the_reply_asked() -> None:
    asking = "Which level are you at, and what is your budget?"
    assert follow_up("A beginner, about 200 euros.", "Recommend a camera.", asking).score > 0.5
    assert (
        follow_up("A beginner, about 200 euros.", "Recommend a camera.", "Any will do.").score
        < follow_up("A beginner, about 200 euros.", "Recommend a camera.", asking).score
    )


def test_nothing_goes_on_without_a_turn_before() -> None:
    assert follow_up("And then?", "", "").score == 0
    assert follow_up("", ASKED, REPLY).score == 0


def test_case_and_spacing_change_nothing() -> None:
    assert follow_up(" AND  to\nMars? ", ASKED, REPLY) == follow_up("and to mars?", ASKED, REPLY)


@pytest.mark.parametrize(
    "text", ["?" * 9000, "a" * 50_000, "\ud800", "что дальше?", "i have been " * 900, "hm" + "m" * 9000]
)
def test_any_text_has_a_score_between_0_and_1(text: str) -> None:
    assert 0 <= follow_up(text, text, text).score <= 1


def test_the_sampled_turns_are_told_apart() -> None:
    turns = read_turns(ROOT / "tests" / "fixtures" / "routing" / "turns.jsonl")
    found = follow_up_measures([follow_up(turn.text, turn.prev_user, turn.prev_bot).score for turn in turns], turns)
    assert found["AUC"] > 0.9
    assert found["topic-switch recall"] >= 0.75


def test_every_feature_has_words_for_the_person() -> None:
    assert set(features("a", "b", "c")) == set(SAYS) == set(FOLLOW_UP)


def test_a_long_reply_is_read_at_its_ends_only() -> None:
    assert len(tidy("word " * 100_000)) <= 1201
