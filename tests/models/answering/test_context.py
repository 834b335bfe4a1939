"""A chat longer than the model can read loses its oldest turns, never the system prompt or the question."""

from __future__ import annotations

import asyncio

import pytest

from app.core.errors import TooLong
from app.core.values import Message
from app.models.answering.context import DROP_STEP, Fitted, fit, notice_about, reply_budget, tighter
from tests.words import english

SYSTEM = Message("system", "Be brief.")


def chat(turns: int, words: int = 30) -> list[Message]:
    messages = [Message("user" if turn % 2 == 0 else "assistant", f"{turn} " * words) for turn in range(turns)]
    return [SYSTEM, *messages, Message("user", "And now?")]


def run(messages: list[Message], budget: int, counted: bool = True) -> Fitted:
    async def count(text: str) -> int | None:
        return len(text.split()) if counted else None

    return asyncio.run(fit(messages, budget, count, limit=1000))


def test_what_fits_is_sent_whole() -> None:
    fitted = run(chat(2), 1000)
    assert (fitted.messages, fitted.dropped) == (tuple(chat(2)), 0)


@pytest.mark.parametrize("counted", [True, False])
def test_the_oldest_turns_go_and_the_rest_starts_with_a_question(counted: bool) -> None:
    messages = chat(20)
    fitted = run(messages, 400, counted)
    assert fitted.dropped > 0
    assert fitted.messages == (SYSTEM, *messages[1 + fitted.dropped :])
    assert fitted.messages[1].role == "user"
    assert fitted.tokens <= 400
    assert fitted.counted is counted


def test_turns_are_dropped_in_steps_so_that_the_engines_cache_survives_the_next_turn() -> None:
    first, second = run(chat(20), 400), run(chat(22), 480)
    assert first.dropped % DROP_STEP == 0
    assert second.dropped == first.dropped


def test_a_question_that_cannot_fit_is_too_long() -> None:
    with pytest.raises(TooLong) as caught:
        run([SYSTEM, Message("user", "word " * 500)], 100)
    assert caught.value.limit == 1000


def test_an_estimate_alone_does_not_refuse_a_question_that_might_fit() -> None:
    assert run([Message("user", "word " * 50)], 80, counted=False).dropped == 0


def test_the_reply_keeps_its_share_and_the_second_try_is_tighter() -> None:
    assert reply_budget(1000, 4000) == 250
    assert reply_budget(1000, 20) == 20
    assert tighter(Fitted((), tokens=100)) == 60


def test_the_person_is_told_how_many_are_left_out() -> None:
    assert "oldest message is" in english(notice_about(1).text)
    assert "6 oldest messages are" in english(notice_about(6).text)
