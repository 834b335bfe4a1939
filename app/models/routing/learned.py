"""What single words say of a question, learned from labelled ones: one small whole number a word, for each signal.

    seen = words_of("prove that the sum is even")
    seen.trust                                  # 1.0: how far these are words that were learned; 0 in other languages
    amounts(seen, WORTH_STEMS, WORTH_MEAN)      # {"reasoning": 0.4, "wording": -0.1}: by what the words are about

A word that belongs to a topic of `vocabulary` is told as that topic; all others together are "wording", because a
single learned word explains nothing to a person. The numbers stand in `stems`, as `tests.routing.fit` wrote them.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from app.models.routing.phrases import words_in
from app.models.routing.vocabulary import EVERYDAY, INDEX, key

WORDING = "wording"
#: of the different words of a text, which share must be known for the learned words to count for nothing, and in full
NO_TRUST, FULL_TRUST = 0.3, 0.6
#: words of other languages in the same letters; where they are so many, no learned word is meant
_ELSEWHERE = """
    ist und der das nicht wie ein eine einen von für mit auf zu ich warum welche le les des est une que qui pour dans
    et pourquoi el los las por una del cómo qué il di che non è della perché não uma da para het een van de hoe niet
    jest nie jak się bir ve mi için nasıl är och det att
"""
ELSEWHERE = frozenset(map(key, _ELSEWHERE.split()))
MOST_ELSEWHERE = 0.2
#: what a word is told as, where that is plain
TOPIC = {stem: topics[0] for stem, topics in INDEX.items() if len(topics) == 1 and stem not in EVERYDAY}


@dataclass(frozen=True, slots=True)
class Words:
    """The different words of a text, by stem. `trust` is how far they are in the language that was learned, 0 to 1."""

    known: tuple[str, ...]
    count: int
    trust: float


def stems_of(line: str) -> list[str]:
    """The different words of a text, by what they are known by, in order."""
    return sorted(set(map(key, words_in(line).different)))


def words_of(line: str, vocabulary: Collection[str]) -> Words:
    """The known words of a text that `plain` has read."""
    stems = stems_of(line)
    known = tuple(stem for stem in stems if stem in vocabulary)
    share = len(known) / len(stems) if stems else 0.0
    if len(ELSEWHERE.intersection(stems)) >= MOST_ELSEWHERE * len(stems):
        share = 0.0
    return Words(known, len(stems), min(1.0, max(0.0, (share - NO_TRUST) / (FULL_TRUST - NO_TRUST))))


def amounts(words: Words, weights: Mapping[str, float], mean: float) -> dict[str, float]:
    """What the words add, by topic; `mean` is what those of a chat's usual question add, and counts as nothing."""
    trust, root = words.trust, math.sqrt(words.count)
    found, wording = {WORDING: 0.0}, -mean * trust
    for stem in words.known:
        amount = trust * weights[stem] / root
        name = TOPIC.get(stem)
        if name is None:
            wording += amount
        else:
            found[name] = found.get(name, 0.0) + amount
    found[WORDING] = wording
    return found


def unpacked(stems: str, numbers: str, unit: float) -> dict[str, float]:
    """Weights by stem: `numbers` are signed bytes in base 85, `unit` what one step is worth."""
    steps = memoryview(base64.b85decode("".join(numbers.split()))).cast("b")
    return {stem: unit * step for stem, step in zip(stems.split(), steps, strict=True)}


def packed(weights: Mapping[str, float]) -> tuple[str, float]:
    """The other way round: numbers and unit. The strongest are the commonest words: nothing is cut off."""
    unit = max(map(abs, weights.values())) / 127
    steps = bytes(round(weight / unit) & 255 for weight in weights.values())
    return base64.b85encode(steps).decode("ascii"), unit
