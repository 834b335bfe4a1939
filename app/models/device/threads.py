"""Which number of threads is the quickest here: what a benchmark tries, and what later loads know of it.

    others(Used(2), usual=2, cores=8)                        # (1, 4): what is compared with the number in use
    kept = thread_speeds(measurements, facts, {"wllama": "3.13.0"})  # what is kept among the settings
    measured_here(kept, facts, {"wllama": "3.13.0"}, model.id)       # {2: 14.8, 1: 7.9}: tokens per second of writing

What was found with another version of the engine, or on another machine (a backup brings that too), says nothing here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.core.shapes import When
from app.core.values import DeviceFacts, EngineName, Used

if TYPE_CHECKING:
    from app.models.device.benchmark import Measurement

ENGINE: EngineName = "wllama"  # the one that can be told how many threads to use


@dataclass(frozen=True, slots=True)
class ThreadSpeeds:
    """What one measurement of a model found: (threads, tokens per second of writing), and where it is true."""

    machine: str
    engine_version: str
    when: When
    speeds: tuple[tuple[int, float], ...]


def machine_of(facts: DeviceFacts) -> str:
    """A name of this machine and browser for programs, which an update of the browser leaves as it is."""
    return f"{facts.browser.partition(' ')[0]}/{facts.platform}/{facts.cores}"


def others(in_use: Used, usual: int, cores: int) -> tuple[int, ...]:
    """The numbers to compare with what is in use: one thread, the usual number, and twice as many as far as there are
    cores; with the graphics processor the usual number only. None where there can be one thread only."""
    if usual < 2:
        return ()
    if in_use.on_gpu:
        return (usual,)
    return tuple(count for count in sorted({1, usual, min(2 * usual, max(cores, usual))}) if count != in_use.threads)


def thread_speeds(
    measurements: Iterable[Measurement], facts: DeviceFacts, versions: Mapping[str, str]
) -> dict[str, ThreadSpeeds]:
    """By the model's id, from the last measurement on this machine, with this version, that compared any."""
    found: dict[str, ThreadSpeeds] = {}
    here = _here(facts, versions)
    for one in sorted(measurements, key=lambda one: one.when):
        speeds = tuple(
            (way.threads, way.writing) for way in one.compared if way.threads and way.writing and not way.on_gpu
        )
        if len(speeds) > 1 and (one.machine, one.engine_version) == here:
            found[one.model_id] = ThreadSpeeds(*here, one.when, speeds)
    return found


def measured_here(
    kept: Mapping[str, ThreadSpeeds], facts: DeviceFacts, versions: Mapping[str, str], model_id: str = ""
) -> dict[int, float]:
    """Tokens per second by the number of threads: this model's, else those of the model that was measured last."""
    here = _here(facts, versions)
    valid = {id: one for id, one in kept.items() if (one.machine, one.engine_version) == here}
    newest = max(valid.values(), key=lambda one: one.when, default=None)
    found = valid.get(model_id, newest)
    return dict(found.speeds) if found else {}


def _here(facts: DeviceFacts, versions: Mapping[str, str]) -> tuple[str, str]:
    return machine_of(facts), versions.get(ENGINE, "")
