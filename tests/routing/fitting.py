"""Two small fits in plain Python: least squares with fixed signs, and logistic regression.

    fit_signed(seen, gains, counts, {"maths": 1, "fact": -1}, Pull(0.01, 20.0)).score({"maths": 1.0, "fact": 0.0})

`seen` holds the features of each row by name, `counts` how much each row counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.models.routing.evidence import squash

#: a feature that hardly ever shows must not get a huge weight for that
SMALLEST_SPREAD = 0.1
Matrix = list[list[float]]


@dataclass(frozen=True, slots=True)
class Linear:
    """A start and a weight for each feature."""

    start: float
    weights: dict[str, float]

    def score(self, seen: dict[str, float]) -> float:
        """The sum, before squashing."""
        return self.start + sum(weight * seen[name] for name, weight in self.weights.items())


@dataclass(frozen=True, slots=True)
class Pull:
    """`push` is the weight that every feature is drawn to, per standard deviation; `strength` how hard (1: as hard as
    the data's own spread)."""

    push: float
    strength: float


def fit_signed(
    seen: Sequence[dict[str, float]],
    wanted: Sequence[float],
    counts: Sequence[float],
    pushes: dict[str, float],
    pull: Pull,
) -> Linear:
    """Least squares in which each weight keeps the sign of its push, and is drawn to that many of the pull's own."""
    names, whole = list(pushes), sum(counts)
    means, scale = [], []
    for name, push in pushes.items():
        mean = sum(c * row[name] for c, row in zip(counts, seen, strict=True)) / whole
        spread = (sum(c * (row[name] - mean) ** 2 for c, row in zip(counts, seen, strict=True)) / whole) ** 0.5
        means.append(mean)
        scale.append((1 if push > 0 else -1) / max(spread, SMALLEST_SPREAD))
    middle = sum(c * y for c, y in zip(counts, wanted, strict=True)) / whole
    rows = [[(row[n] - m) * s for n, m, s in zip(names, means, scale, strict=True)] for row in seen]
    gram, aim = _gram(rows, [y - middle for y in wanted], counts)
    sizes = _descended(gram, aim, [abs(push) * pull.push for push in pushes.values()], pull.strength)
    weights = {name: size * s for name, size, s in zip(names, sizes, scale, strict=True)}
    return Linear(middle - sum(weights[name] * mean for name, mean in zip(names, means, strict=True)), weights)


def _descended(gram: Matrix, aim: Sequence[float], targets: Sequence[float], strength: float) -> list[float]:
    """Sizes of 0 and more by coordinate descent, drawn to their targets."""
    sizes = list(targets)
    for _ in range(60):
        for j, row in enumerate(gram):
            slope = aim[j] + strength * (targets[j] - sizes[j]) - sum(a * b for a, b in zip(row, sizes, strict=True))
            sizes[j] = max(0.0, sizes[j] + slope / (row[j] + strength))
    return sizes


def _gram(rows: Matrix, wanted: Sequence[float], counts: Sequence[float]) -> tuple[Matrix, list[float]]:
    """Weighted means of the products of every two columns, and of each column with what is wanted."""
    whole, columns = sum(counts), list(zip(*rows, strict=True))
    weighted = [[c * x / whole for c, x in zip(counts, column, strict=True)] for column in columns]
    gram = [[sum(a * b for a, b in zip(one, other, strict=True)) for other in columns] for one in weighted]
    return gram, [sum(a * y for a, y in zip(one, wanted, strict=True)) for one in weighted]


def fit_logistic(
    seen: Sequence[dict[str, float]], wanted: Sequence[float], counts: Sequence[float], pull: float
) -> Linear:
    """Logistic regression by Newton's method with a ridge of `pull` on every weight but the start."""
    names = list(seen[0])
    rows = [[1.0, *row.values()] for row in seen]
    whole, beta = sum(counts), [0.0] * (len(names) + 1)
    for _ in range(12):
        chances = [squash(sum(b * x for b, x in zip(beta, row, strict=True))) for row in rows]
        bends = [c * p * (1 - p) for c, p in zip(counts, chances, strict=True)]
        misses = [c * (y - p) / max(b, 1e-12) for c, y, p, b in zip(counts, wanted, chances, bends, strict=True)]
        gram, slope = _gram(rows, misses, bends)
        part = sum(bends) / whole
        gram = [[value * part + pull * (i == j > 0) for j, value in enumerate(row)] for i, row in enumerate(gram)]
        slope = [value * part - pull * b * (i > 0) for i, (value, b) in enumerate(zip(slope, beta, strict=True))]
        beta = [b + step for b, step in zip(beta, _solve(gram, slope), strict=True)]
    return Linear(beta[0], dict(zip(names, beta[1:], strict=True)))


def _solve(matrix: Matrix, aim: Sequence[float]) -> list[float]:
    """Gauss-Jordan elimination with pivots."""
    rows = [[*row, value] for row, value in zip(matrix, aim, strict=True)]
    for i in range(len(rows)):
        best = max(range(i, len(rows)), key=lambda r: abs(rows[r][i]))
        rows[i], rows[best] = rows[best], rows[i]
        rows[i] = [value / rows[i][i] for value in rows[i]]
        for r, row in enumerate(rows):
            if r != i and row[i]:
                rows[r] = [a - row[i] * b for a, b in zip(row, rows[i], strict=True)]
    return [row[-1] for row in rows]
