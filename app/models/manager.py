"""LocalModelManager: the one owner of a browser model's life, from its first byte to its deletion.

    manager = LocalModelManager(Web(fetch, hasher, blobs, clock), tabs, on_change)
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

from app.core.errors import Corrupt, Evicted, ModelMissing
from app.core.values import Model
from app.models.checking import Checking
from app.models.fetching import Fetching
from app.models.importing import Importing
from app.models.keeping import row_of
from app.models.rows import Row
from app.models.stored import Stored


class LocalModelManager(Fetching, Importing, Checking):
    """Rows by model id, and everything that can be done with a model's file."""

    def add(self, models: Iterable[Model]) -> None:
        """Make models known; those already known keep their state."""
        for model in models:
            if model.id not in self._rows:
                self._rows.put(Row(model))

    def add_ready(self, rows: Iterable[Row]) -> None:
        """Show rows that need no file (the demo's)."""
        for row in rows:
            self._rows.put(row)

    async def refresh(self) -> None:
        """Read from storage which models are here. A file whose fetching was cut off is paused, or followed where
        another page is at it; half an import is cleared away."""
        await self._blobs.sweep()
        for info in await self._blobs.infos():
            if info.get("is_gone") or Stored.from_info(info).state != "partial":
                self._take_in(info)
            elif await self._tabs.claim(info["id"]):
                await self._take_in_part(info)
                self._tabs.release(info["id"])
            else:
                self._take_in(info)
                self._rows.change(info["id"], status="Downloading", is_elsewhere=True)
                self._follow(info["id"])
        self._rows.on_change()

    async def _take_in_part(self, info: dict[str, Any]) -> None:
        stored = Stored.from_info(info)
        if stored.is_copied or stored.model.is_imported:
            await self._blobs.delete(stored.model.id)
            return
        if stored.is_wanted:  # whoever fetched it is gone, and the person may not want it any more
            await self._note(replace(stored, is_wanted=False))
        self._take_in({**stored.as_info(), "stored_bytes": stored.stored_bytes})

    async def open(self, model: Model) -> object:
        """The whole file as a handle, for an engine. Raises ModelMissing, Corrupt, Evicted."""
        if not self.row(model.id).is_ready:
            raise ModelMissing(f"{model.name} is not on this device yet.")
        try:
            handle = await self._blobs.open(model.id, self._stored[model.id].chunk_count)
            if self._blobs.size(handle) != model.size_bytes:
                raise Corrupt(f"{model.name} is incomplete in the browser's storage.")
        except Evicted as error:
            self._rows.put(Row(model, "Failed", problem=error))
            raise
        except Corrupt as error:
            await self._damaged(model, error)
            raise
        return handle

    async def _damaged(self, model: Model, error: Corrupt) -> None:
        """Remember which chunks are lost, so that only these need be fetched again."""
        stored = self._stored[model.id]
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
