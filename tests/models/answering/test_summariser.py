"""A long chat's beginning is summarized for the model that cannot read it, and never silently."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence

from app.core.errors import Unreachable
from app.core.values import Delta, Done, Event, Message, Model, Notice, Request, Sampling
from app.models.answering.summariser import Summariser
from tests.words import english

SMALL = Model("small", "Small", context_length=1000)
TURNS = [Message(role, f"{role} {i} " + "word " * 200) for i, role in enumerate(["user", "assistant"] * 4)]  # type: ignore[arg-type]
LONG = Request((Message("system", "Be kind."), *TURNS, Message("user", "And now?")), Sampling(max_tokens=100))


class Seen:
    """A provider that keeps what it was asked."""

    def __init__(self) -> None:
        self.request = Request(())

    async def reply(self, model: Model, request: Request) -> AsyncGenerator[Event, None]:
        self.request = request
        yield Delta("Yes.")
        yield Done()


def run(request: Request, recap_words: str | Unreachable, *, wanted: bool = True, model: Model = SMALL) -> tuple[
    Request, list[Event], list[Message]
]:  # fmt: skip
    seen = Seen()
    told: list[Message] = []

    async def recap(request: Request, messages: Sequence[Message], most_tokens: int) -> str:
        told.extend(messages)
        assert 0 < most_tokens <= 125
        if isinstance(recap_words, Unreachable):
            raise recap_words
        return recap_words

    async def body() -> list[Event]:
        return [event async for event in Summariser(seen, lambda _: wanted, recap).reply(model, request)]

    events = asyncio.run(body())
    return seen.request, events, told


def test_the_oldest_turns_become_a_summary_in_the_system_prompt() -> None:
    request, events, told = run(LONG, "They spoke of words.")
    assert told[0] == TURNS[0]
    assert request.messages[0].role == "system"
    assert request.messages[0].content.startswith("Be kind.")
    assert request.messages[0].content.endswith("They spoke of words.")
    assert request.messages[1].role == "user"
    assert request.messages[-1].content == "And now?"
    assert not set(map(id, told)) & set(map(id, request.messages))
    assert len(told) + len(request.messages) == len(LONG.messages)
    lasting = [english(event.text) for event in events if isinstance(event, Notice) and event.is_lasting]
    assert lasting == [f"The {len(told)} oldest messages were summarised for the model."]


def test_a_chat_that_fits_or_a_model_of_unknown_length_is_left_alone() -> None:
    short = Request((Message("user", "Hello"),))
    assert run(short, "x")[0] is short
    assert run(LONG, "x", model=Model("any", "Any"))[0] is LONG
    assert run(LONG, "x", wanted=False)[0] is LONG


def test_without_a_summary_the_request_stays_as_it_was_and_a_failure_is_told() -> None:
    assert run(LONG, "")[0] is LONG
    request, events, _ = run(LONG, Unreachable())
    assert request is LONG
    assert any(isinstance(event, Notice) and "Couldn't summarise" in english(event.text) for event in events)
