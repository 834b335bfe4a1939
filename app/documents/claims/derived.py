"""Numbers that no source has but that follow from it: rounded ones, and sums, differences and shares that a sentence
says it makes.

    rounded("nearly 5 million", number, numbers)            # [4.95 million], where the source has that
    is_derived("so it needs 50 m more", number, …)          # where the source has 73 m and 23 m side by side
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from app.documents.claims.numbers import Number, numbers_in
from app.documents.claims.small_words import LIGHT
from app.documents.claims.support import is_in, sentences_of, source_language, words_in

_ABOUT = re.compile(
    r"(?:\b(?:about|around|roughly|approx(?:imately|\.)?|some|nearly|almost|over|more than|circa|ca\.?|close to"
    r"|just under|(?:a )?little (?:over|under)|etwa|rund|fast|knapp|gut|über|mehr als|ungefähr|environ|près de"
    r"|presque|plus de|unos|unas|cerca de|casi|alrededor de|más de|aproximadamente|quase|mais de|quasi|oltre"
    r"|più di|ongeveer|bijna|ruim|meer dan|około|prawie|ponad)\s|[~≈]\s?)[€$£]?$",
    re.IGNORECASE,
)
_SO = re.compile(
    r"\b(?:so|thus|therefore|hence|more|less|fewer|total|altogether|together|difference|that(?:'s| is| means)|which is"
    r"|means|rise|increase|decrease|drop|fall|longer"
    r"|times (?:as|more|less|larger|higher|faster|that)|shorter|later|earlier|warmer|colder|higher|lower|adds?|sum"
    r"|also|insgesamt|zusammen|damit|somit|mehr|weniger|differenz|unterschied|später|früher|höher|niedriger|macht"
    r"|entspricht|beträgt|ergibt|total|en total|juntos|diferencia|más|menos|por tanto|equivale|cela fait|au total"
    r"|ensemble|donc|perte|de plus|de moins|différence|in totale|insieme|quindi|differenza|isso|soma|juntas"
    r"|samen|totaal|meer|minder|dus|razem|łącznie|więcej|mniej)\b",
    re.IGNORECASE,
)
#: "more than 40": says how exact a number is, not that it is reckoned
_MORE_THAN = re.compile(
    r"\b(?:more|less|fewer|higher|lower|longer|later|mehr|weniger|plus|moins|más|menos|mais|più|meno|meer|minder)"
    r" (?:than|als|de|que|di|dan) (?=\d|two|half|three|zwei|die hälfte)",
    re.IGNORECASE,
)
#: a year that something is from is no sum, unless it is said to be
_HENCE = re.compile(
    r"\b(?:so|thus|therefore|hence|later|earlier|after|before|also|somit|damit|daher|später|früher|nach|por tanto"
    r"|después)\b",
    re.IGNORECASE,
)
_DATED = re.compile(r"\b(?:in|of|from|von|aus|im|jahre?|de|en|since|seit|desde)\s(?:1\d|20)\d\d$", re.IGNORECASE)
#: "17 June … three days later"
_LATER = re.compile(
    r"\b(?:days|tagen?|días|jours|giorni|dias)(?P<later>)"
    r" (?:später|danach|later|after|más tarde|plus tard|dopo|depois)\b",
    re.IGNORECASE,
)
LEAST_SAID = 2  # words of a sentence that tell where its numbers are from
_MOST = 24  # numbers of one place that are tried with each other
NEARLY = Fraction(1, 20)
ROUNDED = Fraction(1, 50)


def _figures(value: Fraction) -> int:
    """How many figures a number is written with, trailing zeros aside."""
    text = str(float(value)).rstrip("0").rstrip(".") if value.denominator > 1 else str(value).rstrip("0")
    return len(re.sub(r"[^\d]", "", text).lstrip("0")) or 1


def rounded(text: str, one: Number, numbers: Sequence[Number]) -> list[Number]:
    """Those numbers of which one that says that it is rounded is a rounder form."""
    if not _ABOUT.search(text, max(0, one.start - 24), one.start):
        return []
    mine = min(map(_figures, one.values))
    return [
        other
        for other in numbers
        if max(map(abs, other.values)) >= 1
        and mine < max(map(_figures, other.values))
        and mine <= 2
        and one.is_same(other, NEARLY)
    ]


def is_derived(
    text: str, one: Number, claimed: Sequence[Number], before: Sequence[Number], passages: Sequence[str]
) -> bool:
    """Whether a number is what other numbers of the sentence, or of one place in a source, come to, and the sentence
    says that it reckons."""
    if one.unit.above == "day" and any(_is_day_after(one, passage) for passage in passages):
        return True
    is_dated = _DATED.search(text[max(0, one.start - 12) : one.end]) and not _HENCE.search(text)
    if is_dated or not _SO.search(_MORE_THAN.sub(" ", text)):
        return False
    own = [other for other in claimed if other is not one]
    if _follows(one, [*own, *before]):
        return True
    said = [word.text for word in words_in(text) if word.text not in LIGHT]
    for passage in passages:
        numbers = numbers_in(passage, source_language(passage))
        spans = sentences_of(passage)
        for first, last in [*zip(spans, spans, strict=True), *pairwise(spans)]:
            there = [other for other in numbers if first[0] <= other.start < last[1] and not other.is_name]
            if not _is_about(said, passage[first[0] : last[1]]):
                continue
            if _follows(one, there):
                return True
    return False


def _is_about(said: Sequence[str], place: str) -> bool:
    """Whether a place has any word of what is said, where that is more than a number."""
    held = {word.text for word in words_in(place)}
    return len(said) < LEAST_SAID or any(is_in(word, held) for word in said)


def _is_day_after(one: Number, passage: str) -> bool:
    """Whether a day is so many days after another one of the same sentence or that before it."""
    numbers = numbers_in(passage, source_language(passage))
    spans = sentences_of(passage)
    for later in _LATER.finditer(passage):
        at = next((at for at, (_, end) in enumerate(spans) if later.start() < end), 0)
        count = next((other for other in numbers if other.until == later.start("later") and not other.is_name), None)
        near = [other for other in numbers if spans[max(0, at - 1)][0] <= other.start < later.start()]
        days = [other for other in near if other.unit.above == "day"]
        if count and days and one.values == {max(days[-1].values) + max(count.values)}:
            return True
    return False


def _follows(one: Number, numbers: Sequence[Number]) -> bool:
    return any(
        one.is_same(result, ROUNDED if is_share else Fraction(0)) for result, is_share in _results(numbers[:_MOST])
    )


def _results(numbers: Sequence[Number]) -> Iterator[tuple[Number, bool]]:
    """What these come to: sums and differences of two, sums of neighbours, products and shares. True: not to the last
    figure."""
    for at, a in enumerate(numbers):
        total = max(a.values) * a.unit.size
        for b in numbers[at + 1 : at + 5]:
            if b.unit.above != a.unit.above:
                break
            total += max(b.values) * b.unit.size
            yield replace(a, values=frozenset({total / a.unit.size})), False
        for b in numbers[at + 1 :]:
            for x, y in ((x, y) for x in a.values for y in b.values):
                yield from _of_two(replace(a, values=frozenset({x})), x, replace(b, values=frozenset({y})), y)


def _of_two(a: Number, x: Fraction, b: Number, y: Fraction) -> Iterator[tuple[Number, bool]]:
    if bool(a.unit.above) != bool(b.unit.above) and x * y:
        yield replace(a if a.unit.above else b, values=frozenset({x * y})), False
    if x < 1000 < y < 2100 or y < 1000 < x < 2100:
        is_like = a.unit.above == b.unit.above
    else:  # "280 ppm, and passed 420"
        is_like = a.unit.above == b.unit.above or not (a.unit.above and b.unit.above)
    if is_like and a.unit.above != "month":
        size = a.unit.size if a.unit.above else b.unit.size
        mine, its = x * (a.unit.size if a.unit.above else size), y * (b.unit.size if b.unit.above else size)
        a = a if a.unit.above else replace(a, unit=b.unit)
        yield replace(a, values=frozenset({abs(mine - its) / a.unit.size, (mine + its) / a.unit.size})), False
        if mine and its:
            shares = frozenset({mine / its, its / mine})
            yield Number(a.start, a.end, shares, is_part=True), True
            growth = frozenset({abs(mine / its - 1), abs(its / mine - 1)})
            yield Number(a.start, a.end, growth, is_part=True), True
    elif "year1" in (a.unit.above, b.unit.above) and not (a.unit.above and b.unit.above):
        yield Number(a.start, a.end, frozenset({abs(x - y), x + y})), False
