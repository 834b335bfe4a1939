"""The router's few fitted numbers, written by `python -m tests.routing.fit` on 2026-11-28.

Fitted on 7122 labelled questions (RouteLLM 0b64fda: MMLU, GSM8K, MT-Bench, Mixtral 8x7B to GPT-4;
LLMRouter 4e7a796: nine sets, Gemma 2 9B to Nemotron 51B; each pair of models counts alike) and 1438 turns of
MT-Bench-101 (bc18b3e). On questions of tasks that a fit had not seen: APGR 0.637, AUCfail 0.620;
on dialogues it had not seen: follow-up AUC 0.954.
Not edited by hand. No set of questions pairs today's small local models with a current cloud model.
"""

from __future__ import annotations

WORTH_START = -1.1480
WORTH: dict[str, float] = {
    "maths": 0.3394,
    "code": 1.2039,
    "law": 0.5200,
    "economics": 0.5439,
    "science": 0.4006,
    "reasoning": 0.7476,
    "explaining": 0.4704,
    "conditions": 0.3950,
    "amounts": 0.3537,
    "people": 0.5265,
    "judging": 0.5438,
    "long": 0.7171,
    "technical": 0.5004,
    "quantity": 0.3677,
    "problem": 0.4891,
    "task": 0.4112,
    "word-list": 0.9228,
    "rules": 0.4296,
    "fame": -0.4967,
    "creative": -0.8833,
    "society": -0.5258,
    "passage": -0.4505,
    "years": -0.9269,
    "fact": -0.3732,
    "unfinished": -0.3102,
    "search": -0.3719,
    "choices": -0.2597,
    "choices-with-numbers": -0.5781,
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
    "choices-with-numbers": 0.6059,
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
    "word-list": -1.2432,
}
FOLLOW_UP_START = 0.7647
FOLLOW_UP: dict[str, float] = {
    "new-words": -2.9199,
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
    (0.01, 0.9126),
    (0.02, 0.8858),
    (0.05, 0.836),
    (0.1, 0.7834),
    (0.15, 0.7406),
    (0.2, 0.7043),
    (0.25, 0.6713),
    (0.3, 0.6405),
    (0.35, 0.6076),
    (0.4, 0.5724),
    (0.45, 0.5334),
    (0.5, 0.4952),
    (0.55, 0.4588),
    (0.6, 0.4243),
    (0.65, 0.3905),
    (0.7, 0.3586),
    (0.75, 0.3276),
    (0.8, 0.2995),
    (0.85, 0.2607),
    (0.9, 0.2207),
    (0.95, 0.1497),
    (0.98, 0.1259),
    (0.99, 0.1081),
    (1.0, 0.0),
)
