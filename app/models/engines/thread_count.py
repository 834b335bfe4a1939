"""How many threads of the processor a model runs on here.

    threads_of(model, facts, {1: 7.4, 2: 14.8})     # 2; what was measured here decides

Threads need memory that they share, which a browser gives to an isolated page only (`DeviceFacts.is_isolated`).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from app.core.values import DeviceFacts, Model

MOST_THREADS = 8
PHONE_THREADS = 2
NOTHING: Mapping[int, float] = MappingProxyType({})
Why = Literal["not-isolated", "no-shared-memory", "unknown-cores", "one-core", "measured", "phone", "half", "all"]


def threads_of(model: Model, facts: DeviceFacts, measured: Mapping[int, float] = NOTHING) -> int:
    """How many threads a model's engine is asked to take; 0 lets it choose, for only llama.cpp can be told. `measured`
    as in `threads_for`."""
    return threads_for(facts, measured) if model.format == "gguf" else 0


def threads_for(facts: DeviceFacts, measured: Mapping[int, float] = NOTHING) -> int:
    """How many threads llama.cpp gets on the processor. `measured` is tokens per second of writing by the number of
    threads, of one model on this device: the fastest number wins, of equals the smaller one."""
    return threads_and_why(facts, measured)[0]


def threads_and_why(facts: DeviceFacts, measured: Mapping[int, float] = NOTHING) -> tuple[int, Why]:
    """The number of threads, and what decides it.

    Measurements count once the usual number is among them: a figure of one thread, found while there could be no
    more, says nothing against two.
    """
    usual, why = _usual(facts)
    known = {threads: speed for threads, speed in measured.items() if 0 < threads <= facts.cores and speed > 0}
    if usual == 1 or usual not in known or len(known) == 1:
        return usual, why
    return max(sorted(known), key=lambda threads: known[threads]), "measured"


def _usual(facts: DeviceFacts) -> tuple[int, Why]:
    """The number without a measurement.

    Half the cores, since browsers count a core that does two things at once as two; but both of two (1.87 times the
    speed, measured), where llama.cpp's web build would take one. Beyond eight the memory is the limit. On phones two:
    most of their cores are slow ones, each step waits for the slowest thread, and two fast ones are on every phone;
    none was measured. One where the number of cores is not told: two threads on one core are slower than one.
    """
    if facts.cores == 1:
        return 1, "one-core"
    if not facts.is_isolated:
        return 1, "not-isolated"
    if not facts.has_shared_memory:
        return 1, "no-shared-memory"
    if facts.cores < 1:
        return 1, "unknown-cores"
    if facts.is_mobile:
        return PHONE_THREADS, "phone"
    threads = min(MOST_THREADS, max(2, facts.cores // 2))
    return threads, "all" if threads == facts.cores else "half"
