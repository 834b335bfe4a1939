"""Asking for a feature: streamed, held to a schema, kept here, stopped, and entered in the ledger however it ends."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

import pytest

from app.core import values
from app.core.errors import AppError, BadAnswer, DeviceLost, ModelMissing
from app.core.places import Place, Purpose
from app.core.schemas import schema_of
from app.core.texts import Text
from app.core.values import AnsweredBy, Delta, Done, Message, Model, Notice, Reread, Thought, Timing, Usage
from app.study.ask import Ask, Question
from app.study.chats import Turn
from app.study.features import Feature
from app.study.replies import Live
from tests.memory import FakeClock
from tests.study.scripted import Scripted
from tests.words import english

T = TypeVar("T")
HERE = Model("tiny", "Tiny")
FAR = Model("cloud:openai:mini", "Mini", where="sent to OpenAI", place=Place.CLOUD)
AUTOMATIC = Model("automatic", "Automatic")
CARDS = Feature("cards", Text("study.code"), Text("study.code_about"))
QUESTION = Question(CARDS, "Write a card.", "c1")
DONE = Done(Usage(3, 2, counted=True), Timing(), "end", "wllama")
CUT = Done(Usage(3, 2, counted=True), Timing(), "length", "wllama")


@dataclass(frozen=True, slots=True)
class Card:
    front: str
    back: str
    kind: Literal["fact", "word"] = "fact"


@dataclass(frozen=True, slots=True)
class Entered:
    turn: Turn
    seconds: float
    feature: str
    prompt: list[str]
    was_automatic: bool


class World(Scripted):
    """One model that says what a test wrote, and a ledger that remembers."""

    def __init__(
        self,
        events: Sequence[values.Event | AppError | None] = (),
        model: Model | None = HERE,
        may_leave: bool = True,
    ) -> None:
        super().__init__(*events)
        self.model, self.may_leave = model, may_leave
        self.entered: list[Entered] = []
        self.prepared: list[str] = []
        self.stayed: list[bool] = []

    @property
    def ask(self) -> Ask:
        return Ask(
            self,
            FakeClock(step=1.0),
            english,
            who=self.who,
            may_leave=lambda chat_id: self.may_leave,
            prepare=self.prepare,
            enter=self.enter,
        )

    def who(self, feature: Feature, chat_id: str, *, stays: bool) -> Model | None:
        self.stayed.append(stays)
        return HERE if stays and self.model else self.model

    async def prepare(self, name: str) -> None:
        self.prepared.append(name)

    async def enter(self, turn: Turn, seconds: float, feature: str, prompt: list[str], *, was_automatic: bool) -> None:
        await asyncio.sleep(0)
        self.entered.append(Entered(turn, seconds, feature, prompt, was_automatic))


def run(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)


def said(text: str, end: Done = DONE) -> World:
    return World([Delta(text), end])


async def lives(world: World, question: Question = QUESTION, most: int = 99) -> list[Live]:
    found: list[Live] = []
    async with aclosing(world.ask.stream(question)) as answers:
        async for live in answers:
            found.append(live)
            if len(found) == most:
                break
    return found


def test_an_answer_grows_and_is_entered_once() -> None:
    world = World([AnsweredBy(FAR), Notice("Loading …"), Thought("Hm."), Delta("Par"), Delta("is."), DONE])
    found = run(lives(world))
    assert [(live.text, live.note, live.thinking) for live in found] == [
        ("", "Loading …", ""),
        ("", "", "Hm."),
        ("Par", "", "Hm."),
        ("Paris.", "", "Hm."),
        ("Paris.", "", "Hm."),
    ]
    [line] = world.entered
    assert (line.turn.model_id, line.turn.text, line.turn.usage, line.turn.chat_id) == (
        FAR.id,
        "Paris.",
        DONE.usage,
        "c1",
    )
    assert (line.feature, line.prompt, line.was_automatic) == ("cards", ["Write a card."], False)
    assert line.seconds > 0


def test_the_request_says_who_asks_and_why() -> None:
    world = said("Paris.")
    question = Question(CARDS, "Card?", "c1", (Message("system", "Be short."),), max_tokens=9, temperature=0.0)
    assert run(world.ask.text(question)) == "Paris."
    [request] = world.requests
    assert [message.content for message in request.messages] == ["Be short.", "Card?"]
    assert (request.feature, request.purpose, request.belongs_to) == ("cards", Purpose.STUDY, "c1")
    assert (request.sampling.max_tokens, request.sampling.temperature, request.think) == (9, 0.0, False)
    assert (request.schema, request.farthest) == (None, Place.CLOUD)
    assert world.entered[0].prompt == ["Be short.", "Card?"]


def test_what_reads_otherwise_at_the_end_is_believed() -> None:
    world = World([Delta("Easy. Paris."), Reread("Paris.", "Easy."), DONE])
    assert run(world.ask.text(QUESTION)) == "Paris."
    assert world.entered[0].turn.thinking == "Easy."


@pytest.mark.parametrize(("may_leave", "stays_here"), [(False, False), (True, True)], ids=["the-chat", "the-question"])
def test_words_that_stay_are_for_a_model_here(may_leave: bool, stays_here: bool) -> None:
    world = World([Delta("Paris."), DONE], FAR, may_leave)
    question = Question(CARDS, "Card?", "c1", stays_here=stays_here)
    assert world.ask.model_for(CARDS, "c1", stays_here=stays_here) == HERE
    run(world.ask.text(question))
    assert world.stayed == [True, True]
    assert world.requests[0].stays_here
    assert world.entered[0].turn.model_id == HERE.id


def test_automatic_is_prepared_for_the_request_that_it_gets() -> None:
    world = World([AnsweredBy(HERE), Delta("Paris."), DONE], AUTOMATIC)
    run(world.ask.text(QUESTION))
    assert world.prepared == [world.requests[0].chat_id] == ["cards-c1"]
    assert world.entered[0].was_automatic


def test_without_a_model_nothing_is_asked() -> None:
    world = World(model=None)
    assert world.ask.model_for(CARDS) is None
    with pytest.raises(ModelMissing):
        run(world.ask.text(QUESTION))
    assert (world.requests, world.entered) == ([], [])


def test_an_error_is_raised_and_what_had_come_is_entered() -> None:
    world = World([Delta("Par"), DeviceLost()])
    with pytest.raises(DeviceLost):
        run(world.ask.text(QUESTION))
    assert [(line.turn.text, line.turn.stop_reason) for line in world.entered] == [("Par", "error")]


def test_closing_the_iterator_stops_the_model_and_enters_what_came() -> None:
    world = World([Delta("Par"), None])
    assert len(run(lives(world, most=1))) == 1
    assert world.was_closed
    assert [(line.turn.text, line.turn.stop_reason) for line in world.entered] == [("Par", "stopped")]


@pytest.mark.parametrize("has_shape", [False, True], ids=["text", "json"])
def test_cancelling_the_task_does_the_same(has_shape: bool) -> None:
    async def scene() -> World:
        world = World([Delta("Par"), None])
        work: Coroutine[Any, Any, object] = world.ask.json(QUESTION, Card) if has_shape else world.ask.text(QUESTION)
        task = asyncio.ensure_future(work)
        for _ in range(5):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait({task})
        assert task.cancelled()
        return world

    world = run(scene())
    assert world.was_closed
    assert [(line.turn.text, line.turn.stop_reason) for line in world.entered] == [("Par", "stopped")]


# -- JSON


def test_an_answer_is_read_as_its_shape() -> None:
    world = said('{"front": "Capital?", "back": "Paris"}\n')
    assert run(world.ask.json(QUESTION, Card)) == Card("Capital?", "Paris")
    assert world.requests[0].schema == schema_of(Card)


def test_a_schema_of_the_questions_own_goes_before_that_of_the_shape() -> None:
    world, schema = said('{"front": "a", "back": "b"}'), {"type": "object"}
    run(world.ask.json(Question(CARDS, "Card?", schema=schema), Card))
    assert world.requests[0].schema == schema


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Paris",
        "[]",
        '{"front": "a"}',
        '{"front": "a", "back": 7}',
        '{"front": "a", "back": "b", "kind": "joke"}',
        'Here: {"front": "a", "back": "b"}',
        '{"front": "a", "back": "b"',
        '{"front": "a", "back": "b"} {"front": "a", "back": "b"}',
    ],
)
def test_an_answer_of_another_shape_is_refused_and_never_mended(text: str) -> None:
    world = said(text)
    with pytest.raises(BadAnswer) as caught:
        run(world.ask.json(QUESTION, Card))
    assert text.strip() in caught.value.detail
    assert len(world.entered) == 1


def test_what_a_refused_answer_has_cost_is_entered() -> None:
    world = World([CUT, BadAnswer()])
    with pytest.raises(BadAnswer):
        run(world.ask.json(QUESTION, Card))
    assert [(line.turn.stop_reason, line.turn.usage) for line in world.entered] == [("error", CUT.usage)]
