"""What a person types into the search, as FTS5 is asked for it.

    asked('rising "spring tide"', ("en",), known)
    # Asked('("spring") AND ("tide") AND ("rise" OR "spring" OR "tide")', phrases=(("spring", "tide"),), …)

Every word may be there and makes a passage better, twice where it is typed twice; what stands in quotes must be there
word for word. Nothing that is typed is ever read as FTS5's own language: only terms get there, each in quotes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from app.core.finding import fold
from app.documents.words import is_stop_word, is_unspaced, plain, term, words

MOST_WORDS = 250  # of a question; FTS5 takes no more than 256 at once
_BEGINNING = 3  # letters from which on an unknown word may be the beginning of one
#: Quotes in a question so many times as long as what stands in them only mention a word.
_MENTIONED = 4
_QUOTED = re.compile('["“”„‟«»]([^"“”„‟«»]+)["“”„‟«»]')
Known = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Asked:
    """`match` is FTS5's; "" where it has nothing to look for. `terms` are the terms that were looked for, `beginnings`
    what a term may begin with, `phrases` what must stand there, in folded words."""

    match: str = ""
    terms: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class _Typed:
    """A word as it was typed, and its terms in the languages of the index."""

    word: str
    terms: tuple[str, ...]


def asked(text: str, languages: Sequence[str], known: Known) -> Asked:
    """What to look for in an index that holds documents in these languages and knows some terms. Where nothing but
    stop words is typed, they are looked for word for word."""
    every = list(_typed(text, languages))[:MOST_WORDS]
    spoken = _spoken([one.word for one in every], languages)
    said = [one for one in every if not _is_stop(one.word, spoken)]
    quoted = [list(_typed(found[1], languages))[:MOST_WORDS] for found in _QUOTED.finditer(text)]
    if sum(map(len, quoted)) * _MENTIONED < len(every):
        quoted = []
    if every and not said:
        quoted = quoted or [every]
    must = [one for one in chain.from_iterable(quoted) if not _is_stop(one.word, spoken)]
    beginnings = [one.word for one in said if _is_letter(one.word)]
    if said and said[-1] is every[-1] and _may_begin(said[-1], known):
        beginnings.append(said[-1].word)
    may = [_any(one.terms) for one in said] + [f"{_quotes(word)}*" for word in map(fold, beginnings)]
    parts = [*(f"({_any(one.terms)})" for one in must), f"({' OR '.join(may[:MOST_WORDS])})"]
    return Asked(
        " AND ".join(parts) if said else "",
        frozenset(chain.from_iterable(one.terms for one in said)),
        tuple(map(fold, beginnings)),
        tuple(tuple(fold(one.word) for one in phrase) for phrase in quoted if phrase),
    )


def _typed(text: str, languages: Sequence[str]) -> Iterator[_Typed]:
    """The words with a term. Of a script without spaces a last letter that stands in a pair is none of its own."""
    before = 0
    for start, end in words(text):
        if end > before:
            word = plain(text[start:end])
            terms = tuple(dict.fromkeys(filter(None, (term(word, language) for language in languages or ("",)))))
            if terms:
                yield _Typed(word, terms)
        before = end


def _spoken(typed: Sequence[str], languages: Sequence[str]) -> list[str]:
    """Which of the languages it was typed in: those with the most stop words in it."""
    counts = {language: sum(is_stop_word(word, language) for word in typed) for language in languages}
    most = max(counts.values(), default=0)
    return [language for language, count in counts.items() if most and count == most]


def _is_stop(word: str, spoken: Sequence[str]) -> bool:
    return any(is_stop_word(word, language) for language in spoken)


def _is_letter(word: str) -> bool:
    """Of a script without spaces: it begins pairs."""
    return len(word) == 1 and is_unspaced(word)


def _may_begin(last: _Typed, known: Known) -> bool:
    """Whether the last word is in no document as it is, and may still be on its way."""
    return len(last.word) >= _BEGINNING and not any(map(known, last.terms))


def _quotes(text: str) -> str:
    return f'"{text}"'


def _any(terms: Sequence[str]) -> str:
    return " OR ".join(map(_quotes, terms))
