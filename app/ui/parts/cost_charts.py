"""Costs and savings as pictures, each with its figures as a table.

Money is drawn once there is any; before that, replies are. Only here does money become a fraction, never in a sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import nan

from app.core.html import Html
from app.models.costs.ledger import Aspect, Entry, Sum, sums
from app.models.costs.prices import Price
from app.models.costs.savings import Power, savings
from app.ui.parts.chart import Bar, Point, bars, columns_over_time

DAYS_SHOWN = 31
UNIT, CENT = "US cents", 10_000  # micros; a reply's cost in dollars would need powers of ten
ASPECTS: tuple[Aspect, ...] = ("model", "feature", "place")


def charts(entries: Sequence[Entry], names: Mapping[str, str], reference: Price | None, power: Power) -> Iterable[Html]:
    """What was spent by day, model, feature and place, and what was saved by day; the latest days only. Nothing where
    nothing was answered yet."""
    if not entries:
        return
    title, unit = ("Spent", UNIT) if any(entry.micros for entry in entries) else ("Answered", "replies")
    points = [Point(day.name, _value(day, unit)) for day in sums(entries, "day")[-DAYS_SHOWN:]]
    yield columns_over_time(f"{title} by day", points, unit, id="costs-chart-day")
    for aspect in ASPECTS:
        rows = [Bar(names.get(row.name, row.name), _value(row, unit), note=_note(row)) for row in sums(entries, aspect)]
        yield bars(f"{title} by {aspect}", rows, unit, id=f"costs-chart-{aspect}")
    if reference is not None:
        saved = _saved(entries, reference, power)
        yield columns_over_time("Saved by day, estimate", saved, UNIT, id="costs-chart-saved")


def _value(row: Sum, unit: str) -> float:
    if unit != UNIT:
        return row.replies
    return nan if row.unknown == row.replies else row.micros / CENT  # what is unknown has no bar, and is not 0


def _note(row: Sum) -> str:
    return f"{row.unknown} of unknown cost" if row.unknown else ""


def _saved(entries: Iterable[Entry], reference: Price, power: Power) -> list[Point]:
    """The range of each day, and its middle."""
    days: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.could_have_been_cloud:
            days.setdefault(entry.day, []).append(entry)
    points = []
    for day in sorted(days)[-DAYS_SHOWN:]:
        found = savings(days[day], reference, power)
        low, high = found.low_micros / CENT, found.high_micros / CENT
        points.append(Point(day, (low + high) / 2, low, high))
    return points
