"""How much of what a sentence says stands in a passage, by words alone.

best = best_support(words_in("Groynes slow the drift."), passages)
best.share        # 1.0: every word that carries meaning is there
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from app.documents.claims.small_words import NEGATIONS, TELLING
from app.documents.sentences import LINE, Span, parts, sentences
from app.documents.stop_words import STOP_WORDS
from app.documents.words import shares

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,]\d+)*")
_CLAUSE = re.compile(
    r"[;:,](?=\s)|\s(?:and|but|while|whereas|und|aber|während|y|pero|mientras|et|mais|tandis|e|ma|mentre|mas|enquanto)(?=\s)"
)


#: whose stop words are left out, and whose ways to speak of a source are known
LANGUAGES = ("en", "de", "es", "fr", "it", "pt")
LEAST_STOPS, CLEARLY = 0.15, 1.2  # share of a sentence's words, and how much more than of any other language
MOST_SENTENCES = 3  # in one place
FOR_ANOTHER = 0.04  # how much of the words another sentence must add


@dataclass(frozen=True, slots=True)
class Word:
    """A word that carries meaning. `is_name`: it begins with a capital in the middle of a sentence."""

    text: str
    start: int
    is_name: bool = False


@cache
def _stops() -> frozenset[str]:
    return frozenset(word for one in LANGUAGES for word in STOP_WORDS[one]) | TELLING


def language_of(text: str) -> str:
    """The language of a sentence by its stop words, "" where they don't tell it clearly."""
    found = shares(text)
    best, second = sorted(found, key=lambda one: -found[one])[:2]
    return best if found[best] >= LEAST_STOPS and found[best] >= CLEARLY * found[second] else ""


def words_in(text: str) -> tuple[Word, ...]:
    """The words of a sentence that carry meaning, in order."""
    found: list[Word] = []
    is_first = True
    for match in _WORD.finditer(text):
        word = match[0].replace("’", "'").removesuffix("'s")
        is_name = word[:1].isupper() and not is_first
        is_first = text[match.end() : match.end() + 1] in ".:!?"
        if word.lower().partition("'")[0] not in _stops() and not (
            len(word) == 1 and word.islower() and word.isalpha()
        ):
            found.append(Word(word.lower(), match.start(), is_name))
    return tuple(found)


def is_same(one: str, other: str) -> bool:
    """Whether two words are forms of one: they begin alike, or one is the other's part ("Zweitstimme", "stimme")."""
    if one == other:
        return True
    if one[:1].isdigit() or other[:1].isdigit():
        return False
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) >= 5 and shorter in longer:
        return True
    common = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(shorter))
    return common >= 4 and common >= len(longer) - 4 and common >= len(shorter) - 3


def is_in(word: str, words: Collection[str]) -> bool:
    """Whether a word stands among others, in any of its forms."""
    return word in words or any(is_same(word, other) for other in words)


def sentences_of(passage: str) -> tuple[Span, ...]:
    """Where the sentences of a passage begin and end; a line ends one."""
    return tuple(span for line in parts(passage, 0, len(passage), LINE) for span in sentences(passage, *line))


def clauses_of(passage: str) -> tuple[tuple[int, int], ...]:
    """Where the clauses of its sentences begin and end, as far as marks and small words tell."""
    found = []
    for start, end in sentences_of(passage):
        at = start
        for match in _CLAUSE.finditer(passage, start, end):
            found.append((at, match.end()))
            at = match.end()
        found.append((at, end))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Support:
    """The best place: `passage` counts from 0, `start` and `end` are positions in it; `share` is how much of the
    sentence's meaning is there, 0 to 1; `missing` are the words that are not."""

    passage: int
    start: int
    end: int
    share: float
    missing: tuple[Word, ...]


def best_support(words: Sequence[Word], passages: Sequence[str]) -> Support | None:
    """The place of a few sentences that says most of these words. None where there are no passages."""
    best, most = None, -1.0
    for number, passage in enumerate(passages):
        spans = sentences_of(passage)
        held = [frozenset(word.text for word in words_in(passage[start:end])) for start, end in spans]
        for at in range(len(spans)):
            for size in range(1, MOST_SENTENCES + 1):
                if at + size > len(spans):
                    break
                there = frozenset().union(*held[at : at + size])
                missing = tuple(word for word in words if not is_in(word.text, there))
                share = 1 - len(missing) / len(words) if words else 0.0
                if (worth := share - FOR_ANOTHER * (size - 1)) > most:
                    best, most = Support(number, spans[at][0], spans[at + size - 1][1], share, missing), worth
    return best


def negations_in(text: str) -> int:
    """How often a text says no."""
    words = [word.lower() for word in _WORD.findall(text)]
    return sum(word in NEGATIONS or word.endswith(("n't", "n’t")) for word in words)
