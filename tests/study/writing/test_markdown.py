"""The Markdown that a study note becomes: its parts, its numbers and its sources."""

from __future__ import annotations

from dataclasses import replace

from app.core.texts import Text
from app.study.cited import Cited
from app.study.writing.markdown import markdown
from app.study.writing.record import Point, Writing
from tests.words import english

SEA = Cited(1, "d", "Tides.pdf", 4, 0, 9, "…", "iv", "Tides › The sea")
MOON = Cited(2, "d", "Tides.pdf", 5, 0, 9, "…", "", "Tides › The moon")
LEAF = Cited(3, "e", "leaves.md", 1, 0, 9, "…", "", "Leaves")
WHOLE = Writing("n", "Tides", "summary", ("d",), model="M", read=9, total=9, passages=(SEA, MOON))


def text_of(writing: Writing) -> str:
    return markdown(writing, lambda text: english(text) if isinstance(text, Text) else str(text))


def test_a_summary_begins_in_short_and_ends_with_its_sources() -> None:
    points = (Point("It is salty.", (1,)), Point("It is round.", (2,)), Point("It shines.", (2,)))
    assert text_of(replace(WHOLE, points=points, short=(Point("Salt and light.", (1, 2)),))) == (
        "## In short\n\n- Salt and light. [1] [2]\n\n### The sea\n\n- It is salty. [1]\n\n"
        "### The moon\n\n- It is round. [2]\n- It shines. [2]\n\n## Sources\n\n"
        "- [1] Tides.pdf, page iv\n- [2] Tides.pdf, page 5\n"
    )


def test_each_of_several_documents_stands_under_its_name() -> None:
    several = replace(
        WHOLE, documents=("d", "e"), passages=(SEA, MOON, LEAF), points=(Point("A.", (1,)), Point("B.", (3,)))
    )
    text = text_of(several)
    assert "## Tides.pdf\n\n### The sea\n\n- A. [1]\n\n## leaves.md\n\n### Leaves\n\n- B. [3]" in text
    assert "- [3] leaves.md, Leaves" in text


def test_headings_are_a_tree_whatever_level_they_begin_at() -> None:
    levels = [(2, "A"), (3, "B"), (5, "C"), (3, "D"), (2, "E")]
    tree = tuple(Point(text, (1,), level=level) for level, text in levels)
    assert "- A [1]\n  - B [1]\n    - C [1]\n  - D [1]\n- E [1]" in text_of(replace(WHOLE, form="outline", points=tree))


def test_a_glossary_is_in_the_order_of_the_alphabet() -> None:
    terms = (Point("Water that falls.", (1,), "ebb"), Point("A star.", (2,), "Algol"))
    text = text_of(replace(WHOLE, form="glossary", points=terms))
    assert text.startswith("- **Algol**: A star. [2]\n- **ebb**: Water that falls. [1]\n\n## Sources")


def test_what_a_note_lacks_is_said_in_it() -> None:
    text = text_of(replace(WHOLE, read=4, missed=1, dropped=2))
    assert (
        "*These notes cover 4 of 9 passages. 1 passage gave no readable answer. "
        "2 points were left out, since their passages don't say them.*" in text
    )
    assert "*" not in text_of(WHOLE)
