"""Whether two answers say the same, and whether a text says an answer: by words, by forms of words, by numbers.

is_same_answer("2,50 €", "€2.50")               # True
says("It tells the guard cells to close.", "close")     # True
is_in_text("dry air", "wind and dry air")       # True: these very words, one behind the other
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from unicodedata import normalize

from app.documents.claims.numbers import Number, numbers_in
from app.documents.claims.small_words import LIGHT, words
from app.documents.claims.support import is_in, source_language, words_in
from app.documents.claims.synonyms import means_the_same

_TOKEN = re.compile(r"\w+(?:[.,]\d+)*|[^\w\s.,;:!?\"'“”„‚‘’«»()\[\]¿¡…–—-]")
#: a single capital letter, and what stands before one that only begins a sentence
_LETTER, _OPENS = re.compile(r"[A-Z]\b"), re.compile(r"(?:^|[.:!?])[\s\"'“„«(]*$")
#: an answer may begin with them, and be the same without
ARTICLES = words(
    "a an the der die das den dem des ein eine einen einem einer el la los las un una le les l une il lo gli i o os as "
    "um uma de het een"
)
#: what an answer may begin with that changes nothing
_ABOUT = words("about around roughly approximately circa ca etwa rund ungefähr bis zu in at on by to as im am en mit")
#: of how much, which a text says in its own way
_DEGREES = words("enough sufficiently very quite rather genug genügend sehr ziemlich bastante muy assez très")

LEAST_GIVEN = 0.5  # of an answer's words, in a hint


@lru_cache(maxsize=2000)
def tokens(text: str) -> tuple[str, ...]:
    """The words, numbers and signs of a text in small letters, without articles before them. A letter that names
    something is none: "group A", "vitamin A in milk"."""
    clean = normalize("NFKC", text).replace("’", "'")
    found = [(one[0].lower().replace(",", "."), one.start()) for one in _TOKEN.finditer(clean)]
    names = {at for _, at in found if _LETTER.match(clean, at) and not _OPENS.search(clean, 0, at)}
    names.add(found[-1][1] if found else 0)  # an article has something behind it
    said = (one for one, at in found if at in names or one not in ARTICLES)
    return tuple(said) or tuple(one for one, _ in found)


@lru_cache(maxsize=2000)
def figures(text: str) -> tuple[Number, ...]:
    """The numbers of a text."""
    return tuple(numbers_in(text, source_language(text)))


def content(text: str) -> list[str]:
    """The words of a text that carry meaning, without those of its numbers."""
    inside = [(one.start, one.until) for one in figures(text)]
    return [word.text for word in words_in(text) if not any(start <= word.start < end for start, end in inside)]


def heavy(text: str) -> list[str]:
    """The words of a text that say something by themselves; all that carry meaning where none does."""
    return [word for word in content(text) if word not in LIGHT] or [word.text for word in words_in(text)]


def place_in(answer: str, text: str) -> int:
    """At which word of a text an answer's words stand, one behind the other; -1 where they do not."""
    wanted, there = tokens(answer), tokens(text)
    span = len(wanted)
    return next((at for at in range(len(there) - span + 1) if there[at : at + span] == wanted), -1) if wanted else -1


def is_in_text(answer: str, text: str) -> bool:
    """Whether an answer's words stand in a text, one behind the other."""
    return place_in(answer, text) >= 0


def number_in(one: Number, text: str) -> bool:
    """Whether a text has a number."""
    if one.is_word and one.is_loose:
        return False
    return any(one.is_same(other) or (one.values & other.values and not other.unit.name) for other in figures(text))


def share_in(answer: str, text: str, also: Collection[str] = ()) -> float:
    """How much of an answer a text says, 0 to 1: each word in any form, each number in any writing."""
    numbers = [one for one in figures(answer) if not one.is_loose]
    said = content(answer) or ([] if numbers else [one for one in tokens(answer) if one not in _ABOUT])
    there = {word.text for word in words_in(text)} | set(tokens(text)) | set(also)
    held = sum(number_in(one, text) for one in numbers)
    heavy = [word for word in said if word not in LIGHT | _DEGREES or len(said) == 1]
    held += sum(is_in(word, there) or means_the_same(word, there) for word in heavy)
    return held / (len(numbers) + len(heavy)) if numbers or heavy else float(is_in_text(answer, text))


def says(text: str, answer: str, least: float = 0.6) -> bool:
    """Whether a text says an answer: in its words, or with all its numbers and most of its words in any form."""
    if is_in_text(answer, text):
        return True
    if any(not number_in(one, text) for one in figures(answer) if not one.is_loose):
        return False
    return share_in(answer, text) >= least


def is_same_answer(one: str, other: str) -> bool:
    """Whether two answers are the same but for small letters, articles, signs, and how a number is written."""
    mine, its = (tuple(word for word in tokens(text) if word not in _ABOUT) or tokens(text) for text in (one, other))
    if mine == its:
        return True
    if not mine or not its:
        return not mine and not its
    first, second = figures(one), figures(other)
    if len(first) != len(second) or not first or content(one) != content(other):
        return False
    return all(a.is_same(b) or b.is_same(a) for a, b in zip(first, second, strict=True))


def is_number(text: str) -> bool:
    """Whether an answer is a number and no more, with or without a unit."""
    return bool(figures(text)) and not content(text)


def are_given(answer: str, texts: Sequence[str]) -> bool:
    """Whether one of these texts has an answer in it: its very words, or its only number."""
    if is_number(answer) and len(figures(answer)) == 1:
        mine = figures(answer)[0]
        if not mine.is_loose and mine.unit.name:
            return any(mine.is_same(one) and one.unit.name for text in texts for one in figures(text))
    return any(is_in_text(answer, text) for text in texts)


def gives_away(answer: str, question: str, text: str) -> bool:
    """Whether a text about a question tells its answer: in its words, by its number, or by most of what the answer says
    and the question does not. Words that the question has itself give nothing away."""
    if are_given(answer, [text]):
        return True
    if is_number(answer):
        return any(number_in(one, text) and not number_in(one, question) for one in figures(answer))
    asked = {word.text for word in words_in(question)} | set(tokens(question))
    new = [word for word in content(answer) if word not in LIGHT and not is_in(word, asked)]
    return bool(new) and share_in(" ".join(new), text) >= LEAST_GIVEN
