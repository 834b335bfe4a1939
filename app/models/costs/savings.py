"""What local replies would have cost elsewhere: an estimate, said as a range, with its assumptions.

    found = savings(entries, reference=table.price_for("openai", "gpt-5-mini"), power=Power())
    found.low_micros, found.high_micros        # after the electricity; low may be below zero, and is then said so

The rules (design sheet "hybrid", Honest savings): the SAME replies that this device gave, at the dated price of the one
cloud model that the person named, with all that was read (the history too) and no more written than was; minus the
electricity. What would have run here anyway is listed and never counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from app.core.values import Usage
from app.models.costs.cost import MICROS, cost_of
from app.models.costs.ledger import Entry, Stayed
from app.models.costs.prices import Price

OFF_PERCENT = 20  # by so much another model's tokenizer may count fewer or more tokens (assumed)
NEVER_COUNTED: tuple[Stayed, ...] = ("offline", "local-only", "private", "fallback", "nothing")


@dataclass(frozen=True, slots=True)
class Power:
    """What answering here draws more than an idle computer, in watts, and dollars for a kWh. Assumed: edit it."""

    watts: Decimal = Decimal(60)
    dollars_per_kwh: Decimal = Decimal("0.30")

    def micros(self, seconds: float) -> Decimal:
        """The electricity of so many seconds: 60 W for 25 s are 0.42 Wh, 125 micros at $0.30."""
        kwh = self.watts * Decimal(str(round(seconds, 3))) / 3_600_000
        return kwh * self.dollars_per_kwh * MICROS


@dataclass(frozen=True, slots=True)
class Savings:
    """The range in micros; `electricity_micros` has been taken off both ends. `never` says (why, how many replies)."""

    reference: Price
    replies: int
    low_micros: int
    high_micros: int
    electricity_micros: int
    never: tuple[tuple[Stayed, int], ...] = ()


def savings(entries: Iterable[Entry], reference: Price, power: Power) -> Savings:
    """The estimate over these entries; those of clouds are passed over.

    The low end takes 20 % fewer tokens and reads all input from the cache, the high end takes 20 % more and none."""
    local = [entry for entry in entries if entry.place != "cloud"]
    counted = [entry for entry in local if entry.could_have_been_cloud]
    electricity = sum((power.micros(entry.seconds) for entry in counted), Decimal(0))
    off = int(electricity.quantize(Decimal(1), ROUND_HALF_UP))
    low = sum(cost_of(reference, _usage(entry, 100 - OFF_PERCENT, is_cached=True)) for entry in counted)
    high = sum(cost_of(reference, _usage(entry, 100 + OFF_PERCENT, is_cached=False)) for entry in counted)
    why = Counter(entry.stayed for entry in local)
    never = tuple((reason, why[reason]) for reason in NEVER_COUNTED if why[reason])
    return Savings(reference, len(counted), low - off, high - off, off, never)


def _usage(entry: Entry, percent: int, *, is_cached: bool) -> Usage:
    """What the reference would have counted. Thinking is left out: it need not have thought as long, or at all."""
    inside, outside = entry.prompt_tokens * percent // 100, entry.answer_tokens * percent // 100
    return Usage(inside, outside, cached_tokens=inside if is_cached else 0)
