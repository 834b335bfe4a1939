"""Numbers that a source does not have, or has of something else.

    false_number("It needs 84 s.", [Source("In theory this takes 84 s; the kettle needs 95 s.")])        # "84"

A number is right where the source has it in the same unit (or a like one: 240 kJ, 240,000 J) and no other number of its
kind stands nearer to the words that the sentence has around it; where it is the result of a sum that is right, or
follows from the source's numbers and is said to ("in total", "so"); and where it says itself that it is rounded.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from heapq import nlargest

from app.core.units import Unit
from app.documents.claims.around import COMPARED, Place, Surroundings, is_beside, is_times, places_of, surroundings
from app.documents.claims.derived import is_derived, is_reckoning, is_sum_of, is_total, rounded
from app.documents.claims.exchanged import exchanged
from app.documents.claims.numbers import CENTURY, Number, numbers_in
from app.documents.claims.ordinals import false_ordinal
from app.documents.claims.parallel import of_the_other
from app.documents.claims.periods import false_period
from app.documents.claims.quotes import place_of
from app.documents.claims.ranges import is_in_range, is_level, is_other_way
from app.documents.claims.rates import is_right_rate
from app.documents.claims.small_words import LIGHT
from app.documents.claims.sums import false_reaction, reckoned_in, turned_ratio, wrong_sum
from app.documents.claims.support import best_support, is_in, sentences_of, words_in

LEAST_SAID = 0.6
MORE_WORDS = 0.75  # of a place that has more of the words in all
#: how much more than a word another number tells, the more the nearest one, and that in its half of a sentence
NUMBER_BESIDE, NUMBER_NEAR, NUMBER_NEXT = 1.5, 1.5, 3.0
FIRST_IN_CLAUSE, FIRST_OF_ITEM, FIRST_ELSEWHERE = 0.5, 2.0, 0.6  # how much the word that a sentence begins with tells
ARTICLE = 4  # letters before the word of which a sentence speaks
MOST_OF_FIRST = 1  # sentences with numbers that have this word: a source speaks of what more have throughout
MOST_NUMBERS = 60  # of one sentence, that are held against others of the source
MOST_OWN, MOST_RIVALS = 24, 200  # places of a source that are held against one another: those that share most words
#: numbers that only count what is being said: "Step 2", "the two"
_STEP = re.compile(
    r"\b(?:step|point|reason|example|question|part|schritt|punkt|grund|beispiel|paso|étape)\s$", re.IGNORECASE
)
_THE = re.compile(r"\b(?:the|these|those|die|diese|den|los|las|estos|les|ces|os|as|de)\s$", re.IGNORECASE)
#: "1:2": the other number tells
_TO_ONE, _ONE_TO = re.compile(r"\d\s?:\s?$"), re.compile(r"\s?:\s?\d")
#: what a sentence begins with that goes on with what the one before it told of
_PRONOUN = re.compile(
    r"(?:it|he|she|they|this|these|that|its|his|her|their|er|sie|es|dies\w*|das|ihr\w*|sein\w*|il|elle|ils|elles|ce|cela|él"
    r"|ella|ellos|ellas|est[aeo]s?|su|sus)\b",
    re.IGNORECASE,
)
_DEGREES = ("°", "°C", "°F")
#: code that says more than a number
_CODE = re.compile(r"`([^`\n]*[^\W\d][^`\n]*)`")

#: what is wrong whatever else a sentence says
_WAYS = (lambda text, _: wrong_sum(text), false_reaction, turned_ratio, false_ordinal, false_period)


def false_number(
    text: str, passages: Sequence[str], question: str, before: str = "", language: str = "", own: str = ""
) -> str | None:
    """A number that no passage has, or has only of something else; None where there is none. `before` is the sentence
    before it, which says what "that" is; `own` is the text in its own words, where it is given in its sources'."""
    if (wrong := next(filter(None, (way(text, passages) for way in _WAYS)), None)) is not None:
        return wrong
    claimed = _in_degrees(_claimed(text, passages, language), passages)
    passages = passages if _has_words(text, claimed) else _near(before, passages)
    places = tuple(place for passage in passages for place in places_of(passage))
    said = _Said(text, own, before, language, tuple(claimed), tuple(passages), places)
    asked, (members, results) = numbers_in(question, language), reckoned_in(text)
    is_reckoned = any(results & place.number.values for place in places)
    for at, one in enumerate(claimed):
        if any(_is_said_again(one, other) for other in claimed[max(0, at - 8) : at]):
            continue
        same = _same(said, one)
        if (
            one.values & results
            or (is_reckoned and one.values & members)
            or (not same and any(one.is_same(known) for known in asked))
        ):
            continue
        of_other = of_the_other(text, one, passages) if same and own in ("", text) else None
        if of_other or (of_other is None and _is_false(said, one, same, is_member=bool(one.values & members))):
            return text[one.start : one.end]
    return exchanged(text, claimed, places)


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence with the numbers that it claims, what it cites, and the numbers of that."""

    text: str
    own: str
    before: str
    language: str
    claimed: tuple[Number, ...]
    passages: tuple[str, ...]
    places: tuple[Place, ...]


def _same(said: _Said, one: Number) -> list[Place]:
    """Where the sources have a number."""
    same = [place for place in said.places if one.is_same(place.number) and not _is_ordinal_of(place.number, one)]
    if not one.is_part and is_times(said.text, one) and COMPARED.match(said.text, one.end):
        return [place for place in same if place.around.is_times] or _halves(said.text, one, said.places)
    return same


def _is_false(said: _Said, one: Number, same: Sequence[Place], *, is_member: bool) -> bool:
    """Whether a number is none of the sources, or one of something else. `is_member`: it stands in a right sum."""
    text, passages = said.text, said.passages
    if (is_right := is_right_rate(text, one, numbers_in(text, said.language), passages)) is not None:
        return not is_right
    if not same and not one.is_name and is_in_range(text, one, passages):
        return False
    known = [place.number for place in same[:MOST_OWN]]
    if is_other_way(text, one, known, passages):
        return True
    if is_level(text, one, known, passages):
        same = []  # it may follow from what the sources have
    if one.is_name and not same and not _is_known_name(text, one, passages):
        return False
    is_short = len(said.claimed) <= MOST_NUMBERS
    is_compared = is_short and not (one.is_name or (one.is_part and one.is_word) or is_member)
    if same:
        return is_compared and _belongs_elsewhere(said, one, one) and not _is_in_a_reckoning(said, one, same)
    meant = rounded(text, one, [place.number for place in said.places])
    if any(not _belongs_elsewhere(said, one, it) for it in meant[:MOST_OWN]):
        return False
    return not is_short or not is_derived(text, one, said.claimed, said.before, passages, said.language, said.own)


def _is_in_a_reckoning(said: _Said, one: Number, same: Sequence[Place]) -> bool:
    """Whether a sentence reckons a number that no source has from this one and others, or tells the sum of those that
    stand in one sentence with it."""
    known, sentences = [place.number for place in said.places], {place.around.at for place in same}
    if is_total(said.text, said.own):
        beside = ([place.number for place in said.places if place.around.at == at] for at in sentences)
        if any(is_sum_of(one, numbers) for numbers in beside):
            return True
    is_new = any(not any(other.is_same(it) for it in known) for other in said.claimed if other is not one)
    return is_new and is_reckoning(said.text, said.own)


def _claimed(text: str, passages: Sequence[str], language: str) -> list[Number]:
    """The numbers that a sentence tells of its own: not those of code that a source has, and each stretch of time and
    each ratio only once."""
    code = [
        match.span() for match in _CODE.finditer(text) if any(place_of(match[1], one, is_code=True) for one in passages)
    ]
    numbers = numbers_in(text, language)
    spans = code + [(one.start, one.end) for one in numbers if one.is_both]
    return [
        one
        for one in numbers
        if not one.is_loose
        and not _only_counts(text, one)
        and (one.is_both or not any(start <= one.start < end for start, end in spans))
    ]


def _in_degrees(claimed: Sequence[Number], passages: Sequence[str]) -> list[Number]:
    """With "100 degrees" as the degrees that the passages have, where they have only one kind of them: of Celsius, of
    Fahrenheit, or those that they do not name."""
    if not any(one.unit.name in _DEGREES for one in claimed):
        return list(claimed)
    known = {place.number.unit for passage in passages for place in places_of(passage)}
    kinds = [kind for kind in known if kind.name in _DEGREES]
    if len(kinds) != 1:
        return list(claimed)
    return [replace(one, unit=kinds[0]) if _is_like(one, kinds[0]) else one for one in claimed]


def _is_like(one: Number, kind: Unit) -> bool:
    """Whether degrees may be of that kind; those of Celsius are none of Fahrenheit."""
    return one.unit.name in _DEGREES and "°" in (one.unit.name, kind.name)


def _halves(text: str, one: Number, places: Sequence[Place]) -> list[Place]:
    """Where a source says of the second of two things that it is half as much: "A is twice B" for "B is half of A"."""
    inverse = {1 / value for value in one.values if value}
    first = surroundings(text, one, ()).first
    return [
        place
        for place in places
        if place.number.values & inverse and place.around.is_times and not is_beside(first, place.around.first)
    ]


def _is_said_again(one: Number, other: Number) -> bool:
    """Whether a number is one that was told before, in another unit."""
    return bool(one.unit.name and other.unit.name) and one.unit.name != other.unit.name and one.is_same(other)


def _is_ordinal_of(other: Number, one: Number) -> bool:
    """Whether a source only counts up to a number in words: "the ninth" for "nine"."""
    is_count = one.is_word and not one.is_part and not one.is_name and one.unit != CENTURY
    return is_count and other.is_word and other.is_part


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
    if one.values == {1} and (_TO_ONE.search(before) or _ONE_TO.match(text, one.end)):
        return True
    return bool(_STEP.search(before) or (one.values == {2} and one.is_word and _THE.search(before)))


def _belongs_elsewhere(said: _Said, one: Number, meant: Number) -> bool:
    """Whether another number stands nearer to the sentence's words, in the passages, than the one that is meant."""
    here = alone = _of_claim(said, one)
    if len(here.sentence) < 3:
        here = replace(here, sentence=here.sentence | {word.text for word in words_in(said.before)})
    own = [place for place in said.places if meant.is_same(place.number)]
    if one.unit.name:  # a number without one may be of another thing
        own = [place for place in own if place.number.unit.name] or own
    own = nlargest(MOST_OWN, own, key=lambda place: len(here.sentence & place.around.sentence))
    rivals = (
        place
        for place in said.places
        if not meant.is_same(place.number)
        and not any(_is_within(place.number, mine.number) for mine in own)
        and not any(_is_told_too(said, other, here, place) for other in said.claimed)
        and _is_rival(one, place.number, here, place.around)
        and (here is alone or not alone.sentence or any(is_in(word, place.around.sentence) for word in alone.sentence))
    )
    is_told_on = bool(_PRONOUN.match(said.text))
    words = [word for word in here.half if not (is_told_on or word.startswith("#") or word in LIGHT)]
    others = nlargest(MOST_RIVALS, rivals, key=lambda place: len(here.sentence & place.around.sentence))
    return any(
        all(
            _is_ahead(here, other.around, mine.around, meant is not one)
            or (meant is one and _tells_only(words, here, other.around, mine.around))
            for mine in own
        )
        for other in others
    )


