"""Faults of a download that are arithmetic: sizes beyond what fits a 32-bit number, and clocks that jump."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest

from app.core.errors import LoadFailed
from app.core.places import Purpose
from app.core.ports import FetchMode, Hashed, Json
from app.core.values import Model, Source
from app.models.store.downloads import Web
from app.models.store.manager import LocalModelManager
from app.models.store.model_store import ModelStore
from app.models.store.rows import Rate, Status
from app.models.store.stored import CHUNK_BYTES, Stored
from tests.browser.files import File, gguf
from tests.memory import Answer, FakeClock, MemoryBlobs, MemoryHasher, MemoryReply, MemoryTabs, ScriptedFetch
from tests.models.store.test_downloads import FIRST, PLAIN, World, play, tiny
from tests.words import english

URL = "https://one.example/huge.gguf"


@dataclass(frozen=True)
class Span:
    """A handle of so many bytes from there on, without the bytes."""

    start: int
    end: int


class SpanReply(MemoryReply):
    """A 206 whose body is a Span."""

    def __init__(self, span: Span, size: int) -> None:
        super().__init__(206, b"", {"content-range": f"bytes {span.start}-{span.end - 1}/{size}"})
        self.span = span

    async def take(self, size: int, on_bytes: Callable[[int], None]) -> object:
        """The whole of it."""
        await asyncio.sleep(0)
        return self.span


class SpanFetch:
    """Serves a file of any size, and remembers what it was asked for."""

    def __init__(self, file: File) -> None:
        self.file = file
        self.asked: list[str] = []

    async def __call__(
        self,
        url: str,
        *,
        purpose: Purpose = Purpose.MODEL_FILE,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        body: object = None,
        mode: FetchMode = "cors",
    ) -> MemoryReply:
        """One part."""
        self.asked.append((headers or {})["Range"])
        first, last = self.asked[-1].removeprefix("bytes=").split("-")
        return SpanReply(Span(int(first), min(int(last) + 1, self.file.size)), self.file.size)


class SpanBlobs(MemoryBlobs):
    """Keeps Spans instead of bytes."""

    def __init__(self, file: File) -> None:
        super().__init__()
        self.file = file
        self.spans: dict[int, Span] = {}

    def used(self, model_id: str) -> int:
        """Bytes that would be stored."""
        return sum(span.end - span.start for span in self.spans.values())

    async def put(self, model_id: str, index: int, handle: object, info: Json) -> int:
        """One chunk with its info."""
        assert isinstance(handle, Span)
        self.spans[index] = handle
        await self.note(model_id, info)
        return self.used(model_id)

    async def open(self, model_id: str, count: int) -> object:
        """All chunks, which must join without a gap."""
        await asyncio.sleep(0)
        ends = [self.spans[index].end for index in range(count)]
        assert [self.spans[index].start for index in range(count)] == [0, *ends[:-1]]
        return Span(0, ends[-1])

    async def head(self, handle: object, start: int, size: int) -> bytes:
        """A few bytes of the file itself."""
        await asyncio.sleep(0)
        return self.file.read(start, start + size)

    def size(self, handle: object) -> int:
        """Bytes of a handle."""
        assert isinstance(handle, Span)
        return handle.end - handle.start


class SpanHasher(MemoryHasher):
    """Hashes what a handle is, not what it holds."""

    async def add(self, handle: object, state: str = "") -> Hashed:
        """The same Span has the same hash."""
        return await super().add(repr(handle).encode(), state)


@pytest.mark.parametrize("size", [(1 << 31) - 1, (1 << 31) + 1, 1 << 32, (1 << 32) + 12_345, 10_000_000_001])
def test_sizes_past_two_and_four_gigabytes_are_exact(size: int) -> None:
    """Fault 26: every request, every counter, the end."""

    async def body() -> None:
        file = gguf(size)
        fetch, blobs = SpanFetch(file), SpanBlobs(file)
        web = Web(fetch, fetch, SpanHasher(), blobs, FakeClock(0.01))
        manager = LocalModelManager(ModelStore(web, MemoryTabs(), english))
        model = Model("huge", "Huge", size_bytes=size, sources=(Source(URL),))
        manager.add([model])
        await manager.downloader.fetch("huge")
        row = manager.row("huge")
        assert (row.status, row.stored_bytes, row.done_bytes) == (Status.UNVERIFIED, size, size)
        starts = range(0, size, CHUNK_BYTES)
        assert fetch.asked == [f"bytes={at}-{min(at + CHUNK_BYTES, size) - 1}" for at in starts]
        [info] = await blobs.infos()
        stored = Stored.from_info(info)
        assert (len(stored.chunk_sha256), stored.stored_bytes) == (stored.chunk_count, size)
        [handle] = await manager.opener.open_for_chat(row.model)
        assert handle == Span(0, size)

    asyncio.run(body())


def test_a_file_without_a_byte_is_no_model() -> None:
    """Fault 25: a catalogue's 0 means that the size is unknown; a source that says 0 has nothing to give."""

    async def body(world: World) -> None:
        world.web_fetch.files = {FIRST: b""}
        world.web_fetch.rules[FIRST] = lambda start, end: MemoryReply(416, b"", {"content-range": "bytes */0"})
        assert await world.fetch() is not None
        assert (world.status, world.stored) == (Status.FAILED, 0)

    play(body, Model("tiny", "Tiny", sources=(Source(FIRST),)))


