"""How a question is written, whatever it is about: sizes and shares that need no vocabulary.

    shape("prove that the sum of 2 odd numbers is even.")     # {"size": 2.3, "letters": 3.9, "figures": 0.1, …}
    stepped({"size": 2.3}, {"size": ((1.0, 0.2), (3.0, 0.4))})     # {"size": 0.2}

Steps are what boosted stumps come to: each edge that a value passes adds its amount. Not counted are capitals, the mark
at the end, spaces and quotation marks, so that the way of typing does not matter.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from app.models.routing.plain import parts_of, units

#: edges and amounts by what is measured, edges rising
Steps = Mapping[str, tuple[tuple[float, float], ...]]
STOP = re.compile(r"[.!?;:,] ")
SIGN = re.compile(r"[^\w\s.,?!;:'\"]")
LONG_LETTERS, SHORT_LETTERS = 9, 3


def shape(line: str) -> dict[str, float]:
    """The measures of a text that `plain` has read."""
    words = parts_of(line)
    sizes = [len(word) for word in words if word[0] > "9"]
    stops, signs = [mark[0] for mark in STOP.findall(line)], len(SIGN.findall(line))
    count, letters = max(1, len(words)), max(1, len(sizes))
    sentences = 1 + len(stops) - stops.count(",")
    return {
        "size": math.log1p(units(line)),
        "figures": 1 - len(sizes) / count if words else 0.0,
        "letters": sum(sizes) / letters,
        "long-words": sum(size >= LONG_LETTERS for size in sizes) / letters,
        "short-words": sum(size <= SHORT_LETTERS for size in sizes) / letters,
        "letter-words": sizes.count(1) / letters,
        "signs": signs / max(1, len(line)),
        "brackets": float(line.count("(")),
        "commas": stops.count(",") / count,
        "sentences": float(sentences),
        "sentence": count / sentences,
        "variety": len(set(words)) / count**0.8,
    }


def stepped(seen: Mapping[str, float], steps: Steps) -> dict[str, float]:
    """What each measure adds; 0 where no edge is passed, and those are left out."""
    found = {name: sum(amount for edge, amount in edges if seen[name] > edge) for name, edges in steps.items()}
    return {name: amount for name, amount in found.items() if amount}
