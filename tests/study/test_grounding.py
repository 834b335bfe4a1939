"""How a model is asked to answer from passages: in few words, in the question's language, the question last."""

from __future__ import annotations

import pytest

from app.core.text import estimate_tokens
from app.study.chats import Turn
from app.study.cited import Cited
from app.study.grounding import INSTRUCTIONS, grounded, language_of, looked_for

PASSAGE = Cited(1, "a", "Lecture 7.pdf", 12, 0, 34, "The moon raises the sea.", "xii", "Tides › Causes")


def test_the_passages_come_first_then_what_to_do_then_the_question() -> None:
    assert grounded("Why?", ()) == "Why?"
    made = grounded("Why is there a tide?", (PASSAGE, Cited(2, "b", "My\nnotes.md", 1, 0, 4, "Ebb.")))
    at = [
        made.index(part) for part in ("[1] Lecture 7.pdf, page xii, Tides › Causes\nThe moon", "[2] My notes.md\nEbb.")
    ]
    assert at == sorted(at)
    assert made.endswith("Question: Why is there a tide?")
    assert at[-1] < made.index(INSTRUCTIONS["en"][2]) < made.index("Question:")


@pytest.mark.parametrize("language", INSTRUCTIONS)
def test_the_instructions_take_at_most_150_tokens(language: str) -> None:
    """Estimated on the safe side."""
    assert estimate_tokens("\n\n".join(INSTRUCTIONS[language])) <= 150


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("What is osmosis and why does it matter?", "en"),
        ("Was ist Osmose und warum ist sie wichtig?", "de"),
        ("¿Qué es la ósmosis y por qué es importante?", "en"),
        ("Osmosis?", "en"),
    ],
)
def test_the_instructions_are_in_the_language_of_the_question(question: str, language: str) -> None:
    assert language_of(question, (PASSAGE,)) == language


def test_where_the_question_does_not_tell_its_passages_do() -> None:
    german = Cited(1, "a", "V.pdf", 1, 0, 9, "Der Mond hebt das Meer und die Flut ist die Folge von dem Mond.")
    assert language_of("Flut?", (german,)) == "de"


def talk(*texts: str) -> str:
    roles = ("user", "assistant")
    return looked_for([Turn(str(at), "c", "", roles[at % 2], text) for at, text in enumerate(texts)])  # type: ignore[arg-type]


def test_a_question_that_stands_alone_is_looked_for_alone() -> None:
    assert (
        talk("What is osmosis?", "Water moves.", "What is the capital of France?") == "What is the capital of France?"
    )
    assert talk() == ""


@pytest.mark.parametrize(
    "question",
    ["Why?", "And in plants?", "How fast is it?", "Und warum?", "Wie schnell ist das?", "Woraus besteht sie?"],
)
def test_a_follow_up_is_looked_for_with_what_it_goes_back_to(question: str) -> None:
    assert talk("What is osmosis?", "Water moves.", question) == f"{question} {question} What is osmosis?"
    far = talk("What is osmosis?", "Water moves.", "And in plants?", "There too.", "Why?")
    assert far.endswith("And in plants? What is osmosis?")


def test_quotation_marks_in_a_question_ask_for_no_phrase() -> None:
    assert '"' not in talk('What does "spring tide" mean?')
    assert len(talk("word " * 9000)) <= 1000
