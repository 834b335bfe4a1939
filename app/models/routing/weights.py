"""The router's few fitted numbers, written by `python -m tests.routing.fit` on 2026-11-29.

Fitted on 7122 labelled questions (RouteLLM 0b64fda: MMLU, GSM8K, MT-Bench, Mixtral 8x7B to GPT-4;
LLMRouter 4e7a796: nine sets, Gemma 2 9B to Nemotron 51B; each pair of models counts alike) and 1438 turns of
MT-Bench-101 (bc18b3e). On questions of tasks that a fit had not seen: APGR 0.603, AUCfail 0.630;
on dialogues it had not seen: follow-up AUC 0.955.
Not edited by hand. No set of questions pairs today's small local models with a current cloud model.
"""

from __future__ import annotations

from app.models.routing.shape import Steps

WORTH_MEAN = 0.11688
DIFFICULTY_MEAN = -0.06865
WORTH_START = -0.4814
WORTH: dict[str, float] = {
    "long": 0.7744,
    "code": 0.6454,
    "code-word": 0.6454,
    "maths": 0.5163,
    "maths-sign": 0.5163,
    "reasoning": 0.3872,
    "rules": 0.2581,
    "fact": -0.5163,
    "proof": 0.5163,
    "stakes": 1.1616,
}
DIFFICULTY_START = -0.6777
DIFFICULTY: dict[str, float] = {
    "maths": 0.1986,
    "code": 0.1308,
    "law": 0.3299,
    "reasoning": 0.1605,
    "fame": 0.1966,
    "years": 0.4996,
    "fact": 0.3760,
    "numbers": 0.3338,
    "notation": 0.2594,
    "long": 0.1751,
    "task": 0.1433,
    "amounts": -0.2229,
    "economics": -0.1406,
    "science": -0.1976,
    "explaining": -0.2465,
    "people": -0.4575,
    "technical": -0.2814,
    "society": -0.2929,
    "choices": -0.2573,
    "passage": -0.1544,
    "quantity": -0.1941,
}
FOLLOW_UP_START = 0.7536
FOLLOW_UP: dict[str, float] = {
    "new-words": -2.9007,
    "pointing": 2.7673,
    "opening": 2.2505,
    "editing": 1.5109,
    "speaker": 1.4268,
    "doubt": 0.9324,
    "answer": 1.8083,
    "parallel": -0.6768,
    "switch": -0.8574,
    "stand-alone": -1.4366,
}
#: edges that a measure passes, and what each adds
WORTH_STEPS_MEAN = 0.13207
WORTH_STEPS: Steps = {
    "maths": ((0.6400, 0.0356),),
    "law": (
        (0.0000, -0.1245),
        (0.8704, -0.0732),
    ),
    "economics": (
        (0.0000, -0.0044),
        (0.4000, 0.1178),
    ),
    "science": ((0.0000, 0.0165),),
    "reasoning": ((0.2000, -0.0046),),
    "explaining": ((0.0000, 0.0076),),
    "amounts": (
        (0.2000, 0.0223),
        (0.8272, 0.0465),
        (0.9776, 0.0278),
        (0.9866, 0.1373),
    ),
    "creative": ((0.2000, -0.0177),),
    "rules": ((0.8272, -0.0690),),
    "society": ((0.2000, -0.0280),),
    "notation": ((0.0000, 0.0100),),
    "numbers": (
        (0.2500, 0.0170),
        (0.8665, -0.2458),
    ),
    "long": (
        (0.4446, 0.0604),
        (0.5021, 0.0436),
        (0.6973, 0.0429),
        (0.8215, 0.0651),
        (0.9814, 0.2004),
    ),
    "technical": ((0.0000, 0.0110),),
    "problem": (
        (0.0000, 0.1292),
        (0.7599, 0.0864),
    ),
    "task": ((0.5000, 0.0799),),
    "fact": ((0.0000, -0.0771),),
    "choices": ((0.5000, -0.3829),),
    "size": (
        (3.8918, 0.0766),
        (4.4308, 0.0777),
    ),
    "figures": (
        (0.0265, -0.0052),
        (0.0519, -0.0681),
    ),
    "letters": (
        (3.4423, 0.0381),
        (4.2000, 0.0345),
        (4.6214, -0.0459),
        (5.2796, -0.0238),
    ),
    "short-words": (
        (0.3544, -0.0223),
        (0.3750, -0.0086),
        (0.5140, 0.0163),
    ),
    "letter-words": (
        (0.0000, 0.0887),
        (0.0690, -0.0134),
    ),
    "signs": ((0.0012, 0.0111),),
    "brackets": ((0.0000, -0.0450),),
    "sentences": (
        (1.0000, 0.0102),
        (7.0000, 0.0341),
        (12.0000, 0.0653),
        (14.0000, 0.0494),
    ),
    "sentence": (
        (6.5556, -0.0427),
        (10.0000, 0.0287),
        (11.0000, 0.0223),
        (12.1818, 0.0145),
    ),
    "variety": (
        (1.2180, 0.0844),
        (1.4885, -0.0799),
        (1.5518, -0.0218),
    ),
}
DIFFICULTY_STEPS_MEAN = 0.02741
DIFFICULTY_STEPS: Steps = {
    "maths": (
        (0.4000, 0.0025),
        (0.6400, 0.0145),
        (0.9533, 0.1975),
    ),
    "code": ((0.0000, -0.0399),),
    "law": (
        (0.0000, 0.0873),
        (0.8704, 0.1324),
    ),
    "economics": ((0.4000, 0.0374),),
    "science": (
        (0.0000, -0.0267),
        (0.4000, -0.0031),
        (0.7840, -0.0401),
        (0.9222, -0.0300),
    ),
    "reasoning": (
        (0.2000, -0.0085),
        (0.7120, -0.0155),
    ),
    "explaining": ((0.4000, -0.0369),),
    "amounts": (
        (0.2000, -0.0331),
        (0.5200, -0.0208),
        (0.9866, 0.1249),
    ),
    "people": (
        (0.2000, -0.0252),
        (0.5200, -0.0362),
    ),
    "fame": (
        (0.0000, 0.0203),
        (0.4000, 0.0439),
    ),
    "rules": (
        (0.2000, 0.0029),
        (0.7120, 0.0156),
    ),
    "society": ((0.2000, -0.0983),),
    "years": ((0.2500, 0.0405),),
    "numbers": (
        (0.0000, 0.0527),
        (0.6836, 0.1109),
        (0.7627, 0.1288),
    ),
    "long": (
        (0.5021, -0.0581),
        (0.7463, 0.0327),
        (0.9814, -0.0269),
    ),
    "technical": (
        (0.0000, 0.0736),
        (0.3439, -0.0286),
        (0.5217, -0.0155),
        (0.5926, -0.0122),
        (0.8293, -0.0180),
    ),
    "problem": ((0.5100, -0.0847),),
    "fact": ((0.0000, 0.2211),),
    "choices": ((0.5000, -0.1357),),
    "size": (
        (3.8918, 0.0108),
        (4.4308, 0.0462),
    ),
    "figures": (
        (0.0085, 0.0202),
        (0.0519, 0.0696),
        (0.0789, 0.0812),
        (0.1888, 0.0308),
    ),
    "long-words": ((0.1000, -0.0129),),
    "short-words": (
        (0.3333, 0.0132),
        (0.4318, 0.0157),
        (0.5000, 0.0252),
        (0.6071, 0.0441),
    ),
    "letter-words": (
        (0.0278, -0.0027),
        (0.0690, -0.0136),
        (0.1389, -0.0087),
    ),
    "signs": (
        (0.0081, 0.0180),
        (0.0132, 0.1230),
        (0.0360, 0.1957),
    ),
    "commas": ((0.0870, 0.0396),),
    "sentences": (
        (1.0000, -0.1940),
        (2.0000, -0.1303),
        (3.0000, -0.0130),
        (6.0000, 0.0435),
        (12.0000, 0.0589),
    ),
    "sentence": (
        (3.3333, 0.0696),
        (4.8571, 0.0247),
        (6.5556, 0.0576),
        (16.5833, 0.0028),
    ),
    "variety": (
        (1.6836, -0.0184),
        (1.7188, -0.0409),
        (1.8036, -0.0287),
        (1.8673, -0.0811),
    ),
}
