"""GGUF models on the graphics processor: asked for where it is sound, used once its words were found right."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any, TypeVar

import pytest

from app.core.errors import AppError, DeviceLost, EngineError, LoadFailed, TimedOut
from app.core.texts import Text
from app.core.values import (
    Delta,
    DeviceFacts,
    Event,
    Loading,
    LoadPhase,
    Message,
    Model,
    Request,
    Sampling,
    Thought,
)
from app.models.engines import gpu_check
from app.models.engines.browser_engine import BrowserModelEngine
from app.models.engines.gpu import Plan, Verdict, Wish, plan_for
from app.models.engines.gpu_verdicts import Graphics
from app.study.shelves import checked
from tests.memory import FakeClock, FakeDevice, MemoryRecords
from tests.models.fakes import done_of, notices_of, text_of
from tests.models.scripted import Answer, ScriptedEngine
from tests.words import english

T = TypeVar("T")
FACTS = DeviceFacts(
    has_webgpu_api=True,
    has_adapter=True,
    has_device=True,
    has_f16=True,
    has_jspi=True,
    adapter="acme one",
    browser="Chrome 156",
)
BIG = Model(id="big", name="Big", format="gguf", size_bytes=900_000_000, context_length=1024)
SMALL = replace(BIG, id="small", name="Small", size_bytes=100_000_000)
FIRST = ["One two three", "Paris."]  # the answers to the questions of the check
REPLY = "The sea is salt."
QUESTION = Request((Message("user", "Why?"),), Sampling(max_tokens=64), chat_id="c1")


def run(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)


class Device:
    """One browser with a model and its engine: `there` is what the engine says on the graphics processor."""

    def __init__(
        self,
        here: list[Answer],
        there: list[Answer] | AppError | None,
        records: MemoryRecords | None = None,
        wish: Wish = "auto",
        version: str = "3.13.0",
    ) -> None:
        self.records = records or MemoryRecords()
        self.facts, self.wish = FACTS, wish
        self.engine = ScriptedEngine(here, there=there)
        clock = FakeClock(step=1.0)
        self.gpu = Graphics(checked(self.records), clock, lambda model: self.wish, version)
        self.provider = BrowserModelEngine(
            self._open,
            lambda name: self.engine,
            FakeDevice(self.facts),
            clock,
            self.gpu,
            threads=lambda model, facts: 4,
        )

    async def _open(self, model: Model) -> tuple[object, ...]:
        return ("a file",)

    def ask(self, model: Model = BIG, request: Request = QUESTION) -> list[Event]:
        """Everything that one reply says."""

        async def events() -> list[Event]:
            return [event async for event in self.provider.reply(model, request)]

        return run(events())

    @property
    def loads(self) -> list[tuple[int, bool]]:
        """(threads, on the graphics processor) of each load."""
        return [(settings.threads, settings.on_gpu) for settings in self.engine.loads]

    @property
    def verdict(self) -> str:
        """What is stored of the model."""
        found = run(checked(self.records).all("gpu"))
        return str(found[0]["found"]) if found else ""


# -- what is decided ---------------------------------------------------------------------------------------------------


def decided(facts: DeviceFacts = FACTS, model: Model = BIG, wish: Wish = "auto") -> Plan:
    return plan_for(model, facts, wish, None, "3.13.0")


def test_it_is_asked_for_where_it_is_sound() -> None:
    assert decided().needs_check
    assert decided(replace(FACTS, browser="Edge 156")).needs_check
    assert decided(model=SMALL, wish="on").needs_check


@pytest.mark.parametrize("wish", ["auto", "on"])
@pytest.mark.parametrize(
    ("lacks", "why"),
    [
        ({"browser": "Firefox 153"}, "Chrome and Edge"),
        ({"browser": "Safari 27"}, "Chrome and Edge"),
        ({"has_jspi": False}, "current versions"),
        ({"has_device": False}, "No GPU is available"),
        ({"is_software": True}, "in software"),
        ({"has_f16": False}, "half precision"),
    ],
)
def test_nobody_can_ask_for_it_where_it_cannot_work(lacks: dict[str, Any], why: str, wish: Wish) -> None:
    plan = decided(replace(FACTS, **lacks), wish=wish)
    assert not plan.is_asked
    assert why in english(plan.why)


def test_small_models_embedding_models_other_files_and_those_switched_off_run_on_the_processor() -> None:
    assert "below 500 MB" in english(decided(model=SMALL).why)
    assert "Turned off" in english(decided(wish="off").why)
    for other in (replace(BIG, kind="embedding"), replace(BIG, format="litertlm-gpu")):
        assert decided(model=other, wish="on").why == Text("gpu.not_for_this")


def test_a_verdict_holds_for_one_browser_adapter_and_version() -> None:
    verdict = Verdict("big", "same", "Chrome 156", "acme one", "3.13.0")
    assert plan_for(BIG, FACTS, "auto", verdict, "3.13.0").is_used
    others = [(replace(FACTS, browser="Chrome 157"), "3.13.0"), (replace(FACTS, adapter="acme two"), "3.13.0")]
    for facts, version in [*others, (FACTS, "3.14.0")]:
        assert plan_for(BIG, facts, "auto", verdict, version).needs_check


# -- the check ---------------------------------------------------------------------------------------------------------


def test_the_same_first_words_and_it_is_used_from_then_on() -> None:
    device = Device([*FIRST], [*FIRST, REPLY, REPLY])
    events = device.ask()
    assert text_of(events) == REPLY
    assert device.loads == [(4, False), (1, True)]
    assert device.verdict == "same"
    loaded = device.provider.loaded()
    assert loaded is not None
    assert loaded.used is not None
    assert loaded.used.on_gpu
    assert text_of(device.ask()) == REPLY
    assert device.loads == [(4, False), (1, True)], "it stays loaded, and is not checked again"
    again = Device([], [REPLY], device.records)
    assert text_of(again.ask()) == REPLY
    assert again.loads == [(1, True)]


def test_one_right_answer_is_enough_since_it_rounds_otherwise() -> None:
    device = Device([*FIRST], ["One, two", FIRST[1], REPLY])
    device.ask()
    assert device.verdict == "same"


def test_other_words_and_the_processor_is_used_and_that_is_said_once() -> None:
    device = Device([*FIRST, REPLY, REPLY], ["@@@@", "@@@@"])
    events = device.ask()
    assert text_of(events) == REPLY
    said = "The GPU gave other words than the CPU. Big runs on the CPU."
    assert said in notices_of(events)
    assert device.loads == [(4, False), (1, True), (4, False)]
    assert device.verdict == "differs"
    assert said not in notices_of(device.ask())
    assert not device.gpu.known(BIG, FACTS).is_used
    assert "gave other words" in english(device.gpu.known(BIG, FACTS).why)
    again = Device([REPLY], [], device.records)
    again.ask()
    assert again.loads == [(4, False)], "the verdict is kept"


def test_another_version_of_the_engine_is_checked_again() -> None:
    old = Device([*FIRST, REPLY], ["@@@@", "@@@@"])
    old.ask()
    new = Device([*FIRST], [*FIRST, REPLY], old.records, version="3.14.0")
    new.ask()
    assert new.loads == [(4, False), (1, True)]
    assert new.verdict == "same"


@pytest.mark.parametrize(
    ("there", "found", "said"),
    [
        (["", ""], "silent", "No words came"),
        ([TimedOut()], "silent", "No words came"),
        (LoadFailed("shader error"), "failed", "couldn't be started"),
        (EngineError("out of memory"), "failed", "couldn't be started"),
        (TimedOut(), "silent", "No words came"),
        ([DeviceLost()], "lost", "GPU stopped"),
        (None, "unused", "didn't use"),
    ],
)
def test_where_it_fails_there_the_processor_is_used(there: Any, found: str, said: str) -> None:
    device = Device([*FIRST, REPLY], there)
    events = device.ask()
    assert text_of(events) == REPLY
    assert device.verdict == found
    assert any(said in notice for notice in notices_of(events))
    assert device.loads[-1] == (4, False)


def test_no_words_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.models.engines.gpu_check.MOST_SECONDS", 0.0)
    device = Device([*FIRST, REPLY], [*FIRST])
    assert text_of(device.ask()) == REPLY
    assert device.verdict == "silent"


def test_a_full_disk_does_not_check_the_model_before_every_reply() -> None:
    device = Device([*FIRST], [*FIRST, REPLY, REPLY])
    device.records.is_full = True
    device.ask()
    assert text_of(device.ask()) == REPLY
    assert len(device.loads) == 2


def test_a_model_that_does_not_load_at_all_says_nothing_about_the_graphics_processor() -> None:
    device = Device([EngineError("damaged")], [])
    with pytest.raises(EngineError):
        device.ask()
    assert device.verdict == ""


def test_switched_off_it_is_not_asked() -> None:
    device = Device([REPLY], [], wish="off")
    assert text_of(device.ask()) == REPLY
    assert device.loads == [(4, False)]


def test_a_benchmark_of_the_processor_gets_its_number_of_threads_and_no_check() -> None:
    device = Device([REPLY, REPLY], [])
    assert text_of(device.ask(request=replace(QUESTION, threads=1))) == REPLY
    assert text_of(device.ask(request=replace(QUESTION, threads=8))) == REPLY
    assert (device.loads, device.verdict) == ([(1, False), (8, False)], "")


def test_a_check_again_is_made_at_once_and_takes_the_place_of_the_verdict() -> None:
    device = Device([*FIRST, REPLY, *FIRST], ["@@@@", "@@@@", *FIRST])
    device.ask()

    async def again() -> list[Event]:
        return [event async for event in device.provider.check(BIG)]

    phases = [event.phase for event in run(again()) if isinstance(event, Loading)]
    assert phases[0] == LoadPhase.CHECKING
    assert phases[-1] == LoadPhase.READY
    assert device.verdict == "same"


# -- what happens later ------------------------------------------------------------------------------------------------


def used(here: list[Answer], there: list[Answer] | AppError | None) -> Device:
    """A device whose check went well before."""
    records = MemoryRecords()
    run(Graphics(checked(records), FakeClock(), lambda model: "auto", "3.13.0").note(BIG, FACTS, "same"))
    return Device(here, there, records)


def test_lost_in_the_middle_of_a_reply_its_words_are_kept_and_the_processor_goes_on() -> None:
    device = used(["is salt."], [["The ", "sea ", DeviceLost(detail="Reason: 1")]])
    events = device.ask()
    assert text_of(events) == REPLY
    assert "The GPU stopped. Big continues on the CPU." in notices_of(events)
    assert device.loads == [(1, True), (4, False)]
    assert device.engine.asked[-1] == (Message("user", "Why?"), Message("assistant", "The sea "))
    assert device.verdict == "lost"
    done = done_of(events)
    assert done.stop_reason == "end"
    assert not done.usage.counted, "each engine has counted its own part only"
    assert done.usage.reply_tokens >= 4
    again = Device([REPLY], [], device.records)
    again.ask()
    assert again.loads == [(4, False)], "until it is checked again"


def test_what_was_thought_stays_and_the_answer_is_not_asked_to_think_again() -> None:
    device = used(["is salt."], [[Thought("Hm."), "The ", "sea ", DeviceLost()]])
    events = device.ask(request=replace(QUESTION, think=True))
    assert [event.text for event in events if isinstance(event, Delta | Thought)][:3] == ["Hm.", "The ", "sea "]
    assert device.engine.settings[-1].think is False


def test_lost_before_its_first_word_the_question_is_asked_anew() -> None:
    device = used([REPLY], [[DeviceLost()]])
    assert text_of(device.ask()) == REPLY
    assert device.engine.asked[-1] == QUESTION.messages


def test_lost_while_nobody_asked_it_is_started_once_more() -> None:
    """A computer that sleeps takes the device away; that says nothing about it."""
    device = used([REPLY], [REPLY, DeviceLost(), REPLY, DeviceLost(), DeviceLost()])
    device.ask()
    events = device.ask()
    assert (text_of(events), notices_of(events)) == (REPLY, [])
    assert device.loads == [(1, True), (1, True)]
    assert device.verdict == "same"
    assert text_of(device.ask()) == REPLY
    assert device.loads[2:] == [(1, True), (4, False)]
    assert device.verdict == "lost"


def test_the_longest_length_counts_both_parts() -> None:
    device = used(["c d"], [["a ", "b ", DeviceLost()]])
    events = device.ask(request=replace(QUESTION, sampling=Sampling(max_tokens=4)))
    assert device.engine.settings[-1].sampling.max_tokens == 2
    assert done_of(events).stop_reason == "length"


def test_an_answer_of_json_is_not_mended_in_its_middle() -> None:
    device = used([], [['{"a": ', DeviceLost()]])
    with pytest.raises(DeviceLost):
        device.ask(request=replace(QUESTION, schema="json"))
    assert device.verdict == "lost"


@pytest.mark.parametrize(
    ("there", "found"), [(LoadFailed("memory"), "failed"), (TimedOut(), "silent"), (None, "unused")]
)
def test_what_no_longer_starts_there_starts_on_the_processor(there: AppError | None, found: str) -> None:
    device = used([REPLY], there)
    events = device.ask()
    assert text_of(events) == REPLY
    assert device.verdict == found
    assert device.loads == [(1, True), (4, False)]
    assert len(notices_of(events)) == 1


def test_the_questions_of_the_check_are_greedy_and_short() -> None:
    device = Device([*FIRST], [*FIRST, REPLY])
    device.ask()
    first = device.engine.settings[0]
    assert (first.sampling.temperature, first.sampling.max_tokens, first.think) == (0.0, gpu_check.TOKENS, False)
