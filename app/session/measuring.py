"""What a person does to learn how fast the models are here: measure, stop, look, save, forget.

    session.act("measure:start", "smollm2-135m")      # "" measures every model that is ready
    session.measure.measurements()            # signals for the page: what is kept, how far it is
    session.measure.advice()                  # what to use on this device for each task

The speeds of writing are kept among the settings too, also by the number of threads, so that the start of a page reads
nothing more for them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from app import VERSION
from app.core.actions import ModelId, action
from app.core.commands import Save
from app.core.errors import AppError
from app.core.jobs import Jobs
from app.core.ports import Clock, Device, Page, Provider
from app.core.signals import Signal
from app.core.texts import Text, Words, of
from app.core.values import DeviceFacts, Model, Used
from app.models.device.benchmark import (
    RUNS,
    Benchmark,
    Comparing,
    Measurement,
    exported,
    measurement_from,
    speeds,
    too_old,
)
from app.models.device.check import summary
from app.models.device.recommend import Recommendation, all_tasks
from app.models.device.threads import machine_of, measured_here, others, thread_speeds
from app.models.engines.choice import engines_for
from app.models.engines.thread_count import threads_for
from app.records.checked import CheckedRecords
from app.session.notices import Notices, Shown
from app.session.ollama import Ollama
from app.session.preferences import Preferences
from app.session.state import State

if TYPE_CHECKING:
    from app.models.ollama.server import OllamaRow

SHELF = "measurements"
JOB = "measure"
MOST_RUNS = 20


@dataclass(frozen=True, slots=True)
class Progress:
    """What is being measured, and how far it is."""

    model_id: str
    step: Text


class Measuring:
    """The actions `measure:*`."""

    def __init__(
        self,
        state: State,
        notices: Notices,
        preferences: Preferences,
        ollama: Ollama,
        jobs: Jobs,
        page: Page,
        clock: Clock,
        device: Device,
        records: CheckedRecords,
        provider: Provider,
        unload_engine: Callable[[], Awaitable[None]],
        words: Words,
        engine_versions: Mapping[str, str],
    ) -> None:
        self._state, self._notices, self._preferences = state, notices, preferences
        self._ollama, self._jobs = ollama, jobs
        self._page, self._clock, self._device, self._records, self._provider = page, clock, device, records, provider
        self._unload_engine, self._words, self._engine_versions = unload_engine, words, engine_versions
        self.measurements: Signal[tuple[Measurement, ...]] = Signal(())
        self.progress: Signal[Progress | None] = Signal(None)
        self.runs = Signal(RUNS)
        self._asked: object = None  # what the advice was last made of
        self._advice: tuple[Recommendation, ...] = ()

    async def look(self) -> None:
        """Read what is kept, by other pages too. Raises StorageError."""
        self.measurements.set(tuple(measurement_from(record) for record in await self._records.all(SHELF)))

    @action("measure:count", str)
    def count(self, runs: str) -> None:
        """How many runs each model makes; what is no number changes nothing."""
        if runs.strip().isdecimal():
            self.runs.set(min(MOST_RUNS, max(1, int(runs))))

    @action("measure:start", ModelId)
    def start(self, model_id: ModelId) -> None:
        """Measure one model, or with "" every model that is ready; what was measured before it is stopped."""
        self._jobs.start(JOB, self._all(model_id))

    @action("measure:stop")
    async def stop(self) -> None:
        """Stop measuring; the runs that are complete are kept."""
        await self._jobs.stop(JOB)

    def ready(self) -> tuple[Model, ...]:
        """What can be measured now: models that can chat and are here, in this browser first."""
        facts = self._state.facts()
        return tuple(
            model
            for model in self._state.shelf.ready()
            if model.provider != "browser" or facts is None or engines_for(model.format, facts, *model.sizes)
        )

    def advice(self) -> tuple[Recommendation, ...]:
        """What to use on this device for each task; nothing before the device was asked."""
        facts = self._state.facts()
        if facts is None:
            return ()
        settings, rows = self._state.settings(), self._state.rows_at_rest()
        known = facts, settings.memory_gb, rows, self._of_ollama(), settings.speeds
        if known != self._asked:
            self._asked, self._advice = known, all_tasks(*known[:4], self._state.speeds())
        return self._advice

    def compares(self) -> bool:
        """Whether a number of threads can be chosen here at all, as far as this is known yet."""
        facts = self._state.facts()
        return facts is not None and bool(others(Used(), threads_for(facts), facts.cores))

    def threads_by(self, one: Measurement) -> int:
        """How many threads its model gets by what this measurement compared; 0 where it decides nothing here."""
        facts, kept = self._state.facts(), self._state.settings().threads.get(one.model_id)
        if facts is None or kept is None or kept.when != one.when:
            return 0
        known = measured_here(self._state.settings().threads, facts, self._engine_versions, one.model_id)
        return threads_for(facts, known) if known else 0

    def _of_ollama(self) -> tuple[OllamaRow, ...]:
        """The rows of a server on this computer that runs."""
        shown = self._state.ollama()
        return shown.rows if shown and shown.is_running else ()

    async def _all(self, model_id: str) -> None:
        await self.look()
        models = [model for model in self.ready() if model_id in ("", model.id)]
        if not models:
            what = Text("speed.not_ready" if model_id else "speed.none_ready")
            raise AppError(what, Text("speed.none_ready_cure"), again=False)
        try:
            for model in models:
                try:
                    await self._one(model)
                except AppError as error:
                    if len(models) == 1:
                        raise
                    self._notices.show(Shown(f"measure-{model.id}", of(model.name, error.message), error.cure))
        finally:
            self.progress.set(None)

    async def _one(self, model: Model) -> None:
        """One model; what is complete is kept, whether it ends by itself, by Stop or by an error."""
        if model.provider == "ollama":
            model = await self._ollama.ready(model)
        facts = await self._device.facts()
        bench = Benchmark(
            self._provider,
            model,
            self._clock,
            self.runs(),
            self._unloader(model),
            self._sizer(model),
            lambda: self._used(model),
            _comparing(model, facts),
        )
        try:
            await bench.go(lambda step: self.progress.set(Progress(model.id, step)))
        finally:
            if bench.runs:
                found = bench.measurement(
                    device=self._words(summary(facts, self._state.settings().memory_gb)),
                    machine=machine_of(facts),
                    version=VERSION,
                    place="Ollama" if model.provider == "ollama" else "browser",
                    versions=self._versions(),
                )
                await self._keep(found)

    async def _keep(self, one: Measurement) -> None:
        old = too_old(self.measurements(), one)
        await self._records.write([(SHELF, one.id, asdict(one))], [(SHELF, gone.id) for gone in old])
        await self._show()

    async def _show(self) -> None:
        await self.look()
        known, facts = self.measurements(), await self._device.facts()
        await self._preferences.change(
            speeds=speeds(known, self._engine_versions), threads=thread_speeds(known, facts, self._engine_versions)
        )

    def reading_speeds(self) -> dict[str, float]:
        """Tokens per second that models were measured to read, by their ids, of what was looked at last."""
        return speeds(self.measurements(), self._engine_versions, lambda one: one.reading)

    def version_here(self, engine: str) -> str:
        """The version of an engine that is here now, "" where that is not known."""
        return self._versions().get(engine, "")

    def _versions(self) -> dict[str, str]:
        """Versions of the engines that are here, by the names that they give themselves in an answer."""
        return {**self._engine_versions, "Ollama": self._ollama.version}

    def _used(self, model: Model) -> Used | None:
        """What the model runs on, where its engine tells; of Ollama's whether a graphics card holds any of it."""
        if model.provider == "ollama":
            rows = [row for row in self._of_ollama() if row.id == model.id and row.running]
            return Used(on_gpu=any(row.running.vram_bytes > 0 for row in rows if row.running)) if rows else None
        loaded = self._state.loaded()
        return loaded.used if loaded and loaded.model_id == model.id else None

    def _unloader(self, model: Model) -> Callable[[], Awaitable[None]]:
        """What frees the model, so that loading is measured as well."""
        if model.provider == "ollama":
            return lambda: self._ollama.unload(model.ref.name)
        return lambda: self._unload_engine()

    def _sizer(self, model: Model) -> Callable[[], Awaitable[int]] | None:
        """What tells how much memory the loaded model takes: Ollama does, no browser does."""
        if model.provider != "ollama":
            return None

        async def size() -> int:
            server = await self._ollama.server_found(clicked=False)
            await server.refresh()
            running = server.row(model.ref.name).running
            return running.size_bytes if running else 0

        return size

    @action("measure:forget", ModelId)
    async def forget(self, model_id: ModelId) -> None:
        """Forget everything that was measured of a model."""
        gone = [one for one in self.measurements() if one.model_id == model_id]
        await self._records.write([], [(SHELF, one.id) for one in gone])
        await self._show()

    @action("measure:export")
    async def export(self) -> None:
        """Save everything that is kept as one JSON file."""
        await self.look()
        text = exported(self.measurements(), VERSION, self._clock.now())
        self._page.do(Save("drleelm-measurements.json", text, "application/json"))


def _comparing(model: Model, facts: DeviceFacts) -> Comparing | None:
    """Numbers of threads to try, for the one kind of file whose engine can be told."""
    if model.provider != "browser" or model.format != "gguf":
        return None
    usual = threads_for(facts)
    return Comparing(lambda used: others(used, usual, facts.cores), lambda known: threads_for(facts, known))
