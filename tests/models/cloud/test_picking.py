"""What is offered of a long list at first."""

from __future__ import annotations

import json

import pytest

from app.core.places import ModelRef
from app.core.values import Model
from app.models.cloud.picking import MOST, MOST_OWN, first_picks, version
from app.models.cloud.services import SERVICES, own_service
from app.models.costs.prices import Price, PriceTable
from tests.environment import ROOT

TABLE = PriceTable(json.loads((ROOT / "static" / "prices.json").read_text("utf-8")))


def price_of(model_id: str) -> Price | None:
    ref = ModelRef.parse(model_id)
    return TABLE.price_for(ref.service, ref.name)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("gpt-5.2-2026-01-10", (5, 2)),
        ("claude-sonnet-4-20250514", (4, 0)),
        ("claude-haiku-4-5", (4, 5)),
        ("gpt-4o", (4, 0)),
        ("mistral-large-2512", (0, 0)),
        ("x", (0, 0)),
    ],
)
def test_a_name_tells_its_generation(name: str, found: tuple[int, int]) -> None:
    assert version(name) == found


def test_the_newest_priced_ones_come_first_and_none_of_them_twice() -> None:
    names = ("claude-opus-4-8", "claude-sonnet-5-5", "claude-sonnet-5-5-20260901", "claude-9-mystery", "claude-opus-5")
    models = [Model(f"cloud:anthropic:{name}", name) for name in names]
    found = [ModelRef.parse(id).name for id in first_picks(SERVICES["anthropic"], models, price_of)]
    assert found[:3] == ["claude-sonnet-5-5", "claude-opus-5", "claude-opus-4-8"]
    assert found[3:] == ["claude-9-mystery"]
    many = [Model(f"cloud:openai:gpt-{number}", "") for number in range(40)]
    assert len(first_picks(SERVICES["openai"], many, price_of)) == MOST


def test_of_an_own_server_everything_is_offered_up_to_a_limit() -> None:
    service = own_service("localhost:8080")
    models = [Model(service.model_id(f"m{number}"), "") for number in range(30)]
    assert first_picks(service, models, price_of) == tuple(model.id for model in models[:MOST_OWN])
