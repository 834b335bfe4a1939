"""Whether a question tells its answer from another option that the same sentence has.

not_told_apart(draft, "The League had offices in London and in Bergen.")     # "in Bergen": no word says which of them

What tells them apart stands with the answer and not with the other one. Two things that "and" joins share what stands
before them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.documents.claims.support import CLAUSE, clauses_of, is_same, words_in
from app.documents.quiz.answers import content, figures, heavy, is_in_text
from app.documents.quiz.reading import Draft

_PLAIN = re.compile(r"[\w\s,'’-]+")
_AND = re.compile(r"\b(?:and|or|und|oder|y|et|e|o|ou)$")
#: what a question shows word by word
_SHOWN = re.compile(r"[\"“„«`]([^\"“”»`]+)[\"“”»`]")
_NOT = ("un", "non", "dis")  # "befruchtet" is not "unbefruchtet"


def not_told_apart(draft: Draft, source: str) -> str | None:
    """Another option that the question asks for as much; None where each word is told of the answer alone. Numbers are
    told apart otherwise (`rivals`)."""
    clauses = [source[start:end] for start, end in clauses_of(source, by=CLAUSE)]
    mine = [] if figures(draft.answer) else _places(draft.answer, source, clauses)
    for other in draft.options if mine else ():
        if other == draft.answer or figures(other) or not _PLAIN.fullmatch(other) or is_in_text(other, draft.question):
            continue
        its = _places(other, source, clauses)
        if not its or set(its) & set(mine):  # of one clause they have different parts
            continue
        own = [*heavy(draft.answer), *heavy(other)]
        asked = [word.text for word in words_in(draft.question) if not _is_there(word.text, own)]
        telling, also = (_asked_in(asked, draft.question, [clauses[at] for at in places]) for places in (mine, its))
        last = clauses[max(mine)]
        is_joined = not also and min(its) == max(mine) + 1 and _AND.search(last.strip())
        is_part = bool(also) and not telling  # "into lactic acid" is the rest of the clause before it
        is_before = is_joined and telling <= _asked_in(asked, draft.question, [_before(last, draft.answer)])
        if is_before or (telling <= also and not is_part):
            return other
    return None


def _before(clause: str, answer: str) -> str:
    """What stands before an answer's first word."""
    own = content(answer)
    return clause[: next((word.start for word in words_in(clause) if _is_there(word.text, own)), 0)]


def _places(option: str, source: str, clauses: Sequence[str]) -> list[int]:
    """The clauses that have an option; none where it is not plainly there."""
    if found := [at for at, clause in enumerate(clauses) if is_in_text(option, clause)]:
        return found
    own = content(option)
    if not is_in_text(option, source):
        there = [word.text for word in words_in(source)]
        if len(heavy(option)) < 2 or not own or not all(_is_there(word, there) for word in own):
            return []
    held = [[word.text for word in words_in(clause)] for clause in clauses]
    return [at for at, there in enumerate(held) if any(_is_there(word, there) for word in own)]


def _asked_in(asked: Sequence[str], question: str, clauses: Sequence[str]) -> set[str]:
    """What of a question these clauses have."""
    there = [word.text for clause in clauses for word in words_in(clause)]
    shown = {text for text in _SHOWN.findall(question) if any(text in clause for clause in clauses)}
    return shown | {word for word in asked if _is_there(word, there)}


def _is_there(word: str, words: Sequence[str]) -> bool:
    return any(_is_same(word, other) for other in words)


def _is_same(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    is_denied = any(longer.startswith(no) and is_same(longer[len(no) :], shorter) for no in _NOT)
    return one == other or (not is_denied and is_same(one, other))
