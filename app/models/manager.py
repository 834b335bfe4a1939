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

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from app.core.errors import AppError, Corrupt, DownloadError, Interrupted, ModelMissing, Refused
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
            model = model_from(info)
            stored = info["stored_bytes"]
            if info["state"] == "ready" and stored == model.size_bytes:
                known = self._rows.get(model.id)
                if known and not model.is_imported:
                    model = replace(known.model, format=model.format, has_template=model.has_template)
                status: Status = "Ready" if info["is_verified"] else "Ready, unverified"
                self._rows[model.id] = Row(model, status, stored)
            elif info["state"] == "ready":
                self._rows[model.id] = Row(model, "Damaged", stored)
            elif model.is_imported:
                await self._blobs.delete(model.id)
            elif model.id in self._rows:
                self._rows[model.id] = replace(self._rows[model.id], status="Paused", stored_bytes=stored)
                self._digests[model.id] = list(info.get("chunk_sha256", ()))
        self._on_change()

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
        row = self.row(model_id)
        await self._blobs.delete(model_id)
        self._digests.pop(model_id, None)
        if row.model.is_imported:
            del self._rows[model_id]
        else:
            self._rows[model_id] = Row(row.model)
        self._on_change()

    async def fetch(self, model_id: str) -> None:
        """Fetch a model's bytes, going on where the last try ended. Raises DownloadError, OutOfSpace, LoadFailed."""
        row = self.row(model_id)
        done = row.stored_bytes if row.status == "Paused" else 0
        if not done:
            self._digests[model_id] = []
            await self._blobs.begin(model_id, self._info(row.model, "partial"))
        self._set(model_id, status="Downloading", stored_bytes=done, problem=None)
        rate = _Rate(self._clock, done)
        try:
            while done < row.model.size_bytes:
                for piece in await self._fetch_from(row.model, done):
                    done = await self._append(row.model, piece)
                    self._set(model_id, stored_bytes=done, rate=rate.at(done))
            await self._finish(row.model)
        except AppError as error:
            self._set(model_id, status="Failed", problem=error, rate=0.0)
            raise
        finally:
            if self._rows[model_id].status == "Downloading":  # the task was cancelled: what has arrived is kept
                self._set(model_id, status="Paused", rate=0.0)

    async def import_file(self, handle: object, name: str) -> str:
        """Copy a picked file into storage; returns the model's id. Raises LoadFailed, OutOfSpace, StorageError."""
        size = self._blobs.size(handle)
        facts = await read_facts(lambda start, length: self._blobs.head(handle, start, length), size)
        model = await self._recognise(handle, name, size, facts)
        if model.id in self._rows and self._rows[model.id].is_ready:
            return model.id
        self._digests[model.id] = []
        self._rows[model.id] = Row(model, "Importing")
        rate = _Rate(self._clock, 0)
        is_done = False
        try:
            await self._blobs.begin(model.id, self._info(model, "partial"))
            chunk = model.chunk_bytes or CHUNK_BYTES
            for start in range(0, size, chunk):
                piece = self._blobs.slice(handle, start, min(start + chunk, size))
                done = await self._append(model, piece)
                self._set(model.id, stored_bytes=done, rate=rate.at(done))
            await self._finish(model)
            is_done = True
        finally:
            if not is_done:
                await self._blobs.delete(model.id)
                self._rows.pop(model.id, None)
                self._on_change()
        return model.id

    async def _recognise(self, handle: object, name: str, size: int, facts: FileFacts) -> Model:
        """The catalogue row that has this file's size, else a model of its own, known by the hash of its first chunk."""
        found = {"format": facts.format, "has_template": facts.has_template}
        for row in self._rows.values():
            if row.model.size_bytes == size and not row.model.is_imported and row.model.format in (None, facts.format):
                return replace(row.model, **found)
        digest = await self._blobs.digest(self._blobs.slice(handle, 0, min(CHUNK_BYTES, size)))
        return Model(
            id=f"file-{digest[:12]}-{size}",
            name=name.rsplit(".", 1)[0] or facts.title or "Imported model",
            size_bytes=size,
            context_length=facts.context_length,
            is_imported=True,
            best_for="Imported from a file",
            **found,
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
