"""What speaks for a model and what against it, for one question: its ability against waiting and money.

    ranked(candidates, situation, worth=0.6, difficulty=0.5, talk=Talk())     # the best first, what is blocked last
    abler(gpt, tiny)                                  # True: by more than what figures are apart by chance
    gap_between(tiny, [gpt])                          # 0.8

A person waits half a minute for a good answer rather than have a bad one at once, and more than a minute for none: the
first seconds count little, each doubling the same, and from a minute on every further second.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from app.models.ability.quality import EQUAL
from app.models.routing.decision import Candidate, Situation
from app.models.routing.policy import USUAL_GAP
from app.models.routing.talk import Talk
from app.models.routing.tongues import tongues_of

#: below this (MMLU-Pro 30 %: about a model of 1 billion parameters) a model has no business with a hard question
FLOOR = 0.3
SAME = EQUAL / 100  # what is less apart counts as equal
UNKNOWN_ABILITY, UNKNOWN_SECONDS, UNKNOWN_MICROS = 0.5, 10.0, 20_000  # what costs nobody-knows-what is no bargain
#: the weight of ability for small talk, for the easiest question, and what the hardest adds
SMALL_TALK, EASIEST, HARDEST = 0.05, 0.4, 0.6
#: each doubling of the wait, from `AT_ONCE` seconds on; each minute beyond `PATIENT` seconds
DOUBLING, AT_ONCE, PATIENT, MINUTE = 0.03, 5.0, 60.0, 0.15
MOST_SECONDS = 600.0
#: what a cent takes away, what having to leave out older turns does, and what it is to leave this device
CENT, FORGETS, LEAVES = 0.05, 0.2, 0.03
#: what it adds to have answered before
SAME_MODEL = 0.05
MICROS_PER_CENT = 10_000


def ability(candidate: Candidate) -> float:
    """The known ability, or what is assumed of anything that answers."""
    return UNKNOWN_ABILITY if candidate.quality is None else candidate.quality


def abler(one: Candidate, other: Candidate) -> bool:
    """Whether a model is abler than another by more than chance."""
    return ability(one) >= ability(other) + SAME


def speaks(candidate: Candidate, text: str) -> bool:
    """Whether a model was taught the language of a text, as far as both are known."""
    card = candidate.model.card
    if not card.languages:
        return True
    languages, tongues = set(card.languages), tongues_of(text)
    return not tongues or not languages.isdisjoint(tongues) or card.language_count > len(languages)


def gap_between(here: Candidate | None, there: Sequence[Candidate]) -> float:
    """How much abler the ablest there is than the one here; what is usual where one side is empty."""
    return max(ability(one) for one in there) - ability(here) if here and there else USUAL_GAP


def gap_of(candidates: Sequence[Candidate]) -> float:
    """How much abler the ablest of a cloud is than the ablest that costs nothing, blocked or not."""
    free, cloud = ([one for one in candidates if one.is_cloud is there] for there in (False, True))
    return gap_between(max(free, key=ability, default=None), cloud)


def ranked(
    candidates: Sequence[Candidate], situation: Situation, worth: float, difficulty: float, talk: Talk
) -> list[Candidate]:
    """The best first, what is blocked last; `seconds` is filled in where speed and length tell."""
    weight = SMALL_TALK if talk.kind == "small-talk" else EASIEST + HARDEST * max(worth, difficulty)
    timed = [_timed(one, situation) for one in candidates]
    values = [_value(one, situation, weight) + SAME_MODEL * _stays(one, situation, talk) for one in timed]
    order = sorted(range(len(timed)), key=lambda i: (timed[i].blocked != "", -values[i]))
    return [timed[i] for i in order]


def _stays(candidate: Candidate, situation: Situation, talk: Talk) -> bool:
    """Whether it wrote what the message goes on with; without money also what is new, since it is loaded."""
    return candidate.model.id == situation.last_model and (talk.goes_on or not candidate.is_cloud)


def _timed(candidate: Candidate, situation: Situation) -> Candidate:
    if candidate.seconds is not None or not candidate.tokens_per_second or not situation.reply_tokens:
        return candidate
    return candidate.lasting(round(situation.reply_tokens / candidate.tokens_per_second, 1))


def _value(candidate: Candidate, situation: Situation, weight: float) -> float:
    value = weight * ability(candidate) - _waiting(candidate.seconds)
    micros = candidate.cost_usd_micros
    if micros is None:
        micros = UNKNOWN_MICROS if candidate.is_cloud else 0
    value -= CENT * micros / MICROS_PER_CENT + LEAVES * candidate.is_away
    limit = candidate.model.context_length
    value -= FORGETS * (0 < limit < situation.prompt_tokens + situation.reply_tokens)
    return value


def _waiting(seconds: float | None) -> float:
    wait = min(MOST_SECONDS, UNKNOWN_SECONDS if seconds is None else seconds)
    return DOUBLING * math.log2(1 + wait / AT_ONCE) + MINUTE * max(0.0, wait - PATIENT) / 60
