"""Download: sources that cut, stall, lie, change and refuse, each with what becomes of the file."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from app.core.actions import PickedFile
from app.core.errors import AppError, Changed, Interrupted, Refused
from app.core.texts import Text
from app.core.values import Model, Source
from app.models.store.bundles import Bundle
from app.models.store.downloads import FEW, MANY, Web
from app.models.store.manager import LocalModelManager
from app.models.store.model_store import ModelStore
from app.models.store.rows import Status
from tests.environment import ROOT
from tests.memory import Answer, FakeClock, MemoryBlobs, MemoryHasher, MemoryReply, MemoryTabs, ScriptedFetch, ticks
from tests.words import english

CHUNK = 500_000
FIRST, SECOND = "https://one.example/tiny.gguf", "https://two.example/tiny.gguf"
CUT = Interrupted(detail="TypeError: Failed to fetch")


@cache
def tiny() -> bytes:
    return (ROOT / "tests" / "fixtures" / "models" / "tiny-gemma3-f16.gguf").read_bytes()


@cache
def hashes() -> tuple[str, ...]:
    return tuple(hashlib.sha256(tiny()[at : at + CHUNK]).hexdigest() for at in range(0, len(tiny()), CHUNK))


PLAIN = Model(
    "tiny", "Tiny", size_bytes=2_326_432, sources=(Source(FIRST), Source(SECOND)), chunk_bytes=CHUNK, format="gguf"
)


def checked() -> Model:
    """With the publisher's hash of the whole."""
    return replace(PLAIN, sha256=hashlib.sha256(tiny()).hexdigest())


def listed() -> Model:
    """With a hash for each chunk."""
    return replace(PLAIN, chunk_sha256=hashes())


def bundle(name: str, data: bytes, link: object = None) -> Bundle:
    """A model in one file that was picked."""
    return Bundle((PickedFile(name, data, link),))


class World:
    """A manager that downloads one model from two sources; `fails` is what the fetch raised."""

    def __init__(self, model: Model, stall_seconds: float = 30.0) -> None:
        self.model = model
        self.blobs, self.hasher, self.clock, self.tabs = MemoryBlobs(), MemoryHasher(), FakeClock(0.001), MemoryTabs()
        self.web_fetch = ScriptedFetch({FIRST: tiny(), SECOND: tiny()})
        self.notes: list[str] = []
        self.web = Web(
            self.web_fetch,
            self.web_fetch,
            self.hasher,
            self.blobs,
            self.clock,
            jitter=lambda: 1.0,
            stall_seconds=stall_seconds,
        )
        self.manager = LocalModelManager(ModelStore(self.web, self.tabs, english))
        self.manager.watch(self.note)
        self.manager.add([model])

    def note(self) -> None:
        for row in self.manager.rows:
            if row.note and (note := english(row.note)) not in self.notes:
                self.notes.append(note)

    async def fetch(self, *, anew: bool = False) -> AppError | None:
        try:
            await self.manager.downloader.fetch("tiny", anew=anew)
        except AppError as error:
            return error
        return None

    async def keep(self, chunks: int) -> None:
        """Fetch so many chunks, and pause."""
        self.web_fetch.gate = asyncio.Semaphore(chunks)
        task = asyncio.ensure_future(self.manager.downloader.fetch("tiny"))
        await ticks()
        task.cancel()
        await asyncio.wait([task])
        self.web_fetch.gate = None
        self.web_fetch.asked.clear()
        assert self.stored == chunks * CHUNK

    @property
    def status(self) -> str:
        return self.manager.row("tiny").status

    @property
    def stored(self) -> int:
        return self.manager.row("tiny").stored_bytes

    @property
    def asked(self) -> list[str]:
        """The hosts in the order in which they were asked."""
        return [url.split(".")[0].removeprefix("https://") for url, _ in self.web_fetch.asked]

    async def whole(self) -> bool:
        return await self.manager.opener.open_for_chat(self.manager.row("tiny").model) == (tiny(),)


def play(body: Callable[[World], object], model: Model = PLAIN, stall_seconds: float = 30.0) -> None:
    async def run() -> None:
        await body(World(model, stall_seconds))  # type: ignore[misc]

    asyncio.run(run())


