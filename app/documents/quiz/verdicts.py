"""Statements that are true or false: what says which, and explanations that speak for the other.

says_which("No, look again.")                                       # True: a hint that is the answer
turned_round("It was never deep.", "It was deep.", is_true=True)    # "deep"

A "not" that the one has and the other lacks turns it round, where it reaches a word that both have.
"""

from __future__ import annotations

import re

from app.documents.claims.against import denied_in, speaks_against
from app.documents.claims.support import clauses_of, is_in, negations_in, words_in
from app.documents.quiz.answers import figures, heavy, number_in, share_in

_YES = r"correct|true|richtig|wahr|correcto|cierto|verdadero|vrai"
_NO = r"false|wrong|incorrect|not (?:true|correct|right)|untrue|falsch|unwahr|incorrecto|falso|faux"
#: the same where a mark follows; elsewhere they go with what stands behind them: "it is no longer", "is exactly 5 km"
_ALSO_YES, _ALSO_NO = r"yes|right|exactly|indeed|ja|stimmt|genau|sí|oui|exact", r"no|nein|stimmt nicht|non"
_BEGINS_YES = re.compile(rf"\W*(?:{_YES}|{_ALSO_YES})\s*[,.:;!–-]", re.IGNORECASE)
_BEGINS_NO = re.compile(rf"\W*(?:{_NO}|{_ALSO_NO})\s*[,.:;!–-]", re.IGNORECASE)
_IS = (
    r"\b(?:statement|sentence|claim|answer|this|that|it|aussage|satz|antwort|das|frase|afirmación|phrase|affirmation)\b"
)
_ARE = r"\s(?:is|ist|es|est|è|é)\s"
_MARK = r"\s*(?:[,.:;!–-]|$)"
_SAYS_YES = re.compile(rf"{_IS}{_ARE}(?:(?:{_YES})\b|(?:{_ALSO_YES}){_MARK})", re.IGNORECASE)
_SAYS_NO = re.compile(rf"{_IS}{_ARE}(?:(?:{_NO}|nicht (?:wahr|richtig))\b|(?:{_ALSO_NO}){_MARK})", re.IGNORECASE)
_THAN = re.compile(r"\b(?:than|als|que)\b", re.IGNORECASE)
_OF_IT = re.compile(r"\W*(?:and |und )?(?:it|they|he|she|er|sie|es)\b", re.IGNORECASE)
_ONLY = re.compile(r"\b(?:only|nur|erst|sólo|solo|solamente|únicamente|seulement|soltanto)\b", re.IGNORECASE)
_LESS = re.compile(r"\b(?:less|fewer|weniger|menos|moins|meno)\b", re.IGNORECASE)
_ALIKE = re.compile(
    r"\bas (?:\w+ )+?as\b|\b(?:same|equal(?:ly)?|gleich\w*|ebenso|genauso|so \w+ wie|igual\w*|tan)\b", re.I
)
_UNLIKE = re.compile(r"\b(?:more|less|fewer|mehr|weniger|más|menos|\w{3,}er) (?:\w+ ){0,2}?(?:than|als|que)\b", re.I)
ALL_OF_IT = 0.9  # of a statement's words, that an explanation has which says the same


def says_which(text: str) -> bool:
    """Whether a text calls a statement true or false, whichever."""
    return _verdict(text) is not None


def _verdict(text: str) -> bool | None:
    if _BEGINS_NO.match(text) or _SAYS_NO.search(text):
        return False
    return True if _BEGINS_YES.match(text) or _SAYS_YES.search(text) else None


def turned_round(explanation: str, statement: str, *, is_true: bool) -> str | None:
    """What shows that an explanation holds a statement for false that is true, or the other way round; None where
    nothing does."""
    called = _verdict(explanation)
    if called is not None and called != is_true:
        return explanation[:20]
    if not is_true:
        return statement if _says_the_same(explanation, statement) else None
    if (is_turned := _of_the_lesser(explanation, statement)) is not None:
        return statement if is_turned else None
    against = speaks_against(explanation, [statement]) or _denied_otherwise(explanation, statement)
    return against or _is_unlike(explanation, statement)


def _denied_otherwise(explanation: str, statement: str) -> str | None:
    """A word of both that a "not" reaches in the one alone. Only what a clause says of what
    the statement is about counts; that, its first word, may well be said not to do something else."""
    its = denied_in(statement)
    told, said = ([word.text for word in words_in(text)] for text in (explanation, statement))
    if negations_in(statement) and not negations_in(explanation):
        if _ONLY.search(explanation):  # "Only the other one does" says the same
            return None
        is_all = all(is_in(word, told) for word in its)  # one word of several may stand in the reason
        return next((word for word in told if is_all and is_in(word, its)), None)
    if negations_in(statement):
        return None
    for start, end in clauses_of(explanation):
        clause = explanation[start:end]
        leads = next((word.text for word in words_in(clause)), "")
        if _OF_IT.match(clause) or is_in(leads, said[:1]):
            mine = denied_in(clause)
            if word := next((word for word in said[1:] if is_in(word, mine)), None):
                return word
    return None


def _says_the_same(explanation: str, statement: str) -> bool:
    """Whether it only says a false statement again, or denies what this denies."""
    is_odd = (negations_in(explanation) - negations_in(statement)) % 2
    has_other = any(not number_in(one, statement) for one in figures(explanation))
    if is_odd or has_other or len(heavy(statement)) < 2 or speaks_against(explanation, [statement]):
        return False
    return share_in(statement, explanation) >= ALL_OF_IT


def _of_the_lesser(explanation: str, statement: str) -> bool | None:
    """Of a statement that A needs more than B: True for "B needs more", False for "B needs less", None for what does
    not begin with B, or says nothing of the same."""
    than = _THAN.search(statement)
    parts = (statement[: than.start()], statement[than.end() :]) if than else ("", "")
    more, less = ([word.text for word in words_in(part)] for part in parts)
    for start, end in clauses_of(explanation) if more else ():
        told = [word.text for word in words_in(explanation[start:end])]
        is_lesser = bool(told) and is_in(told[0], less) and not is_in(told[0], more) and not is_in(more[0], told)
        if is_lesser and any(is_in(word, more) for word in told[1:]):
            return bool(_LESS.search(explanation, start, end)) == bool(_LESS.search(statement))
    return None


def _is_unlike(explanation: str, statement: str) -> str | None:
    """A comparison of two things that a statement says to be alike."""
    found, told = _UNLIKE.search(explanation), [word.text for word in words_in(explanation)]
    is_same_thing = sum(is_in(word, told) for word in heavy(statement)) > 1
    is_other = found and _ALIKE.search(statement) and not _UNLIKE.search(statement)
    return found[0] if found and is_other and is_same_thing and not negations_in(explanation) else None
