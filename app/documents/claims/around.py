"""What stands around a number and says of what it is told.

surroundings("80 for HTTP", one, numbers).thing       # "http"
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from app.documents.claims.numbers import Number, is_within, numbers_in
from app.documents.claims.support import HALF, clauses_of, is_same, sentences_of, source_language, words_in
from app.documents.sentences import Span

_STOP, _PAUSE = re.compile(r"[.!?](?:\s|$)|\n"), re.compile(r";\s")
_TIMES = re.compile(
    r"twice|thrice|doubl\w*|tripl\w*|doppelt\w*|zweimal|dreimal|dobl\w*|\w+-?fold|\w+-?fach\w*", re.IGNORECASE
)
_HALF = re.compile(r"half|halb|hälfte|mitad|moitié", re.IGNORECASE)
_TIMES_BEHIND = re.compile(r"[\s-]?(?:times|mal|veces|fois|volte|vezes|fold|fach)\b", re.IGNORECASE)
#: "twice as", "doppelt so", "twice that of": of two things, not how often
COMPARED = re.compile(
    r"(?:[\s-](?:times|mal|veces|fois))?\s(?:as|that|the|of|so|wie|der|von|más|que|plus|de)\b", re.IGNORECASE
)
#: behind a number: what it is told of
_LABEL = re.compile(r"\s(?:for|für|bei|para|pour|per)\s")
#: between the parts of a date
_DATE_JOINT = re.compile(r"(?:\.|st|nd|rd|th|º)?,?\s?(?:de\s|of\s|\.|-|/)?", re.IGNORECASE)
#: behind a number: what follows is the whole, not what is counted
_PARTITIVE = re.compile(r"\s(?:of|von|de|d['’]|di|van|z)\b")

#: between the ends of a range
_TO = re.compile(r"\s?(?:to|bis|a|à|al|–|-|—)\s?")
#: right before a number: it is said that something is not so many
_NOT = re.compile(
    r"(?:\b(?:not|nicht|kein\w*|no|non|pas|instead of|rather than|statt|anstatt|anstelle von|en vez de|en lugar de"
    r"|au lieu de|invece di|em vez de)"
    r"(?!\s(?:only|just|more|less|fewer|later|earlier|older|until|till|exceed\w*|over|above|even|nur|mehr|weniger|bis|erst"
    r"|später|älter|über|einmal|más|menos|solo|plus|moins|seulement))\b)(?:\s(?!(?:hasta|until|till|bis|before|avant|jusqu|than|als|que|de)\b)[^\W\d_]+){0,4}\s[^\w\s]?$",
    re.IGNORECASE,
)
NOT_BEFORE = 40  # characters
MOST_AROUND = 60  # words and numbers to each side that tell of one
MOST_INHERITED = 6  # clauses of numbers alone that stand between one and the words that it goes on with
BESIDE = 4  # numbers that are looked at for a neighbour: parts of one stretch of time lie in it


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The words around a number: of its sentence, of its half of that, of its clause, the one behind it and the one
    before it, and the first of its half, which mostly is what it is told of."""

    sentence: frozenset[str]
    clause: frozenset[str]
    behind: str
    ahead: str
    half: frozenset[str]
    first: str
    at: int
    thing: str = ""  # "80 for HTTP and 443 for HTTPS"
    whole: str = ""  # "80 % of the cases"
    others: frozenset[str] = frozenset()  # the numbers before and behind it
    is_times: bool = False  # "twice", "three times"
    part: int = 0  # where its clause begins
    counted: str = ""  # the word right behind it ("8 arms"), or what its unit measures
    is_denied: bool = False  # "5 %, not 6 %"
    ends: frozenset[str] = frozenset()  # "14" of "10 to 14": told of the same thing, so that it tells nothing of it
    inherited: frozenset[str] = frozenset()  # the words that a clause of numbers alone goes on with
    is_common: bool = False  # the source speaks of the first throughout


@dataclass(frozen=True, slots=True)
class Place:
    """A number of a passage with its surroundings."""

    number: Number
    around: Surroundings


