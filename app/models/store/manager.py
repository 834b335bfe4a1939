"""LocalModelManager: the one owner of a browser model's life, from its first byte to its deletion.

    manager = LocalModelManager(ModelStore(Web(fetch, parts, hasher, blobs, clock), tabs, words))
    manager.watch(on_change)
    manager.add(read_catalog(text)); await manager.refresh()
    await manager.downloader.fetch("gemma-3n-e2b")        # from its sources into IndexedDB; cancelling pauses
    model_id = await manager.importer.copy(handle, "tiny.gguf")
    blobs = await manager.opener.open_for_chat(manager.row(model_id).model)

Each part takes the store and does one kind of work on it; the manager itself knows the list of models. Bytes are kept
as chunks; each chunk is one durable transaction together with the record that makes its progress true.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from app.core.values import Model
from app.models.store.downloader import Downloader
from app.models.store.export import Exporter
from app.models.store.importer import Importer
from app.models.store.model_store import ModelStore, replaced_row
from app.models.store.opener import Opener
from app.models.store.rows import Row
from app.models.store.stored import Stored, as_stored, same_file
from app.models.store.verifier import Verifier


class LocalModelManager:
    """The known models of a store, and a part for each kind of work on their files."""

    def __init__(self, store: ModelStore) -> None:
        self._store = store
        self.downloader = Downloader(store)
        self.importer = Importer(store)
        self.verifier = Verifier(store)
        self.opener = Opener(store)
        self.exporter = Exporter(store, self.opener, self.verifier)

    def watch(
        self,
        on_change: Callable[[], None],
        follow: Callable[[str], None] = lambda model_id: None,
        stop: Callable[[str], None] = lambda model_id: None,
    ) -> None:
        """Call `on_change` after every change of any row, `follow` with the id of a model that another page is
        fetching, `stop` with one that another page asks this one to pause."""
        self._store.watch(on_change, follow, stop)

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every known model, in the order in which they were added."""
        return tuple(self._store.rows)

    def row(self, model_id: str) -> Row:
        """One row. Raises ModelMissing."""
        return self._store.rows.get(model_id)

    def stored(self, model_id: str) -> Stored | None:
        """The durable record of a model's file, None where nothing of it is stored."""
        return self._store.records.get(model_id)

    def add(self, models: Iterable[Model]) -> None:
        """Make models known; those already known keep their state."""
        self.add_ready(Row(model) for model in models if model.id not in self._store.rows)

    def add_ready(self, rows: Iterable[Row]) -> None:
        """Show rows that need no file (the demo's)."""
        self._store.rows.put(*rows)

    def learn(self, models: Iterable[Model]) -> None:
        """Make models known, or known better: a further source for a file keeps its row's state."""
        known = [(self._store.rows.find(model.id), model) for model in models]
        new = (learned(row, model, self.stored(model.id)) if row else Row(model) for row, model in known)
        self._store.rows.put(*new)

    def unlearn(self, model_ids: Iterable[str]) -> None:
        """Forget models that are not stored; the others stay until they are deleted."""
        rows = [row for model_id in model_ids if (row := self._store.rows.find(model_id))]
        gone = [row for row in rows if not (row.stored_bytes or row.is_busy or row.is_linked)]
        self._store.rows.drop(*(row.model.id for row in gone))

    async def refresh(self) -> None:
        """Read from storage which models are here. A file whose fetching was cut off is paused, or followed where
        another page is at it; half an import is cleared away."""
        store = self._store
        for info in await store.blobs.infos():
            model_id, stored = str(info["id"]), store.read(info)
            if stored is None or stored.state != "partial":
                store.take_in(info)
            elif await store.tabs.claim(model_id):
                await self._take_in_part(info)
                store.tabs.release(model_id)
            else:
                store.take_in(info)
                store.follow_elsewhere(model_id)

    async def sweep(self) -> None:
        """Remove what a crash has left of models that no record names. Nobody waits for it. Raises StorageError."""
        await self._store.blobs.sweep()

    async def _take_in_part(self, info: Mapping[str, object]) -> None:
        stored = Stored.from_info(info)
        if stored.is_copied or stored.model.is_imported:
            await self._store.blobs.delete(stored.model.id)
            return
        if stored.is_wanted:  # whoever fetched it is gone, and the person may not want it any more
            await self._store.note(replace(stored, is_wanted=False))
        self._store.take_in({**stored.as_info(self._store.words), "stored_bytes": stored.stored_bytes})

    async def delete(self, model_id: str) -> None:
        """Remove a model's bytes. A catalogue row stays, an imported one goes. Raises StorageError."""
        row = self.row(model_id)
        async with self._store.writing(model_id):
            await self._store.blobs.delete(model_id)
            self._store.records.pop(model_id, None)
            self._store.rows.forget(row.model)


def learned(row: Row, model: Model, stored: Stored | None) -> Row:
    """A row whose catalogue now says this of it. What is stored or under way stays as it is; what is there of another
    file is never mixed with this one."""
    before = row.model
    if same_file(model, before):
        return replace(row, model=as_stored(model, before))
    if row.is_busy or (stored is not None and stored.state != "partial"):
        return row
    return replaced_row(model, stored) if stored is not None else Row(model)
