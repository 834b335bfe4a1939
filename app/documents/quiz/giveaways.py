"""What gives an answer away before it is thought of: the question, the hint, or how the right option looks.

given_in(draft)         # "Alfred Marshall", of the hint "Mr Marshall's first name was Alfred"

A word counts as told in a form that nobody could miss ("halves" for "halved"), not in one that only sounds like it
("violin" for "viola"). Where the question names other options too, it asks which of them.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from app.documents.claims.small_words import LIGHT
from app.documents.claims.support import is_in, words_in
from app.documents.quiz.answers import are_given, content, figures, heavy, is_in_text, is_number, number_in
from app.documents.quiz.reading import GAP, Draft
from app.documents.quiz.verdicts import says_which

LEAST_GIVEN = 3  # words of an answer that the question may not have all of in their order
SAME_LETTERS, MOST_ENDING = 5, 1  # that a word and its other form have in common at least, and that it may end with
TIMES_LONGER, LONG = 2.2, 30  # than any other option, and characters from which on that tells something
_CAPITALS = re.compile(r"\b[^\W\d_]{2,}\b")
#: "This is an ____", "… is called a?"
_ARTICLE = re.compile(r"\b(an?)\s*_*\s*[?:.…]*$")


def given_in(draft: Draft) -> str | None:
    """What gives the answer away; None where nothing does."""
    if draft.kind == "true_false":
        return draft.hint if says_which(draft.hint) else None
    if any(is_in_text(one, draft.question) for one in draft.options if one != draft.answer):
        return draft.hint if are_given(draft.answer, [draft.hint]) else None
    if are_given(draft.answer, [GAP.sub(" | ", draft.question), draft.hint]):
        return draft.answer
    is_given = _by_question(draft) or _by_hint(draft) or _by_options(draft)
    return draft.answer if is_given else None


def _by_question(draft: Draft) -> bool:
    """Whether the question has all that the answer says, and not all of another option."""
    question = GAP.sub(" ", draft.question)
    asked = [word.text for word in words_in(question)]

    def has_in_order(answer: str) -> bool:
        own, rest = content(answer), iter(asked)
        return len(own) >= LEAST_GIVEN and all(any(is_in(word, (one,)) for one in rest) for word in own)

    def has(answer: str) -> bool:
        return not figures(answer) and _are_told(heavy(answer), asked)

    others = [one for one in draft.options if one != draft.answer]
    return any(test(draft.answer) and not any(map(test, others)) for test in (has_in_order, has))


def _by_hint(draft: Draft) -> bool:
    """Whether the hint says what the question does not: all words in any order, the number, the first letters of a
    name, or every other option."""
    told, asked = ([word.text for word in words_in(text)] for text in (draft.hint, draft.question))
    new = [word for word in content(draft.answer) if word not in LIGHT and not _is_told(word, asked)]
    others = [one for one in draft.options if one != draft.answer]
    return (
        _are_told(new, told)
        or _is_same_figure(draft)
        or _initials(draft.answer) in _CAPITALS.findall(draft.hint)
        or (bool(others) and all(is_in_text(one, draft.hint) for one in others))
    )


def _is_same_figure(draft: Draft) -> bool:
    """Whether the hint has the number of an answer that is one: "nineteen" for 19. A share in another writing ("three
    quarters" for 0.75) helps and tells nothing yet."""
    if not is_number(draft.answer) or len(figures(draft.answer)) != 1:
        return False
    mine = {value for value in figures(draft.answer)[0].values if value.denominator == 1}
    return any(mine & one.values and not number_in(one, draft.question) for one in figures(draft.hint))


def _initials(answer: str) -> str:
    """ "ECB" of "European Central Bank"; "?" for what has none."""
    first = "".join(word[0] for word in answer.replace("-", " ").split() if word[0].isupper())
    return first if len(first) > 1 else "?"


def _by_options(draft: Draft) -> bool:
    """Whether the right option is the only one that fits: by a word of the question, by the article before it, by its
    length."""
    others = [one for one in draft.options if one != draft.answer]
    if not others:
        return False
    asked = [word.text for word in words_in(draft.question)]
    if _shares(draft.answer, asked) and not any(_shares(one, asked) for one in others):
        return True
    article = _ARTICLE.search(draft.question)
    if article and _fits(draft.answer, article[1]) and not any(_fits(one, article[1]) for one in others):
        return True
    return len(draft.answer) > LONG and len(draft.answer) >= TIMES_LONGER * max(map(len, others))


def _shares(option: str, asked: Collection[str]) -> bool:
    return any(_is_told(word, asked) for word in heavy(option))


def _fits(option: str, article: str) -> bool:
    return (option.strip()[:1].lower() in "aeiou") == (article == "an")


def _are_told(words: Collection[str], there: Collection[str]) -> bool:
    return bool(words) and all(_is_told(word, there) for word in words)


def _is_told(word: str, there: Collection[str]) -> bool:
    """Whether a word is there, or a form of it that differs in its ending alone."""
    return any(word == one or _common(word, one) >= max(SAME_LETTERS, len(word) - MOST_ENDING) for one in there)


def _common(one: str, other: str) -> int:
    """How many letters two words begin with alike."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
