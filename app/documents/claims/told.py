"""What was found out about a reply, as it leaves this room: each sentence with the place that says the same.

claims("It is waxy [1].", ["A waxy layer covers the leaf."])     # (Claim(0, 15, "supported", (1,), …, 1, 0, 29),)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.core.claims import Claim, Quote
from app.documents.claims.check import Checked, check
from app.documents.claims.support import is_in, sentences_of, words_in

LEAST_WORDS, MOST_CHARACTERS = 3, 400  # of a sentence that is quoted: a heading says nothing, a list is no sentence


def claims(reply: str, passages: Sequence[str], question: str = "") -> tuple[Claim, ...]:
    """Every sentence of a reply, in order. Only one that its passages support has a place."""
    return tuple(map(_claim, check(reply, passages, question)))


def _claim(one: Checked) -> Claim:
    claim = Claim(one.start, one.end, one.verdict, one.cites, one.unknown, one.detail)
    place = one.support
    if one.verdict != "supported" or place is None or place.share <= 0:
        return claim
    return replace(claim, quoted=place.passage + 1, quote_start=place.start, quote_end=place.end)


def quotable(passages: Sequence[str], about: str, most: int) -> tuple[Quote, ...]:
    """The sentences that share most words with what is said about them, in the order in which they stand."""
    wanted = {word.text for word in words_in(about)}
    scored = list[tuple[int, Quote]]()
    for number, text in enumerate(passages, 1):
        for start, end in sentences_of(text):
            words = {word.text for word in words_in(text[start:end])}
            if len(words) >= LEAST_WORDS and end - start <= MOST_CHARACTERS:
                scored.append((sum(is_in(word, wanted) for word in words), Quote(number, start, end)))
    best = sorted(scored, key=lambda pair: -pair[0])[:most]
    return tuple(sorted((quote for _, quote in best), key=lambda one: (one.number, one.start)))
