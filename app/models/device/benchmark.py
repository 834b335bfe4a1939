"""How fast a model really is on this machine: a benchmark that the person starts.

    bench = Benchmark(provider, model, clock, runs=3)         # comparing=Comparing(counts, choose): see below
    await bench.go(show)                                      # show(Text("speed.run", …)); cancel it to stop
    bench.measurement(device="Chrome 141 …", version="0.1.0", place="browser", …)     # of the runs that are complete

Each run asks two fixed things, at temperature 0 and with one seed: a text to read, whose prompt tokens over the seconds
until the first token are the speed of reading (prefill), and a short question, whose answer gives the wait for the
first token and the speed of writing (decode, as `ReplyMeter` defines it). One run before them is not counted: it holds
the loading, and what an engine compiles at its first answer. Every prompt begins with another number, because engines
keep the cache of a beginning they have read before. Deltas that come within 30 ms reach Python together, so the speed
of writing of a short and very fast reply is known to some per cent only: the spread shows it. An answer that is too
short to time is asked for again, a few times.

Where numbers of threads are compared, the one in use makes all its runs first. Each of the others makes one, after a
short answer that is not counted; the one that shall be used from now on goes on until its runs are as many, and then
its runs are the measurement. So whatever is complete says something true, whenever the person stops.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import asdict, dataclass, replace

from app.core.errors import BadAnswer
from app.core.places import Purpose
from app.core.ports import Clock, Provider
from app.core.shapes import When, decode
from app.core.texts import Text
from app.core.values import Done, Message, Model, Request, Sampling, Used
from app.models.answering.reply_meter import LEAST_TOKENS

RUNS = 3
WRITTEN_TOKENS, READ_TOKENS = 64, 2  # longest answers: to the question, and to the text that is only to be read
WARM_TOKENS = 16  # of the answer before a single run
TRIES = 12  # a small model may end at once on one number before its question and not on another: short, so cheap
STRIDE = 104_729  # between the numbers of two tries
SEED = 7
KEPT_PER_VERSION = 20  # measurements of one model in one version of an engine
#: asked in turn until a reply is long enough to time: to some of them a small model says next to nothing
QUESTIONS = (
    "Tell me about the sea, in as many sentences as you like.",
    "Hello!",
    "Count from one to thirty.",
    "Write a short story about a lighthouse.",
)
TEXT = (
    "Twice a day the sea rises along the coast and twice it falls. The moon pulls at the water on the side of the "
    "Earth that faces it a little more than at the Earth itself, and at the water on the far side a little less, so "
    "that the oceans swell on both sides at once. As the Earth turns beneath these two swellings, each place passes "
    "through both of them in a little more than a day, because the moon has moved on meanwhile. The sun does the same "
    "with less than half the strength. When the sun and the moon stand in one line, at new moon and at full moon, "
    "their pulls add up, and the tides are high: sailors call them spring tides. When they stand at a right angle, "
    "the tides are low. The shape of the coast matters as much as the sky. In a narrow bay that becomes shallower "
    "towards its end, the rising water is pressed together, and the difference between high and low water may reach "
    "fifteen metres, while in the middle of an ocean it is hardly half a metre. Harbours publish tables of the hours "
    "of high water for years ahead, and the tables are right to within a few minutes, since the movements of the moon "
    "and the sun are known so well. What no table can tell is the weather: a storm that drives the water towards the "
    "land can raise it by metres more. What moves the water of the oceans twice a day? Answer in one word."
)


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle of several figures, the smallest and the largest of them."""

    median: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Run:
    """One run. Seconds and tokens; a speed of 0 means that it could not be told. `counted` is False where the tokens
    were estimated because the engine does not tell them."""

    prompt_tokens: int
    read_seconds: float
    first_token_seconds: float
    reply_tokens: int
    writing: float  # tokens per second
    counted: bool

    @property
    def reading(self) -> float:
        """Tokens of the prompt per second until the first token."""
        return self.prompt_tokens / self.read_seconds if self.read_seconds > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Compared:
    """How fast a model was on so many threads of the processor, or on the graphics processor: tokens per second, 0
    where it could not be told."""

    threads: int
    on_gpu: bool
    writing: float
    reading: float


@dataclass(frozen=True, slots=True)
class Comparing:
    """`counts` are the numbers of threads to compare with what is in use; `choose` tells which is to be used from now
    on, by tokens per second of writing with each number."""

    counts: Callable[[Used], tuple[int, ...]]
    choose: Callable[[Mapping[int, float]], int]


