"""Fits the router's signals on labelled questions and writes `app/models/routing/weights.py` and `stems.py`.

    python -m tests.routing.fit DEV.jsonl FOLLOWUPS.jsonl           # says how well it goes by cross-validation
    python -m tests.routing.fit DEV.jsonl FOLLOWUPS.jsonl --write   # and writes the weights; `shares` comes next

Worth is the hand rules as they stand and, in equal parts, what is learned: a ridge on word stems and boosted stumps on
features and the question's shape, half and half. What is learned for worth is what tells questions of one suite apart:
each suite's mean is taken away first (that, and the ridge's strength, were chosen by tasks left out within each fold).
Difficulty is features whose signs are set by hand below, a ridge on the same stems, and the same kind of stumps, in
equal parts. What was chosen with the development rows' figures in view, which are that much too good: the strength of
difficulty's ridge (see `ridge`), which signs of code and maths the hand rules count, that worth has stumps at half a
share, the number of steps, and what counts as failing (see `rows.failed`).
Cross-validation leaves out rows at random, whole tasks, or whole suites, and fits vocabulary and scales anew each time.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.models.routing import features, followups, rules
from app.models.routing.evidence import squash
from app.models.routing.learned import stems_of
from app.models.routing.plain import plain
from app.models.routing.shape import shape
from tests.environment import ROOT
from tests.routing.baselines import by_hand_rules, by_length
from tests.routing.boosting import fit_steps
from tests.routing.fitting import Linear, Pull, fit_logistic, fit_signed
from tests.routing.measures import Ranked, draw, follow_up_measures, interval, share_above, weak_fails
from tests.routing.mixing import Mixed, mixed, moments
from tests.routing.ridge import DIFFICULTY_STRENGTH, WORTH_STRENGTH, fit_ridge, vocabulary_of
from tests.routing.rows import Row, Turn, abler_models, added, as_in_a_chat, failed, read_rows, read_turns, slices
from tests.routing.writing import stems_written, written

WEIGHTS = ROOT / "app" / "models" / "routing" / "weights.py"
STEMS = ROOT / "app" / "models" / "routing" / "stems.py"
FOLDS = 10
RESAMPLES = 200
SOURCE = """Fitted on {rows} labelled questions (RouteLLM 0b64fda: MMLU, GSM8K, MT-Bench, Mixtral 8x7B to GPT-4;
LLMRouter 4e7a796: nine sets, Gemma 2 9B to Nemotron 51B; each pair of models counts alike) and {turns} turns of
MT-Bench-101 (bc18b3e). {measured}"""
MEASURED = """On questions of tasks that a fit had not seen: APGR {0:.3f}, AUCfail {1:.3f};
on dialogues it had not seen: follow-up AUC {2:.3f}."""


def pushes(more: str, less: str) -> dict[str, float]:
    """+1 and -1 for the features named, which bars divide."""
    return {name.strip(): float(sign) for names, sign in ((more, 1), (less, -1)) for name in names.split("|")}


#: a small model is expected to fail more often where these are seen, and less often where those are
DIFFICULTY_PUSHES = pushes(
    "maths|code|law|reasoning|fame|years|fact|numbers|notation|long|task",
    "amounts|economics|science|explaining|people|technical|society|choices|passage|quantity",
)
DIFFICULTY_PULL = Pull(0.02, 1.0)
FOLLOW_UP_PULL = 0.003
#: real switches of topic are rare among the rows, and matter more than pasted ones
SWITCH_COUNT = 2.0
#: a question worth more than so many of those that people ask in chats has this worth, so that the router's fixed
#: limits mean the same after each fit
ANCHORED, ANCHOR = 0.7, 0.45


def row_counts(rows: Sequence[Row]) -> list[float]:
    """A weight for each row, so that each pair of models counts alike."""
    sizes: dict[str, int] = {}
    for row in rows:
        sizes[row.weak] = sizes.get(row.weak, 0) + 1
    return [len(rows) / len(sizes) / sizes[row.weak] for row in rows]


@dataclass(frozen=True, slots=True)
class Questions:
    """What the fits read of the rows, once."""

    rows: Sequence[Row]
    counts: Sequence[float]
    stems: Sequence[list[str]]
    ruled: Sequence[dict[str, float]]
    shown: Sequence[dict[str, float]]
    added: Sequence[float]
    failed: Sequence[float]


def questions_of(rows: Sequence[Row]) -> Questions:
    """The rows' features and targets."""
    lines = [plain(row.prompt) for row in rows]
    abler = abler_models(rows)
    return Questions(
        rows,
        row_counts(rows),
        [stems_of(line) for line in lines],
        [rules.rules(line) for line in lines],
        [features.features(line) | shape(line) for line in lines],
        [added(row, abler) for row in rows],
        [failed(row) for row in rows],
    )


