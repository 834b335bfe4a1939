"""Measures of a ranking against judgements, and how far a mean of few questions can be trusted.

    ndcg(["b", "a"], {"a": 1}, 10)      # 0.6309: what is relevant stands second
    recall(["b", "a"], {"a": 1}, 20)    # 1.0
    reciprocal(["b", "a"], {"a": 1}, 10)    # 0.5
    spread([0.6, 1.0, 0.0, …])          # Spread(0.55, 0.41, 0.68): the mean, and where 95 of 100 such means would lie

A gain counts as it is judged, the less the further down it stands (Järvelin and Kekäläinen, 2002, as trec_eval reckons
it: gain / log2(rank + 1)); what was not judged, or judged below nothing, counts as nothing.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2
from statistics import fmean

DRAWS = 1000  # of questions, with some twice and some not at all
_TAIL = 0.025  # of the means that is left out at each end
_SEED = 1979  # the same questions always give the same interval; the year of Efron's paper on this way


@dataclass(frozen=True, slots=True)
class Spread:
    """A mean, and the interval that holds 95 of 100 means of as many questions."""

    mean: float
    low: float
    high: float


def ndcg(ranked: Sequence[str], gains: Mapping[str, float], depth: int) -> float:
    """From 0 to 1: the gains of the first `depth`, as a part of what the best order has."""
    best = sorted((gain for gain in gains.values() if gain > 0), reverse=True)[:depth]
    got = [max(gains.get(one, 0), 0) for one in ranked[:depth]]
    whole = sum(gain / log2(at + 2) for at, gain in enumerate(best))
    return sum(gain / log2(at + 2) for at, gain in enumerate(got)) / whole if whole else 0.0


def recall(ranked: Sequence[str], gains: Mapping[str, float], depth: int) -> float:
    """From 0 to 1: the part of all that is relevant that is among the first `depth`."""
    relevant = {one for one, gain in gains.items() if gain > 0}
    return len(relevant & set(ranked[:depth])) / len(relevant) if relevant else 0.0


def reciprocal(ranked: Sequence[str], gains: Mapping[str, float], depth: int) -> float:
    """From 0 to 1: one through the place of the first that is relevant, 0 where none is among the first `depth`."""
    return next((1 / place for place, one in enumerate(ranked[:depth], 1) if gains.get(one, 0) > 0), 0.0)


def spread(values: Sequence[float]) -> Spread:
    """The mean of what was measured for each question, with its interval: questions are drawn anew from these, as many
    as there are, a thousand times (Efron's bootstrap). Raises ValueError of nothing."""
    draw = random.Random(_SEED)
    means = sorted(fmean(draw.choices(values, k=len(values))) for _ in range(DRAWS))
    return Spread(fmean(values), means[round(_TAIL * DRAWS)], means[round((1 - _TAIL) * DRAWS) - 1])
