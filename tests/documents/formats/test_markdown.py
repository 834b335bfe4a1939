"""Markdown without its marks."""

from __future__ import annotations

from pathlib import Path

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
