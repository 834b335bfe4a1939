"""What a score is made of: each feature seen, in words for the person, and how much it moved the score.

why, total = explain({"maths": 0.8, "code": 0.0}, {"maths": 0.5, "code": 1.0}, SAYS)
why                    # (Evidence(Text("routing.seen_maths"), 0.4),)
squash(total)          # 0.6
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from app.core.shapes import MOST, within
from app.core.texts import Text, TextOrWords

#: what moves a score by less than this is not worth a line
SMALL = 0.02
#: from here on a message goes on with the talk
GOES_ON = 0.5


@dataclass(frozen=True, slots=True)
class Evidence:
    """A feature that was seen, in plain words, and what it adds to a score (below 0: takes away), before squashing."""

    says: TextOrWords
    amount: Annotated[float, within(-MOST, MOST)]


def explain(
    seen: Mapping[str, float], weights: Mapping[str, float], says: Mapping[str, Text]
) -> tuple[tuple[Evidence, ...], float]:
    """The features that count, the strongest first, and their sum."""
    return told({name: weight * seen[name] for name, weight in weights.items()}, says)


def told(amounts: Mapping[str, float], says: Mapping[str, Text]) -> tuple[tuple[Evidence, ...], float]:
    """The same where it is known what each feature adds."""
    strong = [(name, amount) for name, amount in amounts.items() if not -SMALL < amount < SMALL]
    strong.sort(key=lambda one: -abs(one[1]))
    return tuple([Evidence(says[name], round(amount, 3)) for name, amount in strong]), sum(amounts.values())


def squash(total: float) -> float:
    """The logistic function: any number to 0..1, 0 to one half."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
