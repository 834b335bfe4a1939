"""Options beside the right one that are right too, and numbers that the sentence tells of something else.

rival_of(draft, "It needs light, warmth and wind.", "…")      # "warmth", of two options that the sentence lists
"""

from __future__ import annotations

import re

from app.documents.claims.figures import false_number
from app.documents.claims.numbers import Number
from app.documents.claims.small_words import words
from app.documents.claims.support import CLAUSE, clauses_of, is_in, negations_in, words_in
from app.documents.quiz.also_right import also_right
from app.documents.quiz.answers import ARTICLES, content, figures, is_in_text, is_number, number_in, share_in
from app.documents.quiz.reading import Draft

_WORD, _BETWEEN = re.compile(r"\w+"), r"\W+"
_AND = r"(?:,|;|/|&|\b(?:and|or|as well as|und|oder|sowie|y|e|o|et|ou|en|of)\b)"
_MEMBER = rf"(?:[^\s,;]+\s+){{0,3}}?[^\s,;.]+(?:\s*{_AND}\s*)+"
_THERE = "above|below|too|also|each|oben|unten|auch|jeweils|arriba|abajo|también"
#: between two members of a list
_LIST = re.compile(
    rf"(?:\s+(?:{_THERE}))?(?:\s*{_AND}\s*)+(?:{_MEMBER}){{0,6}}(?:(?:{'|'.join(sorted(ARTICLES))})\s+)?", re.IGNORECASE
)
#: what an answer may begin with, and a list does not say again: "they form", "aus Mehl"
_LEADS = ARTICLES | words(
    "they it he she we to by from of in on at with for as because that is are was were "
    "sie er es wir man aus von mit zu im am auf bei für als weil dass ist sind war waren "
    "se es son está de del con por para en como porque que ils elles on du des avec pour par dans comme"
)
_HOW_MANY = re.compile(
    r"\b(?:how many|wie ?viele|cuánt[oa]s|combien de|quanti|quante|quant[oa]s)\s+(\w+)", re.IGNORECASE
)
#: what tells two halves of a sentence of different ones among the same
_SOME = re.compile(r"\b(?:some|einige|manche|algun[oa]s|certain(?:e?s)|alcun[ie])\b", re.IGNORECASE)
_OTHERS = re.compile(r"\b(?:others|andere|otr[oa]s|d['’]autres|altr[ie])\b", re.IGNORECASE)
#: what asks for one of a list by its place in it, or by its size
_CHOSEN = re.compile(
    r"\b(?:first|last|second|third|fourth|next|before|after|between|final|earliest|latest|most|least|\w{3,}est"
    r"|respectively|erste[rsn]?|letzte[rsn]?|zweite[rsn]?|dritte[rsn]?|nächste[rsn]?|vor|nach|zwischen|jeweils"
    r"|\w{4,}[^st]ste[rsn]?|primer[oa]?|últim[oa]|premi[eè]re?|derni[eè]re?)\b",
    re.IGNORECASE,
)


def rival_of(draft: Draft, source: str, passage: str) -> str | None:
    """Another option that is as right as the right one, or the right one where it is not; None where all is well."""
    if draft.kind == "true_false":
        return None
    is_chosen = bool(_CHOSEN.search(draft.question))
    if draft.options and (other := _listed(draft, source) or _of_others(draft, source)):
        return other
    if draft.options and not is_chosen and (other := also_right(draft, source, passage)):
        return other
    if not is_number(draft.answer) or not any(number_in(one, source) for one in figures(draft.answer)):
        return None
    if _is_of_other(draft, source) or _is_counted_otherwise(draft, source):
        return draft.answer
    if is_in_text(draft.answer, source):
        if draft.options and (number := false_number(f"{draft.answer} {draft.question}", [source], "")):
            return number
        return _of_another(draft, source)
    return None


def _listed(draft: Draft, source: str) -> str | None:
    """Another option that the sentence lists beside the right one. "Which is not …?" may have them all there."""
    if (negations_in(draft.question) and not negations_in(source)) or _CHOSEN.search(draft.question):
        return None
    if is_number(draft.answer):
        return None  # "from 1914 to 1918"
    others = [one for one in draft.options if one != draft.answer]
    return next((one for one in others if _are_listed(draft.answer, one, source)), None)


def _of_others(draft: Draft, source: str) -> str | None:
    """Another option that a sentence tells of others, where it tells the right one of some: "Some left; others wrote"
    names two things that they did. A question with "some" or "others" in it asks for one of them."""
    halves = _OTHERS.split(source)
    if (
        len(halves) != 2
        or not _SOME.search(halves[0])
        or _SOME.search(draft.question)
        or _OTHERS.search(draft.question)
    ):
        return None
    places = {one: [share_in(one, half) == 1 for half in halves] for one in draft.options}
    mine = places[draft.answer]
    return next((one for one, its in places.items() if any(its) and any(mine) and its != mine), None)


def _are_listed(one: str, other: str, source: str) -> bool:
    """Whether two answers are members of one list of a sentence."""
    text, places = " ".join(source.split()), list[tuple[int, int]]()
    for answer in (one, other):
        own = _WORD.findall(answer)
        while len(own) > 1 and own[0].lower() in _LEADS:
            del own[0]
        found = re.search(rf"(?<!\w){_BETWEEN.join(map(re.escape, own))}(?!\w)", text, re.IGNORECASE)
        if found is None:
            return False
        places.append(found.span())
    first, second = sorted(places)
    return first[1] <= second[0] and bool(_LIST.fullmatch(text, first[1], second[0]))


def _of_another(draft: Draft, source: str) -> str | None:
    """The number, where its clause has none of the question's words and that of another number of its kind has."""
    asked, mine = set(content(draft.question)), figures(draft.answer)[0]
    clauses = [source[start:end] for start, end in clauses_of(source, by=CLAUSE)]
    said = [(one, sum(is_in(word.text, asked) for word in words_in(one))) for one in clauses if figures(one)]
    own = [count for one, count in said if number_in(mine, one)]
    others = [count for one, count in said if not number_in(mine, one)]
    return draft.answer if own and max(own) == 0 and max(others, default=0) > 1 else None


def _is_counted_otherwise(draft: Draft, source: str) -> bool:
    """Whether the question asks how many of something there are, and the source counts that with another number."""
    asked = _HOW_MANY.search(draft.question)
    if asked is None:
        return False
    counted = [one for one in figures(source) if _is_of(one, asked[1].lower(), source)]
    return bool(counted) and not any(number_in(one, draft.answer) for one in counted)


def _is_of(number: Number, what: str, source: str) -> bool:
    behind = _WORD.search(source, number.end)
    return behind is not None and is_in(what, (behind[0].lower(),))


def _is_of_other(draft: Draft, source: str) -> bool:
    """Whether the number is told of one thing, and the question asks of another one whose number is told, too: "A takes
    21 days, B 24" answers nothing about B with 21."""
    asked, mine = set(content(draft.question)), figures(draft.answer)[0]
    clauses = [source[start:end] for start, end in clauses_of(source, by=CLAUSE)]
    told = [(one, number_in(mine, one)) for one in clauses if figures(one)]
    leaders = [(next((word.text for word in words_in(one)), ""), is_mine) for one, is_mine in told]
    own = [leader for leader, is_mine in leaders if is_mine]
    others = [leader for leader, is_mine in leaders if not is_mine and leader not in own]
    is_own = any(is_in(leader, asked) for leader in own)
    return bool(own) and not is_own and any(is_in(leader, asked) for leader in others)
