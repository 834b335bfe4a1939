"""What a person has selected to be explained, the passage that it stands in, and how a model is asked about it.

    passage = passage_of(page.text, Selected("by-product", before="Oxygen is a "))
    passage.text, passage.start, passage.end        # what is around the words, and where they stand in it
    about("Photosynthesis.pdf", passage)            # what a model is asked

Words are selected as they are drawn: without the marks of Markdown, with other line breaks. They are found again by
their letters and digits alone.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice

from app.core.text import shorten
from app.study.cited import Cited
from app.study.grounding import language_of

AROUND = 600  # characters before and behind the words that are given with them
MOST_WORDS = 1000  # characters of what is explained at once
MOST_BETWEEN = 16  # characters that are no letters between two words: marks, breaks
ENOUGH = 12  # words by which the beginning, and the end, of a selection are found
MOST_PLACES = 20  # of its beginning, that are looked at
MAX_TOKENS, TEMPERATURE = 400, 0.2
ASK = {
    "en": (
        "Passage from “{name}”:",
        "A student does not understand this part of it:",
        "Explain that part to the student in plain words, in two to five sentences: what it means here, and what its "
        "terms mean. Keep to the passage. If something is needed that it does not say, say that it is not in the "
        "passage. Write in the language of the passage.",
    ),
    "de": (
        "Textstelle aus „{name}“:",
        "Ein Lernender versteht diesen Teil davon nicht:",
        "Erkläre ihm diesen Teil mit einfachen Worten, in zwei bis fünf Sätzen: was er hier bedeutet, und was seine "
        "Begriffe bedeuten. Bleib bei der Textstelle. Braucht es etwas, das sie nicht sagt, dann sag, dass es nicht in "
        "der Textstelle steht. Schreib auf Deutsch.",
    ),
}
_WORD = re.compile(r"\w+")
_SIGNS_AHEAD, _SIGNS_BEHIND = re.compile(r"\W+"), re.compile(r"\W+$")
_GAP = rf"\W{{0,{MOST_BETWEEN}}}?"
_ENDS = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+|\n\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Selected:
    """Words that are selected, and some that stand `before` them: they tell which of several places is meant."""

    words: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """What is around some `words`, from `first` of the whole text. They stand from `start` to before `end` of it; 0 and
    0 where they are not found, as those of a formula. `is_cut` where more was selected."""

    words: str
    text: str
    first: int = 0
    start: int = 0
    end: int = 0
    is_cut: bool = False

    @property
    def span(self) -> tuple[int, int]:
        """Where the words stand in the whole text; (0, 0) where they are not found."""
        return (self.first + self.start, self.first + self.end) if self.end else (0, 0)


def passage_of(text: str, selected: Selected) -> Passage:
    """The passage of a text in which the words stand; where they don't, its part that shares most with them."""
    whole = " ".join(selected.words.split())
    words = shorten(whole, MOST_WORDS)
    is_cut = words != whole
    asked = Selected(whole[:MOST_WORDS], selected.before)
    if found := _found(text, asked):
        start, end = _with_signs(text, *found, whole)
        first, last = _around(text, start, end)
        return Passage(words, text[first:last], first, start - first, end - first, is_cut)
    at = _likest(text, whole)
    first, last = _around(text, at, at)
    return Passage(words, text[first:last], first, is_cut=is_cut)


def _found(text: str, selected: Selected) -> tuple[int, int] | None:
    """Where the words stand: behind those that are before them where that is to be found, and all together where their
    beginning stands in several places, as in a card's question and in its answer."""
    words, before = _WORD.findall(selected.words), _WORD.findall(selected.before)
    if not words:
        return None
    first, last = _pattern(words[:ENOUGH]), re.compile(_pattern(words[-ENOUGH:]), re.IGNORECASE)
    starts = _places(f"{_pattern(before[-ENOUGH:])}{_GAP}({first})", text) if before else []
    starts = starts or _places(f"({first})", text)
    if not starts or len(words) <= ENOUGH:
        return starts[0] if starts else None
    most = 4 * len(selected.words) + MOST_BETWEEN  # marks make it longer than it looks
    ends = ((start, last.search(text, start, start + most)) for start, _ in starts)
    whole = [(start, end.end()) for start, end in ends if end]
    return min(whole, key=lambda one: one[1] - one[0], default=starts[0])


def _with_signs(text: str, start: int, end: int, words: str) -> tuple[int, int]:
    """With what is no letter at the ends of the words, as far as it stands there too: a bracket, a full stop."""
    ahead, behind = _SIGNS_AHEAD.match(words), _SIGNS_BEHIND.search(words)
    if ahead and text[:start].endswith(ahead[0]):
        start -= len(ahead[0])
    if behind and text.startswith(behind[0], end):
        end += len(behind[0])
    return start, end


def _places(pattern: str, text: str) -> list[tuple[int, int]]:
    """The first places of what a pattern has in brackets; a style may write it in capitals."""
    return [one.span(1) for one in islice(re.finditer(pattern, text, re.IGNORECASE), MOST_PLACES)]


def _pattern(words: list[str]) -> str:
    return _GAP.join(map(re.escape, words))


def _likest(text: str, words: str) -> int:
    """Where the paragraph begins that has most of the words."""
    wanted = Counter(_WORD.findall(words.casefold()))
    best, most, at = 0, 0, 0
    for paragraph in re.split(r"(\n\s*\n)", text):
        shared = sum((wanted & Counter(_WORD.findall(paragraph.casefold()))).values())
        if shared > most:
            best, most = at, shared
        at += len(paragraph)
    return best


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """Whole sentences around a part of a text, as far as they go."""
    low, high = max(0, start - AROUND), min(len(text), end + AROUND)
    if low:
        cuts = [one.end() for one in _ENDS.finditer(text, low, start)]
        low = cuts[0] if cuts else low
    if high < len(text):
        cuts = [one.start() for one in _ENDS.finditer(text, end, high)]
        high = cuts[-1] if cuts else high
    return low, high


def about(name: str, passage: Passage) -> str:
    """What a model is asked: in the language of the passage, short enough for half a billion weights."""
    cited = Cited(1, "", name, 0, 0, 0, passage.text)
    head, part, task = ASK[language_of("", [cited])]
    return "\n\n".join((head.format(name=" ".join(name.split())), passage.text.strip(), part, passage.words, task))
