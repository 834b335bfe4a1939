"""Sources and models used, for a chat, a note or a quiz: put together from what is kept, shown, copied.

session.act("statement:open", "chat/3f2a")      # "note/8c1d", "quiz/77b0": the sheet
session.statement.shown()                       # Statement(…), a signal; None until it is known
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.core.actions import action
from app.core.commands import Copy
from app.core.jobs import Jobs
from app.core.ports import Clock, Page
from app.core.signals import Signal
from app.core.texts import Words
from app.session.library import Library
from app.session.state import Opening, State
from app.study.chats import ChatStore
from app.study.statement import Statement, as_markdown, dated, of_chat, of_note, of_quiz

if TYPE_CHECKING:
    from app.session.costs import Costs
    from app.session.quiz import Quizzes
    from app.session.writing import Writings

SHEET, JOB = "statement", "statement"


class Statements:
    """The actions `statement:*`."""

    def __init__(
        self,
        state: State,
        jobs: Jobs,
        page: Page,
        clock: Clock,
        words: Words,
        chats: ChatStore,
        library: Callable[[], Library],
        writings: Callable[[], Writings],
        quizzes: Callable[[], Quizzes],
        costs: Callable[[], Costs],
    ) -> None:
        self._state, self._jobs, self._page, self._clock, self._words = state, jobs, page, clock, words
        self._chats, self._library, self._writings = chats, library, writings
        self._quizzes, self._costs = quizzes, costs
        self.shown: Signal[Statement | None] = Signal(None)
        self.is_known = Signal(False)

    @action("statement:open", str)
    def open(self, what: str) -> None:
        """Show it for a piece of work."""
        self.shown.set(None)
        self.is_known.set(False)
        self._state.sheet.set(Opening(SHEET))
        self._jobs.start(JOB, self._look(what))

    async def _look(self, what: str) -> None:
        """Raises StorageError."""
        kind, _, id = what.partition("/")
        of = {"chat": self._of_chat, "note": self._of_note, "quiz": self._of_quiz}.get(kind)
        try:
            found = await of(id) if of else None
            self.shown.set(dated(found, self._clock.now()) if found else None)
        finally:
            self.is_known.set(True)

    async def _of_chat(self, id: str) -> Statement | None:
        chat = self._state.chat_of(id)
        if chat is None:
            return None
        await self._costs().look()
        return of_chat(chat, await self._chats.turns(chat.path), self._costs().entries())

    async def _of_note(self, id: str) -> Statement | None:
        await self._library().ready()
        writings = self._writings()
        if not writings.is_known():
            await writings.refresh()
        note = self._library().documents().get(id)
        return of_note(note, writings.of(id)) if note else None

    async def _of_quiz(self, id: str) -> Statement | None:
        part = self._quizzes()
        if not part.is_known():
            await part.refresh()
        attempts = [one for one in part.attempts().values() if one.quiz == id]
        return of_quiz(part.quizzes()[id], attempts) if id in part.quizzes() else None

    @action("statement:copy")
    def copy(self) -> None:
        """Copy it as Markdown."""
        if statement := self.shown():
            text = f"# {self._words(statement.name)}\n\n{as_markdown(statement, self._words)}\n"
            self._page.do(Copy(text))
