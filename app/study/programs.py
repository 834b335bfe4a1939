"""What a run of a program looks like, is told as to a model, is kept as with a message, and is saved as.

result(shown, reply)            # a Text: "I ran your code. It printed: …"
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from app.core.running import ProgramFile, Ran
from app.core.texts import Text, in_a_row
from app.study.ran import Finding, RunMark

if TYPE_CHECKING:
    from app.study.checking.checks import Check

HEAD, TAIL = 3000, 1500  # characters of an output that a model is told
# What moves a terminal's cursor or colours its text (ECMA-48), and what no page shows.
TERMINAL = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\^_])|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
)


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
    """A server that a run has asked, whether it has answered at all, and the bytes that came."""

    host: str
    bytes: int
    has_answered: bool = True


@dataclass(frozen=True, slots=True)
class Network:
    """What a run has wanted of the network. `can_allow` is whether the question has been there for a moment, `lacks`
    are modules that are not on this device, `unknown` those that no package has, `refused` servers that it could not
    ask; `why` is why nobody was asked, where that is so."""

    wants: Wanted | None = None
    can_allow: bool = False
    reached: tuple[Reached, ...] = ()
    lacks: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    why: Literal["", "offline", "private"] = ""


@dataclass(frozen=True, slots=True)
class RunShown:
    """The program beside the chat. `number` counts openings, `turn` is the reply that it comes from; `begun` is when
    its first line ran, 0 before that; `restarts` is whether it starts over after each answer to `input()`. It may be a
    `check` of the reply: `found` is what came of that, behind what came of those `before`."""

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
    check: Check | None = None
    before: tuple[Finding, ...] = ()
    found: tuple[Finding, ...] = ()

    @property
    def printed(self) -> str:
        """All of its output."""
        return "".join(line.text for line in self.lines)

    @property
    def printed_out(self) -> str:
        """What it has printed as its output: no warnings."""
        return "".join(line.text for line in self.lines if line.kind == "out")

    def mark(self) -> RunMark:
        """What is kept of it with a message."""
        return RunMark(self.at, self.ran.ending if self.ran else "")


def plain(text: str) -> str:
    """An output as a terminal shows it in the end: without colours, and what begins a line anew is written over it.

    >>> plain("\\r 10 %\\r100 %\\x1b[32m done\\x1b[0m")
    '100 % done'
    """
    text = TERMINAL.sub("", text).replace("\r\n", "\n")
    return "\n".join(map(_overwritten, text.split("\n"))) if "\r" in text else text


def _overwritten(line: str) -> str:
    shown = list[str]()  # of letters: a long line that is begun anew again and again is not copied each time
    for part in line.split("\r"):
        shown[: len(part)] = part
    return "".join(shown)


def result(shown: RunShown, reply: str) -> Text:
    """What a model is told of a run. The code comes along where it isn't word for word in the `reply`."""
    ran = shown.ran or Ran()
    code = fenced(shown.code, "python")
    if shown.check and shown.check.sums:
        parts = [Text("run.told_checked", code=code)]
    else:
        parts = [Text("run.told_known") if shown.code.strip() in reply else Text("run.told_code", code=code)]
    if printed := _shortened(plain(shown.printed)):
        parts.append(Text("run.told_printed", output=fenced(printed, "text")))
    if ran.ending == "failed":
        parts.append(Text("run.told_failed", output=fenced(_shortened(ran.error), "text")))
    elif ran.ending:
        parts.append(Text("run.told_stopped"))
    elif not printed:
        parts.append(Text("run.told_nothing"))
    if wrong := [one.told for one in shown.found if one.verdict == "differs"]:
        parts.append(Text("run.told_differs", claims=in_a_row(*wrong)))
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
