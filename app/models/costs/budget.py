"""What may be spent in a day and in a month, by the person's own calendar.

state = standing(Budget(day_micros=500_000), entries, "2026-11-23")
state.level                   # "near" from 80 % on, "over" at 100 %: no more is sent to a cloud
state.day.unknown             # replies whose cost nobody knows: said beside the sum, not taken for 0
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from app.models.costs.ledger import Entry

NEAR_PERCENT = 80
Level = Literal["fine", "near", "over"]


@dataclass(frozen=True, slots=True)
class Budget:
    """Limits in micros; None where there is none. A limit of 0 lets nothing be sent."""

    day_micros: int | None = None
    month_micros: int | None = None

    @property
    def is_set(self) -> bool:
        """Whether there is a limit at all."""
        return self.day_micros is not None or self.month_micros is not None


@dataclass(frozen=True, slots=True)
class Spent:
    """What went to clouds in one day or month, beside its limit."""

    micros: int
    unknown: int
    limit_micros: int | None = None

    @property
    def level(self) -> Level:
        """How close to the limit; always "fine" where there is none."""
        if self.limit_micros is None:
            return "fine"
        if self.micros >= self.limit_micros:
            return "over"
        return "near" if self.micros * 100 >= self.limit_micros * NEAR_PERCENT else "fine"

    def allows(self, micros: int) -> bool:
        """Whether a reply that is expected to cost so much stays within the limit."""
        return self.limit_micros is None or self.micros + micros <= self.limit_micros


@dataclass(frozen=True, slots=True)
class Standing:
    """Today and this month."""

    day: Spent
    month: Spent

    @property
    def level(self) -> Level:
        """The worse of the two."""
        levels = {self.day.level, self.month.level}
        return "over" if "over" in levels else "near" if "near" in levels else "fine"

    @property
    def must_stop(self) -> bool:
        """Whether nothing more may be sent to a cloud today."""
        return self.level == "over"

    def allows(self, micros: int = 0) -> bool:
        """Whether one more reply of that expected cost may be asked of a cloud."""
        return not self.must_stop and self.day.allows(micros) and self.month.allows(micros)


def standing(budget: Budget, entries: Iterable[Entry], day: str) -> Standing:
    """What was spent on `day` (2026-11-23, local) and in its month."""
    month = day[:7]
    in_month = [entry for entry in entries if entry.place == "cloud" and entry.day[:7] == month]
    today = [entry for entry in in_month if entry.day == day]
    return Standing(_spent(today, budget.day_micros), _spent(in_month, budget.month_micros))


def _spent(entries: list[Entry], limit: int | None) -> Spent:
    known = [entry.micros for entry in entries if entry.micros is not None]
    return Spent(sum(known), len(entries) - len(known), limit)
