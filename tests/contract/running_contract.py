"""What every sandbox must do, as plain functions: they run in CPython and, sent as text, in the browser's Python worker
against the wall.

    await check_running(sandbox, "http://127.0.0.1:8000/some.json")      # where something can be read
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.core.running import Limits, Piece, Program, ProgramFile, Ran, Sandbox


@dataclass
class Heard:
    """What came of a run."""

    sandbox: Sandbox
    pieces: list[Piece] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    permits: Mapping[str, str] = field(default_factory=dict)  # by what is wanted

    def hear(self, piece: Piece) -> None:
        """Note it, and answer what is asked."""
        self.pieces.append(piece)
        if piece.kind == "ask" and self.answers:
            self.sandbox.say(self.answers.pop(0))
        if piece.kind in ("need", "want"):
            self.sandbox.permit(piece.data, self.permits.get(piece.text, ""))

    def said(self, kind: str = "out") -> str:
        """The texts of a kind."""
        return "".join(piece.text for piece in self.pieces if piece.kind == kind)


async def _run(sandbox: Sandbox, source: str, *answers: str, limits: Limits | None = None) -> tuple[Ran, Heard]:
    heard = Heard(sandbox, answers=list(answers))
    return await sandbox.run(Program(source), heard.hear, limits or Limits(seconds=60)), heard


async def _prints(sandbox: Sandbox) -> None:
    ran, heard = await _run(sandbox, "import sys\nprint(6 * 7)\nprint('oh', file=sys.stderr)\nkept = 1")
    assert (ran.ending, ran.error, ran.left) == ("", "", 0), ran
    assert (heard.said(), heard.said("err")) == ("42\n", "oh\n")
    assert heard.pieces[0].kind == "begun"
    ran, heard = await _run(sandbox, "print(kept)")
    assert (ran.ending, ran.line) == ("failed", 1), "nothing of a run is there in the next"


async def _fails(sandbox: Sandbox) -> None:
    ran, heard = await _run(sandbox, "print('a')\ndef half(n):\n    return n / 0\nhalf(1)")
    assert (ran.ending, ran.line, heard.said()) == ("failed", 3, "a\n"), ran
    assert "ZeroDivisionError: division by zero" in ran.error
    ran, _ = await _run(sandbox, "x = 1\nif x\n    print(x)")
    assert (ran.ending, ran.line) == ("failed", 2)
    assert "SyntaxError" in ran.error
    ran, _ = await _run(sandbox, "def f(n):\n    return f(n + 1)\nf(0)")
    assert (ran.ending, ran.line) == ("failed", 2)
    assert "RecursionError" in ran.error
    ran, _ = await _run(sandbox, "import sys\nprint('b')\nsys.exit()")
    assert ran.ending == "", ran


async def _asks(sandbox: Sandbox) -> None:
    ran, heard = await _run(sandbox, "a = input('Name? ')\nprint(a, int(input()) + 1)", "Ada", "41")
    assert (ran.ending, heard.said("ask"), heard.said()) == ("", "Name? ", "Ada 42\n"), ran


async def _files(sandbox: Sandbox) -> None:
    heard = Heard(sandbox)
    given = ProgramFile("in.txt", base64.b64encode(b"six").decode())
    source = "text = open('in.txt').read()\nopen('out.txt', 'w').write(text * 2)\nprint(text)"
    ran = await sandbox.run(Program(source, (given,)), heard.hear)
    files = [(one.text, base64.b64decode(one.data)) for one in heard.pieces if one.kind == "file"]
    assert (ran.ending, heard.said(), files) == ("", "six\n", [("out.txt", b"sixsix")]), ran
    ran, _ = await _run(sandbox, "open('in.txt')")
    assert "FileNotFoundError" in ran.error, "each run has a folder of its own"


async def _limits(sandbox: Sandbox) -> None:
    ran, heard = await _run(sandbox, "print('x' * 1_000_000)", limits=Limits(characters=1000))
    assert (ran.ending, len(heard.said()), ran.left) == ("", 1000, 999_001), ran
    ran, heard = await _run(sandbox, "print('on')\nwhile True: pass", limits=Limits(seconds=1.5))
    assert (ran.ending, heard.said()) == ("late", "on\n"), ran


async def _stops(sandbox: Sandbox) -> None:
    heard, has_begun = Heard(sandbox), asyncio.Event()

    def hear(piece: Piece) -> None:
        heard.hear(piece)
        if piece.kind == "out":
            has_begun.set()

    running = asyncio.ensure_future(sandbox.run(Program("print('on')\nwhile True: pass"), hear))
    await has_begun.wait()
    running.cancel()
    await asyncio.wait({running})
    assert running.cancelled()
    ran, heard = await _run(sandbox, "print('next')")
    assert (ran.ending, heard.said()) == ("", "next\n"), ran


READS = "import urllib.request\nwith urllib.request.urlopen({!r}) as reply:\n    print(len(reply.read()))"


async def _network(sandbox: Sandbox, address: str) -> None:
    """Nothing goes out but what is permitted, by its very address."""
    for permits in ({}, {address: f"{address}?"}, {address: ""}):
        heard = Heard(sandbox, permits=permits)
        ran = await sandbox.run(Program(READS.format(address)), heard.hear)
        assert (ran.ending, ran.line, heard.said("want"), heard.said("reached")) == ("failed", 2, address, ""), ran
        assert "not allowed" in ran.error
    heard = Heard(sandbox, permits={address: address})
    ran = await sandbox.run(Program(READS.format(address)), heard.hear)
    assert (ran.ending, heard.said("reached")) == ("", address), ran
    assert [f"{one.data}\n" for one in heard.pieces if one.kind == "reached"] == [heard.said()]


async def _packages(sandbox: Sandbox) -> None:
    """What a program imports and is not there is asked for, and missed where it may not be fetched."""
    ran, heard = await _run(sandbox, "print('on')\nimport numpy")
    assert (ran.ending, ran.line, heard.said(), heard.said("need")) == ("failed", 2, "on\n", "numpy"), ran
    assert heard.said("lack") == "numpy"
    assert ran.error.strip().endswith("ModuleNotFoundError: No module named 'numpy'"), ran


CHECKS = (_prints, _fails, _asks, _files, _limits, _stops, _packages)


async def check_running(sandbox: Sandbox, address: str) -> list[str]:
    """Every check; gives their names. At the address something can be read."""
    await _network(sandbox, address)
    for check in CHECKS:
        await check(sandbox)
    sandbox.rest()
    return [check.__name__ for check in (_network, *CHECKS)]
