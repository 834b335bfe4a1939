"""The durable record of a model's files: what is known of the bytes that are stored.

stored = Stored(model, chunk_bytes=16_777_216)
stored.as_info(words)                  # a JSON object, written together with each chunk
Stored.from_info(info)                 # later versions' fields are ignored, earlier records get defaults
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from functools import lru_cache
from itertools import accumulate
from pathlib import PurePosixPath
from typing import Annotated, Literal
from urllib.parse import urlsplit

from app.core.shapes import MOST, Damaged, InPlace, decode, within
from app.core.texts import Words
from app.core.values import Model, ModelFile
from app.models.formats.facts import FROM_HEADER
from app.models.formats.kinds import part_name

CHUNK_BYTES = 16 * 1024 * 1024
PHONE_CHUNK_BYTES = 8 * 1024 * 1024
MOST_CHUNKS = 100_000  # of a file: 1.6 TB
HEADER_VERSION = 2  # 1: what a GGUF file is for is read from its header; 2: whether a model sees, too

ENDINGS = {"gguf": ".gguf", "litertlm-gpu": ".litertlm", "litertlm-cpu": ".litertlm"}

State = Literal["partial", "ready", "damaged"]


@dataclass(frozen=True, slots=True)
class Stored:
    """What is known of a model's stored files. Chunks are numbered through all of them, and each file begins a new one.
    `chunk_sha256` are the chunks as they landed, in order; `hash_state` is the hash so far of the file that the last of
    them belongs to, `file_sha256` those of the files that are whole; `bad` are chunks that have to be fetched again;
    `validators` are (address, ETag or date) of the sources that bytes came from; `is_wanted` while a page is fetching;
    `failure` why that has failed (`app.models.store.failure`); `is_copied` where the bytes came from a file;
    `is_linked` where they stay in files on disk, last changed at `modified` (milliseconds since 1970; of several files
    the sum); `header_version` is the HEADER_VERSION of the app that has read the header, 0 of an older one."""

    model: Model
    chunk_bytes: Annotated[int, within(1, MOST)] = CHUNK_BYTES
    state: State = "partial"
    is_verified: bool = False
    chunk_sha256: InPlace[tuple[str, ...]] = ()
    hash_state: str = ""
    file_sha256: InPlace[tuple[str, ...]] = ()
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
    def firsts(self) -> tuple[int, ...]:
        """The first chunk of each file, and how many there are of all."""
        return tuple(accumulate((-(-size // self.chunk_bytes) for size in self.model.sizes), initial=0))

    @property
    def chunk_count(self) -> int:
        """Chunks in all files together."""
        return self.firsts[-1]

    def chunks_of(self, file: int) -> range:
        """The chunks of one file."""
        firsts = self.firsts
        return range(firsts[file], firsts[file + 1])

    def file_of(self, index: int) -> int:
        """The file that a chunk belongs to."""
        return bisect_right(self.firsts, index) - 1

    def place(self, index: int) -> tuple[int, int, int]:
        """The file of a chunk, and where it starts and ends there, in bytes; the end is not part of it."""
        file = self.file_of(index)
        start = (index - self.firsts[file]) * self.chunk_bytes
        return file, start, min(start + self.chunk_bytes, self.model.sizes[file])

    def span(self, index: int) -> tuple[int, int]:
        """The same through all files, one behind the other."""
        file, start, end = self.place(index)
        before = sum(self.model.sizes[:file])
        return before + start, before + end

    def only(self, file: int) -> Stored:
        """The record of one of the files, as if it were all of the model."""
        if not self.model.parts:
            return self
        one, chunks = self.model.parts[file], self.chunks_of(file)
        model = made_of(replace(self.model, parts=()), (one,))
        urls = {source.url for source in one.sources}
        marks = tuple(pair for pair in self.validators if pair[0] in urls)
        landed = self.chunk_sha256[chunks.start : chunks.stop]
        return replace(self, model=model, chunk_sha256=landed, validators=marks, bad=())

    def without(self, file: int) -> Stored:
        """The record that knows nothing of a file and of those behind it: these are to be fetched anew."""
        first = self.firsts[file]
        urls = {source.url for one in self.model.files[file:] for source in one.sources}
        return replace(
            self,
            chunk_sha256=self.chunk_sha256[:first],
            hash_state="",
            file_sha256=self.file_sha256[:file],
            validators=tuple(pair for pair in self.validators if pair[0] not in urls),
        )

    def expected(self, index: int) -> str:
        """The published SHA-256 of a chunk, "" where nobody has published one."""
        file = self.file_of(index)
        known = self.model.files[file].chunk_sha256
        return known[index - self.firsts[file]] if known and self.model.chunk_bytes == self.chunk_bytes else ""

    def hash_of(self, index: int) -> str:
        """The SHA-256 that a chunk must have: the published one, else the one with which it landed, else ""."""
        landed = self.chunk_sha256[index] if index < len(self.chunk_sha256) else ""
        return self.expected(index) or landed

    @property
    def has_published_hash(self) -> bool:
        """Whether somebody has published what the bytes of each file must be: as a whole, or chunk by chunk."""
        return all(
            file.sha256 or all(map(self.expected, self.chunks_of(number)))
            for number, file in enumerate(self.model.files)
        )

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
        earlier = {"chunk_bytes": model.chunk_bytes or CHUNK_BYTES, "file_sha256": _of_one_file(info)}
        stored = decode(Stored, {**earlier, **info, "model": model}, lost)
        if stored.chunk_count > MOST_CHUNKS:
            raise Damaged("the file would have too many chunks")
        if info.get("id", model.id) != model.id:
            raise Damaged("it lies under another name")
        return replace(stored, bad=tuple(index for index in stored.bad if index < stored.chunk_count))


def _of_one_file(info: Mapping[str, object]) -> list[object]:
    """The hashes of the files, as a record of the versions has them that knew one file only."""
    return [info["sha256"]] if info.get("sha256") else []


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
    if isinstance(record, Mapping) and record.get("parts") and not model.parts:
        raise Damaged(f"{at}parts")
    if model.parts:
        if not all(model.sizes):
            raise Damaged(f"{at}parts have no size")
        model = made_of(model, model.parts)
    if all(has_a_hash_each(file, model.chunk_bytes) for file in model.files):
        return model
    if lost is not None:
        lost.append(f"{at}chunk_sha256")
    return made_of(replace(model, chunk_bytes=0), (replace(file, chunk_sha256=()) for file in model.files))


def made_of(model: Model, files: Iterable[ModelFile]) -> Model:
    """The same model, made of these files: a single one is its own, but where it is listed as a part."""
    files = tuple(files)
    size_bytes = sum(file.size_bytes for file in files)
    if model.parts or len(files) > 1:
        return replace(model, parts=files, size_bytes=size_bytes, sources=(), sha256="", chunk_sha256=())
    [one] = files
    return replace(model, size_bytes=size_bytes, sources=one.sources, sha256=one.sha256, chunk_sha256=one.chunk_sha256)


def has_a_hash_each(file: ModelFile, chunk_bytes: int) -> bool:
    """Whether the published hashes of chunks are as many as there are chunks; none at all are right too."""
    hashes = len(file.chunk_sha256)
    return not hashes or (chunk_bytes > 0 and hashes == -(-file.size_bytes // chunk_bytes))


def as_stored(known: Model, stored: Model) -> Model:
    """A catalogue's row with what the stored file itself has told: it decides what it is for."""
    size, format = stored.size_bytes or known.size_bytes, stored.format or known.format
    kind = known.kind if stored.can_chat else stored.kind
    told = replace(known, size_bytes=size, format=format, has_template=stored.has_template, kind=kind)
    return replace(
        told,
        ram_bytes=known.ram_bytes or stored.ram_bytes,
        embeds=known.embeds.filled(stored.embeds),
        capabilities=_capabilities(known, stored),
    )


