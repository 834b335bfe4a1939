"""Which documents a chat is about: chosen, taken back, and asked about from the Library.

session.act("scope:choose", "notebook/3f2a")        # "all", "document/77b0" (on or off), "" for none
session.act("scope:ask-found", None)                # a new chat about what the Library has found
session.state.chat().scope                          # Scope(notebook="3f2a")
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from app.core.actions import action
from app.core.commands import Draft
from app.core.ports import Page
from app.core.signals import Signal
from app.core.texts import Text
from app.session.chats import Chats
from app.session.notices import Notices, Shown
from app.session.state import State
from app.study.chats import ChatStore
from app.study.cited import Scope, Sources
from app.study.library.meaning import is_private

if TYPE_CHECKING:
    from app.session.library import Library
    from app.session.passages import Passages

EVERYTHING = "all"


class ScopeChoice:
    """The actions `scope:*`, about the open chat."""

    def __init__(
        self,
        state: State,
        notices: Notices,
        chats: Chats,
        store: ChatStore,
        page: Page,
        library: Callable[[], Library],
        passages: Callable[[], Passages],
    ) -> None:
        self._state, self._notices, self._chats, self._store, self._page = state, notices, chats, store, page
        self._library, self._passages = library, passages
        self.words = Signal("")  # the search among what can be chosen

    @action("scope:find", str)
    def find(self, words: str) -> None:
        """Show only what holds these words."""
        self.words.set(words)

    @action("scope:choose", str)
    async def choose(self, what: str) -> None:
        """Let the replies of the open chat be written from all documents, from those of a notebook, from one more
        document or one less, or from none any more. Raises StorageError."""
        kind, _, id = what.partition("/")
        scope: Scope | None = None
        if what == EVERYTHING:
            scope = Scope()
        elif kind == "notebook" and id in self._library().notebooks():
            scope = Scope(notebook=id)
        elif kind == "document":
            now = self._state.chat().scope
            chosen = now.documents if now and not now.notebook else ()
            kept = tuple(one for one in chosen if one != id) if id in chosen else (*chosen, id)
            scope = Scope(documents=kept) if kept else None
        await self._choose(scope)

    @action("scope:ask-found")
    async def ask_found(self) -> None:
        """Begin a chat about the documents in which something was found, with the words that were looked for. Raises
        StorageError."""
        if found := self._passages().found():
            documents = tuple(dict.fromkeys(hit.document for hit in found.hits))
            await self.begin(Scope(documents=documents), found.words)

    @action("scope:ask-documents", str)
    async def ask_documents(self, ids: str) -> None:
        """Begin a chat about some documents, whose ids stand between blanks. Raises StorageError."""
        await self.begin(Scope(documents=tuple(ids.split())))

    async def begin(self, scope: Scope | None, words: str = "", *, is_private: bool = False) -> None:
        """Begin a chat about these documents, about none for None, with words in its message field. Raises
        StorageError."""
        self._chats.new()
        await self._choose(scope)
        if is_private:
            self._chats.private(True)
        if words:
            self._page.do(Draft("", words))

    async def _choose(self, scope: Scope | None) -> None:
        """Keep it. A chat about something private is private from then on: nothing of it leaves this device later."""
        await self._chats.choose(scope=scope)
        if scope and self.is_private(scope) and not self._state.chat().is_private:
            self._chats.private(True)

    def is_private(self, scope: Scope) -> bool:
        """Whether a private notebook is named, or a document in one."""
        library = self._library()
        notebooks, documents = library.notebooks(), library.documents()
        notebook = notebooks.get(scope.notebook)
        inside = (one for id in scope.documents if (one := documents.get(id)))
        return bool(notebook and notebook.is_private) or any(is_private(one, notebooks) for one in inside)

    async def keep_here(self, documents: Collection[str]) -> None:
        """Documents may not leave this device from now on. Nor may the chats that name them, and those with replies
        that were written from them: nothing of them leaves with what was said. Raises StorageError."""
        chats = {one.id: one for one in (*self._state.chats(), self._state.chat()) if not one.is_private}
        live = self._state.live()
        named = {id for id, one in chats.items() if one.scope and self.is_private(one.scope)}
        named |= {id for id in chats if id in live and _is_from(live[id].sources, documents)}
        for id in named:  # at once: it may be on its way
            self._chats.keep_private(id)
        private = named | (await self._store.citing(documents) & chats.keys())
        for id in private:
            self._chats.keep_private(id)
            await self._chats.keep(id, is_private=True)
        if private:
            told = Text("scope.kept_private", count=len(private))
            self._notices.show(Shown("kept-private", told, "", "info", everywhere=True))


def _is_from(sources: Sources | None, documents: Collection[str]) -> bool:
    return sources is not None and any(one.document in documents for one in sources.passages)
