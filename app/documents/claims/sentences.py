"""A reply as sentences with the sources that each one cites.

    cut("It is green [1]. Really? [2, 3]")
    # (Sentence(0, 16, "It is green .", (1,)), Sentence(17, 31, "Really?", (2, 3)))

A citation is a number in square brackets; it belongs to the sentence it stands in or right behind. Code spans and
blocks are kept whole. Lines, and the items of lists, end a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

#: "[1]", "[1, 2]", "[1][2]", "[1–3]": what a model writes where it is told to cite by number
CITATION = re.compile(r"\[(\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*)\]")
#: what is kept whole: code, and quotes, whose marks would part
_WHOLE = re.compile(
    r"```.*?(?:```|\Z)|`[^`\n]+`|\"[^\"\n]{1,600}\"|“[^”“\n]{1,600}[”“]|„[^“”\n]{1,600}[“”]|«[^»\n]{1,600}»", re.DOTALL
)
_END = re.compile(r"[.!?…。！？]+[\"'”“’»)\]]*(?=\s|$|\[)|[。！？]|\n+")
#: what a full stop behind it does not end: https://cldr.unicode.org's suppressions of English and German, the commonest
_SHORT = frozenset(
    re.split(
        " ",
        "dr mr mrs ms prof st vs v e.g i.e cf fig no vol pp p ed eds etc approx ca bzw z.b d.h u.a usw nr abs art evtl "
        "ggf vgl bspw sr sra p.ej ej pág mme m",
    )
)


#: "2. Abrasion" in a list, "am 3. Mai"
_ORDINAL = re.compile(r"(?:^|\n)\s*\d{1,2}$|\b(?:am|im|vom|zum|beim|der|die|das|den|dem|des)\s\d{1,2}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sentence:
    """`start` and `end` are positions in the reply, its citations included; `text` has them left out."""

    start: int
    end: int
    text: str
    cites: tuple[int, ...]


def cites_in(text: str) -> tuple[int, ...]:
    """The numbers that a text cites, each once, in order; a range stands for all that is in it."""
    found: list[int] = []
    for match in CITATION.finditer(text):
        for part in re.split(r"[,;]", match[1]):
            first, *rest = (int(one) for one in re.split(r"[–-]", part))
            last = rest[-1] if rest else first
            found += range(first, last + 1) if first <= last <= first + 50 else (first, last)
    return tuple(dict.fromkeys(found))


def cut(reply: str) -> tuple[Sentence, ...]:
    """The sentences of a reply, in order. What lies between them is white space and marks of lists."""
    whole = [match.span() for match in _WHOLE.finditer(reply)]
    found: list[Sentence] = []
    start = 0
    for match in _END.finditer(reply):
        if match.end() <= start or not _ends(reply, match.start(), match.end(), whole):
            continue
        end = _with_citations(reply, match.end())
        _add(found, reply, start, end)
        start = end
    _add(found, reply, start, len(reply))
    return tuple(found)


def _ends(reply: str, start: int, end: int, whole: list[tuple[int, int]]) -> bool:
    """Whether a sentence ends here."""
    if any(first <= start and end < last for first, last in whole):
        return False
    behind = reply[end : end + 40].lstrip(" ")
    if reply[start] == "…":
        return not behind[:1].islower()
    if reply[start] != ".":
        return True
    word = re.split(r"[\s(\[]", reply[max(0, start - 12) : start])[-1].lower()
    if word in _SHORT or (len(word) == 1 and word.isalpha()):
        return False
    if word.isdigit() and _ORDINAL.search(reply[:start]):
        return False
    return not behind[:1].islower()


def _with_citations(reply: str, end: int) -> int:
    """Citations right behind a sentence are its own."""
    while match := re.match(r"[ \t]*" + CITATION.pattern + r"[.,;:!?]*", reply[end:]):
        end += match.end()
    return end


def _add(found: list[Sentence], reply: str, start: int, end: int) -> None:
    text = reply[start:end]
    left = len(text) - len(re.sub(r"^(?:\s|[-*•>#]+\s|\d{1,2}[.)]\s)+", "", text))
    start, text = start + left, text[left:].rstrip()
    bare = re.sub(r"\s+([.,;:!?])", r"\1", CITATION.sub("", text)).strip()
    if re.search(r"\w", bare):
        found.append(Sentence(start, start + len(text), bare, cites_in(text)))
    elif found and (cites := cites_in(text)):  # citations on a line of their own belong to what they follow
        last = found[-1]
        found[-1] = Sentence(last.start, start + len(text), last.text, tuple(dict.fromkeys(last.cites + cites)))
