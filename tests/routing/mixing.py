"""Two parts of a score in equal shares: a linear one, and one of word stems.

both = mixed(by_hand, seen, stems, documents, counts)
both.score({"maths": 1.0}, ["prove", "sum"])
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.routing.fitting import Linear
from tests.routing.ridge import Stems


@dataclass(frozen=True, slots=True)
class Mixed:
    """A linear part and a part of word stems, each already in its own standard deviations."""

    linear: Linear
    stems: Stems

    def score(self, seen: dict[str, float], stems: Sequence[str]) -> float:
        """The sum of both."""
        return self.linear.score(seen) + self.stems.score(stems)

    def scaled(self, factor: float, shift: float) -> Mixed:
        """The one whose score is `factor * (score + shift)`."""
        weights = {stem: factor * weight for stem, weight in self.stems.weights.items()}
        return Mixed(scaled(self.linear, factor, shift), Stems(weights, factor * self.stems.mean))


def mixed(
    linear: Linear, seen: Sequence[dict[str, float]], stems: Stems, documents: Sequence[list[str]], counts: list[float]
) -> Mixed:
    """Both parts in equal shares: each centred, a standard deviation as its unit."""
    middle, spread = moments([linear.score(one) for one in seen], counts)
    _, width = moments([stems.score(one) for one in documents], counts)
    return Mixed(scaled(linear, 1 / spread, -middle), Mixed(linear, stems).scaled(1 / width, 0).stems)


def scaled(model: Linear, factor: float, shift: float) -> Linear:
    """The model whose score is `factor * (score + shift)`."""
    return Linear(factor * (model.start + shift), {name: factor * weight for name, weight in model.weights.items()})


def moments(scores: Sequence[float], counts: Sequence[float]) -> tuple[float, float]:
    """The weighted mean and standard deviation."""
    middle = sum(c * s for c, s in zip(counts, scores, strict=True)) / sum(counts)
    spread = (sum(c * (s - middle) ** 2 for c, s in zip(counts, scores, strict=True)) / sum(counts)) ** 0.5
    return middle, spread
