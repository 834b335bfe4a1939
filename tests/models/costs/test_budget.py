"""Budgets: fine, near from 80 %, over at 100 %; local replies and unknown costs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.models.costs.budget import Budget, Level, standing
from app.models.costs.ledger import Entry

TODAY = "2026-11-23"
CLOUD = Entry("b", 1.0, TODAY, "chat", "cloud", "openai", "gpt-5-mini", micros=100, basis="computed")


@pytest.mark.parametrize(
    ("limit", "level"),
    [(None, "fine"), (1000, "fine"), (126, "fine"), (125, "near"), (101, "near"), (100, "over"), (0, "over")],
)
def test_a_warning_comes_at_80_percent_and_a_stop_at_100(limit: int | None, level: Level) -> None:
    for budget in (Budget(day_micros=limit), Budget(month_micros=limit)):
        found = standing(budget, [CLOUD], TODAY)
        assert found.level == level
        assert found.must_stop == (level == "over")


def test_day_and_month_are_apart_and_the_worse_one_speaks() -> None:
    entries = [CLOUD, replace(CLOUD, day="2026-11-01", micros=800), replace(CLOUD, day="2026-10-31", micros=5000)]
    found = standing(Budget(1000, 1000), entries, TODAY)
    assert (found.day.micros, found.month.micros) == (100, 900)
    assert (found.day.level, found.month.level, found.level) == ("fine", "near", "near")


def test_what_this_device_answers_is_never_in_a_budget() -> None:
    local = replace(CLOUD, place="ollama", micros=0)
    assert standing(Budget(10, 10), [local], TODAY).day.micros == 0


def test_an_unknown_cost_is_said_and_not_taken_for_nothing() -> None:
    found = standing(Budget(1000), [CLOUD, replace(CLOUD, micros=None, basis="unknown")], TODAY)
    assert (found.day.micros, found.day.unknown) == (100, 1)


def test_a_reply_that_would_pass_the_limit_is_not_allowed() -> None:
    found = standing(Budget(day_micros=150), [CLOUD], TODAY)
    assert found.allows(50)
    assert not found.allows(51)
    assert standing(Budget(), [CLOUD], TODAY).allows(10**9)
    assert not standing(Budget(day_micros=100), [CLOUD], TODAY).allows()
