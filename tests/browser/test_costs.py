"""Costs in the real page: replies are noted by the person's own date, Settings shows them, choices stay."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import MakeApp
from tests.browser.driver import App

QUICK = "?demo&tokens=40&rate=400"
LOCAL_DAY = "new Intl.DateTimeFormat('sv-SE').format(new Date())"  # as 2026-11-23, in the browser's own time zone


#: What is cut off or printed over something else in the group: tables and the words of charts (fault U13).
CUT = """group => {
  const cut = [...group.querySelectorAll('.figures')].filter(one => one.scrollWidth > one.clientWidth + 1)
    .map(one => `${one.textContent.slice(0, 40)}: ${one.scrollWidth} of ${one.clientWidth}`);
  for (const svg of group.querySelectorAll('.chart svg')) {
    const room = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll('text')].map(one => [one.textContent, one.getBoundingClientRect()]);
    for (const [words, box] of texts) if (box.left < room.left - 1 || box.right > room.right + 1) cut.push(words);
    texts.forEach(([words, a], at) => texts.slice(at + 1).forEach(([others, b]) => {
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 1 && down > 4) cut.push(`${words} over ${others}`);
    }));
  }
  return cut;
}"""


def costs(app: App) -> Locator:
    return app.page.get_by_role("group", name="Usage & budget")


def figures(app: App, caption: str, row: str) -> list[str]:
    """The cells of one row of a table."""
    found = costs(app).get_by_role("table", name=caption).get_by_role("row", name=re.compile(f"^{row}"))
    return found.get_by_role("cell").all_inner_texts()


def by_day(app: App) -> None:
    """Unfold the tables."""
    app.settings("Usage & budget")
    costs(app).get_by_text("By day, model, feature and place").click()
    expect(costs(app).get_by_role("table", name="Usage")).to_be_visible()


#: One of them is never at UTC's date.
EAST, WEST = "Pacific/Kiritimati", "Pacific/Pago_Pago"


def test_a_reply_is_noted_under_the_date_of_a_person_far_in_the_west(make_app: MakeApp) -> None:
    app = make_app(timezone_id=WEST, service_workers="block")
    app.open(QUICK)
    app.ask("Hello!")
    by_day(app)
    assert figures(app, "By day", app.page.evaluate(LOCAL_DAY))[:2] == ["$0.00", "1"]
    app.check()


def test_replies_are_noted_and_settings_shows_them(make_app: MakeApp) -> None:
    app = make_app(timezone_id=EAST, service_workers="block")
    app.open(QUICK)
    app.ask("Hello!")
    app.ask("And again?")
    by_day(app)
    cost, replies, _, tokens_out = figures(app, "Usage", "Today")
    assert (replies, cost) == ("2", "$0.00")
    assert int(tokens_out.replace(",", "")) > 0
    today = app.page.evaluate(LOCAL_DAY)
    assert figures(app, "By day", today)[:2] == ["$0.00", "2"]
    for name in ("Charts", "Prices"):
        costs(app).get_by_text(name, exact=True).click()
    costs(app).get_by_role("button", name=re.compile(r"^All \d+ prices")).click()
    expect(costs(app).get_by_role("row", name=re.compile("^gpt-5-mini "))).to_be_visible()
    for width in (390, 1280):
        app.page.set_viewport_size({"width": width, "height": 800})
        assert costs(app).evaluate(CUT) == [], width
    with app.page.expect_download() as saved:
        costs(app).get_by_role("button", name="Download as CSV").click()
    text = Path(saved.value.path()).read_bytes().decode()
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [(row["day"], row["place"], row["cost_usd"]) for row in rows] == [(today, "browser", "0.000000")] * 2
    assert "again" not in text, "no word of the chat"
    app.check()


@pytest.mark.slow
def test_budget_reference_and_prices_are_kept(app: App) -> None:
    app.open(QUICK)
    app.ask("Hello!")
    app.settings("Usage & budget")
    costs(app).get_by_label("Daily budget ($)").fill("0.50")
    costs(app).get_by_role("button", name="Set budget").click()
    expect(costs(app)).to_contain_text("Today: $0.00 of $0.50 (0 %) on cloud models.")
    costs(app).get_by_label("Compare free replies with").select_option("openai:gpt-5-mini")
    expect(costs(app)).to_contain_text(re.compile("Estimate: .* with gpt-5-mini|With gpt-5-mini, "))
    costs(app).get_by_text("Prices", exact=True).click()
    costs(app).get_by_label("Model (service:model)").fill("openai:gpt-5-mini")
    costs(app).get_by_label("Input ($)", exact=True).fill("0.5")
    costs(app).get_by_label("Output ($)").fill("3")
    costs(app).get_by_role("button", name="Use this price").click()
    costs(app).get_by_role("button", name=re.compile(r"^All \d+ prices")).click()
    row = costs(app).get_by_role("row", name=re.compile("^gpt-5-mini "))
    expect(row).to_contain_text("entered by you")
    app.reload()
    expect(costs(app).get_by_label("Daily budget ($)")).to_have_value("0.50")
    expect(costs(app)).to_contain_text("$0.5 in, $3 out")
    app.check()