def test_every_request_names_its_range_and_nothing_else() -> None:
    async def body(world: World) -> None:
        assert await world.fetch() is None
        assert [dict(sent) for sent in world.web_fetch.sent] == [
            {"Range": f"bytes={at}-{min(at + CHUNK, len(tiny())) - 1}"} for at in range(0, len(tiny()), CHUNK)
        ]
        assert world.manager.row("tiny").file_sha256 == (hashlib.sha256(tiny()).hexdigest(),)

    play(body)


@pytest.mark.parametrize(("model", "status"), [(PLAIN, "Ready, unverified"), (checked(), "Ready"), (listed(), "Ready")])
def test_only_a_published_hash_makes_a_file_verified(model: Model, status: str) -> None:
    async def body(world: World) -> None:
        assert await world.fetch() is None
        assert world.status == status

    play(body, model)


@pytest.mark.parametrize(
    "answer",
    [
        MemoryReply(206, tiny()[:1000]),
        Interrupted(),
        MemoryReply(503, b""),
        MemoryReply(429, b"", {"retry-after": "7"}),
        MemoryReply(408, b""),
    ],
)
def test_what_passes_is_tried_again_after_a_pause(answer: Answer) -> None:
    async def body(world: World) -> None:
        world.web_fetch.events = [answer, answer]
        began = world.clock.time
        assert await world.fetch() is None
        assert await world.whole()
        assert world.clock.time - began > (7 if getattr(answer, "status", 0) == 429 else 1)
        assert world.asked == ["one"] * 7
        assert world.notes[0].startswith("waiting for the source")

    play(body)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (MemoryReply(200, b"<html>", {"content-type": "text/html"}), "web page instead of the file"),
        (MemoryReply(200, b"another"), "is 7 bytes"),
        (
            MemoryReply(206, tiny()[:CHUNK], {"content-range": "bytes 500000-999999/2326432"}),
            "different part of the file",
        ),
        (MemoryReply(206, tiny()[:CHUNK], {"content-range": "bytes 0-499999/9999999"}), "is 10 MB (9,999,999 bytes)"),
        (MemoryReply(401, b""), "status 401"),
        (MemoryReply(403, b""), "may have expired"),
        (MemoryReply(404, b""), "no such file"),
        (MemoryReply(410, b""), "no such file"),
        (MemoryReply(418, b""), "status 418"),
    ],
)
def test_what_is_not_the_file_is_left_for_the_next_source(answer: MemoryReply, words: str) -> None:
    async def body(world: World) -> None:
        world.web_fetch.rules[FIRST] = lambda start, end: answer
        assert await world.fetch() is None
        assert world.asked == ["one", *["two"] * 5]
        assert answer.is_closed
        world.web_fetch.rules[SECOND] = world.web_fetch.rules[FIRST]
        await world.manager.delete("tiny")
        error = await world.fetch()
        assert error is not None
        assert words in english(error.message)
        assert (world.status, world.stored) == (Status.FAILED, 0)

    play(body)


def test_a_sign_in_is_named_as_such_and_the_token_goes_to_its_own_host_only() -> None:
    async def body(world: World) -> None:
        world.web.headers_for = lambda url: {"Authorization": "Bearer t"} if url == SECOND else {}
        world.web_fetch.rules[FIRST] = lambda start, end: MemoryReply(401, b"")
        assert await world.fetch() is None
        assert ["Authorization" in sent for sent in world.web_fetch.sent] == [False, *[True] * 5]
        await world.manager.delete("tiny")
        world.web_fetch.rules[SECOND] = world.web_fetch.rules[FIRST]
        error = await world.fetch()
        assert isinstance(error, Refused)
        assert error.needs_token

    play(body)


def test_wrong_bytes_are_asked_for_once_more_then_of_the_next_source_and_good_ones_stay() -> None:
    async def body(world: World) -> None:
        def spoiled(start: int, end: int) -> MemoryReply:
            data = tiny()[start : end + 1]
            return MemoryReply(206, bytes([data[0] ^ 1]) + data[1:] if start == CHUNK else data)

        world.web_fetch.rules[FIRST] = spoiled
        assert await world.fetch() is None
        assert world.asked == ["one", "one", "one", "two", "two", "two", "two"]
        assert await world.whole()
        await world.manager.delete("tiny")
        world.web_fetch.rules[SECOND] = spoiled
        error = await world.fetch()
        assert error is not None
        assert "part 2 of 5 is wrong" in english(error.message)
        assert (world.status, world.stored) == (Status.FAILED, CHUNK)

    play(body, listed())


