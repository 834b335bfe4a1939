"""The outside world in memory: ports that behave like the browser's, for tests that need no browser.

    records, blobs = MemoryRecords(), MemoryBlobs()
    fetch = ScriptedFetch({"tiny.gguf": data})          # handles are bytes
    page = RecordingPage(); ...; page.done("opened")    # [("chat1", 2)]

Records go through JSON and cancelled calls end late, as IndexedDB does it: what a test passes here, holds there.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import Any

from app.core.errors import AppError, Corrupt, OutOfSpace
from app.core.ports import Json, PaintKind
from app.core.values import DeviceFacts

WEBGPU = DeviceFacts(has_webgpu_api=True, has_adapter=True, has_device=True, browser="Chrome 156")
NO_WEBGPU = DeviceFacts(browser="Chrome 156")


async def ticks(count: int = 100) -> None:
    """Let every task go on as far as it can: so many rounds of the loop."""
    for _ in range(count):
        await asyncio.sleep(0)


class MemoryRecords:
    """The `Records` port. `reads` counts the values read; `is_full` refuses every further write."""

    def __init__(self) -> None:
        self.shelves: dict[str, dict[str, str]] = {}
        self.reads = 0
        self.is_full = False

    async def get(self, shelf: str, keys: Sequence[str]) -> list[dict[str, Any] | None]:
        """The values of some keys, None where there is none."""
        await asyncio.sleep(0)
        self.reads += len(keys)
        found = self.shelves.get(shelf, {})
        return [json.loads(found[key]) if key in found else None for key in keys]

    async def all(self, shelf: str) -> list[dict[str, Any]]:
        """Every value, in the order of the keys."""
        await asyncio.sleep(0)
        found = self.shelves.get(shelf, {})
        return [json.loads(found[key]) for key in sorted(found)]

    async def write(self, puts: Sequence[tuple[str, str, Json]], deletes: Sequence[tuple[str, str]] = ()) -> None:
        """All or nothing. Raises OutOfSpace."""
        texts = [(shelf, key, json.dumps(value)) for shelf, key, value in puts]
        await asyncio.sleep(0)
        if self.is_full:
            raise OutOfSpace()
        for shelf, key, text in texts:
            self.shelves.setdefault(shelf, {})[key] = text
        for shelf, key in deletes:
            self.shelves.get(shelf, {}).pop(key, None)


class MemoryBlobs:
    """The `Blobs` port; handles are bytes. A write that its caller no longer waits for is done all the same."""

    def __init__(self, room: int = 1 << 40) -> None:
        self.infos_by_id: dict[str, str] = {}
        self.chunks: dict[str, list[bytes]] = {}
        self.room = room

    async def begin(self, model_id: str, info: Json) -> None:
        """Create or reset."""
        self.chunks[model_id] = []
        self.infos_by_id[model_id] = json.dumps(info)
        await asyncio.sleep(0)

    async def append(self, model_id: str, handle: object, info: Json) -> int:
        """One chunk with its info. Raises OutOfSpace."""
        assert isinstance(handle, bytes)
        if sum(map(len, self.chunks[model_id])) + len(handle) > self.room:
            raise OutOfSpace()
        self.chunks[model_id].append(handle)
        self.infos_by_id[model_id] = json.dumps(info)
        await asyncio.sleep(0)
        return sum(map(len, self.chunks[model_id]))

    async def finish(self, model_id: str, info: Json) -> None:
        """The last word on a file."""
        self.infos_by_id[model_id] = json.dumps(info)
        await asyncio.sleep(0)

    def rest(self, model_id: str) -> None:
        """There is only one tab here."""

    async def open(self, model_id: str) -> object:
        """All chunks joined. Raises Corrupt."""
        await asyncio.sleep(0)
        if model_id not in self.chunks:
            raise Corrupt()
        return b"".join(self.chunks[model_id])

    async def head(self, handle: object, start: int, size: int) -> bytes:
        """A few bytes."""
        await asyncio.sleep(0)
        assert isinstance(handle, bytes)
        return handle[start : start + size]

    def slice(self, handle: object, start: int, end: int) -> object:
        """A part."""
        assert isinstance(handle, bytes)
        return handle[start:end]

    def size(self, handle: object) -> int:
        """Bytes."""
        assert isinstance(handle, bytes)
        return len(handle)

    async def digest(self, handle: object) -> str:
        """SHA-256."""
        await asyncio.sleep(0)
        assert isinstance(handle, bytes)
        return hashlib.sha256(handle).hexdigest()

    async def infos(self) -> list[dict[str, Any]]:
        """Every info with what is stored."""
        await asyncio.sleep(0)
        return [
            {**json.loads(text), "stored_bytes": sum(map(len, self.chunks[model_id]))}
            for model_id, text in self.infos_by_id.items()
        ]

    async def delete(self, model_id: str) -> None:
        """Remove everything of a model."""
        self.chunks.pop(model_id, None)
        self.infos_by_id.pop(model_id, None)
        await asyncio.sleep(0)


class MemoryReply:
    """The `Reply` port over bytes."""

    def __init__(self, status: int, body: bytes) -> None:
        self.status = status
        self.headers: Mapping[str, str] = {"content-length": str(len(body))}
        self._body = body

    async def handle(self) -> object:
        """The whole body."""
        await asyncio.sleep(0)
        return self._body

    async def aiter_bytes(self) -> AsyncIterator[bytes]:
        """The body at one stroke."""
        yield self._body


class ScriptedFetch:
    """The `Fetch` port over files in memory. It answers Range requests like a good server.

    `events` are used up first, one a request: an error to raise, a reply, or a function that makes one.
    `gate`, where set, is waited for before each answer, so that a test can stop a fetch in the middle.
    """

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = dict(files)
        self.events: list[AppError | MemoryReply | Callable[[], MemoryReply]] = []
        self.asked: list[tuple[str, str]] = []
        self.gate: asyncio.Semaphore | None = None

    async def __call__(
        self, url: str, *, method: str = "GET", headers: Mapping[str, str] | None = None, body: object = None
    ) -> MemoryReply:
        """One request."""
        span = (headers or {}).get("Range", "")
        self.asked.append((url, span))
        await asyncio.sleep(0)
        if self.gate is not None:
            await self.gate.acquire()
        if self.events:
            event = self.events.pop(0)
            if isinstance(event, AppError):
                raise event
            return event if isinstance(event, MemoryReply) else event()
        if url not in self.files:
            return MemoryReply(404, b"not here")
        if not span:
            return MemoryReply(200, self.files[url])
        start, _, end = span.removeprefix("bytes=").partition("-")
        return MemoryReply(206, self.files[url][int(start) : int(end) + 1])


class FakeClock:
    """The `Clock` port: stands still, or goes on by `step` seconds at each look."""

    def __init__(self, step: float = 0.0, start: float = 1_000.0) -> None:
        self.time = start
        self.step = step

    def now(self) -> float:
        """Seconds since 1970."""
        return self.tick()

    def tick(self) -> float:
        """Seconds."""
        self.time += self.step
        return self.time


class FakeDevice:
    """The `Device` port: fixed facts, and how often they were really asked for."""

    def __init__(self, facts: DeviceFacts = WEBGPU) -> None:
        self.fixed = facts
        self.probes = 0
        self._is_known = False

    async def facts(self) -> DeviceFacts:
        """The facts; asking again without `forget` costs no probe."""
        await asyncio.sleep(0)
        self.probes += not self._is_known
        self._is_known = True
        return self.fixed

    def forget(self) -> None:
        """The next call is a probe."""
        self._is_known = False


class RecordingPage:
    """The `Page` port that only remembers."""

    def __init__(self) -> None:
        self.painted: list[tuple[str, str, str]] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.calls: list[tuple[str, tuple[Any, ...]]] = []

    def paint(self, kind: PaintKind, id: str, html: str = "") -> None:
        """Remember it."""
        self.painted.append((kind, id, html))

    def attr(self, id: str, name: str, value: str | None) -> None:
        """Remember it."""
        self.attributes.append((id, name, value))

    def do(self, name: str, *args: Any) -> None:
        """Remember it."""
        self.calls.append((name, args))

    def now(self) -> None:
        """Everything is recorded at once anyway."""

    def cut(self) -> None:
        """Nothing to cut."""

    def listen(self, handler: Callable[[str, Any], None]) -> None:
        """Nobody clicks here; tests call `session.act`."""

    def done(self, name: str) -> list[tuple[Any, ...]]:
        """The arguments of every call of that name."""
        return [args for called, args in self.calls if called == name]
