"""Automatic as a Provider: it tells how it decided, answers, and falls back to this device, visibly."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence

import pytest

from app.core.errors import AppError, BadKey, Interrupted, LoadFailed, ModelMissing, NoQuota, RateLimited, Unreachable
from app.core.values import AnsweredBy, Delta, Done, Event, Message, Model, Notice, Request, Routed, Sampling
from app.models.answering.automatic import AUTOMATIC
from app.models.answering.fallback import Fallback
from app.models.routing.decision import Candidate, Situation, decision_from
from app.models.routing.provider import RouterProvider, read
from tests.models.routing.moments import ALL, BROWSER, CLOUD, EASY, HARD
from tests.words import english


class Answers:
    """A provider that says the model's name, or some words and then an error where `errors` has one for the model."""

    def __init__(self, **errors: AppError) -> None:
        self.errors, self.asked, self.words = errors, list[str](), ""

    async def reply(self, model: Model, request: Request) -> AsyncGenerator[Event, None]:
        self.asked.append(model.name)
        if error := self.errors.get(model.name):
            if self.words:
                yield Delta(self.words)
            raise error
        yield Delta(model.name)
        yield Done()


async def ready(model: Model) -> Model:
    return model


def nobody(model: Model, error: AppError) -> None:
    """The router names who answers instead."""


def run(
    provider: Answers, text: str, candidates: Sequence[Candidate] = ALL, moment: Situation | None = None
) -> tuple[list[Event], AppError | None]:
    router = RouterProvider(Fallback(provider, ready, nobody), lambda _: (moment or Situation(), candidates))
    events: list[Event] = []

    async def body() -> None:
        async for event in router.reply(AUTOMATIC, Request((Message("user", text),))):
            events.append(event)  # noqa: PERF401 - what came before an error counts, too

    try:
        asyncio.run(body())
    except AppError as error:
        return events, error
    return events, None


def test_the_receipt_comes_first_then_who_answers_then_the_answer() -> None:
    events, error = run(provider := Answers(), HARD)
    assert error is None
    assert isinstance(events[0], Routed)
    winner = decision_from(events[0].receipt).winner
    assert winner is not None
    assert winner.model.name == "GPT"
    assert events[1:] == [AnsweredBy(CLOUD.model), Delta("GPT"), Done()]
    assert provider.asked == ["GPT"]


@pytest.mark.parametrize("error", [RateLimited(retry_after=40), Unreachable(), NoQuota(), Interrupted()])
def test_a_cloud_that_fails_before_its_first_word_is_replaced_here_with_a_lasting_notice(error: AppError) -> None:
    events, raised = run(provider := Answers(GPT=error), HARD)
    assert raised is None
    assert provider.asked == ["GPT", "Llama"]
    notice = next(event for event in events if isinstance(event, Notice))
    assert notice.is_lasting
    assert english(notice.text) == f"GPT could not answer: {english(error.message)} Using Llama on this device instead."
    receipts = [decision_from(event.receipt) for event in events if isinstance(event, Routed)]
    assert [one.winner and one.winner.model.name for one in receipts] == ["GPT", "Llama"]
    assert receipts[1].reasons[0] == notice.text
    assert events[-2:] == [Delta("Llama"), Done()]


def test_words_that_have_come_are_kept_and_the_error_is_raised() -> None:
    provider = Answers(GPT=Interrupted())
    provider.words = "Half of "
    events, error = run(provider, HARD)
    assert Delta("Half of ") in events
    assert isinstance(error, Interrupted)
    assert provider.asked == ["GPT"]


def test_a_wrong_key_is_for_the_person_to_mend() -> None:
    _, error = run(provider := Answers(GPT=BadKey()), HARD)
    assert isinstance(error, BadKey)
    assert provider.asked == ["GPT"]


def test_a_model_here_that_fails_is_never_replaced_by_a_cloud() -> None:
    _, error = run(provider := Answers(Tiny=LoadFailed(), Llama=LoadFailed()), EASY)
    assert isinstance(error, LoadFailed)
    assert "GPT" not in provider.asked


def test_nothing_of_a_private_chat_reaches_a_cloud_even_where_it_is_all_there_is() -> None:
    events, error = run(provider := Answers(), HARD, [CLOUD], Situation(is_private=True, policy_share=1))
    assert isinstance(error, ModelMissing)
    assert "private" in english(error.cure)
    assert provider.asked == []
    assert len(events) == 1
    run(provider, HARD, [CLOUD, BROWSER], Situation(is_private=True, policy_share=1))
    assert provider.asked == ["Tiny"]


def test_without_any_model_the_cure_says_where_to_get_one() -> None:
    _, error = run(Answers(), HARD, [])
    assert isinstance(error, ModelMissing)
    assert "Models page" in english(error.cure)


def test_the_request_tells_the_question_and_the_turn_before() -> None:
    messages = (
        Message("system", "Be brief."),
        Message("user", "First?"),
        Message("assistant", "One."),
        Message("user", "Second?", images=("AA",)),
    )
    seen = read(Situation(policy_share=0.7), Request(messages, Sampling(max_tokens=300)))
    assert (seen.text, seen.previous_user, seen.previous_reply) == ("Second?", "First?", "One.")
    assert (seen.has_images, seen.policy_share, seen.reply_tokens) == (True, 0.7, 300)
    assert 0 < seen.fixed_tokens < seen.prompt_tokens
    assert read(Situation(), Request(())).text == ""


def test_behind_thanks_a_talk_goes_on_where_it_was() -> None:
    said = (("user", HARD), ("assistant", "So it is."), ("user", "Thanks!"), ("assistant", "Gladly."), ("user", "Why?"))
    seen = read(Situation(), Request(tuple(Message(role, words) for role, words in said)))  # type: ignore[arg-type]
    assert (seen.previous_user, seen.previous_reply) == (HARD, "So it is.")
    hello = read(Situation(), Request((Message("user", "Hi"), Message("assistant", "Hi!"), Message("user", "Why?"))))
    assert (hello.previous_user, hello.previous_reply) == ("", "")


def test_closing_the_stream_stops_the_work_behind_it() -> None:
    class Endless:
        is_closed = False

        async def reply(self, model: Model, request: Request) -> AsyncGenerator[Event, None]:
            try:
                while True:
                    yield Delta("word ")
            finally:
                self.is_closed = True

    async def body() -> bool:
        endless = Endless()
        router = RouterProvider(Fallback(endless, ready, nobody), lambda _: (Situation(), ALL))
        stream = router.reply(AUTOMATIC, Request(()))
        async for event in stream:
            if isinstance(event, Delta):
                break
        await stream.aclose()
        return endless.is_closed

    assert asyncio.run(body())
