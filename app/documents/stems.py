"""The stems of words: Snowball's, found faster.

    stem = stemmer("en")        # a function; None for a language without one
    stem("tides")               # "tide"

snowballstemmer goes through its lists of endings letter by letter, which takes most of its time; here the endings of
each list are looked up, the longest first. English is written out (`english`). The stems are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, TypeAlias, cast

from app.documents import english

LANGUAGES = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian",
    "it": "italian", "lt": "lithuanian", "ne": "nepali", "nl": "dutch", "no": "norwegian", "pl": "polish",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil",
    "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
#: of a list of endings, by the letter where they meet the rest of the word: their lengths, the longest first, and they
Table: TypeAlias = dict[str, tuple[tuple[int, ...], dict[str, int]]]


@lru_cache(maxsize=len(LANGUAGES))
def stemmer(language: str) -> Callable[[str], str] | None:
    """What gives the stem of a plain word of a language, by its code."""
    if language == "en":
        return english.stem
    name = LANGUAGES.get(language)
    if not name:
        return None
    import snowballstemmer  # only here: the page's own Python packs this file and has no stemmers

    kind = type(snowballstemmer.stemmer(name))
    ours = {"find_among": _find, "find_among_b": _find_backwards, "tables": {}}
    return cast("Callable[[str], str]", type(f"Quick{kind.__name__}", (kind,), ours)().stemWord)


def _table(entries: Sequence[Any], letter: int) -> Table:
    """`letter` is the place of an entry's letter that is looked at first. An empty entry stands under no letter."""
    made: Table = {}
    for at, entry in enumerate(entries):
        lengths, known = made.get(entry.s[letter:][:1], ((), {}))
        known[entry.s] = at
        made[entry.s[letter:][:1]] = tuple(sorted({*lengths, len(entry.s)}, reverse=True)), known
    return made


def _find(self: Any, entries: Sequence[Any]) -> int:
    """The result of the longest entry that the word goes on with, 0 where there is none."""
    table = self.tables.get(id(entries))
    if table is None:
        table = self.tables[id(entries)] = _table(entries, 0)
    start, limit, word = self.cursor, self.limit, self.current
    lengths, known = table.get(word[start:limit][:1]) or _NONE
    for length in lengths:
        if start + length <= limit and (at := known.get(word[start : start + length])) is not None:
            return _result(self, entries, at, start, 1)
    return _result(self, entries, table[""][1][""], start, 1) if "" in table else 0


def _find_backwards(self: Any, entries: Sequence[Any]) -> int:
    """The same before the place where the stemmer is."""
    table = self.tables.get(id(entries))
    if table is None:
        table = self.tables[id(entries)] = _table(entries, -1)
    end, limit, word = self.cursor, self.limit_backward, self.current
    lengths, known = (table.get(word[end - 1]) if end > limit else None) or _NONE
    for length in lengths:
        if end - length >= limit and (at := known.get(word[end - length : end])) is not None:
            return _result(self, entries, at, end, -1)
    return _result(self, entries, table[""][1][""], end, -1) if "" in table else 0


_NONE: tuple[tuple[int, ...], dict[str, int]] = ((), {})


def _result(self: Any, entries: Sequence[Any], at: int, start: int, way: int) -> int:
    """Of an entry that is there, or of a shorter one within it whose condition holds."""
    while at >= 0:
        entry = entries[at]
        self.cursor = start + way * len(entry.s)
        if entry.method is None:
            return int(entry.result)
        if entry.method(self):
            self.cursor = start + way * len(entry.s)
            return int(entry.result)
        at = entry.substring_i
    return 0
