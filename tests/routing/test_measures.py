"""The measures agree with what can be worked out by hand."""

from __future__ import annotations

import json
import math
import random
from pathlib import Path

import pytest

from tests.environment import ROOT
from tests.routing.__main__ import routers
from tests.routing.baselines import by_hand_rules
from tests.routing.boosting import Stumps, fit_steps
from tests.routing.fit import within_suites
from tests.routing.fitting import Linear, Pull, fit_logistic, fit_signed
from tests.routing.measures import (
    Ranked,
    auc,
    draw,
    draw_groups,
    edges,
    follow_up_measures,
    interval,
    needs_strong,
    share_above,
    weak_fails,
)
from tests.routing.mixing import Mixed
from tests.routing.ridge import Stems, fit_ridge
from tests.routing.rows import Row, Turn, abler_models, added, failed, read_rows, slices, tasks

TEN = [Row("", 0.0 if i < 5 else 1.0, 1.0, id=str(i)) for i in range(10)]  # the strong model helps the first five
QUESTIONS = ROOT / "tests" / "fixtures" / "routing" / "questions.jsonl"


def test_apgr_of_the_best_and_the_worst_order() -> None:
    best, worst = Ranked([9.0 - i for i in range(10)], TEN), Ranked([float(i) for i in range(10)], TEN)
    assert best.apgr() == pytest.approx((0.0 / 2 + 0.2 + 0.4 + 0.6 + 0.8 + 1 * 5 + 1 / 2) / 10)
    assert worst.apgr() == pytest.approx(1 - best.apgr())
    assert (best.cpt(0.5), best.cpt(0.8), worst.cpt(0.5)) == (0.3, 0.4, 0.8)


def test_a_resample_counts_a_row_as_often_as_it_was_drawn() -> None:
    scores = [3.0, 2.0, 1.0, 0.0]
    rows = [Row("", 0.0, 1.0), Row("", 1.0, 1.0), Row("", 0.0, 1.0), Row("", 1.0, 0.5)]
    counts = [2, 0, 1, 3]
    drawn = [i for i, count in enumerate(counts) for _ in range(count)]
    whole = Ranked([scores[i] for i in drawn], [rows[i] for i in drawn])
    assert Ranked(scores, rows).apgr(counts) == pytest.approx(whole.apgr())
    labels = needs_strong(rows)
    assert Ranked(scores, rows).auc(labels, counts) == pytest.approx(
        auc([scores[i] for i in drawn], [labels[i] for i in drawn])
    )


def test_without_a_gap_there_is_nothing_to_recover() -> None:
    rows = [Row("", 1.0, 1.0)] * 4
    assert math.isnan(Ranked([1.0] * 4, rows).apgr())
    assert math.isnan(Ranked([1.0] * 4, rows).cpt(0.5))
    assert all(math.isnan(edge) for edge in interval(Ranked([1.0] * 4, rows).apgr, [[1] * 4]))


def test_auc_counts_ties_half() -> None:
    assert auc([0.9, 0.5, 0.5, 0.1], [True, True, False, False]) == pytest.approx(3.5 / 4)
    assert auc([1.0, 1.0], [True, False]) == 0.5
    assert math.isnan(auc([1.0], [True]))


def test_a_better_order_is_above_in_every_resample_that_tells() -> None:
    chance = random.Random(1)
    best, worst = Ranked([9.0 - i for i in range(10)], TEN), Ranked([float(i) for i in range(10)], TEN)
    assert share_above(best, worst, [draw(chance, 10) for _ in range(50)]) == 1


def test_percentiles() -> None:
    assert edges([float(i) for i in range(201)]) == (5, 195)


def test_slices_are_everything_each_pair_and_each_suite_once() -> None:
    rows = [Row("", 0, 1, suite="a", weak="w"), Row("", 0, 1, suite="b", weak="w"), Row("", 0, 1, suite="c", weak="v")]
    assert {name: len(found) for name, found in slices(rows).items()} == {
        "all pooled": 3,
        "pair w > ": 2,
        "pair v > ": 1,
        "suite a": 1,
        "suite b": 1,
    }


def test_follow_up_measures() -> None:
    turns = [Turn("", "", "", 1), Turn("", "", "", 1), Turn("", "", "", 0, task="TS"), Turn("", "", "", 0, task="CC")]
    found = follow_up_measures([0.9, 0.2, 0.6, 0.1], turns)
    assert found == {"AUC": 0.75, "accuracy": 0.5, "F1": 0.5, "topic-switch recall": 0.5}


def test_a_file_of_another_schema_is_refused_by_what_it_lacks() -> None:
    path = ROOT / "tests" / "fixtures" / "routing" / "turns.jsonl"
    with pytest.raises(ValueError, match="has no prompt, ws, ss"):
        read_rows(path)


def test_the_hand_rules_are_those_of_the_sheet() -> None:
    assert by_hand_rules("What is the capital of France?") == pytest.approx(0.3 * 6 / 200 - 0.2)
    assert by_hand_rules("Explain this code") == pytest.approx(0.3 * 3 / 200 + 0.25 + 0.05)


