"""What was found out about the sentences of a reply that was written from documents.

    Claim(0, 48, "supported", (1,), quoted=1, quote_start=17, quote_end=60)

A position in a reply is a character of its text, one in a passage a character of the passage's own text, from 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Quote:
    """The characters from `start` to before `end` of the text of passage `number`, counted from 1."""

    number: int
    start: int
    end: int


#: as `app.documents.claims.check` judges a sentence
Verdict = Literal[
    "supported", "no-claim", "unchecked", "unsupported", "false-quote", "false-number", "unknown-citation"
]
MARKED: tuple[Verdict, ...] = ("unsupported", "false-quote", "false-number", "unknown-citation")


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of a reply, from `start` to before `end`. `cites` are the passages that it names, `unknown` numbers
    that no passage has, `detail` the quote, number or words that were not found. The characters `quote_start` to before
    `quote_end` of the text of passage `quoted` (0: none) say the same, letter by letter."""

    start: int
    end: int
    verdict: Verdict
    cites: tuple[int, ...] = ()
    unknown: tuple[int, ...] = ()
    detail: str = ""
    quoted: int = 0
    quote_start: int = 0
    quote_end: int = 0

    @property
    def is_marked(self) -> bool:
        """Whether a person is told that the passages don't say this."""
        return self.verdict in MARKED
