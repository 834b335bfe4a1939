"""Numbers that a source does not have, or has of something else.

    false_number("It needs 84 s.", [Source("In theory this takes 84 s; the kettle needs 95 s.")])        # "84"

A number is right where the source has it in the same unit (or a like one: 240 kJ, 240,000 J) and no other number of its
kind stands nearer to the words that the sentence has around it; where it is the result of a sum that is right, or
follows from the source's numbers and is said to ("in total", "so"); and where it says itself that it is rounded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from app.documents.claims.derived import is_derived, rounded
from app.documents.claims.numbers import Number, numbers_in
from app.documents.claims.sums import false_reaction, reckoned_in, wrong_sum
from app.documents.claims.support import (
    HALF,
    best_support,
    clauses_of,
    is_in,
    is_same,
    sentences_of,
    source_language,
    words_in,
)

LEAST_SAID = 0.6
MOST_NUMBERS = 60  # of one sentence, that are held against others of the source
#: numbers that only count what is being said: "Step 2", "the two"
_STEP = re.compile(
    r"\b(?:step|point|reason|example|question|part|schritt|punkt|grund|beispiel|paso|étape)\s$", re.IGNORECASE
)
_THE = re.compile(r"\b(?:the|these|those|die|diese|den|los|las|estos|les|ces|os|as|de)\s$", re.IGNORECASE)
#: behind a number: what follows is the whole, not what is counted
#: behind a number: what it is told of
_LABEL = re.compile(r"\s(?:for|für|bei|para|pour|per)\s")
_PARTITIVE = re.compile(r"\s(?:of|von|de|d['’]|di|van|z)\b")


def false_number(text: str, passages: Sequence[str], question: str, before: str = "", language: str = "") -> str | None:
    """A number that no passage has, or has only of something else; None where there is none. `before` is the sentence
    before it, which says what "that" is."""
    if (wrong := wrong_sum(text) or false_reaction(text, passages)) is not None:
        return wrong
    claimed = [one for one in numbers_in(text, language) if not one.is_loose and not _only_counts(text, one)]
    passages = passages if _has_words(text, claimed) else _near(before, passages)
    places = [place for passage in passages for place in _places(passage)]
    asked, (members, results) = numbers_in(question, language), reckoned_in(text)
    is_reckoned = any(results & place.number.values for place in places)
    for at, one in enumerate(claimed):
        if any(one.is_same(other) and one.unit.name != other.unit.name for other in claimed[max(0, at - 8) : at]):
            continue  # said again in another unit
        same = [place for place in places if one.is_same(place.number) and not _is_ordinal_of(place.number, one)]
        if (
            one.values & results
            or (is_reckoned and one.values & members)
            or (not same and any(one.is_same(known) for known in asked))
        ):
            continue
        if one.is_name and not same and not _is_known_name(text, one, passages):
            continue
        is_short = len(claimed) <= MOST_NUMBERS
        is_compared = is_short and not (one.is_name or (one.is_part and one.is_word) or one.values & members)
        if not same or (is_compared and _belongs_elsewhere(text, one, one, claimed, places, before, language)):
            meant = rounded(text, one, [place.number for place in places])
            if any(not _belongs_elsewhere(text, one, it, claimed, places, before, language) for it in meant):
                continue
            if not is_short or not is_derived(text, one, claimed, numbers_in(before, language), passages):
                return text[one.start : one.end]
    return None


def _is_ordinal_of(other: Number, one: Number) -> bool:
    """Whether a source only counts up to a number in words: "the ninth" for "nine"."""
    return one.is_word and other.is_word and other.is_part and not one.is_part and not one.is_name


def _has_words(text: str, numbers: Sequence[Number]) -> bool:
    """Whether a sentence says of itself what its numbers are told of; "That was on 17 June." does not."""
    return any(not any(one.start <= word.start < one.until for one in numbers) for word in words_in(text))


def _near(before: str, passages: Sequence[str]) -> Sequence[str]:
    """What stands around the place that says what the sentence before says; all of it where no place does."""
    best = best_support(words_in(before), passages)
    if best is None or best.share < LEAST_SAID:
        return passages
    passage = passages[best.passage]
    spans = sentences_of(passage)
    first = max(0, next(at for at, span in enumerate(spans) if span[1] > best.start) - 1)
    last = min(len(spans), next(at for at, span in enumerate(spans, 1) if span[1] >= best.end) + 1)
    return [passage[spans[first][0] : spans[last - 1][1]]]


def _is_known_name(text: str, one: Number, passages: Sequence[str]) -> bool:
    """Whether the passages have the letters before it with another number: "HTTP/3", where it says "HTTP/4"."""
    letters = re.search(r"[^\W\d_]+[/-]?$", text[max(0, one.start - 30) : one.start])
    if letters is None:
        return one.is_word
    with_number = re.compile(rf"(?<![^\W_]){re.escape(letters[0])}\d")
    return one.is_word or any(with_number.search(passage) for passage in passages)


def _only_counts(text: str, one: Number) -> bool:
    before = text[max(0, one.start - 12) : one.start]
    return bool(_STEP.search(before) or (one.values == {2} and one.is_word and _THE.search(before)))


@dataclass(frozen=True, slots=True)
class _Surroundings:
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


@dataclass(frozen=True, slots=True)
class _Place:
    """A number of a passage with its surroundings."""

    number: Number
    around: _Surroundings


@lru_cache(maxsize=64)
def _places(passage: str) -> tuple[_Place, ...]:
    numbers = numbers_in(passage, source_language(passage))
    return tuple(_Place(one, _surroundings(passage, one, numbers)) for one in numbers)


def _surroundings(text: str, one: Number, numbers: Sequence[Number]) -> _Surroundings:
    """Other numbers are words too."""

    def around(spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
        return next(((start, end) for start, end in spans if start <= one.start < end), (0, len(text)))

    def tokens(start: int, end: int) -> list[str]:
        found = [(word.start + start, word.text) for word in words_in(text[start:end])]
        inside = [other for other in numbers if start <= other.start < end and other is not one and not other.is_name]
        found = [token for token in found if not any(other.start <= token[0] < other.until for other in (*inside, one))]
        found += [(other.start, "#" + "/".join(map(str, sorted(other.values)))) for other in inside]
        return [token for _, token in sorted(found)]

    start, end = around(clauses_of(text))
    behind, ahead = tokens(one.until, end), tokens(start, one.start)
    whole = behind[0] if behind and _PARTITIVE.match(text, one.until) else ""
    behind = [] if whole else behind
    half = [token for token in tokens(*around(clauses_of(text, by=HALF))) if token != whole]
    return _Surroundings(
        frozenset(tokens(*around(sentences_of(text)))),
        (frozenset(tokens(start, end)) | _leading_names(text, around(sentences_of(text)), (start, end))) - {whole},
        (*behind, "")[0],
        ("", *ahead)[-1],
        frozenset(half),
        next((token for token in half if not token.startswith("#")), ""),
        around(sentences_of(text))[0],
        behind[0] if behind and _LABEL.match(text, one.until) else "",
    )


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


def _belongs_elsewhere(
    text: str,
    one: Number,
    meant: Number,
    claimed: Sequence[Number],
    places: Sequence[_Place],
    before: str,
    language: str,
) -> bool:
    """Whether another number stands nearer to the sentence's words, in the passages, than the one that is meant."""
    here = _surroundings(text, one, numbers_in(text, language))
    if len(here.sentence) < 3:
        here = replace(here, sentence=here.sentence | {word.text for word in words_in(before)})
    own = [place for place in places if meant.is_same(place.number)]
    others = [
        place
        for place in places
        if place not in own
        and not any(other.is_same(place.number) for other in claimed)
        and _is_rival(one, place.number, here, place.around)
    ]
    return any(all(_is_ahead(here, other.around, mine.around, meant is not one) for mine in own) for other in others)


