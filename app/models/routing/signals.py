"""Two separate signals of a question: how hard it is for a small model, and how much a strong one would add.

    seen = signals("Prove that the square root of 2 is irrational.")
    seen.difficulty        # 0.49: the chance that a small model fails, as on the questions it was fitted on
    seen.worth             # 0.56: more worth escalating than most; 0.5 is a usual question
    seen.worth_why         # (Evidence("gives a task", 0.411), Evidence("a long question", 0.306), …)

They differ because a question that both models fail (a forgotten footballer's birthplace) is hard and yet not worth
paying for. Deciding asks no model and sends nothing. How well it works: `python -m tests routing`.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.models.routing.evidence import Evidence, explain, squash
from app.models.routing.features import SAYS, features
from app.models.routing.weights import DIFFICULTY, DIFFICULTY_START, WORTH, WORTH_START


@dataclass(frozen=True, slots=True)
class Signals:
    """Both scores, 0 to 1, each with what it is made of, the strongest first."""

    difficulty: float
    worth: float
    difficulty_why: tuple[Evidence, ...] = ()
    worth_why: tuple[Evidence, ...] = ()


def signals(text: str) -> Signals:
    """The signals of a question of any length, in bounded time; never raises."""
    seen = features(text)
    difficulty_why, difficulty = explain(seen, DIFFICULTY, SAYS)
    worth_why, worth = explain(seen, WORTH, SAYS)
    return Signals(squash(DIFFICULTY_START + difficulty), squash(WORTH_START + worth), difficulty_why, worth_why)
