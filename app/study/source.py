"""Where a chat was brought from, kept with it so that a later export of the same chat is known as one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """An export of another program (app.study.imports): the program, the chat's id there, and the last turn of the
    branch that was on show."""

    program: str
    id: str = ""
    tip: str = ""
