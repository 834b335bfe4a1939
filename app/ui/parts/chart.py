"""Charts as inline SVG, each with the same figures as a table: for whoever would rather look, and whoever cannot.

    bars("Writing speed", [Bar("SmolLM2", 23.4, 21.0, 25.1)], "tokens/s", id="speed")
    columns_over_time("Saved", [Point("2026-07-01", 0.12), Point("2026-07-03", 0.2)], "USD", id="saved")

Widths are per cent and heights are pixels, so a chart fits every width while its words keep their size. The colours are
the page's own: one accent for what is measured, the text's colour for the spread. An id keeps the table open when the
chart is drawn anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite

from app.core.html import Html, h
from app.core.text import shorten
from app.core.texts import Figure
from app.ui.words import rich, t, words

ROW = 46  # pixels: a line of words and a bar under it
BAR = 14
BAR_SHARE = 84.0  # percent of the width; the rest is for the figure beside it
HEIGHT, FOOT, HEAD = 150, 22, 18  # of columns: their room, the days under them, the scale's figure above them
SHORT = 72  # pixels: the room of a few columns
WIDEST = 12.0  # per cent: a single day is a column, not a wall
MOST_LETTERS = 46  # of a label with its note in the drawing, at 360 pixels; the table has all of it
LEAST_LETTERS = 12  # of a label with a long note


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of `bars`. `low` and `high` are its spread, None where there is none; `note` is a word on its figure."""

    label: str
    value: float
    low: float | None = None
    high: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One column of `columns_over_time`; `day` is an ISO date such as 2026-07-01."""

    day: str
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """From values to per cent (or pixels) of `length`; 0 is always on it."""

    low: float
    high: float
    length: float

    def at(self, value: float) -> float:
        """Where a value stands, rounded to what can be seen."""
        span = self.high - self.low
        return round((value - self.low) / span * self.length, 2) if span else 0.0


def figure(value: float) -> str:
    """A number in words."""
    return words(Figure(value))


def bars(title: str, rows: Sequence[Bar], unit: str, *, id: str) -> Html:
    """Horizontal bars in the order of `rows`, with their spread as whiskers. `id` must be the chart's own."""
    if not rows:
        return h("p", t("speed.nothing_to_draw"), class_="note", id=id)
    scale = _scale(rows, BAR_SHARE)
    drawing = h(
        "svg",
        h(
            "title",
            t("speed.bars", title=title, unit=unit, rows="; ".join(_words(row.label, row, unit) for row in rows)),
        ),
        *(_bar(row, number * ROW, scale, unit) for number, row in enumerate(rows)),
        width="100%",
        height=len(rows) * ROW,
        role="img",
    )
    cells = [(row.label, _noted(row), _spread(row)) for row in rows]
    return _figure(title, unit, drawing, ("", unit, t("speed.from_to")), cells, id)


def columns(title: str, rows: Sequence[Bar], unit: str, *, id: str) -> Html:
    """Upright columns side by side in the order of `rows`, each with its figure above and its label below it; the first
    one stands out. `id` must be the chart's own."""
    most, step = max((row.value for row in rows), default=0) or 1, 100 / max(1, len(rows))
    drawing = h(
        "svg",
        h(
            "title",
            t("speed.bars", title=title, unit=unit, rows="; ".join(f"{row.label} {row.value:g}" for row in rows)),
        ),
        *(_upright(row, round((at + 0.5) * step, 2), step, row.value / most) for at, row in enumerate(rows)),
        width="100%",
        height=HEAD + SHORT + FOOT,
        role="img",
    )
    cells = [(row.label, f"{row.value:g}") for row in rows]
    return _figure(title, unit, drawing, ("", unit), cells, id)


def columns_over_time(title: str, points: Sequence[Point], unit: str, *, id: str) -> Html:
    """One column a day, where the calendar puts it: days without a point stay empty. `id` must be the chart's own.

    Raises ValueError where a day is no date.
    """
    if not points:
        return h("p", t("speed.nothing_to_draw"), class_="note", id=id)
    days = [date.fromisoformat(point.day).toordinal() for point in points]
    oldest, newest = min(points, key=_day).day, max(points, key=_day).day
    first, span = min(days), max(days) - min(days) + 1
    scale, step = _scale(points, HEIGHT), 100 / span
    pairs = zip(points, days, strict=True)
    drawing = h(
        "svg",
        h("title", t("speed.columns", title=title, unit=unit, oldest=oldest, newest=newest)),
        *_frame(scale, oldest, newest),
        *(_column(point, (day - first + 0.5) * step, step, scale, unit) for point, day in pairs),
        width="100%",
        height=HEAD + HEIGHT + FOOT,
        role="img",
    )
    cells = [(point.day, figure(point.value), _spread(point)) for point in points]
    return _figure(title, unit, drawing, (t("speed.day"), unit, t("speed.from_to")), cells, id)


# -- the parts


def _day(point: Point) -> str:
    return point.day


def _scale(rows: Sequence[Bar] | Sequence[Point], length: float) -> Scale:
    values = [value for row in rows for value in (row.value, row.low, row.high) if value is not None]
    known = [value for value in values if isfinite(value)]
    return Scale(min(0.0, *known, 0.0), max(0.0, *known, 0.0), length)


