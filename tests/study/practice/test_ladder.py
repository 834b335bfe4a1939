"""The Tutor's ladder: what a message is, what each step leads to, hints without a model."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.persona import Persona
from app.core.text import estimate_tokens
from app.core.texts import Text
from app.study.chats import Turn
from app.study.practice import ladder
from app.study.practice.tutoring import Task, explaining, hint_question, key_question, parts_of, tidy_hint, tidy_key
from app.study.tutored import BY_RULE, BY_YOU, Key, Kind, Score, Tutored, is_tutor, spoken

START = Tutored("question")
OPEN = ladder.begun(START)


@pytest.mark.parametrize(
    ("now", "text", "kind"),
    [
        (None, "What is 6 times 7?", "question"),
        (None, "Solve 2x + 1 = 7", "question"),
        (None, "Thank you so much!", None),
        (None, "Danke", None),
        (None, "ok?", "question"),
        (OPEN, "42", "attempt"),
        (OPEN, "ok", "attempt"),
        (OPEN, "What does times mean?", "aside"),
        (ladder.shown(OPEN), "Why is the sky blue?", "question"),
        (ladder.left(OPEN), "Something else", "question"),
    ],
)
def test_what_a_message_is(now: Tutored | None, text: str, kind: Kind | None) -> None:
    assert ladder.kind_of(now, text) == kind


def test_right_at_the_first_attempt_is_alone_and_every_help_is_counted() -> None:
    right = ladder.checked(OPEN, "right", BY_RULE)
    assert (right.is_open, right.came, right.tries, right.score) == (False, "alone", 1, Score(alone=1))
    second = ladder.checked(ladder.checked(OPEN, "wrong", BY_RULE), "right", "Tiny")
    assert (second.came, second.tries, second.by, second.score) == ("helped", 2, "Tiny", Score(helped=1))
    hinted = ladder.checked(ladder.hinted(OPEN, "hint", "Tiny"), "right", BY_RULE)
    assert (hinted.came, hinted.hints, hinted.score) == ("helped", 1, Score(helped=1))
    over = ladder.checked(OPEN, "right", BY_RULE, 1)
    assert (over.came, over.tries) == ("helped", 2), "who writes an attempt over tries again"


def test_the_answer_is_earned_by_an_attempt_or_by_all_hints_and_counts_as_shown() -> None:
    assert not ladder.has_tried(OPEN)
    assert ladder.has_tried(ladder.checked(OPEN, "wrong", BY_RULE))
    now = OPEN
    for number in range(ladder.HINTS):
        assert ladder.can_hint(now), number
        now = ladder.hinted(now, "hint", BY_RULE)
    assert not ladder.can_hint(now)
    assert ladder.has_tried(now)
    shown = ladder.shown(now)
    assert (shown.kind, shown.is_open, shown.came, shown.score) == ("answer", False, "shown", Score(shown=1))
    after = ladder.shown(ladder.checked(OPEN, "right", BY_RULE))
    assert (after.came, after.score) == ("alone", Score(alone=1)), "to have it explained changes nothing"


def test_a_check_can_be_wrong_and_the_student_says_so_before_or_after_the_answer() -> None:
    wrong = ladder.checked(OPEN, "wrong", BY_RULE)
    for now in (wrong, ladder.shown(wrong), ladder.checked(OPEN, "unsure", "Tiny")):
        assert ladder.can_count(now)
        counted = ladder.counted(now)
        assert (counted.came, counted.verdict, counted.by, counted.is_open) == ("alone", "right", BY_YOU, False)
        assert counted.score == Score(alone=1)
        assert ladder.counted(counted) == counted, "once"
    assert not ladder.can_count(OPEN)
    assert not ladder.can_count(ladder.left(wrong))


def test_another_question_leaves_the_open_one_and_the_score_goes_on() -> None:
    left = ladder.left(OPEN)
    assert (left.came, left.score) == ("left", Score(left=1))
    assert ladder.left(left) == left
    again = ladder.begun(OPEN)
    assert again == replace(OPEN, score=Score(left=1))
    done = ladder.checked(ladder.begun(ladder.checked(OPEN, "right", BY_RULE)), "right", BY_RULE)
    assert done.score == Score(alone=2)
    assert done.score.total == 2


def test_a_request_holds_how_things_stood_before_it_and_never_the_answer() -> None:
    now = replace(ladder.hinted(OPEN, "hint", BY_RULE), key=Key("42"))
    asked = ladder.request(now, "attempt")
    assert (asked.kind, asked.hints, asked.is_open, asked.key) == ("attempt", 1, True, None)
    assert ladder.request(None, "question") == START


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (Key("42"), Text("tutor.hint_digits", count=2)),
        (Key("Paris"), Text("quiz.hint_begins", letter="P", count=5)),
        (Key("guard cells"), Text("quiz.hint_words", count=2, letter="g")),
        (Key("Water leaves by transpiration of a leaf"), Text("tutor.hint_word", letter="t", count=13)),
    ],
)
def test_a_hint_without_a_model_tells_how_the_answer_is_written(key: Key, expected: Text) -> None:
    hints = ladder.hints_by_rule(key, "How does water leave a plant?")
    assert len(hints) == ladder.HINTS
    assert hints[1] == expected


def test_the_last_hint_leads_to_the_documents_and_none_ever_tells_the_answer() -> None:
    key = Key("14.8 days", clue="A spring tide comes in 14.8 days.", place="tides.txt, page 2")
    last = ladder.hints_by_rule(key, "When?")[-1]
    assert last == Text("tutor.hint_sentence", place=key.place, text="A spring tide comes in ____.")
    assert ladder.hints_by_rule(replace(key, clue=""), "When?")[-1] == Text("tutor.hint_place", place=key.place)
    assert len(set(ladder.hints_by_rule(Key(), "When?"))) == ladder.HINTS, "also without an answer"


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("42", "42"),
        ("The answer is 42.", "42"),
        ("**Answer:** Paris", "Paris"),
        ("\n\n$x = 3$\nBecause …", "x = 3"),
        ("Therefore $\\boxed{42}$.", "42"),
        ("Die Antwort lautet: Paris", "Paris"),
        ("Transpiration [2].", "Transpiration"),
        ("Answers differ", "Answers differ"),
        ("", ""),
    ],
)
def test_the_answer_alone(said: str, key: str) -> None:
    assert tidy_key(said) == key


def test_a_hint_is_whole_sentences_and_short() -> None:
    assert tidy_hint('Hint: "Think of tens."') == "Think of tens."
    assert tidy_hint("Think of tens. And then you could") == "Think of tens."
    assert tidy_hint("and then you could") == ""
    assert tidy_hint("Long. " * 80) == ""


def test_a_rule_reads_an_attempt_whole_and_at_its_end() -> None:
    assert parts_of("6 · 7 = 42") == ("6 · 7 = 42", "42")
    assert parts_of("First I add.\n So 42") == ("First I add. So 42", "So 42")
    assert parts_of(" ") == ()


def test_what_is_asked_is_short_and_in_the_language_of_the_question() -> None:
    english = hint_question(Task("Why is the sky blue?"), Key("scattering"), 2, "c", attempt="water", had=["Look up."])
    german = hint_question(Task("Warum ist der Himmel am Tag blau?"), Key("Streuung"), 1, "c")
    assert "names the idea or rule" in english.text
    assert "Hints so far: Look up." in english.text
    assert "Die Antwort ist „Streuung“" in german.text
    for question in (english, german, key_question(Task("Why?"), "c")):
        assert estimate_tokens(question.text) <= 150
    assert explaining("Be kind.", "Why?", Key("scattering")).endswith("The answer is: scattering")
    assert "answer is" not in explaining("Be kind.", "Why?", None)


def turn(id: str, role: str, text: str, step: Tutored | None, parent: str = "") -> Turn:
    return Turn(id, "c", parent, role, text, tutor=step)  # type: ignore[arg-type]


def test_a_model_is_told_of_questions_and_what_ended_them() -> None:
    hello = turn("0", "user", "Hello", None)
    asked = turn("1", "user", "Q", START)
    ask, hint = turn("2", "assistant", "Try", OPEN), turn("3", "user", "Hint", ladder.request(OPEN, "hint"))
    hinted = turn("4", "assistant", "H", ladder.hinted(OPEN, "hint", BY_RULE))
    tried = turn("5", "user", "42", ladder.request(OPEN, "attempt"))
    right = turn("6", "assistant", "Right", ladder.checked(OPEN, "right", BY_RULE), "5")
    show = turn("7", "user", "Show", ladder.request(OPEN, "answer"))
    answer = turn("8", "assistant", "A", ladder.shown(OPEN))
    second = turn("9", "user", "Q2", START)

    def told(*turns: Turn) -> list[str]:
        return [one.text for one in spoken(turns)]

    assert told(hello) == ["Hello"]
    assert told(hello, asked, ask, hint, hinted) == ["Hello", "Q"]
    assert told(asked, ask, tried, right) == ["Q", "42", "Right"]
    assert told(asked, ask, tried, right, show) == ["Q"], "it is to be answered now"
    assert told(asked, ask, show, answer, second) == ["Q", "A", "Q2"]
    assert told(asked, ask, hint, hinted, second) == ["Q2"], "one that was left goes with its hints"


def test_only_the_persona_that_came_along_is_the_tutor() -> None:
    assert is_tutor(Persona("built-in:tutor", "Tutor", "…"))
    assert not is_tutor(Persona("x", "Tutor", "…"))
    assert not is_tutor(None)
