"""Which way of searching finds the most in a person's own documents, and whether that can be told at all.

    verdict({"keyword": places, "vector": …, "hybrid": …}, passages=640)     # Verdict(40, 0, (Way(…), …), "hybrid", …)

`places` says for each question, in the same order, at which place the passage that answers it was found, 0 where it was
not among the first ten. Another way than both together is proposed only where 95 of 100 means of the difference, over
questions drawn anew, speak for it: each question is its own comparison, so that hard ones count for no way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Literal

from app.core.documents import Trial
from app.core.shapes import decode
from app.study.library.measures import Spread, ndcg, recall, reciprocal, spread

#: by the words themselves, by what is meant, or by both
SearchKind = Literal["keyword", "vector", "hybrid"]
WAYS: tuple[SearchKind, ...] = ("keyword", "vector", "hybrid")
USUAL: SearchKind = "hybrid"
DEPTH, NEAR = 10, 5  # places that count, and that a person looks at
QUESTIONS = 40  # that are made
LEAST_QUESTIONS, LEAST_PASSAGES = 20, 40  # below, nothing can be told
MOST_TYPED, QUESTION_LENGTH = 100, 300
_THIS = "it"


#: what keeps a way from being proposed: questions, passages, any vectors, vectors that are being made, or questions in
#: other words than the documents'
Lacks = Literal["", "questions", "passages", "vectors", "making", "fair"]


@dataclass(frozen=True, slots=True)
class Typed:
    """The questions that a person has typed, each with the passage that answers it."""

    questions: tuple[Trial, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """How well one way finds: nDCG@10 with its interval, the mean of one through the place, and the parts of the
    questions whose passage came first and among the first five. All from 0 to 1."""

    kind: SearchKind
    ndcg: Spread
    mrr: float
    first: float
    near: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was measured with so many questions, some of them typed. `best` is the way to use; `gain` is how much better
    it is than `over`: both together, or the better single way where both together are best. `lacks` says why nothing is
    proposed."""

    questions: int
    typed: int
    ways: tuple[Way, ...]
    best: SearchKind = USUAL
    over: SearchKind = USUAL
    gain: Spread | None = None
    lacks: Lacks = ""

    @property
    def is_clear(self) -> bool:
        """Whether one way is better beyond chance."""
        return self.gain is not None and self.gain.low > 0


def typed_from(record: object, lost: list[str] | None = None) -> Typed:
    """Typed questions from their stored record. Raises Damaged."""
    return decode(Typed, record, lost)


def place_of(trial: Trial, found: Sequence[tuple[str, int]]) -> int:
    """At which of the first places the answer of a question stands, 0 where it is not among them."""
    wanted = (trial.document, trial.passage)
    return found.index(wanted) + 1 if wanted in found[:DEPTH] else 0


def verdict(
    places: Mapping[SearchKind, Sequence[int]],
    *,
    passages: int,
    typed: int = 0,
    lacks: Lacks = "",
    is_fair: bool = True,
) -> Verdict:
    """What was measured says. Every way has the same questions, at least one; `lacks` is what is known to lack. By
    questions of the documents' own words, which are not fair, search by words is never proposed."""
    gains = {kind: [_gain(place) for place in some] for kind, some in places.items()}
    ways = tuple(_way(kind, places[kind], gains[kind]) for kind in WAYS if kind in places)
    count = len(next(iter(places.values())))
    if len(ways) < len(WAYS):
        return Verdict(count, typed, ways, lacks="vectors")
    few: Lacks = "questions" if count < LEAST_QUESTIONS else "passages" if passages < LEAST_PASSAGES else lacks
    if few:
        return Verdict(count, typed, ways, lacks=few)
    single = max(WAYS[:2], key=lambda kind: fmean(gains[kind]))
    better, other = sorted((USUAL, single), key=lambda kind: -fmean(gains[kind]))
    gain = spread([one - two for one, two in zip(gains[better], gains[other], strict=True)])
    if better == "keyword" and gain.low > 0 and not is_fair:
        return Verdict(count, typed, ways, over=other, gain=gain, lacks="fair")
    return Verdict(count, typed, ways, better if gain.low > 0 else USUAL, other, gain)


def _gain(place: int) -> float:
    return ndcg(_ranked(place), {_THIS: 1}, DEPTH)


def _ranked(place: int) -> list[str]:
    """A ranking with the one passage that counts at a place."""
    return [""] * (place - 1) + [_THIS] if place else []


def _way(kind: SearchKind, places: Sequence[int], gains: Sequence[float]) -> Way:
    rankings, this = list(map(_ranked, places)), {_THIS: 1}
    return Way(
        kind,
        spread(gains),
        fmean(reciprocal(ranked, this, DEPTH) for ranked in rankings),
        fmean(recall(ranked, this, 1) for ranked in rankings),
        fmean(recall(ranked, this, NEAR) for ranked in rankings),
    )
