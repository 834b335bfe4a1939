"""A quiz and an attempt at one, as records of the shelves "quizzes" and "attempts".

    quiz = Quiz(new_id(), "Tides", wanted=8, kinds=("cloze",), spots=(Spot("3f2a", 4), …))
    quiz = kept(quiz, question)         # the try gave a question, or `dropped(quiz, "source")`: it gave none
    quiz_from(record), attempt_from(record)     # raise Damaged

What was tried and what came of it are one record, so a page that is closed at any moment has lost nothing and doubles
nothing: the next visit goes on with try number `tried`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from app.core.quiz import KINDS, Fault, Item, Kind
from app.core.shapes import InPlace, Strictly, When, decode

#: whether it is being made, was stopped by the person, or is whole
QuizState = Literal["making", "stopped", "done"]
#: one question after the other with hints; against the clock, all answers at the end; only what was wrong
Mode = Literal["practice", "exam", "mistakes"]
MOST_WANTED, TRIES_EACH = 100, 4  # questions of one quiz, and how often one is tried before it is given up
NAME_LENGTH = 80
BY_RULE, BY_YOU = "rule", "you"  # who graded an answer, beside the names of models


@dataclass(frozen=True, slots=True)
class Spot:
    """What a question is made of: a passage of a document, or part `passage` of a reply of a chat (`turn`)."""

    document: str = ""
    passage: int = 0
    turn: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a quiz, whole: it can be asked when its document is gone. `text` is its sentence, the characters
    `start` to before `end` of page `page`; `name` is what the document was called then. `model` wrote it, "" for
    none."""

    id: str
    kind: Kind
    question: str
    answer: str
    options: InPlace[tuple[str, ...]] = ()
    hint: str = ""
    explanation: str = ""
    text: str = ""
    document: str = ""
    name: str = ""
    page: int = 0
    label: str = ""
    start: int = 0
    end: int = 0
    turn: str = ""
    model: str = ""


@dataclass(frozen=True, slots=True)
class Lost:
    """How many tries were dropped for one reason."""

    fault: Fault
    count: int