def _is_ahead(here: _Surroundings, other: _Surroundings, mine: _Surroundings, is_rounded: bool) -> bool:
    """Whether another number's surroundings are nearer to the sentence than those of the one that it has."""
    ahead = _nearness(here, other) - _nearness(here, mine)
    if other.at == mine.at:  # in one sentence: what it is told of decides
        if is_rounded:
            return False
        if other.thing and mine.thing:
            ahead += 4 * ((other.thing in here.clause) - (mine.thing in here.clause))
        ahead += _of_first(here, other) - _of_first(here, mine)
    return ahead > 0


def _of_first(here: _Surroundings, there: _Surroundings) -> float:
    if not here.first or not is_in(here.first, there.half):
        return 0.0
    return 1.5 + 0.5 * _is_beside(here.first, there.first) + 0.5 * is_in(here.first, there.clause)


def _is_year(number: Number) -> bool:
    return (
        number.is_plain
        and not number.unit.name
        and any(1000 <= value <= 2100 and value.denominator == 1 for value in number.values)
    )


def _is_rival(one: Number, other: Number, here: _Surroundings, there: _Surroundings) -> bool:
    """Whether another number could stand where this one does: of the same unit, and of the same thing or a year too."""
    if (
        (one.unit.above, one.unit.below) != (other.unit.above, other.unit.below)
        or other.is_loose
        or (one.is_name, one.is_part) != (other.is_name, other.is_part)
    ):
        return False
    same_thing = _is_beside(here.behind, there.behind) or _is_beside(here.ahead, there.ahead)
    return same_thing or _is_year(one) == _is_year(other)


def _is_beside(one: str, other: str) -> bool:
    return bool(one and other) and is_same(one, other)


def _nearness(here: _Surroundings, there: _Surroundings) -> float:
    return (
        sum((1.0 if word in here.half else 0.4) * is_in(word, there.sentence) for word in here.sentence)
        + 1.5 * sum(is_in(word, there.clause) for word in here.clause)
        + 0.1 * len(here.clause & there.clause)  # "HTTP" and "HTTPS" are two, "metre" and "metres" are not
        + 1.5 * _is_beside(here.behind, there.behind)
        + 1.5 * _is_beside(here.ahead, there.ahead)
    )
