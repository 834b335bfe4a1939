"""A page whose text is known, put together without the pages beside it: to mark words on it, they need not be read.

What its text says decides which lines are a part of it. Where that leaves a doubt, the pages beside it must be asked.
"""

from __future__ import annotations

from app.documents.formats.pdf_blocks import PageBlocks, compounds_of, joined, said_by
from app.documents.formats.pdf_lines import Line, PageLines
from app.documents.formats.pdf_running import edges_of
from app.documents.formats.pdf_words import HYPHENS

BETWEEN = 3  # characters at most that stand between two lines: a hyphen that stays, one that hangs, a blank


def known(page: PageLines, text: str) -> PageBlocks | None:
    """The page as it was when it gave this text; None where that cannot be told from the page alone."""
    edges, at = edges_of(page), 0
    kept, gone = dict[int, Line](), set[str]()  # gone: headers, footers and page numbers
    for place, line in enumerate(page.lines):
        words = said_by(line)
        whole = words[:-1] if words[-1:] in HYPHENS else words  # it goes where a word goes on in the next line
        found = text.find(whole, at, at + len(whole) + BETWEEN)
        if found >= 0:
            kept[place] = line
            at = found + len(whole)
        elif place in edges:
            gone.add(words)
        else:
            return None
    if gone and any(said_by(kept[place]) in gone for place in edges if place in kept):
        return None  # which of two lines that say the same is the header?
    blocks = joined(kept.values(), compounds_of([page]) if any(line.is_cut for line in page.lines) else frozenset())
    return blocks if blocks.text == text else None
