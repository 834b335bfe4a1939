"""Which card is next, of however many: kept in order of what is due, so that none is looked at in vain.

    deck = Deck(cards, limits, now, answered=today.reviews)
    card = deck.next(now)               # None where nothing is due
    deck.put(after)                     # a card that has changed, or is new
    deck.count()                        # Count(left=8, total=12): of today

What comes first: a card that is being learned once its time has come, then reviews, the one that was due first before
the others, then new cards as they were added. One that is being learned is asked a little early where nothing else is
left. A day begins at midnight; a clock change in between moves a card by an hour at most.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from app.core.days import local_day, midnight
from app.study.practice.limits import DAYS_AHEAD, Limits, Outlook
from app.study.practice.records import Card, Review
from app.study.practice.scheduling import DAY

AHEAD_SECONDS = 20 * 60.0  # a card that is learned may come so much too early where nothing else is left
LEARNED = ("learning", "relearning")

Key = tuple[float, float, str]


@dataclass(frozen=True, slots=True)
class Count:
    """Cards of today: `left` to be answered, of `total`; of those left so many are new."""

    left: int
    total: int
    new: int = 0


class Deck:
    """All cards, or those of a notebook. Everything is found by what was put there last."""

    def __init__(
        self,
        cards: Mapping[str, Card],
        limits: Limits,
        now: float,
        answered: Iterable[Review] = (),
        notebook: str | None = None,
    ) -> None:
        self.cards: dict[str, Card] = {}
        self.limits, self.notebook = limits, notebook
        self.day, self.begins = local_day(now), midnight(now)
        self._of_note: dict[str, list[str]] = {}
        self._queues: dict[str, list[Key]] = {"learning": [], "review": [], "new": []}
        self._counts: dict[str, int] = {"learning": 0, "new": 0}
        self._days: Counter[int] = Counter()  # of reviews, by the day on which they are due, 0 for today
        self._answers: dict[str, Review] = {}
        self._done: tuple[int, int] | None = None  # how many of both kinds, once it was counted
        for card in cards.values():
            self._enter(card, heaped=False)
        for queue in self._queues.values():
            heapify(queue)
        for review in answered:
            self.note(review)

    # -- what changes

    def put(self, *cards: Card) -> None:
        """These cards are like this now."""
        for card in cards:
            self._leave(card.id)
            self._enter(card, heaped=True)

    def drop(self, *ids: str) -> None:
        """These cards are gone."""
        for id in ids:
            self._leave(id)
            if card := self.cards.pop(id, None):
                self._of_note[card.note].remove(id)

    def note(self, review: Review) -> None:
        """A card was answered today."""
        self._answers[review.id] = review
        self._done = None

    def forget(self, review: Review) -> None:
        """It was not answered after all."""
        self._answers.pop(review.id, None)
        self._done = None

    def siblings(self, card: Card) -> list[Card]:
        """The other cards of its note."""
        return [self.cards[id] for id in self._of_note.get(card.note, ()) if id != card.id]

    def of_note(self, note: str) -> tuple[Card, ...]:
        """The cards of a note, in order."""
        return tuple(sorted((self.cards[id] for id in self._of_note.get(note, ())), key=lambda one: one.ordinal))

    # -- what is asked

    def next(self, now: float) -> Card | None:
        """The card to ask at a moment of this day."""
        if learned := self._first("learning", until=now):
            return learned
        if self._reviews_left() and (review := self._first("review", until=self.begins + DAY, before=True)):
            return review
        if self._new_left() and (new := self._first("new")):
            return new
        return self._first("learning", until=now + AHEAD_SECONDS)

    def next_time(self, now: float) -> float | None:
        """When the next card comes that is not asked yet, None for never."""
        times = [queue[0][0] for name in ("learning", "review") if (queue := self._clean(name))]
        if self._counts["new"]:
            times.append(self.begins + DAY)
        return max(now, min(times)) if times else None

    def learned_time(self) -> float | None:
        """When the next card that is being learned is due, None where there is none."""
        queue = self._clean("learning")
        return queue[0][0] if queue else None

    def count(self) -> Count:
        """What is left of today, and how much it was."""
        new = self._new_left()
        left = self._reviews_left() + new + self._counts["learning"]
        done = {one.card for one in self._answers.values() if self._is_here(one.card)}
        return Count(left, left + sum(not self._is_today(id) for id in done), new)

    def _is_here(self, id: str) -> bool:
        """Whether a card is in the notebook that this is about; one that is gone was."""
        card = self.cards.get(id)
        return self.notebook is None or (card is not None and card.notebook == self.notebook)

    def forecast(self, days: int) -> list[int]:
        """How many reviews are due on each of the next days, the first one with all from before; what is learned counts
        today."""
        late = sum(count for day, count in self._days.items() if day <= 0)
        return [late + self._counts["learning"], *(self._days[day] for day in range(1, days))]

    def outlook(self) -> Outlook:
        """The same for the navigation, with what was used of the limits today."""
        done = self.done()
        ahead = tuple(self.forecast(DAYS_AHEAD))
        limits = self.limits
        return Outlook(self.day, ahead, self._counts["new"], *done, limits.new_a_day, limits.reviews_a_day)

    def done(self) -> tuple[int, int]:
        """How many new cards and how many reviews were answered today."""
        if self._done is None:
            new = {one.card for one in self._answers.values() if one.state == "new"}
            reviews = {one.card for one in self._answers.values() if one.state == "review"}
            self._done = len(new), len(reviews)
        return self._done

    # -- the order

    def _reviews_left(self) -> int:
        due = sum(count for day, count in self._days.items() if day <= 0)
        return min(due, max(0, self.limits.reviews_a_day - self.done()[1]))

    def _new_left(self) -> int:
        return min(self._counts["new"], max(0, self.limits.new_a_day - self.done()[0]))

    def is_waiting(self, id: str) -> bool:
        """Whether a card may still be asked today."""
        card = self.cards.get(id)
        return card is not None and (self._queue_of(card) == "new" or self._is_today(id))

    def _is_today(self, id: str) -> bool:
        card = self.cards.get(id)
        if card is None:
            return False
        queue = self._queue_of(card)
        return queue == "learning" or (queue == "review" and self._day_of(card) <= 0)

    def _queue_of(self, card: Card) -> str:
        if card.is_suspended or card.buried_until > self.begins:
            return ""
        if self.notebook is not None and card.notebook != self.notebook:
            return ""
        if card.state in LEARNED:  # what is learned goes on today; what was left on another day is a review
            return "learning" if card.due < self.begins + DAY else "review"
        return card.state

    def _day_of(self, card: Card) -> int:
        return int((card.due - self.begins) // DAY)

    def _key(self, card: Card, queue: str) -> Key:
        return (card.position, card.added_at, card.id) if queue == "new" else (card.due, 0.0, card.id)

    def _enter(self, card: Card, *, heaped: bool) -> None:
        if card.id not in self.cards:
            self._of_note.setdefault(card.note, []).append(card.id)
        self.cards[card.id] = card
        if not (queue := self._queue_of(card)):
            return
        key = self._key(card, queue)
        if heaped:
            heappush(self._queues[queue], key)
        else:
            self._queues[queue].append(key)
        self._counted(card, queue, 1)

    def _leave(self, id: str) -> None:
        """Its place in the order stays until it comes up."""
        card = self.cards.get(id)
        if card and (queue := self._queue_of(card)):
            self._counted(card, queue, -1)

    def _counted(self, card: Card, queue: str, change: int) -> None:
        if queue != "review":
            self._counts[queue] += change
            return
        day = self._day_of(card)
        self._days[day] += change
        if not self._days[day]:
            del self._days[day]

    def _clean(self, name: str) -> Sequence[Key]:
        """The queue without what has changed at its head."""
        queue = self._queues[name]
        while queue:
            card = self.cards.get(queue[0][2])
            if card and self._queue_of(card) == name and self._key(card, name) == queue[0]:
                break
            heappop(queue)
        return queue

    def _first(self, name: str, until: float | None = None, *, before: bool = False) -> Card | None:
        queue = self._clean(name)
        if not queue:
            return None
        due = queue[0][0]
        if until is not None and (due >= until if before else due > until):
            return None
        return self.cards[queue[0][2]]
