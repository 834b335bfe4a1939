"""Whether a sentence in another language than its source says what that says, as far as a word table tells.

abroad = told_abroad("Das Blatt wird rot.", ["The leaf is green."], "de")
abroad.text          # "Das leaf wird red."
judged(abroad, …)    # ("unsupported", "rot", …)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from app.core.claims import Verdict
from app.documents.claims.against import gloss_speaks_against
from app.documents.claims.glosses import LONGEST, TONGUES, Gloss, glossed
from app.documents.claims.support import Support, best_support, is_foreign, language_of, source_language
from app.documents.claims.vocabulary import Vocabulary

_WORD = re.compile(r"[^\W\d_]{3,}")
#: how much of a sentence the source may lack, 0 to 1, and in words
MOST_LACKING, MOST_WORDS_LACKING = 0.34, 2.0
LEAST_LACKING = 1.0
LEAST_HELD = 2  # words by which a place is told
LEAST_IN_PLACE = 0.6


def told_abroad(text: str, passages: Sequence[str], language: str) -> Gloss | None:
    """A sentence in the words of its sources; None where it is in their language, or one of these is not known."""
    if not passages or not all(is_foreign(text, passage, language) for passage in passages):
        return None
    into = source_language(passages[0])
    own = next((one for one in (language, language_of(text)) if one and one != into), "")
    if own not in TONGUES or into not in TONGUES or any(source_language(one) != into for one in passages):
        return None
    return glossed(text, own, into, _vocabulary(tuple(passages)))


@lru_cache(maxsize=16)
def _vocabulary(passages: tuple[str, ...]) -> Vocabulary:
    """All words of the passages, small ones too: what is one in a language may be a thing in another."""
    return Vocabulary(word.lower() for passage in passages for word in _WORD.findall(passage) if len(word) <= LONGEST)


def judged(
    gloss: Gloss, passages: Sequence[str], elsewhere: Callable[[], Gloss | None]
) -> tuple[Verdict, str, Support | None]:
    """What the words tell of a sentence, and the place that says the same. `elsewhere` tells it in the words of
    passages which it doesn't cite: things that only these have count twice."""
    best = best_support(gloss.held, passages)
    other = elsewhere() if gloss.things else None
    weight = gloss.weight + (sum(word.start in gloss.things for word in other.held) if other else 0)
    lacking = weight / (weight + len(gloss.held) + gloss.numbers) if weight else 0.0
    if weight >= LEAST_LACKING and (lacking > MOST_LACKING or weight >= MOST_WORDS_LACKING + gloss.numbers / 2):
        return "unsupported", " ".join(word.text for word in gloss.strange), best
    if word := gloss_speaks_against(gloss.text, passages, is_in_order=gloss.is_in_order):
        return "unsupported", word, best
    is_there = best is not None and len(gloss.held) >= LEAST_HELD and best.share >= LEAST_IN_PLACE
    return ("supported" if is_there else "unchecked"), "", best
