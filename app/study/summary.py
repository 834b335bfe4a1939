"""A summary that stands for the beginning of a chat, made because the person asked for it.

    chat.summary                # Summary("They spoke of waves.", through="3f2a…", model_name="Gemma 3n", at=1.8e9)
    standing(chat.summary, chat.path)       # the same, None where it is about another branch

What it is about is the branch down to one turn: all that leads to a turn is the same on every branch through it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.shapes import When

TO_COME = ""  # stands in a path for the question that is asked next


@dataclass(frozen=True, slots=True)
class Summary:
    """A model is given `text` in place of the messages up to the turn `through`, that one included. `at` is when it was
    made, in seconds since 1970."""

    text: str
    through: str
    model_name: str = ""
    at: When = 0.0


def standing(summary: Summary | None, path: Sequence[str]) -> Summary | None:
    """The summary, where it stands for turns of this branch and a later one of it is still to be read."""
    return summary if summary and summary.text and summary.through in path[:-1] else None


def after(summary: Summary | None, path: Sequence[str]) -> Sequence[str]:
    """The turns of a branch that it does not stand for."""
    return path[path.index(summary.through) + 1 :] if summary else path
