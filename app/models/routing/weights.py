"""The router's few fitted numbers, written by `python -m tests.routing.fit` on 2026-11-23.

Fitted on 7122 labelled questions (RouteLLM 0b64fda: MMLU, GSM8K, MT-Bench, Mixtral 8x7B to GPT-4;
LLMRouter 4e7a796: nine sets, Gemma 2 9B to Nemotron 51B; each pair of models counts alike) and 1438 turns of
MT-Bench-101 (bc18b3e).
Not edited by hand. No set of questions pairs today's small local models with a current cloud model.
"""

from __future__ import annotations

WORTH_START = -1.1290
WORTH: dict[str, float] = {
    "maths": 0.3632,
    "code": 0.5388,
    "law": 0.5687,
    "economics": 0.5985,
    "science": 0.4401,
    "reasoning": 0.8019,
    "explaining": 0.5040,
    "conditions": 0.4220,
    "amounts": 0.3744,
    "people": 0.5689,
    "judging": 0.5972,
    "long": 0.7672,
    "technical": 0.5623,
    "quantity": 0.3925,
    "problem": 0.5266,
    "task": 0.4701,
    "word list": 1.0500,
    "rules": 0.4463,
    "fame": -0.5547,
    "creative": -0.9627,
    "society": -0.5903,
    "passage": -0.5180,
    "years": -1.0105,
    "fact": -0.4144,
    "unfinished": -0.3298,
    "search": -0.3960,
    "choices": -0.2811,
    "choices with numbers": -0.6565,
}
DIFFICULTY_START = -0.8435
DIFFICULTY: dict[str, float] = {
    "maths": 0.3205,
    "code": 0.1195,
    "law": 0.6544,
    "reasoning": 0.3508,
    "fame": 0.3122,
    "years": 0.8018,
    "fact": 0.5789,
    "search": 0.5039,
    "numbers": 0.5090,
    "notation": 0.4604,
    "long": 0.5101,
    "task": 0.2208,
    "choices with numbers": 0.6059,
    "amounts": -0.3071,
    "economics": -0.2718,
    "science": -0.3525,
    "explaining": -0.2164,
    "people": -0.4621,
    "judging": -0.2752,
    "technical": -0.3773,
    "society": -0.4322,
    "choices": -0.3812,
    "passage": -0.2874,
    "quantity": -0.2481,
    "word list": -1.2432,
}
FOLLOW_UP_START = 0.7647
FOLLOW_UP: dict[str, float] = {
    "new words": -2.9199,
    "pointing": 2.6593,
    "opening": 2.2331,
    "editing": 1.5275,
    "speaker": 1.4393,
    "doubt": 0.9262,
    "answer": 1.8133,
    "parallel": -0.6846,
    "switch": -0.8743,
    "stand-alone": -1.4312,
}
#: share of questions above, and the worth that divides them; from 0 to all, falling
SHARES: tuple[tuple[float, float], ...] = (
    (0.0, 1.0),
    (0.01, 0.9067),
    (0.02, 0.8836),
    (0.05, 0.8377),
    (0.1, 0.7841),
    (0.15, 0.7424),
    (0.2, 0.7003),
    (0.25, 0.6634),
    (0.3, 0.6293),
    (0.35, 0.6004),
    (0.4, 0.5697),
    (0.45, 0.5356),
    (0.5, 0.5029),
    (0.55, 0.4695),
    (0.6, 0.4331),
    (0.65, 0.3997),
    (0.7, 0.3649),
    (0.75, 0.3328),
    (0.8, 0.3028),
    (0.85, 0.2615),
    (0.9, 0.219),
    (0.95, 0.1457),
    (0.98, 0.1198),
    (0.99, 0.1017),
    (1.0, 0.0),
)
