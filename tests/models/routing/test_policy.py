"""The slider and what outcomes teach."""

from __future__ import annotations

import json

import pytest

from app.models.routing.abilities import Opinions
from app.models.routing.policy import (
    MOST_MODELS,
    MOST_SHIFT,
    USUAL_GAP,
    Adjustment,
    Side,
    adjustment_from,
    range_of,
    share_above,
    threshold_for,
)
from app.models.routing.shares import SHARES
from app.models.routing.signals import signals
from tests.environment import ROOT
from tests.routing.rows import as_in_a_chat, read_turns


def test_the_threshold_falls_as_the_share_rises() -> None:
    found = [threshold_for(percent / 100) for percent in range(-5, 106)]
    assert found == sorted(found, reverse=True)
    assert (found[0], found[-1]) == (1.0, 0.0)
    assert [threshold_for(share) for share, _ in SHARES] == pytest.approx([threshold for _, threshold in SHARES])


def test_a_share_is_about_what_it_says_on_a_sample() -> None:
    turns = read_turns(ROOT / "tests/fixtures/routing/turns.jsonl")
    worths = [signals(text).worth for text in as_in_a_chat([], turns)]
    for share in (0.1, 0.3, 0.5, 0.8):
        assert sum(worth > threshold_for(share) for worth in worths) / len(worths) == pytest.approx(share, abs=0.15)


def test_the_ends_of_the_slider_mean_nothing_and_everything_whatever_was_learned() -> None:
    assert (threshold_for(0, -0.15), threshold_for(1, 0.15)) == (1, 0)


@pytest.mark.parametrize(("side", "sign"), [("local", -1), ("cloud", 1)])
def test_a_model_that_was_not_wanted_moves_the_threshold_gently(side: Side, sign: int) -> None:
    once = Adjustment().learned(side, "switched")
    assert 0 < sign * once.shift <= 0.02
    often = Adjustment()
    for _ in range(200):
        often = often.learned(side, "switched")
    assert sign * often.shift == pytest.approx(MOST_SHIFT)
    assert often.counts == ((f"{side} switched", 200),)


def test_a_share_is_told_as_a_range_that_its_own_history_corrects() -> None:
    low, high = range_of(0.3, 0.0, USUAL_GAP)
    assert low < 0.3 < high
    few, many = range_of(0.3, 0.0, USUAL_GAP, 20, 1), range_of(0.3, 0.0, USUAL_GAP, 500, 25)
    assert few[1] < high
    assert many[0] <= 0.07 <= many[1] <= 0.1, "hardly any of so many: the history has the last word"
    assert range_of(0.3, 0.0, 0.8)[0] > low, "where the models are far apart more goes"
    for share in (0.05, 0.5, 0.95):
        ends = range_of(share, 0.15, 0.1)
        assert 0 <= ends[0] < ends[1] <= 1


def test_a_threshold_is_of_the_share_above_it() -> None:
    for share in (0.01, 0.13, 0.3, 0.77, 1.0):
        assert share_above(threshold_for(share)) == pytest.approx(share, abs=1e-6)


def test_the_threshold_falls_with_the_gap() -> None:
    found = [threshold_for(0.3, gap=gap / 10) for gap in range(10)]
    assert found == sorted(found, reverse=True)
    assert threshold_for(0.3, gap=USUAL_GAP) == pytest.approx(threshold_for(0.3))
    assert (threshold_for(0, gap=0.9), threshold_for(1, gap=0.1)) == (1, 0)


def test_opinions_are_kept_by_model() -> None:
    kept = Adjustment().told("a", "liked").told("b", "disliked").told("a", "switched").told("b", "regenerated")
    assert (kept.of("a"), kept.of("b"), kept.of("c")) == (Opinions(1, 1), Opinions(0, 1), Opinions())
    assert adjustment_from(json.loads(json.dumps(kept.as_record()))) == kept
    for number in range(80):
        kept = kept.told(f"m{number}", "liked")
    assert len(kept.models) == MOST_MODELS


def test_old_habits_wear_off() -> None:
    kept = Adjustment(shift=0.1)
    for _ in range(40):
        kept = kept.learned("cloud", "regenerated")  # which teaches nothing by itself
    assert 0 < kept.shift < 0.06


def test_an_adjustment_survives_storage() -> None:
    kept = Adjustment().learned("local", "disliked").learned("cloud", "liked")
    assert adjustment_from(json.loads(json.dumps(kept.as_record()))) == kept
    assert adjustment_from({}) == Adjustment()
