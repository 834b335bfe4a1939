"""Cloze items of a person's own documents, made without a model: a sentence with a gap where its fact stood.

    clozes(index, ["tides"], 30)        # (Made("tides", 4, Item("cloze", "It was moved in ____.", "1994", …)), …)

A fact is what a sentence names or measures: a term that it defines, a number, a name, at last a word that few other
passages have. The gap must have one right answer, which the rest of the sentence does not give away, and the sentence
must be whole and speak for itself. First comes one item of each sentence, the surest first, then a second one of those
that have two. The same documents always give the same items.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.core.documents import Passage
from app.core.quiz import BLANK, Item, Made
from app.documents.claims.number_words import ordinals
from app.documents.claims.numbers import numbers_in
from app.documents.claims.opposites import sides_of
from app.documents.claims.small_words import LIGHT
from app.documents.claims.support import is_same, words_in
from app.documents.index import Index
from app.documents.quiz.prose import is_fit
from app.documents.quiz.terms import defined, named, telling
from app.documents.sentences import parts, sentences
from app.documents.words import language_of, plain, term

_SEED = 20
_PER_SENTENCE = 2
_COMMON = 0.2  # of all passages: a word that more of them have tells nothing
LEAST_WORDS_AROUND = 3  # that carry meaning, beside the gap
_NEW_LINE, _LONG_LINE, _STOPS = re.compile(r"\n\s*(?=[^\Wa-zß-öø-ÿ]|[^\w\s])"), 50, ".!?:;"
#: before a number that only counts pages and the like
_LABEL = re.compile(
    r"\b(?:page|pages|chapter|figure|fig|section|table|step|slide|line|version|part|no|nr|rotate|seite|kapitel|abbildung"
    r"|tabelle|abschnitt|schritt|zeile|teil|página|capítulo|figura|tabla|sección|chapitre|pagina|capitolo)\.?\s$|[№#§]\s?$",
    re.IGNORECASE,
)
_TIME = re.compile(r"(?<![\d:])\d{1,2}:\d{2}(?![\d:])")
_ORDINAL_BEHIND = re.compile(
    r"(?:st|nd|rd|th|er?|ème|[ºª°])\b|\.\s?[A-ZÄÖÜ]|[/:-]\d|\d|\s?[.,)]\w|\.? (?:edition|Auflage)\b"
)
#: a number of a list or of a work that is cited: "[2]", "(1) the source"
_MARKED = re.compile(r"\[[\d\s,;–-]*\]|\(\d{1,2}\)")


@dataclass(frozen=True, slots=True)
class Gap:
    """A part of a sentence that may become a gap; a smaller `rank` is a surer fact."""

    start: int
    end: int
    rank: int


def clozes(index: Index, documents: Sequence[str] | None, count: int) -> tuple[Made, ...]:
    """At most `count` items, spread over all of these documents (None: over all)."""
    about, draw = index.about(documents), random.Random(_SEED)
    places = [(name, number) for name, one in about.items() for number in range(one.count)]
    draw.shuffle(places)
    found, seen = list[tuple[int, int, Made]](), set[str]()
    for place in places:
        language = about[place[0]].language
        for passage in index.around([place], 0):
            found += _of_passage(index, passage, language, len(places), seen)
    found.sort(key=lambda one: one[:2])
    return tuple(made for _, _, made in found[:count])


def clozes_in(texts: Sequence[str], count: int) -> tuple[Made, ...]:
    """The same of texts that are no documents, each named by its place among them."""
    index = Index()
    try:
        for at, text in enumerate(texts):
            words = Passage(str(at), 0, 1, 0, len(text), "", text)
            index.keep(str(at), "", language_of(text), "", [words])
        return clozes(index, None, count)
    finally:
        index.close()


def _of_passage(
    index: Index, passage: Passage, language: str, passages: int, seen: set[str]
) -> Iterator[tuple[int, int, Made]]:
    """The items of a passage: which of its sentence's they are, how sure, and what they are."""
    for start, end in sentences_of(passage.text):
        sentence = passage.text[start:end]
        words = " ".join(sentence.split())
        if words in seen or not is_fit(sentence, language):
            continue
        seen.add(words)
        for turn, gap in enumerate(gaps(index, sentence, language, passages)[:_PER_SENTENCE]):
            answer = " ".join(sentence[gap.start : gap.end].split())
            question = " ".join(f"{sentence[: gap.start]}{BLANK}{sentence[gap.end :]}".split())
            item = Item("cloze", question, answer, (), "", "", start, end)
            yield turn, gap.rank, Made(passage.document, passage.number, item)


def sentences_of(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of a passage. A line that begins with a small letter goes on with the line before it; any other
    begins something new, but behind a long line without an end nobody can tell."""
    for start, end in parts(text, 0, len(text), _NEW_LINE):
        before = text[:start].rstrip().rpartition("\n")[2]
        if len(before) > _LONG_LINE and text[:start].rstrip()[-1:] not in _STOPS:
            continue
        yield from sentences(text, start, end)


def gaps(index: Index, sentence: str, language: str, passages: int) -> list[Gap]:
    """What may become a gap, the surest fact first; no two of them overlap."""

    def tells(word: str) -> bool:
        return 0 < index.frequency(term(plain(word), language)) <= max(_COMMON * passages, 2)

    found = [
        *(Gap(*span, 0) for span in defined(sentence)),
        *(Gap(*span, 1) for span in _numbers(sentence, language)),
        *(Gap(*span, 2) for span in named(sentence, language)),
        *(Gap(*span, 3) for span in telling(sentence, language) if tells(sentence[slice(*span)])),
    ]
    kept = list[Gap]()
    for gap in found:
        is_free = all(gap.end <= one.start or one.end <= gap.start for one in kept)
        if is_free and _holds(sentence, gap):
            kept.append(gap)
    return kept


def _numbers(sentence: str, language: str) -> Iterator[tuple[int, int]]:
    """Numbers and times of day that measure something; which one of several it is ("the second") measures nothing."""
    times = [found.span() for found in _TIME.finditer(sentence)]
    marked = [found.span() for found in _MARKED.finditer(sentence)]
    yield from times
    for one in numbers_in(sentence, language):
        text = sentence[one.start : one.end]
        is_in_time = any(start <= one.start < end for start, end in (*times, *marked))
        is_no_figure = text.lower() in ordinals() or (one.is_word is False and text.isalpha())  # a month
        if one.is_loose or one.is_name or is_in_time or is_no_figure or one.start == 0:
            continue
        is_label = bool(_LABEL.search(sentence, max(0, one.start - 14), one.start))
        if not is_label and not _ORDINAL_BEHIND.match(sentence, one.end) and sentence[one.start - 1] not in ":/-–.,":
            yield one.start, one.end


def _holds(sentence: str, gap: Gap) -> bool:
    """Whether the rest of the sentence says enough, and does not give the answer away."""
    answer, rest = sentence[gap.start : gap.end], f"{sentence[: gap.start]} {BLANK} {sentence[gap.end :]}"
    around = {word.text for word in words_in(rest) if word.text not in LIGHT}
    own = [word.text for word in words_in(answer)]
    if len(around) < LEAST_WORDS_AROUND or len(answer.split()) > 4:
        return False
    if any(is_same(one, other) for one in own for other in around):
        return False
    opposite = {word for one in own for sides in [sides_of(one)] if sides for word in sides[1]}
    if opposite & around:
        return False
    mine = {value for one in numbers_in(answer) for value in one.values}
    return not mine or not any(mine & one.values for one in numbers_in(rest))
