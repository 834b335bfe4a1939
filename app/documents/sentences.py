"""Where sentences stand in a text, and how much a text is.

    list(sentences("Dr. Lee came. She sat."))     # [(0, 13), (14, 22)]
    weight("Dr. Lee came.")                         # 3.0

No dictionary: an end is a mark and a blank with no usual short form before and no small letter after. What has no
sentences (tables, code, numbers) is cut at its lines, its clauses, its blanks, and at last between letters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from unicodedata import combining

from app.core.full_stops import BACK, LONGEST, ends_none

Span = tuple[int, int]
_LONGER = LONGEST + 1
#: Letters that count as a word, in scripts without spaces between words and where there are no words at all.
_UNSPACED, _DENSE = 2, 7
_LETTERS = re.compile(r"\w+(?:[\u0300-\u036f]\w*)*")
_MANY = 25  # letters in a row that count as several words
_LONG = re.compile(rf"\w[\w\u0300-\u036f]{{{_MANY - 1},}}")
#: For texts without any other letters, as bytes: blanks for whatever is in no word.
_IN_WORDS = bytes(byte if chr(byte).isalnum() or byte == ord("_") else ord(" ") for byte in range(128)) + bytes(128)
_THICK, _BLANK = b" " * 3, ord(" ")
#: Likewise an x for whatever is no blank, so that so many in a row are found without taking the text apart.
_NO_BLANKS = bytes(ord(" ") if chr(byte).isspace() else ord("x") for byte in range(128)) + bytes(128)
_SOLID = b"x" * _MANY
_NO_SPACES = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_BLANKS = re.compile(r"\s+")
#: the mark of an end with what closes behind it, and blanks; it begins with its signs, so that most of a text is passed
#: over at once
_END = re.compile(r"([.!?…。！？｡](?:(?<=[.!?…])[\"'”’»)\]]*(?=\s)|(?<=[。！？｡])[」』”’）]*))\s*(?=\S)")
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*|\f\s*")
LINE = re.compile(r"\n\s*")
_CLAUSE = re.compile(r"(?<=[,;:])\s+|(?<=[、，；：])\s*")


def weight(text: str) -> float:
    """How much a text is, in words: scripts without spaces, long numbers and code count by their letters."""
    unspaced = 0
    if text.isascii():
        words: list[Any] = text.encode().translate(_IN_WORDS).split()
    else:
        unspaced = len(_NO_SPACES.findall(text))
        text = _NO_SPACES.sub(" ", text) if unspaced else text
        words = _LETTERS.findall(text)
    counted, solid = float(len(words)), list(map(len, text.split()))
    if max(solid, default=0) >= _MANY:
        counted += sum(len(word) / 4 - 1 for word in _LONG.findall(text))
    return unspaced / _UNSPACED + max(counted, sum(solid) / _DENSE)


def weigher(text: str) -> Callable[[int, int], float]:
    """`weight` of any part of a text, from here to there, with what all of them need made once."""
    if not text.isascii() or _SOLID in text.encode().translate(_NO_BLANKS):
        return lambda start, end: weight(text[start:end])
    in_words = text.encode().translate(_IN_WORDS)
    count_in = _count_in_thin if _THICK not in in_words else _count_in

    def weigh(start: int, end: int) -> float:
        count = count_in(in_words, start, end)
        if end - start <= count * _DENSE:  # as nearly always: its words count, whatever blanks there are
            return float(count)
        return max(float(count), sum(map(len, text[start:end].split())) / _DENSE)

    return weigh


def _count_in(in_words: bytes, start: int, end: int) -> int:
    """The words of a part of a text."""
    return len(in_words[start:end].split())


def _count_in_thin(in_words: bytes, start: int, end: int) -> int:
    """The same where at most two blanks stand together, faster: what stands between them is a word each."""
    if start >= end:
        return 0
    between = in_words.count(b" ", start, end) - in_words.count(b"  ", start, end)
    return between + 1 - (in_words[start] == _BLANK) - (in_words[end - 1] == _BLANK)


def stripped(text: str, start: int, end: int) -> Span:
    """The same part of a text without blanks at its ends."""
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    return start, max(start, start + len(part.strip()))


def parts(text: str, start: int, end: int, between: re.Pattern[str]) -> Iterator[Span]:
    """A part of a text, parted where a pattern stands, without empty ones."""
    for found in between.finditer(text, start, end):
        one = stripped(text, start, found.end())
        if one[0] < one[1]:
            yield one
        start = found.end()
    one = stripped(text, start, end)
    if one[0] < one[1]:
        yield one


def paragraphs(text: str, start: int, end: int, *, by_lines: bool) -> Iterator[Span]:
    """The paragraphs of a part of a text: between empty lines, or each line one."""
    return parts(text, start, end, LINE if by_lines else _PARAGRAPH)


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The sentences of a paragraph, without the blanks between them."""
    end = len(text) if end is None else end
    for found in _END.finditer(text, start, end):
        at = found.end()
        if at >= end or text[at].islower():
            continue
        mark = found.start() + 1
        is_long = mark - start > _LONGER and text[mark - 1 - _LONGER : mark - 1].isalpha()  # as often: no short form
        if not is_long and text[mark - 1] == "." and ends_none(text[max(start, mark - BACK) : mark]):
            continue
        yield stripped(text, start, at) if text[start].isspace() else (start, found.end(1))
        start = at
    one = stripped(text, start, end)
    if one[0] < one[1]:
        yield one


def in_pieces(text: str, start: int, end: int, most: float) -> Iterable[tuple[Span, float]]:
    """A part of a text in pieces of at most about `most` words, each with its weight: whole where it is no more, else
    cut at lines, clauses, blanks or between letters."""
    heavy = weight(text[start:end])
    if heavy <= most:  # as nearly always
        return [((start, end), heavy)]
    return _cut(text, start, end, most, (LINE, _CLAUSE, _BLANKS))


def _cut(
    text: str, start: int, end: int, most: float, ways: tuple[re.Pattern[str], ...]
) -> Iterator[tuple[Span, float]]:
    heavy = weight(text[start:end])
    if heavy <= most:
        yield (start, end), heavy
    elif not ways:
        yield from _between_letters(text, start, end, most)
    else:
        at, until, so_far = start, start, 0.0
        for one in parts(text, start, end, ways[0]):
            for (first, last), more in _cut(text, *one, most, ways[1:]):
                if until > at and so_far + more > most:
                    yield (at, until), so_far
                    at, so_far = first, 0.0
                if until <= at:
                    at = first
                until, so_far = last, so_far + more
        if until > at:
            yield (at, until), so_far


def _between_letters(text: str, start: int, end: int, most: float) -> Iterator[tuple[Span, float]]:
    """No blank far and wide: cut anywhere but inside of a letter with its signs."""
    step = int(most * (_UNSPACED if _NO_SPACES.search(text, start, min(end, start + 64)) else 4))
    while start < end:
        until = min(start + step, end)
        while weight(text[start:until]) > most and until - start > 1:
            until = start + (until - start) // 2
        while until < end and _belongs(text[until]) and until - start < 2 * step:
            until += 1
        yield (start, until), weight(text[start:until])
        start = until


def _belongs(letter: str) -> bool:
    """Whether a character is a part of the letter before it: an accent, a joiner, a sign of colour or form."""
    return bool(combining(letter)) or letter in "\u200d\ufe0e\ufe0f" or "\U0001f3fb" <= letter <= "\U0001f3ff"
