"""One model loaded, one reply at a time; every way a reply can end leaves the next one working."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Coroutine, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import pytest

from app.core.errors import DeviceLost, EngineError, LoadFailed, NotSupported, TooLong
from app.core.ports import TellPhase
from app.core.values import (
    Counted,
    Delta,
    DeviceFacts,
    EngineSettings,
    Event,
    Loading,
    Message,
    Request,
    Sampling,
    Thought,
)
from app.models.engines.browser_engine import WAITING
from tests.models.fakes import GGUF, GPU_FILE, NO_WEBGPU, OTHER, Bench, done_of, notices_of, text_of
from tests.models.scripted import ScriptedEngine, untold
from tests.words import raises

T = TypeVar("T")
ANSWER = "The capital of France is Paris."
LONG = "one two three four five six seven eight nine ten"


def ask(*texts: str, **sampling: Any) -> Request:
    turns = [Message("user" if index % 2 == 0 else "assistant", text) for index, text in enumerate(texts)]
    return Request(tuple(turns), Sampling(**sampling), chat_id="c1")


async def turns(number: int = 20) -> None:
    """Let the other tasks go on for a while."""
    for _ in range(number):
        await asyncio.sleep(0)


def run(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)


def test_a_model_is_loaded_on_demand_and_its_reply_streams() -> None:
    bench = Bench(ScriptedEngine([ANSWER, ANSWER]))
    events = run(bench.events(ask("Capital?")))
    assert text_of(events) == ANSWER
    assert sum(isinstance(event, Delta) for event in events) > 1
    states = [loaded.state for loaded in bench.seen if loaded]
    assert states == ["loading", "loading", "loading", "ready", "answering", "ready"], "loading has three phases"
    run(bench.events(ask("Again?")))
    assert bench.made == ["wllama"]


def test_the_last_event_tells_tokens_times_and_the_engine() -> None:
    done = done_of(run(Bench(ScriptedEngine(["a b c d e f g h"])).events(ask("one two"))))
    assert (done.usage.prompt_tokens, done.usage.reply_tokens, done.usage.counted) == (2, 8, True)
    assert (done.engine, done.stop_reason) == ("wllama", "end")
    # The clock moves one second at each look: start, one per delta, end.
    assert (done.timing.first_token_seconds, done.timing.total_seconds) == (1.0, 9.0)
    assert done.timing.tokens_per_second == pytest.approx((8 - 1) / 7)
    assert done.timing.load_seconds > 0


@pytest.mark.parametrize(("words", "own", "wanted"), [(3, 0.0, 0.0), (3, 12.5, 12.5), (9, 12.5, 12.5), (9, 0.0, 1.0)])
def test_the_speed_is_the_engines_own_where_it_tells_it(words: int, own: float, wanted: float) -> None:
    """Faults, section 7: over fewer than eight tokens our own clock means nothing."""

    class Timed(ScriptedEngine):
        @property
        def last_counts(self) -> Counted | None:
            return Counted(2, words, own, 50.0)

    timing = done_of(run(Bench(Timed(["a " * words])).events(ask("one two")))).timing
    assert timing.tokens_per_second == pytest.approx(wanted)
    assert timing.read_per_second == 50.0


def test_thinking_comes_apart_and_is_counted_as_the_reply() -> None:
    """Fault E1."""
    bench = Bench(ScriptedEngine([[Thought("Ea"), Thought("sy."), "Paris."]]))
    events = run(bench.events(replace(ask("Capital?"), think=True)))
    pieces = [event for event in events if isinstance(event, (Thought, Delta))]
    assert pieces == [Thought("Ea"), Thought("sy."), Delta("Paris.")]
    done = done_of(events)
    assert (done.usage.reply_tokens, done.timing.first_token_seconds) == (3, 1.0)


def test_a_reply_of_thoughts_alone_is_cut_at_its_longest_length() -> None:
    bench = Bench(ScriptedEngine([[Thought("a "), Thought("b "), Thought("c ")]]))
    events = run(bench.events(ask("Capital?", max_tokens=2)))
    assert [event.text for event in events if isinstance(event, Thought)] == ["a ", "b "]
    assert done_of(events).stop_reason == "length"


@pytest.mark.parametrize("think", [True, False, None])
def test_the_switch_is_handed_on_without_loading_the_model_again(think: bool | None) -> None:
    """Fault E1."""
    asked: list[EngineSettings] = []

    class Asked(ScriptedEngine):
        def generate(
            self, messages: Sequence[Message], settings: EngineSettings, chat_id: str = ""
        ) -> AsyncGenerator[Delta | Thought, None]:
            asked.append(settings)
            return super().generate(messages, settings, chat_id)

    engine = Asked([ANSWER, ANSWER])
    bench = Bench(engine)
    run(bench.events(ask("Capital?")))
    run(bench.events(replace(ask("Capital?"), think=think)))
    assert asked[-1].think is think
    assert len(engine.loads) == 1


def test_tokens_are_called_estimated_where_the_engine_does_not_count() -> None:
    class Uncounted(ScriptedEngine):
        @property
        def last_counts(self) -> Counted | None:
            return None

    usage = done_of(run(Bench(Uncounted([ANSWER])).events(ask("Capital?")))).usage
    assert usage.counted is False
    assert usage.prompt_tokens > 0
    assert usage.reply_tokens >= 6


def test_the_engine_the_person_chose_is_used_and_liter_lm_otherwise() -> None:
    chosen = Bench(ScriptedEngine([ANSWER], name="mediapipe", needs_template=True), chosen="mediapipe")
    run(chosen.events(ask("Capital?"), GPU_FILE))
    assert chosen.made == ["mediapipe"]
    preferred = Bench(ScriptedEngine([ANSWER]), chosen="wllama")
    run(preferred.events(ask("Capital?"), GPU_FILE))
    assert preferred.made == ["litert-lm-gpu"]


def test_an_engine_without_a_template_gets_the_whole_prompt() -> None:
    engine = ScriptedEngine([ANSWER], needs_template=True)
    run(Bench(engine).events(ask("Hello!")))
    assert engine.asked == [(Message("user", "<start_of_turn>user\nHello!<end_of_turn>\n<start_of_turn>model\n"),)]


def test_a_model_that_cannot_run_here_says_why_and_nothing_is_loaded() -> None:
    bench = Bench(facts=NO_WEBGPU)
    with raises(NotSupported, "graphics processor"):
        run(bench.events(ask("Hello!"), GPU_FILE))
    assert bench.engine.loaded() is None


def test_another_model_takes_the_place_of_the_loaded_one() -> None:
    first, second = ScriptedEngine([ANSWER]), ScriptedEngine([LONG])
    bench = Bench(first, second)

    async def both() -> str:
        await bench.events(ask("Capital?"))
        return text_of(await bench.events(ask("Count."), OTHER))

    assert run(both()) == LONG
    assert first.is_unloaded
    loaded = bench.engine.loaded()
    assert loaded is not None
    assert loaded.model_id == "m2"


def test_a_sampler_that_is_fixed_at_loading_loads_the_model_anew() -> None:
    engines = [ScriptedEngine([ANSWER, ANSWER], name="mediapipe") for _ in range(2)]
    bench = Bench(*engines, chosen="mediapipe")

    async def both() -> None:
        await bench.events(ask("Capital?", temperature=0.5), GPU_FILE)
        await bench.events(ask("Capital?", temperature=0.5, max_tokens=7), GPU_FILE)
        await bench.events(ask("Capital?", temperature=0.9), GPU_FILE)

    run(both())
    assert [load.sampling.temperature for engine in engines for load in engine.loads] == [0.5, 0.9]


def test_replies_wait_for_each_other_and_say_so() -> None:
    bench = Bench(ScriptedEngine([LONG, ANSWER]))

    async def both() -> tuple[list[Event], list[Event]]:
        return await asyncio.gather(bench.events(ask("Count.")), bench.events(ask("Capital?")))

    first, second = run(both())
    assert (text_of(first), text_of(second)) == (LONG, ANSWER)
    assert second[0] == WAITING


def test_a_reply_that_waits_can_be_cancelled() -> None:
    bench = Bench(ScriptedEngine([LONG, ANSWER]))

    async def three() -> tuple[str, str]:
        first = asyncio.create_task(bench.events(ask("Count.")))
        await asyncio.sleep(0)
        waiting = asyncio.create_task(bench.events(ask("Never mind.")))
        await asyncio.sleep(0)
        waiting.cancel()
        last = await bench.events(ask("Capital?"))
        return text_of(await first), text_of(last)

    assert run(three()) == (LONG, ANSWER)


def test_stop_reaches_the_engine_and_the_next_message_works() -> None:
    engine = ScriptedEngine([LONG, ANSWER])
    bench = Bench(engine)

    async def both() -> tuple[str, str]:
        return await bench.first(ask("Count."), deltas=2), text_of(await bench.events(ask("Capital?")))

    assert run(both()) == ("one two ", ANSWER)
    assert bench.made == ["wllama"]


def test_a_cancelled_task_stops_the_engine_too() -> None:
    engine = ScriptedEngine([["word "] * 10_000, ANSWER])
    bench = Bench(engine)

    async def both() -> tuple[bool, str]:
        task = asyncio.create_task(bench.events(ask("Talk.", max_tokens=20_000)))
        await turns()
        task.cancel()
        await asyncio.wait([task])
        return engine.was_stopped, text_of(await bench.events(ask("Capital?")))

    assert run(both()) == (True, ANSWER)


def test_an_engine_that_restarts_after_stop_is_loaded_again_and_the_person_is_told() -> None:
    first, second = ScriptedEngine([LONG], restarts_after_stop=True), ScriptedEngine([ANSWER])
    bench = Bench(first, second)

    async def both() -> list[Any]:
        await bench.first(ask("Count."))
        assert bench.engine.loaded() is None
        return await bench.events(ask("Capital?"))

    events = run(both())
    assert first.is_unloaded
    assert [event.is_again for event in events if isinstance(event, Loading)] == [True] * 4
    assert text_of(events) == ANSWER


def test_an_engine_that_restarts_after_stop_stays_when_the_reply_ends_by_itself() -> None:
    bench = Bench(ScriptedEngine([LONG, ANSWER], restarts_after_stop=True))

    async def both() -> None:
        await bench.events(ask("Count."))
        await bench.events(ask("Capital?"))

    run(both())
    assert len(bench.made) == 1


def test_stopping_while_the_model_loads_frees_it() -> None:
    class Slow(ScriptedEngine):
        async def load(self, handles: Sequence[object], settings: EngineSettings, tell: TellPhase = untold) -> None:
            await asyncio.Event().wait()

    slow = Slow([])
    bench = Bench(slow, ScriptedEngine([ANSWER]))

    async def both() -> str:
        task = asyncio.create_task(bench.events(ask("Capital?")))
        await turns()
        task.cancel()
        await asyncio.wait([task])
        assert bench.engine.loaded() is None
        return text_of(await bench.events(ask("Capital?")))

    assert run(both()) == ANSWER
    assert slow.is_unloaded


@pytest.mark.parametrize("error", [DeviceLost(), EngineError("Aborted.")])
def test_a_failed_engine_is_thrown_away_and_the_next_message_loads_anew(error: EngineError) -> None:
    failing = ScriptedEngine([error])
    bench = Bench(failing, ScriptedEngine([ANSWER]))

    async def both() -> str:
        with pytest.raises(type(error)):
            await bench.events(ask("Capital?"))
        assert bench.engine.loaded() is None
        return text_of(await bench.events(ask("Capital?")))

    assert run(both()) == ANSWER
    assert failing.is_unloaded


def test_a_model_that_does_not_load_leaves_nothing_behind() -> None:
    broken = ScriptedEngine([])
    bench = Bench(broken, ScriptedEngine([ANSWER]))

    async def both() -> str:
        bench.handle = LoadFailed("The file is cut short.")
        with raises(LoadFailed, "cut short"):
            await bench.events(ask("Capital?"))
        assert bench.engine.loaded() is None
        bench.handle = "a file"
        return text_of(await bench.events(ask("Capital?")))

    assert run(both()) == ANSWER
    assert broken.is_unloaded


def test_an_overflow_all_the_same_is_tried_once_more_with_fewer_turns() -> None:
    second = ScriptedEngine([ANSWER])
    bench = Bench(ScriptedEngine([TooLong()]), second)
    turns = ["a few words " * 20] * 8
    events = run(bench.events(ask(*turns, "Capital?")))
    assert text_of(events) == ANSWER
    assert any("left out" in notice for notice in notices_of(events))
    assert len(second.asked[0]) < 9
    assert second.asked[0][-1].content == "Capital?"


def test_an_overflow_of_a_single_question_is_too_long() -> None:
    bench = Bench(ScriptedEngine([TooLong(detail="491 >= 256")]))
    with pytest.raises(TooLong) as caught:
        run(bench.events(ask("Capital?")))
    assert caught.value.limit == 1024
    assert caught.value.detail == "491 >= 256"


def test_a_second_overflow_is_too_long() -> None:
    bench = Bench(ScriptedEngine([TooLong()]), ScriptedEngine([TooLong()]))
    with pytest.raises(TooLong):
        run(bench.events(ask("A", "B", "C")))


def test_turns_that_do_not_fit_are_dropped_before_sending() -> None:
    engine = ScriptedEngine([ANSWER])
    events = run(Bench(engine).events(ask(*["word " * 100] * 20, "Capital?")))
    assert "oldest messages are left out" in notices_of(events)[0]
    assert engine.asked[0][-1].content == "Capital?"


def test_endless_padding_is_stopped() -> None:
    engine = ScriptedEngine([["Paris.", *["<pad>"] * 500]])
    events = run(Bench(engine).events(ask("Capital?")))
    assert text_of(events) == "Paris."
    assert done_of(events).stop_reason == "padding"
    assert engine.was_stopped


def test_the_limit_of_tokens_holds_for_an_engine_that_has_none() -> None:
    engine = ScriptedEngine([LONG])
    events = run(Bench(engine).events(ask("Count.", max_tokens=3)))
    assert text_of(events) == "one two three "
    assert done_of(events).stop_reason == "length"
    assert engine.was_stopped


def test_unload_waits_for_the_reply_and_frees_the_engine() -> None:
    engine = ScriptedEngine([ANSWER])
    bench = Bench(engine)

    async def both() -> str:
        reply = asyncio.create_task(bench.events(ask("Capital?")))
        await asyncio.sleep(0)
        await bench.engine.unload()
        return text_of(await reply)

    assert run(both()) == ANSWER
    assert engine.is_unloaded
    assert bench.seen[-1] is None


def test_the_context_length_is_the_models_own_up_to_what_a_device_can_hold() -> None:
    engine = ScriptedEngine([ANSWER])
    run(Bench(engine).events(ask("Hello!"), GGUF))
    assert engine.loads[0].context_length == 1024


def test_a_broken_device_check_is_an_error_before_anything_else() -> None:
    class Broken(ScriptedEngine):
        async def generate(
            self, messages: Sequence[Message], settings: EngineSettings, chat_id: str = ""
        ) -> AsyncGenerator[Delta | Thought, None]:
            yield Delta("never")

    bench = Bench(Broken([]), facts=DeviceFacts(is_secure=False))
    with raises(NotSupported, "https"):
        run(bench.events(ask("Hello!"), GPU_FILE))
    assert bench.made == []


def test_a_schema_goes_to_the_engine_and_loads_nothing_anew() -> None:
    bench = Bench(engine := ScriptedEngine(["{}", "Hello."]))
    schema = {"type": "object"}
    run(bench.events(replace(ask("A card?"), schema=schema)))
    run(bench.events(ask("Hello?")))
    assert [settings.schema for settings in engine.settings] == [schema, None]
    assert len(engine.loads) == 1