def test_a_file_of_a_few_bytes_is_stored_and_told_from_a_model() -> None:
    """Fault 25: far less than a chunk."""

    async def body(world: World) -> None:
        world.web_fetch.files = {FIRST: b"GGUF"}
        assert isinstance(await world.fetch(), LoadFailed)
        assert (world.status, world.stored) == (Status.DAMAGED, 4)

    play(body, Model("tiny", "Tiny", size_bytes=4, sources=(Source(FIRST),)))


class JumpingClock(FakeClock):
    """Both clocks jump when told; the wall clock also backwards, as after a summer or a flat battery."""

    shift = 0.0

    def now(self) -> float:
        """Seconds since 1970, as far as this machine knows."""
        return super().now() + self.shift


@pytest.mark.parametrize(("tick", "wall"), [(0.0, 86_400.0), (0.0, -86_400.0), (36_000.0, 36_000.0)])
def test_a_clock_that_jumps_in_the_middle_of_a_part_spoils_nothing(tick: float, wall: float) -> None:
    """Fault 23: a night's sleep, or somebody who sets the clock."""

    async def run() -> None:
        clock, fetch = JumpingClock(0.001), ScriptedFetch({FIRST: tiny()})
        model = Model("tiny", "Tiny", size_bytes=len(tiny()), sources=PLAIN.sources[:1], chunk_bytes=PLAIN.chunk_bytes)

        def jump(start: int, end: int) -> Answer:
            clock.time, clock.shift = clock.time + tick, clock.shift + wall
            return fetch.served(FIRST, str(start), str(end))

        fetch.rules[FIRST] = jump
        blobs = MemoryBlobs()
        manager = LocalModelManager(ModelStore(Web(fetch, fetch, MemoryHasher(), blobs, clock), MemoryTabs(), english))
        manager.add([model])
        await manager.downloader.fetch("tiny")
        row = manager.row("tiny")
        assert row.status == Status.UNVERIFIED
        assert hashlib.sha256(b"".join(blobs.chunks["tiny"].values())).digest() == hashlib.sha256(tiny()).digest()
        assert len(fetch.asked) == 5, "nothing was fetched twice"

    asyncio.run(run())


def test_a_clock_that_jumps_while_nothing_comes_only_costs_one_more_request() -> None:
    """Fault 23: after the sleep the connection is dead, and the watchdog is right to bark."""

    async def run() -> None:
        clock, fetch = FakeClock(0.001), ScriptedFetch({FIRST: tiny()})

        def asleep() -> MemoryReply:
            clock.time += 36_000
            return MemoryReply(206, tiny()[: PLAIN.chunk_bytes], stalls=True)

        fetch.events = [asleep]
        web = Web(fetch, fetch, MemoryHasher(), MemoryBlobs(), clock, stall_seconds=0.05)
        manager = LocalModelManager(ModelStore(web, MemoryTabs(), english))
        manager.add([Model("tiny", "Tiny", size_bytes=len(tiny()), sources=PLAIN.sources[:1], chunk_bytes=500_000)])
        await manager.downloader.fetch("tiny")
        assert manager.row("tiny").status == Status.UNVERIFIED
        assert [span for _, span in fetch.asked][:2] == ["bytes=0-499999"] * 2
        assert len(fetch.asked) == 6

    asyncio.run(run())


def test_the_rate_stays_sane_when_the_clock_jumps() -> None:
    """Fault 23: no division by nothing, no time left of minus an hour."""
    clock = FakeClock()
    rate = Rate(clock)
    clock.time += 1
    assert rate.at(1000) == 1000
    clock.time -= 3600
    assert rate.at(2000) >= 0
    clock.time += 7200
    assert rate.at(3000) >= 0
