"""A document cut into passages: pieces of about a hundred words, which are found, cited and read by models.

    cut("tides", reading)     # [Passage("tides", 0, page=1, start=17, end=702, "Tides › Causes", "The moon …"), …]

A passage lies on one page and in one section, ends with a sentence where there are any, and says exactly what stands
there: `page.text[start:end] == passage.text`. The line of a heading belongs to no passage; its words are the `heading`
of those below it. Where nothing is below it, it is a passage itself, so that every word of a document is found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from typing import TypeAlias

from app.core.document_kinds import Kind
from app.core.documents import BETWEEN, Heading, PageText, Passage, Reading
from app.core.text import shorten
from app.documents.sentences import Span, in_pieces, paragraphs, sentences, stripped, weigher

#: A passage has at most so many words, and about as many as are aimed at.
MOST, _AIM = 150, 135
_NEAR = 0.75  # of what is aimed at: a paragraph's end from here on is an end of the passage
_HEADING = 120  # characters of each
_BLANKS = re.compile(r"\s*")
_LEAST_TAIL = 40  # words that stand as a passage of their own at the end of a section
_WRAPPED: tuple[Kind, ...] = ("pdf", "text")  # kinds in which the end of a line may be no end of a paragraph


#: where a sentence, or as much of one as a passage may hold, begins and ends, its weight, whether it opens a paragraph
_Piece: TypeAlias = tuple[int, int, float, bool]
_Weigh: TypeAlias = Callable[[int, int], float]


@dataclass(frozen=True, slots=True)
class _Section:
    """A part of a page under one heading; `number` is the heading's in the document, -1 before the first."""

    page: PageText
    number: int
    start: int
    end: int


def cut(document: str, reading: Reading) -> list[Passage]:
    """The passages of a document, numbered from 0 in the order they stand in."""
    return list(passages_of(document, reading))


def passages_of(document: str, reading: Reading) -> Iterator[Passage]:
    """The same, one after the other: cutting a large document takes seconds."""
    spans = _spans(reading)
    before, number = next(spans, None), 0
    while before is not None:
        following = next(spans, None)
        page, start, end, heading = before
        is_near = following is not None and following[0] is page and following[1] >= end
        after = page.text[end : following[1]] if following and is_near else ""
        yield Passage(document, number, page.number, start, end, heading, page.text[start:end], after, page.label)
        before, number = following, number + 1


def _spans(reading: Reading) -> Iterator[tuple[PageText, int, int, str]]:
    """The passages: the page, where they begin and end on it, what stands over them."""
    found = _in_order(reading)
    headings = [heading for heading, _ in found]
    lines = _lines(found)
    every = list(_sections(reading.pages, found, lines))
    has_text = {one.number for one in every if one.page.text[one.start : one.end].strip()}
    there = [at for at, (start, end) in enumerate(lines) if at in has_text or start < end]
    names, alone = _names(headings, there), _alone(headings, there) - has_text
    by_lines = reading.kind not in _WRAPPED
    weigh_on = lru_cache(maxsize=1)(weigher)
    for section in every:
        page, name = section.page, names.get(section.number, "")
        spans: Iterable[Span] = _packed(page.text, section.start, section.end, weigh_on(page.text), by_lines=by_lines)
        if section.number in alone:
            alone.remove(section.number)
            name = BETWEEN.join(name.split(BETWEEN)[:-1])
            spans = [stripped(page.text, *lines[section.number])]
        for start, end in spans:
            if start < end:
                yield page, start, end, name


def _in_order(reading: Reading) -> list[tuple[Heading, PageText]]:
    """The headings that stand on a page, first to last."""
    pages = {page.number: page for page in reading.pages}
    order = {page.number: at for at, page in enumerate(reading.pages)}
    found = [(one, pages[one.page]) for one in reading.headings if one.page in pages and one.text.strip()]
    found.sort(key=lambda pair: (order[pair[0].page], pair[0].start))
    return found


def _lines(found: Sequence[tuple[Heading, PageText]]) -> list[Span]:
    """Where the words of each heading stand on its page, up to the next heading; nothing of it where other words stand
    there."""
    lines: list[Span] = []
    for number, (heading, page) in enumerate(found):
        start = min(max(heading.start, 0), len(page.text))
        end = _end_of(heading.text.split(), page.text, start)
        if number + 1 < len(found) and found[number + 1][1] is page:
            end = max(start, min(end, found[number + 1][0].start))
        lines.append((start, end))
    return lines


def _end_of(words: Sequence[str], text: str, start: int) -> int:
    """Where words end that stand at a place, with any blanks before and between them; `start` where they do not."""
    at = start
    for word in words:
        began = _BLANKS.match(text, at).end()  # type: ignore[union-attr]  # it may be empty
        if not text.startswith(word, began) or (began == at > start):
            return start
        at = began + len(word)
    return at


def _sections(
    pages: Sequence[PageText], headings: Sequence[tuple[Heading, PageText]], lines: Sequence[Span]
) -> Iterator[_Section]:
    """The parts of all pages, without the lines of headings; a part may be empty."""
    number = -1
    for page in pages:
        at = 0
        while number + 1 < len(headings) and headings[number + 1][1] is page:
            line = lines[number + 1]
            yield _Section(page, number, at, max(at, line[0]))
            number, at = number + 1, max(at, line[1])
        yield _Section(page, number, at, len(page.text))


def _names(headings: Sequence[Heading], there: Sequence[int]) -> dict[int, str]:
    """What stands over each section: its heading, below those it belongs to."""
    names: dict[int, str] = {}
    above: list[tuple[int, str]] = []
    for number in there:
        heading = headings[number]
        while above and above[-1][0] >= heading.level:
            above.pop()
        above.append((heading.level, shorten(heading.text, _HEADING).replace(BETWEEN, " ")))
        names[number] = BETWEEN.join(text for _, text in above)
    return names


def _alone(headings: Sequence[Heading], there: Sequence[int]) -> set[int]:
    """The headings that no other belongs to: without a text of their own nothing else would hold their words."""
    levels = [headings[at].level for at in there] + [0]
    return {at for at, level, next_one in zip(there, levels, levels[1:], strict=False) if next_one <= level}


def _packed(text: str, start: int, end: int, weigh: _Weigh, *, by_lines: bool) -> Iterator[Span]:
    """A section's sentences put together to passages of about the same weight, ending with a paragraph where one ends
    near."""
    pieces = list(_pieces(text, start, end, weigh, by_lines=by_lines))
    left = sum([piece[2] for piece in pieces])
    at, held = 0, 0.0
    for number, (_, _, heavy, opens) in enumerate(pieces):
        both, after = left + held, held + heavy
        wanted = both / max(ceil(both / _AIM), 1)
        is_full = after > MOST or after - heavy / 2 > wanted or (opens and held > wanted * _NEAR)
        if is_full and number > at and not (left < _LEAST_TAIL and held + left <= MOST):
            yield pieces[at][0], pieces[number - 1][1]
            at, held = number, 0.0
        held += heavy
        left -= heavy
    if pieces:
        yield pieces[at][0], pieces[-1][1]


def _pieces(text: str, start: int, end: int, weigh: _Weigh, *, by_lines: bool) -> Iterator[_Piece]:
    for paragraph in paragraphs(text, start, end, by_lines=by_lines):
        opens = True
        for first, last in sentences(text, *paragraph):
            heavy = weigh(first, last)
            if heavy <= MOST:  # as nearly always
                yield first, last, heavy, opens
                opens = False
                continue
            for (one, other), part in in_pieces(text, first, last, MOST):
                yield one, other, part, opens
                opens = False
