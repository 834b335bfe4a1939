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