def test_a_source_that_fails_for_good_is_left_after_some_tries() -> None:
    async def body(world: World) -> None:
        world.web_fetch.rules[FIRST] = lambda start, end: CUT
        assert await world.fetch() is None
        assert world.asked == [*["one"] * (FEW + 1), *["two"] * 5]  # the last question is why

    play(body)


def test_nobody_answering_is_told_apart_from_parts_that_cannot_be_read() -> None:
    async def body(world: World) -> None:
        world.web_fetch.rules = dict.fromkeys((FIRST, SECOND), lambda start, end: CUT)
        error = await world.fetch()
        assert isinstance(error, Interrupted)
        assert "or it doesn't let this site read" in english(error.message)
        gzip = [CUT] * FEW + [MemoryReply(200, b"")]
        world.web_fetch.rules.clear()
        world.web_fetch.events = [*gzip, *gzip]
        error = await world.fetch()
        assert isinstance(error, Refused)
        assert "It may compress them" in english(error.message)

    play(body)


def test_without_published_hashes_two_sources_are_never_mixed() -> None:
    async def body(world: World) -> None:
        await world.keep(2)
        world.web_fetch.rules[FIRST] = lambda start, end: CUT
        error = await world.fetch()
        assert isinstance(error, Interrupted)
        assert "store.other_source_differs" in error.detail
        assert world.asked == ["one"] * MANY
        assert (world.status, world.stored) == (Status.FAILED, 2 * CHUNK)

    play(body)


def test_with_the_whole_files_hash_another_source_goes_on_if_its_last_chunk_is_the_same() -> None:
    async def body(world: World) -> None:
        await world.keep(2)
        world.web_fetch.rules[FIRST] = lambda start, end: CUT
        assert await world.fetch() is None
        assert world.web_fetch.asked[MANY] == (SECOND, "bytes=500000-999999"), "the last chunk is compared first"
        assert await world.whole()
        assert world.status == Status.READY

    play(body, checked())


def test_with_the_whole_files_hash_a_source_with_another_file_is_not_mixed_in() -> None:
    async def body(world: World) -> None:
        await world.keep(2)
        world.web_fetch.rules[FIRST] = lambda start, end: CUT
        world.web_fetch.files[SECOND] = bytes(len(tiny()))
        error = await world.fetch()
        assert isinstance(error, Interrupted)
        assert (world.status, world.stored) == (Status.FAILED, 2 * CHUNK)

    play(body, checked())


@pytest.mark.parametrize("mark", ["etag", "last-modified"])
def test_a_file_that_changed_at_its_source_is_never_mixed_with_what_is_kept(mark: str) -> None:
    async def body(world: World) -> None:
        for url in (FIRST, SECOND):
            world.web_fetch.headers[url] = {mark: "one"}
        await world.keep(2)
        for url in (FIRST, SECOND):
            world.web_fetch.headers[url] = {mark: "two"}
            world.web_fetch.files[url] = bytes(reversed(tiny()))
        error = await world.fetch()
        assert isinstance(error, Changed)
        assert (world.status, world.stored) == (Status.FAILED, 2 * CHUNK)
        world.web_fetch.files = {FIRST: tiny(), SECOND: tiny()}
        assert await world.fetch(anew=True) is None
        assert await world.whole()

    play(body)


def test_with_chunk_hashes_another_etag_means_nothing() -> None:
    async def body(world: World) -> None:
        world.web_fetch.headers[FIRST] = {"etag": "one"}
        await world.keep(2)
        world.web_fetch.headers[FIRST] = {"etag": "two"}
        assert await world.fetch() is None
        assert world.asked == ["one"] * 3

    play(body, listed())


@pytest.mark.parametrize("answer", [MemoryReply(416, b""), MemoryReply(206, b"", {"content-range": "bytes 1-2/9"})])
def test_a_file_that_shrank_has_changed(answer: MemoryReply) -> None:
    async def body(world: World) -> None:
        await world.keep(2)
        world.web_fetch.rules[FIRST] = lambda start, end: answer
        assert isinstance(await world.fetch(), Changed)
        assert world.stored == 2 * CHUNK

    play(body)


