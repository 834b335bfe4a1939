"""What something is to be made from: all documents, those of a notebook, one, or some that are chosen.

Subject("notebook/3f2a").documents(library)     # those of the notebook that have been read
Subject("some").with_document("77b0", is_in=True)
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.study.library.documents import Document

if TYPE_CHECKING:
    from app.session.library import Library

EVERYTHING, SOME = "all", "some"


@dataclass(frozen=True, slots=True)
class Subject:
    """`about` is "all", "some", or a kind and an id: "notebook/…", "document/…". `chosen` counts where it is "some"."""

    about: str = EVERYTHING
    chosen: frozenset[str] = frozenset()

    def with_document(self, id: str, *, is_in: bool) -> Subject:
        """With a document more among the chosen ones, or without it."""
        return replace(self, chosen=self.chosen | {id} if is_in else self.chosen - {id})

    def documents(self, library: Library) -> list[Document]:
        """Those that can be read; of a chat, none."""
        kind, _, id = self.about.partition("/")
        every = [one for one in library.documents().values() if one.has_text]
        if kind == "notebook":
            return [one for one in every if one.notebook == id]
        if kind == SOME:
            return [one for one in every if one.id in self.chosen]
        return [] if kind == "chat" else [one for one in every if kind != "document" or one.id == id]
