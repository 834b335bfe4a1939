"""What documents themselves give without a model: an outline of their headings, the terms that they define.

    headings_of(reading.headings, passages)     # (Point("Tides", (1,), level=1), Point("Causes", (1,), level=2), …)
    terms_of(found, passages)                   # (Point("The falling of … the ebb tide.", (4,), "ebb tide"), …)

The numbers are the places of the passages among those that are given, from 1.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.core.documents import Defined, Heading, Passage
from app.core.text import shorten
from app.study.writing.record import Point

MOST_HEADINGS = 400  # of one document
HEADING_LENGTH = 160


def headings_of(headings: Sequence[Heading], passages: Sequence[Passage]) -> list[Point]:
    """Each heading with the first passage below it; one that has none, at the end of a document, stands alone."""
    found = list[Point]()
    for one in headings[:MOST_HEADINGS]:
        text = shorten(one.text, HEADING_LENGTH)
        below = (at for at, it in enumerate(passages, 1) if (it.page, it.end) > (one.page, one.start))
        if text and (number := next(below, 0)):
            found.append(Point(text, (number,), level=min(max(one.level, 1), 6)))
    return found


def terms_of(found: Sequence[Defined], passages: Sequence[Passage]) -> list[Point]:
    """Each term with the sentence that defines it, as it stands there."""
    places = {(one.document, one.number): (at, one) for at, one in enumerate(passages, 1)}
    points = list[Point]()
    for one in found:
        if known := places.get((one.document, one.passage)):
            at, passage = known
            points.append(Point(" ".join(passage.text[one.start : one.end].split()), (at,), one.term))
    return points
