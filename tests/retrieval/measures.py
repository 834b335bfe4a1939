"""Measures of a ranking against judgements.

    ndcg(["b", "a"], {"a": 1}, 10)      # 0.6309: what is relevant stands second
    recall(["b", "a"], {"a": 1}, 20)    # 1.0

A gain counts as it is judged, halved and less the further down it stands (Järvelin and Kekäläinen, 2002, as trec_eval
reckons it: gain / log2(rank + 1)); what was not judged counts as nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log2


def ndcg(ranked: Sequence[str], gains: Mapping[str, int], depth: int) -> float:
    """From 0 to 1: the gains of the first `depth`, as a part of what the best order has."""
    best = sorted(gains.values(), reverse=True)[:depth]
    got = [gains.get(one, 0) for one in ranked[:depth]]
    whole = sum(gain / log2(at + 2) for at, gain in enumerate(best))
    return sum(gain / log2(at + 2) for at, gain in enumerate(got)) / whole if whole else 0.0


def recall(ranked: Sequence[str], gains: Mapping[str, int], depth: int) -> float:
    """From 0 to 1: the part of all that is relevant that is among the first `depth`."""
    relevant = {one for one, gain in gains.items() if gain > 0}
    return len(relevant & set(ranked[:depth])) / len(relevant) if relevant else 0.0
