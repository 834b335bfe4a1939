"""How much is practised a day and how it is scheduled, as the person has it, and what the navigation says is due.

    limits_from(record)                     # the record "practice" of the settings shelf
    outlook_from(record).due_on(day)        # the record "practice-due": what was counted when cards were last looked at

The navigation is drawn when the app starts, long before any card is read: so the counts of the days ahead are kept.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Annotated

from app.core.ports import Json
from app.core.shapes import Strictly, decode, within

LIMITS_KEY = "practice"
MOST_A_DAY = 9999
DAYS_AHEAD = 60  # that the counts are kept for


@dataclass(frozen=True, slots=True)
class Limits:
    """`retention` is the share that should be remembered when a card comes; `leech_lapses` is how often a card is
    forgotten until it is set aside, 0 for never."""

    new_a_day: Annotated[int, within(0, MOST_A_DAY)] = 20
    reviews_a_day: Annotated[int, within(0, MOST_A_DAY)] = 200
    retention: Annotated[float, within(0.7, 0.97)] = 0.9
    leech_lapses: Annotated[int, within(0, 99)] = 8
    buries_siblings: Strictly[bool] = True


@dataclass(frozen=True, slots=True)
class Outlook:
    """What comes on which day: `reviews[0]` on `day` or before, `reviews[1]` on the next one. `new` cards wait; of the
    two limits so many were used on `day`."""

    day: str = ""
    reviews: tuple[int, ...] = ()
    new: int = 0
    new_done: int = 0
    reviews_done: int = 0
    new_a_day: int = 0
    reviews_a_day: int = 0

    def due_on(self, day: str) -> int:
        """How many cards are to be answered on a day from then on."""
        try:
            later = (date.fromisoformat(day) - date.fromisoformat(self.day)).days
        except ValueError:  # nothing was counted yet
            return 0
        if later < 0:
            return 0
        is_same = later == 0
        new = min(self.new, max(0, self.new_a_day - (self.new_done if is_same else 0)))
        reviews = sum(self.reviews[: later + 1])
        return new + min(reviews, max(0, self.reviews_a_day - (self.reviews_done if is_same else 0)))


def days_from(day: str, count: int) -> list[str]:
    """So many days, `day` the first one; before it where the count is negative, `day` the last one."""
    first = date.fromisoformat(day) + (timedelta(days=count + 1) if count < 0 else timedelta())
    return [(first + timedelta(days=place)).isoformat() for place in range(abs(count))]


def limits_from(record: object, lost: list[str] | None = None) -> Limits:
    """The limits from their stored record. Raises Damaged."""
    return decode(Limits, record, lost)


def outlook_from(record: object, lost: list[str] | None = None) -> Outlook:
    """The counts from their stored record. Raises Damaged."""
    return decode(Outlook, record, lost)


def as_record(value: Limits | Outlook) -> Json:
    """The record of one of these."""
    return asdict(value)
