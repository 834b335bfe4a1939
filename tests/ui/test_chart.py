"""Charts: what is drawn, the same as a table, and figures that would break a drawing."""

from __future__ import annotations

import pytest

from app.ui.parts.chart import Bar, Point, bars, columns_over_time, figure
from tests.ui.pages import read

ROWS = [Bar("Small <one>", 40.0, 38.0, 44.0), Bar("Big", 10.0, note="estimated")]


def test_bars_are_as_long_as_their_figures_and_whiskers_show_the_spread() -> None:
    page = read(bars("Speed", ROWS, "tokens/s", id="speed"))
    long, short = (float(item.attributes["width"][:-1]) for item in page.all("rect"))
    assert long == pytest.approx(4 * short, rel=0.01)
    spread, *ends = page.all("line")
    assert spread.attributes["x1"] == ends[0].attributes["x1"]
    assert float(ends[0].attributes["x1"][:-1]) < long < float(ends[1].attributes["x1"][:-1]) <= 100


def test_a_chart_has_a_title_and_a_table_twin_with_the_same_figures() -> None:
    page = read(bars("Speed", ROWS, "tokens/s", id="speed"))
    drawing = page.one("svg", role="img")
    assert (
        drawing.all("title")[0].text == "Speed in tokens/s: Small <one> 40.0 tokens/s (38.0 – 44.0); Big 10.0 tokens/s"
    )
    table = page.one("details").one("table")
    assert [cell.text for cell in table.all("th", scope="col")] == ["tokens/s", "from – to"]
    assert [cell.text for cell in table.one("tbody").all("th", scope="row")] == ["Small <one>", "Big"]
    assert [cell.text for cell in table.one("tbody").all("td")] == ["40.0", "38.0 – 44.0", "10.0, estimated", "–"]


def test_no_rows_are_words_and_zeros_are_a_chart() -> None:
    assert read(bars("Speed", [], "s", id="none")).text == "Nothing to show yet."
    page = read(bars("Speed", [Bar("Nothing", 0.0)], "s", id="zero"))
    assert page.one("rect").attributes["width"] == "0.0%"
    assert "–" in read(bars("Speed", [Bar("Broken", float("nan"))], "s", id="nan")).text


def test_columns_stand_where_the_calendar_puts_them() -> None:
    points = [Point("2026-07-01", 1.0), Point("2026-07-02", 2.0, 1.5, 2.5), Point("2026-07-05", 4.0)]
    page = read(columns_over_time("Saved", points, "USD", id="saved"))
    first, second, third = (float(item.attributes["x"][:-1]) for item in page.all("rect"))
    assert third - second == pytest.approx(3 * (second - first), rel=0.01)
    heights = [float(item.attributes["height"]) for item in page.all("rect")]
    assert heights == pytest.approx([37.5, 75.0, 150.0])
    assert [cell.text for cell in page.one("tbody").all("th")] == ["2026-07-01", "2026-07-02", "2026-07-05"]


def test_losses_hang_below_the_line_of_zero() -> None:
    page = read(columns_over_time("Saved", [Point("2026-07-01", 1.0), Point("2026-07-02", -1.0)], "USD", id="saved"))
    gain, loss = page.all("rect")
    [zero] = page.all("line", class_="axis")
    assert float(gain.attributes["y"]) + float(gain.attributes["height"]) == float(zero.attributes["y1"])
    assert loss.attributes["y"] == zero.attributes["y1"]


def test_a_single_day_is_a_column_and_no_days_are_words() -> None:
    page = read(columns_over_time("Saved", [Point("2026-07-01", 1.0)], "USD", id="saved"))
    assert float(page.one("rect").attributes["width"][:-1]) <= 12
    assert read(columns_over_time("Saved", [], "USD", id="saved")).text == "Nothing to show yet."
    with pytest.raises(ValueError, match="isoformat"):
        columns_over_time("Saved", [Point("yesterday", 1.0)], "USD", id="saved")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0.00"),
        (0.0123, "0.0123"),
        (1.234, "1.23"),
        (12.34, "12.3"),
        (99.97, "100"),
        (12345.6, "12,346"),
        (-2.5, "-2.50"),
    ],
)
def test_figures_have_about_three_digits(value: float, words: str) -> None:
    assert figure(value) == words