@lru_cache(maxsize=64)
def places_of(passage: str) -> tuple[Place, ...]:
    """The numbers of a passage."""
    numbers = numbers_in(passage, source_language(passage))
    laid = _laid(passage, numbers)
    return tuple(Place(one, _surroundings(laid, one)) for one in numbers)


def surroundings(text: str, one: Number, numbers: Sequence[Number]) -> Surroundings:
    """What stands around a number; other numbers are words too."""
    return _surroundings(_laid(text, numbers), one)


@dataclass(frozen=True, slots=True)
class _Laid:
    """A text's spans and its words and numbers, in order of where they stand: looked up, never gone through for each
    number, so that a table of thousands takes no longer for each than a sentence."""

    text: str
    sentences: tuple[Span, ...]
    clauses: tuple[Span, ...]
    halves: tuple[Span, ...]
    tokens: tuple[tuple[int, str, Number | None], ...]
    told: tuple[Number, ...]  # that may be another one's neighbour

    def around(self, spans: Sequence[Span], at: int) -> Span:
        """That of the spans that holds a position; all of the text where none does."""
        place = bisect_right(spans, at, key=_first) - 1
        return spans[place] if place >= 0 and at < spans[place][1] else (0, len(self.text))

    def words(self, start: int, end: int, one: Number) -> list[str]:
        """The words and the other numbers in a span, the nearest ones of very many."""
        first, last = (bisect_left(self.tokens, at, key=_first) for at in (start, end))
        if last - first > 2 * MOST_AROUND:
            at = bisect_left(self.tokens, one.start, key=_first)
            first, last = max(first, at - MOST_AROUND), min(last, at + MOST_AROUND)
        return [
            token
            for place, token, owner in self.tokens[first:last]
            if owner is not one and (owner or not one.start <= place < one.until)
        ]

    def is_other_end(self, other: Number, one: Number) -> bool:
        """Whether another number is the other end of a range with this one."""
        low, high = (one, other) if one.start < other.start else (other, one)
        is_alike = low.unit.above in ("", high.unit.above) and min(low.values) < max(high.values)
        return is_alike and bool(_TO.fullmatch(self.text, low.until, high.start))

    def inherited(self, clause: Span, one: Number) -> frozenset[str]:
        """The words of the clause before one that has only numbers: "32 mg are left after 8 days, 16 mg after 16"."""
        if any(not token.startswith("#") for token in self.words(*clause, one)):
            return frozenset()
        start, last = self.around(self.sentences, clause[0])[0], bisect_left(self.clauses, clause) - 1
        for at in range(last, max(-1, last - MOST_INHERITED), -1):
            if self.clauses[at][0] < start:
                break
            if words := [token for token in self.words(*self.clauses[at], one) if not token.startswith("#")]:
                return frozenset(words)
        return frozenset()

    def counted(self, one: Number) -> str:
        """The word that stands right behind a number, or what its unit measures; "" where neither does."""
        place = bisect_left(self.tokens, one.until, key=_first)
        at, token, owner = self.tokens[place] if place < len(self.tokens) else (0, "", None)
        if one.unit.name:
            return f"#{one.unit.above}"
        is_right_behind = not owner and at == one.until + 1 and self.text[one.until] in " -\u00a0"
        return token if is_right_behind else ""


def _first(one: tuple[int, ...] | tuple[int, str, Number | None]) -> int:
    return one[0]


def _laid(text: str, numbers: Sequence[Number]) -> _Laid:
    told = sorted((one for one in numbers if not one.is_name), key=lambda one: one.start)
    tokens: list[tuple[int, str, Number | None]] = [(one.start, _token(one), one) for one in told]
    inside = [(one.start, one.until) for one in told]
    tokens += [(word.start, word.text, None) for word in words_in(text) if not is_within(word.start, inside)]
    return _Laid(
        text, sentences_of(text), clauses_of(text), clauses_of(text, by=HALF),
        tuple(sorted(tokens, key=lambda one: one[:2])), tuple(one for one in told if not one.is_both),
    )  # fmt: skip


