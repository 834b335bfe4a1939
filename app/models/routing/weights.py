"""The router's few fitted numbers, written by `python -m tests.routing.fit` on 2026-11-29.

Fitted on 7122 labelled questions (RouteLLM 0b64fda: MMLU, GSM8K, MT-Bench, Mixtral 8x7B to GPT-4;
LLMRouter 4e7a796: nine sets, Gemma 2 9B to Nemotron 51B; each pair of models counts alike) and 1438 turns of
MT-Bench-101 (bc18b3e). On questions of tasks that a fit had not seen: APGR 0.596, AUCfail 0.629;
on dialogues it had not seen: follow-up AUC 0.954.
Not edited by hand. No set of questions pairs today's small local models with a current cloud model.
"""

from __future__ import annotations

WORTH_MEAN = 0.23127
DIFFICULTY_MEAN = -0.18261
WORTH_START = -0.4624
WORTH: dict[str, float] = {
    "long": 0.8036,
    "code": 0.6696,
    "code-word": 0.6696,
    "maths": 0.5357,
    "maths-sign": 0.5357,
    "reasoning": 0.4018,
    "rules": 0.2679,
    "fact": -0.5357,
    "proof": 0.5357,
    "stakes": 0.8036,
}
DIFFICULTY_START = -0.6766
DIFFICULTY: dict[str, float] = {
    "maths": 0.2222,
    "code": 0.1284,
    "law": 0.3516,
    "reasoning": 0.1578,
    "fame": 0.3116,
    "years": 0.6635,
    "fact": 0.4607,
    "numbers": 0.3854,
    "notation": 0.3246,
    "long": 0.2905,
    "task": 0.1689,
    "amounts": -0.2733,
    "economics": -0.2055,
    "science": -0.2396,
    "explaining": -0.3000,
    "people": -0.4058,
    "technical": -0.4229,
    "society": -0.3804,
    "choices": -0.4165,
    "passage": -0.1001,
    "quantity": -0.2794,
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
    (0.01, 0.9145),
    (0.02, 0.8959),
    (0.05, 0.8508),
    (0.1, 0.7988),
    (0.15, 0.7583),
    (0.2, 0.7202),
    (0.25, 0.6819),
    (0.3, 0.6467),
    (0.35, 0.6017),
    (0.4, 0.5472),
    (0.45, 0.5018),
    (0.5, 0.4611),
    (0.55, 0.4205),
    (0.6, 0.3885),
    (0.65, 0.362),
    (0.7, 0.3356),
    (0.75, 0.3055),
    (0.8, 0.2776),
    (0.85, 0.254),
    (0.9, 0.2314),
    (0.95, 0.204),
    (0.98, 0.1806),
    (0.99, 0.1594),
    (1.0, 0.0),
)