@dataclass(frozen=True, slots=True)
class Measurement:
    """What one benchmark found. `when` is seconds since 1970; `load_seconds` is 0 where the model was in memory already
    and `memory_bytes` is 0 where nobody tells it, as in every browser. `threads` (0) and `on_gpu` (False) are what the
    engine said it ran on, where it told; `engine_version` is "" where nobody knew it, as in records of earlier apps.
    `machine` is the device for programs (app.models.device.threads), `compared` is what else it was tried on."""

    model_id: str
    model_name: str
    engine: str
    place: str  # "browser" or "Ollama"
    when: When
    device: str
    version: str  # of this app
    runs: tuple[Run, ...]
    load_seconds: float = 0.0
    memory_bytes: int = 0
    threads: int = 0
    on_gpu: bool = False
    engine_version: str = ""
    machine: str = ""
    compared: tuple[Compared, ...] = ()

    @property
    def id(self) -> str:
        """Its key in storage: later ones come later."""
        return f"{self.when * 1000:015.0f}-{self.model_id}"

    @property
    def counted(self) -> bool:
        """Whether the engine told its tokens; else they are estimated."""
        return all(run.counted for run in self.runs)

    @property
    def reading(self) -> Spread | None:
        """Prefill, in tokens per second."""
        return spread(run.reading for run in self.runs)

    @property
    def writing(self) -> Spread | None:
        """Decode, in tokens per second."""
        return spread(run.writing for run in self.runs)

    @property
    def first_token(self) -> Spread | None:
        """Seconds from a short question to the first token."""
        return spread(run.first_token_seconds for run in self.runs)


def spread(values: Iterable[float]) -> Spread | None:
    """Median, smallest and largest of what is known (more than 0); None where nothing is."""
    known = sorted(value for value in values if value > 0)
    if not known:
        return None
    half = len(known) // 2
    middle = known[half] if len(known) % 2 else (known[half - 1] + known[half]) / 2
    return Spread(middle, known[0], known[-1])


class Benchmark:
    """One model, asked several times. `runs` holds what is complete, also after it was stopped.

    `unload` frees the model first, so that loading it is measured; `memory` tells how many bytes the loaded model
    takes, 0 where nobody knows; `used` tells what the loaded model runs on, None where nobody knows.
    """

    def __init__(
        self,
        provider: Provider,
        model: Model,
        clock: Clock,
        runs: int = RUNS,
        unload: Callable[[], Awaitable[None]] | None = None,
        memory: Callable[[], Awaitable[int]] | None = None,
        used: Callable[[], Used | None] = lambda: None,
        comparing: Comparing | None = None,
    ) -> None:
        self.runs: list[Run] = []
        self._comparing, self._compared = comparing, list[Compared]()
        self._threads: int | None = None  # what a run asks for; None leaves it to the rules of this device
        self._provider, self._model, self._clock, self._wanted = provider, model, clock, runs
        self._unload, self._memory, self._tell_used = unload, memory, used
        self._load_seconds, self._memory_bytes, self._engine = 0.0, 0, ""
        self._used: Used | None = None  # by the last complete answer

    async def go(self, show: Callable[[Text], None]) -> None:
        """Load, warm up, and run; `show` is told each step. Raises what the provider raises, and BadAnswer."""
        name = self._model.name
        show(Text("speed.warming_up", model=name))
        if self._unload is not None:
            await self._unload()
        await self._run(0)
        if self._memory is not None:
            self._memory_bytes = await self._memory()
        self._used = self._tell_used()
        await self._all_runs(show)
        if self._comparing and self._used and self._used.threads:
            await self._compare(self._comparing, self._used, show)

    async def _all_runs(self, show: Callable[[Text], None]) -> None:
        """As many as are wanted, with those that are complete already. Where the graphics processor was lost, the
        processor went on in the middle of a run: what came before that is not what is measured from then on."""
        while len(self.runs) < self._wanted:
            number = len(self.runs) + 1
            show(Text("speed.run", model=self._model.name, number=number, count=self._wanted))
            run, before = await self._run(number), self._used
            self._used = self._tell_used() or before
            if before in (None, self._used):
                self.runs.append(run)
            else:
                self.runs.clear()

    async def _compare(self, comparing: Comparing, in_use: Used, show: Callable[[Text], None]) -> None:
        """One run with each of the other numbers of threads, and the rest of the runs with the one to be used."""
        self._compared.append(_compared(in_use, self.runs))
        tried: dict[Used, tuple[int, Run]] = {}
        for threads in comparing.counts(in_use):
            show(Text("speed.comparing", model=self._model.name, count=threads))
            self._threads = threads
            await self._ask(f"{threads}. {QUESTIONS[0]}", WARM_TOKENS)
            run, used = await self._run(1), self._tell_used() or Used()
            if used.threads and used != in_use and used not in tried:  # an engine may take fewer than it is asked to
                self._compared.append(_compared(used, [run]))
                tried[used] = threads, run
        chosen = Used(comparing.choose({one.threads: one.writing for one in self._compared if not one.on_gpu}))
        if chosen in tried and not in_use.on_gpu:
            self._used, (self._threads, run) = chosen, tried[chosen]
            self.runs = [run]
            await self._all_runs(show)

    def measurement(
        self, *, device: str, machine: str, version: str, place: str, versions: Mapping[str, str]
    ) -> Measurement:
        """What the complete runs say. `version` is this app's, `versions` are the engines' by their names."""
        used = self._used or Used()
        return Measurement(
            self._model.id,
            self._model.name,
            self._engine,
            place,
            self._clock.now(),
            device,
            version,
            tuple(self.runs),
            self._load_seconds,
            self._memory_bytes,
            used.threads,
            used.on_gpu,
            versions.get(self._engine, ""),
            machine,
            tuple(self._compared) if len(self._compared) > 1 else (),
        )

    async def _run(self, number: int) -> Run:
        moment = int(self._clock.now() * 10)
        read = await self._ask(f"{_mark(moment)}-{number}. {TEXT}", READ_TOKENS)
        first = wrote = await self._ask(f"{_mark(moment)}-{number}. {QUESTIONS[0]}", WRITTEN_TOKENS)
        for attempt in range(1, TRIES):
            if number == 0 or speed_of(wrote):
                break
            question = QUESTIONS[attempt % len(QUESTIONS)]
            wrote = await self._ask(f"{_mark(moment + attempt * STRIDE)}-{number}. {question}", WRITTEN_TOKENS)
        self._engine = wrote.engine or read.engine
        self._load_seconds = max(self._load_seconds, read.timing.load_seconds) if number == 0 else self._load_seconds
        return Run(
            read.usage.prompt_tokens,
            read.timing.first_token_seconds,
            first.timing.first_token_seconds,
            wrote.usage.reply_tokens,
            speed_of(wrote),
            read.usage.counted and wrote.usage.counted,
        )

    async def _ask(self, words: str, max_tokens: int) -> Done:
        sampling = Sampling(temperature=0.0, top_k=1, top_p=1.0, max_tokens=max_tokens, seed=SEED)
        request = Request((Message("user", words),), sampling, think=False, purpose=Purpose.BENCHMARK)
        if self._threads is not None:
            request = replace(request, threads=self._threads)
        async with aclosing(self._provider.reply(self._model, request)) as events:
            async for event in events:
                if isinstance(event, Done):
                    return event
        raise BadAnswer(Text("speed.no_end", model=self._model.name), Text("speed.no_end_cure"))