def _tells_only(said: Collection[str], here: Surroundings, other: Surroundings, mine: Surroundings) -> bool:
    """Whether the words that tell two numbers apart, of those that are said of one, all stand around the other."""
    if (here.others & mine.others) - here.ends or any(word.startswith("#") for word in here.sentence & mine.sentence):
        return False
    is_near = other.at == mine.at and other.half == mine.half
    there, at_home = ((one.clause if is_near else one.half) for one in (other, mine))
    its, own = ({word for word in said if is_in(word, held)} for held in (there, at_home | {mine.whole}))
    return bool(its - own) and not own - its


def _of_claim(said: _Said, one: Number) -> Surroundings:
    here = surroundings(said.text, one, numbers_in(said.text, said.language))
    firsts = {place.around.at for place in said.places if here.first and is_in(here.first, place.around.sentence)}
    is_subject = here.first in said.text[: len(here.first) + ARTICLE].lower()
    return replace(here, is_common=len(firsts) > MOST_OF_FIRST or not is_subject)


def _is_told_too(said: _Said, other: Number, here: Surroundings, place: Place) -> bool:
    """Whether a sentence has a number of its sources as another one of its own: "three protons and two neutrons" has
    not the "two" of "two protons"."""
    if not other.is_same(place.number):
        return False
    if other.unit.name or not is_beside(here.counted, place.around.counted):
        return True
    counted = surroundings(said.text, other, said.claimed).counted
    return not counted or is_beside(counted, place.around.counted)