def _noted(row: Bar) -> str:
    value = Figure(row.value)
    return t("speed.noted", value=value, note=row.note) if row.note else words(value)


def _spread(row: Bar | Point) -> str:
    if row.low is None or row.high is None:
        return "–"
    return t("speed.spread", low=Figure(row.low), high=Figure(row.high))


def _words(label: str, row: Bar | Point, unit: str) -> str:
    value = Figure(row.value)
    if row.low is None or row.high is None:
        return t("speed.value", label=label, value=value, unit=unit)
    low, high = Figure(row.low), Figure(row.high)
    return t("speed.value_and_spread", label=label, value=value, unit=unit, low=low, high=high)


def _bar(row: Bar, top: int, scale: Scale, unit: str) -> Html:
    """A label, its note in a quieter tone, the bar, its whisker and its figure."""
    note = h("tspan", f"  {row.note}", class_="quiet") if row.note else None
    middle = top + 18 + BAR / 2 + 4
    left, right = sorted((scale.at(0), scale.at(row.value if isfinite(row.value) else 0)))
    return h(
        "g",
        h("title", _words(row.label, row, unit)),
        h("text", shorten(row.label, max(LEAST_LETTERS, MOST_LETTERS - len(row.note))), note, x="0", y=top + 15),
        h("rect", x=f"{left}%", y=top + 22, width=f"{round(right - left, 2)}%", height=BAR, rx=2),
        *(_whisker(row, scale, middle)),
        h("text", figure(row.value), x="100%", y=top + 22 + BAR - 2, text_anchor="end", class_="figure"),
    )


def _whisker(row: Bar, scale: Scale, y: float) -> Iterable[Html]:
    if row.low is None or row.high is None:
        return ()
    low, high = f"{scale.at(row.low)}%", f"{scale.at(row.high)}%"
    ends = (h("line", x1=x, x2=x, y1=y - 4, y2=y + 4) for x in (low, high))
    return (h("line", x1=low, x2=high, y1=y, y2=y), *ends)


def _upright(row: Bar, middle: float, step: float, share: float) -> Html:
    height = round(SHORT * share, 2)
    width = round(step * 0.7, 2)
    return h(
        "g",
        h("rect", x=f"{round(middle - width / 2, 2)}%", y=round(HEAD + SHORT - height, 2), width=f"{width}%",
          height=height, rx=4),
        h("text", f"{row.value:g}", x=f"{middle}%", y=round(HEAD + SHORT - height - 6, 2), text_anchor="middle",
          class_="figure"),
        h("text", row.label, x=f"{middle}%", y=HEAD + SHORT + FOOT - 6, text_anchor="middle", class_="quiet"),
    )  # fmt: skip


def _frame(scale: Scale, first: str, last: str) -> Iterable[Html]:
    """The line of 0, the largest figure and the first and last day."""
    zero = HEAD + HEIGHT - scale.at(0)
    yield h("text", figure(scale.high), x="0", y=HEAD - 6, class_="quiet")
    yield h("line", x1="0", x2="100%", y1=HEAD, y2=HEAD, class_="grid")
    yield h("line", x1="0", x2="100%", y1=zero, y2=zero, class_="axis")
    yield h("text", first, x="0", y=HEAD + HEIGHT + FOOT - 6, class_="quiet")
    if last != first:
        yield h("text", last, x="100%", y=HEAD + HEIGHT + FOOT - 6, text_anchor="end", class_="quiet")


def _column(point: Point, middle: float, step: float, scale: Scale, unit: str) -> Html:
    width = min(step * 0.7, WIDEST)
    low, high = sorted((scale.at(0), scale.at(point.value if isfinite(point.value) else 0)))
    parts = [
        h("title", _words(point.day, point, unit)),
        h(
            "rect",
            x=f"{round(middle - width / 2, 2)}%",
            y=round(HEAD + HEIGHT - high, 2),
            width=f"{round(width, 2)}%",
            height=round(high - low, 2),
        ),
    ]
    if point.low is not None and point.high is not None:
        x = f"{round(middle, 2)}%"
        ends = (round(HEAD + HEIGHT - scale.at(value), 2) for value in (point.low, point.high))
        parts.append(h("line", x1=x, x2=x, y1=next(ends), y2=next(ends)))
    return h("g", *parts)


def _figure(
    title: str, unit: str, drawing: Html, heads: Sequence[str], cells: Sequence[Sequence[str]], id: str
) -> Html:
    """Caption, drawing, and the same as a table."""
    columns = (h("th", head, scope="col") if head else h("td") for head in heads)
    rows = (h("tr", h("th", name, scope="row"), *(h("td", cell) for cell in rest)) for name, *rest in cells)
    table = h(
        "table", h("thead", h("tr", *columns)), h("tbody", *rows), aria_label=t("speed.caption", title=title, unit=unit)
    )
    twin = h("details", h("summary", t("speed.as_table")), table, id=f"{id}-table")
    caption = rich("speed.caption", title=h("strong", title), unit=unit)
    return h("figure", h("figcaption", caption), drawing, twin, class_="chart", id=id)
