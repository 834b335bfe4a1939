"""Explanations that tell of another thing what the source tells of the answer, or the other way round.

told_of_other(draft, "Arteries carry it away, veins carry it back.", "…")       # "away", of the veins

Only what stands side by side is taken: two halves of a sentence, two options, two names, two sentences each of its own
thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, permutations

from app.documents.claims.support import (
    CLAUSE,
    HALF,
    clauses_of,
    is_in,
    is_same,
    negations_in,
    sentences_of,
    source_language,
    words_in,
)
from app.documents.quiz.answers import heavy, is_in_text, says
from app.documents.quiz.openings import speaks_for_itself
from app.documents.quiz.reading import Draft

#: where a sentence turns to another thing; behind a colon it goes on with the same
_TURN = re.compile(HALF.pattern.replace("[;:]", ";"))
_SMALL = re.compile(r"(?<!\w)[^\W\d_A-ZÄÖÜ][^\W\d_]*")
LEAST_FROM_THERE = 3  # words of an explanation, that only another sentence has


def told_of_other(draft: Draft, source: str, passage: str) -> str | None:
    """A word that shows it; None where an explanation keeps to its answer."""
    if (word := _of_other_part(draft, source) or _of_other_sentence(draft, source, passage)) is not None:
        return word
    if draft.kind == "true_false" or negations_in(draft.explanation):
        return None
    return _of_other_option(draft) or _of_other_name(draft, passage)


def _of_other_option(draft: Draft) -> str | None:
    """Another option with which the explanation begins and of which it says what the question asks."""
    first, asked = _first_clause(draft.explanation), heavy(draft.question)
    if says(first, draft.answer, 0.5) or not heavy(first):
        return None
    for option in draft.options:
        own = heavy(option)
        if option == draft.answer or not is_in(heavy(first)[0], own) or is_in_text(option, draft.question):
            continue
        if is_in_text(option, first) and any(is_in(word, asked) and not is_in(word, own) for word in heavy(first)):
            return option
    return None


def _of_other_name(draft: Draft, passage: str) -> str | None:
    """Another name of the passage, of which the explanation says what the question asks, where the answer is a name and
    the explanation does not have it."""
    names, told = names_of(passage), [word.text for word in words_in(draft.explanation)]
    asked, mine = ([word.text for word in words_in(text)] for text in (draft.question, draft.answer))
    if not told or not any(word in names for word in mine) or any(is_in(word, told) for word in mine):
        return None
    is_other = told[0] in names and not is_in(told[0], asked)
    return told[0] if is_other and any(is_in(word, asked) for word in told[1:]) else None


def names_of(passage: str) -> frozenset[str]:
    """The words that a passage only has with a capital, in small letters; none in German, where all nouns have one."""
    if source_language(passage) == "de":
        return frozenset()
    small = set(_SMALL.findall(passage))
    return frozenset(
        word.text for word in words_in(passage) if word.text not in small and passage[word.start].isupper()
    )


def _of_other_sentence(draft: Draft, source: str, passage: str) -> str | None:
    """A word of a sentence about another thing, of which several are told of what is asked about, and no word of the
    source itself."""
    about = [*heavy(draft.question), *(heavy(draft.answer) if draft.kind != "true_false" else ())]
    said = heavy(draft.explanation)
    new, here = [word for word in said if not is_in(word, about)], [word.text for word in words_in(source)]
    if not new or not is_in(said[0], about) or any(is_in(word, here) for word in new):
        return None
    for start, end in sentences_of(passage):
        there = heavy(passage[start:end])
        if not there or is_in(there[0], [*said, *about]):
            continue
        if not speaks_for_itself(passage[start:end], source_language(passage)):
            continue
        if sum(is_in(word, there) for word in new) >= LEAST_FROM_THERE:
            return next(word for word in new if is_in(word, there))
    return None


def _first_clause(text: str) -> str:
    return next((text[start:end] for start, end in clauses_of(text, by=CLAUSE)), "")


def _of_other_part(draft: Draft, source: str) -> str | None:
    """A word that the source tells of one of two things and the explanation of the other: it begins with that one and
    has nothing of its own part; or it mixes the two parts twice, each with words of the other one."""
    about = [*heavy(draft.question), *(heavy(draft.answer) if draft.kind != "true_false" else ())]
    told = [heavy(draft.explanation[start:end]) for start, end in clauses_of(draft.explanation, by=CLAUSE)]
    for mine, theirs in _side_by_side(source):
        for said in told:
            if not said or not is_in(said[0], mine) or not is_in(said[0], about):
                continue
            wrong = next((word for word in said[1:] if is_in(word, theirs)), None)
            if wrong and not any(is_in(word, mine) for word in said[1:]):
                return wrong
    return _mixed(told, source)


def _side_by_side(source: str) -> Iterator[tuple[list[str], list[str]]]:
    """Two parts of a sentence that tell of two things, each without the words of the other: halves, and clauses with
    the same word in second place ("arteries carry …, veins carry …")."""
    for by in (_TURN, CLAUSE):
        parts = [heavy(source[start:end]) for start, end in clauses_of(source, by=by)]
        for one, other in permutations((part for part in parts if len(part) > 1), 2):
            if by is _TURN or is_same(one[1], other[1]):
                yield [word for word in one if not is_in(word, other)], [word for word in other if not is_in(word, one)]


def _mixed(told: Sequence[Sequence[str]], source: str) -> str | None:
    """ "They keep the shapes and bend the areas", where it is the areas that are kept."""
    parts = [heavy(source[start:end]) for start, end in clauses_of(source, by=CLAUSE)]
    for one, other in combinations(parts, 2):
        mine, its = [word for word in one if not is_in(word, other)], [word for word in other if not is_in(word, one)]
        mixed = [
            said for said in told if any(is_in(word, mine) for word in said) and any(is_in(word, its) for word in said)
        ]
        if len(mixed) > 1:
            return mixed[1][-1]
    return None
