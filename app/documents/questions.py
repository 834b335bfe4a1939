"""Questions made of a person's own documents, without a model, each with the passage that answers it.

    trials(index, ["tides", "mills"], 40)     # (Trial("bulges opposite sides of the earth", "tides", 4), …)

A sentence that says what something is gives "What is …?". Any other gives a few words, as a person would type who has
read it long ago: the rarer half of its own is gone, and one of the others has become a word that often stands
beside it elsewhere in these documents, and not in this passage. So a question is no copy of its answer, though it
shares more words with it than a person's own would. The same documents always give the same questions.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from math import sqrt

from app.core.documents import Passage, Trial
from app.documents.index import Index
from app.documents.sentences import sentences, weight
from app.documents.words import is_stop_word, plain, term, terms, words

_SEED = 19
_LEAST, _MOST = 3, 4  # words of a question that is no "What is …?"
_SENTENCE = (8.0, 45.0)  # words of a sentence that a question can be made of, as `weight` counts them
_LETTERS = 0.75  # of a sentence's characters: tables, formulas and code have fewer
_AROUND = 8  # passages in which a word stands beside others
_COMMON = 0.1  # of all passages: what stands in more of them tells nothing
_ARTICLE = r"(?:(?:an?|the|der|die|das|eine?)\s+)?"
_NAME = r"(?P<name>[^\W\d_][\w-]*(?:\s+[\w-]+){0,2}?)"
_DEFINITION = re.compile(
    rf"{_ARTICLE}{_NAME}\s+(?:(?P<en>(?:is|are)\s+(?:an?|the)|means)|(?:ist|sind)\s+(?:eine?|der|die|das)|bedeutet)\s",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word that says something, as it is written, and in how many passages its term stands."""

    written: str
    term: str
    frequency: int


def trials(index: Index, documents: Sequence[str] | None, count: int) -> tuple[Trial, ...]:
    """At most `count` questions, of different passages, spread over all of these documents (None: over all)."""
    about, draw = index.about(documents), random.Random(_SEED)
    places = [(name, number) for name, one in about.items() for number in range(one.count)]
    draw.shuffle(places)
    made = (_Maker(index, len(places), about[place[0]].language, draw).of(place) for place in places)
    return tuple(islice((one for one in made if one), count))


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the question of a passage. `passages` is how many there are."""

    index: Index
    passages: int
    language: str
    draw: random.Random

    def of(self, place: tuple[str, int]) -> Trial | None:
        """None where no sentence of it is fit for one."""
        for passage in self.index.around([place], 0):
            asked = self._defined(passage) or self._remembered(passage)
            if asked:
                return Trial(asked, passage.document, passage.number)
        return None

    def _defined(self, passage: Passage) -> str:
        """ "What is …?", "" where nothing is said to be something, or where every passage names it."""
        for sentence in _fit(passage.text):
            found = _DEFINITION.match(sentence)
            name = " ".join(found["name"].split()) if found else ""
            known = self._words(name)
            if found and len(known) == len(name.split()) and any(self._tells(one) for one in known):
                return f"What is {name}?" if found["en"] else f"Was ist {name}?"
        return ""

    def _remembered(self, passage: Passage) -> str:
        """Some words of the sentence that tells the most, "" where none does."""
        best = max(_fit(passage.text), key=self._worth, default="")
        said = [one for one in self._words(best) if self._tells(one)]
        common = sorted(said, key=lambda one: -one.frequency)[: max(_LEAST, len(said) // 2)]
        if len(common) < _LEAST or len(common) == len(said):
            return ""
        kept = self.draw.sample(common, min(_MOST, len(common)))
        here = set(terms(passage.text, self.language))
        asked = [self._beside(one, here) if at == 1 else one.written for at, one in enumerate(kept)]
        return " ".join(dict.fromkeys(asked))

    def _beside(self, word: _Word, here: set[str]) -> str:
        """A word that stands with this one where it tells more than here; the word itself where there is none."""
        places = self.index.places(word.written, None, _AROUND)
        texts = [one.text for one in self.index.around(places, 0)]
        counted = Counter(key for text in texts for key in set(terms(text, self.language)) - here)
        lift = {
            key: count / sqrt(self.index.frequency(key))
            for key, count in counted.items()
            if count > 1 and not key.isdigit() and len(key) >= _LEAST
        }
        best = max(sorted(lift), key=lambda key: lift[key], default="")
        written = (one.written for text in texts for one in self._words(text, best) if best)
        return next(written, word.written)

    def _worth(self, sentence: str) -> int:
        return sum(self._tells(one) for one in self._words(sentence))

    def _words(self, text: str, wanted: str = "") -> list[_Word]:
        """What of a text is more than its frame, each term once; only the one that is wanted."""
        found = dict[str, _Word]()
        for start, end in words(text):
            word = plain(text[start:end])
            key = term(word, self.language)
            if wanted and key != wanted:
                continue
            if key and key not in found and not word.isdigit() and not is_stop_word(word, self.language):
                found[key] = _Word(text[start:end], key, self.index.frequency(key))
        return list(found.values())

    def _tells(self, word: _Word) -> bool:
        return 0 < word.frequency <= max(_COMMON * self.passages, 2)


def _fit(text: str) -> Iterator[str]:
    """The sentences that a question can be made of."""
    for start, end in sentences(text):
        sentence = " ".join(text[start:end].split())
        letters = sum(letter.isalpha() or letter == " " for letter in sentence)
        low, high = _SENTENCE
        if low <= weight(sentence) <= high and letters >= _LETTERS * len(sentence) and not sentence[0].islower():
            yield sentence
