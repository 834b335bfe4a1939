"""Fits the few weights of the router on labelled questions and writes `app/models/routing/weights.py`.

    python -m tests.routing.fit DEV.jsonl FOLLOWUPS.jsonl           # says how well it goes by cross-validation
    python -m tests.routing.fit DEV.jsonl FOLLOWUPS.jsonl --write   # and writes the weights

The figures of the README are the ones of whole tasks left out; the weights' own text keeps them.

What decides about a question never seen is not the fit but the signs, set by hand below: each feature may only push the
way that general knowledge says, and is drawn towards the same small push for all. Left to themselves, fitted weights
fall to chance on a new suite. Cross-validation leaves out whole tasks, whole suites, or rows at random.
"""

from __future__ import annotations

import argparse
import datetime
import random
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from app.models.routing import features, followups
from app.models.routing.evidence import squash
from tests.environment import ROOT
from tests.routing.fitting import Linear, Pull, fit_logistic, fit_signed
from tests.routing.measures import Ranked, follow_up_measures, weak_fails
from tests.routing.rows import Row, Turn, read_rows, read_turns

WEIGHTS = ROOT / "app" / "models" / "routing" / "weights.py"
FOLDS = 10
SOURCE = """Fitted on {rows} labelled questions (RouteLLM 0b64fda: MMLU, GSM8K, MT-Bench, Mixtral 8x7B to GPT-4;
LLMRouter 4e7a796: nine sets, Gemma 2 9B to Nemotron 51B; each pair of models counts alike) and {turns} turns of
MT-Bench-101 (bc18b3e). {measured}"""
MEASURED = """On questions of tasks that a fit had not seen: APGR {0:.3f}, AUCfail {1:.3f};
on dialogues it had not seen: follow-up AUC {2:.3f}."""


def pushes(more: str, less: str) -> dict[str, float]:
    """+1 and -1 for the features named, which bars divide."""
    return {name.strip(): float(sign) for names, sign in ((more, 1), (less, -1)) for name in names.split("|")}


#: a strong model is expected to add more where these are seen, and less where those are
WORTH_PUSHES = pushes(
    """maths|code|law|economics|science|reasoning|explaining|conditions|amounts|people|judging|long|technical|quantity|
    problem|task|word-list|rules""",
    "fame|creative|society|passage|years|fact|unfinished|search|choices|choices-with-numbers",
) | {"code": 2.5}  # which is where strong models are known to be ahead most
#: a small model is expected to fail more often where these are seen, and less often where those are
DIFFICULTY_PUSHES = pushes(
    "maths|code|law|reasoning|fame|years|fact|search|numbers|notation|long|task|choices-with-numbers",
    "amounts|economics|science|explaining|people|judging|technical|society|choices|passage|quantity|word-list",
)
WORTH_PULL = Pull(0.01, 20.0)
DIFFICULTY_PULL = Pull(0.02, 1.0)
FOLLOW_UP_PULL = 0.003
#: real switches of topic are rare among the rows, and matter more than pasted ones
SWITCH_COUNT = 2.0
SHARES = (0, 1, 2, 5, *range(10, 95, 5), 95, 98, 99, 100)
Scored = Callable[[list[int]], Linear]


def row_counts(rows: Sequence[Row]) -> list[float]:
    """A weight for each row, so that each pair of models counts alike."""
    sizes: dict[str, int] = {}
    for row in rows:
        sizes[row.weak] = sizes.get(row.weak, 0) + 1
    return [len(rows) / len(sizes) / sizes[row.weak] for row in rows]


def held_out(seen: Sequence[dict[str, float]], groups: Sequence[str], fit: Scored) -> list[float]:
    """The score of each row by a fit that has not seen its group."""
    names = sorted(set(groups))
    random.Random(1).shuffle(names)
    fold = {name: number % FOLDS for number, name in enumerate(names)}
    scores = [0.0] * len(seen)
    for number in sorted(set(fold.values())):
        model = fit([i for i, group in enumerate(groups) if fold[group] != number])
        for i, group in enumerate(groups):
            if fold[group] == number:
                scores[i] = model.score(seen[i])
    return scores


def fit_worth(rows: Sequence[Row], seen: Sequence[dict[str, float]], chosen: Sequence[int]) -> Linear:
    """What the strong model is expected to add."""
    part = [rows[i] for i in chosen]
    return fit_signed([seen[i] for i in chosen], [row.gain for row in part], row_counts(part), WORTH_PUSHES, WORTH_PULL)


def fit_difficulty(rows: Sequence[Row], seen: Sequence[dict[str, float]], chosen: Sequence[int]) -> Linear:
    """How likely the weak model is to fail, not yet on the scale of chances."""
    part = [rows[i] for i in chosen]
    fails = [float(fail) for fail in weak_fails(part)]
    return fit_signed([seen[i] for i in chosen], fails, row_counts(part), DIFFICULTY_PUSHES, DIFFICULTY_PULL)


def fit_follow_up(turns: Sequence[Turn], seen: Sequence[dict[str, float]], chosen: Sequence[int]) -> Linear:
    """Whether a message goes on with the talk."""
    counts = [SWITCH_COUNT if turns[i].task in ("TS", "CC") else 1.0 for i in chosen]
    return fit_logistic([seen[i] for i in chosen], [turns[i].followup for i in chosen], counts, FOLLOW_UP_PULL)


