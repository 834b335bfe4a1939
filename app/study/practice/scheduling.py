"""When a card comes again: FSRS, by the package `fsrs`, which says it to the last digit.

    scheduling = Scheduling(limits)                 # the package must be importable by then
    after = scheduling.answered(card, GOOD, now)    # the card as it is after an answer at `now`
    scheduling.intervals(card, now)                 # (60.0, 330.0, 600.0, 691200.0): Again, Hard, Good, Easy

Nothing is left to chance: the same answers at the same times give the same card everywhere. Times are kept to the
microsecond, as the package keeps them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from math import inf
from typing import TYPE_CHECKING

from app.study.practice.limits import Limits
from app.study.practice.records import AGAIN, RATINGS, STATES, Card, Review

if TYPE_CHECKING:
    import fsrs

DAY = 86_400.0


class Scheduling:
    """The scheduler with the person's wish for how much should be remembered."""

    def __init__(self, limits: Limits) -> None:
        import fsrs  # the page fetches it when cards are opened

        self._fsrs = fsrs
        self._scheduler = fsrs.Scheduler(desired_retention=limits.retention, enable_fuzzing=False)

    def answered(self, card: Card, rating: int, now: float) -> Card:
        """The card after this answer. A card that was forgotten counts a lapse. One of which nothing is known counts as
        new, whatever its state says: another program or odd data may leave it so."""
        at = _moment(now)
        made, _ = self._scheduler.review_card(self._as_fsrs(card, at), self._fsrs.Rating(rating), at)
        return replace(
            card,
            state=STATES[int(made.state)],  # the package counts from 1, without "new"
            step=made.step,
            stability=made.stability,
            difficulty=made.difficulty,
            due=made.due.timestamp(),
            last_review=at.timestamp(),
            reps=card.reps + 1,
            lapses=card.lapses + (card.state == "review" and rating == AGAIN and not _is_new(card)),
            updated=at.timestamp(),
        )

    def intervals(self, card: Card, now: float) -> tuple[float, ...]:
        """Seconds until it comes again, by answer."""
        return tuple(self.answered(card, rating, now).due - _moment(now).timestamp() for rating in RATINGS)

    def recall(self, card: Card, now: float) -> float:
        """How likely it is remembered at a moment, 0 to 1; 0 for a new one."""
        at = _moment(now)
        return float(self._scheduler.get_card_retrievability(self._as_fsrs(card, at), at))

    def _as_fsrs(self, card: Card, at: datetime) -> fsrs.Card:
        is_new = _is_new(card)
        return self._fsrs.Card(
            card_id=0,
            state=self._fsrs.State.Learning if is_new else self._fsrs.State(STATES.index(card.state)),
            step=None if is_new else 0 if card.step is None and card.state == "relearning" else card.step,
            stability=None if is_new else card.stability,
            difficulty=None if is_new else card.difficulty,
            due=at if is_new else _moment(card.due),
            last_review=None if is_new or card.last_review is None else _moment(card.last_review),
        )


def _is_new(card: Card) -> bool:
    """The package divides by the stability, and takes a card without one for one that was just added."""
    known = (card.stability or 0.0, card.difficulty or 0.0)
    return card.state == "new" or not all(0 < one < inf for one in known)


def review_of(id: str, before: Card, after: Card, rating: int, seconds: float) -> Review:
    """What is kept of an answer."""
    at = after.last_review or 0.0
    days = (before.due - before.last_review) / DAY if before.last_review is not None else 0.0
    return Review(id, before.id, rating, at, before.state, max(0.0, days), after.due, seconds)


def is_leech(card: Card, limits: Limits) -> bool:
    """Whether it was just forgotten too often: at the limit, and again after each half of it."""
    most = limits.leech_lapses
    if not most or card.lapses < most:
        return False
    return (card.lapses - most) % max(1, (most + 1) // 2) == 0


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
