"""What a search asks, held against names and texts: case and accents aside, all words needed, better places first.

query = Query.of("Über gauss")               # Query("Über gauss", ("uber", "gauss"))
rank(query, "Gauß: über Zahlen")              # Rank.WORD
list(spans("Gauß: über Zahlen", query.words))  # [(0, 4), (6, 10)]: what to mark, here in a text as it is written
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from unicodedata import normalize

_ACCENTS = re.compile("[\u0300-\u036f]+")
_BETWEEN = re.compile(r"[\W_]+")
_STEP = 256  # characters that are folded at once where a place is looked for


class Rank(IntEnum):
    """Where the words of a query are, the better the lower: the name begins with them, words of it do, they are
    somewhere in it, in what else belongs to it, or only in what is attached to that."""

    NAME = 0
    WORD = 1
    INSIDE = 2
    TEXT = 3
    ATTACHED = 4


def fold(text: str) -> str:
    """A text without case and accents. What belongs together is folded alike, alone or within more."""
    if text.isascii():
        return text.lower()
    return _ACCENTS.sub("", normalize("NFKD", text).casefold())


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, and its words as they are looked for."""

    text: str = ""
    words: tuple[str, ...] = ()

    @staticmethod
    def of(typed: str) -> Query:
        """The query of what stands in a field."""
        return Query(typed.strip(), tuple(dict.fromkeys(fold(typed).split())))


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is looked through: in one line, and with nothing but blanks between its words."""

    line: str
    spaced: str

    @staticmethod
    def of(name: str) -> Name:
        """The name, folded."""
        line = " ".join(fold(name).split())
        return Name(line, " " + _BETWEEN.sub(" ", line))

    def rank(self, words: Sequence[str]) -> Rank:
        """How well it holds words that are all in it."""
        if self.line.startswith(" ".join(words)):
            return Rank.NAME
        return Rank.WORD if all(" " + word in self.spaced for word in words) else Rank.INSIDE


def rank(query: Query, name: str, about: str = "") -> Rank | None:
    """How well a thing fits that has this name; `about` is what else it is found by. None where some word is in
    neither."""
    whole = Name.of(name)
    lacking = [word for word in query.words if word not in whole.line]
    if not lacking:
        return whole.rank(query.words)
    rest = fold(about)
    return Rank.TEXT if all(word in rest for word in lacking) else None


def spans(text: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where folded words stand in a text, as (start, end), in order and apart from each other. For lines: each
    character is folded by itself, since folding changes lengths."""
    folded, at = [], []
    for index, character in enumerate(text):
        kept = fold(character)
        folded.append(kept)
        at += [index] * len(kept)
    whole, end = "".join(folded), 0
    at.append(len(text))
    longest = sorted(words, key=len, reverse=True)
    for found in re.finditer("|".join(map(re.escape, longest)), whole) if words else ():
        start = max(at[found.start()], end)
        end = at[found.end() - 1] + 1
        while end < len(text) and not fold(text[end]):  # an accent of its own
            end += 1
        if start < end:
            yield start, end


def place(text: str, folded_at: int) -> int:
    """About where in a text the character stands that is the `folded_at`th of its folded form: the place or up to 256
    characters before it."""
    for start in range(0, len(text), _STEP):
        width = len(fold(text[start : start + _STEP]))
        if folded_at < width:
            return start
        folded_at -= width
    return len(text)
