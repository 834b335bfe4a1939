"""What a reply was written from: the documents a chat may use, the passages its model was given, what was checked.

    chat.scope                      # Scope(notebook="3f2a"): None where a chat asks no documents
    turn.sources.passages[0]        # Cited(1, "77b0", "Lecture 7.pdf", 12, …)
    turn.sources.claims[0]          # Claim(0, 48, "supported", (1,), …)

All of it is kept with the chat, so that an old answer shows what it was made from, also once the document is gone.
A position in a document is a character of one page's text (`app.core.documents`), one in a reply of `Turn.text`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.core.claims import MARKED, Claim, Quote, Verdict
from app.core.ports import Record
from app.core.reading import part, rows, texts
from app.core.shapes import Share

__all__ = ("MARKED", "NOTE", "Cited", "Claim", "Quote", "Scope", "Search", "Sources", "Verdict", "written_from")

NOTE = "note-"  # before the id of a note, where the passages are a note's and not a reply's
#: how passages were looked for: by words, by meaning, by both
Search = Literal["keyword", "vector", "hybrid"]


@dataclass(frozen=True, slots=True)
class Scope:
    """The documents that a chat's replies may use: those of a notebook, or some; with neither, all."""

    notebook: str = ""
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cited:
    """A passage that a model was given as `[number]`, from 1. `name` is the document's as it was then, `label` what is
    printed on the page, "" where that is its number; `text` is that page from `start` to before `end`."""

    number: int
    document: str
    name: str
    page: int
    start: int
    end: int
    text: str
    label: str = ""
    heading: str = ""

    @property
    def shown_page(self) -> str:
        """The page as a person finds it, "" in what has no pages."""
        from app.core.document_kinds import KINDS  # most chats ask no documents

        kind = KINDS.get(self.name.rpartition(".")[2].lower())
        return (self.label or str(self.page)) if kind and kind.has_pages else ""


@dataclass(frozen=True, slots=True)
class Sources:
    """The passages of one reply, and its sentences once they were checked. So many `documents` were looked in;
    `looked_in` are the names of the first of them, where nothing was found. `share` is how much of what the model read
    the passages were, 0 to 1: they are not sent again. `picked` are the sentences that a
    model has chosen among those of the passages, where the person wanted exact quotes. `unread` documents more were to
    be looked in, and have not been read yet."""

    passages: tuple[Cited, ...] = ()
    claims: tuple[Claim, ...] = ()
    search: Search = "keyword"
    documents: int = 0
    looked_in: tuple[str, ...] = ()
    share: Share = 0.0
    picked: tuple[Quote, ...] = ()
    unread: int = 0

    @property
    def is_unchecked(self) -> bool:
        """Whether nobody has looked at what the reply says: every sentence has its claim afterwards."""
        return bool(self.passages) and not self.claims

    def quotes(self, number: int) -> tuple[str, ...]:
        """What of a passage says the same as the reply, letter by letter, each once, as it stands there."""
        spans = {(one.quote_start, one.quote_end) for one in self.claims if one.quoted == number}
        spans |= {(one.start, one.end) for one in self.picked if one.number == number}
        return tuple(filter(str.strip, (self.text_of(Quote(number, *span)) for span in sorted(spans))))

    def text_of(self, quote: Quote) -> str:
        """The words of a quote, as they stand in their passage; "" where there are none."""
        text = next((one.text for one in self.passages if one.number == quote.number), "")
        return text[quote.start : quote.end]


def written_from(turn: Record) -> set[str]:
    """The ids of the documents that a reply was written from, or the answer to a question of the Tutor's."""
    passages = rows(part(turn.get("sources")).get("passages"))
    return {str(one.get("document")) for one in passages} | set(texts(part(turn.get("tutor")).get("documents")))
