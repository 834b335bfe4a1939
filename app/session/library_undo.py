"""The way back of what was deleted from the library, and the space that comes back when it is over.

    removals.offer(Removed((document,)), Text("library.deleted", name="tides.pdf"))     # a toast with Undo
    await removals.undo(token)                          # what its button does
    if await removals.give_room():                      # the space is wanted now

A document's file waits for the way back; a page that is closed meanwhile leaves it to the next visit's sweep.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.core.errors import StorageError
from app.core.jobs import Jobs
from app.core.ports import Clock
from app.core.signals import Signal
from app.core.texts import Text
from app.session.notices import Notices, Toast
from app.study.chats import new_id
from app.study.library.documents import Document, Notebook
from app.study.library.store import LibraryStore

UNDO_SECONDS = 30.0  # how long the file of a deleted document waits for the way back


@dataclass(frozen=True, slots=True)
class Removed:
    """What was deleted, for as long as it can come back."""

    documents: tuple[Document, ...]
    notebook: Notebook | None = None


class Removals:
    """What can come back, by the name of its toast; `documents` and `notebooks` are what is listed."""

    def __init__(
        self,
        notices: Notices,
        jobs: Jobs,
        clock: Clock,
        store: LibraryStore,
        documents: Signal[Mapping[str, Document]],
        notebooks: Signal[Mapping[str, Notebook]],
    ) -> None:
        self._notices, self._jobs, self._clock, self._store = notices, jobs, clock, store
        self._documents, self._notebooks = documents, notebooks
        self._removed: dict[str, Removed] = {}

    def offer(self, removed: Removed, told: Text) -> None:
        """Say that it was deleted, with a way back for a while."""
        token = new_id()
        self._removed[token] = removed
        self._notices.toast(Toast(f"library-{token}", told, (Text("chats.undo"), "library:undo", token)))
        self._jobs.start(f"library-free:{token}", self._wait(token))

    async def _wait(self, token: str) -> None:
        await self._clock.sleep(UNDO_SECONDS)
        await self._free(token)

    async def _free(self, token: str) -> None:
        """It cannot be taken back any more: the space comes back."""
        removed = self._removed.pop(token, None)
        self._notices.toast_over(f"library-{token}")
        if removed and removed.notebook is None:
            await self._store.free(removed.documents)

    async def give_room(self) -> bool:
        """End the way back of all documents now, since something else needs their space; whether there were any. Raises
        StorageError."""
        waiting = [token for token, one in self._removed.items() if one.notebook is None]
        for token in waiting:
            await self._free(token)
        return bool(waiting)

    async def undo(self, token: str) -> bool:
        """Bring back what was deleted; whether it still could be. Raises StorageError."""
        removed = self._removed.pop(token, None)
        if removed is None:
            return False
        try:
            await self._restore(removed)
        except StorageError:
            self._removed[token] = removed  # so that it can be tried again
            raise
        self._notices.toast_over(f"library-{token}")
        return True

    async def _restore(self, removed: Removed) -> None:
        documents = removed.documents
        if notebook := removed.notebook:  # its documents may have been read, moved or deleted since
            here = (self._documents().get(one.id) for one in documents)
            documents = tuple(replace(one, notebook=notebook.id) for one in here if one and not one.notebook)
            await self._store.restore_notebook(notebook, documents)
            self._notebooks.set({**self._notebooks(), notebook.id: notebook})
        else:
            await self._store.restore(documents)
        self._documents.set({**self._documents(), **{one.id: one for one in documents}})
