"""Measures of rankings, and intervals around their means."""

from __future__ import annotations

from math import log2
from statistics import fmean

import pytest

from app.study.library.measures import ndcg, recall, reciprocal, spread


def test_gains_count_less_the_further_down_they_stand() -> None:
    assert ndcg(["a", "b", "c"], {"a": 1}, 10) == 1
    assert ndcg(["b", "a", "c"], {"a": 1}, 10) == pytest.approx(1 / log2(3))
    assert ndcg(["b", "a"], {"a": 2, "b": 1}, 10) == pytest.approx((1 + 2 / log2(3)) / (2 + 1 / log2(3)))
    assert ndcg(["b", "a"], {"a": 1}, 1) == ndcg([], {"a": 1}, 10) == ndcg(["a"], {}, 10) == 0


def test_what_is_judged_below_nothing_counts_as_nothing() -> None:
    assert ndcg(["b", "a"], {"a": 1, "b": -1}, 10) == pytest.approx(1 / log2(3))
    assert ndcg(["b"], {"b": -1}, 10) == 0


def test_recall_is_the_part_of_what_is_relevant() -> None:
    assert recall(["a", "b", "x"], {"a": 1, "b": 2, "c": 1, "x": 0}, 20) == pytest.approx(2 / 3)
    assert recall(["x", "a"], {"a": 1}, 1) == 0


def test_the_first_that_is_relevant_counts_by_its_place() -> None:
    assert reciprocal(["x", "b", "a"], {"a": 1, "b": 1, "x": 0}, 10) == 0.5
    assert reciprocal(["x", "a"], {"a": 1}, 1) == reciprocal([], {"a": 1}, 10) == 0


def test_an_interval_holds_its_mean_and_is_the_same_each_time() -> None:
    values = [1.0] * 30 + [0.0] * 10
    found = spread(values)
    assert found == spread(values)
    assert found.mean == fmean(values) == 0.75
    # of such a share the normal approximation gives .75 ± 1.96 · √(.75 · .25 / 40) = .616 to .884
    assert found.low == pytest.approx(0.616, abs=0.03)
    assert found.high == pytest.approx(0.884, abs=0.03)
    assert spread([0.5]).low == spread([0.5]).high == 0.5


def test_more_questions_make_it_narrower() -> None:
    few, many = spread([1.0, 0.0] * 10), spread([1.0, 0.0] * 100)
    assert many.high - many.low < few.high - few.low