def within_suites(values: Sequence[float], suites: Sequence[str], counts: Sequence[float]) -> list[float]:
    """Values less the mean of their suite: what tells one suite from another is no reason to ask a stronger model."""
    sums: dict[str, float] = {}
    sizes: dict[str, float] = {}
    for value, suite, count in zip(values, suites, counts, strict=True):
        sums[suite] = sums.get(suite, 0.0) + count * value
        sizes[suite] = sizes.get(suite, 0.0) + count
    return [value - sums[suite] / sizes[suite] for value, suite in zip(values, suites, strict=True)]


def fit_both(all_of: Questions, chosen: Sequence[int]) -> tuple[Mixed, Mixed]:
    """Worth and difficulty, from the chosen rows alone."""
    documents, counts = [all_of.stems[i] for i in chosen], [all_of.counts[i] for i in chosen]
    ruled, shown = [all_of.ruled[i] for i in chosen], [all_of.shown[i] for i in chosen]
    gains = within_suites([all_of.added[i] for i in chosen], [all_of.rows[i].suite for i in chosen], counts)
    fails = [all_of.failed[i] for i in chosen]
    vocabulary = vocabulary_of(documents)
    by_hand = Linear(0.0, dict(rules.RULES))
    worth = mixed(by_hand, ruled, fit_ridge(documents, gains, counts, vocabulary, WORTH_STRENGTH), documents, counts)
    signed = fit_signed(shown, fails, counts, DIFFICULTY_PUSHES, DIFFICULTY_PULL)
    hard = mixed(signed, shown, fit_ridge(documents, fails, counts, vocabulary, DIFFICULTY_STRENGTH), documents, counts)
    worth = worth.with_stumps(fit_steps(shown, gains, counts), shown, counts, 0.5)
    return worth, hard.with_stumps(fit_steps(shown, fails, counts), shown, counts)


def scores_of(all_of: Questions, i: int, worth: Mixed, hard: Mixed) -> tuple[float, float]:
    """Worth and difficulty of one row."""
    stems, shown = all_of.stems[i], all_of.shown[i]
    return worth.score(all_of.ruled[i], stems, shown), hard.score(shown, stems, shown)


def folds_of(groups: Sequence[str]) -> list[int]:
    """The number of the fold of each row; a group is never divided."""
    names = sorted(set(groups))
    random.Random(1).shuffle(names)
    fold = {name: number % FOLDS for number, name in enumerate(names)}
    return [fold[group] for group in groups]


def held_out(all_of: Questions, groups: Sequence[str]) -> tuple[list[float], list[float]]:
    """Worth and difficulty of each row by a fit that has not seen its group."""
    folds, size = folds_of(groups), len(all_of.rows)
    worths, hards = [0.0] * size, [0.0] * size
    for number in sorted(set(folds)):
        worth, hard = fit_both(all_of, [i for i in range(size) if folds[i] != number])
        for i in range(size):
            if folds[i] == number:
                worths[i], hards[i] = scores_of(all_of, i, worth, hard)
    return worths, hards


def fit_follow_up(turns: Sequence[Turn], seen: Sequence[dict[str, float]], chosen: Sequence[int]) -> Linear:
    """Whether a message goes on with the talk."""
    counts = [SWITCH_COUNT if turns[i].task in ("TS", "CC") else 1.0 for i in chosen]
    return fit_logistic([seen[i] for i in chosen], [turns[i].followup for i in chosen], counts, FOLLOW_UP_PULL)


