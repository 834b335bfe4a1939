"""A calendar of how much was done on which day, a column a week, with the same figures as a table.

calendar("Reviews", [("2026-11-28", 12), ("2026-11-29", 0)], id="calendar")
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.core.html import Html, h
from app.ui.words import t

CELL, GAP, LEVELS = 12, 3, 4  # pixels, pixels, shades


def calendar(title: str, days: Sequence[tuple[str, int]], *, id: str) -> Html:
    """Days one after the other, as (ISO date, count). `id` must be the calendar's own. Raises ValueError where a day is
    no date."""
    if not days:
        return h("p", t("speed.nothing_to_draw"), class_="note", id=id)
    most = max(count for _, count in days) or 1
    first = date.fromisoformat(days[0][0])
    cells = [_cell(day, count, most, first) for day, count in days]
    done = [count for _, count in days if count]
    told = t("cards.calendar_title", title=title, count=sum(done), days=len(done))
    weeks = (len(days) + first.weekday() + 6) // 7
    size = {"width": weeks * (CELL + GAP), "height": 7 * (CELL + GAP)}
    box = f"0 0 {size['width']} {size['height']}"
    drawing = h("svg", h("title", told), *cells, viewBox=box, role="img", class_="calendar", **size)
    return h("figure", h("figcaption", h("strong", title)), drawing, _table(title, days, id), class_="chart", id=id)


def _cell(day: str, count: int, most: int, first: date) -> Html:
    at = date.fromisoformat(day)
    place = (at - first).days + first.weekday()
    level = 0 if not count else max(1, round(LEVELS * count / most))
    return h(
        "rect",
        h("title", t("cards.calendar_day", day=day, count=count)),
        x=place // 7 * (CELL + GAP),
        y=place % 7 * (CELL + GAP),
        width=CELL,
        height=CELL,
        rx=3,
        data_level=level,
    )


def _table(title: str, days: Sequence[tuple[str, int]], id: str) -> Html:
    head = h("thead", h("tr", h("th", t("cards.day"), scope="col"), h("th", t("cards.unit_reviews"), scope="col")))
    rows = (h("tr", h("th", day, scope="row"), h("td", count)) for day, count in days if count)
    table = h("table", head, h("tbody", *rows), aria_label=title)
    return h("details", h("summary", t("speed.as_table")), table, id=f"{id}-table")
