"""Explanations that say something else than the answer which they are of.

    contradicted(draft, "Assets are what it owns, liabilities what it owes.")       # "owns", of liabilities

Two ways: a "not" reaches a word of the answer; or what is asked about is told with the words of another clause of the
source, in the place of the answer's.
"""

from __future__ import annotations

import re

from app.documents.claims.against import denied_in
from app.documents.claims.small_words import LIGHT
from app.documents.claims.support import CLAUSE, HALF, clauses_of, is_in, negations_in, sentences_of, words_in
from app.documents.quiz.answers import content, is_number, says
from app.documents.quiz.reading import Draft

#: tells what would be otherwise, and so may deny the answer
_OTHERWISE = re.compile(
    r"\b(?:without|if|unless|otherwise|would|could|instead|wrong|ohne|wenn|falls|sonst|würden?|könnten?|statt|falsch"
    r"|sin|si|sino|sería|sans|sinon|serait)\b",
    re.IGNORECASE,
)
_WERE_IT = re.compile(r"\b(?:without|if|unless|otherwise|ohne|wenn|falls|sonst|sin|si|sans)\b", re.IGNORECASE)
_WOULD = re.compile(
    r"\b(?:would|could|might|würden?|könnten?|wären?|hätten?|\w+(?:ría|rían|rait|raient))\b", re.IGNORECASE
)


def certain(explanation: str) -> str:
    """What an explanation says is so, without the sentences that tell what would be otherwise."""
    sentences = (explanation[start:end] for start, end in sentences_of(explanation))
    return " ".join(one for one in sentences if not (_WERE_IT.search(one) and _WOULD.search(one)))


def contradicted(draft: Draft, source: str) -> str | None:
    """A word of the explanation that speaks against the answer; None where none does."""
    if draft.kind == "true_false" or _OTHERWISE.search(draft.explanation):
        return None
    return _denied(draft, source) or _displaced(draft, source)


def _denied(draft: Draft, source: str) -> str | None:
    """A word of the answer that the explanation says "not" of, though nothing else does."""
    if negations_in(f"{draft.question} {draft.answer}"):
        return None
    own, there = _heavy(draft.answer), denied_in(source)
    reached = denied_in(draft.explanation)
    return next((word for word in own if is_in(word, reached) and not is_in(word, there)), None)


def _displaced(draft: Draft, source: str) -> str | None:
    """A word of another part of the source than the answer's, which the explanation tells of what is asked about: of a
    clause before it, for what a sentence comes to speak of is not what it has spoken of; or of the other half of a
    sentence of two things, where the explanation begins with the one that is asked about, or with the other one and
    tells the rest of the same."""
    if is_number(draft.answer):
        return None
    answer, asked = _heavy(draft.answer), _heavy(draft.question)
    is_said = says(draft.explanation, draft.answer)
    for by in (CLAUSE, HALF):
        parts = [_heavy(source[start:end]) for start, end in clauses_of(source, by=by)]
        held = [sum(is_in(word, one) for word in (*answer, *asked)) for one in parts]
        if len(parts) < 2 or held.count(max(held)) > 1:
            continue
        at = held.index(max(held))
        mine, before = parts[at], [word for one in parts[:at] for word in one]
        others = before if by is CLAUSE else [word for one in (*parts[:at], *parts[at + 1 :]) for word in one]
        about = [word for word in asked if is_in(word, mine) and not is_in(word, (*others, *answer))]
        theirs = [word for word in others if not is_in(word, (*mine, *asked, *answer))]
        leaders = [one[0] for one in parts[at + 1 :] if one and not is_in(one[0], (*mine, *asked, *answer))]
        for start, end in clauses_of(draft.explanation, by=CLAUSE):
            told = _heavy(draft.explanation[start:end])
            same = [word for word in told if is_in(word, about)]
            wrong = next((word for word in told if is_in(word, theirs)), None)
            if wrong and same and not is_said and (by is CLAUSE or is_in(told[0], about)):
                return wrong
            if leaders and is_in(told[0], leaders) and len(same) > 1 and not is_said:
                return told[0]
    return None


def _heavy(text: str) -> list[str]:
    return [word for word in content(text) if word not in LIGHT] or [word.text for word in words_in(text)]