def cross_validated(rows: Sequence[Row], seen: Sequence[dict[str, float]]) -> dict[str, tuple[float, float]]:
    """APGR of worth and AUCfail of difficulty on what a fit has not seen, for each way of leaving questions out.

    Questions of one task resemble each other: only whole tasks (or pairs of models) left out say something of new ones.
    """
    ways = {
        "questions at random": [row.id for row in rows],
        "whole tasks": [row.task for row in rows],
        "one pair of models": [row.weak for row in rows],
    }
    found = {}
    for way, groups in ways.items():
        worth = Ranked(held_out(seen, groups, lambda chosen: fit_worth(rows, seen, chosen)), rows)
        hard = Ranked(held_out(seen, groups, lambda chosen: fit_difficulty(rows, seen, chosen)), rows)
        found[way] = worth.apgr(), hard.auc(weak_fails(rows))
        say(f"left out: {way:<19}  APGR {found[way][0]:.3f}   AUCfail {found[way][1]:.3f}")
    return found


def say_turns(turns: Sequence[Turn], seen: Sequence[dict[str, float]]) -> float:
    """Cross-validation of the follow-up detector, whole dialogues left out; returns its AUC."""
    groups = ["-".join(turn.id.split("-")[:2]) for turn in turns]
    scores = [squash(score) for score in held_out(seen, groups, lambda chosen: fit_follow_up(turns, seen, chosen))]
    measures = follow_up_measures(scores, turns)
    for name, value in measures.items():
        say(f"follow-up {name}: {value:.3f}")
    return measures["AUC"]


def scaled(model: Linear, factor: float, shift: float) -> Linear:
    """The model whose score is `factor * (score + shift)`."""
    return Linear(factor * (model.start + shift), {name: factor * weight for name, weight in model.weights.items()})


def on_one_scale(model: Linear, rows: Sequence[Row], seen: Sequence[dict[str, float]]) -> Linear:
    """Centred on the usual question, a standard deviation as the unit."""
    counts, scores = row_counts(rows), [model.score(one) for one in seen]
    middle = sum(c * s for c, s in zip(counts, scores, strict=True)) / sum(counts)
    spread = (sum(c * (s - middle) ** 2 for c, s in zip(counts, scores, strict=True)) / sum(counts)) ** 0.5
    return scaled(model, 1 / spread, -middle)


def as_chances(model: Linear, rows: Sequence[Row], seen: Sequence[dict[str, float]]) -> Linear:
    """Stretched so that squashing gives the chance that the weak model fails."""
    fails = [float(fail) for fail in weak_fails(rows)]
    plain = fit_logistic([{"score": model.score(one)} for one in seen], fails, row_counts(rows), 1e-6)
    factor = plain.weights["score"]
    return scaled(model, factor, plain.start / factor)


def thresholds(model: Linear, rows: Sequence[Row], seen: Sequence[dict[str, float]]) -> list[tuple[float, float]]:
    """For each share of questions, the worth above which that share lies; each pair of models counts alike."""
    counts = row_counts(rows)
    ranked = sorted(((squash(model.score(one)), count) for one, count in zip(seen, counts, strict=True)), reverse=True)
    table, done, place = [], 0.0, 0
    for share in SHARES:
        while place < len(ranked) and done < share / 100 * sum(counts):
            done += ranked[place][1]
            place += 1
        edge = 1.0 if share == 0 else 0.0 if share == 100 else ranked[place - 1][0]
        table.append((share / 100, round(edge, 4)))
    return table


def written(worth: Linear, hard: Linear, follow: Linear, table: list[tuple[float, float]], source: str) -> str:
    """The text of the module of weights."""
    parts = [
        f'"""The router\'s few fitted numbers, written by `python -m tests.routing.fit` on {datetime.date.today()}.',
        "",
        source,
        "Not edited by hand. No set of questions pairs today's small local models with a current cloud model.",
        '"""',
        "",
        "from __future__ import annotations",
        "",
    ]
    for name, model in (("WORTH", worth), ("DIFFICULTY", hard), ("FOLLOW_UP", follow)):
        parts += [f"{name}_START = {model.start:.4f}", f"{name}: dict[str, float] = {{"]
        parts += [f'    "{feature}": {weight:.4f},' for feature, weight in model.weights.items()] + ["}"]
    parts += ["#: share of questions above, and the worth that divides them; from 0 to all, falling"]
    parts += ["SHARES: tuple[tuple[float, float], ...] = ("] + [f"    {row}," for row in table] + [")"]
    return "\n".join(parts) + "\n"


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
    seen = [features.features(row.prompt) for row in rows]
    turns_seen = [followups.features(turn.text, turn.prev_user, turn.prev_bot) for turn in turns]
    measured = MEASURED.format(*cross_validated(rows, seen)["whole tasks"], say_turns(turns, turns_seen))
    if options.write:
        every = list(range(len(rows)))
        worth = on_one_scale(fit_worth(rows, seen, every), rows, seen)
        hard = as_chances(fit_difficulty(rows, seen, every), rows, seen)
        follow = fit_follow_up(turns, turns_seen, list(range(len(turns))))
        source = SOURCE.format(rows=len(rows), turns=len(turns), measured=measured)
        WEIGHTS.write_text(written(worth, hard, follow, thresholds(worth, rows, seen), source), "utf-8")


if __name__ == "__main__":
    main()
