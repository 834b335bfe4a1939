"""The benchmark: what it asks, what it makes of the answers, and what is kept of it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import suppress
from dataclasses import asdict, replace

import pytest

from app.core.errors import DeviceLost
from app.core.values import Delta, Done, Event, Model, Notice, Request, Timing, Usage, Used
from app.models.device.benchmark import (
    KEPT_PER_VERSION,
    READ_TOKENS,
    TEXT,
    TRIES,
    Benchmark,
    Compared,
    Comparing,
    Measurement,
    Run,
    Spread,
    exported,
    measurement_from,
    newest,
    speeds,
    spread,
    too_old,
)
from tests.memory import FakeClock
from tests.models.fakes import GGUF, Bench
from tests.models.scripted import ScriptedEngine
from tests.words import english

RUN = Run(400, 2.0, 0.5, 64, 20.0, True)
ONE = Measurement("m1", "Tiny", "wllama", "browser", 1000.0, "Chrome", "0.1.0", (RUN,))


class Timed:
    """A provider whose answers take the seconds and write at the speeds that a test gives, one pair a run."""

    def __init__(self, *pairs: tuple[float, float], reply_tokens: int = 64, fails_at: int = 0) -> None:
        self.requests: list[Request] = []
        self.short: set[int] = set()  # the numbers of the replies that end after two tokens
        self._pairs, self._tokens, self._fails_at = pairs, reply_tokens, fails_at

    async def reply(self, model: Model, request: Request) -> AsyncGenerator[Event, None]:
        await asyncio.sleep(0)
        self.requests.append(request)
        if len(self.requests) == self._fails_at:
            raise DeviceLost()
        seconds, speed = self._pairs[(len(self.requests) - 1) // 2]
        is_first = len(self.requests) == 1
        yield Notice("Loading …")
        yield Delta("Word")
        timing = Timing(3.5 if is_first else 0.0, seconds, seconds + 1, speed)
        tokens = 2 if len(self.requests) in self.short else self._tokens
        yield Done(Usage(400, tokens, counted=True), timing, "length", "wllama")


def measured(provider: Timed, runs: int = 3) -> tuple[Measurement, list[str]]:
    steps: list[str] = []

    async def body() -> Measurement:
        bench = Benchmark(provider, GGUF, FakeClock(step=0.25), runs)
        await bench.go(lambda step: steps.append(english(step)))
        return bench.measurement(
            device="Chrome", machine="here", version="0.1.0", place="browser", versions={"wllama": "3.13.0"}
        )

    return asyncio.run(body()), steps


def test_the_warm_up_is_not_counted_and_the_middle_of_the_runs_is_given_with_its_spread() -> None:
    one, steps = measured(Timed((9.0, 1.0), (2.0, 20.0), (4.0, 40.0), (1.0, 30.0)))
    assert one.writing == Spread(30.0, 20.0, 40.0)
    assert one.reading == Spread(200.0, 100.0, 400.0)
    assert one.first_token == Spread(2.0, 1.0, 4.0)
    assert (one.load_seconds, one.engine, len(one.runs), one.counted) == (3.5, "wllama", 3, True)
    assert steps == [
        "Tiny: loading, then a warm-up run",
        "Tiny: run 1 of 3",
        "Tiny: run 2 of 3",
        "Tiny: run 3 of 3",
    ]


def test_every_prompt_begins_anew_so_that_no_engine_finds_it_in_its_cache() -> None:
    provider = Timed(*[(1.0, 1.0)] * 4)
    measured(provider)
    prompts = [request.messages[-1].content for request in provider.requests]
    assert len({prompt.split()[0] for prompt in prompts}) == 4, "one mark a run"
    assert [prompt.endswith(TEXT) for prompt in prompts] == [True, False] * 4
    assert {request.sampling.max_tokens for request in provider.requests[::2]} == {READ_TOKENS}
    assert {(request.sampling.temperature, request.sampling.seed) for request in provider.requests} == {(0.0, 7)}


def test_a_reply_of_a_few_tokens_says_nothing_about_the_speed_of_writing() -> None:
    provider = Timed(*[(1.0, 50.0)] * (2 + TRIES), reply_tokens=3)
    one, _ = measured(provider, runs=2)
    assert one.writing is None
    assert one.reading is not None
    assert len(provider.requests) == 2 + 2 * (1 + TRIES), "and it is not asked for ever"


def test_an_answer_that_is_too_short_to_time_is_asked_for_again() -> None:
    provider = Timed((9.0, 1.0), (2.0, 20.0), (4.0, 40.0))
    provider.short = {4}  # the answer of the first run that counts
    one, _ = measured(provider, runs=1)
    assert one.writing == Spread(40.0, 40.0, 40.0)
    assert one.first_token == Spread(2.0, 2.0, 2.0), "of the first answer"
    prompts = [request.messages[-1].content for request in provider.requests]
    assert len(set(prompts)) == len(prompts) == 5


def test_what_is_complete_stays_where_a_run_fails() -> None:
    async def body() -> Benchmark:
        bench = Benchmark(Timed(*[(1.0, 10.0)] * 4, fails_at=6), GGUF, FakeClock(), 3)
        with pytest.raises(DeviceLost):
            await bench.go(lambda step: None)
        return bench

    bench = asyncio.run(body())
    assert len(bench.runs) == 1
    one = bench.measurement(device="", machine="", version="", place="browser", versions={})
    assert one.writing == Spread(10.0, 10.0, 10.0)


def test_stopping_keeps_the_complete_runs() -> None:
    class Hanging(Timed):
        async def reply(self, model: Model, request: Request) -> AsyncGenerator[Event, None]:
            if len(self.requests) == 5:
                await asyncio.Event().wait()
            async for event in super().reply(model, request):
                yield event

    async def body() -> Benchmark:
        bench = Benchmark(Hanging(*[(1.0, 10.0)] * 4), GGUF, FakeClock(), 3)
        task = asyncio.ensure_future(bench.go(lambda step: None))
        for _ in range(100):
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return bench

    assert len(asyncio.run(body()).runs) == 1


def test_the_model_is_freed_first_and_its_memory_is_asked_for_once_it_is_loaded() -> None:
    told: list[str] = []

    async def unload() -> None:
        told.append("freed")

    async def memory() -> int:
        told.append("asked")
        return 287_000_000

    async def body() -> Measurement:
        bench = Benchmark(Timed(*[(1.0, 10.0)] * 2), GGUF, FakeClock(), 1, unload, memory)
        await bench.go(lambda step: told.append(english(step)))
        return bench.measurement(device="", machine="", version="", place="Ollama", versions={})

    assert asyncio.run(body()).memory_bytes == 287_000_000
    assert [one for one in told if not one.startswith("Tiny")] == ["freed", "asked"]


def test_a_real_engine_behind_the_provider_is_timed_on_the_clock_of_replies() -> None:
    words = "one two three four five six seven eight nine ten"
    bench = Bench(ScriptedEngine([words] * 4, used=Used(2, on_gpu=False)))

    def used() -> Used | None:
        loaded = bench.engine.loaded()
        return loaded.used if loaded else None

    async def body() -> Measurement:
        found = Benchmark(bench.engine, GGUF, FakeClock(step=1.0), 1, bench.engine.unload, used=used)
        await found.go(lambda step: None)
        return found.measurement(device="", machine="", version="", place="browser", versions={"wllama": "3.13.0"})

    one = asyncio.run(body())
    assert one.writing == Spread(1.0, 1.0, 1.0), "its clock goes on by a second at each delta"
    assert one.load_seconds == 3.0, "and at each phase of the load"
    assert (one.threads, one.on_gpu, one.engine_version) == (2, False, "3.13.0")


@pytest.mark.parametrize(
    ("said", "speeds"),
    [
        ([None, None, Used(2), None], [10.0, 11.0, 12.0]),
        ([Used(1, on_gpu=True), Used(1, on_gpu=True), Used(2), Used(2), Used(2), None], [12.0, 13.0, 14.0]),
    ],
    ids=["an engine that is gone says nothing", "the graphics processor is lost in the second run"],
)
def test_the_runs_are_those_of_what_was_used_in_the_end(said: list[Used | None], speeds: list[float]) -> None:
    async def body() -> Measurement:
        provider = Timed((1.0, 1.0), *[(1.0, 10.0 + number) for number in range(8)])
        bench = Benchmark(provider, GGUF, FakeClock(), 3, used=lambda: said.pop(0))
        await bench.go(lambda step: None)
        return bench.measurement(device="", machine="", version="", place="browser", versions={})

    one = asyncio.run(body())
    assert (one.threads, one.on_gpu) == (2, False)
    assert [run.writing for run in one.runs] == speeds


# -- numbers of threads, compared


class Threaded(Timed):
    """Writes at the speed that a test gives for each number of threads; one run fails where it is told to."""

    def __init__(self, speeds: Mapping[int, float], usual: int, most: int = 8, fails_at: int = 0) -> None:
        super().__init__(fails_at=fails_at)
        self.speeds, self.usual, self.most, self.loads = speeds, usual, most, list[int]()
        self.used: Used | None = None

    async def reply(self, model: Model, request: Request) -> AsyncGenerator[Event, None]:
        asked = self.usual if request.threads is None else request.threads
        self.used = Used(min(asked, self.most))
        self._pairs = ((400.0 / self.speeds[asked], self.speeds[asked]),) * 100
        if self.loads[-1:] != [asked]:
            self.loads.append(asked)
        async for event in super().reply(model, request):
            yield event


def compared(provider: Threaded, counts: tuple[int, ...], runs: int = 3) -> tuple[Measurement, list[str]]:
    steps: list[str] = []

    def choose(speeds: Mapping[int, float]) -> int:
        return max(speeds, key=lambda threads: speeds[threads])

    async def body() -> Measurement:
        comparing = Comparing(lambda used: counts, choose)
        bench = Benchmark(provider, GGUF, FakeClock(step=0.25), runs, used=lambda: provider.used, comparing=comparing)
        with suppress(DeviceLost):
            await bench.go(lambda step: steps.append(english(step)))
        return bench.measurement(device="", machine="here", version="", place="browser", versions={})

    return asyncio.run(body()), steps


def test_the_number_in_use_makes_all_its_runs_and_each_other_one() -> None:
    provider = Threaded({1: 7.9, 2: 14.8}, usual=2)
    one, steps = compared(provider, (1,))
    assert one.compared == (Compared(2, False, 14.8, 14.8), Compared(1, False, 7.9, 7.9))
    assert (one.threads, len(one.runs), one.writing) == (2, 3, Spread(14.8, 14.8, 14.8))
    assert steps[-2:] == ["Tiny: run 3 of 3", "Tiny: trying 1 thread"]
    assert provider.loads == [2, 1]
    assert [request.threads for request in provider.requests] == [None] * 8 + [1] * 3
    assert len({request.messages[-1].content for request in provider.requests}) == len(provider.requests)


def test_another_number_that_is_faster_goes_on_and_is_the_measurement() -> None:
    provider = Threaded({1: 14.0, 2: 9.0, 4: 3.0}, usual=2)
    one, steps = compared(provider, (1, 4))
    assert [way.threads for way in one.compared] == [2, 1, 4]
    assert (one.threads, len(one.runs), one.writing) == (1, 3, Spread(14.0, 14.0, 14.0))
    assert steps[-4:] == ["Tiny: trying 1 thread", "Tiny: trying 4 threads", "Tiny: run 2 of 3", "Tiny: run 3 of 3"]
    assert provider.loads == [2, 1, 4, 1]


def test_an_engine_that_takes_fewer_threads_than_it_is_asked_to_is_not_compared_with_itself() -> None:
    one, _ = compared(Threaded({1: 8.0, 2: 8.0}, usual=1, most=1), (2,))
    assert (one.compared, one.threads) == ((), 1)


def test_what_fails_while_others_are_tried_leaves_what_is_complete() -> None:
    one, _ = compared(Threaded({1: 14.0, 2: 9.0, 4: 3.0}, usual=2, fails_at=13), (1, 4))
    assert [way.threads for way in one.compared] == [2, 1]
    assert (one.threads, len(one.runs)) == (2, 3), "the runs of the number in use"


# -- many of them


def test_a_measurement_comes_back_from_storage_as_it_was() -> None:
    whole = replace(
        ONE, threads=2, machine="here", compared=(Compared(2, False, 20.0, 200.0), Compared(1, True, 9.0, 0))
    )
    record = json.loads(json.dumps(asdict(whole))) | {"a_later_field": 1}
    assert measurement_from(record) == whole


def test_a_record_of_an_earlier_app_says_nothing_of_threads_and_versions() -> None:
    later = ("threads", "on_gpu", "engine_version", "machine", "compared")
    record = {name: value for name, value in json.loads(json.dumps(asdict(ONE))).items() if name not in later}
    lost: list[str] = []
    assert measurement_from(record, lost) == replace(ONE, threads=0, on_gpu=False, engine_version="")
    assert lost == []


def test_the_newest_of_each_model_engine_and_version_is_shown() -> None:
    later, other = replace(ONE, when=2000.0), replace(ONE, engine="mediapipe", when=500.0)
    before = replace(ONE, engine_version="3.8.1", when=700.0)
    assert newest([before, later, ONE, other]) == (other, later, before)


def test_twenty_are_kept_of_a_model_in_each_version_of_an_engine() -> None:
    *many, new = [replace(ONE, when=float(number)) for number in range(100, 100 + KEPT_PER_VERSION + 2)]
    others = (
        replace(ONE, model_id="m2", when=0.0),
        replace(ONE, engine="mediapipe", when=0.0),
        replace(ONE, engine_version="3.8.1", when=0.0),
    )
    assert [one.when for one in too_old([*many, *others], new)] == [101.0, 100.0]


def test_speeds_are_those_of_the_last_measurement_that_could_tell() -> None:
    silent = replace(ONE, when=3000.0, runs=(replace(RUN, writing=0.0),))
    faster = replace(ONE, when=2000.0, runs=(replace(RUN, writing=30.0),))
    assert speeds([silent, ONE, faster], {}) == {"m1": 30.0}


def test_speeds_are_those_of_the_engines_that_are_here_now_where_they_were_measured() -> None:
    now = replace(ONE, engine_version="3.13.0")
    later = replace(ONE, when=2000.0, engine_version="3.8.1", runs=(replace(RUN, writing=8.0),))
    assert speeds([now, later], {"wllama": "3.13.0"}) == {"m1": 20.0}
    assert speeds([ONE, later], {"wllama": "3.13.0"}) == {"m1": 8.0}, "none of that version: the last"
    served = replace(later, engine="Ollama", engine_version="0.32.15", when=3000.0, runs=(replace(RUN, writing=5.0),))
    assert speeds([now, later, served], {"wllama": "3.13.0"}) == {"m1": 5.0}


@pytest.mark.parametrize(("values", "found"), [([], None), ([0.0], None), ([2.0, 1.0], Spread(1.5, 1.0, 2.0))])
def test_spreads_leave_out_what_is_not_known(values: list[float], found: Spread | None) -> None:
    assert spread(values) == found


def test_the_export_holds_runs_medians_and_units() -> None:
    used = replace(ONE, threads=2, engine_version="3.13.0")
    whole = json.loads(exported([used], "0.1.0", 5000.0))
    assert (whole["units"]["writing"], whole["units"]["threads"]) == ("tokens/s", "0 unknown")
    [one] = whole["measurements"]
    assert one["medians"]["writing_tokens_per_second"] == {"median": 20.0, "low": 20.0, "high": 20.0}
    assert one["runs"][0]["prompt_tokens"] == 400
    assert (one["threads"], one["on_gpu"], one["engine_version"]) == (2, False, "3.13.0")
