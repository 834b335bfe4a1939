"""The table of prices: what it knows, what the person corrects, what is no price."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from app.core.errors import AppError
from app.models.costs.prices import OWN, Edit, Packed, PriceTable, Rate, dollars
from tests.prices import TABLE
from tests.words import raises

RECORD: Packed = {
    "source": "somebody 1.0",
    "source_url": "https://example.org",
    "date": "2026-11-10",
    "models": [
        {"service": "one", "id": "big", "names": r"big$|big-\d{8}$", "prices": [
            {"input": "1", "output": "2"},
            {"from": "2027-01-01", "input": "3", "output": "4", "cached": "0.5"},
        ]},
        {"service": "one", "id": "tiered", "names": "tiered", "prices": [
            {"input": ["1", [[10, "2"], [20, "3"]]], "output": "9"},
        ]},
    ],
}  # fmt: skip


@pytest.mark.parametrize(("tokens", "rate"), [(0, 1), (10, 1), (11, 2), (20, 2), (21, 3), (10**9, 3)])
def test_the_highest_tier_that_was_passed_holds_for_everything(tokens: int, rate: int) -> None:
    price = PriceTable(RECORD).price_for("one", "tiered")
    assert price is not None
    assert price.input.at(tokens) == rate


@pytest.mark.parametrize(
    ("service", "model"), [("one", "bigger"), ("one", "my-big"), ("two", "big"), ("one", ""), ("", ""), ("one", "big ")]
)
def test_what_is_unknown_has_no_price(service: str, model: str) -> None:
    assert PriceTable(RECORD).price_for(service, model) is None


@pytest.mark.parametrize("name", ["big", "BIG", "big-20260101", "models/big"])
def test_a_model_goes_by_every_name_its_service_accepts(name: str) -> None:
    price = PriceTable(RECORD).price_for("one", name)
    assert price is not None
    assert (price.model, price.date, price.source, price.is_own) == ("big", "2026-11-10", "somebody 1.0", False)


@pytest.mark.parametrize(
    ("day", "rate"), [("", 1), ("2020-01-01", 1), ("2026-12-31", 1), ("2027-01-01", 3), ("2030-05-05", 3)]
)
def test_an_announced_rise_holds_from_its_day_on(day: str, rate: int) -> None:
    price = PriceTable(RECORD).price_for("one", "big", day)
    assert price is not None
    assert price.input == Rate(Decimal(rate))


def test_the_persons_own_price_comes_first_for_every_name_of_the_model() -> None:
    table = PriceTable(RECORD, [Edit("one", "big", "7", "8.5", date="2026-11-23"), Edit("home", "mine", "0", "0.1")])
    for name in ("big", "big-20260101"):
        price = table.price_for("one", name)
        assert price is not None
        assert (price.input.base, price.output.base) == (Decimal(7), Decimal("8.5"))
        assert price.cached is None
        assert (price.source, price.date, price.is_own) == (OWN, "2026-11-23", True)
    assert table.price_for("home", "mine") is not None
    assert [price.model for price in table.all()] == ["mine", "big", "tiered"]


@pytest.mark.parametrize("text", ["", " ", "cheap", "-1", "NaN", "Infinity", "1e9", "1,000.50", "0x1"])
def test_what_is_no_price_is_said(text: str) -> None:
    with raises(AppError, "is not a price"):
        dollars(text)


@pytest.mark.parametrize(("text", "value"), [("0", "0"), (" $0.25 ", "0.25"), ("0,25", "0.25"), ("3", "3")])
def test_a_price_may_be_typed_as_people_do(text: str, value: str) -> None:
    assert dollars(text) == Decimal(value)


def test_the_packed_table_is_small_dated_and_free_of_zeros() -> None:
    assert TABLE.stat().st_size < 30_000
    table = PriceTable(json.loads(TABLE.read_text("utf-8")))
    assert table.date == "2026-11-10"
    assert {price.service for price in table.all()} == {
        "anthropic", "gemini", "groq", "mistral", "openai", "openrouter", "xai",
    }  # fmt: skip
    assert all(price.input.base > 0 and price.output.base > 0 for price in table.all())
