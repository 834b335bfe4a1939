"""A local model answers where one elsewhere cannot; what has begun, or was local anyway, is never replaced."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

import pytest

from app.core.errors import AppError, BadKey, NoQuota, RateLimited, Unreachable
from app.core.places import Place
from app.core.values import AnsweredBy, Delta, Done, Event, Message, Model, Notice, Request
from app.models.answering.fallback import Fallback, stands_in
from tests.words import english

CLOUD = Model("cloud:a", "A", where="sent to A", place=Place.CLOUD)
LOCAL = Model("local", "Local")
ASKED = Request((Message("user", "Hello!"),))


class Two:
    """A provider whose cloud model says some words and then fails."""

    def __init__(self, error: AppError, *words: str) -> None:
        self.error, self.words = error, words

    async def reply(self, model: Model, request: Request) -> AsyncGenerator[Event, None]:
        for word in self.words if model.leaves_device else ("From here.",):
            yield Delta(word)
        if model.leaves_device:
            raise self.error
        yield Done()


def run(error: AppError, *words: str, model: Model = CLOUD, local: Model | None = LOCAL) -> list[Event]:
    async def make_ready(model: Model) -> Model:
        return model

    async def body() -> list[Event]:
        fallback = Fallback(Two(error, *words), make_ready, lambda model, error: local)
        return [event async for event in fallback.reply(model, ASKED)]

    return asyncio.run(body())


@pytest.mark.parametrize("error", [Unreachable(), RateLimited(retry_after=9), NoQuota()])
def test_a_local_model_answers_and_says_that_it_does(error: AppError) -> None:
    told = Notice(stands_in(CLOUD, LOCAL, error.message), is_lasting=True, offers_again=True)
    assert english(told.text) == f"A could not answer: {english(error.message)} Using Local on this device instead."
    assert run(error) == [AnsweredBy(CLOUD), told, AnsweredBy(LOCAL), Delta("From here."), Done()]


def test_words_that_have_come_are_kept_and_the_error_is_told() -> None:
    with pytest.raises(Unreachable):
        run(Unreachable(), "Half ")


def test_a_wrong_key_is_for_the_person_to_mend() -> None:
    with pytest.raises(BadKey):
        run(BadKey())


def test_without_a_local_model_the_error_is_told() -> None:
    with pytest.raises(Unreachable):
        run(Unreachable(), local=None)


def test_a_local_model_is_never_replaced() -> None:
    class Broken:
        async def reply(self, model: Model, request: Request) -> AsyncGenerator[Event, None]:
            raise Unreachable()
            yield Done()

    async def make_ready(model: Model) -> Model:
        return model

    async def body() -> None:
        fallback = Fallback(Broken(), make_ready, lambda model, error: CLOUD)
        async for _ in fallback.reply(LOCAL, ASKED):
            pass

    with pytest.raises(Unreachable):
        asyncio.run(body())
