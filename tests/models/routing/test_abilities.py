"""The rule of thumb for abilities keeps its order and knows what it does not know."""

from __future__ import annotations

import pytest

from app.core.places import Place
from app.core.values import Model
from app.models.routing.abilities import ability_of


def test_a_larger_file_is_abler_and_a_service_abler_still() -> None:
    found = [ability_of(Model("m", "M", size_bytes=size * 100_000_000)) or 0 for size in (1, 3, 8, 25, 50, 200, 9000)]
    assert found == sorted(found)
    assert found[0] == 0.2
    assert found[-1] == 0.85 < (ability_of(Model("x", "Large", where="sent to X", place=Place.CLOUD)) or 0)


@pytest.mark.parametrize("name", ["gpt-5-mini", "claude-haiku-4-5", "gemini-2.5-flash", "llama-3.1-8b-instant"])
def test_a_service_says_in_the_name_which_models_are_small(name: str) -> None:
    assert ability_of(Model(f"cloud:{name}", name, where="sent to X", place=Place.CLOUD)) == 0.8


def test_without_a_size_nothing_is_claimed() -> None:
    assert ability_of(Model("m", "M")) is None
