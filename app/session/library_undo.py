"""The way back of what was deleted from the library, and the space that comes back when it is over.

    removals.offer(Removed((document,)), Text("library.deleted", name="tides.pdf"))     # a toast with Undo
    await removals.undo(token)                          # what its button does
    if await removals.give_room():                      # the space is wanted now

A document's file waits for the way back; a page that is closed meanwhile leaves it to the next visit's sweep.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.core.jobs import Jobs
from app.core.ports import Clock
from app.core.signals import Signal
from app.core.texts import Text
from app.session.notices import Notices
from app.session.undo import Undos
from app.study.library.documents import Document, Notebook
from app.study.library.store import LibraryStore


@dataclass(frozen=True, slots=True)
class Removed:
    """What was deleted, for as long as it can come back."""

    documents: tuple[Document, ...]
    notebook: Notebook | None = None


class Removals:
    """What can come back; `documents` and `notebooks` are what is listed."""

    def __init__(
        self,
        notices: Notices,
        jobs: Jobs,
        clock: Clock,
        store: LibraryStore,
        documents: Signal[Mapping[str, Document]],
        notebooks: Signal[Mapping[str, Notebook]],
    ) -> None:
        self._store, self._documents, self._notebooks = store, documents, notebooks
        self._undos: Undos[Removed] = Undos(notices, jobs, clock, "library:undo", self._free)

    def offer(self, removed: Removed, told: Text) -> None:
        """Say that it was deleted, with a way back for a while."""
        self._undos.offer(removed, told)

    async def _free(self, removed: Removed) -> None:
        """It cannot be taken back any more: the space comes back."""
        if removed.notebook is None:
            await self._store.free(removed.documents)

    async def give_room(self) -> bool:
        """End the way back of all documents now, since something else needs their space; whether there were any. Raises
        StorageError."""
        return await self._undos.end(lambda removed: removed.notebook is None)

    async def undo(self, token: str) -> bool:
        """Bring back what was deleted; whether it still could be. Raises StorageError."""
        return await self._undos.undo(token, self._restore)

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
