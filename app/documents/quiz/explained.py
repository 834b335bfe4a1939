"""Explanations that say something else than the answer which they are of.

    contradicted(draft, "Assets are what it owns, liabilities what it owes.", "…")       # "owns", of liabilities

Two ways: a "not" reaches a word of the answer; or what is asked about is told with the words of another clause of the
source, in the place of the answer's.
"""

from __future__ import annotations

import re

from app.documents.claims.against import denied_in
from app.documents.claims.support import CLAUSE, HALF, clauses_of, is_in, negations_in, sentences_of
from app.documents.quiz.answers import figures, heavy, is_number, says
from app.documents.quiz.others import told_of_other
from app.documents.quiz.reading import Draft
from app.documents.quiz.verdicts import turned_round

#: tells what would be otherwise, and so may deny the answer
_OTHERWISE = re.compile(
    r"\b(?:without|if|unless|otherwise|would|could|instead|wrong|ohne|wenn|falls|sonst|würden?|könnten?|statt|falsch"
    r"|sin|si|sino|sería|sans|sinon|serait)\b",
    re.IGNORECASE,
)
#: before a number that is not the one itself
_BOUND = re.compile(
    r"\b(?:above|below|over|under|beyond|more than|less than|fewer than|at least|at most|über|unter|mehr als"
    r"|weniger als|mindestens|höchstens|más de|menos de)\b",
    re.IGNORECASE,
)
CLOSE = 6  # characters between such a word and its number
_WERE_IT = re.compile(r"\b(?:without|if|unless|otherwise|ohne|wenn|falls|sonst|sin|si|sans)\b", re.IGNORECASE)
_WOULD = re.compile(
    r"\b(?:would|could|might|würden?|könnten?|wären?|hätten?|\w+(?:ría|rían|rait|raient))\b", re.IGNORECASE
)


def certain(explanation: str) -> str:
    """What an explanation says is so, without the sentences that tell what would be otherwise."""
    sentences = (explanation[start:end] for start, end in sentences_of(explanation))
    return " ".join(one for one in sentences if not (_WERE_IT.search(one) and _WOULD.search(one)))


def contradicted(draft: Draft, source: str, passage: str) -> str | None:
    """A word of the explanation that speaks against the answer; None where none does."""
    if draft.kind == "true_false":
        turned = turned_round(certain(draft.explanation), draft.question, is_true=draft.answer == "true")
        return turned or told_of_other(draft, source, passage)
    if (number := _other_figure(draft) or _other_bound(draft, source)) is not None:
        return number
    if _OTHERWISE.search(draft.explanation):
        return None
    return _denied(draft, source) or _displaced(draft, source) or told_of_other(draft, source, passage)


def _other_figure(draft: Draft) -> str | None:
    """The only figure of the answer's kind in the explanation, where it is another one."""
    mine, told = ([one for one in figures(text) if not one.is_loose] for text in (draft.answer, draft.explanation))
    if len(mine) != 1 or any(mine[0].is_same(one) or one.is_same(mine[0]) for one in told):
        return None
    asked, [own] = figures(draft.question), mine
    same = [
        one for one in told if one.unit.name and (one.unit.above, one.unit.below) == (own.unit.above, own.unit.below)
    ]
    new = [one for one in same if not any(one.is_same(other) for other in asked)]
    return draft.explanation[new[0].start : new[0].end] if len(new) == 1 else None


def _other_bound(draft: Draft, source: str) -> str | None:
    """ "Above 7", where the answer is 7 and the source says no more."""
    if not is_number(draft.answer) or _BOUND.search(f"{draft.question} {draft.answer}"):
        return None
    mine = {value for one in figures(draft.answer) for value in one.values}
    said = next((one for one in figures(source) if mine & one.values), None)
    if said is None or _is_bound(source, said.start):
        return None
    told = (one for one in figures(draft.explanation) if mine & one.values)
    return next(
        (draft.explanation[one.start : one.end] for one in told if _is_bound(draft.explanation, one.start)), None
    )


def _is_bound(text: str, at: int) -> bool:
    """Whether a number there is said to be one that is not reached, or that is passed."""
    return any(at - found.end() < CLOSE for found in _BOUND.finditer(text, 0, at))


def _denied(draft: Draft, source: str) -> str | None:
    """A word of the answer that the explanation says "not" of, though nothing else does."""
    if negations_in(f"{draft.question} {draft.answer}"):
        return None
    own, there = heavy(draft.answer), denied_in(source)
    reached = denied_in(draft.explanation)
    return next((word for word in own if is_in(word, reached) and not is_in(word, there)), None)


def _displaced(draft: Draft, source: str) -> str | None:
    """A word of another part of the source than the answer's, which the explanation tells of what is asked about: of a
    clause before it, for what a sentence comes to speak of is not what it has spoken of; or of the other half of a
    sentence of two things, where the explanation begins with the one that is asked about, or with the other one and
    tells the rest of the same."""
    if is_number(draft.answer):
        return None
    answer, asked = heavy(draft.answer), heavy(draft.question)
    is_said = says(draft.explanation, draft.answer)
    for by in (CLAUSE, HALF):
        parts = [heavy(source[start:end]) for start, end in clauses_of(source, by=by)]
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
            told = heavy(draft.explanation[start:end])
            same = [word for word in told if is_in(word, about)]
            wrong = next((word for word in told if is_in(word, theirs)), None)
            if wrong and same and not is_said and (by is CLAUSE or is_in(told[0], about)):
                return wrong
            if told and leaders and is_in(told[0], leaders) and len(same) > 1 and not is_said:
                return told[0]
    return None
