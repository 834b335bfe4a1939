"""How able a model is, from 0 to 1, as far as its size or its name tells: a rule of thumb for choosing among models.

    ability_of(Model("tiny", "Tiny 1B", size_bytes=800_000_000))                      # 0.37
    ability_of(Model("cloud:openai:gpt-5-mini", "gpt-5-mini", place=Place.CLOUD)) # 0.8

A model on this device is judged by its file: twice the bytes are about a tenth more on the usual tests (from published
scores of open families between 0.3 and 32 billion parameters at four bits, read in November 2026; coarse on purpose).
A service tells no size, but says in the name which models are its small ones.
"""

from __future__ import annotations

import math
import re

from app.core.values import Model

SMALLEST_BYTES = 250_000_000
LEAST, DOUBLED, MOST_LOCAL = 0.2, 0.1, 0.85
SMALL_AWAY, LARGE_AWAY = 0.8, 0.9
SMALL = re.compile(r"\b(?:nano|lite|mini|flash|haiku|small|fast|instant|tiny|[1-9]b|1[0-9]b)\b")


def ability_of(model: Model) -> float | None:
    """The rule of thumb; None where neither size nor name tells anything."""
    if model.leaves_device:
        return SMALL_AWAY if SMALL.search(f"{model.id} {model.name}".lower()) else LARGE_AWAY
    if model.size_bytes <= 0:
        return None
    doublings = math.log2(max(1.0, model.size_bytes / SMALLEST_BYTES))
    return round(min(MOST_LOCAL, LEAST + DOUBLED * doublings), 2)
