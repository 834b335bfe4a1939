"""Options beside the right one that the passage calls right too, in whatever words and sentence.

    also_right(draft, source, passage)      # "open addressing", of "Which of these deals with collisions?"

A question that asks for one of several ("Which of these …?") has as many answers as the passage names. Another one has
those that it does not tell apart, those of a sentence that says all of it, and an option that says more or less of the
same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.documents.claims.number_words import ordinals
from app.documents.claims.support import is_in, negations_in, sentences_of, words_in
from app.documents.claims.synonyms import means_the_same
from app.documents.quiz.answers import content, differ_by_letter, figures, heavy, is_in_text, share_in
from app.documents.quiz.reading import Draft
from app.documents.quiz.told_apart import not_told_apart

#: what asks for one of several
_ONE_OF = re.compile(
    r"\b(?:which|what|one) of (?:these|the following|those)\b|\bbelong(?:s|ed|ing)? to\b|\bincluded? in\b"
    r"|\b(?:is|was|are|were|as|be|one) (?:an? )?(?:\w+ )?(?:member|part|example|kind|type|sort|form|reason|cause)s? "
    r"(?:of|for)\b"
    r"|\b(?:folgenden|davon|gehörte?n?|ein (?:Beispiel|Teil|Grund|Mitglied))\b"
    r"|\bde (?:estos|estas|los siguientes|las siguientes)\b|\b(?:ejemplo de|parte de|pertenec\w+)\b",
    re.IGNORECASE,
)
_BOTH = re.compile(r"\b(?:both|either|beide[nrs]?|ambos|ambas|les deux|entramb[ie])\b", re.IGNORECASE)
_ALL = re.compile(
    r"\s*(?:all|both|each|any) of (?:the above|these|them|the others)|\s*(?:alle|beide) (?:genannten|davon|oben)"
    r"|\s*todas? l[ao]s anteriores",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[\w\s'’-]+")
_CENTURY = re.compile(r"\b(\w+) (?:century|Jahrhundert)\b|\b(\d{3}0)(?:s|er)\b")
MOST_OF_SIGN = 2  # characters: "C", "K2"
LEAST_ASKED = 0.7  # of a question's words, in a sentence that answers it
LEAST_SHARE = 0.75  # of an option's words, in the sentence that lists it
_FIGURES = re.compile(r"\d+")


def also_right(draft: Draft, source: str, passage: str) -> str | None:
    """Another option that is right as well; None where there is none. Options that are numbers differ."""
    others = [one for one in draft.options if one != draft.answer]
    if any(_ALL.match(one) for one in draft.options):
        return draft.answer
    if (same := next((one for one in others if _is_wider(one, draft.answer, source)), None)) is not None:
        return same
    if negations_in(draft.question):
        return None
    if _ONE_OF.search(draft.question):
        asked = heavy(draft.question)
        return next((one for one in others if _is_named(one, asked, source, passage)), None)
    return _of_both(draft, source) or not_told_apart(draft, source) or _elsewhere(draft, source, passage)


def _is_named(option: str, asked: Sequence[str], source: str, passage: str) -> bool:
    """Whether an option is what the sentence speaks of, or what the passage has in these words; a letter, which stands
    everywhere, only where the passage has most of what is asked."""
    if figures(option) or negations_in(option):
        return False
    if is_in_text(option, source) or share_in(option, source) >= LEAST_SHARE:
        return True
    if len(option) > MOST_OF_SIGN:
        return is_in_text(option, passage)
    for start, end in sentences_of(passage):
        there = [word.text for word in words_in(passage[start:end])]
        held = sum(is_in(word, there) for word in asked)
        if is_in_text(option, passage[start:end]) and held >= LEAST_ASKED * len(asked):
            return True
    return False


def _is_wider(option: str, answer: str, source: str) -> bool:
    """Whether an option says the answer and more that the sentence says, only a part of it, the same in other words,
    or the time that it lies in."""
    if negations_in(option) != negations_in(answer) or differ_by_letter(option, answer):
        return False
    if figures(option) or figures(answer):
        return _has_year(option, answer)
    mine, its = heavy(answer), heavy(option)
    if len(its) > len(mine) and mine and all(is_in(word, its) for word in mine):
        return share_in(option, source) == 1
    if len(its) < len(mine):
        return bool(_WORDS.fullmatch(option)) and is_in_text(option, answer)
    first, second = content(answer), content(option)
    return len(first) == len(second) and all(
        one == other or means_the_same(one, (other,)) for one, other in zip(first, second, strict=True)
    )


def _has_year(option: str, answer: str) -> bool:
    """Whether an option is the century or the decade of a year."""
    found, year = _CENTURY.search(option), _FIGURES.fullmatch(answer.strip())
    if found is None or year is None:
        return False
    if found[2]:
        return int(found[2]) // 10 == int(year[0]) // 10
    number = _FIGURES.match(found[1])
    century = int(number[0]) if number else ordinals().get(found[1].lower(), 0)
    return century == (int(year[0]) - 1) // 100 + 1


def _of_both(draft: Draft, source: str) -> str | None:
    """The other one of two things of a kind, where the sentence says "both" instead of naming them."""
    if not _BOTH.search(source) or _BOTH.search(draft.question) or is_in_text(draft.answer, source):
        return None
    mine = heavy(draft.answer)
    kin = (one for one in draft.options if one != draft.answer and not negations_in(one))
    return next((one for one in kin if len(heavy(one)) == len(mine) and set(heavy(one)) & set(mine)), None)


def _elsewhere(draft: Draft, source: str, passage: str) -> str | None:
    """Another option in a sentence that has all words of the question, and is not the source."""
    asked = heavy(draft.question)
    for start, end in sentences_of(passage) if len(asked) > 1 and not figures(draft.answer) else ():
        told = passage[start:end]
        there = [word.text for word in words_in(told)]
        if told in source or source in told or not all(is_in(word, there) for word in asked):
            continue
        if other := next((one for one in draft.options if one != draft.answer and is_in_text(one, told)), None):
            return other
    return None