def _mark(number: int) -> str:
    """What a prompt begins with, so that nothing of an earlier one is in the engine's cache."""
    return f"{number % 1_000_000:06d}"


def speed_of(reply: Done) -> float:
    """Tokens per second of writing; 0 where the reply is too short to tell."""
    return reply.timing.tokens_per_second if reply.usage.reply_tokens >= LEAST_TOKENS else 0.0


def _compared(used: Used, runs: Sequence[Run]) -> Compared:
    writing, reading = spread(run.writing for run in runs), spread(run.reading for run in runs)
    median = [round(one.median, 2) if one else 0.0 for one in (writing, reading)]
    return Compared(used.threads, used.on_gpu, *median)


# -- many of them


def measurement_from(record: object, lost: list[str] | None = None) -> Measurement:
    """A measurement from its stored record; what of it cannot be read is named in `lost`. Raises Damaged."""
    return decode(Measurement, record, lost)


def newest(measurements: Iterable[Measurement]) -> tuple[Measurement, ...]:
    """The last one of each model, engine and version of it: by the models' names, the newest versions first."""
    latest = {_kind(one): one for one in sorted(measurements, key=lambda one: one.when)}
    return tuple(sorted(latest.values(), key=lambda one: (one.model_name.lower(), one.engine, -one.when)))


def too_old(measurements: Iterable[Measurement], new: Measurement) -> list[Measurement]:
    """What is beyond the number that is kept once there is a new one: other engines and versions keep theirs."""
    of_kind = sorted((one for one in (*measurements, new) if _kind(one) == _kind(new)), key=lambda one: -one.when)
    return of_kind[KEPT_PER_VERSION:]


def _kind(one: Measurement) -> tuple[str, str, str]:
    return one.model_id, one.engine, one.engine_version


def speeds(
    measurements: Iterable[Measurement],
    versions: Mapping[str, str],
    what: Callable[[Measurement], Spread | None] = lambda one: one.writing,
) -> dict[str, float]:
    """Tokens per second of writing (or `what` is asked for) by the model's id: of the last measurement that could tell
    it, with the engines in the versions that are here now where there is one. `versions` are by the engines' names;
    what another program runs (Ollama) is not among them, and counts as it was measured last."""

    def rank(one: Measurement) -> tuple[bool, float]:
        return one.engine_version == versions.get(one.engine, one.engine_version), one.when

    found: dict[str, float] = {}
    for one in sorted(measurements, key=rank):
        if found_here := what(one):
            found[one.model_id] = round(found_here.median, 2)
    return found


def exported(measurements: Sequence[Measurement], version: str, when: float) -> str:
    """All of them as a JSON text for other programs: each run, and the medians with their spread."""

    def medians(one: Measurement) -> dict[str, object]:
        found = {
            "reading_tokens_per_second": one.reading,
            "writing_tokens_per_second": one.writing,
            "first_token_seconds": one.first_token,
        }
        return {name: asdict(value) if value else None for name, value in found.items()}

    listed = [{**asdict(one), "medians": medians(one)} for one in measurements]
    units = {"when": "seconds since 1970", "reading": "tokens/s", "writing": "tokens/s", "memory": "bytes, 0 unknown"}
    units["threads"] = "0 unknown"
    whole = {"app": "DrLeeLM", "version": version, "exported": when, "units": units, "measurements": listed}
    return json.dumps(whole, indent=1, ensure_ascii=False)
