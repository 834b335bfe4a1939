"""How good a model's answers are likely to be, on one scale: MMLU-Pro in per cent, wherever it runs.

    quality_of(model)                    # Quality(44.4, is_published=True)
    expected("llama2:13b", 7_000_000_000)       # 65.4, of its 13 billion parameters

A model has one figure wherever it runs: its catalogue row's, else that of its family (`families`), else what its
parameters let expect.

MMLU-Pro is the only figure that is published from 0.3 billion parameters up to the large services. Its questions have
ten choices, so that below about 15 a model guesses (`GUESSING`). Most figures are the publishers' own: what is less
than 5 points apart counts as equal (`EQUAL`).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from app.core.places import Place
from app.core.values import Model
from app.models.ability.families import known

GUESSING = 15.0
EQUAL = 5.0
# Ten points below the straight line through the published figures of eighteen models of 0.35 to 4 billion parameters
# (those that static/catalog.toml names, and of the same sources Llama 3.2, Gemma 3, Qwen3, Phi-4-mini and Granite 4.0;
# read on 2026-11-28): they lie up to 20 points off it, and what nobody has measured shall not win over what somebody
# has without need.
OF_A_BILLION, PER_DOUBLING = 21.0, 12.0
MOST_EXPECTED = 75.0  # larger ones gain less than they grow
BYTES_PER_PARAMETER = 0.6  # of a file of four bits (Q4_K_M), where a name tells nothing
COUNT = re.compile(r"(?<![\w.])(?:(\d{1,3})x)?e?(\d+(?:\.\d+)?) ?([bm])(?![a-z])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quality:
    """MMLU-Pro in per cent; where nobody has published it, what its parameters (in billions, 0 unknown) let expect."""

    points: float
    is_published: bool = False
    billions: float = 0.0


def quality_of(model: Model) -> Quality:
    """The quality of a model, wherever it runs."""
    if model.quality:
        return Quality(model.quality, is_published=True)
    of_family = known(model.ref.name or model.name) or known(model.name)
    if of_family:
        return Quality(of_family.points, is_published=not of_family.is_kin)
    billions = billions_of(model.name) or billions_of(model.ref.name)
    file_bytes = 0 if model.place is Place.CLOUD else model.size_bytes  # Ollama's stub of a model elsewhere: some 300
    return expected(f"{billions}b" if billions else model.name, file_bytes)


def expected(name: str, size_bytes: int = 0) -> Quality:
    """What a model's size lets expect; nothing where neither its name nor its file tells any."""
    billions = billions_of(name) or size_bytes / BYTES_PER_PARAMETER / 1e9
    if not billions:
        return Quality(0.0)
    points = OF_A_BILLION + PER_DOUBLING * math.log2(billions)
    return Quality(min(MOST_EXPECTED, max(0.0, points)), billions=billions)


def billions_of(name: str) -> float:
    """The number of parameters that a name tells, in billions ("Gemma 3n E2B", "qwen3:0.6b", "SmolLM2 135M"); 0 where
    it tells none. Of several the largest: a mixture of experts names its whole size and the part that works; "8x7B" are
    eight of seven."""
    found = (
        int(times or 1) * float(number) / (1000 if unit in "mM" else 1)
        for times, number, unit in COUNT.findall(name.replace("-", " "))
    )
    return max(found, default=0.0)
