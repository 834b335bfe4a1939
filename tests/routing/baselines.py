"""The simple routers that ours is held against: chance, length, and untrained hand rules.

The hand rules are those of the fact sheet: up to 0.30 for words / 200, +0.25 code, +0.20 maths, up to 0.15 for words of
reasoning, up to 0.10 for words of constraint, -0.20 for a simple factual opener.
"""

from __future__ import annotations

import math
import random
import re

CODE = re.compile(r"```|\bdef |\b(?:function|code|python|javascript|sql|algorithm|program|class)\b")
MATHS = re.compile(
    r"\$|\\frac|\\\(|\d\s?[-+*/^=]\s?\d|"
    r"\b(?:solve|equation|calculate|integral|probability|proof|prove|how many|how much)\b"
)
REASONING = re.compile(
    r"\b(?:why|how|explain|compare|analy[sz]e|reason|because|therefore|step|prove|derive|evaluate|if|then|infer|deduce)\b"
)
CONSTRAINT = re.compile(
    r"\b(?:must|exactly|at least|at most|only|without|each|every|no more than|format|include|ensure)\b"
)
FACT = re.compile(r"(?:who|when|where|which|what is|what was|what are|name)\b")


def by_chance(prompts: list[str], seed: int = 7) -> list[float]:
    """A seeded coin for each question."""
    chance = random.Random(seed)
    return [chance.random() for _ in prompts]


def by_length(prompt: str) -> float:
    """The logarithm of the number of characters."""
    return math.log1p(len(prompt))


def by_hand_rules(prompt: str) -> float:
    """The untrained rules."""
    text, words = prompt.lower(), len(prompt.split())
    score = min(0.30, 0.30 * words / 200)
    score += 0.25 * (CODE.search(text) is not None)
    score += 0.20 * (MATHS.search(text) is not None)
    score += min(0.15, 0.05 * len(REASONING.findall(text)))
    score += min(0.10, 0.05 * len(CONSTRAINT.findall(text)))
    return score - 0.20 * (words < 20 and FACT.match(text) is not None)
