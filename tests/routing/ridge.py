"""Ridge regression on word stems in plain Python: sparse rows, by conjugate gradients.

    vocabulary = vocabulary_of(documents)                 # stems that enough questions have
    fit_ridge(documents, wanted, counts, vocabulary, 40.0).score(["prove", "sum"])

A question's stems all weigh 1 / √(how many different ones it has), so that length by itself says nothing.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

#: rarer stems are noise and bytes
FEWEST_QUESTIONS = 8
#: for worth of 40 and 150, by tasks left out within each fold (hardly a difference); for difficulty of 3, 10 and 30
#: with rows left out
WORTH_STRENGTH, DIFFICULTY_STRENGTH = 150.0, 3.0
STEPS = 20
Sparse = list[tuple[float, list[int]]]


@dataclass(frozen=True, slots=True)
class Stems:
    """A weight for each stem, and what the usual question's stems come to."""

    weights: dict[str, float]
    mean: float

    def score(self, stems: Sequence[str]) -> float:
        """The sum over the stems, less what is usual."""
        return sum(self.weights.get(stem, 0.0) for stem in stems) / math.sqrt(len(stems) or 1) - self.mean


def vocabulary_of(documents: Sequence[Collection[str]]) -> list[str]:
    """The stems that at least so many questions have, in order of the alphabet."""
    found = Counter(stem for document in documents for stem in document)
    return sorted(stem for stem, count in found.items() if count >= FEWEST_QUESTIONS)


def fit_ridge(
    documents: Sequence[Sequence[str]],
    wanted: Sequence[float],
    counts: Sequence[float],
    vocabulary: Sequence[str],
    strength: float,
) -> Stems:
    """Weights that come near what is wanted, each drawn to 0 by `strength`. The start is free: rows are centred."""
    place = {stem: number for number, stem in enumerate(vocabulary)}
    rows: Sparse = [(1 / math.sqrt(len(one) or 1), [place[stem] for stem in one if stem in place]) for one in documents]
    whole, size = sum(counts), len(vocabulary)
    means = [part / whole for part in _back(rows, counts, size)]
    middle = sum(c * y for c, y in zip(counts, wanted, strict=True)) / whole

    def times(vector: list[float]) -> list[float]:
        offset = sum(m * v for m, v in zip(means, vector, strict=True))
        spread = [c * (_dot(row, vector) - offset) for row, c in zip(rows, counts, strict=True)]
        total = sum(spread)
        back = _back(rows, spread, size)
        return [b - total * m + strength * v for b, m, v in zip(back, means, vector, strict=True)]

    missed = [c * (y - middle) for c, y in zip(counts, wanted, strict=True)]
    beta = _conjugate(times, _back(rows, missed, size))
    mean = sum(m * b for m, b in zip(means, beta, strict=True))
    return Stems(dict(zip(vocabulary, beta, strict=True)), mean)


def _conjugate(times: Callable[[list[float]], list[float]], aim: list[float]) -> list[float]:
    beta, rest = [0.0] * len(aim), list(aim)
    way, size = list(rest), sum(r * r for r in rest)
    for _ in range(STEPS):
        if size < 1e-12:
            break
        seen = times(way)
        step = size / sum(w * s for w, s in zip(way, seen, strict=True))
        beta = [b + step * w for b, w in zip(beta, way, strict=True)]
        rest = [r - step * s for r, s in zip(rest, seen, strict=True)]
        size, before = sum(r * r for r in rest), size
        way = [r + size / before * w for r, w in zip(rest, way, strict=True)]
    return beta


def _dot(row: tuple[float, list[int]], vector: Sequence[float]) -> float:
    scale, places = row
    return scale * sum([vector[place] for place in places])


def _back(rows: Sparse, amounts: Sequence[float], size: int) -> list[float]:
    found = [0.0] * size
    for (scale, places), amount in zip(rows, amounts, strict=True):
        part = scale * amount
        for place in places:
            found[place] += part
    return found
