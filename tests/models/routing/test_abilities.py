"""Ability is one figure per model wherever it runs, keeps its order, and knows what it does not know."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.places import Place
from app.core.values import Model
from app.models.routing.abilities import LEAST, MOST_TOLD, Opinions, ability_of


def of(name: str, id: str = "m", place: Place = Place.BROWSER) -> float:
    found = ability_of(Model(id, name, place=place))
    assert found is not None
    return found


@pytest.mark.parametrize("name", ["Gemma 3n E2B", "gpt-5-mini", "Llama 3.1 8B", "SmolLM2 135M", "qwen2.5:7b"])
def test_where_a_model_runs_changes_nothing(name: str) -> None:
    places = [
        ("m", Place.BROWSER),
        (f"ollama:{name}", Place.COMPUTER),
        (f"ollama:{name}", Place.NETWORK),
        (f"cloud:here-llama:{name}", Place.COMPUTER),
        (f"cloud:openrouter:{name}", Place.CLOUD),
    ]
    assert len({of(name, *where) for where in places}) == 1


def test_a_larger_file_is_abler() -> None:
    found = [ability_of(Model("m", "M", size_bytes=size * 100_000_000)) or 0 for size in (1, 3, 8, 25, 50, 200, 9000)]
    assert found == sorted(found)
    assert (found[0], found[-1]) == (LEAST, 0.75)


@pytest.mark.parametrize(
    ("abler", "less"),
    [
        ("gpt-5", "gpt-3.5-turbo"),
        ("gpt-5-mini", "gpt-4o-mini"),
        ("gpt-4o", "gpt-3.5-turbo"),
        ("claude-sonnet-4-5-20250929", "claude-3-5-haiku-20241022"),
        ("gemini-2.5-pro", "gemini-2.0-flash"),
        ("Llama 3.3 70B", "llama-3.1-8b-instant"),
        ("mixtral-8x7b", "mistral-7b"),
        ("Gemma 3n E2B", "SmolLM2 135M"),
    ],
)
def test_the_order_is_one_a_person_would_accept(abler: str, less: str) -> None:
    assert of(abler, f"cloud:openai:{abler}", Place.CLOUD) > of(less, f"cloud:openai:{less}", Place.CLOUD)


def test_the_persons_own_word_stands_above_all() -> None:
    model = Model("cloud:openai:gpt-5", "gpt-5", place=Place.CLOUD)
    assert ability_of(model, {model.id: 0.3}, Opinions(20, 0)) == 0.3
    assert ability_of(model, {model.id: 3.0}) == 1.0


def test_good_and_bad_move_it_a_little() -> None:
    model = Model("m", "Qwen3.5-2B")
    usual = ability_of(model) or 0
    liked, disliked = (ability_of(model, told=Opinions(*told)) or 0 for told in ((30, 0), (0, 30)))
    assert usual < liked < usual + MOST_TOLD
    assert usual - MOST_TOLD < disliked < usual
    assert ability_of(model, told=Opinions(5, 5)) == usual


def test_without_a_size_nothing_is_claimed_but_of_a_service() -> None:
    assert ability_of(Model("m", "M")) is None
    assert ability_of(Model("cloud:own-lab:m", "m", place=Place.NETWORK)) is None
    away = Model("cloud:acme:wonder", "wonder", place=Place.CLOUD)
    assert (ability_of(away), ability_of(replace(away, id="cloud:acme:x", name="wonder-mini"))) == (0.82, 0.65)


def test_what_ollama_passes_on_is_not_judged_by_the_stub_of_its_file() -> None:
    """Of a model elsewhere Ollama lists a file of some 300 bytes."""
    stub = Model("ollama:wonder:cloud", "wonder:cloud", size_bytes=384, place=Place.CLOUD)
    assert ability_of(stub) == 0.82
    assert ability_of(replace(stub, id="ollama:gpt-oss:120b-cloud", name="gpt-oss:120b-cloud")) == of("gpt-oss:120b")