def cross_validated(all_of: Questions) -> dict[str, tuple[float, float]]:
    """APGR of worth and AUCfail of difficulty on what a fit has not seen, for each way of leaving questions out.

    Questions of one task resemble each other: only whole tasks (or suites) left out say something of new ones.
    """
    rows = all_of.rows
    ways = {
        "rows at random": [row.id for row in rows],
        "whole tasks": [f"{row.suite} {row.task}" for row in rows],
        "whole suites": [row.suite for row in rows],
    }
    found, fails = {}, weak_fails(rows)
    others = {
        "hand rules": [by_hand_rules(row.prompt) for row in rows],
        "length": [by_length(row.prompt) for row in rows],
    }
    drawn = [draw(random.Random(seed), len(rows)) for seed in range(RESAMPLES)]
    for name, scores in others.items():
        say(f"{name:<19}  APGR {Ranked(scores, rows).apgr():.3f}   AUCfail {Ranked(scores, rows).auc(fails):.3f}")
    for way, groups in ways.items():
        worths, hards = held_out(all_of, groups)
        worth, hard = Ranked(worths, rows), Ranked(hards, rows)
        found[way] = worth.apgr(), hard.auc(fails)
        low, high = interval(worth.apgr, drawn)
        above = [f"{name} {share_above(worth, Ranked(scores, rows), drawn):.1%}" for name, scores in others.items()]
        say(f"{way:<19}  APGR {found[way][0]:.3f} [{low:.3f}-{high:.3f}]   AUCfail {found[way][1]:.3f}")
        say(f"{'':<19}  above, of {RESAMPLES} paired resamples: {', '.join(above)}")
        for name, numbers in slices(rows).items():
            part = Ranked([worths[i] for i in numbers], [rows[i] for i in numbers])
            say(f"{'':<19}  {name}: APGR {part.apgr():.3f}")
    return found


def say_turns(turns: Sequence[Turn], seen: Sequence[dict[str, float]]) -> float:
    """Cross-validation of the follow-up detector, whole dialogues left out; returns its AUC."""
    folds = folds_of(["-".join(turn.id.split("-")[:2]) for turn in turns])
    scores = [0.0] * len(turns)
    for number in sorted(set(folds)):
        model = fit_follow_up(turns, seen, [i for i, fold in enumerate(folds) if fold != number])
        scores = [squash(model.score(seen[i])) if fold == number else scores[i] for i, fold in enumerate(folds)]
    measures = follow_up_measures(scores, turns)
    for name, value in measures.items():
        say(f"follow-up {name}: {value:.3f}")
    return measures["AUC"]


def as_chances(scores: Sequence[float], all_of: Questions) -> tuple[float, float]:
    """Factor and shift that make squashing give the chance that the weak model fails."""
    fails = [float(fail) for fail in weak_fails(all_of.rows)]
    plain_fit = fit_logistic([{"score": score} for score in scores], fails, all_of.counts, 1e-6)
    factor = plain_fit.weights["score"]
    return factor, plain_fit.start / factor


def say(line: str) -> None:
    """A line for the person at the terminal."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.routing.fit", description=__doc__)
    parser.add_argument("rows", type=Path)
    parser.add_argument("turns", type=Path)
    parser.add_argument("--write", action="store_true", help="write app/models/routing/weights.py")
    options = parser.parse_args()
    rows, turns = read_rows(options.rows), read_turns(options.turns)
    all_of = questions_of(rows)
    turns_seen = [followups.features(turn.text, turn.prev_user, turn.prev_bot) for turn in turns]
    measured = MEASURED.format(*cross_validated(all_of)["whole tasks"], say_turns(turns, turns_seen))
    if options.write:
        write(all_of, fit_follow_up(turns, turns_seen, list(range(len(turns)))), turns, measured)


def as_chats_go(worth: Mixed, asked: Sequence[str]) -> Mixed:
    """Worth on the scale of what people ask in chats, whatever the exam questions of a fit are like."""
    lines = [plain(text) for text in asked]
    stems, shown = [stems_of(line) for line in lines], [features.features(line) | shape(line) for line in lines]
    worth = worth.centred_on(stems, shown)
    ranked = sorted(map(worth.score, [rules.rules(line) for line in lines], stems, shown))
    return worth.scaled(1.0, math.log(ANCHOR / (1 - ANCHOR)) - ranked[round(ANCHORED * len(ranked))])


def write(all_of: Questions, follow: Linear, turns: Sequence[Turn], measured: str) -> None:
    """Both modules, from all rows."""
    size = range(len(all_of.rows))
    worth, hard = fit_both(all_of, list(size))
    middle, spread = moments([scores_of(all_of, i, worth, hard)[0] for i in size], all_of.counts)
    worth = as_chats_go(worth.scaled(1 / spread, -middle), as_in_a_chat(all_of.rows, turns))
    hard = hard.scaled(*as_chances([scores_of(all_of, i, worth, hard)[1] for i in size], all_of))
    source = SOURCE.format(rows=len(all_of.rows), turns=len(turns), measured=measured)
    WEIGHTS.write_text(written(worth, hard, follow, source), "utf-8")
    STEMS.write_text(stems_written(worth, hard), "utf-8")


if __name__ == "__main__":
    main()
