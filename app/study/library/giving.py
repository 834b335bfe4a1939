"""Which passages a model is given for a question: the best ones, each once, with what stands around them, as many as
there is room for.

    given(hits, passages, {"3f2a": "Lecture 7.pdf"}, Room(tokens=1200, passages=6))
    # (Cited(1, "3f2a", "Lecture 7.pdf", 12, 340, 1710, …), …)

`passages` are those of the hits with their neighbours (`Librarian.around`). Passages that follow each other on a page
become one, so that a sentence and the one that explains it stay together. The best is the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from app.core.documents import Hit, Passage
from app.core.text import estimate_tokens
from app.study.cited import Cited

REACH = 1  # passages before and behind one that was found
LEAST = 2  # passages that are given even where the last of them must be cut
LEAST_TOKENS = 48  # of one that is cut: fewer say nothing
AROUND_TOKENS = 24  # what is written over a passage: its number, its document, its page, its heading
SAME = 0.9  # of a passage's pairs of words that stand in a better one: it says nothing new
WEAK = 0.2  # of the best one's score: what scores less was found by a word or two that stand everywhere
_END = re.compile(r"[.!?…][\"'”’»)\]]*(?=\s)|[。！？]|\n")
_WORD = re.compile(r"\w+")

Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Room:
    """What passages may take: tokens, estimated, and how many of those that were found."""

    tokens: int
    passages: int


def given(hits: Sequence[Hit], passages: Sequence[Passage], names: Mapping[str, str], room: Room) -> tuple[Cited, ...]:
    """What the model is given, the best first; none where nothing was found."""
    known = {(one.document, one.number): one for one in passages if one.document in names}
    ranked = list(_without_twins(_strong(hits), known))[: room.passages]
    chosen, last = list[Key](), list[Passage]()
    for key in ranked:
        if _tokens(_joined([*chosen, key], known)) <= room.tokens:
            chosen.append(key)
        elif len(chosen) < LEAST:
            last = _cut(known[key], room.tokens - _tokens(_joined(chosen, known)))
            break
    for key in _neighbours(ranked, known) if not last else ():
        if key not in chosen and _tokens(_joined([*chosen, key], known)) <= room.tokens:
            chosen.append(key)
    runs = [*_joined(chosen, known), *([last] if last else [])]
    return tuple(_cited(number, run, names) for number, run in enumerate(runs, 1))


def _strong(hits: Sequence[Hit]) -> Iterator[Hit]:
    best = max((hit.score for hit in hits), default=0.0)
    return (hit for hit in hits if hit.score >= WEAK * best)


def _without_twins(hits: Iterator[Hit], known: Mapping[Key, Passage]) -> Iterator[Key]:
    """The hits that are there, without those that say what a better one says: another version of the same lecture."""
    told = list[frozenset[tuple[str, str]]]()
    for hit in hits:
        key = (hit.document, hit.passage)
        if key in known:
            words = _WORD.findall(known[key].text.casefold())
            pairs = frozenset(pairwise(["", *words]))
            if not any(len(pairs & other) >= SAME * len(pairs) for other in told):
                told.append(pairs)
                yield key


def _neighbours(ranked: Sequence[Key], known: Mapping[Key, Passage]) -> Iterator[Key]:
    """What stands behind and before each, the best first; what is behind says more often what was begun."""
    for document, number in ranked:
        for step in (1, -1):
            key = (document, number + step)
            if key in known and known[key].page == known[document, number].page:
                yield key


def _joined(chosen: Sequence[Key], known: Mapping[Key, Passage]) -> list[list[Passage]]:
    """Runs of passages that follow each other on a page; the run with the best one first."""
    runs = list[list[Passage]]()
    for key in sorted(chosen):
        one = known[key]
        before = runs[-1][-1] if runs else None
        if before and (before.document, before.number + 1, before.page) == (one.document, one.number, one.page):
            runs[-1].append(one)
        else:
            runs.append([one])
    return sorted(runs, key=lambda run: min(chosen.index((one.document, one.number)) for one in run))


def _tokens(runs: Sequence[Sequence[Passage]]) -> int:
    return sum(AROUND_TOKENS + estimate_tokens(_text(run)) for run in runs)


def _text(run: Sequence[Passage]) -> str:
    """As it stands on the page."""
    return "".join(one.text + one.after for one in run[:-1]) + run[-1].text


def _cut(passage: Passage, tokens: int) -> list[Passage]:
    """Its beginning, to the end of a sentence where one is near; nothing where there is no room for that."""
    if tokens - AROUND_TOKENS < LEAST_TOKENS:
        return []
    start = passage.text.encode("utf-8", "surrogatepass")[: 3 * (tokens - AROUND_TOKENS - 1)]
    text = passage.text[: len(start.decode("utf-8", "ignore"))]
    ends = [end.end() for end in _END.finditer(text) if end.end() >= len(text) / 2]
    text = text[: ends[-1] if ends else max(text.rfind(" "), len(text) // 2)].rstrip()
    return [replace(passage, end=passage.start + len(text), text=text, after="")]


def _cited(number: int, run: Sequence[Passage], names: Mapping[str, str]) -> Cited:
    first, last = run[0], run[-1]
    place = (first.page, first.start, last.end)
    return Cited(number, first.document, names[first.document], *place, _text(run), first.label, first.heading)
