"""Two separate signals of a question: how hard it is for a small model, and how much a strong one would add.

    seen = signals("Prove that the square root of 2 is irrational.")
    seen.difficulty        # the chance that a small model fails, as on the questions it was fitted on
    seen.worth             # 0.45: more worth escalating than seven of ten questions of a chat
    seen.worth_why         # (Evidence(Text("routing.seen_maths"), 0.9), …)

Worth is hand rules and what was learned (words; steps of features and of the way of writing) in equal parts; difficulty
is signed features, learned words and learned steps in equal parts.
They differ because a question that both models fail (a forgotten footballer's birthplace) is hard and yet not worth
paying for. In languages that no word was learned in the rules and features stand alone. Deciding asks no model and
sends nothing. How well it works: `python -m tests routing`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from app.core.texts import Text
from app.models.routing import features as shown
from app.models.routing import rules as ruled
from app.models.routing.evidence import Evidence, squash, told
from app.models.routing.learned import WORDING, amounts, unpacked, words_of
from app.models.routing.plain import plain
from app.models.routing.shape import Stairs, shape, stairs, stepped
from app.models.routing.stems import (
    DIFFICULTY_NUMBERS,
    DIFFICULTY_UNIT,
    STEMS,
    WORTH_NUMBERS,
    WORTH_UNIT,
)
from app.models.routing.vocabulary import key
from app.models.routing.weights import (
    DIFFICULTY,
    DIFFICULTY_MEAN,
    DIFFICULTY_START,
    DIFFICULTY_STEPS,
    DIFFICULTY_STEPS_MEAN,
    WORTH,
    WORTH_MEAN,
    WORTH_START,
    WORTH_STEPS,
    WORTH_STEPS_MEAN,
)

SAYS: dict[str, Text] = {**shown.SAYS, **ruled.SAYS, WORDING: Text("routing.seen_wording")}
#: rules that a person reads as another
TOLD_AS = {"code-word": WORDING, "calculus": "maths"}
HARDNESS = DIFFICULTY | ruled.HARD


@dataclass(frozen=True, slots=True)
class Signals:
    """Both scores, 0 to 1, each with what it is made of, the strongest first."""

    difficulty: float
    worth: float
    difficulty_why: tuple[Evidence, ...] = ()
    worth_why: tuple[Evidence, ...] = ()


def signals(text: str) -> Signals:
    """The signals of a question of any length, in bounded time; never raises."""
    line = plain(text)
    worths, difficulties = _learned()
    words = words_of(line, worths)
    rules, seen = ruled.rules(line), shown.features(line)
    seen["technical"] *= words.trust  # long words are nothing technical in German
    measures, trust = seen | shape(line), words.trust
    worth_words, hard_words = amounts(words, worths, WORTH_MEAN), amounts(words, difficulties, DIFFICULTY_MEAN)
    worth_stairs, hard_stairs = _stairs()
    worth_steps = _steps(measures, worth_stairs, WORTH_STEPS_MEAN, trust)
    worth_why, worth = _explained(rules, WORTH, worth_words, worth_steps)
    hard_why, hard = _explained(
        seen | {name: rules[name] for name in ruled.HARD},
        HARDNESS,
        hard_words,
        _steps(measures, hard_stairs, DIFFICULTY_STEPS_MEAN, trust),
    )
    return Signals(squash(DIFFICULTY_START + hard), squash(WORTH_START + worth), hard_why, worth_why)


def is_learned(word: str) -> bool:
    """Whether something was learned of a lower-case word: it is a common one, in English."""
    return key(word) in _learned()[0]


def _steps(measures: Mapping[str, float], steps: Stairs, mean: float, trust: float) -> dict[str, float]:
    """What was learned of features and shape, by what is told: how a question is written is its wording."""
    added = {WORDING: -mean * trust}
    for name, amount in stepped(measures, steps).items():
        says = name if name in shown.SAYS else WORDING
        added[says] = added.get(says, 0.0) + amount * trust
    return added


def _explained(
    seen: Mapping[str, float], weights: Mapping[str, float], *learned: Mapping[str, float]
) -> tuple[tuple[Evidence, ...], float]:
    """One line for what the features, the words and the steps say of a topic."""
    added: dict[str, float] = {}
    for part in learned:
        for name, amount in part.items():
            added[name] = added.get(name, 0.0) + amount
    for name, weight in weights.items():
        says = TOLD_AS.get(name, name)
        added[says] = added.get(says, 0.0) + weight * seen[name]
    return told(added, SAYS)


@cache
def _stairs() -> tuple[Stairs, Stairs]:
    return stairs(WORTH_STEPS), stairs(DIFFICULTY_STEPS)


@cache
def _learned() -> tuple[dict[str, float], dict[str, float]]:
    return unpacked(STEMS, WORTH_NUMBERS, WORTH_UNIT), unpacked(STEMS, DIFFICULTY_NUMBERS, DIFFICULTY_UNIT)
