"""The page that a reply or a note cites, beside it: opened by a chip, walked through passage by passage.

    session.act("cited:open", "7f3a 2")     # passage 2 of that reply; session.state.cited() says what is open
    session.act("cited:open", "note-3f2a 2")        # the same of a note that was written from documents
    session.act("cited:next", None)         # the next passage that the reply names
    session.cited.reader.page()             # the page as it is drawn, a signal

What is shown is kept with the reply, so it opens also once the document is gone.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.core.actions import action
from app.core.citations import cites_in
from app.core.errors import StorageError
from app.core.jobs import Jobs
from app.core.ports import Clock
from app.session.library_queue import ReadingQueue
from app.session.page_shown import PageReader, Place
from app.session.state import State
from app.study.cited import NOTE, Cited
from app.study.library.store import LibraryStore

if TYPE_CHECKING:
    from app.session.library import Library


@dataclass(frozen=True, slots=True)
class CitedShown:
    """The passage `at` of `passages`, which are those that the reply or the note `turn` names, is open."""

    turn: str
    passages: tuple[Cited, ...]
    at: int

    @property
    def passage(self) -> Cited:
        """The open one."""
        return self.passages[self.at]

    @property
    def chip(self) -> str:
        """What its chips say that they open."""
        return f"{self.turn} {self.passage.number}"


class CitedPages:
    """The actions `cited:*`."""

    def __init__(
        self,
        state: State,
        jobs: Jobs,
        clock: Clock,
        store: LibraryStore,
        queue: ReadingQueue,
        library: Callable[[], Library],
        of_note: Callable[[str], tuple[str, tuple[Cited, ...]]],
    ) -> None:
        self._state, self._library, self._of_note = state, library, of_note
        self.reader = PageReader(jobs, clock, "cited-page", store, queue, lambda: library().documents())

    @action("cited:open", str)
    async def open(self, chip: str) -> None:
        """Open a passage of a reply, by the reply's id and the passage's number; the open one shuts. Raises
        StorageError."""
        turn_id, _, number = chip.partition(" ")
        before = self._state.cited()
        if before and before.chip == chip:
            self.close()
            return
        passages = named(*self._said(turn_id), number)
        at = next((at for at, one in enumerate(passages) if str(one.number) == number), None)
        if at is not None:
            await self._show(CitedShown(turn_id, passages, at))

    @action("cited:near", str)
    async def near(self, chip: str) -> None:
        """A chip may be opened in a moment: the pointer rests on it, or the focus is there."""
        turn_id, _, number = chip.partition(" ")
        near = next((one for one in self._said(turn_id)[1] if str(one.number) == number), None)
        if near:
            with suppress(StorageError):  # nobody has asked for anything yet
                await self._refreshed()
                self.reader.prepare(near.document, near.page)

    def _said(self, turn_id: str) -> tuple[str, tuple[Cited, ...]]:
        """The words of a reply, also of one that is being written, or of a note, and the passages that it is written
        from."""
        if turn_id.startswith(NOTE):
            return self._of_note(turn_id.removeprefix(NOTE))
        live = self._state.live().get(self._state.chat().id)
        if live and live.turn_id == turn_id:
            return live.text, live.sources.passages if live.sources else ()
        turn = next((one for one in self._state.turns() if one.id == turn_id), None)
        return (turn.text, turn.passages) if turn else ("", ())

    @action("cited:next")
    async def next(self) -> None:
        """Go to the next passage; behind the last comes the first. Raises StorageError."""
        await self._step(1)

    @action("cited:previous")
    async def previous(self) -> None:
        """Go to the passage before. Raises StorageError."""
        await self._step(-1)

    async def _step(self, by: int) -> None:
        if shown := self._state.cited():
            await self._show(replace(shown, at=(shown.at + by) % len(shown.passages)))

    @action("cited:close")
    def close(self) -> None:
        """Shut it."""
        self._state.cited.set(None)
        self.reader.leave()

    async def _show(self, shown: CitedShown) -> None:
        self._state.running.set(None)
        self._state.cited.set(shown)
        one = shown.passage
        await self._refreshed()
        if self._state.cited() is not shown:
            return
        if one.document in self._library().documents():
            self.reader.look(one.document, Place(one.page, one.start, one.end), one.text)
        else:
            self.reader.leave()

    async def _refreshed(self) -> None:
        """The documents are known then."""
        if not self._library().is_known():
            await self._library().refresh()


def named(text: str, given: tuple[Cited, ...], number: str) -> tuple[Cited, ...]:
    """The passages that a reply names, in the order of their numbers; all that it was given where `number` is none of
    them."""
    said = cites_in(text)
    some = tuple(one for one in given if one.number in said)
    return some if any(str(one.number) == number for one in some) else given
