"""The measures of a router, in plain Python: APGR, CPT, ROC AUC, and their intervals by resampling.

    ranked = Ranked(scores, rows)              # sorted once, however many resamples follow
    ranked.apgr()                              # 0.61; sending at random gives about 0.5
    ranked.cpt(0.8)                            # 0.66: the share of strong calls that recovers 80 % of the gap
    ranked.auc(needs_strong(rows))
    ranked.apgr(draw(random.Random(1), n))     # of one resample: how often each row was drawn

APGR: sort by score, highest first (ties by tiny seeded noise). For shares 0, 0.1 … 1 send the top to the strong model,
the rest to the weak one; PGR = (mean score - mean ws) / (mean ss - mean ws); APGR is the area under PGR by trapezoids.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence

from tests.routing.rows import Row, Turn

STEPS = 10
#: a resample whose gap between the models is not above this says nothing about routing
SMALLEST_GAP = 0.01
Counts = Sequence[int]


def needs_strong(rows: Sequence[Row]) -> list[bool]:
    """Where the strong model does better."""
    return [row.ss > row.ws for row in rows]


def weak_fails(rows: Sequence[Row]) -> list[bool]:
    """Where the weak model scores below one half."""
    return [row.ws < 0.5 for row in rows]


def draw(chance: random.Random, size: int) -> list[int]:
    """How often each row is drawn in one resample with replacement."""
    counts = [0] * size
    for number in chance.choices(range(size), k=size):
        counts[number] += 1
    return counts


def draw_groups(chance: random.Random, groups: Sequence[Sequence[int]]) -> list[int]:
    """The same where whole groups of rows are drawn: what would be with other tasks, rather than other questions."""
    counts = [0] * sum(map(len, groups))
    for group in chance.choices(groups, k=len(groups)):
        for number in group:
            counts[number] += 1
    return counts


class Ranked:
    """A router's scores for some rows, sorted."""

    def __init__(self, scores: Sequence[float], rows: Sequence[Row], seed: int = 0) -> None:
        chance = random.Random(seed)
        noise = [chance.random() for _ in rows]
        self.order = sorted(range(len(rows)), key=lambda i: (-scores[i], noise[i]))
        self._scores = [scores[i] for i in self.order]
        self._gains = [rows[i].gain for i in self.order]

    def apgr(self, counts: Counts | None = None) -> float:
        """The area under the curve of recovered gap; NaN where there is hardly a gap."""
        drawn = self._drawn(counts)
        size = sum(drawn)
        cuts = [round(size * step / STEPS) for step in range(STEPS + 1)]
        points, place, done, total = [0.0], 1, 0, 0.0
        for gain, count in zip(self._gains, drawn, strict=True):
            while place <= STEPS and done + count >= cuts[place]:
                points.append(total + gain * (cuts[place] - done))
                place += 1
            done += count
            total += gain * count
        if not size or total / size <= SMALLEST_GAP:
            return math.nan
        return sum(points[i] + points[i + 1] for i in range(STEPS)) / (2 * STEPS * total)

    def cpt(self, part: float) -> float:
        """The smallest share of strong calls that recovers `part` of the gap; NaN where there is hardly a gap."""
        size, total, found = len(self._gains), sum(self._gains), 0.0
        if not size or total / size <= SMALLEST_GAP:
            return math.nan
        for number, gain in enumerate(self._gains, 1):
            found += gain
            if found >= part * total:
                return number / size
        return 1.0

    def auc(self, labels: Sequence[bool], counts: Counts | None = None) -> float:
        """ROC AUC of the scores against labels, which are in the rows' own order."""
        return auc_sorted(self._scores, [labels[i] for i in self.order], self._drawn(counts))

    def _drawn(self, counts: Counts | None) -> list[int]:
        return [1] * len(self.order) if counts is None else [counts[i] for i in self.order]


def auc(scores: Sequence[float], labels: Sequence[bool]) -> float:
    """ROC AUC: how often a positive row scores above a negative one; ties count half, NaN where one class lacks."""
    order = sorted(range(len(scores)), key=lambda i: -scores[i])
    return auc_sorted([scores[i] for i in order], [labels[i] for i in order], [1] * len(scores))


def auc_sorted(scores: Sequence[float], labels: Sequence[bool], counts: Counts) -> float:
    """The same for rows sorted by score, highest first, each as often as `counts` says."""
    better = yes = no = yes_here = no_here = 0.0
    before = math.nan
    for score, label, count in zip(scores, labels, counts, strict=True):
        if score != before:
            better += no_here * (yes + yes_here / 2)
            yes, no, yes_here, no_here, before = yes + yes_here, no + no_here, 0.0, 0.0, score
        if label:
            yes_here += count
        else:
            no_here += count
    better += no_here * (yes + yes_here / 2)
    pairs = (yes + yes_here) * (no + no_here)
    return better / pairs if pairs else math.nan


def interval(measure: Callable[[Counts], float], resamples: Sequence[Counts]) -> tuple[float, float]:
    """The 2.5 and 97.5 percentiles of a measure over resamples; those without a gap are passed over."""
    return edges([value for counts in resamples if not math.isnan(value := measure(counts))])


def edges(values: Sequence[float]) -> tuple[float, float]:
    """The 2.5 and 97.5 percentiles; NaN where there are no values."""
    if not values:
        return math.nan, math.nan
    ranked, last = sorted(values), len(values) - 1
    return ranked[round(0.025 * last)], ranked[round(0.975 * last)]


def share_above(one: Ranked, other: Ranked, resamples: Sequence[Counts]) -> float:
    """In which share of the resamples `one` has the higher APGR: the same rows for both."""
    pairs = [(one.apgr(counts), other.apgr(counts)) for counts in resamples]
    told = [mine > theirs for mine, theirs in pairs if not (math.isnan(mine) or math.isnan(theirs))]
    return sum(told) / len(told) if told else math.nan


def follow_up_measures(scores: Sequence[float], turns: Sequence[Turn], threshold: float = 0.5) -> dict[str, float]:
    """AUC, accuracy, F1 and the share of real topic switches (tasks TS and CC) that are seen as such."""
    labels, said = [turn.followup == 1 for turn in turns], [score >= threshold for score in scores]
    hits = sum(label and one for label, one in zip(labels, said, strict=True))
    switches = [not one for turn, one in zip(turns, said, strict=True) if turn.task in ("TS", "CC")]
    return {
        "AUC": auc(scores, labels),
        "accuracy": sum(label == one for label, one in zip(labels, said, strict=True)) / len(turns),
        "F1": 2 * hits / ((sum(labels) + sum(said)) or 1),
        "topic-switch recall": sum(switches) / len(switches) if switches else math.nan,
    }
