"""Copying picked files into storage, with the hashes that came with them where there are some."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from app.core.actions import PickedFile
from app.core.errors import Corrupt, LoadFailed
from app.core.texts import Size, Text
from app.core.values import Model
from app.models.formats.facts import FileFacts, as_told
from app.models.formats.kinds import refuse_unknown
from app.models.formats.several import Readable, read_model
from app.models.store.bundles import Bundle, bundles_of
from app.models.store.listing import is_proven
from app.models.store.model_store import ModelStore, row_of
from app.models.store.rows import Rate, Row, Status
from app.models.store.stored import HEADER_VERSION, Stored, made_of

MOST_TEXT_BYTES = 4_000_000


class Importer:
    """Brings picked files into a store, as a copy or as a link; reads small picked files as they are."""

    def __init__(self, store: ModelStore) -> None:
        self._store, self._rows, self._blobs, self._web = store, store.rows, store.blobs, store.web
        self._importing: dict[str, asyncio.Task[object] | None] = {}

    async def sorted(self, files: Sequence[PickedFile]) -> list[Bundle]:
        """The models among files that were picked at once."""
        return await bundles_of(files, self._readable)

    async def copy(self, bundle: Bundle, described: Sequence[Model] = ()) -> str:
        """Copy a picked model's files into storage; returns the model's id. `described` are rows of a catalogue that
        was picked together with them. Raises LoadFailed, Corrupt, OutOfSpace, StorageError; nothing of a failed import
        stays."""
        facts = await self._look(bundle)
        model = await self._recognise(bundle, facts, described)
        async with self._store.writing(model.id):
            if (known := self._rows.find(model.id)) and known.is_ready:
                return model.id
            is_done = False
            self._importing[model.id] = asyncio.current_task()
            try:
                await self._copy_chunks([file.handle for file in bundle.files], model)
                is_done = True
            finally:
                self._importing.pop(model.id, None)
                if not is_done:
                    await self._blobs.delete(model.id)
                    self._store.records.pop(model.id, None)
                    self._rows.forget(known.model if known else model)
        return model.id

    def stop(self, model_id: str) -> None:
        """Stop copying a model; what was copied of it is removed."""
        if task := self._importing.get(model_id):
            task.cancel()

    async def link(self, bundle: Bundle) -> str:
        """Use a model's files where they lie on disk; returns the model's id. Raises LoadFailed, StorageError."""
        model = await self._recognise(bundle, await self._look(bundle), ())
        async with self._store.writing(model.id):
            if (known := self._rows.find(model.id)) and known.is_ready:
                return model.id
            modified = sum(self._blobs.modified(file.handle) for file in bundle.files)
            stored = Stored(model, self._store.chunk_bytes, "ready", is_linked=True, is_copied=True, modified=modified)
            stored = replace(stored, header_version=HEADER_VERSION)
            links = [file.link for file in bundle.files]
            await self._blobs.link(model.id, links, stored.as_info(self._store.words))
            self._store.records[model.id] = stored
            self._rows.put(row_of(stored))
        return model.id

    async def _look(self, bundle: Bundle) -> FileFacts:
        """What picked files are, before anything is copied. Raises LoadFailed where the app cannot use them."""
        facts = await read_model([self._readable(file) for file in bundle.files])
        refuse_unknown(facts)
        return facts

    def _readable(self, file: PickedFile) -> Readable:
        return self._store.readable([file.handle], [file.name])[0]

    def _sizes(self, bundle: Bundle) -> tuple[int, ...]:
        return tuple(self._blobs.size(file.handle) for file in bundle.files)

    async def text(self, handle: object) -> str:
        """A small text file that was picked. Raises LoadFailed."""
        if self._blobs.size(handle) > MOST_TEXT_BYTES:
            raise LoadFailed(Text("store.hashes_too_large"), Text("store.hashes_pick"))
        try:
            return (await self.content(handle, MOST_TEXT_BYTES)).decode("utf-8")
        except UnicodeDecodeError as error:
            raise LoadFailed(Text("store.hashes_not_text"), Text("store.hashes_pick_saved")) from error

    async def content(self, handle: object, most_bytes: int) -> bytes:
        """The whole of a picked file that is no model's. Raises LoadFailed where it is larger."""
        length = self._blobs.size(handle)
        if length > most_bytes:
            raise LoadFailed(
                Text("store.file_too_large", size=Size(length)),
                Text("store.file_too_large_cure", size=Size(most_bytes)),
            )
        return await self._blobs.head(handle, 0, length)

    async def _copy_chunks(self, handles: Sequence[object], model: Model) -> None:
        self._rows.put(Row(model, Status.IMPORTING))
        rate = Rate(self._web.clock)
        stored = await self._store.begin(Stored(model, model.chunk_bytes or self._store.chunk_bytes, is_copied=True))
        for index in range(stored.chunk_count):
            file, start, end = stored.place(index)
            piece = self._blobs.slice(handles[file], start, end)
            hashed = await self._web.hasher.add(piece, stored.hash_state)
            if (expected := stored.expected(index)) and hashed.sha256 != expected:
                raise Corrupt(Text("store.other_than_size", model=model.name), Text("store.get_again"))
            digests = (*stored.chunk_sha256, hashed.sha256)
            stored = await self._store.keep(
                replace(stored, chunk_sha256=digests, hash_state=hashed.state), index, piece
            )
            stored = await self._store.close_file(stored)
            done = stored.stored_bytes
            self._store.show(model.id, stored_bytes=done, done_bytes=done, rate=rate.at(done))
        await self._store.finish(stored)

    async def _recognise(self, bundle: Bundle, facts: FileFacts, described: Sequence[Model]) -> Model:
        """The row with these files' sizes, else a model of its own, known by the hash of its first chunk. A picked
        catalogue brings its hashes; it changes nothing of a model that is known where no published hash proves it."""
        sizes = self._sizes(bundle)
        for model in (model for model in described if fits(model, sizes, facts)):
            known = self._rows.find(model.id)
            if known is None:
                return as_told(model, facts)
            if is_proven(known.model, model):
                has_chunks = all(file.chunk_sha256 for file in known.model.files)
                return as_told(known.model if has_chunks else with_hashes(known.model, model), facts)
            return as_told(with_hashes(await self._own(bundle, facts), model), facts)
        rows = (row.model for row in self._rows if not row.model.is_imported and fits(row.model, sizes, facts))
        return as_told(next(rows, None) or await self._own(bundle, facts), facts)

    async def _own(self, bundle: Bundle, facts: FileFacts) -> Model:
        """A model that no catalogue names."""
        sizes = self._sizes(bundle)
        chunk = self._blobs.slice(bundle.files[0].handle, 0, min(self._store.chunk_bytes, sizes[0]))
        digest = (await self._web.hasher.add(chunk)).sha256
        model = Model(
            id=f"file-{digest[:12]}-{sum(sizes)}",
            name=bundle.name or facts.title or self._store.words(Text("store.imported_model")),
            context_length=facts.context_length,
            is_imported=True,
            best_for=self._store.words(Text("store.imported_from_file")),
        )
        return made_of(model, bundle.described(sizes))


def fits(model: Model, sizes: tuple[int, ...], facts: FileFacts) -> bool:
    """Whether a row may be that of these files."""
    return model.sizes == sizes and model.format in (None, facts.format)


def with_hashes(model: Model, other: Model) -> Model:
    """The model with the hashes that another row of as many files publishes."""
    pairs = zip(model.files, other.files, strict=True)
    files = (replace(ours, sha256=theirs.sha256, chunk_sha256=theirs.chunk_sha256) for ours, theirs in pairs)
    return made_of(replace(model, chunk_bytes=other.chunk_bytes), files)
