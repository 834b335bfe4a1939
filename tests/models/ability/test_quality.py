"""One scale of quality: what is published, else what the number of parameters lets expect."""

from __future__ import annotations

import pytest

from app.core.values import Model
from app.models.ability.quality import GUESSING, MOST_EXPECTED, Quality, billions_of, expected, quality_of


@pytest.mark.parametrize(
    ("name", "billions"),
    [
        ("Gemma 3n E2B", 2),
        ("qwen3:0.6b", 0.6),
        ("SmolLM2 135M, bundled", 0.135),
        ("LFM2.5 1.2B", 1.2),
        ("Llama-3.2-3B-Instruct-Q4_K_M", 3),
        ("qwen3:30b-a3b", 30),
        ("Phi-4-mini", 0),
        ("gpt-5", 0),
        ("", 0),
    ],
)
def test_a_name_tells_the_number_of_parameters(name: str, billions: float) -> None:
    assert billions_of(name) == pytest.approx(billions)


def test_a_published_figure_counts_as_it_is() -> None:
    assert quality_of(Model("a", "Gemma 4 E4B", quality=69.4)) == Quality(69.4, is_published=True)


def test_more_parameters_let_expect_more_but_not_without_end() -> None:
    points = [expected(name).points for name in ("a 0.1B", "a 0.7B", "a 1B", "a 3B", "a 8B", "a 70B", "a 700B")]
    assert points == sorted(points)
    assert points[0] < GUESSING < points[2]
    assert points[-1] == MOST_EXPECTED


def test_a_file_tells_it_where_the_name_does_not() -> None:
    assert expected("Tiny", 600_000_000).points == expected("Tiny 1B").points
    assert expected("Tiny") == Quality(0.0)
