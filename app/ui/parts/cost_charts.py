"""Costs and savings as pictures, each with its figures as a table.

Money is drawn once there is any; before that, replies are. Only here does money become a fraction, never in a sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import nan

from app.core.html import Html
from app.core.texts import Text
from app.models.costs.ledger import Aspect, Entry, Sum, sums
from app.models.costs.prices import Price
from app.models.costs.savings import Power, savings
from app.ui.parts.chart import Bar, Point, bars, columns_over_time
from app.ui.words import t, words

DAYS_SHOWN = 31
CENT = 10_000  # micros; a reply's cost in dollars would need powers of ten
#: by aspect the title where money is drawn, and where replies are
ASPECTS: Mapping[Aspect, tuple[Text, Text]] = {
    "model": (Text("costs_page.spent_by_model"), Text("costs_page.answered_by_model")),
    "feature": (Text("costs_page.spent_by_feature"), Text("costs_page.answered_by_feature")),
    "place": (Text("costs_page.spent_by_place"), Text("costs_page.answered_by_place")),
}


def charts(entries: Sequence[Entry], names: Mapping[str, str], reference: Price | None, power: Power) -> Iterable[Html]:
    """What was spent by day, model, feature and place, and what was saved by day; the latest days only. Nothing where
    nothing was answered yet."""
    if not entries:
        return
    cents = t("costs_page.unit_cents")
    is_money = any(entry.micros for entry in entries)
    unit = cents if is_money else t("costs_page.unit_replies")
    points = [Point(day.name, _value(day, is_money)) for day in sums(entries, "day")[-DAYS_SHOWN:]]
    title = t("costs_page.spent_by_day" if is_money else "costs_page.answered_by_day")
    yield columns_over_time(title, points, unit, id="costs-chart-day")
    for aspect, (spent, answered) in ASPECTS.items():
        found = sums(entries, aspect)
        rows = [Bar(names.get(row.name, row.name), _value(row, is_money), note=_note(row)) for row in found]
        yield bars(words(spent if is_money else answered), rows, unit, id=f"costs-chart-{aspect}")
    if reference is not None:
        saved = _saved(entries, reference, power)
        yield columns_over_time(t("costs_page.saved_by_day"), saved, cents, id="costs-chart-saved")


def _value(row: Sum, is_money: bool) -> float:
    if not is_money:
        return row.replies
    return nan if row.unknown == row.replies else row.micros / CENT  # what is unknown has no bar, and is not 0


def _note(row: Sum) -> str:
    return t("costs_page.of_unknown_cost", count=row.unknown) if row.unknown else ""


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