@dataclass(frozen=True, slots=True)
class Quiz:
    """`wanted` questions of these kinds, from these spots in turn. `model` is the name of who writes them, "" for
    nobody: then they are cloze items of the texts themselves. With `stays` nothing of it leaves this device. `chat` is
    the chat that it is about, "" for none; times are seconds since 1970."""

    id: str
    name: str = ""
    wanted: int = 8
    kinds: tuple[Kind, ...] = KINDS
    spots: InPlace[tuple[Spot, ...]] = ()
    model: str = ""
    chat: str = ""
    stays: Strictly[bool] = False
    state: QuizState = "making"
    tried: int = 0
    questions: tuple[Asked, ...] = ()
    lost: tuple[Lost, ...] = ()
    made_at: When = 0.0

    @property
    def dropped(self) -> int:
        """How many tries gave no question."""
        return sum(one.count for one in self.lost)

    @property
    def next_try(self) -> tuple[Spot, Kind] | None:
        """What is tried next: each spot in turn, with another kind in each round. None where it is over."""
        is_over = len(self.questions) >= self.wanted or self.tried >= TRIES_EACH * self.wanted
        if is_over or not self.spots or not self.kinds:
            return None
        turn, at = divmod(self.tried, len(self.spots))
        return self.spots[at], self.kinds[(self.tried + turn) % len(self.kinds)]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person said to one question. `tries` were graded; `hints` were shown; `is_right` is the last of them, `by`
    whoever graded it. `is_over`: the solution was shown, or it was right."""

    question: str
    given: str = ""
    tries: int = 0
    hints: int = 0
    is_right: bool = False
    is_over: bool = False
    by: str = BY_RULE

    @property
    def is_unaided(self) -> bool:
        """Right at once, without a hint."""
        return self.is_right and self.tries == 1 and not self.hints


@dataclass(frozen=True, slots=True)
class Attempt:
    """One go at a quiz. `only` are the questions that it has, all of the quiz where there are none. An exam ends
    `seconds` after it has begun; `ended` is 0 until it is over."""

    id: str
    quiz: str
    mode: Mode = "practice"
    only: tuple[str, ...] = ()
    seconds: int = 0
    began: When = 0.0
    ended: When = 0.0
    answers: tuple[Answer, ...] = ()

    def answer_to(self, question: str) -> Answer | None:
        """What was said to a question."""
        return next((one for one in self.answers if one.question == question), None)

    def questions_of(self, quiz: Quiz) -> tuple[Asked, ...]:
        """What it asks, of a quiz as it is now."""
        return tuple(one for one in quiz.questions if not self.only or one.id in self.only)

    @property
    def right(self) -> int:
        """How many were right."""
        return sum(one.is_right for one in self.answers)

    @property
    def unaided(self) -> int:
        """How many of them at once, without a hint."""
        return sum(one.is_unaided for one in self.answers)


def quiz_from(record: object, lost: list[str] | None = None) -> Quiz:
    """A quiz from its stored record, with no more questions than one may have: nobody's file has a model asked without
    end. Raises Damaged."""
    quiz = decode(Quiz, record, lost)
    return replace(quiz, wanted=min(quiz.wanted, MOST_WANTED))


def attempt_from(record: object, lost: list[str] | None = None) -> Attempt:
    """An attempt from its stored record. Raises Damaged."""
    return decode(Attempt, record, lost)


def kept(quiz: Quiz, question: Asked) -> Quiz:
    """One try later, with a question; without it where it was asked before."""
    if any(_is_same(question, one) for one in quiz.questions):
        return dropped(quiz, "again")
    return settled(replace(quiz, tried=quiz.tried + 1, questions=(*quiz.questions, question)))


def dropped(quiz: Quiz, fault: Fault) -> Quiz:
    """One try later, without a question."""
    counts = {one.fault: one.count for one in quiz.lost}
    counts[fault] = counts.get(fault, 0) + 1
    lost = tuple(Lost(name, count) for name, count in counts.items())
    return settled(replace(quiz, tried=quiz.tried + 1, lost=lost))


def settled(quiz: Quiz) -> Quiz:
    """Done, where nothing is left to try."""
    return replace(quiz, state="done") if quiz.next_try is None else quiz


def oldest_unfinished(quizzes: Iterable[Quiz]) -> Quiz | None:
    """Whose questions are made next, where somebody waits for them."""
    waiting = (one for one in quizzes if one.state == "making" and one.next_try)
    return min(waiting, key=lambda one: (one.made_at, one.id), default=None)


def with_answer(attempt: Attempt, answer: Answer) -> Attempt:
    """With what was said last to a question."""
    others = tuple(one for one in attempt.answers if one.question != answer.question)
    return replace(attempt, answers=(*others, answer))


def asked_of(item: Item, id: str) -> Asked:
    """A question of an item; where it stands is told by whoever knows the passage."""
    return Asked(id, item.kind, item.question, item.answer, item.options, item.hint, item.explanation)


def shares(quizzes: Sequence[Quiz]) -> dict[str, tuple[int, int]]:
    """By model: how many of its questions were kept, of how many tries."""
    found: dict[str, tuple[int, int]] = {}
    for quiz in quizzes:
        if quiz.model:
            kept_before, tried = found.get(quiz.model, (0, 0))
            found[quiz.model] = (kept_before + len(quiz.questions), tried + quiz.tried)
    return found


def _is_same(one: Asked, other: Asked) -> bool:
    plain = ["".join(letter for letter in text.lower() if letter.isalnum()) for text in (one.question, other.question)]
    is_same_place = (one.document, one.turn, one.text) == (other.document, other.turn, other.text)
    return plain[0] == plain[1] or (is_same_place and one.kind == other.kind and one.answer == other.answer)
