"""Numbers that no source has but that follow from it: rounded ones, and sums, differences and shares that a sentence
says it makes.

    rounded("nearly 5 million", number, numbers)            # [4.95 million], where the source has that
    is_derived("so it needs 50 m more", number, …)          # where the source has 73 m and 23 m side by side
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from app.documents.claims.elapsed import Told, is_told_by_dates
from app.documents.claims.likeness import is_said
from app.documents.claims.numbers import Number, is_within, numbers_in
from app.documents.claims.small_words import LIGHT
from app.documents.claims.support import is_in, sentences_of, source_language, words_in

_ABOUT = re.compile(
    r"(?:\b(?:about|around|roughly|approx(?:imately|\.)?|some|nearly|almost|over|more than|circa|ca\.?|close to"
    r"|just under|(?:a )?little (?:over|under)|etwa|rund|fast|knapp|gut|über|mehr als|ungefähr|environ|près de"
    r"|presque|plus de|unos|unas|cerca de|casi|alrededor de|más de|aproximadamente|quase|mais de|quasi|oltre"
    r"|più di|ongeveer|bijna|ruim|meer dan|około|prawie|ponad)\s|[~≈]\s?)[€$£]?$",
    re.IGNORECASE,
)
#: "about six to seven weeks": both are rounded
_RANGE = re.compile(r"[^\W_]+(?:\s(?:to|bis|à|a|or|und|and)\s|[–-])$")
_SO = re.compile(
    r"\b(?:so|thus|therefore|hence|more|less|fewer|total|in all|altogether|together|difference|that(?:'s| is| means)"
    r"|which is|means|rise|increase|decrease|drop|fall|longer"
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
_OR_MORE = re.compile(
    r"\b(?:or|oder|o|ou|and) (?:more|less|fewer|mehr|weniger|más|menos|plus|moins|longer|later)\b", re.IGNORECASE
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
_IN_ALL = re.compile(
    r"\b(?:total|in all|altogether|together|sum|insgesamt|zusammen|gesamte?|en total|juntos|au total|ensemble|in totale"
    r"|insieme|soma|samen|totaal|razem|łącznie)\b",
    re.IGNORECASE,
)
ALL = frozenset(("sum", "difference", "product", "part", "share", "growth"))
_SOME = r"(?:about\s|around\s|roughly\s|some\s|etwa\s|rund\s|environ\s|unos\s|~|≈)?$"
_DIFFERENCE, _RATE = frozenset(("difference",)), frozenset(("quotient", "product"))
#: what stands right before a number, or right behind it, and how it is reckoned then
_AHEAD = (
    (re.compile(rf"\b(?:by|um)\s{_SOME}", re.IGNORECASE), _DIFFERENCE | {"growth"}),
    (
        re.compile(r"\b(?:remaining|the other|the rest,?|restlichen?|übrigen?|restantes?)\s$", re.IGNORECASE),
        _DIFFERENCE | {"rest"},
    ),
    (
        re.compile(
            r"(?:\bi\.e\.|\bthat is|\bd\.\s?h\.|\balso|\bc['’]est-à-dire|\bsoit|\bes decir|\bo sea|\(|=|≈),?\s?"
            + _SOME,
            re.IGNORECASE,
        ),
        _DIFFERENCE | _RATE | {"share"},
    ),
)
#: of another year than the one that the source gives the number of
_THEN = re.compile(
    r"\b(?:year (?:before|earlier)|previous year|vorjahr|jahr (?:davor|zuvor)|année précédente|año anterior)\b",
    re.IGNORECASE,
)
_BEHIND = (
    (
        re.compile(r"\s(?:of|von|de)\s(?:her|his|its|their|that|seine[mrs]?|ihre[mrs]?)\b", re.IGNORECASE),
        frozenset(("share",)),
    ),
    (re.compile(r"\s(?:points?|punkten?|puntos?)\b", re.IGNORECASE), _DIFFERENCE),
    (re.compile(r"\s(?:of\s)?(?:[^\W\d_]+\s)?(?:per|each|pro|je|par|por|chacun|cada)\b", re.IGNORECASE), _RATE),
)
#: between a number and what it is some of: "15 % of the 80", "68 of 80"
_OF = re.compile(r"\s(?:of|von|der|de|des|sur|out of)\s(?:the\s|all\s|den\s|allen\s|les\s|los\s|las\s)?", re.IGNORECASE)
LEAST_SAID = 2  # words of a sentence that tell where its numbers are from
MOST_PLACES = 400  # of sources that are longer than any that a model is given
_MOST = 24  # numbers of one place that are tried with each other
MONTH = Fraction(2_629_800)  # seconds
NEARLY = Fraction(1, 20)
ROUNDED = Fraction(1, 50)


def _figures(value: Fraction) -> int:
    """How many figures a number is written with, trailing zeros aside."""
    text = str(float(value)).rstrip("0").rstrip(".") if value.denominator > 1 else str(value).rstrip("0")
    return len(re.sub(r"[^\d]", "", text).lstrip("0")) or 1


def rounded(text: str, one: Number, numbers: Sequence[Number]) -> list[Number]:
    """Those numbers of which one that says that it is rounded is a rounder form, in whatever unit."""
    ahead = _RANGE.sub("", text[max(0, one.start - 40) : one.start])
    if not _ABOUT.search(ahead):
        return []
    return [other for other in numbers if max(map(abs, other.values)) >= 1 and _is_rounder(one, other)]


def _is_rounder(one: Number, other: Number) -> bool:
    mine, its = min(map(_figures, one.values)), max(map(_figures, other.values))
    if {one.unit.above, other.unit.above} == {"month1", "s1"}:  # "about three months" are 90 days
        days = [max(it.values) * it.unit.size * (MONTH if it.unit.above == "month1" else 1) for it in (one, other)]
        return abs(days[0] - days[1]) <= NEARLY * days[1]
    is_converted = bool(one.unit.above and other.unit.above) and one.unit.size != other.unit.size
    if mine <= 2 and (mine < its or is_converted):
        return one.is_same(other, NEARLY)
    last = Fraction(10) ** (len(str(int(max(one.values)))) - mine)  # what its last figure stands for
    return mine < its and not is_converted and one.is_same(other, last / 2 / max(map(abs, other.values)))


def is_derived(
    text: str,
    one: Number,
    claimed: Sequence[Number],
    before: str,
    passages: Sequence[str],
    language: str,
    own: str = "",
) -> bool:
    """Whether a number is what other numbers of the sentence, or of one place in a source, come to, and the sentence
    says that it reckons. `own`: the sentence in its own words, where the text has it in those of its sources."""
    if one.unit.above == "day" and any(_is_day_after(one, passage) for passage in passages):
        return True

    def is_told(word: str, held: frozenset[str]) -> bool:
        return word not in LIGHT and (is_in(word, held) or is_said(word, held, language))

    return (
        is_told_by_dates(text, one, passages, before, is_told)
        or _is_said_to_be(text, one, claimed, numbers_in(before, language), passages, own)
        or _is_reckoned(text, one, claimed, passages, is_told)
    )


def is_reckoning(text: str, spoken: str) -> bool:
    """Whether a sentence says in any way that it reckons; `spoken` is it in its own words."""
    return bool(_SO.search(_OR_MORE.sub(" ", _MORE_THAN.sub(" ", f"{text} {spoken}"))))


def is_total(text: str, spoken: str) -> bool:
    """Whether a sentence says that it adds up."""
    return bool(_IN_ALL.search(f"{text} {spoken}"))


def is_sum_of(one: Number, numbers: Sequence[Number]) -> bool:
    """Whether a number is the sum of two or more of these."""
    return _follows(one, [other for other in numbers if not other.is_same(one)], ("sum",))


def _is_said_to_be(
    text: str, one: Number, claimed: Sequence[Number], before: Sequence[Number], passages: Sequence[str], spoken: str
) -> bool:
    """Whether a number is what others come to, where the sentence says in any way that it reckons."""
    is_dated = _DATED.search(text[max(0, one.start - 12) : one.end]) and not _HENCE.search(text)
    if is_dated or not is_reckoning(text, spoken):
        return False
    own = [other for other in claimed if other is not one]
    if _follows(one, [*own, *before]):
        return True
    said = [word.text for word in words_in(text) if word.text not in LIGHT]
    return any(_is_about(said, place) and _follows(one, there) for place, there in _places(passages))


def _places(passages: Sequence[str]) -> Iterator[tuple[str, list[Number]]]:
    """Each sentence, and each two that follow one another, with their numbers."""
    for passage in passages:
        numbers = numbers_in(passage, source_language(passage))
        spans = sentences_of(passage)
        for first, last in [*zip(spans, spans, strict=True), *pairwise(spans)]:
            start, end = (bisect_left(numbers, at, key=lambda one: one.start) for at in (first[0], last[1]))
            yield (
                passage[first[0] : last[1]],
                [other for other in numbers[start:end] if not (other.is_name or _is_ordinal(other))],
            )


def _is_reckoned(text: str, one: Number, claimed: Sequence[Number], passages: Sequence[str], is_told: Told) -> bool:
    """Whether a number that says by what stands beside it how it is reckoned ("by 4.5 points", "400 g per person") is
    that of the numbers of its own sentence, or of the place that has most of its words."""
    kinds = frozenset[str]().union(
        *(kinds for cue, kinds in _AHEAD if cue.search(text, max(0, one.start - 30), one.start)),
        *(kinds for cue, kinds in _BEHIND if cue.match(text, one.until)),
    )
    if _THEN.search(text):
        kinds |= {"difference"}
    kinds |= {"part"}  # "half of it": so much needs no other word
    own = [other for other in claimed if other is not one]
    if "share" in kinds and _follows(one, own, kinds):
        return True
    inside = [(other.start, other.until) for other in claimed]
    said = [word.text for word in words_in(text) if not is_within(word.start, inside)]
    worth = list[tuple[int, list[Number]]]()
    for at, (place, there) in enumerate(_places(passages)):
        if at == MOST_PLACES:
            return False
        held = frozenset(word.text for word in words_in(place))
        worth.append((sum(is_told(word, held) for word in said), there))
    most = max((much for much, there in worth if len(there) > 1), default=0)
    whole = next((other for other in own if _OF.fullmatch(text, one.until, other.start)), None)
    return any(
        much and much == most and (_follows(one, there, kinds) or (whole is not None and _is_some(one, whole, there)))
        for much, there in worth
    )


def _is_some(one: Number, whole: Number, there: Sequence[Number]) -> bool:
    """Whether a number is what another one leaves of the whole that it is said to be of, or the share that this has."""
    known = [other for other in there if other.is_same(whole)]
    kinds = {"share"} if one.unit.name == "%" else {"difference"} if one.unit == whole.unit else set[str]()
    parts = [other for other in there if other.unit == whole.unit and not other.is_loose]  # "the second" is no count
    return bool(known) and any(_follows(one, [known[0], other], kinds) for other in parts)


def _is_ordinal(one: Number) -> bool:
    """Whether a number only counts up: "the second"."""
    return one.is_word and one.is_part and max(one.values) > 1


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


def _follows(one: Number, numbers: Sequence[Number], kinds: Collection[str] = ALL) -> bool:
    return any(
        kind in kinds and one.is_same(result, ROUNDED if kind in ("share", "growth") else Fraction(0))
        for result, kind in _results(numbers[:_MOST])
    )


def _results(numbers: Sequence[Number]) -> Iterator[tuple[Number, str]]:
    """What these come to, and how: sums and differences of two, sums of neighbours, products and shares."""
    for at, a in enumerate(numbers):
        total = max(a.values) * a.unit.size
        for b in numbers[at + 1 : at + 5]:
            if b.unit.above != a.unit.above:
                break
            total += max(b.values) * b.unit.size
            yield replace(a, values=frozenset({total / a.unit.size})), "sum"
            if a.unit.name == "%":
                yield replace(a, values=frozenset({1 / a.unit.size - total / a.unit.size})), "rest"
        for b in numbers[at + 1 :]:
            for x, y in ((x, y) for x in a.values for y in b.values):
                yield from _of_two(replace(a, values=frozenset({x})), x, replace(b, values=frozenset({y})), y)


def _of_two(a: Number, x: Fraction, b: Number, y: Fraction) -> Iterator[tuple[Number, str]]:
    if bool(a.unit.above) != bool(b.unit.above) and x * y:
        whole, count, by = (a, x, y) if a.unit.above else (b, y, x)
        is_part = 0 < by < 1 and (b if whole is a else a).is_part  # "half of it"
        yield replace(whole, values=frozenset({count * by})), "part" if is_part else "product"
        yield replace(whole, values=frozenset({count / by})), "quotient"
    if x < 1000 < y < 2100 or y < 1000 < x < 2100:
        is_like = a.unit.above == b.unit.above
    else:  # "280 ppm, and passed 420"
        is_like = a.unit.above == b.unit.above or not (a.unit.above and b.unit.above)
    if is_like and a.unit.above != "month":
        size = a.unit.size if a.unit.above else b.unit.size
        mine, its = x * (a.unit.size if a.unit.above else size), y * (b.unit.size if b.unit.above else size)
        a = a if a.unit.above else replace(a, unit=b.unit)
        if a.is_part == b.is_part:
            yield replace(a, values=frozenset({abs(mine - its) / a.unit.size})), "difference"
            yield replace(a, values=frozenset({(mine + its) / a.unit.size})), "sum"
        if mine and its:
            shares = frozenset({mine / its, its / mine})
            yield Number(a.start, a.end, shares, is_part=True), "share"
            growth = frozenset({abs(mine / its - 1), abs(its / mine - 1)})
            yield Number(a.start, a.end, growth, is_part=True), "growth"
    elif (a.unit.is_years or b.unit.is_years) and not (a.unit.above and b.unit.above):
        yield Number(a.start, a.end, frozenset({abs(x - y), x + y})), "sum"
