"""Headers, footers and page numbers: what stands at the edge of a page and on the pages beside it, too.

Only the pages beside it are looked at, so that a page is put together in the same way whether one page is wanted or all
of them. Left and right pages may have headers of their own; the page's number in them is not compared.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from app.documents.formats.pdf_lines import Line, PageLines
from app.documents.pages import bare

EDGE = 0.13  # of the page's height
EDGE_OF_NUMBER = 0.2  # likewise, for a number below or above all else
LARGER = 1.2, 1.4  # than the text, found on one page beside it or on more: what is so large is a title
MANY = 4  # pages beside it on which even a title is a header
SHORT, LONG = 16, 80  # characters of a number with what stands around it, and of a header that has the number in it
STRETCHED = 0.9  # of its size, a letter of a line that reaches from one edge to the other
NUMBER = re.compile(
    r"\W*(?:page|seite|p\.|s\.)?\s*(\d{1,5}|[ivxlc]{1,7})(?:\s*(?:/|of|von|de|sur)\s*\d{1,5})?\W*", re.I
)
#: a number at the end or the beginning of a header
NUMBERED = re.compile(r"\d{1,5}(?:/\d{1,5})?|[ivxlc]{1,7}", re.I)


def running(page: PageLines, beside: Sequence[PageLines], number: str, kept: frozenset[str]) -> set[int]:
    """The lines that are headers, footers or page numbers, by their places in the list. `number` is what is printed on
    the page, `kept` lines that are none, as `bare` has them."""
    others: Counter[tuple[str, int]] = Counter()
    for other in beside:
        others.update(set(edges_of(other).values()))
    gone = set(_gone(page, others, number))
    if kept:
        gone = {place for place in gone if bare(page.lines[place].text) not in kept}
    if len(gone) < len(page.lines) or page.has_picture:
        return gone
    alone = ((place, page.lines[place]) for place in gone)
    return {place for place, line in alone if NUMBER.fullmatch(line.text) or _bears(line, number)}


def _gone(page: PageLines, others: Counter[tuple[str, int]], number: str) -> Iterator[int]:
    edges = edges_of(page)
    if not edges:
        return
    top, bottom = max(line.top for line in page.lines), min(line.bottom for line in page.lines)
    size = 0.0
    for place, key in edges.items():
        line, times = page.lines[place], others[key]
        if not times and len(line.text) > LONG:
            continue
        is_outermost = line.top > top - line.size or line.bottom < bottom + line.size
        found = NUMBER.fullmatch(line.text)
        if found:
            is_own = found.group(1).lower() == number.lower()
            if (is_own and (is_outermost or times)) or times >= 2:
                yield place
        elif times >= 2 or (times and is_outermost):
            size = size or _usual(page)
            if line.size < LARGER[times > 1] * size or times >= MANY:
                yield place
        elif is_outermost and _bears(line, number):
            yield place


def _bears(line: Line, number: str) -> bool:
    """Whether a line has the page's number at one edge and words at the other."""
    words = line.text.lower().split()
    is_stretched = line.right - line.left > STRETCHED * line.size * len(line.text)
    return is_stretched and len(words) > 1 and number.lower() in (words[0], words[-1])


def _usual(page: PageLines) -> float:
    """The size of most of a page's letters."""
    sizes: Counter[float] = Counter()
    for line in page.lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0]


def edges_of(page: PageLines) -> dict[int, tuple[str, int]]:
    """The lines at the edge of a page, by their places in the list, each with what it is told by; looked for once."""
    if page.edges is None:
        high = page.high - page.low
        low, top, wide = page.low + EDGE * high, page.high - EDGE * high, page.low + EDGE_OF_NUMBER * high
        page.edges = {
            at: (_key(line.text), round(line.bottom / 4))
            for at, line in enumerate(page.lines)
            if line.bottom < low
            or line.top > top
            or (line.bottom < wide and len(line.text) < SHORT and NUMBER.fullmatch(line.text))
        }
    return page.edges


def _key(text: str) -> str:
    """A text without the number at its beginning or its end."""
    if len(text) > LONG:
        return text
    if NUMBER.fullmatch(text):
        return "#"
    first, _, rest = text.partition(" ")
    if rest and NUMBERED.fullmatch(first):
        return f"# {rest}"
    rest, _, last = text.rpartition(" ")
    return f"{rest} #" if rest and NUMBERED.fullmatch(last) else text
