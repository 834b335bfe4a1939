"""The durable record of a model's file: what is known of the bytes that are stored.

stored = Stored(model, chunk_bytes=16_777_216)
stored.as_info(words)                  # a JSON object, written together with each chunk
Stored.from_info(info)                 # later versions' fields are ignored, earlier records get defaults
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Annotated, Literal
from urllib.parse import urlsplit

from app.core.shapes import MOST, Damaged, InPlace, decode, within
from app.core.texts import Words
from app.core.values import Model

CHUNK_BYTES = 16 * 1024 * 1024
PHONE_CHUNK_BYTES = 8 * 1024 * 1024
MOST_CHUNKS = 100_000  # of a file: 1.6 TB
HEADER_VERSION = 1  # 1: what a GGUF file is for is read from its header

ENDINGS = {"gguf": ".gguf", "litertlm-gpu": ".litertlm", "litertlm-cpu": ".litertlm"}

State = Literal["partial", "ready", "damaged"]


@dataclass(frozen=True, slots=True)
class Stored:
    """What is known of a stored file. `chunk_sha256` are the chunks as they landed, in order; `hash_state` is the whole
    file's hash so far; `bad` are chunks that have to be fetched again; `validators` are (address, ETag or date) of the
    sources that bytes came from; `is_wanted` while a page is fetching; `failure` why that has
    failed (`app.models.store.failure`); `is_copied` where the bytes came from a file;
    `is_linked` where they stay in a file on disk, last changed at `modified` (milliseconds since 1970);
    `header_version` is the HEADER_VERSION of the app that has read the file's header, 0 of an older one."""

    model: Model
    chunk_bytes: Annotated[int, within(1, MOST)] = CHUNK_BYTES
    state: State = "partial"
    is_verified: bool = False
    chunk_sha256: InPlace[tuple[str, ...]] = ()
    hash_state: str = ""
    sha256: str = ""
    bad: InPlace[tuple[int, ...]] = ()
    validators: tuple[tuple[str, str], ...] = ()
    is_wanted: bool = False
    failure: tuple[str, ...] = ()
    is_copied: bool = False
    is_linked: bool = False
    modified: float = 0.0
    checked_at: float = 0.0
    header_version: int = 0
    stored_bytes: int = 0

    @property
    def chunk_count(self) -> int:
        """Chunks in the whole file."""
        return -(-self.model.size_bytes // self.chunk_bytes)

    def span(self, index: int) -> tuple[int, int]:
        """Start and end of a chunk in bytes; the end is not part of it."""
        start = index * self.chunk_bytes
        return start, min(start + self.chunk_bytes, self.model.size_bytes)

    def expected(self, index: int) -> str:
        """The published SHA-256 of a chunk, "" where nobody has published one."""
        known = self.model.chunk_sha256
        return known[index] if known and self.model.chunk_bytes == self.chunk_bytes else ""

    def hash_of(self, index: int) -> str:
        """The SHA-256 that a chunk must have: the published one, else the one with which it landed, else ""."""
        landed = self.chunk_sha256[index] if index < len(self.chunk_sha256) else ""
        return self.expected(index) or landed

    @property
    def has_published_hash(self) -> bool:
        """Whether somebody has published what this file's bytes must be: as a whole, or chunk by chunk."""
        return bool(self.model.sha256) or all(self.expected(index) for index in range(self.chunk_count))

    def as_info(self, words: Words) -> dict[str, object]:
        """The JSON object that storage keeps; `stored_bytes` is storage's own."""
        info = {name: getattr(self, name) for name in KEPT}
        return {"id": self.model.id, **info, "model": model_info(self.model, words)}

    @staticmethod
    def from_info(info: object, lost: list[str] | None = None) -> Stored:
        """The record of a stored `info`. Raises Damaged."""
        if not isinstance(info, Mapping):
            raise Damaged("the record is no object")
        model = model_from(info.get("model"), lost, "model.")
        stored = decode(Stored, {"chunk_bytes": model.chunk_bytes or CHUNK_BYTES, **info, "model": model}, lost)
        if stored.chunk_count > MOST_CHUNKS:
            raise Damaged("the file would have too many chunks")
        if info.get("id", model.id) != model.id:
            raise Damaged("it lies under another name")
        return replace(stored, bad=tuple(index for index in stored.bad if index < stored.chunk_count))


KEPT = tuple(field.name for field in fields(Stored) if field.name not in ("model", "stored_bytes"))


@lru_cache(maxsize=8)
def model_info(model: Model, words: Words) -> dict[str, object]:
    """A model as JSON, its texts as words; the same for every chunk of its file. Only read."""
    return {**asdict(model), "best_for": words(model.best_for), "where": words(model.where)}


def model_from(record: object, lost: list[str] | None = None, at: str = "") -> Model:
    """A model of a stored record; what of it cannot be read is named in `lost`. Raises Damaged."""
    if isinstance(record, Mapping):  # a file runs in this browser, whatever a record says
        record = {name: value for name, value in record.items() if name not in ("where", "place")}
    model = decode(Model, record, lost, at)
    hashes, size = len(model.chunk_sha256), model.chunk_bytes
    if hashes and (not size or hashes != -(-model.size_bytes // size)):
        if lost is not None:
            lost.append(f"{at}chunk_sha256")
        return replace(model, chunk_sha256=(), chunk_bytes=0)
    return model


def as_stored(known: Model, stored: Model) -> Model:
    """A catalogue's row with what the stored file itself has told: it decides whether it can chat."""
    size, format = stored.size_bytes or known.size_bytes, stored.format or known.format
    kind = stored.kind if stored.kind == "embedding" else known.kind
    told = replace(known, size_bytes=size, format=format, has_template=stored.has_template, kind=kind)
    return replace(
        told, embeds=known.embeds.filled(stored.embeds), capabilities=known.capabilities or stored.capabilities
    )


def same_file(known: Model, stored: Model) -> bool:
    """Whether a catalogue's row still means the file that is stored: by what is published of it, else by an address."""
    if known.size_bytes not in (0, stored.size_bytes):
        return False
    if known.sha256 or known.chunk_sha256 or stored.sha256 or stored.chunk_sha256:
        return (known.sha256, known.chunk_sha256) == (stored.sha256, stored.chunk_sha256)
    return not stored.sources or bool(set(known.sources) & set(stored.sources))


def file_name(model: Model) -> str:
    """The name that the publisher gave the file, else one made of the model's own."""
    ending = ENDINGS.get(model.format or "", ".task")
    for source in model.sources:
        name = PurePosixPath(urlsplit(source.url).path).name
        if name.endswith((".gguf", ".litertlm", ".task")):
            return name
    return "".join(sign if sign.isalnum() or sign in "-_.+ " else "-" for sign in model.name).strip() + ending
