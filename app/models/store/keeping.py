"""What every part of LocalModelManager stands on: rows, the durable records behind them, one writer per model.

A model is written by one page at a time (a claim on its name among the open tabs) and by one task of that page (a
lock). Whoever writes tells the other pages how far it is; they show it and read storage when it has ended.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any, Literal

from app.core.errors import AppError, Changed, Corrupt, Evicted, StorageError
from app.core.ports import Tabs
from app.core.shapes import Damaged, decode
from app.core.values import Model
from app.models.formats.facts import FileFacts, as_told
from app.models.formats.kinds import refuse_unknown
from app.models.formats.reading import read_facts
from app.models.store.carrying import file_name
from app.models.store.downloads import Web
from app.models.store.rows import Row, Rows
from app.models.store.stored import CHUNK_BYTES, HEADER_VERSION, Stored, as_stored, model_from, same_file

SPOILT = "What is stored about this file is damaged."
CURE = "Delete it, then download or import it again. Everything else is kept."


TOLD = ("status", "stored_bytes", "done_bytes", "rate", "note")  # of a row, to the other pages


@dataclass(frozen=True, slots=True)
class Told:
    """What another page says of a model. No status: it has ended there."""

    id: str
    status: Literal["", "Downloading", "Importing", "Verifying"] = ""
    stored_bytes: int = 0
    done_bytes: int = 0
    rate: float = 0.0
    note: str = ""
    ask: Literal["", "pause"] = ""


class Keeping:
    """Rows and records."""

    def __init__(
        self,
        web: Web,
        tabs: Tabs,
        chunk_bytes: int = CHUNK_BYTES,
    ) -> None:
        self._web, self._blobs, self._tabs = web, web.blobs, tabs
        self._follow: Callable[[str], None] = lambda model_id: None
        self._stop: Callable[[str], None] = lambda model_id: None
        self._chunk_bytes = chunk_bytes
        self._rows = Rows()
        self._stored: dict[str, Stored] = {}
        self._locks: dict[str, asyncio.Lock] = {}
        self._reading: set[asyncio.Future[Any]] = set()
        tabs.listen(self._hear)

    def watch(
        self,
        on_change: Callable[[], None],
        follow: Callable[[str], None] = lambda model_id: None,
        stop: Callable[[str], None] = lambda model_id: None,
    ) -> None:
        """Call `on_change` after every change of any row, `follow` with the id of a model that another page is
        fetching, `stop` with one that another page asks this one to pause."""
        self._rows.on_change, self._follow, self._stop = on_change, follow, stop

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every known model, in the order in which they were added."""
        return tuple(self._rows)

    def row(self, model_id: str) -> Row:
        """One row. Raises ModelMissing."""
        return self._rows.get(model_id)

    def stored(self, model_id: str) -> Stored | None:
        """The durable record of a model's file, None where nothing of it is stored."""
        return self._stored.get(model_id)

    # -- one writer

    def _lock(self, model_id: str) -> asyncio.Lock:
        """One writing task per model; whoever comes second waits, and then finds what the first has left."""
        return self._locks.setdefault(model_id, asyncio.Lock())

    @asynccontextmanager
    async def _writing(self, model_id: str) -> AsyncIterator[None]:
        """Be the one that writes this model, here and among the open tabs. Raises StorageError."""
        async with self._lock(model_id):
            if not await self._tabs.claim(model_id):
                words = "Another tab of this app is storing this model."
                raise StorageError(words, "Wait until it has finished there, or close that tab.")
            async with self._holding(model_id):
                yield

    @asynccontextmanager
    async def _holding(self, model_id: str) -> AsyncIterator[None]:
        """The claim on this model is ours: let go of it at the end, and let the other pages know."""
        try:
            yield
        finally:
            self._tabs.release(model_id)
            self._web.hasher.rest()
            self._tell(model_id)

    # -- the other pages

    def _show(self, model_id: str, **changes: Any) -> None:
        """Change a row, and let the other pages know what is new."""
        before = self._rows.find(model_id)
        self._rows.change(model_id, **changes)
        if self._rows.find(model_id) is not before:
            self._tell(model_id)

    def _tell(self, model_id: str) -> None:
        row = self._rows.find(model_id)
        if row is None or not row.is_busy:
            self._tabs.tell({"id": model_id, "status": ""})
        else:
            self._tabs.tell({"id": model_id, **{name: getattr(row, name) for name in TOLD}})

    def _hear(self, message: dict[str, Any]) -> None:
        """What another page says of a model: how far it is, that it has ended, or that this page shall pause."""
        try:
            told = decode(Told, message)
        except Damaged:  # it is no page of ours that said it
            return
        model_id, status = told.id, told.status
        row = self._rows.find(model_id)
        if told.ask == "pause":
            if row and row.is_busy and not row.is_elsewhere:
                self._stop(model_id)
        elif not status:
            if row is None or row.is_elsewhere or not self._lock(model_id).locked():
                reading = asyncio.ensure_future(self._reread(model_id))
                self._reading.add(reading)  # the loop itself holds tasks only weakly
                reading.add_done_callback(self._reading.discard)
        elif row and not self._lock(model_id).locked():
            self._rows.change(model_id, status=status, is_elsewhere=True, problem=None)
            self._follow(model_id)
        elif row and row.is_elsewhere:
            self._rows.change(model_id, **{name: getattr(told, name) for name in TOLD if name in message})

    async def _reread(self, model_id: str) -> Stored | None:
        """Read from storage where a model stands, unless this page is writing it."""
        row = self._rows.find(model_id)
        if info := await self._blobs.info(model_id):
            self._take_in(info)
            return self._stored.get(model_id)
        self._stored.pop(model_id, None)
        if row is not None and row.stored_bytes and not self._lock(model_id).locked():
            self._rows.forget(row.model)
        return None

    # -- records

    def _take_in(self, info: dict[str, Any]) -> None:
        """Make a stored record the truth about its row."""
        stored = self._read(info)
        if stored is None:
            self._mourn(info)
            return
        known = self._rows.find(stored.model.id)
        is_same = known is None or same_file(known.model, stored.model)
        if known and is_same and not stored.model.is_imported:
            stored = replace(stored, model=as_stored(known.model, stored.model))
        self._stored[stored.model.id] = stored
        is_replaced = known and not is_same and stored.state == "partial"
        self._rows.put(replaced_row(known.model, stored) if known and is_replaced else row_of(stored))

    @staticmethod
    def _read(info: dict[str, Any]) -> Stored | None:
        """A stored record; None where the browser has removed its model, or where it is damaged."""
        try:
            return None if info.get("is_gone") else Stored.from_info(info)
        except Damaged:
            return None

    def _mourn(self, info: dict[str, Any]) -> None:
        """The browser has removed a model's bytes, or nobody can tell what they are: say so."""
        model_id = str(info["id"])
        self._stored.pop(model_id, None)
        known = self._rows.find(model_id)
        try:
            model = known.model if known else replace(model_from(info.get("model")), id=model_id)
        except Damaged:
            model = Model(model_id, model_id)
        if not info.get("is_gone"):
            self._rows.put(
                Row(model, "Damaged", max(1, info.get("stored_bytes", 0)), problem=StorageError(SPOILT, CURE))
            )
        elif known or info.get("model"):
            self._rows.put(Row(model, "Failed", problem=Evicted(f"The browser removed {model.name} to free space.")))

    async def _note(self, stored: Stored) -> None:
        """Keep a record durably."""
        self._stored[stored.model.id] = stored
        await self._blobs.note(stored.model.id, stored.as_info())

    async def _begin(self, stored: Stored) -> Stored:
        """Start a file's store anew."""
        await self._blobs.begin(stored.model.id, stored.as_info())
        self._stored[stored.model.id] = stored
        return stored

    async def _keep(self, stored: Stored, index: int, handle: object) -> Stored:
        """One chunk and the record that counts it, durably."""
        done = await self._blobs.put(stored.model.id, index, handle, stored.as_info())
        stored = replace(stored, stored_bytes=done)
        self._stored[stored.model.id] = stored
        return stored

    async def _finish(self, stored: Stored) -> Stored:
        """Look at what is stored as a whole, then say in a transaction of its own what it is worth.

        Raises LoadFailed, Corrupt; the bytes are kept all the same.
        """
        model = stored.model
        stored = replace(stored, sha256=await self._web.hasher.final(stored.hash_state), is_wanted=False, bad=())
        stored = replace(stored, checked_at=self._web.clock.now())
        try:
            if model.sha256 and stored.sha256 != model.sha256:
                words = f"{model.name} is complete, but its bytes are not the publisher's."
                raise Corrupt(words, "Start again, from another source if there is one, or delete it.")
            facts = await self._facts(await self._blobs.open(model.id, stored.chunk_count), model)
        except AppError:
            await self._note(replace(stored, state="damaged", is_verified=False))
            raise
        stored = replace(stored, model=as_told(model, facts), state="ready", is_verified=stored.has_published_hash)
        stored = replace(stored, header_version=HEADER_VERSION)
        await self._note(stored)
        self._rows.put(row_of(stored))
        return stored

    async def _facts(self, handle: object, model: Model) -> FileFacts:
        """What a stored file says of itself. Raises LoadFailed where the app cannot use it."""
        size, name = model.size_bytes, file_name(model)
        facts = await read_facts(lambda start, length: self._blobs.head(handle, start, length), size, name)
        refuse_unknown(facts)
        return facts


