"""The Markdown of a study note: an ordinary one, whose numbers are those of its sources at the end.

    text = markdown(writing, session.words)     # "## In short\\n\\n- The moon raises the sea. [1]\\n…"

Whatever it says stands in the note itself, so that it tells its sources also where it was saved as a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from app.core.documents import nearest
from app.core.texts import Text, Words
from app.study.cited import Cited
from app.study.writing.record import SUMMED, Form, Point, Writing

UNTITLED = "–"
NAMES: dict[Form, Callable[[str], Text]] = {
    "summary": lambda about: Text("writing.name_summary", about=about),
    "outline": lambda about: Text("writing.name_outline", about=about),
    "glossary": lambda about: Text("writing.name_glossary", about=about),
    "cornell": lambda about: Text("writing.name_cornell", about=about),
}


def markdown(writing: Writing, words: Words) -> str:
    """The whole note."""
    body = _glossary(writing) if writing.form == "glossary" else _sections(writing, words)
    short = _short(writing, words)
    parts = [*body, *short] if writing.form == "cornell" else [*short, *body]
    return "\n\n".join((*parts, *_gaps(writing, words), *_sources(writing, words))) + "\n"


def _short(writing: Writing, words: Words) -> list[str]:
    if writing.form not in SUMMED or not writing.short:
        return []
    title = words(Text("writing.summary" if writing.form == "cornell" else "writing.in_short"))
    return [f"## {title}", _list(writing.short)]


def _glossary(writing: Writing) -> list[str]:
    """The terms in the order of the alphabet."""
    entries = sorted(writing.points, key=lambda one: one.name.casefold())
    return ["\n".join(f"- **{one.name}**: {one.text}{_cites(one)}" for one in entries)] if entries else []


def _sections(writing: Writing, words: Words) -> Iterator[str]:
    """The points under the headings that their passages stand under; each document under its name, where there are
    several."""
    for document, points in groupby(writing.points, key=lambda one: _place(writing, one)[0]):
        if len(writing.documents) > 1:
            yield f"## {document}"
        under = list(points)
        if any(one.level for one in under):
            yield _tree(under)
            continue
        for heading, group in groupby(under, key=lambda one: _place(writing, one)[1]):
            some = list(group)
            if heading:
                yield f"### {nearest(heading)}"
            yield _table(some, words) if writing.form == "cornell" else _list(some)


def _place(writing: Writing, point: Point) -> tuple[str, str]:
    """The name of the document and the heading that a point stands under."""
    one = writing.cited(point.passages[0]) if point.passages else None
    return (one.name, one.heading) if one else ("", "")


def _list(points: Sequence[Point]) -> str:
    return "\n".join(f"- {one.text}{_cites(one)}" for one in points)


def _tree(points: Sequence[Point]) -> str:
    """Headings by their levels, whatever the first of them is."""
    lines, above = list[str](), list[int]()
    for one in points:
        while above and above[-1] >= one.level:
            above.pop()
        lines.append(f"{'  ' * len(above)}- {one.text}{_cites(one)}")
        above.append(one.level)
    return "\n".join(lines)


def _table(points: Sequence[Point], words: Words) -> str:
    """Questions beside their answers, as Cornell notes have them."""
    head = f"| {words(Text('writing.cue'))} | {words(Text('writing.note'))} |"
    rows = (f"| {one.name} | {one.text}{_cites(one)} |" for one in points)
    return "\n".join((head, "| --- | --- |", *rows))


def _cites(point: Point) -> str:
    return "".join(f" [{number}]" for number in point.passages)


def _gaps(writing: Writing, words: Words) -> list[str]:
    """What the note lacks, where it lacks something."""
    told = []
    if writing.read < writing.total:
        told.append(words(Text("writing.covers", read=writing.read, total=writing.total)))
    if writing.missed:
        told.append(words(Text("writing.missed", count=writing.missed)))
    if writing.dropped:
        told.append(words(Text("writing.dropped", count=writing.dropped)))
    return [f"*{' '.join(told)}*"] if told else []


def _sources(writing: Writing, words: Words) -> list[str]:
    """What the numbers stand for."""
    if not writing.passages:
        return []
    lines = (f"- [{one.number}] {source_line(one, words)}" for one in writing.passages)
    return [f"## {words(Text('writing.sources'))}", "\n".join(lines)]


def source_line(one: Cited, words: Words) -> str:
    """Where a passage stands: its document, and the page or else the heading."""
    page = one.shown_page
    place = words(Text("cited.page", page=page)) if page else nearest(one.heading)
    return ", ".join(filter(None, (one.name or UNTITLED, place)))
