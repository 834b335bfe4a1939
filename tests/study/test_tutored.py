"""What a model is told of a tutored chat: questions and what ended them."""

from __future__ import annotations

from typing import Literal

from app.study.chats import Turn
from app.study.tutored import Kind, Tutored, Verdict, spoken

Role = Literal["user", "assistant"]


def turn(id: str, role: Role, kind: Kind, verdict: Verdict = "", parent: str = "") -> Turn:
    return Turn(id, "c", parent, role, id, tutor=Tutored(kind, verdict=verdict))


ASKED, BEGUN = turn("q", "user", "question"), turn("b", "assistant", "question")
HINT, HINTED = turn("h", "user", "hint"), turn("g", "assistant", "hint")
TRIED, RIGHT = turn("t", "user", "attempt"), turn("r", "assistant", "attempt", "right", "t")
SHOW, ANSWER = turn("s", "user", "answer"), turn("a", "assistant", "answer", parent="s")


def told(*turns: Turn) -> str:
    return "".join(one.id for one in spoken(turns))


def test_a_question_and_what_ended_it() -> None:
    assert told(ASKED, BEGUN, HINT, HINTED, SHOW, ANSWER) == "qa"
    assert told(ASKED, BEGUN, TRIED, RIGHT) == "qtr"
    assert told(ASKED, BEGUN, HINT, HINTED, SHOW) == "q"
    assert told(ASKED, BEGUN, HINT, HINTED, ASKED, BEGUN) == "q", "one that was left is not told"


def test_where_a_summary_stands_for_the_question_the_student_still_has_the_last_word() -> None:
    assert told(HINT, HINTED, SHOW) == "s"
    assert told(BEGUN, HINT, HINTED, SHOW) == "s"
    assert told(HINTED, SHOW, ANSWER, ASKED) == "saq"
    assert told(BEGUN, TRIED, RIGHT, ASKED) == "trq"
    assert told(BEGUN, HINT, HINTED) == ""
