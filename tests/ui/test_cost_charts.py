"""Costs as pictures: money where there is any, replies before that, each with its figures as a table."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from app.core.html import join
from app.models.costs.ledger import Entry
from app.models.costs.prices import Price, Rate
from app.models.costs.savings import Power
from app.ui.parts.cost_charts import DAYS_SHOWN, charts
from tests.ui.pages import Element, read

LOCAL = Entry(
    "a", 1.0, "2026-11-22", "chat", "browser", "", "tiny", 1000, 500, answer_tokens=500, micros=0, basis="computed"
)
CLOUD = replace(LOCAL, day="2026-11-23", place="cloud", service="openai", model="gpt-5-mini", micros=1250)
PRICE = Price("openai", "gpt-5-mini", Rate(Decimal("0.25")), Rate(Decimal(2)), Rate(Decimal("0.025")))


def drawn(*entries: Entry, reference: Price | None = None) -> Element:
    return read(join(*charts(entries, {"tiny": "Tiny", "cloud": "Cloud"}, reference, Power(Decimal(0)))))


def table(page: Element, id: str) -> list[list[str]]:
    rows = page.one("details", id=f"{id}-table").one("tbody").all("tr")
    return [[cell.text for cell in row.all() if cell.tag in ("th", "td")] for row in rows]


def test_money_is_drawn_by_day_model_feature_and_place() -> None:
    page = drawn(LOCAL, CLOUD, replace(CLOUD, model="new", micros=None, basis="unknown"))
    assert [row[:2] for row in table(page, "costs-chart-day")] == [["2026-11-22", "0.00"], ["2026-11-23", "0.125"]]
    models = [row[:2] for row in table(page, "costs-chart-model")]
    assert models == [["gpt-5-mini", "0.125"], ["new", "–, 1 of unknown cost"], ["Tiny", "0.00"]]
    assert [row[0] for row in table(page, "costs-chart-place")] == ["Cloud", "browser"]
    assert [row[0] for row in table(page, "costs-chart-feature")] == ["chat"]
    assert len(page.all("svg")) == 4


def test_before_anything_has_cost_money_replies_are_drawn() -> None:
    page = drawn(LOCAL, LOCAL)
    assert table(page, "costs-chart-day")[0][:2] == ["2026-11-22", "2.00"]
    assert "cents" not in page.text


def test_savings_are_a_range_for_each_day_and_leave_out_what_never_counts() -> None:
    page = drawn(LOCAL, CLOUD, replace(LOCAL, day="2026-11-20", stayed="private"), reference=PRICE)
    [[day, middle, spread]] = table(page, "costs-chart-saved")
    assert (day, middle, spread) == ("2026-11-22", "0.116", "0.082 – 0.15")


def test_only_the_latest_days_are_drawn() -> None:
    entries = [replace(LOCAL, day=f"2026-{month:02}-{day:02}") for month in (9, 10) for day in range(1, 31)]
    assert len(table(drawn(*entries), "costs-chart-day")) == DAYS_SHOWN


def test_nothing_is_drawn_before_the_first_reply() -> None:
    assert drawn(reference=PRICE).all() == []
