"""Thinking is one thing for every engine and provider: told apart, never sent back, a word where it was all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace

import pytest

from app.core.errors import DeviceLost
from app.core.values import Delta, Done, Event, Message, Model, Notice, Request, Reread, Thought, ToolCall, Usage
from app.models.answering.dispatch import LocalModelProvider
from tests.models.fakes import GGUF, notices_of, text_of
from tests.words import english

ASKED = Request((Message("user", "What is the capital of France?"),), think=True)
DONE = Done(Usage(9, 3, counted=True))
CUT = Done(Usage(9, 1024, counted=True), stop_reason="length")
CLOUD = Model("cloud:own:r1", "R1", where="sent to x")


class Said:
    """A provider that says what a test has prepared, reply by reply; an error is raised."""

    def __init__(self, *replies: Sequence[Event | Exception]) -> None:
        self.replies, self.asked = list(replies), list[Request]()

    async def reply(self, model: Model, request: Request) -> AsyncGenerator[Event, None]:
        self.asked.append(request)
        for event in self.replies.pop(0):
            await asyncio.sleep(0)
            if isinstance(event, Exception):
                raise event
            yield event


class World:
    """Every provider of the app is reached through this one."""

    def __init__(self, *replies: Sequence[Event | Exception]) -> None:
        self.said = Said(*replies)
        self.provider = LocalModelProvider(self.said, {"cloud": lambda: self.said})

    def events(self, request: Request = ASKED, model: Model = GGUF) -> list[Event]:
        self.told: list[Event] = []

        async def read() -> None:
            async for event in self.provider.reply(model, request):
                self.told += [event]

        asyncio.run(read())
        return self.told


def texts(text: str) -> list[Event]:
    return [Delta(letter) for letter in text]


def thinking_of(events: Sequence[Event]) -> str:
    return "".join(event.text for event in events if isinstance(event, Thought))


@pytest.mark.parametrize("model", [GGUF, CLOUD])
def test_tags_never_reach_the_answer(model: Model) -> None:
    """Fault U1."""
    events = World([*texts("<think>Easy.</think>\n\nParis."), DONE]).events(model=model)
    assert (thinking_of(events), text_of(events)) == ("Easy.", "Paris.")
    assert events[-1] == DONE
    assert notices_of(events) == []


def test_earlier_thinking_is_never_sent_back() -> None:
    """Fault U1: whoever made the request, whatever an earlier version has kept."""
    world = World([DONE])
    question = Message("user", "What does <think>x</think> mean?")
    world.events(
        replace(ASKED, messages=(question, Message("assistant", "<think>Easy.</think>Paris."), Message("user", "Why?")))
    )
    [asked] = world.said.asked
    assert asked.messages == (question, Message("assistant", "Paris."), Message("user", "Why?"))


def test_thinking_that_comes_apart_already_passes() -> None:
    events = World([Thought("Easy."), Delta("`<think>` is a tag."), DONE]).events()
    assert events == [Thought("Easy."), Delta("`<think>` is a tag."), DONE]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ([Thought("Hm."), CUT], "The model used all 1,024 tokens for thinking."),
        ([Delta("<think>Hm."), CUT], "The model used all 1,024 tokens for thinking."),
        (
            [Thought("Hm."), Done(Usage(9, 70), stop_reason="length")],
            "The model used the whole reply, about 70 tokens,",
        ),
        ([Thought("Hm."), DONE], "The model stopped after thinking, without an answer."),
    ],
)
def test_a_reply_that_was_all_thinking_says_so(said: list[Event], words: str) -> None:
    """Fault E1: in place of an empty reply of 28 tokens."""
    [notice] = [event for event in World(said).events() if isinstance(event, Notice)]
    assert notice.is_lasting
    assert english(notice.text).startswith(words)
    assert "turn Reasoning off" in english(notice.text)


@pytest.mark.parametrize(
    "said", [[Thought("Hm."), Delta("Paris."), CUT], [Thought("Hm."), ToolCall("f", {}), DONE], [DONE]]
)
def test_other_replies_do_not(said: list[Event]) -> None:
    assert notices_of(World(said).events()) == []


def test_a_model_that_was_seen_to_begin_inside_its_thinking_is_read_so_the_next_time() -> None:
    """Fault U1: nothing looks like an answer first, then."""
    said = [*texts("Easy.</think>Paris."), DONE]
    world = World(said, said, said, [*texts("Lyon."), DONE], said)
    assert [type(event) for event in world.events()].count(Reread) == 1
    second = world.events()
    assert (thinking_of(second), text_of(second)) == ("Easy.", "Paris.")
    assert any(isinstance(event, Reread) for event in world.events(replace(ASKED, think=False)))
    unthinking = world.events()
    assert unthinking[-2:] == [Reread(text="Lyon."), DONE]
    assert any(isinstance(event, Reread) for event in world.events()), "it is not believed to think for ever"


def test_an_error_keeps_the_words_that_were_held_back() -> None:
    world = World([Delta("1 <"), DeviceLost()])
    with pytest.raises(DeviceLost):
        world.events()
    assert text_of(world.told) == "1 <"
