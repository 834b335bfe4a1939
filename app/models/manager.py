"""LocalModelManager: the one owner of a browser model's life, from its first byte to its deletion.

    manager = LocalModelManager(blobs, fetch, clock, on_change)
    manager.add(read_catalog(text)); await manager.refresh()
    await manager.fetch("smollm2-135m")                   # from our own origin into IndexedDB
    model_id = await manager.import_file(handle, "tiny.gguf")
    blob = await manager.open(manager.row(model_id).model)

Bytes are kept as chunks; each chunk is one durable transaction together with the progress it makes true. Cancelling a
task keeps what has arrived where going on is possible (`fetch`), and removes it where it is not (an import).
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from app.core.errors import AppError, Corrupt, DownloadError, Interrupted, LoadFailed, ModelMissing, Refused
from app.core.ports import Blobs, Clock, Fetch
from app.core.values import Model, Source, known_fields
from app.models.formats import FileFacts, read_facts

CHUNK_BYTES = 16 * 1024 * 1024
RATE_SAMPLES = 6

Status = Literal[
    "Not downloaded", "Downloading", "Paused", "Importing", "Ready", "Ready, unverified", "Damaged", "Failed"
]


@dataclass(frozen=True, slots=True)
class Row:
    """A model and where it stands. `rate` is bytes per second over the last chunks; `problem` belongs to Failed."""

    model: Model
    status: Status = "Not downloaded"
    stored_bytes: int = 0
    rate: float = 0.0
    problem: AppError | None = None

    @property
    def is_ready(self) -> bool:
        """Whether an engine can load it."""
        return self.status.startswith("Ready")

    @property
    def is_busy(self) -> bool:
        """Whether bytes are moving."""
        return self.status in ("Downloading", "Importing")

    @property
    def seconds_left(self) -> float:
        """Time left at the present rate, 0 where unknown."""
        return (self.model.size_bytes - self.stored_bytes) / self.rate if self.rate else 0.0


class LocalModelManager:
    """Rows by model id. `on_change` is called after every change of any row."""

    def __init__(self, blobs: Blobs, fetch: Fetch, clock: Clock, on_change: Callable[[], None] = lambda: None) -> None:
        self._blobs = blobs
        self._fetch = fetch
        self._clock = clock
        self._on_change = on_change
        self._rows: dict[str, Row] = {}
        self._digests: dict[str, list[str]] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every known model, in the order in which they were added."""
        return tuple(self._rows.values())

    def row(self, model_id: str) -> Row:
        """One row. Raises ModelMissing."""
        if model_id not in self._rows:
            raise ModelMissing()
        return self._rows[model_id]

    def add(self, models: Iterable[Model]) -> None:
        """Make models known; those already known keep their state."""
        for model in models:
            self._rows.setdefault(model.id, Row(model))
        self._on_change()

    def add_ready(self, rows: Iterable[Row]) -> None:
        """Show rows that need no file (the demo's)."""
        self._rows.update((row.model.id, row) for row in rows)
        self._on_change()

    async def refresh(self) -> None:
        """Read from storage which models are here. A file whose writing was cut off is paused or, if imported, gone."""
        for info in await self._blobs.infos():
            await self._take_in(model_from(info), info)
        self._on_change()

    async def _take_in(self, model: Model, info: dict[str, Any]) -> None:
        known, stored = self._rows.get(model.id), info["stored_bytes"]
        if info["state"] == "ready" and stored == model.size_bytes:
            if known and not model.is_imported and known.model.size_bytes == stored:
                model = replace(known.model, format=model.format, has_template=model.has_template)
            self._rows[model.id] = Row(model, "Ready" if info["is_verified"] else "Ready, unverified", stored)
        elif info["state"] == "ready":
            self._rows[model.id] = Row(model, "Damaged", stored)
        elif info.get("is_busy"):
            return  # another tab is writing it at this moment
        elif model.is_imported or (known and not _is_same_file(known.model, model)):
            await self._blobs.delete(model.id)  # half an import, or half of a file that the catalogue has replaced
        else:
            self._rows[model.id] = Row(known.model if known else model, "Paused", stored)

    async def open(self, model: Model) -> object:
        """The whole file as a handle, for an engine. Raises ModelMissing, Corrupt, Evicted."""
        if not self.row(model.id).is_ready:
            raise ModelMissing(f"{model.name} is not on this device yet.")
        try:
            handle = await self._blobs.open(model.id)
        except Corrupt:
            self._set(model.id, status="Damaged")
            raise
        if self._blobs.size(handle) != model.size_bytes:
            self._set(model.id, status="Damaged")
            raise Corrupt(f"{model.name} is incomplete in the browser's storage.")
        return handle

    async def delete(self, model_id: str) -> None:
        """Remove a model's bytes. A catalogue row stays, an imported one goes."""
        async with self._lock(model_id):
            row = self.row(model_id)
            await self._blobs.delete(model_id)
            self._forget(row.model)

    def _lock(self, model_id: str) -> asyncio.Lock:
        """One writer per model; whoever comes second waits, and then finds what the first has left."""
        return self._locks.setdefault(model_id, asyncio.Lock())

    def _forget(self, model: Model) -> None:
        """The row of a model whose bytes are gone: an imported one goes too, a catalogue row is as new."""
        self._digests.pop(model.id, None)
        if model.is_imported:
            self._rows.pop(model.id, None)
        else:
            self._rows[model.id] = Row(model)
        self._on_change()

    async def fetch(self, model_id: str) -> None:
        """Fetch a model's bytes, going on where the last try ended. Raises DownloadError, OutOfSpace, LoadFailed."""
        async with self._lock(model_id):
            row = self.row(model_id)
            if row.is_ready:
                return
            if not row.model.sources:
                raise ModelMissing(f"{row.model.name} has no address to fetch it from.", "Import it from a file.")
            self._set(model_id, status="Downloading", problem=None)
            try:
                await self._fetch_rest(row.model)
            except (LoadFailed, Corrupt) as error:  # all of it arrived and is no use: the next try starts anew
                await self._blobs.delete(model_id)
                self._set(model_id, status="Failed", problem=error, rate=0.0, stored_bytes=0)
                raise
            except AppError as error:
                self._set(model_id, status="Failed", problem=error, rate=0.0)
                raise
            finally:
                self._blobs.rest(model_id)
                if self._rows[model_id].status == "Downloading":  # the task was cancelled: what has arrived is kept
                    self._set(model_id, status="Paused", rate=0.0)

    async def _fetch_rest(self, model: Model) -> None:
        done = await self._kept(model)
        self._set(model.id, stored_bytes=done)
        rate = _Rate(self._clock, done)
        while done < model.size_bytes:
            for piece in await self._fetch_from(model, done):
                done = await self._append(model, piece)
                self._set(model.id, stored_bytes=done, rate=rate.at(done))
        await self._finish(model)

    async def _kept(self, model: Model) -> int:
        """Bytes kept of an earlier try. Storage is asked: it alone knows whether the last chunk was still written."""
        for info in await self._blobs.infos():
            if info["model"]["id"] == model.id and info["state"] == "partial":
                self._digests[model.id] = list(info["chunk_sha256"])
                return int(info["stored_bytes"])
        self._digests[model.id] = []
        await self._blobs.begin(model.id, self._info(model, "partial"))
        return 0

    async def import_file(self, handle: object, name: str) -> str:
        """Copy a picked file into storage; returns the model's id. Raises LoadFailed, OutOfSpace, StorageError."""
        size = self._blobs.size(handle)
        facts = await read_facts(lambda start, length: self._blobs.head(handle, start, length), size)
        model = await self._recognise(handle, name, size, facts)
        async with self._lock(model.id):
            known = self._rows.get(model.id)
            if known and known.is_ready:
                return model.id
            is_done = False
            try:
                await self._copy(handle, model)
                is_done = True
            finally:
                if not is_done:
                    await self._blobs.delete(model.id)
                    self._forget(known.model if known else model)
            return model.id

    async def _copy(self, handle: object, model: Model) -> None:
        self._digests[model.id] = []
        self._rows[model.id] = Row(model, "Importing")
        self._on_change()
        rate = _Rate(self._clock, 0)
        await self._blobs.begin(model.id, self._info(model, "partial"))
        chunk = model.chunk_bytes or CHUNK_BYTES
        for start in range(0, model.size_bytes, chunk):
            piece = self._blobs.slice(handle, start, min(start + chunk, model.size_bytes))
            done = await self._append(model, piece)
            self._set(model.id, stored_bytes=done, rate=rate.at(done))
        await self._finish(model)

    async def _recognise(self, handle: object, name: str, size: int, facts: FileFacts) -> Model:
        """The catalogue row with this file's size, else a model of its own, known by the hash of its first chunk."""
        for row in self._rows.values():
            if row.model.size_bytes == size and not row.model.is_imported and row.model.format in (None, facts.format):
                return replace(row.model, format=facts.format, has_template=facts.has_template)
        digest = await self._blobs.digest(self._blobs.slice(handle, 0, min(CHUNK_BYTES, size)))
        return Model(
            id=f"file-{digest[:12]}-{size}",
            name=name.rsplit(".", 1)[0] or facts.title or "Imported model",
            size_bytes=size,
            context_length=facts.context_length,
            is_imported=True,
            best_for="Imported from a file",
            format=facts.format,
            has_template=facts.has_template,
        )

    async def _fetch_from(self, model: Model, start: int) -> list[object]:
        """The next chunk by a Range request, or all chunks at once from a server that ignores Range."""
        chunk = model.chunk_bytes or CHUNK_BYTES
        end = min(start + chunk, model.size_bytes)
        reply = await self._fetch(model.sources[0].url, headers={"Range": f"bytes={start}-{end - 1}"})
        if reply.status == 206:
            piece = await reply.handle()
            if self._blobs.size(piece) != end - start:
                raise Interrupted("A part of the file arrived incomplete.")
            return [piece]
        if reply.status != 200:
            raise Refused(*_refusal(model, reply.status))
        whole = await reply.handle()
        if self._blobs.size(whole) != model.size_bytes:
            raise Refused(f"The file at the source is not the {model.name} that was expected.", "Choose another model.")
        return [
            self._blobs.slice(whole, at, min(at + chunk, model.size_bytes))
            for at in range(start, model.size_bytes, chunk)
        ]

    async def _append(self, model: Model, piece: object) -> int:
        digests = self._digests[model.id]
        digest = await self._blobs.digest(piece)
        if model.chunk_sha256 and digest != model.chunk_sha256[len(digests)]:
            if model.is_imported or self._rows[model.id].status == "Importing":
                raise Corrupt(f"This file is not the {model.name} that its size suggests.", "Get the file again.")
            raise DownloadError("A part of the file arrived damaged and was not kept.")
        digests.append(digest)
        return await self._blobs.append(model.id, piece, self._info(model, "partial"))

    async def _finish(self, model: Model) -> None:
        """Look at what is stored as a whole, then declare it ready in a transaction of its own."""
        handle = await self._blobs.open(model.id)
        facts = await read_facts(lambda start, length: self._blobs.head(handle, start, length), model.size_bytes)
        model = replace(model, format=facts.format, has_template=facts.has_template)
        is_verified = bool(model.chunk_sha256) and tuple(self._digests[model.id]) == model.chunk_sha256
        await self._blobs.finish(model.id, self._info(model, "ready", is_verified))
        self._rows[model.id] = Row(model, "Ready" if is_verified else "Ready, unverified", model.size_bytes)
        self._on_change()

    def _info(self, model: Model, state: str, is_verified: bool = False) -> dict[str, Any]:
        digests = self._digests.get(model.id, [])
        return {"model": asdict(model), "state": state, "is_verified": is_verified, "chunk_sha256": list(digests)}

    def _set(self, model_id: str, **changes: Any) -> None:
        if model_id in self._rows:
            self._rows[model_id] = replace(self._rows[model_id], **changes)
            self._on_change()


def model_from(info: dict[str, Any]) -> Model:
    """The model of a stored `info`; fields of later versions are ignored."""
    known = known_fields(Model, info["model"])
    known["sources"] = tuple(Source(**source) for source in known.get("sources", ()))
    known["chunk_sha256"] = tuple(known.get("chunk_sha256", ()))
    return Model(**known)


def _is_same_file(one: Model, other: Model) -> bool:
    return (one.size_bytes, one.chunk_sha256, one.sources) == (other.size_bytes, other.chunk_sha256, other.sources)


def _refusal(model: Model, status: int) -> tuple[str, str]:
    if status == 404 and model.is_bundled:
        return "This copy of the app was published without its bundled model.", "Import a model file instead."
    return f"The source answered with status {status}.", "Try again later, or import the model from a file."


class _Rate:
    """Bytes per second over the last few chunks."""

    def __init__(self, clock: Clock, done: int) -> None:
        self._clock = clock
        self._samples = deque([(clock.tick(), done)], maxlen=RATE_SAMPLES)

    def at(self, done: int) -> float:
        self._samples.append((self._clock.tick(), done))
        (start, first), (end, last) = self._samples[0], self._samples[-1]
        return (last - first) / (end - start) if end > start else 0.0
