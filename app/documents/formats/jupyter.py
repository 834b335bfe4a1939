"""Jupyter notebooks: their text as Markdown, their code, and what it has printed.

The format: https://nbformat.readthedocs.io (read in November 2026): JSON with cells, in version 3 below worksheets.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from app.core.documents import UnreadableDocument
from app.documents.files import File, Steps
from app.documents.formats import markdown
from app.documents.formats.text import text_of
from app.documents.pages import STEP, Full, Pages, plain

MOST_PRINTED = 2000  # characters of what one cell has printed: more is data, not words


def read(file: File, name: str) -> Steps:
    """One page."""
    yield 0, 1
    notebook = json.loads(text_of(file.bytes()))
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells", notebook.get("worksheets")), list):
        raise UnreadableDocument("damaged")
    pages = Pages()
    try:
        for number, cell in enumerate(_cells(notebook)):
            _add(pages, cell)
            if number % STEP == 0:
                yield 0, 1
    except Full:
        pages.cut()
    about = _object(notebook.get("metadata"))
    return pages.reading("jupyter", _joined(about.get("title")))


def _cells(notebook: dict[str, object]) -> Iterator[dict[str, object]]:
    sheets = notebook.get("worksheets") if "cells" not in notebook else [notebook]
    for sheet in _list(sheets):
        for cell in _list(_object(sheet).get("cells")):
            yield _object(cell)


def _add(pages: Pages, cell: dict[str, object]) -> None:
    kind, words = cell.get("cell_type"), plain(_joined(cell.get("source", cell.get("input"))))
    if kind == "markdown":
        markdown.add(pages, words)
        return
    level = cell.get("level")
    if kind == "heading" and isinstance(level, int):  # of version 3
        pages.heading(level, words)
        return
    pages.add(words.rstrip("\n"))
    for output in map(_object, _list(cell.get("outputs"))):
        printed = output.get("text") or _object(output.get("data")).get("text/plain")
        pages.add(plain(_joined(printed))[:MOST_PRINTED].rstrip("\n"))


def _object(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _joined(value: object) -> str:
    """A text, which may be kept as its lines."""
    return value if isinstance(value, str) else "".join(line for line in _list(value) if isinstance(line, str))
