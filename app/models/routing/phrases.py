r"""Lists of words and phrases, found fast: single words by a set, the others only where some word begins as they do.

    REASONS = Phrases(r"why|how come|erklär\w*|为什么")
    REASONS.count(words_in("why? erkläre das"))      # 2
    REASONS.is_in(words_in("what is osmosis?"))      # False, after two looks into sets

Letters that stand without spaces (or carry vowel signs that are no letters to `\b`) are found wherever they are; all
others between borders of words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from app.models.routing.letters import letters_of

HEAD = 3
#: of a word that may have slipped: shorter ones are too like others
FEWEST_LETTERS = 5
#: letters of one kind: "用python写" are three words
WORD = re.compile(r"[^\W\d_\u3040-\u30ff\u3400-\u9fff]+|[\u3040-\u30ff\u3400-\u9fff]+")
DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
BARS = re.compile(r" ?\| ?")
#: from here to there no border of a word is to be seen: India, Thailand, China, Japan, Korea
UNSPACED = ("\u0900", "\ud7a3")


@dataclass(frozen=True, slots=True)
class Line:
    """A text with its words in order, the different ones, and their first letters."""

    text: str
    words: tuple[str, ...]
    different: frozenset[str]
    heads: frozenset[str]
    is_ascii: bool


@lru_cache(maxsize=8)
def words_in(text: str) -> Line:
    """The words of a lower-case text that is not long: several readers ask for the same one."""
    is_ascii = text.isascii()
    words = tuple(letters_of(text) if is_ascii or not DENSE.search(text) else WORD.findall(text))
    different = frozenset(words)
    return Line(text, words, different, frozenset([word[:HEAD] for word in different]), is_ascii)


def alternatives(text: str) -> list[str]:
    """What stands between bars, those inside brackets left alone; spaces and line ends around bars don't count."""
    found, depth = [""], 0
    for letter in BARS.sub("|", " ".join(text.split())):
        depth += (letter == "(") - (letter == ")")
        if letter == "|" and not depth:
            found.append("")
        else:
            found[-1] += letter
    return [one for one in found if one]


class Phrases:
    """Alternatives with bars between them, each a pattern without a group that counts."""

    def __init__(self, text: str) -> None:
        unspaced = [one for one in alternatives(text) if UNSPACED[0] <= one[0] <= UNSPACED[1]]
        spaced = [one for one in alternatives(text) if not UNSPACED[0] <= one[0] <= UNSPACED[1]]
        self._words = frozenset(one for one in spaced if WORD.fullmatch(one))
        patterns = [one for one in spaced if one not in self._words]
        opens = [one for one in patterns if not _head(one)]
        self._heads, self._is_open = frozenset(map(_head, patterns)), bool(opens)
        self._is_open_in_ascii = any(one.lstrip("(?:")[0].isascii() for one in opens)
        self._spaced = re.compile(rf"\b(?:{'|'.join(patterns)})\b") if patterns else None
        self._unspaced = re.compile("|".join(unspaced)) if unspaced else None

    def count(self, line: Line) -> int:
        """How often one of them is there."""
        found = 0
        if not self._words.isdisjoint(line.different):
            found = sum([word in self._words for word in line.words])
        if self._spaced and self._is_near(line):
            found += sum([one not in self._words for one in self._spaced.findall(line.text)])
        if self._unspaced and not line.is_ascii:
            found += len(self._unspaced.findall(line.text))
        return found

    def is_in(self, line: Line) -> bool:
        """Whether one of them is there."""
        if not self._words.isdisjoint(line.different):
            return True
        if self._spaced and self._is_near(line) and self._spaced.search(line.text):
            return True
        return bool(self._unspaced and not line.is_ascii and self._unspaced.search(line.text))

    def _is_near(self, line: Line) -> bool:
        is_open = self._is_open_in_ascii if line.is_ascii else self._is_open
        return is_open or not self._heads.isdisjoint(line.heads)


def _head(pattern: str) -> str:
    """What a word has to begin with; nothing where the pattern leaves that open."""
    found = WORD.match(pattern)
    lead = found.group() if found else ""
    after = pattern[len(lead) :][:1]
    if after in ("?", "*"):
        lead = lead[:-1]
    return lead[:HEAD] if len(lead) >= HEAD or after in (" ", "'") else ""


class Near:
    """Words that are found with one slip of the keyboard: a letter more, less, another, or two swapped."""

    def __init__(self, words: Iterable[str], fewest: int = FEWEST_LETTERS) -> None:
        self._fewest = fewest
        self._known = frozenset(form for word in words if len(word) >= fewest for form in _without_one(word))

    def has(self, word: str) -> bool:
        """Whether it is one of them, or nearly. Words of fewer letters are too like others."""
        return len(word) >= self._fewest - 1 and not self._known.isdisjoint(_without_one(word))


def _without_one(word: str) -> list[str]:
    return [word, *(word[:i] + word[i + 1 :] for i in range(len(word)))]
