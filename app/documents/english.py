"""The stems of English words, as Snowball's `english` has them (https://snowballstem.org/algorithms/english/stemmer.html,
of version 3.1): written out for Python, where a word costs a third of what the generated stemmer takes, and most
documents are in English. snowballstemmer stays for every other language, and is what this one is held against
(tests/documents/test_stems.py): the stems must be the same, or an index would have to be made anew.

    stem("tides")               # "tide"
    stem("relational")          # "relat"

R1 is what stands behind the first vowel and the first other letter after it, R2 the same within R1: an ending only goes
where it lies in them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

#: words that are their own stems, or have one of their own
_ALONE = {one: one for one in ("andes", "atlas", "bias", "cosmos", "howe", "news", "sky")} | {
    "early": "earli",
    "gently": "gentl",
    "idly": "idl",
    "only": "onli",
    "singly": "singl",
    "skies": "sky",
    "skis": "ski",
    "ugly": "ugli",
}
_VOWELS = frozenset("aeiouy")
_VOWEL = re.compile("[aeiouy]")
_VOWEL_Y = re.compile("([aeiouy])y")  # this y is none
_REGION = "[^aeiouy]*[aeiouy]+[^aeiouy]"
#: up to R1, and up to R2; what begins so has its R1 behind that
_REGIONS = re.compile(f"(arsen|commun|emerg|gener|inter|later|organ|past|univers|{_REGION})({_REGION})?")
_SHORT = re.compile(r"(?:[^aeiouy][aeiouy][^aeiouywxY]|past)\Z")  # a short syllable at the end
_SHORT_WORD = re.compile("[aeiouy][^aeiouy]")
_VERB = ("eedly", "ingly", "edly", "eed", "ing", "ed")  # no shorter one before a longer one that ends so
_EED = ("succ", "proc", "exc")  # words that keep "eed" behind them
_ING = ("even", "cann", "inn", "earr", "herr", "out")  # words that keep "ing" behind them
_E = frozenset(("at", "bl", "iz"))  # what an "e" is put behind again
_DOUBLE = frozenset(("bb", "dd", "ff", "gg", "mm", "nn", "pp", "rr", "tt"))
#: of the last two letters: the endings with them, the longest first; what stands in their place; 1 where they must lie
#: in R2 and 0 where in R1; one of which letters must stand before (none: any)
_Endings: TypeAlias = Mapping[str, tuple[tuple[str, str, int, frozenset[str]], ...]]
_BEFORE = {"li": frozenset("cdeghkmnrt"), "ogi": frozenset("l"), "ion": frozenset("st")}


def _endings(made_of: Mapping[str, str], within: int = 0) -> _Endings:
    """`made_of` has the endings by what stands in their place."""
    every = [(one, instead) for instead, endings in made_of.items() for one in endings.split()]
    rows = [(one, instead, within or int(one == "ative"), _BEFORE.get(one, frozenset())) for one, instead in every]
    rows.sort(key=lambda row: -len(row[0]))
    return {last: tuple(row for row in rows if row[0].endswith(last)) for last in {row[0][-2:] for row in rows}}


_SECOND = _endings(
    {
        "tion": "tional",
        "ence": "enci",
        "ance": "anci",
        "able": "abli",
        "ent": "entli",
        "ize": "izer ization",
        "ate": "ational ation ator",
        "al": "alism aliti alli",
        "ful": "fulness fulli",
        "ous": "ousli ousness",
        "ive": "iveness iviti",
        "ble": "biliti bli",
        "og": "ogi ogist",
        "less": "lessli",
        "": "li",
    }
)
_THIRD = _endings(
    {"tion": "tional", "ate": "ational", "al": "alize", "ic": "icate iciti ical", "": "ful ness ative"},
)
_FOURTH = _endings(
    {"": "ic ance ence able ible ate ive ize iti al ism ion er ous ant ent ment ement"},
    within=1,
)


def stem(word: str) -> str:
    """The stem of a word in lower case."""
    if len(word) < 3 or word in _ALONE:
        return _ALONE.get(word, word)
    word = word[1:] if word[0] == "'" else word
    is_marked = False
    if "y" in word:
        marked = _VOWEL_Y.sub(r"\1Y", "Y" + word[1:] if word[0] == "y" else word)
        is_marked, word = marked != word, marked
    found = _REGIONS.match(word)
    first = found.end(1) if found else len(word)
    second = found.end(2) if found and found.end(2) > 0 else len(word)
    regions = first, second
    if word[-1:] in "sd'":
        word = _singular(word)
    if word[-1:] in "dgy":
        word = _without_verb(word, first)
    if word[-1:] in "yY" and len(word) > 2 and word[-2] not in _VOWELS:
        word = word[:-1] + "i"
    if word[-2:] in _SECOND:
        word = _taken(word, _SECOND, regions)
    if word[-2:] in _THIRD:
        word = _taken(word, _THIRD, regions)
    if word[-2:] in _FOURTH:
        word = _taken(word, _FOURTH, regions)
    if word[-1:] in "el":
        word = _end(word, first, second)
    return word.replace("Y", "y") if is_marked else word


def _singular(word: str) -> str:
    for ending in ("'s'", "'s", "'") if "'" in word else ():
        if word.endswith(ending):
            word = word[: -len(ending)]
            break
    if word.endswith("sses"):
        return word[:-2]
    if word.endswith(("ies", "ied")):
        return word[:-2] if len(word) > 4 else word[:-1]
    if word.endswith("s") and word[-2:-1] not in ("s", "u") and _VOWEL.search(word, 0, max(len(word) - 2, 0)):
        return word[:-1]
    return word


def _without_verb(word: str, first: int) -> str:
    if not word.endswith(_VERB):
        return word
    ending = next(one for one in _VERB if word.endswith(one))
    root = word[: -len(ending)]
    if ending in ("eed", "eedly"):
        return word if len(root) < first or root in _EED else root + "ee"
    if ending == "ing":
        if len(root) == 2 and root[1] == "y" and root[0] not in _VOWELS:
            return root[0] + "ie"
        if root in _ING:
            return word
    if not _VOWEL.search(root):
        return word
    last = root[-2:]
    if last in _E:
        return root + "e"
    if last in _DOUBLE:
        return root if len(root) == 3 and root[0] in "aeo" else root[:-1]
    return root + "e" if len(root) == first and _is_short(root) else root


def _is_short(word: str) -> bool:
    return bool(_SHORT.search(word, max(len(word) - 4, 0)) or _SHORT_WORD.fullmatch(word))


def _taken(word: str, endings: _Endings, regions: tuple[int, int]) -> str:
    for ending, instead, within, before in endings[word[-2:]]:
        if word.endswith(ending):
            at = len(word) - len(ending)
            if at < regions[within] or (before and word[max(at - 1, 0) : at] not in before):
                return word
            return word[:at] + instead
    return word


def _end(word: str, first: int, second: int) -> str:
    at = len(word) - 1
    if word[-1:] == "e":
        return word[:-1] if at >= second or (at >= first and not _is_short(word[:-1])) else word
    return word[:-1] if at >= second and word[-2:] == "ll" else word
