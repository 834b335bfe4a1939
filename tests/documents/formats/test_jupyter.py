"""Jupyter notebooks: Markdown, code, and what was printed; pictures left out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.core.documents import Heading, Reading, UnreadableDocument
from app.documents.files import File, finish
from app.documents.reading import read


def reading_of(folder: Path, notebook: object) -> Reading:
    path = folder / "week-3.ipynb"
    path.write_text(notebook if isinstance(notebook, str) else json.dumps(notebook), "utf-8")
    return finish(read(File(path), path.name))


def test_cells_are_read_in_their_order(tmp_path: Path) -> None:
    printed = [
        {"output_type": "stream", "text": ["0.5\n", "done\n"]},
        {"output_type": "display_data", "data": {"image/png": "iVBORw0KGgo=", "text/plain": ["<Figure>"]}},
        {"output_type": "error", "traceback": ["…"]},
    ]
    cells = [
        {"cell_type": "markdown", "source": ["# Power iteration\n", "\n", "It *converges*.\n"]},
        {"cell_type": "code", "source": "x = A @ x\nprint(x)", "outputs": printed},
        {"cell_type": "raw", "source": ["raw words"]},
        {"cell_type": "markdown", "source": "## Why"},
        "no cell",
    ]
    found = reading_of(tmp_path, {"cells": cells, "metadata": {"title": "Week 3"}, "nbformat": 4})
    assert (found.kind, found.title) == ("jupyter", "Week 3")
    expected = "Power iteration\nIt converges.\nx = A @ x\nprint(x)\n0.5\ndone\n<Figure>\nraw words\nWhy"
    assert found.pages[0].text == expected
    assert [(one.level, one.text) for one in found.headings] == [(1, "Power iteration"), (2, "Why")]


def test_version_3(tmp_path: Path) -> None:
    cells = [{"cell_type": "heading", "level": 2, "source": ["Old"]}, {"cell_type": "code", "input": ["a = 1"]}]
    found = reading_of(tmp_path, {"worksheets": [{"cells": cells}], "nbformat": 3})
    assert found.pages[0].text == "Old\na = 1"
    assert found.headings == (Heading(2, "Old", 1, 0),)


@pytest.mark.parametrize("odd", ["[]", "{}", "no json", '{"cells": 3}', "[" * 100_000, '{"cells": {"a": 1}}'])
def test_what_is_no_notebook_is_damaged(tmp_path: Path, odd: str) -> None:
    with pytest.raises(UnreadableDocument):
        reading_of(tmp_path, odd)


def test_an_empty_one_has_no_text(tmp_path: Path) -> None:
    assert not reading_of(tmp_path, {"cells": [{"cell_type": "code", "source": [], "outputs": []}]}).has_text
