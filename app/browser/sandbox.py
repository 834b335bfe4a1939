"""The `Sandbox` port: programs run behind a wall that the page makes (static/js/page/wall.js says of what).

sandbox = PageSandbox(page)
await sandbox.run(Program("print(6 * 7)"), hear)
"""

from __future__ import annotations

import json
from typing import get_args

from app.core.ports import Page
from app.core.running import (
    LIMITS,
    Hear,
    Limits,
    PermitProgram,
    Piece,
    PieceKind,
    Program,
    Ran,
    RunProgram,
    SayToProgram,
    StopProgram,
)

KINDS = frozenset(get_args(PieceKind))


class PageSandbox:
    """The `Sandbox` behind the page's wall."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._is_running = False

    async def run(self, program: Program, hear: Hear, limits: Limits = LIMITS) -> Ran:
        """Run a program to its end."""
        files = [[one.name, one.data] for one in program.files]
        asked = {"source": program.source, "files": files, "seconds": limits.seconds, "bytes": limits.bytes}
        has_ended, self._is_running = False, True
        try:
            ran = await self._page.ask(
                RunProgram({**asked, "characters": limits.characters}), lambda piece: _hear(hear, piece)
            )
            has_ended = True
            return ran
        finally:
            self._is_running = False
            if not has_ended:
                self._page.do(StopProgram())

    def say(self, text: str) -> None:
        """Answer the `input()` that waits."""
        self._page.do(SayToProgram(text))

    def permit(self, number: str, address: str = "") -> None:
        """Answer what the program needs or wants of the network."""
        self._page.do(PermitProgram(number, address))

    def rest(self) -> None:
        """Give back its memory, unless something runs."""
        if not self._is_running:
            self._page.do(StopProgram())


def _hear(hear: Hear, piece: str) -> None:
    """What came over the wall is a list of texts that begins with a known kind; nothing else is heard."""
    try:
        read = json.loads(piece)
    except ValueError:
        return
    if isinstance(read, list) and 2 <= len(read) <= 3 and all(isinstance(one, str) for one in read):
        kind, *texts = read
        if kind in KINDS:
            hear(Piece(kind, *texts))
