"""The words of a text, and whether something is in it at all: what each decision asks several times, fast.

    letters_of("don't panic, it's 4")         # ["don", "t", "panic", "it", "s"]
    holds("what is osmosis?", ("`", "->"))    # False: a pattern that needs one of these need not be tried

A pattern of several classes takes five to ten times as long for the words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

#: every ASCII character but the letters becomes a space
_SPACED = {code: " " for code in range(128) if not chr(code).isalpha()}
#: what people and models write between words that else are ASCII
_TYPOGRAPHIC = "…–—“”‘’„•→"
DIGIT = re.compile("[0-9]")
_RUN = re.compile(r"\w+")
_LETTERS = re.compile(r"[^\W\d_]+")


def letters_of(text: str) -> list[str]:
    """The runs of letters of a text, in order."""
    if not text.isascii():
        for sign in _TYPOGRAPHIC:
            text = text.replace(sign, " ")
    if text.isascii():
        return text.translate(_SPACED).split()
    runs = _RUN.findall(text)
    return runs if "".join(runs).isalpha() else _LETTERS.findall(text)


def holds(text: str, parts: Sequence[str]) -> bool:
    """Whether one of the parts is somewhere in a text."""
    for part in parts:  # noqa: SIM110 -- a generator takes three times as long, and this is asked before each pattern
        if part in text:
            return True
    return False
