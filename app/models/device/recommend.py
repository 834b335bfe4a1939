"""Which model to use on this device, for each kind of task, with the reason.

    found = recommend("write", facts, memory_gb, rows, ollama_rows, {"smollm2-135m": 23.0})
    found.model_id, found.reason        # "gemma-4-e2b", Text("recommend.best_scored") and what else there is to say

Of the models that are quick enough the one with the best answers wins (`ability.quality`); one that is here already
counts for somewhat more. Quick enough is what was measured on this device. Of a model that was not, the speed is
judged by its size, for each token reads the whole file once: so many bytes a second (`PACE`, rules of thumb) until a
model that is not tiny was measured in the same place.

What cannot run here is never named: no engine for its file, more memory than there is (the person's own word, else the
browser's rounded figure, else little), no room to store it. What was measured here has run here, so its memory is no
question any more. What only guesses (`GUESSING`) is never named for writing and explaining, what is `WEAK` never
for code.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log2
from typing import TYPE_CHECKING, Literal

from app.core.texts import Percent, Size, Speed, Text, TextOrWords, in_a_row
from app.core.values import DeviceFacts, Kind, Model
from app.models.ability.quality import EQUAL, GUESSING, Quality, expected, quality_of
from app.models.device.room import GB, likely_room_bytes
from app.models.engines.choice import NEEDS_GPU, engines_for, likely_format
from app.models.engines.gpu import plan_for
from app.models.formats.facts import RAM_PER_BYTE
from app.models.store.rows import Row, Status

if TYPE_CHECKING:
    from app.models.ollama.server import OllamaRow

Task = Literal["quick", "write", "code", "embed"]
Runner = Literal["gpu", "cpu", "phone", "ollama"]
SYSTEM_BYTES = 2 * GB  # beside a model in Ollama; what a row of the browser wants includes it
TELLING_BYTES = 300_000_000
LEAST_BYTES = 50_000_000  # what is smaller than this and talks knows nothing
SMALL_BUFFER_BYTES = GB  # graphics buffers below this hold no large model
WEAK = 25.0  # below this quality a person is told that it is often wrong, and it is not for code
#: Tokens a second at which people read: 238 words a minute (Brysbaert 2019, 190 studies of silent reading), and five
#: tokens for four words of English.
READING = 5.0
THINKS_TIMES = 3  # a model that thinks first writes several times as much; as quick as people read, it must be faster
WAITING = (Status.NOT_DOWNLOADED, Status.DOWNLOADING, Status.PAUSED, Status.IMPORTING, Status.VERIFYING)


@dataclass(frozen=True, slots=True)
class Wants:
    """What a task asks of a model: kinds that can do it (the first is made for it), tokens per second, the least
    quality, and how many points more a model counts that is here already."""

    name: Text
    kinds: tuple[Kind, ...]
    speed: float
    least: float
    here_counts: float


TASKS: Mapping[Task, Wants] = {
    "quick": Wants(Text("recommend.quick"), ("chat", "code"), 1.6 * READING, 0, 4 * EQUAL),
    "write": Wants(Text("recommend.write"), ("chat", "code"), READING, GUESSING, EQUAL),
    "code": Wants(Text("recommend.code"), ("code", "chat"), READING, WEAK, EQUAL),
    "embed": Wants(Text("recommend.embed"), ("embedding",), 50, 0, 3),
}
#: Bytes of a model that are read in a second, where nothing was measured: a laptop's graphics processor behind WebGPU,
#: its processor in WebAssembly with a few threads, a phone's processor, and a computer's memory from a native program.
#: A visit that has one thread is judged alike: the advice must not change between the first visit and the second. Of
#: the phone: LFM2.5-1.2B is published to write 70 tokens a second natively on a fast one, WebAssembly had 0.15 to 0.2
#: of the native speed where both were measured, and not every phone is a fast one.
PACE: Mapping[Runner, float] = {"gpu": 25e9, "cpu": 6e9, "phone": 4e9, "ollama": 40e9}


@dataclass(frozen=True, slots=True)
class Recommendation:
    """The model for a task; `model_id` is "" where none can run here, and `reason` says why. `runner_up` is the id of
    the next best, `slower` of one whose answers are better than the best's, if the person waits for them."""

    task: Task
    model_id: str = ""
    name: str = ""
    reason: TextOrWords = ""
    runner_up: str = ""
    runner_up_name: str = ""
    slower: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A model that can run here. `size_bytes` is likely where `is_size_known` is False; `speed` is tokens per second as
    measured, 0 where it was not. What `comes_along` with the app needs no other place to have it from."""

    id: str
    name: str
    kind: Kind
    size_bytes: int
    is_ready: bool
    runner: Runner
    quality: Quality
    speed: float = 0.0
    is_size_known: bool = True
    thinks: bool = False
    comes_along: bool = False


def recommend(
    task: Task,
    facts: DeviceFacts,
    memory_gb: float,
    rows: Iterable[Row],
    ollama_rows: Iterable[OllamaRow] = (),
    speeds: Mapping[str, float] | None = None,
) -> Recommendation:
    """The best model for a task on this device. `memory_gb` is the person's own word, 0 without one; `ollama_rows` are
    those of a server that runs (none where it does not); `speeds` are measured tokens per second by a model's id."""
    wants = TASKS[task]
    known = candidates(facts, memory_gb, rows, ollama_rows, speeds or {})
    paces = measured_paces(known)
    able = [one for one in known if one.kind in wants.kinds and one.quality.points >= wants.least]
    ranked = sorted(able, key=lambda one: _rank(one, wants, paces), reverse=True)
    if not ranked:
        return Recommendation(task, reason=Text("recommend.none"))
    best, second = ranked[0], ranked[1] if len(ranked) > 1 else None
    reason = in_a_row(_reason(best, wants, paces), _warning(best), _about_device(facts, memory_gb, best))
    next_best = (second.id, second.name) if second else ("", "")
    return Recommendation(task, best.id, best.name, reason, *next_best, _slower(best, able))


