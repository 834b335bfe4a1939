"""Answering: whatever ends a reply, the words that came are kept and marked."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import aclosing

import pytest

from app.core.errors import AppError, DeviceLost, OutOfSpace
from app.core.values import (
    Delta,
    Done,
    Event,
    Message,
    Model,
    Notice,
    Reread,
    Routed,
    Sampling,
    Thought,
    Timing,
    Usage,
)
from app.models.answering.fallback import Fallback
from app.models.answering.resuming import GO_ON
from app.study.asked import merged
from app.study.chats import Chat, ChatStore, Turn
from app.study.cited import Sources
from app.study.replies import Answering, Asking, Live
from tests.memory import FakeClock, MemoryRecords, ticks
from tests.study.scripted import Scripted
from tests.words import english

MODEL = Model("m", "Tiny")
DONE = Done(Usage(3, 2, True), Timing(1.0, 0.5, 2.0, 9.0), "end", "wllama")


class World:
    """A chat with one question and an empty turn for its answer."""

    def __init__(self, *events: Event | BaseException | None, step: float = 0.0) -> None:
        self.records = MemoryRecords()
        self.clock = FakeClock(step)
        self.store = ChatStore(self.records, self.clock)
        self.provider = Scripted(*events)
        self.ready: AppError | None = None
        fallback = Fallback(self.provider, self.make_ready, lambda model, error: None)
        self.answering = Answering(self.store, fallback, self.clock, english, self.ground)
        self.lives: list[Live] = []

    async def ground(self, chat: Chat, turn: Turn, model: Model, asking: Asking) -> Sources:
        """No chat of this file asks documents."""
        raise AssertionError

    async def begin(self, *texts: str) -> None:
        self.chat, self.turn = Chat("c"), Turn("", "c", "", "user", "")
        for number, text in enumerate((*texts, "")):
            role = "assistant" if number % 2 else "user"
            turn = Turn(f"t{number}", "c", "", role, text)  # type: ignore[arg-type]
            parent = self.chat.path[-1] if self.chat.path else ""
            self.chat, self.turn = await self.store.add(self.chat, parent, turn)

    async def run(self, system_prompt: str = "", ready: AppError | None = None) -> Turn:
        self.ready = ready
        run = self.answering.run(self.chat, self.turn, MODEL, Asking(system_prompt, Sampling(seed=7)))
        async with aclosing(run) as lives:
            async for live in lives:
                self.lives.append(live)
        return await self.kept()

    async def make_ready(self, model: Model) -> Model:
        await asyncio.sleep(0)
        if self.ready:
            raise self.ready
        return model

    async def kept(self) -> Turn:
        [turn] = await self.store.turns([self.turn.id])
        return turn


def reply(*events: Event | BaseException | None, texts: Sequence[str] = ("Hello!",)) -> tuple[World, Turn]:
    async def body() -> tuple[World, Turn]:
        world = World(*events)
        await world.begin(*texts)
        return world, await world.run()

    return asyncio.run(body())


def test_a_reply_grows_and_is_kept_with_its_figures() -> None:
    world, turn = reply(Notice("Loading …"), Delta("Hel"), Delta("lo."), DONE)
    assert [(live.text, live.note) for live in world.lives] == [
        ("", ""),
        ("", "Loading …"),
        ("Hel", ""),
        ("Hello.", ""),
        ("Hello.", ""),
    ]
    assert (turn.text, turn.stop_reason, turn.engine, turn.usage, turn.timing) == (
        "Hello.",
        "end",
        "wllama",
        DONE.usage,
        DONE.timing,
    )
    assert (turn.model_id, turn.model_name, turn.where) == ("m", "Tiny", "on this device")


def test_the_request_holds_the_branch_the_system_prompt_and_the_settings() -> None:
    async def body() -> None:
        world = World(DONE)
        await world.begin("one", "two", "three")
        await world.run(system_prompt="  Be short. ")
        [request] = world.provider.requests
        assert [(message.role, message.content) for message in request.messages] == [
            ("system", "Be short."),
            ("user", "one"),
            ("assistant", "two"),
            ("user", "three"),
        ]
        assert (request.chat_id, request.sampling.seed) == ("c", 7)

    asyncio.run(body())


def test_an_error_keeps_the_words_and_says_what_to_do() -> None:
    world, turn = reply(Delta("Half an ans"), DeviceLost(detail="GPU device lost"))
    assert (turn.text, turn.stop_reason) == ("Half an ans", "error")
    assert turn.problem is not None
    assert (english(turn.problem.message), turn.problem.detail) == (english(DeviceLost.message), "GPU device lost")
    assert turn.problem.again
    assert world.provider.was_closed


def test_an_unexpected_exception_is_kept_too() -> None:
    _, turn = reply(Delta("Half"), ZeroDivisionError("division by zero"))
    assert turn.problem is not None
    assert turn.problem.detail == "ZeroDivisionError: division by zero"
    assert turn.text == "Half"


def test_a_model_that_cannot_be_made_ready_is_an_error_of_the_reply() -> None:
    async def body() -> None:
        world = World(DONE)
        await world.begin("Hello!")
        turn = await world.run(ready=AppError("It could not be fetched."))
        assert turn.problem is not None
        assert turn.problem.message == "It could not be fetched."
        assert world.provider.requests == []

    asyncio.run(body())


@pytest.mark.parametrize("steps", range(12))
def test_stopping_at_any_moment_keeps_the_words(steps: int) -> None:
    async def body() -> None:
        world = World(Delta("one "), Delta("two "), None)
        await world.begin("Hello!")
        task = asyncio.ensure_future(world.run())
        await ticks(steps)
        task.cancel()
        await asyncio.wait([task])
        await ticks()
        if world.lives:
            turn = await world.kept()
            assert (turn.text, turn.stop_reason) == (world.lives[-1].text, "stopped")
            assert world.provider.was_closed == bool(world.provider.requests)

    asyncio.run(body())


def test_a_closed_page_finds_the_words_of_the_last_seconds() -> None:
    async def body() -> None:
        world = World(Delta("one "), Delta("two "), None, step=2.0)
        await world.begin("Hello!")
        task = asyncio.ensure_future(world.run())
        await ticks()
        turn = await world.kept()
        assert (turn.text, turn.stop_reason) == ("one two ", "closed")
        task.cancel()
        await asyncio.wait([task])

    asyncio.run(body())


def test_a_full_disk_lets_the_reply_end_and_then_tells() -> None:
    async def body() -> None:
        world = World(Delta("one "), Delta("two "), Delta("three"), DONE, step=4.0)
        await world.begin("Hello!")
        world.records.is_full = True
        with pytest.raises(OutOfSpace):
            await world.run()
        assert world.lives[-1].text == "one two three"

    asyncio.run(body())


def test_lasting_notices_stay_and_passing_ones_go() -> None:
    _, turn = reply(Notice("Loading …"), Notice("Two messages are left out.", is_lasting=True), Delta("Hi"), DONE)
    assert turn.notices == ("Two messages are left out.",)


def test_the_receipt_of_an_automatic_reply_is_kept_the_last_one_where_somebody_stood_in() -> None:
    _, turn = reply(Routed({"winner": "GPT"}), Routed({"winner": "Tiny"}), Delta("Hi"), DONE)
    assert turn.receipt == {"winner": "Tiny"}
    assert reply(Delta("Hi"), DONE)[1].receipt is None


def test_going_on_adds_to_the_words_and_asks_to_continue() -> None:
    async def body() -> None:
        world = World(Delta(" and on"), DONE)
        await world.begin("Tell me more.")
        world.turn = Turn(world.turn.id, "c", "t0", "assistant", "On")
        turn = await world.run()
        assert turn.text == "On and on"
        [request] = world.provider.requests
        assert [message.content for message in request.messages] == ["Tell me more.", "On", GO_ON]

    asyncio.run(body())


def test_empty_replies_are_left_out_and_roles_alternate() -> None:
    world, _ = reply(DONE, texts=("first try", "", "second try"))
    assert [message.content for message in world.provider.requests[0].messages] == ["first try\n\nsecond try"]
    assert merged([]) == ()
    assert merged([Message("user", "a"), Message("assistant", "b"), Message("assistant", "c")]) == (
        Message("user", "a"),
        Message("assistant", "b\n\nc"),
    )


def test_thinking_is_kept_apart_with_the_seconds_it_took() -> None:
    """Fault E1."""

    async def body() -> None:
        world = World(Thought("Ea"), Thought("sy."), Delta("Par"), Delta("is."), DONE, step=1.0)
        await world.begin("Hello!")
        turn = await world.run()
        assert (turn.text, turn.thinking, turn.timing.thinking_seconds) == ("Paris.", "Easy.", 2.0)
        seen = [(live.thinking_seconds, live.is_thinking, live.thinking) for live in world.lives[1:]]
        assert seen[:3] == [(0.0, True, "Ea"), (1.0, True, "Easy."), (2.0, False, "Easy.")]

    asyncio.run(body())


def test_words_that_turn_out_to_be_thinking_are_moved() -> None:
    """Fault U1: the template had opened it."""

    async def body() -> None:
        world = World(Delta("Ea"), Delta("sy."), Reread(thinking="Easy."), Delta("Paris."), DONE, step=1.0)
        await world.begin("Hello!")
        turn = await world.run()
        assert (turn.text, turn.thinking, turn.timing.thinking_seconds) == ("Paris.", "Easy.", 2.0)
        assert [live.text for live in world.lives] == ["", "Ea", "Easy.", "", "Paris.", "Paris."]
        world = World(Thought("Paris."), Reread(text="Paris."), DONE)
        await world.begin("Hello!")
        turn = await world.run()
        assert (turn.text, turn.thinking) == ("Paris.", "")

    asyncio.run(body())


def test_a_stopped_reply_keeps_its_thinking_and_going_on_adds_to_it() -> None:
    async def body() -> None:
        world = World(Thought("Easy."), Delta("Par"), AppError("Gone."))
        await world.begin("Hello!")
        world.turn = await world.run()
        assert (world.turn.text, world.turn.thinking) == ("Par", "Easy.")
        world.provider.events = (Delta("Going on."), Reread(thinking="Going on."), Delta("is."), DONE)
        turn = await world.run()
        assert (turn.text, turn.thinking) == ("Paris.", "Easy.\n\nGoing on.")
        messages = world.provider.requests[-1].messages
        assert [message.content for message in messages] == ["Hello!", "Par", GO_ON]

    asyncio.run(body())


def test_thinking_that_an_earlier_version_kept_in_the_text_is_not_sent_back() -> None:
    """Fault U1: a record as 0.1.0 wrote it."""

    async def body() -> None:
        world = World(DONE)
        await world.begin("one", "<think>Easy.</think>\n\ntwo", "three")
        await world.run()
        assert [message.content for message in world.provider.requests[0].messages] == ["one", "two", "three"]

    asyncio.run(body())
