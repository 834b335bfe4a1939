"""The router's few fitted numbers, written by `python -m tests.routing.fit` on 2026-11-23.

Fitted on 7122 labelled questions (RouteLLM 0b64fda: MMLU, GSM8K, MT-Bench, Mixtral 8x7B to GPT-4; LLMRouter 4e7a796:
nine sets, Gemma 2 9B to Nemotron 51B) and 1438 turns of MT-Bench-101 (bc18b3e). Each pair of models counts alike.
Not edited by hand. No set of questions pairs today's small local models with a current cloud model.
"""

from __future__ import annotations

WORTH_START = -1.1437
WORTH: dict[str, float] = {
    "maths": 0.3595,
    "code": 0.5822,
    "law": 0.6118,
    "economics": 0.6506,
    "science": 0.4788,
    "reasoning": 0.8318,
    "explaining": 0.5243,
    "conditions": 0.4361,
    "amounts": 0.3824,
    "people": 0.5743,
    "judging": 0.6087,
    "long": 0.8043,
    "technical": 0.6276,
    "quantity": 0.4016,
    "problem": 0.5449,
    "task": 0.5108,
    "word list": 1.1713,
    "fame": -0.6111,
    "society": -0.6573,
    "passage": -0.5858,
    "years": -1.0506,
    "fact": -0.4505,
    "unfinished": -0.3341,
    "search": -0.4033,
    "choices": -0.2788,
    "choices with numbers": -0.7234,
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
    (0.01, 0.906),
    (0.02, 0.8818),
    (0.05, 0.836),
    (0.1, 0.7824),
    (0.15, 0.744),
    (0.2, 0.7003),
    (0.25, 0.6654),
    (0.3, 0.6293),
    (0.35, 0.5989),
    (0.4, 0.572),
    (0.45, 0.5405),
    (0.5, 0.5079),
    (0.55, 0.4712),
    (0.6, 0.4374),
    (0.65, 0.4001),
    (0.7, 0.3642),
    (0.75, 0.3338),
    (0.8, 0.303),
    (0.85, 0.2632),
    (0.9, 0.2146),
    (0.95, 0.1425),
    (0.98, 0.1147),
    (0.99, 0.0968),
    (1.0, 0.0),
)
