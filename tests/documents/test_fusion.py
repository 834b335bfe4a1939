"""Rankings put together."""

from __future__ import annotations

from app.documents.fusion import fused


def test_what_several_agree_on_comes_first() -> None:
    assert fused([["a", "b"], ["b", "c"]]) == ["b", "a", "c"]
    assert fused([["a", "b", "c"], ["c", "b", "a"]]) in (["a", "c", "b"], ["c", "a", "b"])


def test_one_ranking_stays_as_it_is_and_none_gives_none() -> None:
    assert fused([["a", "b"], []]) == ["a", "b"]
    assert fused([]) == fused([[], []]) == []


def test_a_place_counts_as_much_in_each() -> None:
    assert fused([["a", "b"], ["x", "y"]]) == ["a", "x", "b", "y"]
    assert fused([["a", "a", "b"], ["b"]]) == ["b", "a"], "what stands twice counts once, at its better place"
