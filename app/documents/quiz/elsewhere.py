"""Questions that their sentence does not answer: it tells the answer of something else.

asks_elsewhere(draft, "The right side serves the lungs, the left side the body.", "…")       # "left side"

Either the sentence has what is asked about in another part, beside the answer's; or the question is made of words that
stand in other sentences.
"""

from __future__ import annotations

import re
from itertools import pairwise

from app.documents.claims.opposites import sides_of
from app.documents.claims.support import CLAUSE, HALF, clauses_of, is_in, sentences_of, source_language, words_in
from app.documents.claims.synonyms import means_the_same
from app.documents.quiz.answers import heavy, is_in_text, tokens
from app.documents.quiz.openings import speaks_for_itself, with_what_it_leans_on
from app.documents.quiz.others import names_of
from app.documents.quiz.reading import Draft

_TOKEN = re.compile(r"[\w'’-]+")
#: "in the Andes", "from A"
_LED = re.compile(
    r"\b(in|from|at|on|by|with|for|to|of|aus|von|auf|bei|mit|für|nach|en|de|con|por)\s"
    r"(?:(?:the|an?|den|dem|der|die|das|el|las?|los)\s)?(\w+)",
    re.IGNORECASE,
)
#: what goes back to something that was named
_IT = re.compile(r"\b(?:it|its|them|they|their|es|ihn|ihm|ihnen|sie|lo|le|les)\b", re.IGNORECASE)
MOST_FOREIGN = 2  # words of a question that only other sentences have


def asks_elsewhere(draft: Draft, source: str, passage: str) -> str | None:
    """What is asked about and stands elsewhere; None where the sentence tells of it."""
    if draft.kind in ("true_false", "cloze"):
        return None
    if (other := _other_of_two(draft, source) or _beside_another(draft, source)) is not None:
        return other
    return _foreign(draft, source, passage) or _of_one(draft, source, passage) or _other_name(draft, source, passage)


def _other_of_two(draft: Draft, source: str) -> str | None:
    """ "left side", where the answer is told of the right side and another clause speaks of the left one."""
    asked, answer = _pairs(draft.question), heavy(draft.answer)
    for by in (HALF, CLAUSE):
        parts = [source[start:end] for start, end in clauses_of(source, by=by)]
        mine = [one for one in parts if any(is_in(word, heavy(one)) for word in answer)]
        if len(mine) != 1:
            continue
        own = _pairs(mine[0])
        others = parts[parts.index(mine[0]) + 1 :] if _goes_back(answer, mine[0]) else parts
        for pair in (pair for one in others if one is not mine[0] for pair in _pairs(one)):
            kinds = [kind for kind, thing in own if thing == pair[1]]
            if pair in asked and kinds and pair[0] not in kinds:
                return " ".join(pair)
    return None


def _goes_back(answer: list[str], part: str) -> bool:
    """Whether the clause with the answer speaks of what stands before its part: "he had made it from clay"."""
    clauses = (part[start:end] for start, end in clauses_of(part, by=CLAUSE))
    return any(_IT.search(one) and any(is_in(word, heavy(one)) for word in answer) for one in clauses)


def _beside_another(draft: Draft, source: str) -> str | None:
    """ "in B", where the answer stands in a part that says "in A" and another part says "in B"."""
    asked, answer = _led(draft.question), heavy(draft.answer)
    about = [thing for _, thing in asked]
    for by in (HALF, CLAUSE):
        parts = [source[start:end] for start, end in clauses_of(source, by=by)]
        mine = [one for one in parts if any(is_in(word, heavy(one)) for word in answer)]
        if len(mine) != 1:
            continue
        own = {lead for lead, thing in _led(mine[0]) if not is_in(thing, [*answer, *about])}
        for lead, thing in (pair for one in parts if one is not mine[0] for pair in _led(one)):
            if (lead, thing) in asked and lead in own and not is_in(thing, heavy(mine[0])):
                return f"{lead} {thing}"
    return None


def _led(text: str) -> list[tuple[str, str]]:
    """The things of a text that stand behind a word of place, with that word."""
    return [(lead.lower(), thing.lower()) for lead, thing in _LED.findall(text) if _is_heavy(thing)]


def _pairs(text: str) -> list[tuple[str, str]]:
    """A thing with the word before it that tells which one it is."""
    found = [one.lower() for one in _TOKEN.findall(text)]
    return [
        (kind, thing)
        for kind, thing in pairwise(found)
        if _is_heavy(thing) and (_is_heavy(kind) or any(sides_of(kind)))
    ]


def _is_heavy(word: str) -> bool:
    return bool(words_in(word)) and len(word) > 1


def _foreign(draft: Draft, source: str, passage: str) -> str | None:
    """A word of the question that only other sentences have, where there are several such words and the source leans on
    no other sentence."""
    if not speaks_for_itself(source, source_language(passage)):
        return None
    names = {word.text for word in words_in(f"X, {draft.question}") if word.is_name}
    here = {word.text for word in words_in(source)}
    there = {word.text for word in words_in(passage.replace(source, " "))}
    lacking = [one for one in heavy(draft.question) if not (is_in(one, here) or means_the_same(one, here))]
    foreign = [word for word in lacking if word not in names and is_in(word, there)]
    return foreign[0] if len(foreign) > MOST_FOREIGN else None


def _of_one(draft: Draft, source: str, passage: str) -> str | None:
    """A word of another sentence that has several of the question's and not the answer, where the source has none."""
    asked = heavy(draft.question)
    here = {word.text for word in words_in(with_what_it_leans_on(source, passage))}
    if any(is_in(word, here) or means_the_same(word, here) for word in asked):
        return None
    for start, end in sentences_of(passage):
        told = passage[start:end]
        held = [word for word in asked if is_in(word, [one.text for one in words_in(told)])]
        if len(held) > 1 and told not in source and source not in told and not is_in_text(draft.answer, told):
            return held[0]
    return None


def _other_name(draft: Draft, source: str, passage: str) -> str | None:
    """A name that is asked about, where the source begins with another one and does not have it."""
    names, here = names_of(passage), [word.text for word in words_in(source)]
    if not here or here[0] not in names or is_in(here[0], [*tokens(draft.question), *tokens(draft.answer)]):
        return None
    if not speaks_for_itself(source, source_language(passage)):
        return None
    asked = [word.text for word in words_in(draft.question) if word.is_name and word.text in names]
    return next((word for word in asked if not is_in(word, here)), None)
