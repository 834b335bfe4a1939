"""What another policy would have cost."""

from __future__ import annotations

from dataclasses import replace

from app.models.routing.replay import Recorded, Replay, replay
from tests.models.routing.moments import EASY, HARD

HARD_HERE = Recorded("a", HARD, "browser", prompt_tokens=100, reply_tokens=400)
EASY_HERE = Recorded("b", EASY, "ollama", prompt_tokens=20, reply_tokens=50)
EASY_THERE = replace(EASY_HERE, chat_id="c", place="cloud", micros=90)
TURNS = [HARD_HERE, EASY_HERE, EASY_THERE]


def price(prompt_tokens: int, reply_tokens: int) -> int:
    return prompt_tokens + 10 * reply_tokens


def test_without_a_share_it_is_told_as_it_was() -> None:
    assert replay(TURNS, None, price) == Replay(replies=3, to_cloud=1, micros=90)


def test_another_share_decides_the_same_questions_anew() -> None:
    assert replay(TURNS, 0.2, price) == Replay(replies=3, to_cloud=1, micros=4100, estimated=1)
    assert replay(TURNS, 0, price) == Replay(replies=3)
    assert replay(TURNS, 1, price) == Replay(replies=3, to_cloud=3, micros=4100 + 520 + 90, estimated=2)


def test_an_unknown_price_is_counted_apart() -> None:
    found = replay(TURNS, 1, lambda *_: None)
    assert (found.to_cloud, found.micros, found.unknown, found.estimated) == (3, 90, 2, 0)


def test_what_had_to_stay_stays() -> None:
    assert replay([replace(HARD_HERE, stayed="private")], 1, price).to_cloud == 0


def test_a_follow_up_goes_where_its_chat_would_have_gone() -> None:
    then = Recorded("a", "And why is that?", "browser", HARD, "It holds for each step.", 200, 100)
    assert replay([HARD_HERE, then], 0.3, price).to_cloud == 2
    assert replay([HARD_HERE, replace(then, chat_id="z")], 0.3, price).to_cloud == 1


def test_nothing_is_nothing() -> None:
    assert replay([], 0.5, price) == Replay()
