"""ModelStore: what every part of LocalModelManager shares: rows, the durable records behind them, one writer per model.

    store = ModelStore(web, tabs, words)
    async with store.writing("tiny"):
        stored = await store.begin(Stored(model, is_wanted=True))
        stored = await store.keep(stored, 0, chunk)           # the chunk and the record that counts it, durably
        stored = await store.finish(stored)

A model is written by one page at a time (a claim on its name among the open tabs) and by one task of that page (a
lock). The page that writes tells the other pages its progress; they show it and read storage when it has ended.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import accumulate, pairwise
from typing import Literal, Unpack

from app.core.errors import AppError, Changed, Corrupt, Evicted, StorageError
from app.core.ports import Tabs
from app.core.shapes import Damaged, decode
from app.core.texts import Text, Words
from app.core.values import Model
from app.models.formats.facts import FileFacts, as_told
from app.models.formats.kinds import refuse_unknown
from app.models.formats.several import Readable, read_model
from app.models.store.downloads import Web
from app.models.store.failure import restored
from app.models.store.rows import Row, RowChanges, Rows, Status
from app.models.store.stored import CHUNK_BYTES, HEADER_VERSION, Stored, as_stored, file_names, model_from, same_file

SPOILT = Text("store.record_damaged")
CURE = Text("store.record_damaged_cure")


@dataclass(frozen=True, slots=True)
class Message:
    """What one page tells the others about a model. Without a busy status the work on it has ended there."""

    id: str
    status: Status | None = None
    stored_bytes: int = 0
    done_bytes: int = 0
    rate: float = 0.0
    ask: Literal["", "pause"] = ""


class ModelStore:
    """Rows and records. `words` makes the words that are kept in a record."""

    def __init__(
        self,
        web: Web,
        tabs: Tabs,
        words: Words,
        chunk_bytes: int = CHUNK_BYTES,
    ) -> None:
        self.web, self.blobs, self.tabs, self.words = web, web.blobs, tabs, words
        self.chunk_bytes = chunk_bytes
        self.rows = Rows()
        self.records: dict[str, Stored] = {}  # by model id, as storage has them
        self._follow: Callable[[str], None] = lambda model_id: None
        self._stop: Callable[[str], None] = lambda model_id: None
        self._locks: dict[str, asyncio.Lock] = {}
        self._reading: set[asyncio.Future[Stored | None]] = set()
        tabs.listen(self._hear)

    def watch(self, on_change: Callable[[], None], follow: Callable[[str], None], stop: Callable[[str], None]) -> None:
        """See `LocalModelManager.watch`."""
        self.rows.on_change, self._follow, self._stop = on_change, follow, stop

    # -- one writer

    def lock(self, model_id: str) -> asyncio.Lock:
        """One writing task per model; whoever comes second waits, and then finds what the first has left."""
        return self._locks.setdefault(model_id, asyncio.Lock())

    @asynccontextmanager
    async def writing(self, model_id: str) -> AsyncIterator[None]:
        """Be the one that writes this model, here and among the open tabs. Raises StorageError."""
        async with self.lock(model_id):
            if not await self.tabs.claim(model_id):
                words = Text("store.other_tab")
                raise StorageError(words, Text("store.other_tab_cure"))
            async with self.holding(model_id):
                yield

    @asynccontextmanager
    async def holding(self, model_id: str) -> AsyncIterator[None]:
        """The claim on this model is ours: let go of it at the end, and let the other pages know."""
        try:
            yield
        finally:
            self.tabs.release(model_id)
            self.web.hasher.rest()
            self._tell(model_id)

    # -- the other pages

    def show(self, model_id: str, **changes: Unpack[RowChanges]) -> None:
        """Change a row, and let the other pages know what is new."""
        before = self.rows.find(model_id)
        self.rows.change(model_id, **changes)
        if self.rows.find(model_id) is not before:
            self._tell(model_id)

    def _tell(self, model_id: str) -> None:
        row = self.rows.find(model_id)
        self.tabs.tell(progress(row) if row and row.is_busy else {"id": model_id, "status": None})

    def _hear(self, heard: Mapping[str, object]) -> None:
        """What another page says about a model: its progress, that it has ended, or that this page should pause."""
        try:
            message = decode(Message, heard)
        except Damaged:  # no page of this app sent it
            return
        row = self.rows.find(message.id)
        if message.ask == "pause":
            if row and row.is_busy and not row.is_elsewhere:
                self._stop(message.id)
        elif message.status is None or not message.status.is_busy:
            if row is None or row.is_elsewhere or not self.lock(message.id).locked():
                reading = asyncio.ensure_future(self.reread(message.id))
                self._reading.add(reading)  # the loop itself holds tasks only weakly
                reading.add_done_callback(self._reading.discard)
        elif row and not self.lock(message.id).locked():
            self.follow_elsewhere(message.id, message.status)
        elif row and row.is_elsewhere:
            self.rows.put(shown_elsewhere(row, message))

    def follow_elsewhere(self, model_id: str, status: Status = Status.DOWNLOADING) -> None:
        """Another page is at work on this model: show it, and follow it."""
        self.rows.change(model_id, status=status, is_elsewhere=True, problem=None)
        self._follow(model_id)

    async def reread(self, model_id: str) -> Stored | None:
        """Read from storage where a model stands, unless this page is writing it."""
        row = self.rows.find(model_id)
        if info := await self.blobs.info(model_id):
            self.take_in(info)
            return self.records.get(model_id)
        self.records.pop(model_id, None)
        if row is not None and row.stored_bytes and not self.lock(model_id).locked():
            self.rows.forget(row.model)
        return None

    # -- records

    def take_in(self, info: Mapping[str, object]) -> None:
        """Make a stored record the truth about its row."""
        stored = self.read(info)
        if stored is None:
            self._mark_gone(info)
            return
        known = self.rows.find(stored.model.id)
        is_same = known is None or same_file(known.model, stored.model)
        if known and is_same and not stored.model.is_imported:
            stored = replace(stored, model=as_stored(known.model, stored.model))
        self.records[stored.model.id] = stored
        is_replaced = known and not is_same and stored.state == "partial"
        self.rows.put(replaced_row(known.model, stored) if known and is_replaced else row_of(stored))

    @staticmethod
    def read(info: Mapping[str, object]) -> Stored | None:
        """A stored record; None where the browser has removed its model, or where it is damaged."""
        try:
            return None if info.get("is_gone") else Stored.from_info(info)
        except Damaged:
            return None

    def _mark_gone(self, info: Mapping[str, object]) -> None:
        """The browser has removed a model's bytes, or nobody can tell what they are: say so."""
        model_id = str(info["id"])
        self.records.pop(model_id, None)
        known = self.rows.find(model_id)
        try:
            model = known.model if known else replace(model_from(info.get("model")), id=model_id)
        except Damaged:
            model = Model(model_id, model_id)
        if not info.get("is_gone"):
            kept = info.get("stored_bytes")
            kept_bytes = max(1, kept) if isinstance(kept, int) else 1
            self.rows.put(Row(model, Status.DAMAGED, kept_bytes, problem=StorageError(SPOILT, CURE)))
        elif known or info.get("model"):
            self.rows.put(Row(model, Status.FAILED, problem=Evicted(Text("store.evicted", model=model.name))))

    async def note(self, stored: Stored) -> None:
        """Keep a record durably."""
        self.records[stored.model.id] = stored
        await self.blobs.note(stored.model.id, stored.as_info(self.words))

    async def begin(self, stored: Stored) -> Stored:
        """Start a file's store anew."""
        await self.blobs.begin(stored.model.id, stored.as_info(self.words))
        self.records[stored.model.id] = stored
        return stored

    async def keep(self, stored: Stored, index: int, handle: object) -> Stored:
        """One chunk and the record that counts it, durably."""
        done = await self.blobs.put(stored.model.id, index, handle, stored.as_info(self.words))
        stored = replace(stored, stored_bytes=done)
        self.records[stored.model.id] = stored
        return stored

    async def finish(self, stored: Stored) -> Stored:
        """Look at what is stored as a whole, then say in a transaction of its own what it is worth.

        Raises LoadFailed, Corrupt; the bytes are kept all the same.
        """
        model, stored = stored.model, await self.close_file(stored)
        stored = replace(stored, is_wanted=False, bad=(), checked_at=self.web.clock.now())
        try:
            if is_other(stored):
                words = Text("store.not_the_publishers", model=model.name)
                raise Corrupt(words, Text("store.not_the_publishers_cure"))
            facts = await self.facts(self.files_in(await self.blobs.open(model.id, stored.chunk_count), model), model)
        except AppError:
            await self.note(replace(stored, state="damaged", is_verified=False))
            raise
        stored = replace(stored, model=as_told(model, facts), state="ready", is_verified=stored.has_published_hash)
        stored = replace(stored, header_version=HEADER_VERSION)
        await self.note(stored)
        self.rows.put(row_of(stored))
        return stored

    async def close_file(self, stored: Stored) -> Stored:
        """The record with the hash of the file that its last chunk has made whole. Of several files one that is not the
        publisher's is forgotten, so that it alone has to be fetched again. Raises Corrupt."""
        model, file = stored.model, len(stored.file_sha256)
        if file == len(model.files) or len(stored.chunk_sha256) < stored.firsts[file + 1]:
            return stored
        digest = await self.web.hasher.final(stored.hash_state)
        if model.parts and model.parts[file].sha256 not in ("", digest):
            await self.note(stored.without(file))
            words = Text("store.file_not_the_publishers", file=file_names(model)[file], model=model.name)
            raise Corrupt(words, Text("store.file_not_the_publishers_cure"))
        return replace(stored, file_sha256=(*stored.file_sha256, digest), hash_state="")

    def files_in(self, whole: object, model: Model) -> tuple[object, ...]:
        """A handle for each file of a model, whose files are one behind the other in `whole`."""
        if not model.parts:
            return (whole,)
        ends = tuple(accumulate(model.sizes, initial=0))
        return tuple(self.blobs.slice(whole, start, end) for start, end in pairwise(ends))

    async def facts(self, handles: Sequence[object], model: Model) -> FileFacts:
        """What stored files say of themselves. Raises LoadFailed where the app cannot use them."""
        facts = await read_model(self.readable(handles, file_names(model)))
        refuse_unknown(facts)
        return facts

    def readable(self, handles: Sequence[object], names: Sequence[str]) -> list[Readable]:
        """Files for those who read headers."""
        return [
            Readable(partial(self.blobs.head, handle), self.blobs.size(handle), name)
            for handle, name in zip(handles, names, strict=True)
        ]