def test_a_fitted_weight_never_turns_its_sign_round() -> None:
    seen = [{"a": float(i % 2), "b": float(i % 3 == 0)} for i in range(60)]
    wanted = [one["a"] - one["b"] for one in seen]
    free = fit_signed(seen, wanted, [1.0] * 60, {"a": 1, "b": -1}, Pull(0.0, 0.0))
    assert (free.weights["a"], free.weights["b"], free.start) == pytest.approx((1, -1, 0), abs=1e-6)
    assert fit_signed(seen, wanted, [1.0] * 60, {"a": 1, "b": 1}, Pull(0.0, 0.0)).weights["b"] == 0


def test_logistic_regression_finds_the_odds() -> None:
    seen = [{"a": float(i >= 10)} for i in range(20)]
    wanted = [1.0 if i in (0, 1, *range(10, 18)) else 0.0 for i in range(20)]
    found = fit_logistic(seen, wanted, [1.0] * 20, 1e-9)
    assert (found.start, found.weights["a"]) == pytest.approx((math.log(0.25), math.log(16)), abs=1e-4)


def test_our_signals_order_the_sample_better_than_chance() -> None:
    rows = read_rows(QUESTIONS)
    worth, difficulty = routers(rows)["ours"]
    assert Ranked(worth, rows).apgr() > 0.5
    assert Ranked(difficulty, rows).auc(weak_fails(rows)) > 0.6


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_row_may_hold_whatever_ends_a_line_elsewhere(tmp_path: Path, ending: str) -> None:
    """U+0085 inside a question used to cut the row in two."""
    prompts = ["one\u0085two", "three\u2028four", "five\u2029six", "seven\x0beight", "nine\nten\r\n"]
    lines = [json.dumps({"prompt": prompt, "ws": 0, "ss": 1}, ensure_ascii=False) for prompt in prompts]
    path = tmp_path / "rows.jsonl"
    path.write_bytes(("\ufeff" + ending.join(lines) + ending).encode())
    assert [row.prompt for row in read_rows(path)] == prompts


def test_tasks_are_drawn_whole() -> None:
    rows = [Row("", 0, 1, task="b"), Row("", 0, 1, task="a"), Row("", 0, 1, task="b")]
    assert tasks(rows) == {" a": [1], " b": [0, 2]}
    for seed in range(9):
        counts = draw_groups(random.Random(seed), [[1], [0, 2]])
        assert counts[0] == counts[2] == 2 - counts[1]


def test_targets_are_means_over_the_models_where_many_were_scored() -> None:
    many = {"a": 1.0, "b": 0.0, "c": 0.5}
    rows = [Row("", 0.0, 1.0, scores=many), Row("", 0.25, 1.0)]
    abler = abler_models(rows)
    assert abler == {"a"}
    assert [added(row, abler) for row in rows] == [0.75, 0.75]
    assert [failed(row) for row in rows] == [0.75, 1.0]


def test_the_ridge_finds_which_word_makes_the_difference() -> None:
    documents = [["even", "prove"], ["even", "name"]] * 40
    found = fit_ridge(documents, [1.0, 0.0] * 40, [1.0] * 80, ["even", "name", "prove"], 10.0)
    assert found.weights["prove"] == pytest.approx(-found.weights["name"])
    assert found.weights["prove"] > 0.2
    assert found.score(["prove", "even"]) == pytest.approx(-found.score(["name", "even"]))


def test_boosted_steps_find_where_it_changes_and_what_matters() -> None:
    seen = [{"size": float(i % 10), "noise": float(i % 7)} for i in range(700)]
    found = fit_steps(seen, [float(one["size"] > 6) for one in seen], [1.0, 2.0] * 350)
    assert set(found.steps) == {"size"}
    assert [edge for edge, _ in found.steps["size"]] == [6.5]
    assert found.score({"size": 9.0, "noise": 0.0}) - found.score({"size": 1.0, "noise": 0.0}) > 0.5
    middle = sum(count * found.score(one) for one, count in zip(seen, [1.0, 2.0] * 350, strict=True)) / 1050
    assert middle == pytest.approx(0.0, abs=1e-9)


def test_where_nothing_differs_no_step_is_taken() -> None:
    assert fit_steps([{"size": 1.0}] * 5, [0.0, 1.0, 1.0, 0.0, 1.0], [1.0] * 5).score({"size": 3.0}) == 0


def test_what_tells_suites_apart_is_taken_from_what_is_learned() -> None:
    assert within_suites([1.0, 3.0, 5.0], ["a", "a", "b"], [1.0, 3.0, 2.0]) == [-1.5, 0.5, 0.0]


def test_a_score_divided_otherwise_is_the_same() -> None:
    score = Mixed(Linear(0.5, {"a": 1.0}), Stems({"x": 2.0}, 0.25), Stumps({"size": ((1.0, 1.0),)}, 0.5))
    asked, shown = [["x"], ["y"]], [{"size": 0.0}, {"size": 2.0}]
    other = score.centred_on(asked, shown)
    for stems, measures in zip(asked, shown, strict=True):
        assert other.score({"a": 1.0}, stems, measures) == pytest.approx(score.score({"a": 1.0}, stems, measures))
    assert sum(map(other.stems.score, asked)) == pytest.approx(0.0)
    assert sum(map(other.stumps.score, shown)) == pytest.approx(0.0)
