"""A summary that the person asks for: who writes it, what it stands for from then on, and that it can be taken away."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from app.core.errors import DeviceLost
from app.core.places import Place
from app.core.values import Message
from app.models.answering.context import TURN_TOKENS, briefed, size_of
from app.study.chats import Chat, Turn, chat_from
from app.study.summary import Summary, after, standing
from app.ui.parts.composer import context
from tests.memory import ticks
from tests.test_session_context import LONG, ask, chatting, drawn, opened, settings
from tests.test_session_switching import CLOUD, Hybrid
from tests.ui.pages import read
from tests.words import english

TALK = ("One?", "Two?", "Three?", "Four?")


async def summed(world: Hybrid, *words: str) -> Summary:
    """The summary that the model writes as these words."""
    world.engine.next(*words)
    await opened(world)
    await world.act("context:summarise")
    found = world.session.state.chat().summary
    assert found is not None
    return found


@chatting
async def test_from_then_on_the_model_gets_it_in_place_of_the_older_messages(world: Hybrid) -> None:
    await settings(world, system_prompt="Be brief.")
    await ask(world, *TALK)
    page = drawn(world) if (await opened(world)).older else None
    assert page is not None
    assert "Tiny writes it, on this device." in page.text
    summary = await summed(world, "They counted.")
    [question] = [asked[-1].content for asked in world.engine.asked[-1:]]
    assert question.endswith("user: One?\n\nassistant: So it is.\n\nuser: Two?\n\nassistant: So it is.")
    turns = world.session.state.turns()
    assert (summary.text, summary.through, summary.model_name) == ("They counted.", turns[3].id, "Tiny")
    assert "The model gets this in place of the 4 oldest messages." in drawn(world).text
    assert "All messages after the summary reach the model." in drawn(world).text
    shown = await opened(world, "Five?")
    assert (shown.kept, shown.summed, shown.older) == (4, 4, 2)
    await world.reload(f"#/chat/{world.session.state.chat().id}")
    await ask(world, "Five?")
    sent = world.engine.asked[-1]
    assert sent == shown.filled.messages
    assert sent[0] == Message("system", briefed("Be brief.", "They counted."))
    assert [message.content for message in sent[1:]] == ["Three?", "So it is.", "Four?", "So it is.", "Five?"]
    assert shown.filled.tokens == sum(map(size_of, sent)), "no count from before the summary says anything"
    assert shown.filled.parts["summary"] == size_of(sent[0]) - TURN_TOKENS - 4


@chatting
async def test_a_second_one_holds_the_first_and_without_it_the_messages_are_sent_again(world: Hybrid) -> None:
    await ask(world, *TALK)
    await summed(world, "They counted to two.")
    second = await summed(world, "They counted to three.")
    question = world.engine.asked[-1][-1].content
    assert "Summary so far: They counted to two.\n\nuser: Three?" in question
    assert second.through == world.session.state.turns()[5].id
    await world.act("context:forget")
    assert world.session.state.chat().summary is None
    assert "Summarise earlier messages" in drawn(world).buttons()
    await ask(world, "Five?")
    assert [message.content for message in world.engine.asked[-1]][::2] == [*TALK, "Five?"]


@chatting
async def test_an_answer_above_its_end_is_made_anew_from_the_messages_themselves(world: Hybrid) -> None:
    await ask(world, *TALK)
    await summed(world, "They counted.")
    turns = world.session.state.turns()
    await world.act("chat:regenerate", turns[3].id)
    assert [message.content for message in world.engine.asked[-1]] == ["One?", "So it is.", "Two?"]
    await world.act("chat:version", turns[3].id)
    await ask(world, "Five?")
    assert world.engine.asked[-1][0].content == briefed("", "They counted.")


@chatting
async def test_a_branch_keeps_what_its_turns_are_summed_up_as(world: Hybrid) -> None:
    await ask(world, *TALK)
    await summed(world, "They counted.")
    turns = world.session.state.turns()
    await world.act("turns:branch", turns[5].id)
    chat = world.session.state.chat()
    assert chat.summary is not None
    assert chat.summary.through == chat.path[3]
    await world.reload(f"#/chat/{world.session.state.chats()[-1].id}")
    await world.act("turns:branch", turns[1].id)
    assert world.session.state.chat().summary is None


@pytest.mark.parametrize("how", ["private", "no", "unasked"])
def test_words_that_must_stay_are_summed_up_by_a_model_here(how: str) -> None:
    @chatting
    async def scene(world: Hybrid) -> None:
        world.far.place = Place.CLOUD  # type: ignore[attr-defined]
        if how == "private":
            await world.act("chat:private", True)
        await ask(world, *TALK)
        if how == "no":
            await world.session.chats.keep_leave(world.session.state.chat().id, "no")
        await world.act("models:choose", CLOUD.id)
        summary = await summed(world, "They counted.")
        assert (summary.model_name, world.far.asked) == ("Tiny", 0)

    scene()


@chatting
async def test_the_chats_own_model_writes_it_where_the_words_may_go(world: Hybrid) -> None:
    await world.act("models:choose", CLOUD.id)
    await ask(world, *TALK)
    summary = await summed(world)
    assert (summary.text, summary.model_name) == ("From far.", "Far")
    assert "Far writes it, sent to Far." in drawn(world).text
    last = world.far.requests[-1]
    assert (last.feature, last.belongs_to) == ("summary", world.session.state.chat().id)


@chatting
async def test_what_goes_wrong_is_said_in_the_sheet_and_changes_nothing(world: Hybrid) -> None:
    await ask(world, *TALK)
    world.engine.next(DeviceLost())
    await opened(world)
    await world.act("context:summarise")
    assert world.session.state.chat().summary is None
    assert read_problem(world) == english(DeviceLost().message)
    world.engine.next("")
    await world.act("context:summarise")
    assert read_problem(world) == "The model wrote no summary."
    await opened(world)
    assert drawn(world).all("div", role="alert") == []


def read_problem(world: Hybrid) -> str:
    return drawn(world).one("div", role="alert").one("strong").text


@chatting
async def test_it_can_be_stopped(world: Hybrid) -> None:
    await ask(world, *TALK)
    await opened(world)
    world.engine.next("They counted to four.")
    await world.begin("context:summarise", words=1)
    assert drawn(world).one("p", role="status").text == "Summarising…"
    world.session.act("context:stop", "")
    await world.session.jobs.join()
    assert (world.session.state.chat().summary, "Stop" in drawn(world).buttons()) == (None, False)


@chatting
async def test_a_talk_longer_than_the_model_reads_is_summed_up_in_steps(world: Hybrid) -> None:
    await ask(world, *(f"{number} {LONG}" for number in range(6)))
    before = len(world.engine.asked)
    summary = await summed(world, *(f"Step {number}." for number in range(20)))
    steps = world.engine.asked[before:]
    assert len(steps) > 1
    assert all("Summary so far: Step" in asked[-1].content for asked in steps[1:])
    assert summary.text == f"Step {len(steps) - 1}."
    limit = (await opened(world)).limit
    assert all(size_of(asked[-1]) < limit for asked in steps)


@chatting
async def test_the_ring_shows_the_room_it_gives_and_stays_while_there_is_one(world: Hybrid) -> None:
    await ask(world, *(f"{number} {LONG}" for number in range(3)))
    before = read(context(world.session)).one("button").attributes["aria-label"]
    await summed(world, "They waved.")
    assert read(context(world.session)).one("button").attributes["aria-label"] != before


@chatting
async def test_a_short_chat_offers_none(world: Hybrid) -> None:
    await ask(world, "One?")
    shown = await opened(world)
    assert shown.older == 0
    assert "Summar" not in drawn(world).text
    await world.act("context:summarise")
    assert world.session.state.chat().summary is None


def test_it_stands_for_a_branch_that_goes_on_below_it_only() -> None:
    summary = Summary("So.", "b")
    assert standing(summary, ("a", "b", "c")) == summary
    assert standing(summary, ("a", "b")) is standing(summary, ("a", "x", "c")) is standing(None, ("a",)) is None
    assert after(summary, ("a", "b", "c")) == ("c",)


def test_records_of_earlier_versions_and_odd_ones_are_read() -> None:
    record = {"id": "c", "path": ["a"], "roots": ["a"]}
    assert chat_from(record).summary is None
    lost = list[str]()
    assert chat_from({**record, "summary": {"text": 3, "through": "a"}}, lost).summary is None
    assert lost
    kept = Chat("c", summary=Summary("So.", "a", "Tiny", 5.0))
    assert chat_from({"id": "c", "summary": {"text": "So.", "through": "a", "model_name": "Tiny", "at": 5.0}}) == kept
    assert replace(Turn("t", "c", "", "user", ""), dropped=2).dropped == 2


@chatting
async def test_a_branch_that_ends_where_it_does_shows_what_will_be_sent(world: Hybrid) -> None:
    await ask(world, *TALK)
    summary = await summed(world, "They counted.")
    await world.act("turns:branch", summary.through)
    shown = await opened(world, "Five?")
    await ask(world, "Five?")
    assert shown.filled.messages == world.engine.asked[-1]
    assert (shown.kept, shown.summed, shown.dropped) == (0, 4, ())


@chatting
async def test_nobody_sums_up_a_chat_that_was_deleted(world: Hybrid) -> None:
    await ask(world, *TALK)
    chat_id = world.session.state.chat().id
    world.engine.gate = asyncio.Semaphore(0)
    world.session.act("context:summarise", "")
    await ticks()
    assert world.session.jobs.is_running(f"summary:{chat_id}")
    world.session.act("chat:delete", chat_id)
    await ticks()
    assert not world.session.jobs.is_running(f"summary:{chat_id}")
    world.engine.gate = None
