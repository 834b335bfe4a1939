"""What a document and a notebook are, as records of the shelves "documents" and "notebooks".

    document = Document(new_id(), "Lecture 7.pdf", sha256, 48_000, now)     # waits to be read
    document_from(record)                                                 # raises Damaged
    listed(documents, notebook)                                           # as the page lists them

The file itself and what was read in it lie apart (`app.core.document_files`). What is being read at this moment is no
part of the record: whoever opens the app again finds it waiting, and it is read from its beginning.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from app.core.shapes import Strictly, When, decode

#: how a document is kept; while it is read it still waits
Status = Literal["waiting", "indexed", "scan", "failed"]
NAME_LENGTH = 200  # characters of a file's name
NOTEBOOK_LENGTH = 60
MOST_BYTES = 500_000_000  # of one file


@dataclass(frozen=True, slots=True)
class Document:
    """One document. `sha256` is its content's, in hexadecimal; `kind`, `title`, `language`, `pages` and `passages` are
    known once it was read. `problem` says why it could not be, in the words of that day. `notebook` is an id, "" for
    none; times are seconds since 1970. A note was written here; its words are its file.
    `folder` is where it lay when it was added with a whole folder ("Course/Week 1")."""

    id: str
    name: str
    sha256: str
    size_bytes: int
    added_at: When = 0.0
    notebook: str = ""
    status: Status = "waiting"
    kind: str = ""
    title: str = ""
    language: str = ""
    pages: int = 0
    passages: int = 0
    problem: str = ""
    opened_at: When = 0.0
    is_note: bool = False
    folder: str = ""
    changed_at: When = 0.0  # of a note: when its words were written last

    @property
    def file_name(self) -> str:
        """What its file is called. A note is called by its title, and is a file of Markdown."""
        return f"{self.name}.md" if self.is_note else self.name

    @property
    def has_text(self) -> bool:
        """Whether words can be found in it."""
        return self.status == "indexed"


@dataclass(frozen=True, slots=True)
class Notebook:
    """A folder, such as a course. There are no folders in it."""

    id: str
    name: str
    added_at: When = 0.0
    is_private: Strictly[bool] = False  # nothing of its documents leaves this device


def document_from(record: object, lost: list[str] | None = None) -> Document:
    """A document from its stored record. Raises Damaged."""
    return decode(Document, record, lost)


def notebook_from(record: object, lost: list[str] | None = None) -> Notebook:
    """A notebook from its stored record. Raises Damaged."""
    return decode(Notebook, record, lost)


def listed(documents: Iterable[Document], notebook: str = "") -> tuple[Document, ...]:
    """Those of a notebook, all where none is named: the one added last first."""
    chosen = (one for one in documents if not notebook or one.notebook == notebook)
    return tuple(sorted(chosen, key=lambda one: (-one.added_at, one.name.casefold())))


def version_of(documents: Iterable[Document], name: str, folder: str, notebook: str) -> Document | None:
    """The document that a file of this name may be a newer version of: the one of its folder, or one that was added
    alone. Files of one name in two folders are two documents."""
    same = [one for one in documents if not one.is_note and (one.name, one.notebook) == (name, notebook)]
    like = [one for one in same if one.folder == folder or "" in (one.folder, folder)]
    return min(like, key=lambda one: one.folder != folder, default=None)


def counts(documents: Iterable[Document]) -> Mapping[str, int]:
    """How many documents each notebook has, by its id."""
    found: dict[str, int] = {}
    for one in documents:
        found[one.notebook] = found.get(one.notebook, 0) + 1
    return found
