"""What is kept with the turns of a tutored chat: which step each is, and how the student came to the answer.

    turn.tutor                          # Tutored("hint", is_open=True, hints=1): None in every other chat
    spoken(turns)                       # without the steps that led to an answer, as a model is told of them

A message and the reply to it are of the same kind. The message holds how things stood before, the reply how they stand
after it: so the last turn of a branch always tells, whatever was stopped, edited or asked again.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from app.core.persona import Persona
from app.core.shapes import InPlace
from app.core.values import Event
from app.study.cited import Sources

if TYPE_CHECKING:
    from app.study.chats import Turn

#: an "aside" is what the student asks back before the question is over; its reply is a hint, too
Kind = Literal["question", "attempt", "hint", "aside", "answer"]
#: alone: right at the first attempt, without a hint; "left" is a question that was given up for another
Came = Literal["", "alone", "helped", "shown", "left"]
Verdict = Literal["", "right", "wrong", "unsure"]

PERSONA = "built-in:tutor"  # whose chats are tutored, and those of its copies
BY_RULE, BY_YOU = "rule", "you"  # who has checked an attempt; else a model's name


def is_tutor(persona: Persona | None) -> bool:
    """Whether a chat with this persona is tutored."""
    return persona is not None and (persona.tutors or persona.id == PERSONA)


@dataclass(frozen=True, slots=True)
class Score:
    """How many questions of a chat ended in which way."""

    alone: int = 0
    helped: int = 0
    shown: int = 0
    left: int = 0

    @property
    def total(self) -> int:
        """All that are over."""
        return self.alone + self.helped + self.shown + self.left

    def plus(self, other: Score) -> Score:
        """Both together."""
        return Score(
            self.alone + other.alone, self.helped + other.helped, self.shown + other.shown, self.left + other.left
        )


@dataclass(frozen=True, slots=True)
class Key:
    """The answer that attempts are compared with, which the model `by` gave before the student tried; "" where it gave
    none. Of documents, `clue` is the sentence that holds it, and `place` where that stands."""

    answer: str = ""
    by: str = ""
    clue: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Tutored:
    """A step. While the question `is_open` it waits for an attempt; `tries` and `hints` count what was had for it, and
    `came` is how it ended. `verdict` is on the last attempt, `by` whom (BY_RULE, BY_YOU, a model's name); of a hint,
    `by` is who made it. `key` stands with the question alone, and so do the `documents` that it was worked out from."""

    kind: Kind
    is_open: bool = False
    tries: int = 0
    hints: int = 0
    came: Came = ""
    verdict: Verdict = ""
    by: str = ""
    score: Score = Score()
    key: Key | None = None
    documents: InPlace[tuple[str, ...]] = ()


@dataclass(frozen=True, slots=True)
class Stepped:
    """What became of a step; `by` is the model's reply that it was made with, None where a rule made it."""

    tutor: Tutored
    by: Turn | None = None


#: what answers in the place of the chat's model; Sources without passages end it, for there is nothing to answer from
Instead: TypeAlias = Callable[[], AsyncGenerator[Event | Stepped | Sources, None]]


def spoken(turns: Sequence[Turn]) -> list[Turn]:
    """Each question and what ended it: its answer, else the attempt that was right. Hints lead nowhere afterwards, and
    a question that was left goes with them. The last one stays, alone while it is to be answered."""
    if all(turn.tutor is None for turn in turns):
        return list(turns)
    parts = list(_parts(turns))
    return [turn for part in parts for turn in _kept(part, is_last=part is parts[-1])]


def _parts(turns: Sequence[Turn]) -> Iterator[list[Turn]]:
    """The turns, parted at each question and at each that is not tutored."""
    part: list[Turn] = []
    for turn in turns:
        begins = turn.tutor is None or (turn.role == "user" and turn.tutor.kind == "question")
        if begins and part:
            yield part
            part = []
        part.append(turn)
    if part:
        yield part


def _kept(part: list[Turn], *, is_last: bool) -> list[Turn]:
    """What is told of one question. A summary that stands for the beginning may stand for the question, too."""
    first = part[0]
    if first.tutor is None:
        return part
    question = [first] if first.role == "user" and first.tutor.kind == "question" else []
    if part[-1].role == "user":  # it is to be answered now
        return (question or part[-1:]) if is_last else []
    ends = [turn for turn in part if turn.role == "assistant" and turn.text.strip() and turn.tutor]
    answers = [turn for turn in ends if turn.tutor and turn.tutor.kind == "answer"]
    right = [turn for turn in ends if turn.tutor and turn.tutor.kind == "attempt" and turn.tutor.verdict == "right"]
    if answers:
        return [*(question or _above(answers[-1], part)), answers[-1]]
    if right:
        return [*question, *_above(right[-1], part), right[-1]]
    return question if is_last else []


def _above(turn: Turn, part: list[Turn]) -> list[Turn]:
    return [one for one in part if one.id == turn.parent]
