"""Markdown without its marks."""

from __future__ import annotations

from pathlib import Path

from app.core.documents import Reading
from tests.documents.truth import headings_of, reading_of

SOURCE = """---
title: "The tides"
lang: pt-PT
---
# One *two*

Some **bold** words,
`code` and [a link](https://example.org/x) <script>alert(1)</script>.

Two
---
| a | b |
|---|---|
| 1 | 2 |

```python
# no heading
x = 1
```
- item
"""


def test_words_stay_and_marks_go(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(SOURCE)
    reading = reading_of(path)
    assert (reading.title, reading.language) == ("The tides", "pt")
    assert reading.pages[0].text.split("\n") == [
        *("One two", "Some bold words, code and a link alert(1).", "Two", "a b", "1 2", "# no heading", "x = 1", "item")
    ]
    assert headings_of(reading) == [(1, "One two", 1), (2, "Two", 1)]


def test_nesting_without_end_is_read_in_time(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("> " * 5_000 + "deep" + "\n\n" + "[" * 5_000 + "end")
    assert reading_of(path).has_text


def read_it(tmp_path: Path, source: str) -> Reading:
    (tmp_path / "a.md").write_text(source)
    return reading_of(tmp_path / "a.md")


def test_notes_are_words_and_their_marks_are_none(tmp_path: Path) -> None:
    reading = read_it(tmp_path, "Text[^1] and more[^long].\n\n[^1]: Short.\n\n[^long]: A longer one.\n")
    assert reading.pages[0].text == "Text and more.\nShort.\nA longer one."


def test_web_markup_is_read_as_on_a_page(tmp_path: Path) -> None:
    source = "<h1 align=center>Project</h1>\n\n<script>no()</script>\n\none<br>two <!-- no -->\n\n"
    source += "## Part {#part .x}\n\ntext\n"
    reading = read_it(tmp_path, source)
    assert reading.pages[0].text == "Project\none\ntwo\nPart\ntext"
    assert headings_of(reading) == [(1, "Project", 1), (2, "Part", 1)]


def test_formulas_stay_as_they_are(tmp_path: Path) -> None:
    source = "Sums $a_1 * b * c$, $\\{x\\}$ cost $5 or \\$6.\n\n$$\\int x\\,dx$$\n"
    text = "Sums $a_1 * b * c$, $\\{x\\}$ cost $5 or $6.\n$$\\int x\\,dx$$"
    assert read_it(tmp_path, source).pages[0].text == text


def test_front_matter_may_be_toml(tmp_path: Path) -> None:
    reading = read_it(tmp_path, '+++\ntitle = "Toml"\n+++\ntext\n')
    assert (reading.title, reading.pages[0].text) == ("Toml", "text")
