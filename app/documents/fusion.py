"""Several rankings put together to one, by what they agree on.

fused([["a", "b"], ["b", "c"]])      # ["b", "a", "c"]
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

Item = TypeVar("Item", bound=Hashable)
#: From Cormack, Clarke and Büttcher, "Reciprocal Rank Fusion" (SIGIR 2009): how little the first places stand out.
_FLAT = 60


def fused(rankings: Sequence[Sequence[Item]]) -> list[Item]:
    """All that stands in any of them, best first. Each gives 1 / (60 + place), so that scores of different kinds need
    no common measure; among equals the earlier ranking's order holds."""
    scores: dict[Item, float] = {}
    for ranking in rankings:
        for place, item in enumerate(dict.fromkeys(ranking), 1):
            scores[item] = scores.get(item, 0.0) + 1 / (_FLAT + place)
    return sorted(scores, key=lambda item: -scores[item])
