"""What words are to the index: cut out of a text with their places, without what only carries a sentence, and down to
their stems by the language they are in.

    list(words("L'\u00e9tude d'Ampère"))          # [(0, 1), (2, 7), (8, 9), (10, 16)]: pieces of the text
    terms("The tides were rising", "en")     # ["tide", "rise"]
    terms("光合作用", "zh")                    # ["光合", "合作", "作用", "用"]: who writes no spaces is cut into pairs
    language_of("Die Gezeiten sind …")       # "de"

A term has no case, no accents and no signs, whatever it was made of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from unicodedata import normalize

from app.core.finding import fold
from app.documents.stems import LANGUAGES, stemmer
from app.documents.stop_words import STOP_WORDS

#: grows whenever the same text would give other terms: an index made before is then made anew
VERSION = 1
OTHER_CODES = {"nb": "no", "nn": "no", "in": "id", "iw": "he", "ji": "yi"}
LONGEST_TERM = 64
_MOST_KNOWN = 200_000  # words of a language
_SAMPLE = 4000  # characters from the beginning, the middle and the end of a text tell its language
_ENOUGH, _CLEAR = 0.08, 0.2  # of all words: a language's stop words, where it is told by them, and without a doubt

#: Letters of scripts that put no spaces between words.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u309f\u30a0-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003134f"
)
#: Accents and vowel signs that stand after their letter, and the soft hyphen and joiners, which nobody sees.
_SIGNS = "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
_SIGNS += "\u0900-\u0903\u093a-\u094f\u0955-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u0a3c-\u0a4d\u0abc-\u0acd"
_SIGNS += "\u0b3c-\u0b4d\u0bbe-\u0bcd\u0c3e-\u0c4d\u0cbc-\u0ccd\u0d3e-\u0d4d\u00ad\u200c\u200d"
_LETTER = rf"[^\W_{_UNSPACED}]"
#: At the end of a line a hyphen parts one word (some PDFs say it by a sign of their own).
_BROKEN = r"(?:[-\u2010\ufffe\x02]\r?\n(?=[a-zß-öø-ÿ]))"
#: An English 's and its like.
_ENDING = r"(?:['’](?:s|t|d|ll|m|re|ve)(?![^\W_]))?"


def _word(letter: str) -> str:
    return rf"{letter}+(?:(?:[{_SIGNS}]|{_BROKEN}){letter}*)*"


_WORD = re.compile(rf"(?P<run>[{_UNSPACED}]+)|(?P<word>{_word(_LETTER)}){_ENDING}")
#: The same of a text in which all words stand apart, where it is faster.
_SPACED_WORD = re.compile("(" + _word(r"[^\W_]") + ")" + _ENDING)
#: And of a text without any other letters.
_ASCII_WORD = re.compile(
    r"([A-Za-z0-9]+(?:[-\x02]\r?\n(?=[a-z])[A-Za-z0-9]+)*)(?:'(?:s|t|d|ll|m|re|ve)(?![A-Za-z0-9]))?"
)
#: Without any of these its words are what stands between other signs: blanks for these and small letters, as bytes.
_JOINERS = "'", "-\n", "-\r", "\x02"
_IN_WORDS = bytes(ord(chr(byte).lower()) if chr(byte).isalnum() else ord(" ") for byte in range(128)) + bytes(128)
_UNSPACED_LETTER = re.compile(f"[{_UNSPACED}]")
_UNSEEN = re.compile(r"[\u00ad\u200c\u200d\ufffe\x02\r\n\u2010-]")
_NO_TERM = re.compile(r"[\x00-/:-@\[-`{-\x7f\s]+")


def words(text: str) -> Iterator[tuple[int, int]]:
    """Where the words of a text stand, as (start, end). Of what is written without spaces each pair of letters is one,
    and the last letter too. An English 's belongs to no word."""
    for found in _WORD.finditer(text):
        if found["run"] is None:
            yield found.span("word")
            continue
        start, end = found.span()
        for at in range(start, end):
            yield at, min(at + 2, end)


