"""Reading stored files again, chunk by chunk, and comparing each with the hash it had when it landed."""

from __future__ import annotations

from dataclasses import replace

from app.core.errors import Corrupt
from app.core.texts import Text
from app.models.store.model_store import ModelStore, is_other, row_of
from app.models.store.rows import Rate, Status
from app.models.store.stored import State, Stored


class Verifier:
    """Verification of the models of a store."""

    def __init__(self, store: ModelStore) -> None:
        self._store, self._rows, self._blobs, self._web = store, store.rows, store.blobs, store.web

    async def verify(self, model_id: str) -> Stored:
        """Read every byte again; the record says afterwards which chunks are bad. Cancelling changes nothing.

        Raises ModelMissing, Evicted, StorageError.
        """
        self._rows.get(model_id)
        async with self._store.writing(model_id):
            stored = await self._store.reread(model_id)
            if stored is None:
                raise self._rows.get(model_id).problem or Corrupt(Text("store.nothing_to_verify"))
            self._store.show(model_id, status=Status.VERIFYING, done_bytes=0, rate=0.0, problem=None)
            try:
                stored = await self._read_again(stored)
                await self._store.note(stored)
            finally:
                self._rows.put(row_of(self._store.records[model_id]))
            return stored

    async def _read_again(self, stored: Stored) -> Stored:
        bad: list[int] = []
        digests: list[str] = []
        wholes: list[str] = []
        whole = await self._blobs.open(stored.model.id, stored.chunk_count) if stored.is_linked else None
        state, rate, firsts = "", Rate(self._web.clock), stored.firsts
        for index in range(stored.chunk_count):
            if index in firsts[1:]:
                wholes.append(await self._web.hasher.final(state))
                state = ""
            hashed = None
            try:
                chunk = self._blobs.slice(whole, *stored.span(index)) if whole else None
                hashed = await self._web.hasher.add(chunk or await self._blobs.chunk(stored.model.id, index), state)
                state = hashed.state
                digests.append(hashed.sha256)
            except Corrupt:
                bad.append(index)
            if hashed and (expected := stored.hash_of(index)) and hashed.sha256 != expected:
                bad.append(index)
            done = stored.span(index)[1]
            self._store.show(stored.model.id, done_bytes=done, rate=rate.at(done))
        now = self._web.clock.now()
        if bad:
            return replace(stored, bad=tuple(bad), state="damaged", checked_at=now)
        wholes.append(await self._web.hasher.final(state))
        stored = replace(stored, chunk_sha256=tuple(digests), file_sha256=tuple(wholes), bad=(), checked_at=now)
        is_right = not is_other(stored)
        verdict: State = "ready" if is_right and stored.model.format else "damaged"
        return replace(stored, is_verified=is_right and stored.has_published_hash, state=verdict)
