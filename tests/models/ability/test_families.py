"""The table of known families: names as people and services spell them, and what nobody has measured."""

from __future__ import annotations

import re

import pytest

from app.models.ability.families import GENERATION, LINES, MODELS, READ, by_rating, known


@pytest.mark.parametrize(
    ("name", "points"),
    [
        ("gpt-5-mini-2025-08-07", 83.7),
        ("openai/gpt-5", 87.5),
        ("gpt-4o-2024-08-06", 74.7),
        ("gpt-4o-mini", 62.8),
        ("claude-sonnet-4-5-20250929", 88.2),
        ("anthropic/claude-3.5-haiku", 65.0),
        ("claude-3-5-sonnet-20241022", 77.6),
        ("models/gemini-2.0-flash", 77.6),
        ("Gemma 3n E2B", 40.5),
        ("gemma3n:e2b", 40.5),
        ("gemma-3n-E2B-it-int4-Web", 40.5),
        ("qwen3.5:2b", 55.3),
        ("llama3.2:3b-instruct-q4_K_M", 39.2),
        ("phi4-mini", 52.8),
    ],
)
def test_a_name_is_known_however_it_is_spelled(name: str, points: float) -> None:
    found = known(name)
    assert found
    assert (found.points, found.is_kin) == (points, False)


@pytest.mark.parametrize("name", ["", "my-own", "gpt-oss:20b", "gpt-5-nano", "gemma3:27b", "llama3.2:11b", "gpt-50"])
def test_what_is_not_in_the_table_is_not_known(name: str) -> None:
    assert known(name) is None


def test_a_later_version_counts_as_the_last_measured_and_an_earlier_one_less() -> None:
    later, earlier = known("claude-opus-4-6"), known("gpt-3.5-turbo")
    assert later
    assert earlier
    assert (later.points, later.is_kin) == (89.5, True)
    assert (earlier.points, earlier.is_kin) == (74.7 - GENERATION, True)


def test_every_figure_has_a_source_and_no_note_of_ours() -> None:
    sources = {source for _, _, source in MODELS} | {one[2] for line in LINES for one in line.versions}
    assert all(source and not re.search(r"\d{9,}", source) for source in sources)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", READ)
    assert all(list(line.versions) == sorted(line.versions) for line in LINES)


def test_a_rating_lies_between_its_neighbours() -> None:
    assert by_rating(1375) == 83.7
    assert 83.7 < by_rating(1384) < 87.5
