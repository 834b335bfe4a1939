"""Boosted stumps in plain Python: one step at a time, each where it explains most of what is left.

    fit_steps([{"size": 1.0}, {"size": 3.0}], [0.0, 1.0], [1.0, 1.0]).score({"size": 2.5})

Least squares need of the rows only how often two steps are passed together: rows are bits of whole numbers, so a fit
takes a second.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from app.models.routing.shape import Stairs, Steps, stairs, stepped

#: edges tried for each measure, steps taken, the part of the best amount that one step takes, and rows that each
#: amount is drawn to 0 by; as usual for stumps and set before the first look, but for the number of steps
MOST_EDGES, ROUNDS, PART, STRENGTH = 15, 400, 0.1, 50.0
#: a step that hardly any row, or nearly every one, passes tells nothing
FEWEST = 0.01
Cut = tuple[str, float]


@dataclass(frozen=True)
class Stumps:
    """Steps by measure, and what the usual question's come to."""

    steps: Steps
    mean: float

    def score(self, seen: Mapping[str, float]) -> float:
        """The sum over the steps, less what is usual."""
        return sum(stepped(seen, self._stairs).values()) - self.mean

    @cached_property
    def _stairs(self) -> Stairs:
        return stairs(self.steps)

    def scaled(self, factor: float) -> Stumps:
        """The one whose score is so many times as large."""
        steps = {name: tuple((edge, factor * one) for edge, one in edges) for name, edges in self.steps.items()}
        return Stumps(steps, factor * self.mean)


def fit_steps(seen: Sequence[Mapping[str, float]], wanted: Sequence[float], counts: Sequence[float]) -> Stumps:
    """The steps that come near what is wanted. The start is free: rows are centred."""
    whole = sum(counts)
    middle = sum(c * y for c, y in zip(counts, wanted, strict=True)) / whole
    missed = [c * (y - middle) for c, y in zip(counts, wanted, strict=True)]
    cuts, passed, aim = _tried(seen, missed)
    weighed = _weigher(counts)
    sizes = [weighed(bits) for bits in passed]
    spreads = [size * (1 - size / whole) for size in sizes]
    together: dict[int, list[float]] = {}
    amounts = [0.0] * len(cuts)
    for _ in range(ROUNDS if cuts else 0):
        best = max(range(len(cuts)), key=lambda j: aim[j] ** 2 / (spreads[j] + STRENGTH))
        step = PART * aim[best] / (spreads[best] + STRENGTH)
        amounts[best] += step
        if best not in together:
            both = [weighed(bits & passed[best]) for bits in passed]
            together[best] = [one - size * sizes[best] / whole for one, size in zip(both, sizes, strict=True)]
        aim = [one - step * shared for one, shared in zip(aim, together[best], strict=True)]
    mean = sum(amount * size for amount, size in zip(amounts, sizes, strict=True)) / whole
    return Stumps(_by_name(cuts, amounts), mean)


def _tried(seen: Sequence[Mapping[str, float]], missed: Sequence[float]) -> tuple[list[Cut], list[int], list[float]]:
    """The cuts worth trying, the rows that pass each as bits, and the sum of what those miss."""
    cuts, passed, aim = [], [], []
    for name in seen[0]:
        values = [row[name] for row in seen]
        for edge in _edges(values):
            above = [value > edge for value in values]
            if FEWEST < sum(above) / len(above) < 1 - FEWEST:
                cuts.append((name, edge))
                passed.append(int("".join("1" if one else "0" for one in above), 2))
                aim.append(sum(miss for miss, one in zip(missed, above, strict=True) if one))
    return cuts, passed, aim


def _edges(values: Sequence[float]) -> list[float]:
    """Between values where they are few, else at equal shares of the rows."""
    ranked = sorted(set(values))
    if len(ranked) <= MOST_EDGES + 1:
        return [round((low + high) / 2, 4) for low, high in pairwise(ranked)]
    ranked, parts = sorted(values), MOST_EDGES + 1
    return sorted({round(ranked[len(ranked) * part // parts], 4) for part in range(1, parts)})


def _weigher(counts: Sequence[float]) -> Callable[[int], float]:
    """How much the rows of a set of bits count together."""
    masks = {count: int("".join("1" if one == count else "0" for one in counts), 2) for count in set(counts)}
    return lambda bits: sum(count * (bits & mask).bit_count() for count, mask in masks.items())


def _by_name(cuts: Sequence[Cut], amounts: Sequence[float]) -> Steps:
    found: dict[str, tuple[tuple[float, float], ...]] = {}
    for (name, edge), amount in zip(cuts, amounts, strict=True):
        if amount:
            found[name] = (*found.get(name, ()), (edge, amount))
    return found
