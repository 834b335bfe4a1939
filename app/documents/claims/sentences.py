"""A reply as sentences with the sources that each one cites.

    cut("It is green [1]. Really? [2, 3]")
    # (Sentence(0, 16, "It is green .", (1,)), Sentence(17, 31, "Really?", (2, 3)))

A citation is a number in square brackets; it belongs to the sentence it stands in or right behind. Code spans and
blocks are kept whole. Lines, and the items of lists, end a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from app.core.citations import CITATION, citations_in, cites_in
from app.core.full_stops import BACK, ends_none
from app.documents.claims.talk import leads_over

#: what is kept whole: code, and quotes, whose marks would part
_WHOLE = re.compile(
    r"```.*?(?:```|\Z)|`[^`\n]+`|\"[^\"\n]{1,600}\"|“[^”“\n]{1,600}[”“]|„[^“”\n]{1,600}[“”]|«[^»\n]{1,600}»", re.DOTALL
)
_BEHIND = re.compile(rf"[ \t]*{CITATION.pattern}[.,;:!?]*")
_BETWEEN = re.compile(r"[\s,;]*")  # citations that stand together
_TITLE = re.compile(r"#{1,6}\s[^\n]*|\*\*[^*\n]{1,80}\*\*:?|__[^_\n]{1,80}__")
#: what stands below the first line of a table
_RULE = re.compile(r"\s*\|?\s*:?-{2,}")
#: words with a colon, before a sentence of its own
_ANNOUNCED = re.compile(r"\s*([^\n:.!?\[\]]{3,80}:)\s+(?=[\"“„«¿¡]?[A-ZÀ-ÖØ-Þ])")
_END = re.compile(r"[.!?…。！？]+[\"'”“’»)\]]*(?=\s|$|\[)|[。！？]|\n+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """`start` and `end` are positions in the reply, its citations included; `text` has them left out. `parts` are what
    lies between its citations, each with what it cites, where it cites in more than one place. `is_title`: a heading,
    or the first line of a table."""

    start: int
    end: int
    text: str
    cites: tuple[int, ...]
    parts: tuple[tuple[str, tuple[int, ...]], ...] = ()
    is_title: bool = False


def cut(reply: str) -> tuple[Sentence, ...]:
    """The sentences of a reply, in order. What lies between them is white space and marks of lists."""
    whole = (match.span() for match in _WHOLE.finditer(reply))
    first, last = next(whole, (len(reply), len(reply)))
    found: list[Sentence] = []
    start = 0
    for match in _END.finditer(reply):
        while last <= match.start() < len(reply):
            first, last = next(whole, (len(reply), len(reply) + 1))
        is_inside = first <= match.start() and match.end() < last
        if match.end() <= start or is_inside or not _ends(reply, match.start(), match.end()):
            continue
        end = _with_citations(reply, match.end())
        _add(found, reply, start, end)
        start = end
    _add(found, reply, start, len(reply))
    return tuple(found)


def _ends(reply: str, start: int, end: int) -> bool:
    """Whether a sentence ends here."""
    behind = reply[end : end + 40].lstrip(" ")
    if reply[start] == "…":
        return not behind[:1].islower()
    if reply[start] != ".":
        return True
    if end - start == 1 and ends_none(reply[max(0, start + 1 - BACK) : start + 1]):
        return False
    return not behind[:1].islower()


def _with_citations(reply: str, end: int) -> int:
    """Citations right behind a sentence are its own."""
    while match := _BEHIND.match(reply, end):
        end = match.end()
    return end


def _add(found: list[Sentence], reply: str, start: int, end: int) -> None:
    announced = _ANNOUNCED.match(reply, start, end)
    if announced and leads_over(announced[1]):
        _add_one(found, reply, start, announced.end())
        start = announced.end()
    _add_one(found, reply, start, end)


def _add_one(found: list[Sentence], reply: str, start: int, end: int) -> None:
    text = reply[start:end]
    left = len(text) - len(re.sub(r"^(?:\s|[-*•>#]+\s|\d{1,2}[.)]\s)+", "", text))
    start, text = start + left, text[left:].rstrip()
    bare = _bare(text)
    if re.search(r"\w", bare):
        found.append(
            Sentence(start, start + len(text), bare, cites_in(text), _parts(text), _is_title(reply, start, end))
        )
    elif found and (cites := cites_in(text)):  # citations on a line of their own belong to what they follow
        last = found[-1]
        all_cites = tuple(dict.fromkeys(last.cites + cites))
        found[-1] = replace(last, end=start + len(text), cites=all_cites)


def _is_title(reply: str, start: int, end: int) -> bool:
    line = reply.rfind("\n", max(0, start - 8), start) + 1 or max(0, start - 8)
    is_first = line == 0 or reply[line - 1] == "\n"
    return bool(is_first and _TITLE.fullmatch(reply[line:end].strip())) or bool(
        reply.startswith("|", start) and _RULE.match(reply, end)
    )


def _bare(text: str) -> str:
    kept, last = list[str](), 0
    for match in citations_in(text):
        kept.append(text[last : match.start()])
        last = match.end()
    return re.sub(r"\s+([.,;:!?])", r"\1", "".join([*kept, text[last:]])).strip()


def _parts(text: str) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """A text in parts that end with what they cite; empty where there is but one."""
    found, start = list[tuple[str, tuple[int, ...]]](), 0
    for first, last in _groups(text):
        found.append((_bare(text[start:first]), cites_in(text[first:last])))
        start = last
    if re.search(r"\w", text[start:]) or (found and not re.search(r"\w", found[0][0])):
        return ()
    return tuple(found) if len(found) > 1 else ()


def _groups(text: str) -> list[tuple[int, int]]:
    """Where citations stand, those together that nothing parts."""
    found = list[tuple[int, int]]()
    for match in citations_in(text):
        if found and _BETWEEN.fullmatch(text, found[-1][1], match.start()):
            found[-1] = (found[-1][0], match.end())
        else:
            found.append(match.span())
    return found
