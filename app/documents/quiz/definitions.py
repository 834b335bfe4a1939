"""The terms that documents say what they are, each with the sentence that says it: a glossary without a model.

    definitions(index, ["tides"], 60)       # (Defined("tides", 4, "ebb tide", 306, 376), …)

The sentences are those of which fill-in-the-blank questions are made: whole, in words, and to be understood alone. A
term has one entry, by the first sentence that defines it. The same documents always give the same entries.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.core.documents import Defined, Passage
from app.documents.index import Index
from app.documents.quiz.cloze import sentences_of
from app.documents.quiz.prose import is_fit
from app.documents.quiz.terms import defined

LEAST_LETTERS = 3  # of a term


def definitions(index: Index, documents: Sequence[str] | None, count: int) -> tuple[Defined, ...]:
    """At most `count` terms, in the order in which they stand in these documents (None: in all)."""
    found = dict[str, Defined]()
    for name, one in index.about(documents).items():
        for number in range(one.count):
            for passage in index.around([(name, number)], 0):
                for entry in _of_passage(passage, one.language):
                    found.setdefault(entry.term.casefold(), entry)
            if len(found) >= count:
                return tuple(found.values())[:count]
    return tuple(found.values())


def _of_passage(passage: Passage, language: str) -> Iterator[Defined]:
    for start, end in sentences_of(passage.text):
        sentence = passage.text[start:end]
        if not is_fit(sentence, language):
            continue
        for first, last in defined(sentence):
            term = " ".join(sentence[first:last].split())
            if sum(letter.isalpha() for letter in term) >= LEAST_LETTERS:
                yield Defined(passage.document, passage.number, term, start, end)
                break
