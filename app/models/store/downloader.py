"""Downloader: fetches a model's file, going on where the last try ended, one file at a time, across tabs.

Cancelling the task is pausing: what has landed stays. A page that dies in the middle is replaced by another one that
shows the same model; without another page the model is Paused when the app is opened again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import aclosing, nullcontext, suppress
from dataclasses import replace
from functools import partial

from app.core.errors import AppError, Changed, ModelMissing, OutOfSpace
from app.core.texts import Text
from app.core.values import Model
from app.models.formats.facts import CutShort
from app.models.formats.kinds import refuse, refuse_unknown
from app.models.formats.reading import read_any
from app.models.store.downloads import Download, Piece
from app.models.store.failure import kept
from app.models.store.model_store import ModelStore, row_of
from app.models.store.rows import Rate, Status
from app.models.store.stored import Stored, file_names, same_file

GGUF = b"GGUF"
LOOKS = (1, 2, 4, 8)  # chunks after which a header may be here that was not before


class Downloader:
    """Downloads the models of a store, in sequence, and follows what other tabs download."""

    def __init__(self, store: ModelStore) -> None:
        self._store, self._rows, self._blobs = store, store.rows, store.blobs
        self._web, self._tabs = store.web, store.tabs
        self._line = asyncio.Lock()  # one download at a time

    async def fetch(self, model_id: str, *, anew: bool = False) -> None:
        """Fetch a model's bytes, going on where the last try ended, or `anew`. Where another page fetches it, wait for
        that one, and go on if it dies. Raises DownloadError, OutOfSpace, LoadFailed, Corrupt."""
        async with self._store.lock(model_id):
            row = self._rows.get(model_id)
            if row.is_ready:
                return
            _need_source(row.model)
            if await self._tabs.claim(model_id):
                async with self._store.holding(model_id):
                    await self._fetch(model_id, anew)
            else:
                await self._follow_other(model_id)

    async def follow(self, model_id: str) -> None:
        """Show what another page fetches until it has ended, and go on with it if that page dies."""
        async with self._store.lock(model_id):
            if not self._rows.get(model_id).is_ready:
                await self._follow_other(model_id)

    async def _follow_other(self, model_id: str) -> None:
        self._rows.change(model_id, status=Status.DOWNLOADING, is_elsewhere=True, problem=None)
        try:
            await self._tabs.wait(model_id)
        finally:
            self._rows.change(model_id, is_elsewhere=False)
        async with self._store.holding(model_id):
            await self._go_on(model_id)

    async def _go_on(self, model_id: str) -> None:
        """The other page is done with a model, one way or the other."""
        stored = await self._store.reread(model_id)
        if stored and stored.is_wanted and stored.state == "partial":
            await self._fetch(model_id)

    def pause_elsewhere(self, model_id: str) -> None:
        """Ask the page that fetches a model to pause."""
        self._tabs.tell({"id": model_id, "ask": "pause"})

    def network(self, is_online: bool) -> None:
        """The network came or went: nobody need wait any longer, or waiting is all there is to do."""
        self._web.is_online = is_online
        if is_online:
            self._web.wake()

    async def _fetch(self, model_id: str, anew: bool = False) -> None:
        """The claim is ours: fetch, and leave the row as the end of it was."""
        model = self._rows.get(model_id).model
        line = nullcontext() if model.is_bundled else self._line
        note = Text("store.waits_in_line") if self._line.locked() and not model.is_bundled else None
        self._store.show(model_id, status=Status.DOWNLOADING, note=note, problem=None, rate=0.0)
        try:
            async with line:
                self._store.show(model_id, note=None)
                stored = await self._kept(model, anew)
                stored = await self._fetch_files(stored)
                await self._store.finish(stored)
        except asyncio.CancelledError:
            await self._mark_stopped(model_id)
            raise
        except AppError as error:
            await self._mark_stopped(model_id, error)
            raise

    async def _mark_stopped(self, model_id: str, error: AppError | None = None) -> None:
        """Nobody fetches any more: say so durably, from what storage holds."""
        with suppress(AppError):  # the row tells the first error, which matters more
            stored = await self._store.reread(model_id)
            if stored is not None and stored.state == "partial":
                failure = () if error is None or isinstance(error, OutOfSpace) else kept(error, self._store.words)
                await self._store.note(replace(stored, is_wanted=False, failure=failure))
        row = self._rows.get(model_id)
        status: Status = Status.DAMAGED if row.status == Status.DAMAGED else Status.FAILED
        if error is None or isinstance(error, OutOfSpace):
            status = Status.PAUSED if row.stored_bytes or error else Status.NOT_DOWNLOADED
        self._rows.change(model_id, status=status, problem=error, rate=0.0, note=None)

    async def _kept(self, model: Model, anew: bool) -> Stored:
        """The record to go on with: storage is asked, it alone knows whether the last chunk was still written."""
        stored = None if anew else await self._store.reread(model.id)
        self._store.show(model.id, status=Status.DOWNLOADING, problem=None)
        if stored and stored.state == "partial":
            if not same_file(model, stored.model):
                raise Changed(Text("store.other_file"))
            if not stored.hash_state:
                stored = replace(stored, hash_state=await self._hash_again(stored))
            stored = replace(stored, model=replace(model, size_bytes=stored.model.size_bytes))
            stored = replace(stored, is_wanted=True, failure=())
            await self._store.note(stored)
            return stored
        if not model.size_bytes:
            size = await Download(Stored(model), self._web, partial(self._note, model.id)).size()
            model = replace(model, size_bytes=size)
            self._rows.change(model.id, model=model)
        chunk = model.chunk_bytes or self._store.chunk_bytes
        return await self._store.begin(Stored(model, chunk, is_wanted=True))

    async def _hash_again(self, stored: Stored) -> str:
        """The hash so far of the file under way, from the stored chunks: records of earlier versions do not hold it."""
        state = ""
        for index in range(stored.firsts[len(stored.file_sha256)], len(stored.chunk_sha256)):
            state = (await self._web.hasher.add(await self._blobs.chunk(stored.model.id, index), state)).state
        return state

    async def _fetch_files(self, stored: Stored) -> Stored:
        """Fetch what is missing of each file, one after the other."""
        for file in range(len(stored.model.files)):
            stored = await self._store.close_file(stored)
            chunks = stored.chunks_of(file)
            stored = await self._fetch_chunks(stored, file, chunks[max(0, len(stored.chunk_sha256) - chunks.start) :])
        return stored

    async def _fetch_chunks(self, stored: Stored, file: int, wanted: Sequence[int]) -> Stored:
        """Fetch and keep these chunks of one file; progress counts what is kept of all."""
        model_id, done = stored.model.id, stored.stored_bytes
        first = stored.firsts[file]
        rate = Rate(self._web.clock, done)
        self._store.show(model_id, stored_bytes=done, done_bytes=done, model=stored.model)

        def on_bytes(count: int) -> None:
            self._store.show(model_id, rate=rate.at(done + count))

        note = partial(self._note, model_id)
        download = Download(stored.only(file), self._web, note, on_bytes)
        is_seen = file > 0 or bool(stored.model.format and stored.has_published_hash)
        async with aclosing(download.pieces([index - first for index in wanted], stored.hash_state)) as pieces:
            async for piece in pieces:
                piece = replace(piece, index=first + piece.index)
                stored = await self._store.keep(landed(stored, piece), piece.index, piece.handle)
                is_seen = is_seen or await self._look_early(stored)
                done += self._blobs.size(piece.handle)
                kept = stored.stored_bytes
                self._store.show(model_id, stored_bytes=kept, done_bytes=kept, rate=rate.at(done))
        return stored

    def _note(self, model_id: str, text: Text | None) -> None:
        """Show what is waited for."""
        self._store.show(model_id, note=text)

    async def _look_early(self, stored: Stored) -> bool:
        """Read a GGUF file's header as soon as it is here, of several files the first one's: gigabytes of what cannot
        chat need not come. False while it is not here yet. Raises LoadFailed."""
        count, size_bytes = len(stored.chunk_sha256), stored.model.sizes[0]
        if count not in LOOKS or stored.bad or count == stored.chunk_count:
            return count > LOOKS[-1]
        handle = await self._blobs.open(stored.model.id, count)
        here = self._blobs.size(handle)
        is_cut = False

        async def read(start: int, length: int) -> bytes:
            nonlocal is_cut
            is_cut = is_cut or min(start + length, size_bytes) > here
            return await self._blobs.head(handle, start, max(0, min(length, here - start)))

        if await read(0, len(GGUF)) != GGUF:
            return True
        try:
            facts = await read_any(read, size_bytes, file_names(stored.model)[0])
            if not (stored.model.parts and facts.parts):  # what parts are for is told by all of them together
                refuse(facts)
            refuse_unknown(facts)
        except CutShort:
            if not is_cut:
                raise
            return False
        return True

    async def repair(self, model_id: str) -> None:
        """Fetch only the chunks that are missing or have changed. Raises DownloadError, OutOfSpace, Corrupt."""
        async with self._store.writing(model_id):
            stored = await self._store.reread(model_id)
            if stored is None or not stored.bad:
                return
            _need_source(stored.model)
            self._store.show(model_id, status=Status.DOWNLOADING, problem=None, note=None)
            try:
                for file in range(len(stored.model.files)):
                    bad = [index for index in stored.bad if index in stored.chunks_of(file)]
                    stored = await self._fetch_chunks(stored, file, bad)
                await self._store.note(stored)
            except BaseException as error:
                self._rows.put(row_of(self._store.records[model_id]))
                if isinstance(error, AppError):
                    self._rows.change(model_id, problem=error)
                raise
            self._rows.put(row_of(stored))


def landed(stored: Stored, piece: Piece) -> Stored:
    """The record with one more chunk, or with one that was bad and is good again."""
    marks = tuple((url, mark) for url, mark in stored.validators if url != piece.url)
    if piece.url not in dict(stored.validators) or piece.mark:
        stored = replace(stored, validators=(*marks, (piece.url, piece.mark)))
    if piece.index == len(stored.chunk_sha256):
        digests = (*stored.chunk_sha256, piece.hashed.sha256)
        return replace(stored, chunk_sha256=digests, hash_state=piece.hashed.state)
    bad = tuple(index for index in stored.bad if index != piece.index)
    return replace(stored, bad=bad, state="ready" if not bad else stored.state)


def _need_source(model: Model) -> None:
    """Raises ModelMissing where there is none."""
    if not model.can_be_fetched:
        raise ModelMissing(Text("store.no_address", model=model.name), Text("store.no_address_cure"))
