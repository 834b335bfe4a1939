"""The parts of a score: a linear one, one of word stems, and one of stumps.

both = mixed(by_hand, seen, stems, documents, counts).with_stumps(stumps, measures, counts)
both.score({"maths": 1.0}, ["prove", "sum"], {"size": 2.3})
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.routing.boosting import Stumps
from tests.routing.fitting import Linear
from tests.routing.ridge import Stems

NO_STUMPS = Stumps({}, 0.0)


@dataclass(frozen=True, slots=True)
class Mixed:
    """A linear part, a part of word stems and one of stumps, each already in its own standard deviations."""

    linear: Linear
    stems: Stems
    stumps: Stumps = NO_STUMPS

    def score(self, seen: dict[str, float], stems: Sequence[str], measures: dict[str, float]) -> float:
        """The sum of all."""
        return self.linear.score(seen) + self.stems.score(stems) + self.stumps.score(measures)

    def scaled(self, factor: float, shift: float) -> Mixed:
        """The one whose score is `factor * (score + shift)`."""
        weights = {stem: factor * weight for stem, weight in self.stems.weights.items()}
        stems = Stems(weights, factor * self.stems.mean)
        return Mixed(scaled(self.linear, factor, shift), stems, self.stumps.scaled(factor))

    def with_stumps(
        self, stumps: Stumps, measures: Sequence[dict[str, float]], counts: list[float], share: float = 1.0
    ) -> Mixed:
        """With stumps; they and the stems are each `share` as large as the linear part."""
        _, width = moments([stumps.score(one) for one in measures], counts)
        stems = Mixed(self.linear, self.stems).scaled(share, 0).stems
        return Mixed(self.linear, stems, stumps.scaled(share / (width or 1.0)))

    def centred_on(self, stems: Sequence[Sequence[str]], measures: Sequence[dict[str, float]]) -> Mixed:
        """The same score, divided otherwise: what is learned comes to nothing for the usual one of these questions, so
        that one of whose words nothing was learned is judged like those."""
        words = sum(map(self.stems.score, stems)) / len(stems)
        steps = sum(map(self.stumps.score, measures)) / len(measures)
        return Mixed(
            Linear(self.linear.start + words + steps, self.linear.weights),
            Stems(self.stems.weights, self.stems.mean + words),
            Stumps(self.stumps.steps, self.stumps.mean + steps),
        )


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
