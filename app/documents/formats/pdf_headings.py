"""The headings of a PDF: those of its outline, else lines that are set larger than the text, or bold and alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.core.documents import Heading
from app.documents.formats.pdf_blocks import Block, PageBlocks
from app.documents.pages import bare

LARGER = 1.12  # than the text
BOLD = 600
MOST_WORDS = 20
MOST_LEVELS = 4
#: titles that a program gives to what has none
NUMBERS = re.compile(r"(\d{1,3}(?:\.\d{1,3})*)\.?\s+\S")
WIDE = 0.9  # of its size, a letter of a row of a table, with the gaps between its cells
MADE_UP = re.compile(r"(?:slide|folie|page|seite|diapositiv[ea]|diapositiva|página) \d+", re.IGNORECASE)
SENTENCE_END = (".", ",", ";", "。")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the outline: its level from 1 on, and the index of its page."""

    level: int
    title: str
    index: int


def by_outline(entries: Sequence[Entry], pages: Sequence[PageBlocks]) -> list[Heading]:
    """Headings of the outline, each where its words stand on its page, else at the top of that."""
    found = []
    for entry in entries:
        if entry.index >= len(pages):
            continue
        start = _start(entry.title, pages[entry.index])
        if start is None and MADE_UP.fullmatch(entry.title):
            continue
        found.append(Heading(min(entry.level, 6), entry.title, entry.index + 1, start or 0))
    return sorted(found, key=lambda heading: (heading.page, heading.start))


def _start(title: str, page: PageBlocks) -> int | None:
    wanted = bare(title)
    texts = [(block.start, bare(block.text[: 2 * len(title) + 40])) for block in page.blocks] if wanted else []
    numbered = [start for start, text in texts if text.endswith(wanted) and len(text) < len(wanted) + 8]
    for found in (
        [start for start, text in texts if text == wanted],
        numbered,
        [start for start, text in texts if text.startswith(wanted)],
    ):
        if found:
            return found[0]
    at = page.text.find(title)
    return at if at >= 0 else None


def by_size(pages: Sequence[PageBlocks]) -> list[Heading]:
    """Headings as a reader sees them."""
    letters: Counter[float] = Counter()
    bold: Counter[bool] = Counter()
    for page in pages:
        for block in page.blocks:
            letters[_size(block)] += len(block.text)
            bold[block.line.weight >= BOLD] += len(block.text)
    if not letters:
        return []
    body = letters.most_common(1)[0][0]
    is_bold_rare = bold[True] < 0.2 * sum(bold.values())
    found = [
        (number, block, _size(block))
        for number, page in enumerate(pages, 1)
        for block in _heads(page, body, is_bold_rare)
    ]
    ranks = {rank: at for at, rank in enumerate(sorted({_rank(block, size) for _, block, size in found}), 1)}
    return [
        Heading(min(ranks[_rank(block, size)], MOST_LEVELS), " ".join(block.text.split()), number, block.start)
        for number, block, size in found
    ]


def _rank(block: Block, size: float) -> tuple[float, int]:
    """What is less stands above: larger ones, and of those of a size what has fewer numbers ("2", "2.1")."""
    numbers = NUMBERS.match(block.text)
    return -size, numbers.group(1).count(".") if numbers else 0


def _heads(page: PageBlocks, body: float, is_bold_rare: bool) -> list[Block]:
    """Blocks that stand out, with text behind them on the same page."""
    heads, waiting = [], list[Block]()
    for block in page.blocks:
        if _stands_out(block, body, is_bold_rare):
            waiting.append(block)
        elif abs(_size(block) - body) <= 0.12 * body:
            heads += waiting
            waiting = []
    return heads


def _stands_out(block: Block, body: float, is_bold_rare: bool) -> bool:
    size, line = _size(block), block.line
    if size < LARGER * body and not (is_bold_rare and line.weight >= BOLD and size >= 0.98 * body):  # as nearly always
        return False
    text = block.text.strip()
    if not any(sign.isalpha() for sign in text) or len(text.split()) > MOST_WORDS or text.endswith(SENTENCE_END):
        return False
    return line.right - line.left <= WIDE * size * len(line.text) or " " not in line.text


def _size(block: Block) -> float:
    return round(2 * block.line.size) / 2