def _is_within(one: Number, other: Number) -> bool:
    """Whether one number is a part of the other: "10 minutes" of "2 hours and 10 minutes"."""
    return one.start < other.end and other.start < one.end


def _is_ahead(here: Surroundings, other: Surroundings, mine: Surroundings, is_rounded: bool) -> bool:
    """Whether another number's surroundings are nearer to the sentence than those of the one that it has."""
    ends = here.ends & mine.ends if other.ends else frozenset[str]()
    ahead = _nearness(here, other, ends) - _nearness(here, mine, ends)
    if other.at == mine.at:
        return not is_rounded and _is_ahead_beside(here, other, mine, ahead)
    if not here.is_common:
        ahead += FIRST_ELSEWHERE * (is_in(here.first, other.sentence) - is_in(here.first, mine.sentence))
    if _told(here, mine) > _told(here, other):  # another sentence needs more than a word that stands right beside it
        ahead -= MORE_WORDS
    return ahead > 0


def _is_ahead_beside(here: Surroundings, other: Surroundings, mine: Surroundings, ahead: float) -> bool:
    """The same of two numbers of one sentence, where what they are told of decides. `ahead` is by how much the words
    are nearer."""
    if other.is_denied != mine.is_denied:
        return other.is_denied == here.is_denied
    if other.thing and mine.thing:
        ahead += 4 * ((other.thing in here.clause) - (mine.thing in here.clause))
    ahead += _of_first(here, other) - _of_first(here, mine)
    if mine.counted and not is_beside(here.counted, mine.counted):  # "nine men" where there are "19 years"
        ahead += 2 * is_beside(here.counted, other.counted)
    ahead += 2 * (is_beside(here.whole, other.whole) - is_beside(here.whole, mine.whole))  # "65 mg of iron"
    return ahead > 0


