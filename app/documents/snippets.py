"""What is shown of a passage that was found: the part in which most of the words stand, and where they stand in it.

snippet(text, "en", asked)      # Snippet("…the moon raises a tide that…", ((23, 27),))
holds(text, ("spring", "tide"))   # True: word for word, case, accents and signs aside
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.core.finding import fold
from app.documents.asking import Asked
from app.documents.words import is_stop_word, plain, term, words

SHOWN = 280  # characters
_BEFORE = 60  # of them at most before the first word that is marked
_CUT = "…"
_BLANK = re.compile(r"\s")
Spans = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Snippet:
    """A part of a passage as one line, with dots where more stands; `marks` are (start, end) in it."""

    text: str
    marks: tuple[tuple[int, int], ...]


@lru_cache(maxsize=20_000)
def _folded(word: str) -> str:
    return fold(plain(word))


def phrases_in(text: str, phrase: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where a phrase of folded words stands in a text."""
    every = list(words(text))
    plain_words = [_folded(text[start:end]) for start, end in every]
    first, count = phrase[0], len(phrase)
    for at, word in enumerate(plain_words):
        if word == first and plain_words[at : at + count] == list(phrase):
            yield every[at][0], every[at + count - 1][1]


def holds(text: str, phrase: Sequence[str]) -> bool:
    """Whether a phrase of folded words stands in a text."""
    return next(phrases_in(text, phrase), None) is not None


def marks(text: str, language: str, asked: Asked) -> Spans:
    """Where what was asked for stands in a text, in order and apart from each other."""
    found = [made for span in _worth_a_look(text, asked) if (made := _mark(text, span, language, asked))]
    found += [span for phrase in asked.phrases for span in phrases_in(text, phrase)]
    apart: Spans = []
    for start, end in sorted(found):
        if apart and start < apart[-1][1]:
            apart[-1] = apart[-1][0], max(end, apart[-1][1])
        else:
            apart.append((start, end))
    return apart


def _worth_a_look(text: str, asked: Asked) -> Iterator[tuple[int, int]]:
    """The words that may be what was asked for. A stem begins as its word does, so most need no look."""
    if not text.isascii():
        return words(text)
    letters = "".join(sorted({one[0] for one in (*asked.terms, *asked.beginnings) if one[0].isascii()}))
    return (found.span() for found in _beginning(letters).finditer(text)) if letters else iter(())


@lru_cache(maxsize=256)
def _beginning(letters: str) -> re.Pattern[str]:
    word = rf"[{letters}{letters.upper()}][A-Za-z0-9]*"
    return re.compile(rf"(?<![A-Za-z0-9]){word}(?:[-\x02]\r?\n(?=[a-z])[A-Za-z0-9]+)*")


def _mark(text: str, span: tuple[int, int], language: str, asked: Asked) -> tuple[int, int] | None:
    """What of a word was asked for. A letter that begins pairs of a script without spaces is a word by itself."""
    word = plain(text[slice(*span)])
    if is_stop_word(word, language):
        return None
    made = term(word, language)
    if made in asked.terms:
        return span
    begun = next(filter(made.startswith, asked.beginnings), "")
    return (span[0], span[0] + 1 if len(begun) == 1 else span[1]) if begun else None


def snippet(text: str, language: str, asked: Asked) -> Snippet:
    """The part of a passage to show: all of it where it is short."""
    found = marks(text, language, asked)
    start, end = (0, len(text)) if len(text) <= SHOWN else _window(text, found)
    before, after = _CUT if start else "", _CUT if end < len(text) else ""
    shown = tuple(
        (at - start + len(before), until - start + len(before)) for at, until in found if start <= at and until <= end
    )
    return Snippet(before + _BLANK.sub(" ", text[start:end]) + after, shown)


def _window(text: str, found: Spans) -> tuple[int, int]:
    """The part with the most different words, from a word's beginning to a word's end."""
    best, most = 0, 0
    for at, _ in found:
        begin = max(min(at - _BEFORE, len(text) - SHOWN), 0)
        held = len({text[one:end].lower() for one, end in found if begin <= one and end <= begin + SHOWN})
        if held > most:
            best, most = begin, held
    start, end = best, min(best + SHOWN, len(text))
    first = next((one for one, _ in found if start <= one), end)
    last = max((until for _, until in found if until <= end), default=start)
    blank = text.find(" ", start, first) if start else -1
    start = blank + 1 if blank >= 0 else start
    cut = text.rfind(" ", max(last, start + 1), end) if end < len(text) else -1
    return start, cut if cut > 0 else end
