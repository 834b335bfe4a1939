"""What a run of a program looks like, is told as to a model, is kept as with a message, and is saved as.

result(shown, reply)            # a Text: "I ran your code. It printed: …"
notebook("print(1)", "1\\n")     # a file of Jupyter's (https://nbformat.readthedocs.io, version 4.5)
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Literal

from app.core.running import ProgramFile, Ran
from app.core.texts import Text
from app.study.ran import RunMark

HEAD, TAIL = 3000, 1500  # characters of an output that a model is told


@dataclass(frozen=True, slots=True)
class Line:
    """Some text of a run: printed, printed as an error, or what was asked with the answer to it."""

    kind: Literal["out", "err", "said"]
    text: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a program waits for a person to allow: a server, and the packages that would be fetched there (or none)."""

    host: str
    packages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reached:
    """A server that a run has asked, and the bytes that came."""

    host: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Network:
    """What a run has wanted of the network. `can_allow` is whether the question has been there for a moment, `lacks`
    are modules that are not on this device, `refused` servers that it could not ask; `why` is why nobody was asked,
    where that is so."""

    wants: Wanted | None = None
    can_allow: bool = False
    reached: tuple[Reached, ...] = ()
    lacks: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    why: Literal["", "offline", "private"] = ""


@dataclass(frozen=True, slots=True)
class RunShown:
    """The program beside the chat. `number` counts openings, `turn` is the reply that it comes from; `begun` is when
    its first line ran, 0 before that; `restarts` is whether it starts over after each answer to `input()`."""

    number: int
    chat: str
    turn: str
    code: str
    lines: tuple[Line, ...] = ()
    files: tuple[ProgramFile, ...] = ()
    given: tuple[ProgramFile, ...] = ()
    asks: str | None = None
    restarts: bool = False
    network: Network = Network()
    is_running: bool = False
    at: float = 0.0
    begun: float = 0.0
    ran: Ran | None = field(default=None)

    @property
    def printed(self) -> str:
        """All of its output."""
        return "".join(line.text for line in self.lines)

    def mark(self) -> RunMark:
        """What is kept of it with a message."""
        return RunMark(self.at, self.ran.ending if self.ran else "")


def result(shown: RunShown, reply: str) -> Text:
    """What a model is told of a run. The code comes along where it isn't word for word in the `reply`."""
    ran = shown.ran or Ran()
    is_known = shown.code.strip() in reply
    parts = [Text("run.told_known") if is_known else Text("run.told_code", code=fenced(shown.code, "python"))]
    if printed := _shortened(shown.printed):
        parts.append(Text("run.told_printed", output=fenced(printed, "text")))
    if ran.ending == "failed":
        parts.append(Text("run.told_failed", output=fenced(_shortened(ran.error), "text")))
    elif ran.ending:
        parts.append(Text("run.told_stopped"))
    elif not printed:
        parts.append(Text("run.told_nothing"))
    told = parts[0]
    for part in parts[1:]:
        told = Text("run.told_next", before=told, part=part)
    return told


def fenced(text: str, language: str) -> str:
    """A block of code in Markdown that nothing in the text can end."""
    longest = max(map(len, re.findall(r"`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"


def _shortened(text: str) -> str:
    text = text.strip("\n")
    return text if len(text) <= HEAD + TAIL else f"{text[:HEAD]}\n…\n{text[-TAIL:]}"


def notebook(code: str, output: str) -> str:
    """A notebook of one cell, with what it printed."""
    lines = code.rstrip().splitlines(keepends=True)
    printed = [{"output_type": "stream", "name": "stdout", "text": output.splitlines(keepends=True)}]
    cell: dict[str, object] = {
        "cell_type": "code",
        "id": "program",
        "execution_count": 1 if output else None,
        "metadata": {},
        "outputs": printed if output else [],
        "source": lines,
    }
    about = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    about["language_info"] = {"name": "python"}
    return json.dumps({"cells": [cell], "metadata": about, "nbformat": 4, "nbformat_minor": 5}, indent=1) + "\n"