def is_unspaced(word: str) -> bool:
    """Whether a word is of a script that puts no spaces between words."""
    return _UNSPACED_LETTER.match(word) is not None


def plain(word: str) -> str:
    """A word in lower case, put together where it was parted, with its accents."""
    if word.isascii() and word.isalnum():
        return word[:LONGEST_TERM].lower()
    return normalize("NFKC", _UNSEEN.sub("", word)).lower()[:LONGEST_TERM]


def code_of(language: str) -> str:
    """A language's code without its region ("de" of "de-AT"), "" of what is none."""
    code = re.split("[-_]", language.strip().lower())[0]
    return OTHER_CODES.get(code, code) if 2 <= len(code) <= 3 and code.isalpha() else ""


@lru_cache(maxsize=10_000)
def term(word: str, language: str) -> str:
    """The term of a plain word: its stem, folded. "" where nothing is left."""
    return _term(word, stemmer(language))


def _term(word: str, stem: Callable[[str], str] | None) -> str:
    made = stem(word) if stem else word
    if made.isascii() and made.isalnum():
        return made.lower()
    return _NO_TERM.sub("", fold(made))


def is_stop_word(word: str, language: str) -> bool:
    """Whether a plain word only carries a sentence."""
    return word in STOP_WORDS.get(language, ())


def terms(text: str, language: str) -> list[str]:
    """What a text is found by, in its order."""
    known = _terms_in(language)
    if text.isascii() and not any(sign in text for sign in _JOINERS):
        return list(filter(None, map(known.__getitem__, text.encode().translate(_IN_WORDS).decode().split())))
    if text.isascii():
        return list(filter(None, map(known.__getitem__, _ASCII_WORD.findall(text))))
    if not _UNSPACED_LETTER.search(text):
        return list(filter(None, map(known.__getitem__, _SPACED_WORD.findall(text))))
    return list(filter(None, (known[text[start:end]] for start, end in words(text))))


class _Terms(dict[str, str]):
    """Of words as they stand in texts their terms, "" of stop words. Most words stand often, so all are remembered."""

    def __init__(self, language: str) -> None:
        self._stops, self._stem = STOP_WORDS.get(language, frozenset()), stemmer(language)

    def __missing__(self, written: str) -> str:
        if len(self) > _MOST_KNOWN:
            self.clear()
        word = plain(written)
        found = self[written] = "" if word in self._stops else _term(word, self._stem)
        return found


@lru_cache(maxsize=len(LANGUAGES))
def _terms_in(language: str) -> _Terms:
    return _Terms(language)


def shares(text: str) -> dict[str, float]:
    """Of each language the part of the words that only it and its like would have."""
    every = [plain(text[start:end]) for start, end in words(text)]
    count = max(len(every), 1)
    return {language: sum(word in known for word in every) / count for language, known in STOP_WORDS.items()}


_SCRIPTS = (
    ("ja", re.compile("[\u3041-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("hy", re.compile("[\u0530-\u058f]")),
    ("ta", re.compile("[\u0b80-\u0bff]")),
    ("ka", re.compile("[\u10a0-\u10ff]")),
)


def _by_script(sample: str) -> str:
    """The language of a script that one language has to itself, where a fifth of the letters are of it."""
    letters = max(sum(map(str.isalpha, sample)), 1)
    return next((language for language, script in _SCRIPTS if len(script.findall(sample)) * 5 >= letters), "")


def language_of(text: str, said: str = "") -> str:
    """The language of a text, told by its script and its stop words; "" where that tells nothing. What the text `said`
    of itself holds unless it is plainly another: programs write their own language into files."""
    middle = max(len(text) // 2 - _SAMPLE // 2, 0)
    sample = text if len(text) <= 3 * _SAMPLE else text[:_SAMPLE] + text[middle : middle + _SAMPLE] + text[-_SAMPLE:]
    by_script, said = _by_script(sample), code_of(said)
    if by_script:
        return by_script
    found = shares(sample)
    best = max(found, key=lambda language: found[language])
    if said and not (found[best] >= _CLEAR and found[best] > 2 * found.get(said, 0)):
        return said
    return best if found[best] >= _ENOUGH else ""
