"""A quiz and its attempts as records, the ladder of hints, what a model is asked, and replies in pieces."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest

from app.core.json_schema import check, fault
from app.core.quiz import KINDS, Kind
from app.core.shapes import Damaged
from app.core.texts import Text
from app.study.practice.asking import question_about, schema
from app.study.practice.hints import hints
from app.study.practice.pieces import LEAST, MOST, pieces
from app.study.practice.quizzes import (
    Answer,
    Asked,
    Attempt,
    Quiz,
    Spot,
    attempt_from,
    dropped,
    kept,
    quiz_from,
    shares,
    with_answer,
)

ASKED = Asked("q1", "cloze", "It is ____.", "waxy", text="It is waxy.", document="leaf", name="Leaf.pdf", page=3)
QUIZ = Quiz("a", "Leaf", 2, ("cloze", "true_false"), (Spot("leaf", 0), Spot("leaf", 1)), "Writer 1B")


def test_each_spot_is_tried_in_turn_and_then_with_another_kind() -> None:
    quiz, tried = replace(QUIZ, wanted=9), []
    for _ in range(6):
        assert quiz.next_try
        tried.append((quiz.next_try[0].passage, quiz.next_try[1]))
        quiz = dropped(quiz, "source")
    assert tried == [
        (0, "cloze"), (1, "true_false"), (0, "true_false"), (1, "cloze"), (0, "cloze"), (1, "true_false"),
    ]  # fmt: skip
    assert (quiz.dropped, quiz.tried, quiz.state) == (6, 6, "making")


def test_it_is_done_with_enough_questions_or_enough_tries() -> None:
    one = kept(QUIZ, ASKED)
    two = kept(one, replace(ASKED, id="q2", kind="short_answer", question="What is waxy?"))
    assert (one.state, two.state, two.next_try) == ("making", "done", None)
    assert kept(one, replace(ASKED, id="q3", question="it is... ____")).lost[0].fault == "again"
    quiz = QUIZ
    for _ in range(8):
        assert quiz.state == "making"
        quiz = dropped(quiz, "broken")
    assert (quiz.state, quiz.tried, quiz.questions) == ("done", 8, ())
    assert shares([two, quiz, replace(two, model="")]) == {"Writer 1B": (2, 10)}


def test_records_come_back_and_damage_is_told() -> None:
    quiz = kept(QUIZ, ASKED)
    attempt = with_answer(Attempt("b", "a"), Answer("q1", "waxy", 1, 0, is_right=True, is_over=True))
    assert quiz_from(asdict(quiz)) == quiz
    assert attempt_from(asdict(attempt)) == attempt
    lost = list[str]()
    assert quiz_from({**asdict(quiz), "stays": "perhaps", "tried": -1}, lost).stays, "what may be private stays"
    assert lost == ["stays", "tried"]
    endless = quiz_from({**asdict(quiz), "wanted": 10**9})
    assert (endless.wanted, endless.next_try is not None) == (100, True)
    with pytest.raises(Damaged):
        quiz_from({"name": "no id"})
    assert (attempt.right, attempt.unaided) == (1, 1)
    assert with_answer(attempt, Answer("q1", "waxy", 2, 1, is_right=True)).unaided == 0


@pytest.mark.parametrize(
    ("asked", "keys"),
    [
        (ASKED, ["quiz.hint_begins", "quiz.hint_page"]),
        (replace(ASKED, hint="A layer."), ["A layer.", "quiz.hint_begins", "quiz.hint_page"]),
        (replace(ASKED, answer="17", document="", turn="t"), ["quiz.hint_chat"]),
        (replace(ASKED, kind="short_answer", answer="a waxy layer", text="It is a waxy layer."),
         ["quiz.hint_words", "quiz.hint_sentence"]),
        (replace(ASKED, kind="multiple_choice", options=("waxy", "dry", "wet")),
         ["quiz.hint_not", "quiz.hint_sentence"]),
        (replace(ASKED, kind="multiple_choice", options=("waxy", "waxy")), ["quiz.hint_sentence"]),
        (replace(ASKED, kind="true_false", answer="true"), ["quiz.hint_page"]),
    ],
)  # fmt: skip
def test_hints_lead_to_the_source_and_never_say_the_answer(asked: Asked, keys: list[str]) -> None:
    found = hints(asked)
    assert [one.key if isinstance(one, Text) else one for one in found] == keys
    for one in found:
        values = [str(value) for _, value in one.values] if isinstance(one, Text) else [one]
        assert not any(asked.answer in value for value in values if len(asked.answer) > 1)


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_model_is_asked_keeps_to_a_schema_it_can_be_held_to(kind: Kind) -> None:
    made = schema(kind, ["It is waxy.", "It is “dry”."])
    check(made)
    item: dict[str, object] = {"kind": kind, "source": "It is waxy.", "question": "What is it like?"}
    item |= {"options": ["a", "b", "c", "d"], "correct": 1} if kind == "multiple_choice" else {"answer": "waxy"}
    item |= {"answer": True} if kind == "true_false" else {}
    item |= {"hint": "A layer.", "explanation": "It says so."}
    assert fault(item, made) == ""
    assert fault({**item, "source": "It is made up."}, made)
    assert fault({**item, "kind": "essay"}, made)
    check(schema(kind, []))
    question = question_about("It is waxy.", kind, ["It is waxy."], "chat", stays=True)
    assert (question.belongs_to, question.stays_here, question.schema) == ("chat", True, schema(kind, ["It is waxy."]))
    assert "It is waxy." in question.text


def test_a_reply_comes_in_pieces_of_whole_paragraphs() -> None:
    long = "word " * 150
    text = f"# Leaves\n\n**Stomata** open.\n\n{long}\n\n```python\nx\n```\n\n{long}\n\nYes."
    found = pieces(text)
    assert found == pieces(text)
    assert len(found) == 2
    assert found[0].startswith("Leaves\nStomata open.\nword")
    assert all(LEAST <= len(one) <= MOST for one in found)
    assert pieces("Yes.") == []
