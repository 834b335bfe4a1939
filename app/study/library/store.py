"""Keeps documents and notebooks: which there are, and their files.

    store = LibraryStore(records, files, tabs)
    await store.add(document, handle)           # the file first, then the record that says it is there
    await store.remove(document)                # the record; `free` then gives back the space
    await store.sweep()                         # frees what no record names

A file lies in a database of its own, so the two are never one transaction. The record is what counts: a file without
one was being added or deleted when the page was closed, and is swept; the page that is at it holds its name meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, replace

from app.core.document_files import DocumentFiles
from app.core.errors import StorageError
from app.core.ports import Record, Tabs
from app.records.checked import CheckedRecords
from app.study.library.documents import Document, Notebook, document_from, notebook_from
from app.study.library.meaning import Consent, consent_from


class LibraryStore:
    """Documents and notebooks by their ids."""

    def __init__(self, records: CheckedRecords, files: DocumentFiles, tabs: Tabs) -> None:
        self._records, self.files, self._tabs = records, files, tabs
        self._busy: set[str] = set()  # documents that this page adds or deletes

    async def all(self) -> tuple[dict[str, Document], dict[str, Notebook]]:
        """Everything there is. Raises StorageError."""
        documents = [document_from(record) for record in await self._records.all("documents")]
        notebooks = [notebook_from(record) for record in await self._records.all("notebooks")]
        return {one.id: one for one in documents}, {one.id: one for one in notebooks}

    async def add(self, document: Document, content: object, instead: Document | None = None) -> None:
        """Keep a document's file, a handle or bytes, then its record; an older version goes in the same moment. Raises
        StorageError, and nothing of it is there then."""
        await self._hold([document])
        try:
            await self._keep(document.id, content)
            gone = [("documents", instead.id)] if instead else []
            await self._records.write([_put(document)], gone)
        except BaseException:
            with suppress(StorageError):  # what stays is swept; why it could not be kept is what counts
                await self.files.drop([document.id])
            raise
        finally:
            self._release([document])
        if instead:
            with suppress(StorageError):  # the newer one is there; what stays of this one is swept
                await self.files.drop([instead.id])

    async def _keep(self, id: str, content: object) -> None:
        if isinstance(content, bytes):
            await self.files.keep_bytes(id, content)
        else:
            await self.files.keep(id, content)

    async def rewrite(self, before: Document, after: Document, content: bytes) -> None:
        """Keep other words of a document that is here. Its record says first that it waits to be read: a page that is
        closed in between has words that no index knows, and looks at them again. Raises StorageError."""
        if before.status != "waiting":
            await self.change(replace(before, status="waiting"))
        await self.files.keep_bytes(after.id, content)
        await self.change(after)

    async def change(self, document: Document) -> None:
        """Write a record anew, unless it was deleted meanwhile, or is about to be. Raises StorageError."""
        is_there = any(await self._records.get("documents", [document.id]))
        if is_there and document.id not in self._busy:
            await self._records.write([_put(document)])

    async def remove(self, documents: Sequence[Document]) -> None:
        """Delete records; the files stay until they are freed, and no other page frees them. Raises StorageError."""
        await self._hold(documents)
        try:
            await self._records.write([], [("documents", one.id) for one in documents])
        except BaseException:
            self._release(documents)
            raise

    async def restore(self, documents: Sequence[Document]) -> None:
        """Put back what was removed. Raises StorageError."""
        await self._records.write([_put(one) for one in documents])
        self._release(documents)

    async def free(self, documents: Sequence[Document]) -> None:
        """Delete the files of what was removed, so that the space comes back. Raises StorageError."""
        for one in documents:
            await self._drop_unnamed(one.id)
        self._release(documents)

    async def _drop_unnamed(self, id: str) -> bool:
        """Delete a file, unless a record names it: one that an import has brought back, or that is only damaged."""
        is_named = any(await self._records.get("documents", [id])) or ("documents", id) in self._records.damaged
        if not is_named:
            await self.files.drop([id])
            await self._records.write([], [("writings", id)])  # of a note: how it was written
        return not is_named

    async def _hold(self, documents: Iterable[Document]) -> None:
        for one in documents:
            self._busy.add(one.id)
            await self._tabs.claim(held(one.id))

    def _release(self, documents: Iterable[Document]) -> None:
        for one in documents:
            self._busy.discard(one.id)
            self._tabs.release(held(one.id))

    async def sweep(self) -> list[str]:
        """Free the files that no record names, and that no page is at; returns their ids. Raises StorageError."""
        swept = list[str]()
        known = {str(record["id"]) for record in await self._records.all("documents")}
        for id in await self.files.ids():
            if id in known or id in self._busy or not await self._tabs.claim(held(id)):
                continue
            if await self._drop_unnamed(id):
                swept.append(id)
            self._tabs.release(held(id))
        return swept

    # -- consents

    async def consents(self) -> dict[str, Consent]:
        """By notebook: whether its texts may be sent to a server. Raises StorageError."""
        return {one.id: one for one in map(consent_from, await self._records.all("consents"))}

    async def keep_consent(self, consent: Consent) -> None:
        """Keep the person's word, in the place of an earlier one. Raises StorageError."""
        await self._records.write([("consents", consent.id, asdict(consent))])

    async def drop_consent(self, id: str) -> None:
        """Forget the person's word: they are asked again. It needs no room. Raises StorageError."""
        await self._records.write([], [("consents", id)])

    # -- notebooks

    async def keep_notebook(self, notebook: Notebook) -> None:
        """Make one, or write it anew. Raises StorageError."""
        await self._records.write([("notebooks", notebook.id, asdict(notebook))])

    async def drop_notebook(self, notebook: Notebook, documents: Mapping[str, Document]) -> list[Document]:
        """Delete a notebook in one transaction with where its documents lie; they stay. Returns those as they are now.
        Raises StorageError."""
        inside = [replace(one, notebook="") for one in documents.values() if one.notebook == notebook.id]
        await self._records.write(
            [_put(one) for one in inside], [("notebooks", notebook.id), ("consents", notebook.id)]
        )
        return inside

    async def restore_notebook(self, notebook: Notebook, documents: Sequence[Document]) -> None:
        """Put back what was deleted with it. Raises StorageError."""
        await self._records.write([("notebooks", notebook.id, asdict(notebook)), *map(_put, documents)])


def _put(document: Document) -> tuple[str, str, Record]:
    return ("documents", document.id, asdict(document))


def held(id: str) -> str:
    """The name that the page holds which is adding or deleting a document."""
    return f"document-{id}"
