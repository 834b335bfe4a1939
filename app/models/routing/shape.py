"""How a question is written, whatever it is about: sizes and shares that need no vocabulary.

    shape("prove that the sum of 2 odd numbers is even.")     # {"size": 2.3, "letters": 3.9, "figures": 0.1, …}
    stepped({"size": 2.3}, stairs({"size": ((1.0, 0.2), (3.0, 0.4))}))     # {"size": 0.2}

Steps are what boosted stumps come to: each edge that a value passes adds its amount. Not counted are capitals, the mark
at the end, spaces and quotation marks, so that the way of typing does not matter.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping

from app.models.routing.plain import parts_of, units

#: edges and amounts by what is measured, edges rising
Steps = Mapping[str, tuple[tuple[float, float], ...]]
#: the same to look up: edges, and what all of them that are passed add, for none, one, two …
Stairs = Mapping[str, tuple[tuple[float, ...], tuple[float, ...]]]
STOP = re.compile(r"[.!?;:,] ")
SIGN = re.compile(r"[^\w\s.,?!;:'\"]")
#: for an ASCII text: all but the signs is taken out
_NO_SIGN: dict[int, None] = dict.fromkeys(code for code in range(128) if not SIGN.match(chr(code)))
LONG_LETTERS, SHORT_LETTERS = 9, 3


def shape(line: str) -> dict[str, float]:
    """The measures of a text that `plain` has read."""
    words = parts_of(line)
    sizes = sorted([len(word) for word in words if word[0] > "9"])
    stops = [mark[0] for mark in STOP.findall(line)]
    signs = len(line.translate(_NO_SIGN) if line.isascii() else SIGN.findall(line))
    count, letters = max(1, len(words)), max(1, len(sizes))
    sentences = 1 + len(stops) - stops.count(",")
    return {
        "size": math.log1p(units(line)),
        "figures": 1 - len(sizes) / count if words else 0.0,
        "letters": sum(sizes) / letters,
        "long-words": (len(sizes) - bisect_left(sizes, LONG_LETTERS)) / letters,
        "short-words": bisect_right(sizes, SHORT_LETTERS) / letters,
        "letter-words": sizes.count(1) / letters,
        "signs": signs / max(1, len(line)),
        "brackets": float(line.count("(")),
        "commas": stops.count(",") / count,
        "sentences": float(sentences),
        "sentence": count / sentences,
        "variety": len(set(words)) / count**0.8,
    }


def stairs(steps: Steps) -> Stairs:
    """Steps, ready to be looked up."""
    found: dict[str, tuple[tuple[float, ...], tuple[float, ...]]] = {}
    for name, each in steps.items():
        amounts = [amount for _, amount in each]
        found[name] = tuple(edge for edge, _ in each), tuple(sum(amounts[:i]) for i in range(len(each) + 1))
    return found


def stepped(seen: Mapping[str, float], steps: Stairs) -> dict[str, float]:
    """What each measure adds; 0 where no edge is passed, and those are left out."""
    found = {}
    for name, (edges, sums) in steps.items():
        if amount := sums[bisect_left(edges, seen[name])]:
            found[name] = amount
    return found
