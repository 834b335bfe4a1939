"""The slider and what outcomes teach."""

from __future__ import annotations

import json

import pytest

from app.models.routing.policy import MOST_SHIFT, Adjustment, Side, adjustment_from, threshold_for
from app.models.routing.signals import signals
from app.models.routing.weights import SHARES
from tests.environment import ROOT
from tests.routing.rows import read_rows


def test_the_threshold_falls_as_the_share_rises() -> None:
    found = [threshold_for(percent / 100) for percent in range(-5, 106)]
    assert found == sorted(found, reverse=True)
    assert (found[0], found[-1]) == (1.0, 0.0)
    assert [threshold_for(share) for share, _ in SHARES] == pytest.approx([threshold for _, threshold in SHARES])


def test_a_share_is_about_what_it_says_on_a_sample() -> None:
    worths = [signals(row.prompt).worth for row in read_rows(ROOT / "tests/fixtures/routing/questions.jsonl")]
    for share in (0.1, 0.3, 0.5, 0.8):
        assert sum(worth > threshold_for(share) for worth in worths) / len(worths) == pytest.approx(share, abs=0.12)


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


def test_old_habits_wear_off() -> None:
    kept = Adjustment(shift=0.1)
    for _ in range(40):
        kept = kept.learned("cloud", "regenerated")  # which teaches nothing by itself
    assert 0 < kept.shift < 0.06


def test_an_adjustment_survives_storage() -> None:
    kept = Adjustment().learned("local", "disliked").learned("cloud", "liked")
    assert adjustment_from(json.loads(json.dumps(kept.as_record()))) == kept
    assert adjustment_from({}) == Adjustment()
