"""Which sentences of a document a question can be made of: whole ones, in words, that need no other.

    is_fit("The tide turns twice a day.", "en")             # True
    is_fit("Development of Tools for Managing Libraries: III.", "en")       # False: a heading

Headings, entries of a bibliography, rows of a table and notices of copyright look like sentences and are none.
"""

from __future__ import annotations

import re

from app.core.full_stops import ends_none
from app.core.quiz import BLANK
from app.documents.quiz.openings import speaks_for_itself
from app.documents.quiz.terms import defined
from app.documents.sentences import weight
from app.documents.words import is_stop_word, plain

_WORDS = (6.0, 40.0)  # of a sentence
_LETTERS = 0.72  # of its characters: tables, formulas and code have fewer
MOST_CAPITALS = 0.6  # of a sentence's words that carry meaning, where a language writes only names with them
_FORMULA = re.compile(r"[=≈<>^{}\\_|]|\d\s?[×·+*/]\s?\d")
_END = re.compile(r"[.!?。][\"'”’»)\]]*$")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_PAIRS = (("(", ")"), ("[", "]"), ("«", "»"))
#: an end within: what follows begins with a small letter, as entries of a list do
_RUN_ON = re.compile(r"\w{3,}[.!?](?=\s+[a-zß-öø-ÿ])")
_NOTICE = re.compile(
    r"©|\(c\)\s?\d|\bcopyright\b.{0,12}\d{4}|\ball rights reserved\b|\b(?:Press|Verlag|edition|Auflage),\s|\bISBN\b"
    r"|\bdoi\b|https?:|www\.|\S@\S",
    re.IGNORECASE,
)


def is_fit(sentence: str, language: str) -> bool:
    """Whether an item can be made of a sentence: it is whole, in words, and needs no other to be understood."""
    letters = sum(letter.isalpha() or letter == " " for letter in sentence)
    low, high = _WORDS
    is_whole = bool(_END.search(sentence)) or any(defined(sentence))
    return (
        is_whole
        and sentence[:1].isupper()
        and low <= weight(sentence) <= high
        and letters >= _LETTERS * len(sentence)
        and not _FORMULA.search(sentence)
        and not any(one in sentence for one in ("-\n", "?", BLANK, "…", "•"))
        and _is_closed(sentence)
        and all(ends_none(sentence[: one.end()]) for one in _RUN_ON.finditer(sentence))
        and not _NOTICE.search(sentence)
        and not _is_heading(sentence, language)
        and speaks_for_itself(sentence, language)
    )


def _is_closed(sentence: str) -> bool:
    """Whether each bracket and quotation mark has its other one: a sentence that has only one is cut off there."""
    opened, closed = sentence.count("“"), sentence.count("”")
    low = sentence.count("„")
    is_quoted = low == opened + closed if low else opened == closed
    return is_quoted and all(sentence.count(one) == sentence.count(other) for one, other in _PAIRS)


def _is_heading(sentence: str, language: str) -> bool:
    """Whether it is written as titles are: nearly every word with a capital."""
    if language == "de":
        return False
    own = [one[0] for one in _WORD.finditer(sentence)][1:]
    heavy = [word for word in own if not is_stop_word(plain(word), language)]
    return len(heavy) > 1 and sum(word[0].isupper() for word in heavy) > MOST_CAPITALS * len(heavy)
