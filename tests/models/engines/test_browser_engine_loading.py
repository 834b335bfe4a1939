"""A load tells its phases, is never made twice for one model, and leaves nothing behind where it does not succeed."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import Any, TypeVar

import pytest

from app.core.errors import AppError, Corrupt, EngineError, LoadFailed
from app.core.places import Purpose
from app.core.ports import TellPhase
from app.core.values import EngineSettings, Event, Loading, LoadPhase, Message, Request, Sampling
from tests.models.fakes import GGUF, GPU_FILE, OTHER, Bench, text_of
from tests.models.scripted import ScriptedEngine, untold

T = TypeVar("T")
ANSWER = "The capital of France is Paris."


def ask(text: str = "Capital?", **more: Any) -> Request:
    return replace(Request((Message("user", text),), chat_id="c1"), **more)


def run(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)


def loads_of(events: Sequence[Event]) -> list[Loading]:
    return [event for event in events if isinstance(event, Loading)]


class Stuck(ScriptedEngine):
    """Comes as far as reading the model, and no further."""

    async def load(self, handles: Sequence[object], settings: EngineSettings, tell: TellPhase = untold) -> None:
        tell(LoadPhase.READING)
        await asyncio.Event().wait()


def test_a_load_tells_its_phases_and_the_time_so_far() -> None:
    bench = Bench(ScriptedEngine([ANSWER]), usual_seconds=8.0)
    told = loads_of(run(bench.events(ask())))
    assert [one.phase for one in told] == [
        LoadPhase.OPENING,
        LoadPhase.STARTING,
        LoadPhase.READING,
        LoadPhase.READY,
    ]
    # The clock moves one second at each look: at the start, at each phase after the first, and at the end.
    assert [one.seconds for one in told] == [0.0, 1.0, 2.0, 3.0]
    assert {(one.model_name, one.usual_seconds, one.is_again) for one in told} == {("Tiny", 8.0, False)}
    phases = [loaded.phase for loaded in bench.seen if loaded and loaded.state == "loading"]
    assert phases == [one.phase for one in told[:-1]]
    loaded = bench.engine.loaded()
    assert loaded is not None
    assert (loaded.phase, loaded.load_seconds) == (LoadPhase.READY, 3.0)


def test_the_next_reply_loads_nothing_and_says_nothing_of_it() -> None:
    engine = ScriptedEngine([ANSWER] * 4)
    bench = Bench(engine)
    title = ask(purpose=Purpose.TITLE, sampling=Sampling(temperature=0.2, max_tokens=24), think=False)

    async def all_of_them() -> list[Event]:
        await bench.events(ask())
        other_chat = ask(chat_id="c2", sampling=Sampling(temperature=1.5, max_tokens=64, seed=3))
        return [event for request in (other_chat, title, ask()) for event in await bench.events(request)]

    assert loads_of(run(all_of_them())) == []
    assert len(engine.loads) == 1


@pytest.mark.parametrize("purpose", [Purpose.TITLE, Purpose.SUMMARY, Purpose.STUDY])
@pytest.mark.parametrize("comes_first", [True, False])
def test_a_question_of_a_feature_loads_no_engine_anew_that_fixes_its_sampler(
    purpose: Purpose, comes_first: bool
) -> None:
    """MediaPipe loaded the model twice around each title."""
    own = Sampling(temperature=0.9, top_k=20, seed=5)
    engine = ScriptedEngine([ANSWER] * 2, name="mediapipe")
    bench = Bench(engine, chosen="mediapipe", sampling=own)
    of_chat = ask(sampling=own)
    of_feature = ask(purpose=purpose, sampling=Sampling(temperature=0.2, max_tokens=24))

    async def both() -> None:
        for request in (of_feature, of_chat) if comes_first else (of_chat, of_feature):
            await bench.events(request, GPU_FILE)

    run(both())
    assert [load.sampling.temperature for load in engine.loads] == [0.9]


@pytest.mark.parametrize(
    ("error", "detail"),
    [
        (LoadFailed("It is cut short."), "Phase: reading"),
        (EngineError("Aborted.", detail="Aborted()"), "Phase: reading\nAborted()"),
        (Corrupt(), ""),  # says all there is to say by itself
    ],
)
def test_a_failed_load_says_in_which_phase(error: AppError, detail: str) -> None:
    bench = Bench(ScriptedEngine([]))
    bench.handle = error
    with pytest.raises(type(error)) as caught:
        run(bench.events(ask()))
    assert caught.value.detail == detail
    assert bench.engine.loaded() is None


def test_a_file_that_cannot_be_opened_starts_no_engine() -> None:
    engine = ScriptedEngine([])
    bench = Bench(engine)
    bench.unreadable = Corrupt()
    with pytest.raises(Corrupt):
        run(bench.events(ask()))
    assert engine.loads == []
    assert bench.engine.loaded() is None


def test_a_load_that_is_stopped_ends_its_engine_at_once_and_the_next_question_loads_again() -> None:
    stuck = Stuck([])
    bench = Bench(stuck, ScriptedEngine([ANSWER]))

    async def stop_and_ask() -> tuple[list[LoadPhase], list[Event]]:
        seen = []
        async with aclosing(bench.engine.reply(GGUF, ask())) as events:
            async for event in events:
                assert isinstance(event, Loading)
                seen.append(event.phase)
                if event.phase == LoadPhase.READING:
                    break
        assert stuck.is_unloaded
        assert bench.engine.loaded() is None
        return seen, await bench.events(ask())

    seen, events = run(stop_and_ask())
    assert seen == [LoadPhase.OPENING, LoadPhase.READING]
    assert text_of(events) == ANSWER
    assert loads_of(events)[0].is_again is False, "Stop ended a load, not an engine that had answered"


def test_the_engine_before_is_ended_before_the_new_file_is_opened() -> None:
    first = ScriptedEngine([ANSWER])
    bench = Bench(first, ScriptedEngine([ANSWER]))
    opened: list[tuple[str, bool]] = []
    bench.on_open = lambda model: opened.append((model.id, first.is_unloaded))

    async def both() -> None:
        await bench.events(ask())
        await bench.events(ask(), OTHER)

    run(both())
    assert opened == [(GGUF.id, False), (OTHER.id, True)]


def test_a_model_that_is_not_wanted_any_more_is_freed_after_its_reply() -> None:
    engine = ScriptedEngine([ANSWER, ANSWER])
    bench = Bench(engine)

    async def ask_and_switch(wanted: str) -> bool:
        reply = asyncio.create_task(bench.events(ask()))
        await asyncio.sleep(0)
        await bench.engine.unload_unless(lambda model_id: model_id == wanted)
        assert reply.done(), "a reply under way is not cut"
        assert text_of(await reply) == ANSWER
        return engine.is_unloaded

    async def twice() -> list[bool]:
        return [await ask_and_switch(wanted) for wanted in (GGUF.id, OTHER.id)]

    assert run(twice()) == [False, True]
    assert bench.engine.loaded() is None