def _slower(best: Candidate, able: Iterable[Candidate]) -> str:
    better = [one for one in able if one.quality.points >= best.quality.points + EQUAL and one.kind != "embedding"]
    return max(better, key=lambda one: one.quality.points).id if better else ""


def candidates(
    facts: DeviceFacts,
    memory_gb: float,
    rows: Iterable[Row],
    ollama_rows: Iterable[OllamaRow],
    speeds: Mapping[str, float],
) -> list[Candidate]:
    """Every model that can run on this device, here already or to be had."""
    found = (_in_browser(row, facts, memory_gb, speeds.get(row.model.id, 0.0)) for row in rows)
    served = (_in_ollama(row, facts, memory_gb, speeds.get(row.id, 0.0)) for row in ollama_rows)
    return [one for one in (*found, *served) if one is not None]


def _in_browser(row: Row, facts: DeviceFacts, memory_gb: float, measured: float) -> Candidate | None:
    model = row.model
    can_come = model.can_be_fetched and row.status in WAITING and _has_room(row, facts)
    if not (row.is_ready or can_come):
        return None
    size_bytes = model.size_bytes or model.ram_bytes // 5
    runner = _runner(model, facts, size_bytes, is_measured=bool(measured))
    if runner is None or (size_bytes < LEAST_BYTES and model.can_chat):
        return None
    wanted = model.ram_bytes or size_bytes * RAM_PER_BYTE
    if not measured and wanted > likely_room_bytes(facts, memory_gb):
        return None
    return Candidate(
        model.id,
        model.name,
        model.kind,
        size_bytes,
        row.is_ready,
        runner,
        quality_of(replace(model, size_bytes=size_bytes)),
        measured,
        bool(model.size_bytes),
        "thinking" in model.capabilities,
        model.is_bundled,
    )


def _runner(model: Model, facts: DeviceFacts, size_bytes: int, *, is_measured: bool) -> Runner | None:
    """Where a model of this browser runs here; None where no engine can, or none on which it was worth while. llama.cpp
    is on the graphics processor where it is asked to be, as long as that is not found to be unsound."""
    format = likely_format(model)
    names = engines_for(format, facts, *model.sizes)
    if not names:
        return None
    is_weak = facts.is_software or (0 < facts.max_buffer_bytes < SMALL_BUFFER_BYTES < size_bytes)
    if names[0] in NEEDS_GPU:
        return None if is_weak and not is_measured else "gpu"
    if facts.is_mobile:  # llama.cpp may use a phone's graphics processor, but nobody knows that it is any faster
        return "phone"
    plan = plan_for(replace(model, format=format), facts, "auto", None, "")
    return "gpu" if plan.is_asked and not is_weak else "cpu"


def _in_ollama(row: OllamaRow, facts: DeviceFacts, memory_gb: float, measured: float) -> Candidate | None:
    if row.place.leaves_device or facts.is_mobile or not row.size_bytes:
        return None
    if not (measured or row.running or row.ram_bytes + SYSTEM_BYTES <= likely_room_bytes(facts, memory_gb)):
        return None
    quality, is_ready = expected(row.name, row.size_bytes), row.installed is not None
    return Candidate(row.id, row.name, row.kind, row.size_bytes, is_ready, "ollama", quality, measured)


def _has_room(row: Row, facts: DeviceFacts) -> bool:
    free = facts.quota_bytes - facts.usage_bytes
    return not facts.quota_bytes or row.model.size_bytes - row.stored_bytes <= free


# -- choosing, and saying why


def measured_paces(known: Iterable[Candidate]) -> dict[Runner, float]:
    """Bytes a second by where a model runs, from what was measured here. Tiny models say little: they do not wait for
    their bytes."""
    found: dict[Runner, float] = {}
    for one in known:
        if one.speed and one.size_bytes >= TELLING_BYTES:
            found[one.runner] = max(found.get(one.runner, 0.0), one.speed * one.size_bytes)
    return found


