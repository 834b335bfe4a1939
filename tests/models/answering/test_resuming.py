"""A reply whose connection broke while the page was away goes on by itself; one that breaks on show is told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from dataclasses import replace

import pytest

from app.core.errors import AppError, BadKey, DeviceLost, Interrupted, TimedOut, Unreachable
from app.core.presence import Presence
from app.core.values import Delta, Done, Event, Message, Model, Notice, Request, Reread, Thought
from app.models.answering.resuming import GO_ON, TRIES, Resuming
from tests.memory import FakeClock
from tests.words import english

MODEL, ASKED = Model("ollama:a", "A"), Request((Message("user", "Hello!"),))
AGAIN = (*ASKED.messages, Message("assistant", "One two "), Message("user", GO_ON))
Step = Event | AppError | Callable[[], None]


class Tries:
    """A provider with a script for each try; a function among its events is called."""

    def __init__(self, *tries: list[Step]) -> None:
        self.tries, self.asked = list(tries), list[Request]()

    async def reply(self, model: Model, request: Request) -> AsyncGenerator[Event, None]:
        self.asked.append(request)
        for step in self.tries.pop(0):
            if isinstance(step, AppError):
                raise step
            if callable(step):
                step()
            else:
                yield step


def run(presence: Presence, *tries: list[Step], request: Request = ASKED) -> tuple[list[Event], Tries]:
    provider = Tries(*tries)

    async def body() -> list[Event]:
        resuming = Resuming(provider, presence, FakeClock())
        return [event async for event in resuming.reply(MODEL, request)]

    return asyncio.run(asyncio.wait_for(body(), 5)), provider


def words(events: list[Event]) -> str:
    return "".join(event.text for event in events if isinstance(event, Delta))


def notices(events: list[Event]) -> list[tuple[str, bool]]:
    return [(english(event.text), event.is_lasting) for event in events if isinstance(event, Notice)]


@pytest.mark.parametrize("error", [Interrupted(), Unreachable(), TimedOut(), DeviceLost()])
def test_it_goes_on_from_the_words_that_came_and_says_so_once(error: AppError) -> None:
    page = Presence()
    first: list[Step] = [Delta("One "), page.leave, Delta("two "), page.back, error]
    events, provider = run(page, first, [Delta("three."), Done()])
    assert words(events) == "One two three."
    told = "The connection broke while the page was in the background. The reply went on by itself."
    assert notices(events) == [(told, True)]
    assert [one.messages for one in provider.asked] == [ASKED.messages, AGAIN]
    assert isinstance(events[-1], Done)


def test_what_breaks_before_ones_eyes_is_told_at_once() -> None:
    page = Presence()
    page.leave()
    page.back()
    with pytest.raises(Interrupted):
        run(page, [Delta("One "), Interrupted()])


def test_what_waiting_cannot_mend_is_told_at_once() -> None:
    page = Presence()
    with pytest.raises(BadKey):
        run(page, [Delta("One "), page.leave, BadKey()])


def test_in_the_background_it_tries_once_and_then_waits_for_the_person() -> None:
    page, seen = Presence(), list[str]()

    async def body() -> None:
        provider = Tries([Delta("One two "), page.leave, Interrupted()], [Unreachable()], [Delta("three."), Done()])
        resuming = Resuming(provider, page, FakeClock())
        async for event in resuming.reply(MODEL, ASKED):
            if isinstance(event, Notice):
                seen.append(english(event.text))
            if seen and "when you are back" in seen[-1]:
                asyncio.get_running_loop().call_soon(page.back)
        assert [one.messages for one in provider.asked] == [ASKED.messages, AGAIN, AGAIN]

    asyncio.run(asyncio.wait_for(body(), 5))
    assert [text.rpartition("The reply ")[2] for text in seen] == [
        "went on by itself.",
        "goes on when you are back.",
        "went on by itself.",
    ]


def test_a_network_that_stays_away_ends_it() -> None:
    page = Presence()
    first: list[Step] = [Delta("One "), page.leave, page.back, Interrupted()]
    with pytest.raises(Unreachable):
        run(page, first, *[list[Step]([Unreachable()])] * TRIES)


def test_before_the_first_word_only_a_page_on_show_asks_again() -> None:
    page = Presence()
    with pytest.raises(Unreachable):
        run(page, [page.leave, Unreachable()])
    events, provider = run(page, [page.back, Unreachable()], [Delta("One."), Done()])
    assert words(events) == "One."
    assert [one.messages for one in provider.asked] == [ASKED.messages] * 2


def test_thinking_alone_begins_anew_and_a_schema_is_never_pieced_together() -> None:
    page = Presence()
    first: list[Step] = [Thought("Hm."), page.leave, page.back, Interrupted()]
    events, provider = run(page, first, [Thought("Well."), Delta("One."), Done()])
    assert events.index(Reread()) < events.index(Thought("Well."))
    assert provider.asked == [ASKED, ASKED]
    held = replace(ASKED, schema="json")
    with pytest.raises(Interrupted):
        run(page, [Delta("{"), page.leave, page.back, Interrupted()], request=held)


def test_what_was_thinking_after_all_is_not_gone_on_with() -> None:
    page = Presence()
    first: list[Step] = [Delta("Hm. "), Reread("One two ", "Hm."), page.leave, page.back, Interrupted()]
    _, provider = run(page, first, [Delta("three."), Done()])
    assert provider.asked[1].messages == AGAIN


def test_what_reads_otherwise_after_the_break_keeps_the_words_before_it() -> None:
    page = Presence()
    first: list[Step] = [Delta("One two "), page.leave, page.back, Interrupted()]
    second: list[Step] = [Thought("three."), Reread("three. "), page.leave, page.back, Interrupted()]
    events, provider = run(page, first, second, [Delta("Four."), Done()])
    assert [event for event in events if isinstance(event, Reread)] == [Reread("One two three. ")]
    assert provider.asked[2].messages[-2] == Message("assistant", "One two three. ")


def test_what_is_left_out_is_told_once() -> None:
    page, left_out = Presence(), Notice("Left out.", is_lasting=True, dropped=2)
    first: list[Step] = [left_out, Delta("One "), page.leave, page.back, Interrupted()]
    events, _ = run(page, first, [left_out, Delta("two."), Done()])
    assert events.count(left_out) == 1