def _told(here: Surroundings, there: Surroundings) -> int:
    """How many of the sentence's words stand around a place."""
    return sum(is_in(word, there.sentence) for word in here.sentence)


def _of_first(here: Surroundings, there: Surroundings) -> float:
    if not here.first or not is_in(here.first, there.half):
        return 0.0
    is_item = sum(not word.startswith("#") for word in there.clause) == 1  # "food counts for 20 %, housing for 30 %"
    beside = FIRST_OF_ITEM if is_item and len(here.half) > 1 else FIRST_IN_CLAUSE
    return (
        1.5
        + 0.5 * is_beside(here.first, there.first)
        + beside
        * (here.first in here.clause and (is_in(here.first, there.clause) or is_in(here.first, there.inherited)))
    )


def _is_year(number: Number) -> bool:
    return (
        number.is_plain
        and not number.unit.name
        and any(1000 <= value <= 2100 and value.denominator == 1 for value in number.values)
    )


def _is_rival(one: Number, other: Number, here: Surroundings, there: Surroundings) -> bool:
    """Whether another number could stand where this one does: of the same unit, and of the same thing or a year too."""
    if (
        (one.unit.above, one.unit.below) != (other.unit.above, other.unit.below)
        or other.is_loose
        or (one.is_name, one.is_part) != (other.is_name, other.is_part)
        or (max(one.values) < 0 <= max(other.values))
    ):
        return False
    if here.counted and there.counted in here.sentence and not is_beside(here.counted, there.counted):
        return False  # "500 million neurons in the arms" tells how many neurons, not how many arms
    if _is_year(one) == _is_year(other) or is_beside(here.behind, there.behind):
        return True
    return not _is_year(one) and is_beside(here.ahead, there.ahead)


def _nearness(here: Surroundings, there: Surroundings, ends: frozenset[str]) -> float:
    sentence, clause = here.sentence - ends, here.clause - ends
    return (
        sum((1.0 if word in here.half else 0.4) * is_in(word, there.sentence) for word in sentence)
        + 1.5 * sum(is_in(word, there.clause) or is_in(word, there.inherited) for word in clause)
        + 0.1 * len(clause & there.clause)  # "HTTP" and "HTTPS" are two, "metre" and "metres" are not
        + 1.5 * is_beside(here.behind, there.behind) * (here.behind not in ends)
        + 1.5 * is_beside(here.ahead, there.ahead) * (here.ahead not in ends)
        + 1.5 * is_beside(here.whole, there.whole)
        + 1.5 * bool(there.whole and is_in(there.whole, clause))
        + sum(NUMBER_NEXT if word in there.half else NUMBER_NEAR for word in (here.others & there.others) - ends)
        + NUMBER_BESIDE * sum(word.startswith("#") for word in clause & there.clause)
    )
