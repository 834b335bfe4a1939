"""The numbers of a text, however they are written: "1,130", "2,50 €", "half", "dreißig", "fourteenth", "May", "XIV".

    [one.values for one in numbers_in("a million or 2,50")]     # [{Fraction(1000000)}, {Fraction(5, 2), Fraction(250)}]

A point or a comma means two things in the world's languages, so a number may have two values; two numbers are the same
where they share one, in whatever unit. Small words that are mostly no numbers ("one", "ein") are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from unicodedata import normalize

from app.core.units import NONE, Unit, unit, unit_at
from app.documents.claims.dates import DatePart, months_in
from app.documents.claims.number_words import LOOSE, POWERS, readings
from app.documents.claims.periods import BOTH, CENTURY_BEHIND, DECADE_AHEAD, DECADE_BEHIND, periods_in

_DIGITS = re.compile(r"\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ORDINAL = re.compile(r"(?:st|nd|rd|th|er?|ème|[oa]|de|ste|bn|[mk]|x)\b")
#: "2³", "10^18"
_RAISED = re.compile(r"\^\{?(\d{1,2})\}?(?!\d)|[²³]")
_SUPERSCRIPTS = str.maketrans("²³", "23")
MOST_RAISED = 10**6
COMMA = ("de", "es", "fr", "it", "nl", "pt")  # languages that have a comma before the rest
MOST_NESTED = 3  # spans that begin one in another
MOST_DIGITS = 200  # of one number, that are held against others: Python reads no more than 4300 as one
_YEARS = re.compile(r"e?rs?\b|s\b")
_PER_CENT = re.compile(r"\s?(?:per|por|pour)\s$", re.IGNORECASE)
_ROMAN = re.compile(r"\bX{0,3}(?:IX|IV|V?I{0,3})\b")
_VULGAR = re.compile(r"(\d{1,4})?\s?([½¼¾⅓⅔⅛])")
_TO_MONTH = re.compile(r"(?:\.|st|nd|rd|th|er|º)?\s(?:de\s|of\s)?")
_FROM_MONTH = re.compile(r"\.?\s(?:the\s)?$")
DAY = Unit("day", "day")
_MINUS = re.compile(r"(?:(?:^|[\s(=≈])[-−]|\bminus\s)$", re.IGNORECASE)
_BELOW = re.compile(
    r"[^\n.,;]{0,14}?\s(?:below (?:zero|freezing)|unter null|bajo cero|en dessous de zéro|sotto zero|abaixo de zero)"
)
#: "10 to 14 per minute", "zwischen 3 und 6 m": the first number is of the second one's unit
_JOINED = re.compile(r"\s?(?:to|and|or|bis|und|oder|a|y|o|à|et|ou|e|en|of|od|do|tot|–|-|—|,)\s?", re.IGNORECASE)
#: "a day or two"
_A_UNIT_OR = re.compile(r"\b(?:an?|one|eine?n?|une?|una|uma)\s(?P<unit>[^\W\d_]+)\s(?:or|oder|ou|o)\s$", re.IGNORECASE)
_AND = re.compile(r"\s(?:and|y|e|et|und|en)\s(?:(?:a|ein|un)\s)?|\s|-", re.IGNORECASE)
#: "434,000 of them": of the unit before it
_OF_THEM = re.compile(r"\s(?:of (?:them|these|which|it)|davon|de ellos|d'entre|deles|di essi|daarvan|z nich)\b")
#: "second of three"
_PLACE_OF = re.compile(r"\sof\s(?:the\s)?(?:\d+|two|three|four|five|six|seven|eight|nine|ten)\b")
#: "about a third of": a part of a whole; "more than half of" may be any
_SHARE_OF = re.compile(r"\s(?:of|more|less|fewer|higher|lower)\b|\s?[.,;)\[]|\sand\b|$")
_A_SHARE = re.compile(r"(?<!than )(?<!under )(?<!over )(?<!nearly )(?<!almost )\b(?:a|one)\s$", re.IGNORECASE)
#: "half of them"; "more than half of them" may be any, "the first half of the" is none
_HALF_OF = re.compile(r"\sof\s(?:the|them|these|those|all|its|their|his|her)\b")
_NO_HALF = re.compile(
    r"\b(?:than|under|over|nearly|almost|about|first|second|other|latter|each|the|this|that|upper|lower|left|right)\s$",
    re.IGNORECASE,
)
#: "one to two years"
_ONE_TO = re.compile(
    r"\b(?:one|eine?[nmr]?|une?|una?)(?=(?:\s(?:to|or|bis|oder|à|ou|a|o)\s|-to-)(?:two|three|zwei|drei|deux|trois|dos|tres)\b)",
    re.IGNORECASE,
)
#: "one man in four", "una de cada cinco": a part of all
_ONE_IN = re.compile(
    r"\b(?:one|une?|una?)\s(?:[^\W\d_]+\s)?(?:in|out of|sur|de cada)\s(?:every\s)?(?P<of>[^\W\d_]+|\d{1,7})\b"
    r"(?!\s\d|[.,]\d)",
    re.IGNORECASE,
)
#: "2:58:50", "16:19 minutes": how long something takes
_CLOCK = re.compile(
    r"(?<![\d:.,])(?P<h>\d{1,2}):(?P<min>[0-5]\d)(?::(?P<s>[0-5]\d)|(?=\s(?P<unit>minut|hours?\b|stunden|horas|heures)))"
    r"(?![\d:])(?:\s(?:h|std\.?|hours?|stunden|horas|heures|min\.?|minut(?:es?|en|os))\b)?",
    re.IGNORECASE,
)
#: "19th century", "XIXe siècle", "siglo XIX"
_CENTURY = re.compile(
    r"(?P<n>\d{1,2})(?:st|nd|rd|th|\.|e|er|º)?[\s-](?:century|jahrhunderts?|siècles?|jh\.)"
    r"|(?P<x>[XVI]{1,5})(?:e|er)?\ssiècles?\b|\bsiglo\s(?P<y>[XVI]{1,5})\b",
    re.IGNORECASE,
)
#: behind an ordinal of which nothing is told but that of the one before it
_ALONE, _STOP = re.compile(r"[.,;:)]|$|\s(?:and|or|und|oder)\b"), re.compile(r"[.!?]\s|\n")
CENTURY = Unit("century of ours", "century of ours")
_SECONDS = Unit("s", "s1")
_OUT_OF = re.compile(r"\s(?:out of|in|von|de cada|sur|su|em cada|op de|na)\s(?:every\s|each\s)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number:
    """`values` are what it may mean, `unit` what stands beside it. `is_part`: of a whole ("a third"). `is_loose`: told
    only where the source has it in that form, since it is more often something else. `is_name`: in "C4", "HTTP/2"."""

    start: int
    end: int
    values: frozenset[Fraction]
    unit: Unit = NONE
    is_part: bool = False
    is_loose: bool = False
    is_name: bool = False
    is_word: bool = False
    is_plain: bool = True  # without a mark between its figures, as years are
    times: Fraction = Fraction(1)  # "million" of "3 million"
    is_opening: bool = False  # "an hour" of "an hour and ten minutes", where what follows is of that unit too
    is_both: bool = False  # all of that
    until: int = 0  # where its unit ends

    def is_same(self, other: Number, nearly: Fraction = Fraction(0)) -> bool:
        """Whether both may be one; a number without a unit is of any."""
        if CENTURY in (self.unit, other.unit) and self.unit != other.unit:  # "the fourteenth"
            is_ordinal = any(one.is_word and one.is_part and not one.unit.name for one in (self, other))
            return is_ordinal and bool(self.values & other.values)
        if self.unit.above and (self.unit.above == other.unit.above):
            is_split = bool(self.unit.below) and bool(other.unit.below)
            if is_split and self.unit.below != other.unit.below:
                return False
            mine, its = (one.unit.size / (one.unit.part if is_split else 1) for one in (self, other))
            room = nearly if mine == its else max(nearly, Fraction(1, 80))
        elif self.unit.above == "%1" and (other.is_part or not other.unit.above):
            mine, its, room = self.unit.size, Fraction(1), nearly
            if not other.is_part and not any(value < 1 for value in other.values):
                return False
        elif other.unit.above == "%1" and self.is_part:
            mine, its = Fraction(1), other.unit.size
            room = max(nearly, Fraction(1, 80)) if self.is_word else nearly  # "a third": 33 %
        elif self.unit.above and (
            not (self.unit.is_years or self.unit.above == "day") or other.unit.above
        ):  # "8-year-old": "aged eight"
            return False
        else:
            mine, its, room = Fraction(1), Fraction(1), nearly
        if not room and mine == its:
            return bool(self.values & other.values)
        return any(abs(a * mine - b * its) <= room * abs(b * its) for a in self.values for b in other.values)


def digits(text: str, language: str = "") -> frozenset[Fraction]:
    """What digits may mean: a point or a comma before three digits groups them, or parts the whole from the rest."""
    text = re.sub(r"['’\s\u00a0\u202f]", "", text)[:MOST_DIGITS]
    marks = re.findall(r"[.,]", text)
    if not marks:
        return frozenset({Fraction(text)})
    last = max(text.rfind("."), text.rfind(","))
    whole, rest = re.sub(r"[.,]", "", text[:last]), text[last + 1 :]
    found = set()
    mark = "," if language == "en" else "." if language in COMMA else ""  # English has a point before the rest
    is_grouped = marks == [mark] and len(rest) == 3 and not whole.startswith("0")
    if (len(set(marks)) == 2 or len(marks) == 1) and not is_grouped:
        found.add(Fraction(f"{whole}.{rest}"))
    if len(set(marks)) == 1 and len(rest) == 3 and not whole.startswith("0"):
        found.add(Fraction(whole + rest))
    return frozenset(found or {Fraction(whole + rest)})


def _of_digits(text: str, match: re.Match[str], language: str) -> Number:
    start, end = match.span()
    values = digits(match[0], language)
    if (raised := _RAISED.match(text, end)) and all(abs(value) < MOST_RAISED for value in values):
        power = int(raised[1] or raised[0].translate(_SUPERSCRIPTS))
        values, end = frozenset(value**power for value in values), raised.end()
    if _MINUS.search(text, max(0, start - 7), start) or _BELOW.match(text, end):
        values = frozenset(-value for value in values)
    is_name = bool(re.search(r"[^\W\d]$|[^\W\d_][/-]$", text[max(0, start - 2) : start])) or (
        text[end : end + 1].isalpha()
        and not _ORDINAL.match(text, end)
        and not unit_at(text, start, end)[0].name
        and not _YEARS.match(text, end)
    )
    return Number(start, end, values, is_name=is_name, is_plain=match[0].isdigit())


@lru_cache(maxsize=64)
def numbers_in(text: str, language: str = "") -> tuple[Number, ...]:
    """Every number of a text, in order of where it stands. `language` is a code of two letters, "" where not known."""
    dates = months_in(text)
    joined = _fractions(text, _multiplied(text, sorted(_written(text, language, dates), key=lambda one: one.start)))
    measured = [_with_unit(text, one) for one in joined]
    units = [(one.end, one.until) for one in measured if one.unit.name]  # "30 seconds": no "second"
    told = _with_centuries(text, [one for one in measured if not is_within(one.start, units)])
    told = _with_others_units(text, _with_days(text, told, dates))
    told += [
        Number(one.start, one.end, frozenset({Fraction(one.value)}), Unit(one.part, one.part), until=one.end)
        for one in dates
    ]
    return tuple(sorted(_with_periods(text, told), key=lambda one: one.start))


def _with_centuries(text: str, told: list[Number]) -> list[Number]:
    """ "In the thirteenth century, and he in the fourteenth": a century too."""
    last = None
    for at, one in enumerate(told):
        if one.unit == CENTURY:
            last = one
        is_alone = one.is_word and one.is_part and not one.unit.name and _ALONE.match(text, one.end)
        if last and is_alone and not _STOP.search(text, last.end, one.start):
            told[at] = replace(one, unit=CENTURY, values=frozenset({max(one.values)}), is_part=False)
    return told


def _with_periods(text: str, told: Sequence[Number]) -> list[Number]:
    """And the stretches of time, those of two parts as one too: "2 hours and 10 minutes"."""
    periods = [
        Number(
            one.start, one.end, frozenset({one.value}), _of_period(one.unit), is_loose=one.is_loose,
            is_word=True, is_opening=one.is_part, until=one.end,
        )
        for one in periods_in(text)
    ]  # fmt: skip
    spans = sorted((one.start, one.end) for one in periods)
    apart = sorted([*(one for one in told if not is_within(one.start, spans)), *periods], key=lambda one: one.start)
    found = []
    for one, other in pairwise(apart):
        is_time = one.unit.above == other.unit.above == unit("min").above and one.unit.size > other.unit.size
        if is_time and not (one.unit.below or other.unit.below) and BOTH.fullmatch(text, one.until, other.start):
            share = one.unit.size / other.unit.size
            both = frozenset(a * share + b for a in one.values for b in other.values)
            found.append(Number(one.start, other.end, both, other.unit, is_both=True, until=other.until))
    return [one for one in apart if not one.is_opening] + found


def _of_period(name: str) -> Unit:
    return CENTURY if name == CENTURY.name else unit(name) if name else NONE


def _written(text: str, language: str, dates: Sequence[DatePart]) -> Iterator[Number]:
    """Each run of digits, word and Roman numeral that is a number, by itself."""
    taken = [(one.start, one.end) for one in dates]
    whole = sorted(_whole(text, language), key=lambda one: one.start)
    yield from whole
    taken = sorted([*taken, *((one.start, one.end) for one in whole)])
    for match in _DIGITS.finditer(text):
        if not is_within(match.start(), taken) and not _VULGAR.match(text, match.start()):
            yield _of_digits(text, match, language)
    for match in _VULGAR.finditer(text):
        part = Fraction(normalize("NFKC", match[2]).replace("⁄", "/"))
        yield Number(*match.span(), frozenset({int(match[1] or 0) + part}))
    for match in _WORD.finditer(text):
        if is_within(match.start(), taken):
            continue
        values, is_part = readings(match[0], language)
        count = frozenset(value for value in values if value >= 1)  # "half a century" is no century of ours
        if count and (century := CENTURY_BEHIND.match(text, match.end())):
            yield Number(match.start(), century.end(), count, CENTURY, is_word=True)
        elif values and not _PER_CENT.search(text, max(0, match.start() - 6), match.start()):
            values |= _of_decade(text, match, values)
            yield Number(*match.span(), values, is_part=is_part, is_loose=_is_loose(text, match), is_word=True)
    for match in _ROMAN.finditer(text):
        if len(match[0]) > 1 and not is_within(match.start(), taken) and (value := _roman(match[0])):
            yield Number(*match.span(), frozenset({Fraction(value)}), is_name=True, is_word=True)


def _whole(text: str, language: str) -> Iterator[Number]:
    """What is one number though it has two in it: a time that something takes, a century, "one in four"."""
    for match in _CLOCK.finditer(text):
        is_short = (match["unit"] or "").lower() == "minut"
        first, second = int(match["h"]), int(match["min"])
        value = 60 * first + second if is_short else 3600 * first + 60 * second + int(match["s"] or 0)
        yield Number(*match.span(), frozenset({Fraction(value)}), _SECONDS, is_plain=False)
    for match in _CENTURY.finditer(text):
        value = int(match["n"]) if match["n"] else _roman((match["x"] or match["y"]).upper())
        yield Number(*match.span(), frozenset({Fraction(value)}), CENTURY)
    for match in _ONE_TO.finditer(text):
        yield Number(*match.span(), frozenset({Fraction(1)}), is_loose=True, is_word=True)
    for match in _ONE_IN.finditer(text):
        of = match["of"].lower()
        values = digits(of) if of.isdigit() else readings(of, language)[0]
        if values and not unit_at(text, *match.span("of"))[0].name and not 1000 <= min(values) <= 2100:
            yield Number(*match.span("of"), frozenset({1 / max(values)}), is_part=True)


def _of_decade(text: str, match: re.Match[str], values: frozenset[Fraction]) -> frozenset[Fraction]:
    """The years that "los años sesenta" and "die sechziger Jahre" are: mostly those of the last century."""
    if not (
        DECADE_AHEAD.search(text, max(0, match.start() - 6), match.start()) or DECADE_BEHIND.match(text, match.end())
    ):
        return frozenset()
    return frozenset(1900 + value for value in values if 20 <= value < 100 and value % 10 == 0)


def _is_loose(text: str, match: re.Match[str]) -> bool:
    """Whether a word is often none of its numbers, and nothing beside it says that it is: "a third of", "half of"."""
    if match[0].lower() not in LOOSE:
        return False
    if _PLACE_OF.match(text, match.end()) or CENTURY_BEHIND.match(text, match.end()):
        return False
    if match[0].lower() == "half" and _HALF_OF.match(text, match.end()):
        return bool(_NO_HALF.search(text, max(0, match.start() - 12), match.start()))
    return not (_SHARE_OF.match(text, match.end()) and _A_SHARE.search(text, max(0, match.start() - 24), match.start()))


def _with_others_units(text: str, told: list[Number]) -> list[Number]:
    """The first of "10 to 14 per minute" is of the second one's unit, "434,000 of them" of that before it."""
    for at in range(len(told) - 2, -1, -1):
        one, other = told[at], told[at + 1]
        between = _JOINED.fullmatch(text, one.end, other.start)
        if one.unit.name or not between or ("," in between[0] and one.is_word != other.is_word):
            continue  # the last: "at 44, six months later"
        more = frozenset(value * other.times for value in one.values)  # "12 to 2 million"
        told[at] = replace(one, unit=other.unit, values=one.values | more)
    for at, one in enumerate(told):
        match = None if one.unit.name or one.is_part else _A_UNIT_OR.search(text, max(0, one.start - 30), one.start)
        if match:
            told[at] = replace(one, unit=unit_at(text, match.start(), match.start("unit") - 1)[0])
    for at in range(1, len(told)):
        if not told[at].unit.name and not told[at].is_part and _OF_THEM.match(text, told[at].end):
            told[at] = replace(told[at], unit=told[at - 1].unit)
    return told


