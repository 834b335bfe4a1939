"""A text in sentences, as it is read aloud: short enough for every voice.

sentences("Dr. Lee wrote 3.5 pages. Why?")      # ["Dr. Lee wrote 3.5 pages.", "Why?"]

More text behind it changes none of them but the last.
"""

from __future__ import annotations

import re
import unicodedata

from app.core.full_stops import ends_none

MOST = 160  # characters at once: Chrome's voices from elsewhere fall silent after some fifteen seconds
WIDE = 3  # of these is an ideograph, which takes as long to say

_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)|[。！？]+[」』”）]*|\n+")
_PAUSE = re.compile(r"[,;:–—、，；：](?=\s)|[、，；：]|\s")


def sentences(text: str) -> list[str]:
    """The sentences of a text without marks; long ones in parts."""
    found, start = list[str](), 0
    for end in _END.finditer(text):
        sentence = text[start : end.end()]
        if end[0] == "." and ends_none(sentence):
            continue
        found += _parts(" ".join(sentence.split()))
        start = end.end()
    return found + _parts(" ".join(text[start:].split()))


def _parts(sentence: str) -> list[str]:
    """One that is too long, cut at its last comma or blank that is not too far."""
    found = list[str]()
    while (most := _fitting(sentence)) < len(sentence):
        cuts = list(_PAUSE.finditer(sentence, most // 3, most))
        marks = [cut.end() for cut in cuts if not cut[0].isspace()] or [cut.end() for cut in cuts]
        at = marks[-1] if marks else most
        found.append(sentence[:at].strip())
        sentence = sentence[at:].strip()
    return [*found, sentence] if any(map(str.isalnum, sentence)) else found


def _fitting(sentence: str) -> int:
    """How many characters of it fit."""
    room = MOST
    for at, character in enumerate(sentence):
        room -= weight(character)
        if room < 0:
            return at
    return len(sentence)


def weight(character: str) -> int:
    """How long one takes to say, a letter being 1."""
    return WIDE if character > "\u2e7f" and unicodedata.east_asian_width(character) in "WF" else 1
