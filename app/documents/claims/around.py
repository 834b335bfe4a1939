"""What stands around a number and says of what it is told.

surroundings("80 for HTTP", one, numbers).thing       # "http"
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.documents.claims.numbers import Number, numbers_in
from app.documents.claims.support import HALF, clauses_of, is_same, sentences_of, source_language, words_in

_STOP = re.compile(r"[.!?](?:\s|$)|\n")
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
#: behind a number: what follows is the whole, not what is counted
_PARTITIVE = re.compile(r"\s(?:of|von|de|d['’]|di|van|z)\b")


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


@dataclass(frozen=True, slots=True)
class Place:
    """A number of a passage with its surroundings."""

    number: Number
    around: Surroundings


@lru_cache(maxsize=64)
def places_of(passage: str) -> tuple[Place, ...]:
    """The numbers of a passage."""
    numbers = numbers_in(passage, source_language(passage))
    return tuple(Place(one, surroundings(passage, one, numbers)) for one in numbers)


def surroundings(text: str, one: Number, numbers: Sequence[Number]) -> Surroundings:
    """What stands around a number; other numbers are words too."""

    def around(spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
        return next(((start, end) for start, end in spans if start <= one.start < end), (0, len(text)))

    def tokens(start: int, end: int) -> list[str]:
        found = [(word.start + start, word.text) for word in words_in(text[start:end])]
        inside = [other for other in numbers if start <= other.start < end and other is not one and not other.is_name]
        found = [token for token in found if not any(other.start <= token[0] < other.until for other in (*inside, one))]
        found += [(other.start, _token(other)) for other in inside]
        return [token for _, token in sorted(found)]

    start, end = around(clauses_of(text))
    behind, ahead = tokens(one.until, end), tokens(start, one.start)
    whole = behind[0] if behind and _PARTITIVE.match(text, one.until) else ""
    behind = [] if whole else behind
    half = [token for token in tokens(*around(clauses_of(text, by=HALF))) if token != whole]
    return Surroundings(
        frozenset(tokens(*around(sentences_of(text)))),
        (frozenset(tokens(start, end)) | _leading_names(text, around(sentences_of(text)), (start, end))) - {whole},
        (*behind, "")[0],
        ("", *ahead)[-1],
        frozenset(half),
        next((token for token in half if not token.startswith("#")), ""),
        around(sentences_of(text))[0],
        behind[0] if behind and _LABEL.match(text, one.until) else "",
        whole,
        frozenset(_token(other) for other in _next_to(text, one, numbers)),
        is_times(text, one),
        start,
    )


def _token(number: Number) -> str:
    return "#" + "/".join(map(str, sorted(number.values)))


def _next_to(text: str, one: Number, numbers: Sequence[Number]) -> Iterator[Number]:
    """The number before one and that behind it, where no sentence ends between."""
    told = [other for other in numbers if not (other.is_name or other.is_both)]
    before = max((other for other in told if other.end <= one.start), key=lambda other: other.end, default=None)
    behind = min((other for other in told if other.start >= one.end), key=lambda other: other.start, default=None)
    if before and not _STOP.search(text, before.end, one.start):
        yield before
    if behind and not _STOP.search(text, one.end, behind.start):
        yield behind


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
