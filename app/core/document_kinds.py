"""The kinds of documents that are read, one row each: what they are called, how they look, how they are told apart.

    KINDS["pptx"].label                 # a text: "Slides"
    ACCEPTED                            # what a person picks from, as a file field takes it

A kind is read by `app/documents/formats/ID.py`, whose `read(file, name)` gives what stands in it. Its content decides:
what begins with `head` is of that kind, whatever it is called. Among texts, which all begin alike, `endings` decide.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from app.core.texts import Text


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """`icon` is one of app/ui/icons.py. A document `has_pages` that a person would count; one that `is_words` alone has
    no pictures of pages that could hold them."""

    id: str
    label: Text
    icon: str = "file-text"
    endings: tuple[str, ...] = ()
    head: bytes = b""
    has_pages: bool = False
    is_words: bool = False


_ALL = (
    DocumentKind("pdf", Text("library.kind_pdf"), endings=(".pdf",), has_pages=True),
    DocumentKind("docx", Text("library.kind_docx"), endings=(".docx",), has_pages=True),
    DocumentKind("odt", Text("library.kind_odt"), endings=(".odt",), has_pages=True),
    DocumentKind("epub", Text("library.kind_epub"), "book-open", (".epub",)),
    DocumentKind("pptx", Text("library.kind_pptx"), "presentation", (".pptx",), has_pages=True),
    DocumentKind("html", Text("library.kind_html"), "globe", (".html", ".htm", ".xhtml"), is_words=True),
    DocumentKind(
        "markdown",
        Text("library.kind_markdown"),
        "notebook-text",
        (".md", ".markdown", ".mdown", ".mkd", ".qmd", ".rmd"),
        is_words=True,
    ),
    DocumentKind("rtf", Text("library.kind_rtf"), endings=(".rtf",), head=b"{\\rtf", is_words=True),
    DocumentKind("jupyter", Text("library.kind_jupyter"), "notebook-text", (".ipynb",), is_words=True),
    DocumentKind("text", Text("library.kind_text"), endings=(".txt", ".tex", ".csv"), is_words=True),
)
KINDS: Mapping[str, DocumentKind] = {kind.id: kind for kind in _ALL}
ACCEPTED = ",".join([ending for kind in _ALL for ending in kind.endings] + ["text/*", "application/pdf"])


def is_kind(id: object) -> bool:
    """Whether there is such a kind."""
    return id in KINDS


#: the id of a kind
Kind = Annotated[str, is_kind]
