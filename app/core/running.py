"""Running a person's programs where they can touch nothing.

    ran = await sandbox.run(Program("print(6 * 7)"), hear)      # hear(Piece("out", "42\\n"))
    ran.ending                                                  # "" where it ended by itself

A program is Python. It has the standard library, a folder of its own with the files that it was given, and what it
prints, asks for and leaves in that folder comes out in pieces. It reaches no storage and no page, and of the network
only what `permit` lets it, one request at a time:

    def hear(piece):
        if piece.kind == "want":                                # it wants to ask piece.text
            sandbox.permit(piece.data, piece.text)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal, Protocol

from app.core.commands import Command, Question
from app.core.shapes import within

#: how a run has ended: "" by itself, by an error of the program, by a limit, by Stop, or because Python broke or never
#: started
Ending = Literal["", "failed", "late", "flood", "broken", "not-started", "stopped"]
#: what a piece is: the program's first line runs; it has printed, also as an error; `input()` waits; it starts over
#: with the answers so far (this browser cannot pause it), and what came before counts no more; a file; it imports
#: modules (by name, with spaces between) whose packages would have to be fetched; a module is not there; it wants to
#: ask an address; it has asked there, and read so many bytes
PieceKind = Literal["begun", "out", "err", "ask", "again", "file", "need", "lack", "want", "reached"]


@dataclass(frozen=True, slots=True)
class ProgramFile:
    """A file beside a program, or one that it has left: its name, and what is in it as base64."""

    name: str
    data: str


@dataclass(frozen=True, slots=True)
class Program:
    """What is run, and the files that lie in its folder."""

    source: str
    files: tuple[ProgramFile, ...] = ()


def last_line(error: str) -> str:
    """What an error says, without where it happened."""
    return error.strip().rpartition("\n")[2]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a run may take: seconds of work (waiting for an answer counts nothing), the bytes to which Python's
    memory may grow, which a program can lift, and as many characters of what it prints are shown."""

    seconds: float = 120.0
    bytes: int = 1 << 30
    characters: int = 200_000


@dataclass(frozen=True, slots=True)
class Piece:
    """Something of a run: printed text, the question of `input()`, or a file's name with its contents. The `data` of
    "need" and "want" is their number, for `permit`; that of "reached" a figure in bytes, "" where no answer came; that
    of "lack" is "unknown" where no package has such a module."""

    kind: PieceKind
    text: str = ""
    data: str = ""


@dataclass(frozen=True, slots=True)
class Ran:
    """How a run has ended: the error's text and its line in the program (0: not known), how long it took, and how many
    characters of its output were left out."""

    ending: Ending = ""
    error: str = ""
    line: int = 0
    seconds: Annotated[float, within(0, 1e9)] = 0.0
    left: int = 0


#: files that are taken from one run, and their bytes together (static/js/page/over-wall.js, static/js/wall/runner.py)
MOST_LEFT, MOST_LEFT_BYTES = 20, 20_000_000

Hear = Callable[[Piece], None]
LIMITS = Limits()


class Sandbox(Protocol):
    """Runs one program at a time."""

    async def run(self, program: Program, hear: Hear, limits: Limits = LIMITS) -> Ran:
        """Run a program to its end; `hear` gets its pieces in order. Cancelling stops it, and its files are gone.
        Never raises for what the program does."""

    def say(self, text: str) -> None:
        """Answer the `input()` that waits; nothing happens where none does."""

    def permit(self, number: str, address: str = "") -> None:
        """Answer what the program needs or wants of the network, by its number: the very address that it wants, or
        below which packages lie, lets it; "" refuses. No cookie or key goes along, and no redirect is followed."""

    def rest(self) -> None:
        """Give back its memory, unless something runs."""


# -- what the page does for it


@dataclass(frozen=True)
class RunProgram(Question[Ran]):
    """Run a program behind the wall: {"source", "files": [[name, base64]], "seconds", "bytes", "characters"}. Pieces
    are JSON: [kind, text] or [kind, text, data]."""

    answer = Ran

    asked: Mapping[str, object]


@dataclass(frozen=True)
class SayToProgram(Command):
    """What `input()` waits for."""

    text: str


@dataclass(frozen=True)
class PermitProgram(Command):
    """The word on what it needs or wants of the network: by number an address, "" for none."""

    number: str
    address: str


@dataclass(frozen=True)
class StopProgram(Command):
    """End what runs behind the wall, and give back its memory."""