def row_of(stored: Stored) -> Row:
    """The row for a stored file that nobody is writing."""
    row = Row(stored.model, stored_bytes=stored.stored_bytes, done_bytes=stored.stored_bytes, sha256=stored.sha256)
    if stored.is_linked and stored.state == "ready":
        return replace(row, status="Ready" if stored.is_verified else "Ready, unverified", is_linked=True)
    if stored.state == "partial":
        return replace(row, status="Paused")
    if stored.state == "damaged" or stored.bad or stored.stored_bytes != stored.model.size_bytes:
        return replace(row, status="Damaged", problem=damage(stored))
    return replace(row, status="Ready" if stored.is_verified else "Ready, unverified")


def replaced_row(model: Model, stored: Stored) -> Row:
    """The row for a part of a file that the catalogue does not name any more: never mixed with the new one."""
    return Row(model, "Failed", stored.stored_bytes, problem=Changed("The catalogue names another file now."))


def damage(stored: Stored) -> Corrupt:
    """What is wrong with a stored file, in words."""
    model: Model = stored.model
    if stored.bad:
        count = f"{len(stored.bad)} of {stored.chunk_count} parts"
        cure = "Repair fetches only these." if model.sources else "Delete it and import it again."
        return Corrupt(f"{count} of {model.name} cannot be read, or have changed.", cure, chunks=stored.bad)
    is_other = model.sha256 and stored.sha256 and stored.sha256 != model.sha256
    words = "is complete, but its bytes are not the publisher's" if is_other else "is not a model that can be used"
    return Corrupt(f"{model.name} {words}.", "Start again, or delete it.")