def _likely(one: Candidate, paces: Mapping[Runner, float]) -> float:
    """Tokens per second: measured, else judged by the size."""
    return one.speed or paces.get(one.runner, PACE[one.runner]) / max(one.size_bytes, 1)


def _is_quick(one: Candidate, wants: Wants, paces: Mapping[Runner, float]) -> bool:
    return _likely(one, paces) >= wants.speed * (THINKS_TIMES if one.thinks else 1)


def _rank(one: Candidate, wants: Wants, paces: Mapping[Runner, float]) -> tuple[float, ...]:
    """Larger is better; of those that are too slow, the quickest."""
    if not _is_quick(one, wants, paces):
        return 0.0, _likely(one, paces)
    if one.kind == "embedding":  # MMLU-Pro says nothing about them
        return 1.0, log2(max(one.size_bytes, 1)) + wants.here_counts * (one.is_ready or one.comes_along)
    made_for_it = 2 * EQUAL if one.kind == wants.kinds[0] == "code" else 0.0
    here = wants.here_counts if one.is_ready and one.quality.points >= GUESSING else 0.0
    return 1.0, one.quality.points + here + made_for_it, -float(one.size_bytes)


def _reason(one: Candidate, wants: Wants, paces: Mapping[Runner, float]) -> TextOrWords:
    is_quick = _is_quick(one, wants, paces)
    if one.speed:
        return in_a_row(_measured(one, is_quick), RUNS[one.runner])
    if one.kind == "embedding":
        return in_a_row(Text("recommend.best_size"), _runs_and_comes(one))
    return in_a_row(_judged(one, paces, is_quick=is_quick), _runs_and_comes(one))


RUNS: Mapping[Runner, Text] = {
    "gpu": Text("recommend.on_gpu"),
    "cpu": Text("recommend.on_cpu"),
    "phone": Text("recommend.on_cpu"),
    "ollama": Text("recommend.in_ollama"),
}
RUNS_AND_IS_HERE: Mapping[Runner, Text] = {
    "gpu": Text("recommend.on_gpu_here"),
    "cpu": Text("recommend.on_cpu_here"),
    "phone": Text("recommend.on_cpu_here"),
    "ollama": Text("recommend.in_ollama_here"),
}
RUNS_AND_IS_AWAY: Mapping[Runner, Text] = {
    "gpu": Text("recommend.on_gpu_away"),
    "cpu": Text("recommend.on_cpu_away"),
    "phone": Text("recommend.on_cpu_away"),
    "ollama": Text("recommend.in_ollama_away"),
}


def _measured(one: Candidate, is_quick: bool) -> Text:
    return Text("recommend.measured_quick" if is_quick else "recommend.measured_slow", speed=Speed(one.speed))


def _judged(one: Candidate, paces: Mapping[Runner, float], *, is_quick: bool) -> Text:
    """Why this one was chosen, and how fast it may be where something was measured in the same place."""
    speed, is_known = Speed(_likely(one, paces)), one.runner in paces
    if not is_quick:
        return Text("recommend.quickest_likely", speed=speed) if is_known else Text("recommend.quickest")
    if one.quality.is_published:
        score = Percent(round(one.quality.points))
        best = Text("recommend.best_scored", score=score)
        return Text("recommend.best_scored_likely", score=score, speed=speed) if is_known else best
    return Text("recommend.best_expected_likely", speed=speed) if is_known else Text("recommend.best_expected")


def _runs_and_comes(one: Candidate) -> Text:
    """Where it runs, and what it takes to have it here."""
    if one.is_ready or not one.is_size_known:
        return (RUNS_AND_IS_HERE if one.is_ready else RUNS_AND_IS_AWAY)[one.runner]
    size = Size(one.size_bytes)
    if one.runner == "ollama":
        return Text("recommend.in_ollama_to_fetch", size=size)
    return Text("recommend.on_gpu_to_fetch" if one.runner == "gpu" else "recommend.on_cpu_to_fetch", size=size)


def _warning(one: Candidate) -> TextOrWords:
    is_weak = one.quality.points < WEAK and one.kind != "embedding"
    return Text("recommend.often_wrong") if is_weak else ""


def _about_device(facts: DeviceFacts, memory_gb: float, best: Candidate) -> TextOrWords:
    """Why nothing larger is named, where the person can see or change it."""
    if facts.is_mobile:
        return Text("recommend.no_larger_on_phone")
    is_unknown = not (memory_gb or facts.memory_gb) and best.runner != "ollama"
    return Text("recommend.memory_unknown") if is_unknown else ""


def all_tasks(
    facts: DeviceFacts,
    memory_gb: float,
    rows: Sequence[Row],
    ollama_rows: Sequence[OllamaRow],
    speeds: Mapping[str, float],
) -> tuple[Recommendation, ...]:
    """One for each task, in their order."""
    return tuple(recommend(task, facts, memory_gb, rows, ollama_rows, speeds) for task in TASKS)
