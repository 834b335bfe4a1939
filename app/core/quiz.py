"""Questions of a quiz: what one is, and why a model's was dropped.

    Item("cloze", "The loss of water vapour is called ____.", "transpiration", (), "It starts with t.", "…", 306, 376)
    Judged(None, "options", "16")                # two options say the same

An item is made and judged in the library's worker (`app.documents.quiz`) and shown by the page; only these values
travel. A position is a character of the passage that the item is about, counted from 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["multiple_choice", "true_false", "cloze", "short_answer"]
KINDS: tuple[Kind, ...] = ("multiple_choice", "true_false", "cloze", "short_answer")
BLANK = "____"

#: why an item was dropped, in the order in which it is looked for
Fault = Literal[
    "broken",  # no JSON object, or a cut one, or a text that is cut or says the same again and again
    "keys",  # something is missing, or is not what it should be
    "empty",
    "long",
    "index",  # the right option is none of the options
    "markup",
    "leak",  # words of the instructions, not of the passage
    "language",
    "blank",  # a cloze item without one gap
    "source",  # the passage does not have that sentence
    "options",  # two say the same
    "answer",  # the passage does not say it
    "span",  # the sentence does not say it, another one does
    "rivals",  # two options are right, or none is
    "given",  # the question or the hint has the answer in it
    "against",  # the explanation says something else
    "again",  # it was asked before
]


@dataclass(frozen=True, slots=True)
class Item:
    """One question. `answer` is the right option, "true" or "false", what the gap held, or a short answer; the
    characters `start` to before `end` of the passage are its source."""

    kind: Kind
    question: str
    answer: str
    options: tuple[str, ...]
    hint: str
    explanation: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of a model's reply: an item that holds, or the reason why it was dropped, with what shows it."""

    item: Item | None
    fault: Fault | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """An item of passage `passage` of a document, made without a model."""

    document: str
    passage: int
    item: Item


@dataclass(frozen=True, slots=True)
class Grade:
    """Whether an answer is right, and whether a rule could tell at all: a short answer in other words it cannot."""

    is_right: bool
    is_sure: bool = True