def _capabilities(known: Model, stored: Model) -> tuple[str, ...]:
    """What the row says, and what the file's header has told besides."""
    told = (one for one in stored.capabilities if one in FROM_HEADER or not known.capabilities)
    return tuple(dict.fromkeys((*known.capabilities, *told)))


def same_file(known: Model, stored: Model) -> bool:
    """Whether a catalogue's row still means the files that are stored: by what is published of each, else by an
    address."""
    ours, theirs = known.files, stored.files
    return len(ours) == len(theirs) and all(map(_is_same, ours, theirs))


def _is_same(known: ModelFile, stored: ModelFile) -> bool:
    if known.size_bytes not in (0, stored.size_bytes) or known.role != stored.role:
        return False
    if known.sha256 or known.chunk_sha256 or stored.sha256 or stored.chunk_sha256:
        return (known.sha256, known.chunk_sha256) == (stored.sha256, stored.chunk_sha256)
    return not stored.sources or bool(set(known.sources) & set(stored.sources))


def file_names(model: Model) -> tuple[str, ...]:
    """The names that the publisher gave the files, else some made of the model's own."""
    ending = ENDINGS.get(model.format or "", ".task")
    stem = "".join(sign if sign.isalnum() or sign in "-_.+ " else "-" for sign in model.name).strip()
    count = sum(file.role == "weights" for file in model.files)
    names, number = [], 0
    for file in model.files:
        number += file.role == "weights"
        own = part_name(stem, number, count, ending) if count > 1 else f"{stem}{ending}"
        own = own if file.role == "weights" else f"mmproj-{stem}{ending}"
        published = (PurePosixPath(urlsplit(source.url).path).name for source in file.sources)
        names.append(next((name for name in published if name.endswith((".gguf", ".litertlm", ".task"))), own))
    return tuple(names)
