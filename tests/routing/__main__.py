"""How well the router decides, on any file of labelled questions, beside chance, length and the hand rules.

    python -m tests routing DATA.jsonl [--followups TURNS.jsonl] [--resamples 1000]

Prints, for everything and for each pair of models and suite: APGR, CPT50, CPT80, AUCneed, AUCfail, with 95 % intervals
of 200 resamples of the rows; in which share of 1,000 paired resamples our APGR lies above each other router's, drawn by
rows and, where there are several, by whole tasks; the APGR of each task by itself; the follow-up detector's measures;
which share of decisions stays as it was under other ways of asking; and the time a decision takes. The measures are
defined in `tests/routing/measures.py`. "ours" is *worth*, except for AUCfail, which is *difficulty*. A line ends at a
line feed alone, whatever else a question holds.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from app.models.routing.shares import SHARES
from app.models.routing.signals import signals
from app.models.routing.talk import talk_of
from tests.routing.baselines import by_chance, by_hand_rules, by_length
from tests.routing.measures import (
    Counts,
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
from tests.routing.noise import NOISES
from tests.routing.rows import Row, Turn, read_rows, read_turns, slices, tasks

FOR_INTERVALS = 200
SMALLEST_SLICE = 30
FEWEST_TASKS = 5
NOISY_ROWS = 2000
TIMED_ROWS = 1000
#: decisions are compared where about this share of questions goes to the cloud
NOISY_SHARES = (0.1, 0.25, 0.5, 0.75, 0.9)


def say(line: str = "") -> None:
    """A line for the person at the terminal."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def routers(rows: Sequence[Row]) -> dict[str, tuple[list[float], list[float]]]:
    """For each router the score it routes by, and the score for "the weak model fails"."""
    prompts = [row.prompt for row in rows]
    seen = [signals(prompt) for prompt in prompts]
    chance, length = by_chance(prompts), [by_length(prompt) for prompt in prompts]
    rules = [by_hand_rules(prompt) for prompt in prompts]
    ours = [one.worth for one in seen], [one.difficulty for one in seen]
    return {"ours": ours, "hand rules": (rules, rules), "length": (length, length), "random": (chance, chance)}


def _with_interval(value: float, low: float, high: float) -> str:
    return f"{value:.3f} [{low:.3f}-{high:.3f}]"


def _auc(ranked: Ranked, labels: Sequence[bool], resamples: Sequence[Counts]) -> str:
    return _with_interval(ranked.auc(labels), *interval(lambda counts: ranked.auc(labels, counts), resamples))


def say_slice(
    name: str, rows: Sequence[Row], scores: dict[str, tuple[list[float], list[float]]], resamples: int
) -> None:
    """One slice: each router's measures, and how surely ours is above the others."""
    weak, strong = (statistics.fmean(getattr(row, key) for row in rows) for key in ("ws", "ss"))
    say(f"\n{name} (n {len(rows)}, weak {weak:.3f}, strong {strong:.3f})")
    chance = random.Random(11)
    drawn: list[Counts] = [draw(chance, len(rows)) for _ in range(resamples)]
    few, needs, fails = drawn[:FOR_INTERVALS], needs_strong(rows), weak_fails(rows)
    say(f"  {'':<11} {'APGR':<21} {'CPT50':<6} {'CPT80':<6} {'AUCneed':<21} AUCfail")
    ranked: dict[str, Ranked] = {}
    for router, (worth, difficulty) in scores.items():
        by_worth, by_difficulty = Ranked(worth, rows), Ranked(difficulty, rows)
        ranked[router] = by_worth
        apgr = _with_interval(by_worth.apgr(), *interval(by_worth.apgr, few))
        need = _auc(by_worth, needs, few)
        fail = _auc(by_difficulty, fails, few)
        say(f"  {router:<11} {apgr:<21} {by_worth.cpt(0.5):<6.2f} {by_worth.cpt(0.8):<6.2f} {need:<21} {fail}")
    above = {other: share_above(ranked["ours"], ranked[other], drawn) for other in ranked if other != "ours"}
    say(f"  APGR above, of {resamples} paired resamples: " + ", ".join(f"{k} {v:.1%}" for k, v in above.items()))
    groups = list(tasks(rows).values())
    if len(groups) < FEWEST_TASKS:
        return
    grouped = [draw_groups(chance, groups) for _ in range(resamples)]
    for router, one in ranked.items():
        low, high = interval(one.apgr, grouped)
        tail = "" if router == "ours" else f", ours above in {share_above(ranked['ours'], one, grouped):.1%}"
        say(f"  drawn by task, of {len(groups)}: {router:<11} {_with_interval(one.apgr(), low, high)}{tail}")


