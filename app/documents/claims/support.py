"""How much of what a sentence says stands in a passage, by words alone.

best = best_support(words_in("Groynes slow the drift."), passages)
best.share        # 1.0: every word that carries meaning is there
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from app.documents.claims.number_words import readings
from app.documents.claims.small_words import NEGATIONS, TELLING
from app.documents.sentences import LINE, Span, parts, sentences
from app.documents.stop_words import STOP_WORDS
from app.documents.words import shares

_WORD = re.compile(r"(?<![\w])[^\W\d]\w*(?:['’][^\W\d_]+)?")
#: behind the first word of a sentence: that it is a name ("Percy Shelley")
_NAME_BEHIND = re.compile(r"\s[A-ZÀ-Þ][^\W\d_]+")
#: "l'eau", "dell'arte": the article is no part of the word
_ELIDED = re.compile(r"^(?:[ldnsjcmt]|qu|dell|all|nell|dall|sull|quell|un)['’](?=\w\w)", re.IGNORECASE)
CLAUSE = re.compile(
    r"[;:,](?=\s)|\s(?:and|but|while|whereas|und|aber|während|y|pero|mientras|et|mais|tandis|e|ma|mentre|mas|enquanto|en|maar|terwijl|i|ale)(?=\s)"
)
#: where a sentence turns to something else
HALF = re.compile(
    r"[;:](?=\s)|,?\s(?:while|whereas|but|während|aber|mientras|pero|tandis|mais|mentre|ma|enquanto|mas|terwijl|maar|ale)(?=\s)"
)
_NUMERIC = frozenset("#0123456789")
_JOINT = re.compile(r"\s(?:and|or|und|oder|y|o)\s*$")
_ABOUT = re.compile(r"^(?:(?:about|roughly|around|nearly|some|etwa|rund|fast|ungefähr|an?|ein) )+", re.IGNORECASE)
_FIGURE = re.compile(r"\s*[\d.,]+\s?\S{0,5}\s*")

#: whose stop words are left out, and whose ways to speak of a source are known
LANGUAGES = ("en", "de", "es", "fr", "it", "pt")
LEAST_STOPS, CLEARLY = 0.15, 1.2  # share of a sentence's words, and how much more than of any other language
LEAST_MORE = 1.5  # stop words of another language in a reply in that of its source
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


@lru_cache(maxsize=64)
def source_language(passage: str) -> str:
    """The language of a passage, "" where it is not clear."""
    return language_of(passage)


def is_foreign(text: str, source: str, language: str = "") -> bool:
    """Whether a text is in another language than a source; `language` is that of the text around it."""
    own = source_language(source)
    found = shares(text)
    best = max(found.values())
    is_short = language in (own, "") and (best - found.get(own, 0.0)) * len(_WORD.findall(text)) < LEAST_MORE
    if best >= LEAST_STOPS and not is_short:  # "was" is German too
        return bool(own) and found[own] * CLEARLY < best
    return bool(language and own) and language != own


def words_in(text: str) -> tuple[Word, ...]:
    """The words of a sentence that carry meaning, in order."""
    found: list[Word] = []
    is_first = True
    for match in _WORD.finditer(text):
        word = _ELIDED.sub("", match[0]).strip("_").replace("’", "'").removesuffix("'s")
        is_name = (
            word[:1].isupper() and word.isalpha() and (not is_first or bool(_NAME_BEHIND.match(text, match.end())))
        )
        is_first = text[match.end() : match.end() + 1] in ".:!?"
        is_letter = len(word) == 1 and word.isalpha()
        if (is_letter and word.isupper() and word not in "AIOEYU") or not (
            is_letter or word.lower().partition("'")[0] in _stops()
        ):
            found.append(Word(word.lower(), match.start(), is_name))
    return tuple(found)


def is_same(one: str, other: str) -> bool:
    """Whether two words are forms of one: they begin alike, or one is the other's part ("Zweitstimme", "stimme")."""
    if one == other:
        return True
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    if longer.endswith("ies") and longer[:-3] + "y" == shorter:
        return True
    if shorter[:1] in _NUMERIC or longer[:1] in _NUMERIC:
        return False
    if (len(shorter) >= 5 and shorter in longer) or (len(shorter) >= 3 and longer in (shorter + "s", shorter + "es")):
        return True
    if shorter[:4] != longer[:4] or len(longer) - len(shorter) > 4:
        return False
    common = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(shorter))
    return common >= 4 and common >= len(longer) - 4 and common >= len(shorter) - 3


def is_in(word: str, words: Collection[str]) -> bool:
    """Whether a word stands among others, in any of its forms."""
    return word in words or any(is_same(word, other) for other in words)


@lru_cache(maxsize=256)
def sentences_of(passage: str) -> tuple[Span, ...]:
    """Where the sentences of a passage begin and end; a line ends one."""
    return tuple(span for line in parts(passage, 0, len(passage), LINE) for span in sentences(passage, *line))


@lru_cache(maxsize=512)
def clauses_of(passage: str, by: re.Pattern[str] = CLAUSE) -> tuple[Span, ...]:
    """Where the clauses of its sentences begin and end, as far as marks and small words tell. A number alone ("and 55
    m") is none."""
    found: list[Span] = []
    for start, end in sentences_of(passage):
        at = start
        for stop in [*(match.end() for match in by.finditer(passage, start, end)), end]:
            if at > start and _is_figure(passage, at, stop):
                found[-1] = (found[-1][0], stop)
            else:
                found.append((at, stop))
            at = stop
    return tuple(found)


def _is_figure(text: str, start: int, end: int) -> bool:
    """Whether nothing but a number stands here: "55 m", "seven and"."""
    bare = _ABOUT.sub("", _JOINT.sub("", text[start:end]).strip(" .,;:"))
    return bool(_FIGURE.fullmatch(text, start, end)) or (bare.isalpha() and bool(readings(bare, "")[0]))


@dataclass(frozen=True, slots=True)
class Support:
    """The best place: `passage` counts from 0 among all that were given, `start` and `end` are positions in it;
    `share` is how much of the sentence's meaning is there, 0 to 1; `missing` are the words that are not."""

    passage: int
    start: int
    end: int
    share: float
    missing: tuple[Word, ...]


def best_support(words: Sequence[Word], passages: Sequence[str]) -> Support | None:
    """The place of a few sentences that says most of these words. None where there are no passages."""
    best, most = None, -1.0
    for number, passage in enumerate(passages):
        held = _held(passage)
        lacking = [[word for word in words if not is_in(word.text, there)] for _, there in held]
        for at in range(len(held)):
            missing = lacking[at]
            for size in range(1, min(MOST_SENTENCES, len(held) - at) + 1):
                if size > 1:
                    missing = [word for word in missing if word in lacking[at + size - 1]]
                share = 1 - len(missing) / len(words) if words else 0.0
                if (worth := share - FOR_ANOTHER * (size - 1)) > most:
                    start, end = held[at][0][0], held[at + size - 1][0][1]
                    best, most = Support(number, start, end, share, tuple(missing)), worth
    return best


@lru_cache(maxsize=64)
def _held(passage: str) -> tuple[tuple[Span, frozenset[str]], ...]:
    """The sentences of a passage with the words of each."""
    spans = sentences_of(passage)
    return tuple((span, frozenset(word.text for word in words_in(passage[slice(*span)]))) for span in spans)


def negations_in(text: str) -> int:
    """How often a text says no."""
    words = [word.lower() for word in _WORD.findall(text)]
    return sum(word in NEGATIONS or word.endswith(("n't", "n’t")) for word in words)
