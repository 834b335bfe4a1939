"""An answer by a JSON schema is shown once it was checked, or not at all: whoever gives it, however it ends."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass, replace

import pytest

from app.core.errors import AppError, BadAnswer, BadRequest, TimedOut
from app.core.json_schema import BadSchema
from app.core.places import Place, Purpose
from app.core.values import (
    Delta,
    Done,
    Event,
    Loading,
    LoadPhase,
    Message,
    Model,
    Request,
    Reread,
    Sampling,
    StopReason,
    Thought,
    Timing,
    ToolCall,
    Usage,
)
from app.models.answering import holding
from app.models.answering.dispatch import LocalModelProvider
from tests.models.fakes import GGUF, GPU_FILE, Bench, text_of
from tests.models.scripted import ScriptedEngine

SCHEMA = {
    "type": "object",
    "properties": {"front": {"type": "string"}, "level": {"enum": ["easy", "hard"]}},
    "required": ["front", "level"],
    "additionalProperties": False,
}
CARD = '{"front": "Paris?", "level": "easy"}'
ASKED = Request((Message("system", "Be brief."), Message("user", "A card?")), Sampling(max_tokens=200), schema=SCHEMA)
HOLDS = Model("ollama:a", "A", capabilities=("completion", "schema"), place=Place.COMPUTER)
DOES_NOT = replace(HOLDS, capabilities=("completion",))


def said(*texts: str, reason: StopReason = "end", tokens: int = 5) -> list[Event | AppError | None]:
    """A reply in pieces."""
    usage = Usage(10, tokens, counted=True, cost_micros=7)
    return [*map(Delta, texts), Done(usage, Timing(0.5, 0.25, 2.0), reason, "fake")]


class Fake:
    """A provider that gives one reply after the other; None among its events waits for ever."""

    def __init__(self, *replies: list[Event | AppError | None]) -> None:
        self.replies, self.requests, self.closed = list(replies), list[Request](), 0

    async def reply(self, model: Model, request: Request) -> AsyncGenerator[Event, None]:
        self.requests.append(request)
        try:
            for event in self.replies.pop(0):
                await asyncio.sleep(0)
                if event is None:
                    await asyncio.Event().wait()
                elif isinstance(event, AppError):
                    raise event
                else:
                    yield event
        finally:
            self.closed += 1


@dataclass
class Outcome:
    """What came of it."""

    events: list[Event]
    error: AppError | None = None

    @property
    def text(self) -> str:
        """What anybody would be shown."""
        return text_of(self.events)


def ask(fake: Fake, model: Model = HOLDS, request: Request = ASKED, local: LocalModelProvider | None = None) -> Outcome:
    """All of a reply through the one provider that the app has."""
    local = local or LocalModelProvider(fake, {"ollama": lambda: fake})
    outcome = Outcome([])

    async def scene() -> None:
        async for event in local.reply(model, request):
            outcome.events.append(event)

    try:
        asyncio.run(scene())
    except AppError as error:
        outcome.error = error
    return outcome


def test_a_model_that_holds_is_given_the_schema_and_its_answer_comes_in_one_piece() -> None:
    loading = Loading("A", LoadPhase.READY)
    fake = Fake([loading, Thought("Hm."), *said('{"front": "Pa', 'ris?", "level": "easy"}\n')])
    outcome = ask(fake)
    assert outcome.events[:-1] == [loading, Thought("Hm."), Delta(CARD)]
    assert isinstance(outcome.events[-1], Done)
    [request] = fake.requests
    assert request.messages == ASKED.messages
    assert request.schema == {
        **SCHEMA,
        "properties": {"front": {"type": "string", "maxLength": 200}, "level": {"enum": ["easy", "hard"]}},
    }


def test_any_other_model_is_asked_in_words() -> None:
    fake = Fake(said(f"```json\n{CARD}\n```"))
    outcome = ask(fake, DOES_NOT)
    assert (outcome.text, outcome.error) == (CARD, None)
    [request] = fake.requests
    assert request.schema is None
    assert request.messages[0] == ASKED.messages[0]
    assert request.messages[1].content == (
        f"A card?\n\nAnswer only with JSON that matches this JSON schema:\n{json.dumps(SCHEMA)}"
    )


@pytest.mark.parametrize("model", [HOLDS, DOES_NOT], ids=["holds", "asked"])
@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("Here is your card.", "no JSON object"),
        (f"Sure! {CARD}", "no JSON object"),
        (CARD[:-3], "no JSON object"),
        (f"{CARD} {CARD}", "no JSON object"),
        (f"[{CARD}]", "no JSON object"),
        ("", "no JSON object"),
        ('{"front": "Paris?"}', "lacks level"),
        ('{"front": "Paris?", "level": "odd"}', "level is none of"),
        ('{"front": "Paris?", "level": "easy", "x": 1}', "x is not asked for"),
    ],
)
def test_what_does_not_hold_is_asked_for_once_more_then_refused(model: Model, bad: str, why: str) -> None:
    good = ask(fake := Fake(said(bad), said(CARD)), model)
    assert (good.text, good.error) == (CARD, None)
    assert why in fake.requests[1].messages[-1].content
    assert '"level"' in fake.requests[1].messages[-1].content
    assert (fake.requests[1].schema is not None) is model.holds_schema
    refused = ask(fake := Fake(said(bad), said(bad)), model)
    assert (refused.text, type(refused.error), len(fake.requests)) == ("", BadAnswer, 2)
    assert why in refused.error.detail if refused.error else False


def test_both_tries_are_counted() -> None:
    for outcome in (ask(Fake(said("no"), said(CARD, tokens=6))), ask(Fake(said("no"), said("no", tokens=6)))):
        done = outcome.events[-1]
        assert isinstance(done, Done)
        assert done.usage == Usage(20, 11, counted=True, cost_micros=14)
        assert done.timing == Timing(1.0, 2.25, 4.0)


@pytest.mark.parametrize("reason", ["length", "padding", "repeating", "stopped"])
@pytest.mark.parametrize("model", [HOLDS, DOES_NOT], ids=["holds", "asked"])
def test_a_cut_answer_is_refused_although_it_reads_well(model: Model, reason: StopReason) -> None:
    outcome = ask(fake := Fake(said(CARD, reason=reason)), model)
    assert (outcome.text, type(outcome.error), len(fake.requests)) == ("", BadAnswer, 1)
    assert [type(event) for event in outcome.events] == [Done], "what it has cost is told"


def test_an_answer_that_only_repeats_itself_is_refused() -> None:
    fake = Fake([Delta('{"front": "'), *[Delta("round and round ")] * 60, *said('", "level": "easy"}')])
    outcome = ask(fake)
    assert (outcome.text, type(outcome.error)) == ("", BadAnswer)


def test_what_reads_otherwise_at_the_end_is_what_is_checked() -> None:
    outcome = ask(Fake([Delta("Hm. "), *said(f"</think>{CARD}")]))
    assert outcome.text == CARD
    assert Reread("", "Hm.") in outcome.events


@pytest.mark.parametrize("schema", [{"type": "array"}, {"type": "object", "properties": {"a": {"pattern": "a"}}}])
def test_a_bad_schema_goes_to_nobody(schema: dict[str, object]) -> None:
    for model in (HOLDS, DOES_NOT):
        outcome = ask(fake := Fake(), model, replace(ASKED, schema=schema))
        assert (type(outcome.error), fake.requests, outcome.events) == (BadSchema, [], [])


def test_any_json_is_asked_for_in_words_too() -> None:
    for model, given in ((HOLDS, "json"), (DOES_NOT, None)):
        outcome = ask(fake := Fake(said('{"a": 1}')), model, replace(ASKED, schema="json"))
        assert outcome.text == '{"a": 1}'
        assert fake.requests[0].schema == given
        assert fake.requests[0].messages[-1].content == "A card?\n\nAnswer only with JSON"


def test_a_model_that_refuses_a_schema_is_asked_in_words_from_then_on() -> None:
    fake = Fake([BadRequest()], said(CARD), said(CARD))
    local = LocalModelProvider(fake, {"ollama": lambda: fake})
    assert ask(fake, local=local).text == CARD
    assert ask(fake, local=local).text == CARD
    assert [request.schema is not None for request in fake.requests] == [True, False, False]


def test_a_refusal_for_another_reason_is_told_and_not_remembered() -> None:
    fake = Fake([BadRequest()], [BadRequest()], said(CARD))
    local = LocalModelProvider(fake, {"ollama": lambda: fake})
    assert type(ask(fake, local=local).error) is BadRequest
    assert ask(fake, local=local).text == CARD
    assert fake.requests[2].schema is not None


def test_a_tool_may_be_called_in_place_of_an_answer() -> None:
    call = ToolCall("look", {"at": 1})
    outcome = ask(Fake([call, *said()]))
    assert (outcome.events[0], outcome.text, outcome.error) == (call, "", None)


def test_an_answer_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holding, "LEAST_SECONDS", 0.01)
    monkeypatch.setattr(holding, "SECONDS_PER_TOKEN", 0.0)
    outcome = ask(fake := Fake([Delta('{"front": "'), None]))
    assert (outcome.text, type(outcome.error), fake.closed) == ("", TimedOut, 1)


def test_nobody_is_hurried_before_the_first_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holding, "LEAST_SECONDS", -1.0)
    monkeypatch.setattr(holding, "SECONDS_PER_TOKEN", 0.0)
    outcome = ask(Fake([Loading("A", LoadPhase.STARTING), *said(reason="length")]))
    assert type(outcome.error) is BadAnswer


def test_what_the_model_raises_comes_through_and_stopping_stops_it() -> None:
    error = TimedOut()
    assert ask(Fake([Delta("{"), error])).error is error

    async def scene() -> None:
        fake = Fake([Thought("Hm."), None])
        events = LocalModelProvider(fake).reply(HOLDS, replace(ASKED, purpose=Purpose.STUDY))
        fake_events = LocalModelProvider(fake, {"ollama": lambda: fake}).reply(HOLDS, ASKED)
        await events.aclose()
        assert await anext(fake_events) == Thought("Hm.")
        await fake_events.aclose()
        assert fake.closed == 1

    asyncio.run(scene())


def test_the_browsers_own_models_know_by_their_files_what_they_can() -> None:
    """llama.cpp holds a schema; LiteRT-LM and MediaPipe are asked, checked, and asked once more."""
    for model, answers, given in ((GGUF, [CARD], [True]), (GPU_FILE, ["Sure!", CARD], [False, False])):
        bench = Bench(engine := ScriptedEngine(answers))
        outcome = ask(Fake(), model, local=LocalModelProvider(bench.engine))
        assert outcome.text == CARD
        assert [settings.schema is not None for settings in engine.settings] == given
        assert ["JSON schema" in asked[-1].content for asked in engine.asked] == [not one for one in given]
