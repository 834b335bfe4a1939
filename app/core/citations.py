"""Citations by number in a reply: "[1]", "[1, 2]", "[1–3]". What stands in code is none: "`a[0, 1]`", "a[1]".

cites_in("So [2]. And [1].")    # (2, 1)
numbers_in("1, 3-5")            # (1, 3, 4, 5)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

#: what a model writes where it is told to cite by number; behind a single small letter it is an index ("a[1]"), but not
#: behind a unit ("5 m[1]")
CITATION = re.compile(r"(?:(?<!\b[a-z])|(?<=\d\s[a-z]))\[(\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*)\]")
_CODE = re.compile(r"```.*?(?:```|\Z)|(?<!`)(`+)(?!`)[^\n]+?(?<!`)\1(?!`)", re.DOTALL)
MOST_CITED = 50  # numbers that a range stands for


def numbers_in(cited: str) -> tuple[int, ...]:
    """The numbers of what stands in one pair of brackets, each once."""
    found: list[int] = []
    for part in re.split(r"[,;]", cited):
        first, *more = (int(number) for number in re.split(r"[–-]", part))
        last = more[-1] if more else first
        found += range(first, last + 1) if first <= last <= first + MOST_CITED else (first, last)
    return tuple(dict.fromkeys(found))


def citations_in(text: str) -> Iterator[re.Match[str]]:
    """Each pair of brackets that cites, in order."""
    code, none = (match.span() for match in _CODE.finditer(text)), (len(text), len(text))
    first, last = next(code, none)
    for match in CITATION.finditer(text):
        while last <= match.start():
            first, last = next(code, none)
        if not first <= match.start() < last:
            yield match


def cites_in(text: str) -> tuple[int, ...]:
    """The numbers that a text cites, each once."""
    return tuple(dict.fromkeys(number for match in citations_in(text) for number in numbers_in(match[1])))
