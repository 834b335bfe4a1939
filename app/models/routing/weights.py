"""The router's few fitted numbers, written by `python -m tests.routing.fit` on 2026-11-23.

Fitted on 7122 labelled questions (RouteLLM 0b64fda: MMLU, GSM8K, MT-Bench, Mixtral 8x7B to GPT-4;
LLMRouter 4e7a796: nine sets, Gemma 2 9B to Nemotron 51B; each pair of models counts alike) and 1438 turns of
MT-Bench-101 (bc18b3e).
Not edited by hand. No set of questions pairs today's small local models with a current cloud model.
"""

from __future__ import annotations

WORTH_START = -1.1294
WORTH: dict[str, float] = {
    "maths": 0.3624,
    "code": 0.5392,
    "law": 0.5692,
    "economics": 0.5993,
    "science": 0.4407,
    "reasoning": 0.8020,
    "explaining": 0.5046,
    "conditions": 0.4220,
    "amounts": 0.3747,
    "people": 0.5693,
    "judging": 0.5728,
    "long": 0.7677,
    "technical": 0.5627,
    "quantity": 0.3927,
    "problem": 0.5264,
    "task": 0.4699,
    "word list": 1.0504,
    "rules": 0.4466,
    "fame": -0.5547,
    "creative": -0.9631,
    "society": -0.5902,
    "passage": -0.5177,
    "years": -1.0105,
    "fact": -0.4144,
    "unfinished": -0.3299,
    "search": -0.3961,
    "choices": -0.2812,
    "choices with numbers": -0.6574,
}
DIFFICULTY_START = -0.8436
DIFFICULTY: dict[str, float] = {
    "maths": 0.3231,
    "code": 0.1189,
    "law": 0.6542,
    "reasoning": 0.3514,
    "fame": 0.3122,
    "years": 0.8015,
    "fact": 0.5787,
    "search": 0.5045,
    "numbers": 0.5104,
    "notation": 0.4605,
    "long": 0.5089,
    "task": 0.2215,
    "choices with numbers": 0.6071,
    "amounts": -0.3079,
    "economics": -0.2735,
    "science": -0.3541,
    "explaining": -0.2182,
    "people": -0.4633,
    "judging": -0.2522,
    "technical": -0.3779,
    "society": -0.4331,
    "choices": -0.3815,
    "passage": -0.2899,
    "quantity": -0.2479,
    "word list": -1.2437,
}
FOLLOW_UP_START = 0.8876
FOLLOW_UP: dict[str, float] = {
    "new words": -3.0340,
    "pointing": 2.4371,
    "opening": 2.2686,
    "editing": 1.5722,
    "speaker": 1.4680,
    "doubt": 0.9912,
    "answer": 1.7824,
    "parallel": -0.5709,
    "switch": -0.7517,
    "stand-alone": -1.4325,
}
#: share of questions above, and the worth that divides them; from 0 to all, falling
SHARES: tuple[tuple[float, float], ...] = (
    (0.0, 1.0),
    (0.01, 0.9068),
    (0.02, 0.8837),
    (0.05, 0.8373),
    (0.1, 0.7847),
    (0.15, 0.7422),
    (0.2, 0.7002),
    (0.25, 0.6634),
    (0.3, 0.6293),
    (0.35, 0.6009),
    (0.4, 0.5698),
    (0.45, 0.5356),
    (0.5, 0.5029),
    (0.55, 0.4694),
    (0.6, 0.4331),
    (0.65, 0.3997),
    (0.7, 0.3646),
    (0.75, 0.3327),
    (0.8, 0.3033),
    (0.85, 0.2615),
    (0.9, 0.219),
    (0.95, 0.1457),
    (0.98, 0.1197),
    (0.99, 0.1017),
    (1.0, 0.0),
)