def _surroundings(laid: _Laid, one: Number) -> Surroundings:
    text = laid.text
    sentence = laid.around(laid.sentences, one.start)
    start, end = clause = laid.around(laid.clauses, one.start)
    behind, ahead = laid.words(one.until, end, one), laid.words(start, one.start, one)
    whole = behind[0] if behind and _PARTITIVE.match(text, one.until) else ""
    behind = [] if whole else behind
    half = [token for token in laid.words(*laid.around(laid.halves, one.start), one) if token != whole]
    return Surroundings(
        frozenset(laid.words(*sentence, one)),
        (frozenset(laid.words(start, end, one)) | _leading_names(text, sentence, clause)) - {whole},
        (*behind, "")[0],
        ("", *ahead)[-1],
        frozenset(half),
        next((token for token in half if not token.startswith("#")), ""),
        sentence[0],
        behind[0] if behind and _LABEL.match(text, one.until) else "",
        whole,
        frozenset(_token(other) for other in _next_to(laid, one)),
        is_times(text, one),
        start,
        laid.counted(one),
        bool(_NOT.search(text, max(start, one.start - NOT_BEFORE), one.start)),
        frozenset(_token(other) for other in _next_to(laid, one) if laid.is_other_end(other, one)),
        laid.inherited(clause, one),
    )


def _token(number: Number) -> str:
    is_part = number.unit.is_years and any(value.denominator > 1 for value in number.values)
    size = number.unit.size if is_part or number.unit.above == "s1" else 1  # "half a year": six months, "two weeks"
    return "#" + "/".join(map(str, sorted(value * size for value in number.values)))


def _next_to(laid: _Laid, one: Number) -> Iterator[Number]:
    """The number before one and that behind it, where no sentence ends between; of a date all parts."""
    at = bisect_left(laid.told, one.start, key=lambda other: other.start)
    before = [other for other in reversed(laid.told[max(0, at - BESIDE) : at]) if other.end <= one.start]
    behind = [other for other in laid.told[at : at + BESIDE] if other.start >= one.end]
    near = [  # with what lies between
        (side, laid.text[min(side[0].end, one.end) : max(side[0].start, one.start)])
        for side in (before, behind)
        if side
    ]
    near = [(side, between) for side, between in near if not _STOP.search(between)]
    is_parted = len(near) == 2 and sum(bool(_PAUSE.search(between)) for _, between in near) == 1
    for side, between in near:
        if not (is_parted and _PAUSE.search(between)):
            yield from _with_date(laid.text, side)


def _with_date(text: str, near: Sequence[Number]) -> Iterator[Number]:
    """The first of these, and what is one date with it."""
    yield near[0]
    for one, other in pairwise(near):
        between = text[min(one.end, other.end) : max(one.start, other.start)]
        if not _DATE_JOINT.fullmatch(between) or not {"day", "month"} & {one.unit.above, other.unit.above}:
            return
        yield other


def is_times(text: str, one: Number) -> bool:
    """Whether a number says how many times as much something is."""
    is_half = _HALF.fullmatch(text, one.start, one.end) and COMPARED.match(text, one.end)
    return bool(is_half or _TIMES.fullmatch(text, one.start, one.end) or _TIMES_BEHIND.match(text, one.end))


def _leading_names(text: str, sentence: tuple[int, int], clause: tuple[int, int]) -> frozenset[str]:
    """The names that a sentence begins with: what each of its clauses is told of that has none."""
    start, end = sentence
    is_joined = text[: clause[0]].rstrip().endswith((" and", " und", " y"))  # "He came and took command of 70,000"
    if not is_joined or any(word.is_name for word in words_in(text[slice(*clause)])):
        return frozenset()
    found = list[str]()
    for word in words_in(text[start:end]):
        if not (word.is_name or (not found and word.start == 0 and text[start : start + 1].isupper())):
            break
        found.append(word.text)
    return frozenset(found) if len(found) > 1 else frozenset()


def is_beside(one: str, other: str) -> bool:
    """Whether two texts have forms of one word beside a number; none has "" there."""
    return bool(one and other) and is_same(one, other)
