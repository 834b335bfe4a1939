"""Citations by number in a reply, as `app.documents.claims.sentences` reads them, for the page's own Python.

numbers_in("1, 3-5")            # (1, 3, 4, 5)
cites_in("So [2]. And [1].")    # (2, 1)
"""

from __future__ import annotations

import re

CITATION = re.compile(r"\[(\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*)\]")
MOST_CITED = 50  # numbers that a range stands for


def numbers_in(cited: str) -> tuple[int, ...]:
    """The numbers of what stands in one pair of brackets, each once."""
    found: list[int] = []
    for part in re.split(r"[,;]", cited):
        first, *more = (int(number) for number in re.split(r"[–-]", part))
        last = more[-1] if more else first
        found += range(first, last + 1) if first <= last <= first + MOST_CITED else (first, last)
    return tuple(dict.fromkeys(found))


def cites_in(text: str) -> tuple[int, ...]:
    """The numbers that a text cites, each once."""
    return tuple(dict.fromkeys(number for match in CITATION.finditer(text) for number in numbers_in(match[1])))
