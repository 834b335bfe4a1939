"""The faults of a download, in the second of three files: the first stays, and what is mended goes on there."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from app.core.errors import Changed, Corrupt, Interrupted, OutOfSpace
from app.core.values import Model, Source
from app.models.store.rows import Status
from tests.memory import Answer, MemoryReply, ticks
from tests.models.store.test_parts import CHUNK, URLS, Several, model, parts
from tests.words import english

SECOND, ELSEWHERE = URLS[1], "https://else.example/tiny-00002-of-00003.gguf"
FIRST_FILE = 3  # chunks


def play(body: Callable[[Several], Awaitable[None]], model: Model) -> None:
    async def run() -> None:
        await body(Several(model))

    asyncio.run(run())


def two_sources(one: Model) -> Model:
    """The second file has another source."""
    second = replace(one.parts[1], sources=(*one.parts[1].sources, Source(ELSEWHERE)))
    return replace(one, parts=(one.parts[0], second, one.parts[2]))


@pytest.mark.parametrize("answer", [MemoryReply(206, b"cut"), Interrupted(), MemoryReply(503, b"")])
def test_what_passes_is_tried_again(answer: Answer) -> None:
    async def body(world: Several) -> None:
        left = [answer]
        world.web_fetch.rules[SECOND] = lambda start, end: (
            left.pop() if start and left else world.web_fetch.served(SECOND, str(start), str(end))
        )
        assert await world.fetch() is None
        assert world.asked == ["one"] * 3 + ["two"] * 4 + ["six"] * 3
        assert await world.opened()

    play(body, model())


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (MemoryReply(200, b"<html>", {"content-type": "text/html"}), "web page instead of the file"),
        (MemoryReply(200, b"another"), "is 7 bytes"),
        (MemoryReply(206, bytes(CHUNK), {"content-range": "bytes 300000-599999/793248"}), "different part of the file"),
        (MemoryReply(206, bytes(CHUNK), {"content-range": "bytes 0-299999/9999999"}), "is 10 MB"),
        (MemoryReply(401, b""), "status 401"),
        (MemoryReply(404, b""), "no such file"),
        (MemoryReply(416, b""), "shorter|changed"),
    ],
)
def test_what_is_not_the_file_stops_there_and_the_rest_comes_once_it_is_mended(answer: Answer, words: str) -> None:
    async def body(world: Several) -> None:
        world.web_fetch.rules[SECOND] = lambda start, end: answer
        error = await world.fetch()
        assert error is not None
        assert any(one in english(error.message) for one in words.split("|"))
        assert (world.status, world.asked) == (Status.FAILED, ["one"] * 3 + ["two"])
        assert world.stored == len(parts()[0])
        world.web_fetch.rules.clear()
        world.web_fetch.asked.clear()
        assert await world.fetch() is None
        assert world.asked == ["two"] * 3 + ["six"] * 3
        assert await world.opened()

    play(body, model())


def test_another_source_of_one_file_takes_its_place() -> None:
    async def body(world: Several) -> None:
        world.web_fetch.files[ELSEWHERE] = parts()[1]
        world.web_fetch.rules[SECOND] = lambda start, end: MemoryReply(404, b"")
        assert await world.fetch() is None
        assert world.asked == ["one"] * 3 + ["two"] + ["else"] * 3 + ["six"] * 3
        assert (world.status, await world.opened()) == (Status.READY, True)

    play(body, two_sources(model()))


def test_a_source_that_knows_no_parts_sends_its_file_whole() -> None:
    async def body(world: Several) -> None:
        world.web_fetch.rules[SECOND] = lambda start, end: MemoryReply(200, parts()[1])
        assert await world.fetch() is None
        assert world.asked == ["one"] * 3 + ["two"] + ["six"] * 3
        assert await world.opened()

    play(body, model())


def test_a_file_that_changed_at_its_source_is_never_mixed_with_what_is_kept_of_it() -> None:
    async def body(world: Several) -> None:
        world.web_fetch.headers[URLS[0]] = {"etag": "of the first"}
        world.web_fetch.headers[SECOND] = {"etag": "one"}
        world.web_fetch.gate = asyncio.Semaphore(FIRST_FILE + 1)
        task = asyncio.ensure_future(world.manager.downloader.fetch("tiny"))
        await ticks(300)
        task.cancel()
        await asyncio.wait([task])
        world.web_fetch.gate = None
        world.web_fetch.headers[SECOND] = {"etag": "two"}
        assert isinstance(await world.fetch(), Changed)
        assert (world.status, world.stored) == (Status.FAILED, len(parts()[0]) + CHUNK)

    play(body, model(has_hashes=False))


def test_wrong_bytes_are_asked_for_once_more_and_good_ones_stay() -> None:
    async def body(world: Several) -> None:
        wrong = bytes([parts()[1][CHUNK] ^ 1]) + parts()[1][CHUNK + 1 : 2 * CHUNK]
        world.web_fetch.rules[SECOND] = lambda start, end: (
            MemoryReply(206, wrong) if start else world.web_fetch.served(SECOND, str(start), str(end))
        )
        error = await world.fetch()
        assert error is not None
        assert "part 2 of 3 is wrong" in english(error.message)
        assert world.asked == ["one"] * 3 + ["two"] * 3
        assert (world.status, world.stored) == (Status.FAILED, len(parts()[0]) + CHUNK)

    play(body, model(has_chunks=True))


def test_a_full_disk_pauses_in_the_file_that_does_not_fit_and_goes_on_when_there_is_room() -> None:
    async def body(world: Several) -> None:
        world.blobs.room = len(parts()[0]) + CHUNK + 1
        assert isinstance(await world.fetch(), OutOfSpace)
        assert (world.status, world.stored) == (Status.PAUSED, len(parts()[0]) + CHUNK)
        world.blobs.room = 1 << 30
        assert await world.fetch() is None
        assert await world.opened()

    play(body, model())


def test_a_chunk_that_is_lost_when_it_is_needed_comes_from_its_own_file() -> None:
    async def body(world: Several) -> None:
        await world.fetch()
        world.blobs.lost.add(("tiny", FIRST_FILE + 1))
        with pytest.raises(Corrupt):
            await world.manager.opener.open_for_chat(world.manager.row("tiny").model)
        assert world.status == Status.DAMAGED
        world.web_fetch.asked.clear()
        await world.manager.downloader.repair("tiny")
        assert world.web_fetch.asked == [(SECOND, f"bytes={CHUNK}-{2 * CHUNK - 1}")]
        assert await world.opened()

    play(body, model())


@pytest.mark.parametrize("beside", [-1, 0, 1])
def test_sizes_around_the_chunk_are_all_right(beside: int) -> None:
    async def body(world: Several) -> None:
        assert await world.fetch() is None
        assert (world.status, await world.opened()) == (Status.READY, True)

    play(body, replace(model(), chunk_bytes=len(parts()[1]) + beside))


def test_deleting_in_the_middle_leaves_nothing() -> None:
    async def body(world: Several) -> None:
        world.web_fetch.gate = asyncio.Semaphore(FIRST_FILE + 1)
        task = asyncio.ensure_future(world.manager.downloader.fetch("tiny"))
        await ticks(300)
        task.cancel()
        await asyncio.wait([task])
        await world.manager.delete("tiny")
        assert (world.status, await world.blobs.infos()) == (Status.NOT_DOWNLOADED, [])

    play(body, model())