def say_tasks(rows: Sequence[Row], scores: dict[str, tuple[list[float], list[float]]]) -> None:
    """Each task by itself: how our order fares within it, beside the others'."""
    say("\nAPGR within each task (nan: hardly a gap between the models)")
    say("  " + " ".join(f"{name:>11}" for name in scores) + "      n  task")
    for name, numbers in tasks(rows).items():
        if len(numbers) >= SMALLEST_SLICE:
            here = [rows[i] for i in numbers]
            found = [Ranked([worth[i] for i in numbers], here).apgr() for worth, _ in scores.values()]
            say("  " + " ".join(f"{value:>11.3f}" for value in found) + f"  {len(numbers):>5}  {name}")


def say_follow_ups(turns: Sequence[Turn]) -> None:
    """The follow-up detector's measures."""
    scores = [talk_of(turn.text, turn.prev_user, turn.prev_bot).score for turn in turns]
    measures = follow_up_measures(scores, turns)
    counted = [draw(random.Random(seed), len(turns)) for seed in range(FOR_INTERVALS)]
    labels = [turn.followup == 1 for turn in turns]
    picked = [[i for i, count in enumerate(counts) for _ in range(count)] for counts in counted]
    values = sorted(auc([scores[i] for i in rows], [labels[i] for i in rows]) for rows in picked)
    say(f"\nfollow-ups (n {len(turns)}, switches of topic {sum(turn.task in ('TS', 'CC') for turn in turns)})")
    say(f"  AUC {_with_interval(measures['AUC'], *edges(values))}")
    say("  " + ", ".join(f"{name} {value:.3f}" for name, value in measures.items() if name != "AUC"))
    for task in sorted({turn.task for turn in turns}):
        here = [
            (score >= 0.5) == (turn.followup == 1)
            for score, turn in zip(scores, turns, strict=True)
            if turn.task == task
        ]
        say(f"  right on {task or 'no task'}: {statistics.fmean(here):.2f} of {len(here)}")


def say_robustness(rows: Sequence[Row]) -> None:
    """The share of decisions that stay the same when the same question is typed otherwise."""
    chance = random.Random(13)
    some = [row.prompt for row in chance.sample(list(rows), min(NOISY_ROWS, len(rows)))]
    plain = [signals(prompt).worth for prompt in some]
    table = dict(SHARES)
    say(
        f"\ndecisions unchanged (n {len(some)}), at shares to the cloud of "
        + ", ".join(f"{s:.0%}" for s in NOISY_SHARES)
    )
    for name, noise in NOISES.items():
        noisy = [signals(noise(prompt, chance)).worth for prompt in some]
        same = [
            statistics.fmean((a > table[s]) == (b > table[s]) for a, b in zip(plain, noisy, strict=True))
            for s in NOISY_SHARES
        ]
        say(f"  {name:<17}" + "  ".join(f"{value:.1%}" for value in same))


def say_time(rows: Sequence[Row]) -> None:
    """How long a decision takes here, the best of five."""
    prompts = [row.prompt for row in rows[:TIMED_ROWS]] + ["word " * 200_000]
    best = [min(_seconds(prompt) for _ in range(5)) * 1000 for prompt in prompts]
    ranked = sorted(best)
    median, late = statistics.median(best), ranked[round(0.95 * (len(ranked) - 1))]
    say("\nsignals of one question, best of 5, milliseconds:")
    say(f"  median {median:.3f}, p95 {late:.3f}, a million characters {best[-1]:.3f}")


def _seconds(prompt: str) -> float:
    start = time.perf_counter()
    signals(prompt)
    return time.perf_counter() - start


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests routing", description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path, help="labelled questions, one JSON object a line")
    parser.add_argument("--followups", type=Path, help="labelled turns, one JSON object a line")
    parser.add_argument("--resamples", type=int, default=1000)
    options = parser.parse_args()
    try:
        rows = read_rows(options.data)
        turns = read_turns(options.followups) if options.followups else []
    except (OSError, ValueError, TypeError) as problem:
        parser.error(str(problem))
    scores = routers(rows)
    for name, numbers in slices(rows).items():
        if len(numbers) >= SMALLEST_SLICE:
            part = {router: ([a[i] for i in numbers], [b[i] for i in numbers]) for router, (a, b) in scores.items()}
            say_slice(name, [rows[i] for i in numbers], part, options.resamples)
    say_tasks(rows, scores)
    if turns:
        say_follow_ups(turns)
    say_robustness(rows)
    say_time(rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
