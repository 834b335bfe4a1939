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


def costs(app: App) -> Locator:
    return app.page.get_by_role("group", name="Usage & budget")


def figures(app: App, caption: str, row: str) -> list[str]:
    """The cells of one row of a table."""
    found = costs(app).get_by_role("table", name=caption).get_by_role("row", name=re.compile(f"^{row}"))
    return found.get_by_role("cell").all_inner_texts()


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])  # one of them is never at UTC's date
def test_replies_are_noted_and_settings_shows_them(make_app: MakeApp, zone: str) -> None:
    app = make_app(timezone_id=zone)
    app.open(QUICK)
    app.ask("Hello!")
    app.ask("And again?")
    app.settings("Usage & budget")
    expect(costs(app).get_by_role("table", name="What was answered")).to_be_visible()
    cost, replies, _, tokens_out = figures(app, "What was answered", "Today")
    assert (replies, cost) == ("2", "$0.00")
    assert int(tokens_out.replace(",", "")) > 0
    costs(app).get_by_text("By day, model, feature and place").click()
    today = app.page.evaluate(LOCAL_DAY)
    assert figures(app, "By day", today)[:2] == ["$0.00", "2"]
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
    costs(app).get_by_label("Cloud budget a day, $").fill("0.50")
    costs(app).get_by_role("button", name="Set budget").click()
    expect(costs(app)).to_contain_text("Today: $0.00 in clouds of $0.50 (0 %).")
    costs(app).get_by_label("Compare free replies with").select_option("openai:gpt-5-mini")
    expect(costs(app)).to_contain_text(re.compile("Estimate: .* with gpt-5-mini|With gpt-5-mini, "))
    costs(app).get_by_text("Prices", exact=True).click()
    costs(app).get_by_label("Model (service:model)").fill("openai:gpt-5-mini")
    costs(app).get_by_label("In, $").fill("0.5")
    costs(app).get_by_label("Out, $").fill("3")
    costs(app).get_by_role("button", name="Use this price").click()
    costs(app).get_by_role("button", name=re.compile(r"^All \d+ prices")).click()
    row = costs(app).get_by_role("row", name=re.compile("^OpenAI gpt-5-mini"))
    expect(row).to_contain_text("entered by you")
    app.reload()
    expect(costs(app).get_by_label("Cloud budget a day, $")).to_have_value("0.50")
    expect(costs(app)).to_contain_text("$0.5 in, $3 out")
    app.check()
