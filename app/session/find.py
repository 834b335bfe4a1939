"""The search over everything: its dialog, and the chats that it finds."""

from __future__ import annotations

from app.core.actions import action
from app.core.finding import Query
from app.core.jobs import Jobs
from app.core.ports import Clock, Records
from app.session.state import State
from app.study.chats import Chat
from app.study.finding import ChatIndex, Found

SEARCH, READ = "find", "find-read"  # names of jobs


class Find:
    """The actions `find:*`. Pages, settings, models and actions are found where they are drawn (app.ui.finding)."""

    def __init__(self, state: State, jobs: Jobs, clock: Clock, records: Records) -> None:
        self._state, self._jobs = state, jobs
        self._index = ChatIndex(records, clock)

    def wrote(self, keys: list[tuple[str, str]]) -> None:
        """These (shelf, key) were written, here or by another page."""
        self._index.wrote(keys)

    @action("find:open", bool)
    def open(self, is_open: bool) -> None:
        """The search is opened or shut: it begins with the latest chats. The texts are read from now on."""
        self._state.found.set(Found() if is_open else None)
        self._jobs.start(SEARCH, self._search(Query()))  # in the place of one that is under way
        if is_open:
            self._read()

    @action("find:type", str)
    def type(self, typed: str) -> None:
        """Find what holds every word; only the latest words count."""
        self._jobs.start(SEARCH, self._search(Query.of(typed)))

    async def _search(self, query: Query) -> None:
        """Show what is known, and once more when all has been read."""
        found = await self._show(query)
        if not found.is_whole:
            self._read()
            await self._jobs.wait(READ)
            await self._show(query)

    async def _show(self, query: Query) -> Found:
        found = await self._index.search(self.chats(), query) if query.words else Found()
        if self._state.found() is not None:  # it was not shut meanwhile
            self._state.found.set(found)
        return found

    def _read(self) -> None:
        if not self._jobs.is_running(READ):
            self._jobs.start(READ, self._index.read(self.chats()))

    def chats(self) -> list[Chat]:
        """Those that can be found, the one used last first: a private one only while it is open."""
        here = self._state.chat().id
        return [chat for chat in self._state.chats() if not chat.is_private or chat.id == here]
