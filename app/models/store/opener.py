"""Opener: the stored files of a model as handles, checked on the way; what is found wrong with them is remembered.

opener = Opener(store)
blobs = await opener.open_for_chat(store.rows.get("tiny").model)
"""

from __future__ import annotations

from dataclasses import replace

from app.core.errors import Corrupt, Evicted, ModelMissing, NeedsPermission
from app.core.texts import Text
from app.core.values import Model
from app.models.formats.facts import as_told
from app.models.store.model_store import ModelStore, row_of
from app.models.store.refusals import cannot_chat
from app.models.store.rows import Row, Status
from app.models.store.stored import HEADER_VERSION


class Opener:
    """Opens the files of a store, those in the browser and those that lie on disk."""

    def __init__(self, store: ModelStore) -> None:
        self._store, self._rows, self._blobs = store, store.rows, store.blobs

    async def open_for_chat(self, model: Model) -> tuple[object, ...]:
        """The files' handles, for an engine that chats. Raises ModelMissing, Corrupt, Evicted; LoadFailed,
        NotSupported where an earlier version of the app has stored a file that cannot chat."""
        handles = await self.open(model)
        stored = self._store.records[model.id]
        if stored.header_version < HEADER_VERSION:
            facts = await self._store.facts(handles, model)
            told = as_told(model, facts)
            await self._store.note(replace(stored, model=told, header_version=HEADER_VERSION))
            self._rows.put(row_of(self._store.records[model.id]))
            if not told.can_chat:
                raise cannot_chat(told)
        return handles

    async def open(self, model: Model) -> tuple[object, ...]:
        """The files' handles, in the order of `Model.files`. Raises ModelMissing, Corrupt, Evicted, NeedsPermission."""
        if not self._rows.get(model.id).is_ready:
            raise ModelMissing(Text("store.not_here_yet", model=model.name))
        stored = self._store.records[model.id]
        try:
            whole = await self._blobs.open(model.id, stored.chunk_count)
            if self._blobs.size(whole) != model.size_bytes or (
                stored.is_linked and self._blobs.modified(whole) != stored.modified
            ):
                raise Corrupt(
                    Text("store.changed_on_disk" if stored.is_linked else "store.incomplete_here", model=model.name)
                )
        except (Evicted, NeedsPermission) as error:
            self._rows.put(Row(model, Status.FAILED, problem=error, is_linked=stored.is_linked))
            raise
        except Corrupt as error:
            await self._mark_damaged(model, error)
            raise
        return self._store.files_in(whole, model)

    async def look_again(self, model_id: str) -> None:
        """Open a linked file, and say what is wrong if it is not the same any more. Raises StorageError."""
        self._rows.put(row_of(self._store.records[model_id]))
        await self.open(self._rows.get(model_id).model)

    async def _mark_damaged(self, model: Model, error: Corrupt) -> None:
        """Remember which chunks are lost, so that only these need be fetched again."""
        stored = self._store.records[model.id]
        if stored.is_linked:
            if error.detail:  # the browser's own words: not found, not readable
                error.message = Text("store.gone_from_disk", model=model.name)
            error.cure = Text("store.gone_from_disk_cure")
            self._rows.put(Row(model, Status.DAMAGED, problem=error, is_linked=True))
            return
        bad = error.chunks or tuple(range(stored.chunk_count))
        await self._store.note(replace(stored, state="damaged", bad=bad))
        self._rows.put(row_of(self._store.records[model.id]))
