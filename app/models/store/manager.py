"""LocalModelManager: the one owner of a browser model's life, from its first byte to its deletion.

    manager = LocalModelManager(Web(fetch, parts, hasher, blobs, clock), tabs, on_change)
    manager.add(read_catalog(text)); await manager.refresh()
    await manager.fetch("gemma-3n-e2b")                   # from its sources into IndexedDB; cancelling pauses
    model_id = await manager.import_file(handle, "tiny.gguf")
    blob = await manager.open(manager.row(model_id).model)

Bytes are kept as chunks; each chunk is one durable transaction together with the record that makes its progress true.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from app.core.errors import Corrupt, Evicted, ModelMissing, NeedsPermission, NotSupported
from app.core.texts import Text
from app.core.values import Model
from app.models.formats.facts import as_told
from app.models.store.carrying import described, file_name
from app.models.store.checking import Checking
from app.models.store.fetching import Fetching
from app.models.store.importing import Importing
from app.models.store.keeping import replaced_row, row_of
from app.models.store.rows import Row
from app.models.store.stored import HEADER_VERSION, Stored, as_stored, same_file


class LocalModelManager(Fetching, Importing, Checking):
    """Rows by model id, and everything that can be done with a model's file."""

    def add(self, models: Iterable[Model]) -> None:
        """Make models known; those already known keep their state."""
        self._rows.put(*(Row(model) for model in models if model.id not in self._rows))

    def learn(self, models: Iterable[Model]) -> None:
        """Make models known, or known better: a further source for a file keeps its row's state."""
        known = [(self._rows.find(model.id), model) for model in models]
        self._rows.put(*(learned(row, model, self.stored(model.id)) if row else Row(model) for row, model in known))

    def unlearn(self, model_ids: Iterable[str]) -> None:
        """Forget models that are not stored; the others stay until they are deleted."""
        rows = [row for model_id in model_ids if (row := self._rows.find(model_id))]
        gone = [row for row in rows if not (row.stored_bytes or row.is_busy or row.is_linked)]
        self._rows.drop(*(row.model.id for row in gone))

    def add_ready(self, rows: Iterable[Row]) -> None:
        """Show rows that need no file (the demo's)."""
        self._rows.put(*rows)

    async def refresh(self) -> None:
        """Read from storage which models are here. A file whose fetching was cut off is paused, or followed where
        another page is at it; half an import is cleared away."""
        for info in await self._blobs.infos():
            stored = self._read(info)
            if stored is None or stored.state != "partial":
                self._take_in(info)
            elif await self._tabs.claim(info["id"]):
                await self._take_in_part(info)
                self._tabs.release(info["id"])
            else:
                self._take_in(info)
                self._rows.change(info["id"], status="Downloading", is_elsewhere=True)
                self._follow(info["id"])

    async def sweep(self) -> None:
        """Remove what a crash has left of models that no record names. Nobody waits for it. Raises StorageError."""
        await self._blobs.sweep()

    async def _take_in_part(self, info: dict[str, Any]) -> None:
        stored = Stored.from_info(info)
        if stored.is_copied or stored.model.is_imported:
            await self._blobs.delete(stored.model.id)
            return
        if stored.is_wanted:  # whoever fetched it is gone, and the person may not want it any more
            await self._note(replace(stored, is_wanted=False))
        self._take_in({**stored.as_info(), "stored_bytes": stored.stored_bytes})

    async def open(self, model: Model) -> object:
        """The whole file as a handle, for an engine that chats. Raises ModelMissing, Corrupt, Evicted; LoadFailed,
        NotSupported where an earlier version of the app has stored a file that cannot chat."""
        handle = await self._open(model)
        stored = self._stored[model.id]
        if stored.header_version < HEADER_VERSION:
            facts = await self._facts(handle, model)
            await self._note(replace(stored, model=as_told(model, facts), header_version=HEADER_VERSION))
            self._rows.put(row_of(self._stored[model.id]))
            if facts.kind == "embedding":
                raise NotSupported(f"{model.name} is an embedding model: it can't chat.", "Choose another model.")
        return handle

    async def _open(self, model: Model) -> object:
        if not self.row(model.id).is_ready:
            raise ModelMissing(f"{model.name} is not on this device yet.")
        stored = self._stored[model.id]
        try:
            handle = await self._blobs.open(model.id, stored.chunk_count)
            if self._blobs.size(handle) != model.size_bytes or (
                stored.is_linked and self._blobs.modified(handle) != stored.modified
            ):
                what = "has changed on your disk" if stored.is_linked else "is incomplete in the browser's storage"
                raise Corrupt(f"{model.name} {what}.")
        except (Evicted, NeedsPermission) as error:
            self._rows.put(Row(model, "Failed", problem=error, is_linked=stored.is_linked))
            raise
        except Corrupt as error:
            await self._damaged(model, error)
            raise
        return handle

    async def look_again(self, model_id: str) -> None:
        """Open a linked file, and say what is wrong if it is not the same any more. Raises StorageError."""
        self._rows.put(row_of(self._stored[model_id]))
        await self._open(self.row(model_id).model)

    async def carried(self, model_id: str) -> tuple[object, str, str]:
        """A ready model to carry elsewhere: its file, the file's name, and a catalogue with its hashes.

        Raises ModelMissing, Corrupt, Evicted.
        """
        handle = await self._open(self.row(model_id).model)
        stored = self._stored[model_id]
        if not stored.chunk_sha256:  # a linked file that was never read as a whole
            stored = await self.verify(model_id)
        return handle, file_name(stored.model), described(stored)

    async def _damaged(self, model: Model, error: Corrupt) -> None:
        """Remember which chunks are lost, so that only these need be fetched again."""
        stored = self._stored[model.id]
        if stored.is_linked:
            if error.detail:  # the browser's own words: not found, not readable
                error.message = Text("store.gone_from_disk", model=model.name)
            error.cure = Text("store.gone_from_disk_cure")
            self._rows.put(Row(model, "Damaged", problem=error, is_linked=True))
            return
        bad = error.chunks or tuple(range(stored.chunk_count))
        await self._note(replace(stored, state="damaged", bad=bad))
        self._rows.put(row_of(self._stored[model.id]))

    async def delete(self, model_id: str) -> None:
        """Remove a model's bytes. A catalogue row stays, an imported one goes. Raises StorageError."""
        row = self.row(model_id)
        async with self._writing(model_id):
            await self._blobs.delete(model_id)
            self._stored.pop(model_id, None)
            self._rows.forget(row.model)


def learned(row: Row, model: Model, stored: Stored | None) -> Row:
    """A row whose catalogue now says this of it. What is stored or under way stays as it is; what is there of another
    file is never mixed with this one."""
    before = row.model
    if same_file(model, before):
        return replace(row, model=as_stored(model, before))
    if row.is_busy or (stored is not None and stored.state != "partial"):
        return row
    return replaced_row(model, stored) if stored is not None else Row(model)
