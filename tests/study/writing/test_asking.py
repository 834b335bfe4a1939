"""What a model is asked for a study note, and how its replies are read and judged."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.core.claims import Claim
from app.core.documents import Passage
from app.core.errors import BadAnswer
from app.core.json_schema import check, fault
from app.core.text import estimate_tokens
from app.study.writing.asking import (
    MOST_POINTS,
    about_passages,
    about_points,
    cited,
    fitting,
    judged,
    lines_of,
    points_of,
    room,
    said,
    sentences_of,
)
from app.study.writing.record import FORMS, Form, Point

PASSAGES = [Passage("d", at, at + 1, 0, 20, "Tides › Causes", f"The moon raises sea {at}.") for at in range(6)]
SOURCES = cited(PASSAGES, "Tides.pdf")


def points(*some: tuple[int, str], **more: str) -> str:
    return json.dumps({"points": [{"passage": at, "text": text, **more} for at, text in some]})


@pytest.mark.parametrize("form", FORMS)
def test_a_model_is_held_to_a_schema_that_names_only_passages_that_there_are(form: Form) -> None:
    question = about_passages(form, SOURCES, stays=True)
    assert question.stays_here
    assert question.schema is not None
    check(question.schema)
    extra = {"glossary": {"term": "sea"}, "cornell": {"question": "What?"}}.get(form, {})
    assert fault(json.loads(points((1, "A."), **extra)), question.schema) == ""
    assert fault(json.loads(points((7, "A."), **extra)), question.schema)
    assert (fault({"points": []}, question.schema) == "") is (form == "glossary"), "there may be no term"
    assert "[6] Causes\nThe moon raises sea 5." in question.text
    assert estimate_tokens(question.text) - sum(estimate_tokens(one.text) + 8 for one in SOURCES) < 150


def test_a_summary_is_asked_for_by_the_numbers_of_points() -> None:
    question = about_points([Point("A.", (4,)), Point("B.", (2, 4))], SOURCES, stays=False)
    assert question.schema is not None
    check(question.schema)
    assert "1. A.\n2. B." in question.text
    found = sentences_of(
        json.dumps({"sentences": [{"points": [1, 2], "text": "AB."}]}), [Point("A.", (4,)), Point("B.", (2, 4))]
    )
    assert found == [Point("AB.", (4, 2))]
    assert sentences_of(json.dumps({"sentences": [{"points": [9], "text": "AB."}]}), [Point("A.", (4,))]) == []


def test_german_passages_are_answered_in_german() -> None:
    german = cited(
        [Passage("d", 0, 1, 0, 9, "", "Der Mond hebt das Wasser des Meeres, und die Flut kommt.")], "Gezeiten.pdf"
    )
    assert "Write in German" in about_passages("summary", german, stays=False).text
    assert "Write in German" not in about_passages("summary", SOURCES, stays=False).text


def test_points_come_without_marks_and_what_says_nothing_is_none() -> None:
    reply = points((1, "- **The moon** raises\n the sea [1]."), (2, "  "), (3, "a | b"))
    assert points_of(reply, "summary") == [Point("The moon raises the sea.", (1,)), Point("a / b", (3,))]
    assert points_of(points((1, "Water."), term="Sea:"), "glossary") == [Point("Water.", (1,), "Sea")]
    assert points_of(points((1, "Water."), term=""), "glossary") == []
    for broken in ("no", '{"points": [{"passage": 1}]}', '{"points": "x"}', '{"points": [{"passage": 1, "text": "cut'):
        with pytest.raises(BadAnswer):
            points_of(broken, "summary")


def test_each_point_is_judged_by_its_own_line() -> None:
    known = [Point("One thing.", (2,)), Point("Another.", (1,), "Sea"), Point("Yes.", (1,), "Is it?")]
    lines = lines_of(known, {1: 1, 2: 2})
    assert lines == ["One thing [2].", "Sea: Another [1].", "Yes [1]."]
    reply = "\n\n".join(lines)
    at = reply.index("Sea")
    claims = (Claim(0, 14, "supported"), Claim(at, at + 5, "unsupported"), Claim(at + 20, at + 24, "unchecked"))
    held, fallen = judged(known, claims, reply, lines)
    assert (held, fallen) == ([known[0], known[2]], [known[1]])
    assert said(known[2]) == "Yes."


def test_passages_are_as_many_as_fit_and_one_at_least() -> None:
    long: list[Any] = [Passage("d", at, 1, 0, 9, "", "word " * 120) for at in range(9)]
    assert len(fitting(long, 700)) == 3
    assert len(fitting(long, 1)) == 1
    assert fitting([], 700) == []
    assert room(2048, "summary", 9000) < 2048 - 90 * MOST_POINTS
    assert room(0, "summary", 9000) == room(4096, "summary", 9000)
    assert room(100, "summary", 9000) == 1
    assert room(32_000, "summary", 2000) == 2000