def _with_unit(text: str, one: Number) -> Number:
    if one.unit.name:
        return replace(one, until=one.end)
    found, until = unit_at(text, one.start, one.end)
    return replace(one, unit=found, until=until)


def _with_days(text: str, numbers: list[Number], dates: Sequence[DatePart]) -> list[Number]:
    """A number beside a month is a day's."""
    starts = {one.start for one in dates if one.part}
    ends = {one.end for one in dates if one.part}
    found = []
    for one in numbers:
        behind, ahead = _TO_MONTH.match(text, one.end), _FROM_MONTH.search(text, max(0, one.start - 3), one.start)
        is_day = not one.unit.name and all(1 <= value <= 31 for value in one.values)
        is_beside = (behind and behind.end() in starts) or (ahead and ahead.start() in ends)
        found.append(replace(one, unit=DAY) if is_day and is_beside else one)
    return found


def is_within(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a position lies in one of these spans, which stand in order."""
    place = bisect_right(spans, at, key=lambda span: span[0])
    return any(at < end for _, end in spans[max(0, place - MOST_NESTED) : place])


def _roman(text: str) -> int:
    sizes = {"I": 1, "V": 5, "X": 10}
    values = [sizes[letter] for letter in text]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))


def _multiplied(text: str, found: list[Number]) -> list[Number]:
    """ "3 million", "two hundred and fifty", "treinta y cinco", "ten and a half" are one number each."""
    joined: list[Number] = []
    for one in found:
        last = joined[-1] if joined else None
        if last and _AND.fullmatch(text, last.end, one.start) and not last.is_name and not one.is_name:
            both = _together(last, one, bare=not text[last.end : one.start].strip(" -"))
            if both:
                times = max(one.values) if max(one.values) in POWERS else last.times
                joined[-1] = Number(last.start, one.end, both, is_word=last.is_word, times=times)
                continue
        joined.append(one)
    return joined


def _together(one: Number, other: Number, *, bare: bool) -> frozenset[Fraction]:
    """What two numbers side by side come to, nothing where they are two. `bare`: no word between them."""
    (a, *_), (b, *_) = sorted(one.values, reverse=True), sorted(other.values, reverse=True)
    if b in POWERS and bare and other.is_word:
        return frozenset(value * b for value in one.values)
    if not other.is_word or (other.is_part and b != Fraction(1, 2)):
        return frozenset()
    if other.is_part and Fraction(1, 2) in other.values and not bare and a.denominator == 1 and a >= 1:
        return frozenset(value + Fraction(1, 2) for value in one.values)
    if not one.is_word or other.is_part:
        return frozenset()
    if (20 <= a < 100 and a % 10 == 0 and b < 10) or (a >= 100 and a % 100 == 0 and b < 100 and a > b):
        return frozenset({a + b})
    return frozenset()


def _fractions(text: str, found: list[Number]) -> list[Number]:
    """ "two thirds", "2/3", "nine out of ten" are one number each, parts of a whole."""
    joined: list[Number] = []
    for one in found:
        last = joined[-1] if joined else None
        if last and not last.is_name and not last.is_part and all(v.denominator == 1 for v in last.values):
            (a, *_), b = sorted(last.values), max(one.values)
            if one.is_part and one.is_word and not text[last.end : one.start].strip(" -\u00a0") and a < 20:
                joined[-1] = Number(last.start, one.end, frozenset({a * min(one.values)}), is_part=True)
                continue
            is_ratio = a < b <= 20 and text[last.end : one.start] == "/"
            if is_ratio or (a < b and b in (10, 100, 1000) and _OUT_OF.fullmatch(text, last.end, one.start)):
                joined[-1] = Number(last.start, one.end, frozenset({a / b}), is_part=True)
                continue
        joined.append(one)
    return joined
