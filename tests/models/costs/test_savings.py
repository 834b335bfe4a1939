"""Savings: the same replies at a named model's price, as a range, less the electricity, and what is never counted."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from app.core.values import Usage
from app.models.costs.cost import cost_of
from app.models.costs.ledger import Entry, Stayed
from app.models.costs.prices import Price, PriceTable, Rate
from app.models.costs.savings import NEVER_COUNTED, Power, savings
from tests.prices import TABLE

NONE = Power(watts=Decimal(0))
PRICE = Price("openai", "gpt-5-mini", Rate(Decimal("0.25")), Rate(Decimal(2)), Rate(Decimal("0.025")))
REPLY = Entry(
    "a", 1.0, "2026-11-23", "chat", "browser", "", "SmolLM2", 1000, 500, answer_tokens=500, micros=0, seconds=25.0
)


def test_the_range_is_a_fifth_fewer_tokens_all_cached_to_a_fifth_more_none_cached() -> None:
    found = savings([REPLY], PRICE, NONE)
    assert found.low_micros == cost_of(PRICE, Usage(800, 400, cached_tokens=800)) == 820
    assert found.high_micros == cost_of(PRICE, Usage(1200, 600)) == 1500
    assert found.low_micros <= cost_of(PRICE, Usage(1000, 500)) <= found.high_micros


def test_electricity_is_taken_off_both_ends() -> None:
    """The sheet's example: 60 W for 25 s are 0.42 Wh, $0.00013 at $0.30 a kWh."""
    found = savings([REPLY], PRICE, Power())
    assert found.electricity_micros == 125
    assert (found.low_micros, found.high_micros) == (820 - 125, 1500 - 125)


def test_a_saving_below_zero_is_said_as_it_is() -> None:
    found = savings([replace(REPLY, seconds=3600.0)], PRICE, Power())
    assert found.electricity_micros == 18_000
    assert found.high_micros < 0


def test_thinking_is_not_counted_as_written() -> None:
    assert savings([replace(REPLY, reply_tokens=9000)], PRICE, NONE) == savings([REPLY], PRICE, NONE)


@pytest.mark.parametrize("reason", NEVER_COUNTED)
def test_what_would_have_run_here_anyway_is_listed_and_never_counted(reason: Stayed) -> None:
    found = savings([REPLY, replace(REPLY, stayed=reason), replace(REPLY, stayed=reason)], PRICE, Power())
    alone = savings([REPLY], PRICE, Power())
    assert (found.low_micros, found.high_micros, found.replies) == (alone.low_micros, alone.high_micros, 1)
    assert found.never == ((reason, 2),)


def test_replies_of_a_cloud_are_no_saving() -> None:
    found = savings([replace(REPLY, place="cloud", micros=900)], PRICE, Power())
    assert (found.replies, found.low_micros, found.high_micros, found.never) == (0, 0, 0, ())


def test_a_reference_without_a_cache_price_has_a_narrower_range() -> None:
    found = savings([REPLY], replace(PRICE, cached=None), NONE)
    assert (found.low_micros, found.high_micros) == (1000, 1500)


def test_the_range_is_never_upside_down_for_any_model_of_the_table() -> None:
    table = PriceTable(json.loads(TABLE.read_text("utf-8")))
    for price in table.all():
        for inside, outside in ((0, 0), (1, 1), (90_000, 10), (250_000, 8000)):
            found = savings([replace(REPLY, prompt_tokens=inside, answer_tokens=outside)], price, Power())
            assert found.low_micros <= found.high_micros