def progress(row: Row) -> dict[str, object]:
    """A busy row as the Message that the other pages get: one that waits moves nothing, whatever its rate was."""
    return {
        "id": row.model.id,
        "status": row.status.value,
        "stored_bytes": row.stored_bytes,
        "done_bytes": row.done_bytes,
        "rate": 0.0 if row.note else row.rate,
    }


def shown_elsewhere(row: Row, message: Message) -> Row:
    """A row with the progress that the page at work tells."""
    row = replace(row, status=message.status or row.status, rate=message.rate)
    return replace(row, stored_bytes=message.stored_bytes, done_bytes=message.done_bytes)


def row_of(stored: Stored) -> Row:
    """The row for a stored file that nobody is writing."""
    row = Row(
        stored.model, stored_bytes=stored.stored_bytes, done_bytes=stored.stored_bytes, file_sha256=stored.file_sha256
    )
    if stored.is_linked and stored.state == "ready":
        return replace(row, status=Status.READY if stored.is_verified else Status.UNVERIFIED, is_linked=True)
    if stored.state == "partial" and stored.failure:
        return replace(row, status=Status.FAILED, problem=restored(stored.failure))
    if stored.state == "partial":
        return replace(row, status=Status.PAUSED)
    if stored.state == "damaged" or stored.bad or stored.stored_bytes != stored.model.size_bytes:
        return replace(row, status=Status.DAMAGED, problem=damage(stored))
    return replace(row, status=Status.READY if stored.is_verified else Status.UNVERIFIED)


def replaced_row(model: Model, stored: Stored) -> Row:
    """The row for a part of a file that the catalogue does not name any more: never mixed with the new one."""
    return Row(model, Status.FAILED, stored.stored_bytes, problem=Changed(Text("store.other_file")))


def is_other(stored: Stored) -> bool:
    """Whether some file has other bytes than its publisher says."""
    pairs = zip(stored.model.files, stored.file_sha256, strict=False)
    return any(file.sha256 not in ("", digest) for file, digest in pairs)


def damage(stored: Stored) -> Corrupt:
    """What is wrong with a stored file, in words."""
    model: Model = stored.model
    if stored.bad:
        bad = Text("store.bad_parts", bad=len(stored.bad), count=stored.chunk_count, model=model.name)
        cure = Text("store.repair_fetches") if model.can_be_fetched else Text("store.delete_import")
        return Corrupt(bad, cure, chunks=stored.bad)
    what = Text("store.other_bytes" if is_other(stored) else "store.not_usable", model=model.name)
    return Corrupt(what, Text("store.start_or_delete"))
