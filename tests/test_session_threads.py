"""How many threads a model gets, corrected by what was measured on this device."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, replace

from app.core.ports import TellPhase
from app.core.values import Counted, DeviceFacts, EngineSettings, Used
from app.models.answering.reply_meter import LEAST_TOKENS
from app.session.measuring import Measuring
from app.study.archive.backup import kept, write_backup
from tests.memory import WEBGPU, picked, ticks
from tests.models.scripted import untold
from tests.test_session import SlowEngine, World
from tests.words import english

WORDS = " ".join(["wave"] * (LEAST_TOKENS + 4))
FOUR_CORES = replace(
    WEBGPU, platform="Linux", cores=4, is_isolated=True, has_shared_memory=True
)  # two threads as a rule


class ThreadedEngine(SlowEngine):
    """Says which threads it runs on, and writes at the speed of so many."""

    speeds: Mapping[int, float] = {}

    async def load(self, handles: Sequence[object], settings: EngineSettings, tell: TellPhase = untold) -> None:
        await super().load(handles, settings, tell)
        self.used = Used(settings.threads)

    @property
    def last_counts(self) -> Counted | None:
        counts = super().last_counts
        return replace(counts, tokens_per_second=self.speeds[self.used.threads]) if counts and self.used else counts


class Threaded(World):
    """A page whose engine is the faster or the slower, the more threads it has."""

    def __init__(self, speeds: Mapping[int, float], facts: DeviceFacts) -> None:
        super().__init__(facts=facts)
        self.engine = self.threaded = ThreadedEngine(["Hi there.", *[WORDS] * 40])
        self.threaded.speeds = speeds

    @property
    def part(self) -> Measuring:
        """The actions of measuring."""
        found: Measuring = self.session.measure
        return found

    @property
    def threads(self) -> list[int]:
        """Of each load."""
        return [settings.threads for settings in self.engine.loads]

    async def measure(self, runs: str = "1") -> None:
        """Measure the model that is here."""
        await self.act("measure:count", runs)
        await self.act("measure:start", "tiny")


def play(
    scene: Callable[[Threaded], Awaitable[None]], speeds: Mapping[int, float], facts: DeviceFacts = FOUR_CORES
) -> None:
    async def body() -> None:
        world = Threaded(speeds, facts)
        await world.session.start("")
        await world.session.jobs.join()
        await world.act("chat:send", "Hello!")
        await scene(world)
        await world.session.jobs.join()
        assert world.notices == []

    asyncio.run(body())


def test_the_fastest_number_of_threads_is_used_from_then_on_also_after_a_reload() -> None:
    async def scene(world: Threaded) -> None:
        await world.measure("2")
        [one] = world.part.measurements()
        assert {way.threads: way.writing for way in one.compared} == {2: 9.0, 1: 5.0, 4: 12.0}
        assert (one.threads, len(one.runs)) == (4, 2)
        assert world.session.state.speeds() == {"tiny": 12.0}
        assert world.threads == [2, 2, 1, 4], "in use, freed and loaded anew, then the others"
        await world.reload()
        await world.act("chat:send", "Again?")
        assert world.threads[4:] == [4]
        await world.act("models:check")
        assert world.part.threads_by(one) == 4

    play(scene, {1: 5.0, 2: 9.0, 4: 12.0})


def test_measuring_again_begins_with_what_is_in_use_and_replaces_what_was_found() -> None:
    async def scene(world: Threaded) -> None:
        await world.measure()
        assert world.session.state.settings().threads["tiny"].speeds == ((2, 3.0), (1, 6.0), (4, 2.0))
        world.threaded.speeds = {1: 6.0, 2: 11.0, 4: 2.0}  # the machine is not busy any more
        await world.measure()
        assert world.session.state.settings().threads["tiny"].speeds == ((1, 6.0), (2, 11.0), (4, 2.0))
        await world.act("chat:send", "Again?")
        assert world.threads[-1] == 2

    play(scene, {1: 6.0, 2: 3.0, 4: 2.0})


def test_forgetting_what_was_measured_forgets_the_correction() -> None:
    async def scene(world: Threaded) -> None:
        await world.measure()
        await world.act("measure:forget", "tiny")
        assert world.session.state.settings().threads == {}
        await world.act("chat:send", "Again?")
        assert world.threads[-1] == 2

    play(scene, {1: 6.0, 2: 3.0, 4: 2.0})


def test_a_backup_from_another_machine_corrects_nothing_here() -> None:
    async def scene(world: Threaded) -> None:
        await world.measure()
        backup = write_backup(kept(await world.records.snapshot()), "0.1.0", 5.0)
        [one] = world.part.measurements()
        await world.act("measure:forget", "tiny")
        world.device.fixed = replace(FOUR_CORES, cores=2)
        world.device.forget()
        await world.act("archive:open", picked("b", backup.encode()))
        await world.look("measure")
        assert world.part.measurements() == (one,)
        await world.reload()
        await world.act("chat:send", "Again?")
        assert world.threads[-1] == 2
        await world.act("models:check")
        assert world.part.threads_by(one) == 0

    play(scene, {1: 6.0, 2: 3.0, 4: 2.0})


def test_what_is_found_with_an_engine_counts_for_that_version_only() -> None:
    async def scene(world: Threaded) -> None:
        await world.measure()
        settings = world.session.state.settings()
        older = {id: replace(one, engine_version="3.8.1") for id, one in settings.threads.items()}
        record = asdict(replace(settings, threads=older))
        await world.records.write([("settings", "settings", json.loads(json.dumps(record)))])
        await world.reload()
        await world.act("chat:send", "Again?")
        assert world.threads[-1] == 2

    play(scene, {1: 6.0, 2: 3.0, 4: 2.0})


def test_nothing_is_compared_where_threads_cannot_share_memory() -> None:
    async def scene(world: Threaded) -> None:
        await world.measure()
        [one] = world.part.measurements()
        assert (one.compared, one.threads) == ((), 1)
        await world.act("models:check")
        assert not world.part.compares()

    play(scene, {0: 5.0, 1: 5.0}, replace(FOUR_CORES, is_isolated=False))


def test_stop_while_others_are_tried_keeps_what_is_complete() -> None:
    async def scene(world: Threaded) -> None:
        await world.act("measure:count", "1")
        await world.begin("measure:start", "tiny", words=3 * (3 + LEAST_TOKENS + 4) + (LEAST_TOKENS + 4) + 2)
        await ticks(400)
        progress = world.part.progress()
        assert progress is not None
        assert english(progress.step) == "Tiny: trying 4 threads"
        await world.act("measure:stop")
        await ticks()
        [one] = world.part.measurements()
        assert ([way.threads for way in one.compared], one.threads, len(one.runs)) == ([2, 1], 2, 1)
        world.engine.gate = None
        await world.act("chat:send", "Again?")
        assert world.threads[-1] == 1, "of those that were tried"

    play(scene, {1: 6.0, 2: 3.0, 4: 2.0})


def test_settings_of_an_earlier_app_have_nothing_measured() -> None:
    async def scene(world: Threaded) -> None:
        record = asdict(world.session.state.settings())
        del record["threads"]
        await world.records.write([("settings", "settings", record)])
        await world.reload()
        assert world.session.state.settings().threads == {}
        await world.act("chat:send", "Again?")
        assert world.threads[-1] == 2

    play(scene, {1: 6.0, 2: 3.0, 4: 2.0})