def test_a_longer_file_gives_itself_away_even_where_the_server_hides_its_length() -> None:
    async def body(world: World) -> None:
        longer = tiny() + b"more"
        for url in (FIRST, SECOND):
            world.web_fetch.rules[url] = lambda start, end: MemoryReply(206, longer[start : end + 1])
        error = await world.fetch()
        assert isinstance(error, AppError)
        assert "is longer" in error.detail + english(error.message)
        assert not world.status.startswith("Ready")

    play(body)


def test_a_source_that_ignores_range_sends_all_and_only_what_is_missing_is_kept() -> None:
    async def body(world: World) -> None:
        world.web_fetch.rules[FIRST] = lambda start, end: MemoryReply(200, tiny(), {"etag": "same"})
        assert await world.fetch() is None
        assert world.asked == ["one"]
        assert await world.whole()

    play(body)


def test_a_source_that_ignores_range_cannot_go_on_in_the_middle_without_any_proof() -> None:
    async def body(world: World) -> None:
        await world.keep(2)
        for url in (FIRST, SECOND):
            world.web_fetch.rules[url] = lambda start, end: MemoryReply(200, tiny())
        error = await world.fetch()
        assert isinstance(error, Refused)
        assert (world.status, world.stored) == (Status.FAILED, 2 * CHUNK)

    play(body)


def test_a_source_that_falls_silent_is_left_alone_and_asked_again() -> None:
    async def body(world: World) -> None:
        world.web_fetch.events = [MemoryReply(206, tiny()[:CHUNK], stalls=True)]
        assert await world.fetch() is None
        assert await world.whole()
        assert world.asked == ["one"] * 6

    play(body, stall_seconds=0.01)


def test_without_a_network_it_waits_and_goes_on_by_itself() -> None:
    async def body(world: World) -> None:
        world.web_fetch.gate = asyncio.Semaphore(1)
        task = asyncio.ensure_future(world.manager.downloader.fetch("tiny"))
        await ticks()
        world.manager.downloader.network(False)
        world.web_fetch.rules[FIRST] = lambda start, end: CUT
        world.web_fetch.gate.release()
        await ticks()
        assert (world.status, world.manager.row("tiny").note) == (Status.DOWNLOADING, Text("store.waiting_network"))
        asked = len(world.web_fetch.asked)
        await ticks()
        assert len(world.web_fetch.asked) <= asked + 2, "it waits, it does not try again and again"
        world.web_fetch.rules.clear()
        world.web_fetch.gate = None
        world.manager.downloader.network(True)
        await task
        assert await world.whole()

    play(body)


def test_an_unknown_length_is_asked_for_first() -> None:
    async def body(world: World) -> None:
        assert await world.fetch() is None
        assert world.web_fetch.asked[0] == (FIRST, "bytes=0-0")
        assert world.manager.row("tiny").model.size_bytes == len(tiny())
        await world.manager.delete("tiny")
        world.web_fetch.rules[FIRST] = lambda start, end: (
            MemoryReply(206, tiny()[start : end + 1]) if end else MemoryReply(200, b"", {"content-length": "2326432"})
        )
        assert await world.fetch() is None

    play(body, replace(PLAIN, size_bytes=0))


def test_downloads_wait_in_line() -> None:
    async def body(world: World) -> None:
        world.manager.add([replace(PLAIN, id="other", name="Other")])
        world.web_fetch.gate = asyncio.Semaphore(2)
        one = asyncio.ensure_future(world.manager.downloader.fetch("tiny"))
        other = asyncio.ensure_future(world.manager.downloader.fetch("other"))
        await ticks()
        row = world.manager.row("other")
        assert (row.status, row.note, row.stored_bytes) == (Status.DOWNLOADING, Text("store.waits_in_line"), 0)
        one.cancel()
        world.web_fetch.gate = None
        await other
        assert world.manager.row("other").is_ready
        assert world.status == Status.PAUSED

    play(body)


@pytest.mark.parametrize("size", [CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 7])
def test_sizes_around_the_chunk_are_all_right(size: int) -> None:
    async def body(world: World) -> None:
        data = tiny()[:size]
        world.web_fetch.files = {FIRST: data, SECOND: data}
        await world.fetch()  # a model cut short is not one, but its bytes are all there
        assert world.stored == size
        assert b"".join(world.blobs.chunks["tiny"].values()) == data

    play(body, replace(PLAIN, size_bytes=size))
