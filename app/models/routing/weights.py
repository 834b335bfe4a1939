"""The router's few fitted numbers, written by `python -m tests.routing.fit` on 2026-11-29.

Fitted on 7122 labelled questions (RouteLLM 0b64fda: MMLU, GSM8K, MT-Bench, Mixtral 8x7B to GPT-4;
LLMRouter 4e7a796: nine sets, Gemma 2 9B to Nemotron 51B; each pair of models counts alike) and 1438 turns of
MT-Bench-101 (bc18b3e). On questions of tasks that a fit had not seen: APGR 0.606, AUCfail 0.627;
on dialogues it had not seen: follow-up AUC 0.955.
Not edited by hand. No set of questions pairs today's small local models with a current cloud model.
"""

from __future__ import annotations

from app.models.routing.shape import Steps

WORTH_MEAN = 0.22587
DIFFICULTY_MEAN = 0.18878
WORTH_START = -0.4684
WORTH: dict[str, float] = {
    "long": 0.7217,
    "code": 0.6014,
    "code-word": 0.6014,
    "maths": 0.4811,
    "maths-sign": 0.4811,
    "reasoning": 0.3608,
    "rules": 0.2406,
    "fact": -0.4811,
    "proof": 0.4811,
    "calculus": 0.4811,
    "stakes": 1.0825,
}
DIFFICULTY_START = -0.7175
DIFFICULTY: dict[str, float] = {
    "maths": 0.2244,
    "code": 0.1549,
    "law": 0.3478,
    "reasoning": 0.1584,
    "fame": 0.2595,
    "years": 0.6375,
    "fact": 0.3549,
    "numbers": 0.3678,
    "notation": 0.3125,
    "long": 0.1339,
    "task": 0.1870,
    "amounts": -0.2316,
    "economics": -0.2098,
    "science": -0.2588,
    "explaining": -0.2891,
    "people": -0.5108,
    "technical": -0.4475,
    "society": -0.3769,
    "choices": -0.5409,
    "passage": -0.1612,
    "quantity": -0.1846,
}
FOLLOW_UP_START = 0.7542
FOLLOW_UP: dict[str, float] = {
    "new-words": -2.9018,
    "pointing": 2.7643,
    "opening": 2.2509,
    "editing": 1.5114,
    "speaker": 1.4272,
    "doubt": 0.9330,
    "answer": 1.8083,
    "parallel": -0.6771,
    "switch": -0.8571,
    "stand-alone": -1.4363,
}
#: edges that a measure passes, and what each adds
WORTH_STEPS_MEAN = 0.12088
WORTH_STEPS: Steps = {
    "maths": ((0.6400, 0.0613),),
    "code": ((0.6400, 0.0124),),
    "law": (
        (0.0000, -0.1297),
        (0.8704, -0.0507),
    ),
    "economics": (
        (0.0000, -0.0095),
        (0.4000, 0.1452),
    ),
    "science": ((0.0000, 0.0132),),
    "explaining": ((0.0000, 0.0039),),
    "amounts": (
        (0.2000, 0.0509),
        (0.8272, 0.0658),
        (0.9776, 0.0386),
        (0.9866, 0.1470),
    ),
    "creative": ((0.2000, -0.0400),),
    "rules": ((0.8272, -0.0692),),
    "society": ((0.2000, -0.0410),),
    "numbers": (
        (0.2500, 0.0700),
        (0.8665, -0.3079),
    ),
    "long": (
        (0.4446, 0.1430),
        (0.4893, 0.0863),
        (0.7138, 0.0131),
        (0.7396, 0.0462),
        (0.9162, 0.0477),
        (0.9795, 0.1730),
    ),
    "passage": ((0.1750, 0.0673),),
    "technical": ((0.0000, 0.0138),),
    "quantity": ((0.5000, 0.0432),),
    "task": ((0.5000, 0.1293),),
    "fact": ((0.5000, -0.0281),),
    "size": ((3.7136, 0.0816),),
    "figures": ((0.0536, -0.0959),),
    "letters": ((4.9565, -0.0196),),
    "short-words": (
        (0.3488, -0.0357),
        (0.4286, -0.0278),
        (0.4878, 0.0269),
    ),
    "letter-words": (
        (0.0000, 0.0359),
        (0.0714, -0.0165),
    ),
    "signs": (
        (0.0000, 0.0141),
        (0.0012, 0.0143),
        (0.0385, -0.0339),
    ),
    "brackets": ((0.0000, -0.0875),),
    "commas": (
        (0.0286, 0.0111),
        (0.0652, 0.0160),
    ),
    "sentences": (
        (3.0000, 0.0355),
        (5.0000, 0.1629),
        (11.0000, 0.1704),
    ),
    "sentence": (
        (8.0000, 0.0428),
        (18.0000, -0.0614),
        (29.0000, 0.0440),
    ),
    "variety": (
        (1.1723, 0.0873),
        (1.3698, -0.0110),
        (1.4226, -0.0244),
        (1.4662, -0.0098),
        (1.5068, -0.0805),
        (1.8467, -0.0161),
    ),
}
DIFFICULTY_STEPS_MEAN = -0.04502
DIFFICULTY_STEPS: Steps = {
    "maths": (
        (0.6400, 0.0359),
        (0.9720, 0.3000),
    ),
    "code": ((0.0000, -0.0321),),
    "law": (
        (0.0000, 0.1020),
        (0.8704, 0.1325),
    ),
    "economics": ((0.4000, 0.0320),),
    "science": (
        (0.0000, -0.0263),
        (0.4000, -0.0121),
        (0.7840, -0.0491),
    ),
    "reasoning": (
        (0.2000, -0.0094),
        (0.7120, -0.0361),
    ),
    "explaining": ((0.4000, -0.0151),),
    "amounts": (
        (0.5200, -0.0442),
        (0.9866, 0.1514),
    ),
    "people": ((0.2000, -0.0444),),
    "fame": (
        (0.0000, 0.0389),
        (0.4000, 0.0645),
        (0.6400, 0.0109),
    ),
    "rules": ((0.7120, 0.0237),),
    "society": ((0.2000, -0.1085),),
    "years": ((0.2500, 0.0817),),
    "numbers": (
        (0.0000, 0.0473),
        (0.6836, 0.0464),
        (0.7627, 0.1270),
    ),
    "long": (
        (0.4446, -0.0281),
        (0.4893, -0.1746),
        (0.7396, 0.0849),
    ),
    "passage": ((0.1750, 0.0396),),
    "technical": (
        (0.0000, 0.0658),
        (0.3636, -0.0677),
        (0.5545, -0.0273),
        (0.7442, -0.0188),
        (0.9143, -0.0499),
    ),
    "problem": ((0.6570, 0.0197),),
    "fact": (
        (0.0000, 0.0781),
        (0.5000, 0.0872),
    ),
    "size": ((3.7136, 0.0050),),
    "figures": (
        (0.0088, 0.0463),
        (0.0536, 0.0549),
        (0.0800, 0.1106),
    ),
    "letters": (
        (3.6000, 0.0091),
        (4.7083, 0.0049),
        (5.0963, -0.0391),
        (5.2500, -0.0364),
        (5.4375, -0.1022),
    ),
    "short-words": (
        (0.3333, 0.0165),
        (0.4444, 0.0563),
        (0.5781, 0.0097),
    ),
    "letter-words": ((0.0000, -0.0117),),
    "signs": (
        (0.0084, 0.0228),
        (0.0137, 0.0977),
        (0.0385, 0.2668),
    ),
    "commas": (
        (0.0286, 0.0346),
        (0.0909, 0.0969),
    ),
    "sentences": (
        (1.0000, -0.3509),
        (5.0000, 0.0098),
    ),
    "sentence": (
        (6.2000, 0.0958),
        (8.8000, 0.0370),
        (23.0000, -0.1613),
        (29.0000, -0.0106),
    ),
    "variety": (
        (1.6870, -0.0104),
        (1.7736, -0.0287),
        (1.8467, -0.0930),
    ),
}
