"""What is stored: read again and mended, lost and noticed, shared between tabs."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from dataclasses import replace

import pytest

from app.core.errors import AppError, Corrupt, Evicted
from app.core.texts import Text
from app.models.store.downloads import Web
from app.models.store.manager import LocalModelManager
from app.models.store.model_store import ModelStore, progress
from app.models.store.rows import Row, Status
from app.models.store.stored import Stored
from tests.memory import MemoryTabs, ticks
from tests.models.store.test_downloads import CHUNK, FIRST, PLAIN, World, checked, play, tiny
from tests.words import english


def test_verifying_reads_every_byte_and_changes_nothing_that_is_right() -> None:
    async def body(world: World) -> None:
        await world.fetch()
        world.hasher.hashed = 0
        stored = await world.manager.verifier.verify("tiny")
        assert world.hasher.hashed == len(tiny())
        assert (world.status, stored.is_verified, stored.bad) == (Status.UNVERIFIED, False, ())

    play(body)


@pytest.mark.parametrize("harm", ["lost", "changed", "missing"])
def test_what_verifying_finds_is_repaired_and_only_that_is_fetched(harm: str) -> None:
    async def body(world: World) -> None:
        await world.fetch()
        if harm == "lost":
            world.blobs.lost = {("tiny", 1), ("tiny", 3)}
        for index in (1, 3):
            if harm == "changed":
                world.blobs.chunks["tiny"][index] = bytes(CHUNK)
            if harm == "missing":
                del world.blobs.chunks["tiny"][index]
        stored = await world.manager.verifier.verify("tiny")
        assert (world.status, stored.bad) == (Status.DAMAGED, (1, 3))
        again = world.manager.row("tiny").problem
        assert isinstance(again, Corrupt)
        assert "2 of 5 parts" in english(again.message)
        world.web_fetch.asked.clear()
        await world.manager.downloader.repair("tiny")
        assert [span for _, span in world.web_fetch.asked] == ["bytes=500000-999999", "bytes=1500000-1999999"]
        assert world.status == Status.READY
        assert await world.whole()

    play(body, checked())


def test_a_source_that_has_other_bytes_now_does_not_repair() -> None:
    async def body(world: World) -> None:
        await world.fetch()
        world.blobs.lost = {("tiny", 1)}
        await world.manager.verifier.verify("tiny")
        world.web_fetch.files[FIRST] = bytes(len(tiny()))
        await world.manager.downloader.repair("tiny")
        assert world.asked[-1] == "two"
        assert await world.whole()

    play(body, checked())


def test_verifying_can_be_stopped() -> None:
    async def body(world: World) -> None:
        await world.fetch()
        task = asyncio.ensure_future(world.manager.verifier.verify("tiny"))
        await ticks(6)
        assert world.status == Status.VERIFYING
        task.cancel()
        await asyncio.wait([task])
        assert world.status == Status.UNVERIFIED

    play(body)


def test_a_chunk_that_cannot_be_read_when_it_is_needed_is_remembered() -> None:
    async def body(world: World) -> None:
        await world.fetch()
        world.blobs.lost = {("tiny", 2)}
        with pytest.raises(Corrupt):
            await world.manager.opener.open_for_chat(world.model)
        assert world.status == Status.DAMAGED
        world.web_fetch.asked.clear()
        await world.manager.downloader.repair("tiny")
        assert len(world.web_fetch.asked) == 1
        assert await world.whole()

    play(body)


def another(world: World, tabs: MemoryTabs) -> LocalModelManager:
    """A second page over the same storage that follows what the first one fetches."""
    tasks: list[asyncio.Task[None]] = []
    web = Web(world.web_fetch, world.web_fetch, world.hasher, world.blobs, world.clock)

    def follow(model_id: str) -> None:
        if not tasks:
            tasks.append(asyncio.ensure_future(manager.downloader.follow(model_id)))

    manager = LocalModelManager(ModelStore(web, tabs, english))
    manager.watch(lambda: None, follow)
    manager.add([world.model])
    return manager


def test_the_browsers_removal_is_noticed_and_said() -> None:
    async def body(world: World) -> None:
        await world.fetch()
        world.blobs.evict("tiny")
        with pytest.raises(Evicted):
            await world.manager.opener.open_for_chat(world.model)
        assert world.status == Status.FAILED
        later = another(world, world.tabs.another())
        await later.refresh()
        row = later.row("tiny")
        assert (row.status, row.stored_bytes) == (Status.FAILED, 0)
        assert isinstance(row.problem, Evicted)
        assert "Tiny" in english(row.problem.message)
        await later.downloader.fetch("tiny")
        assert later.row("tiny").is_ready

    play(body)


def test_another_tab_shows_the_progress_and_the_end() -> None:
    async def body(world: World) -> None:
        other = another(world, world.tabs.another())
        world.web_fetch.gate = asyncio.Semaphore(2)
        task = asyncio.ensure_future(world.manager.downloader.fetch("tiny"))
        await ticks()
        row = other.row("tiny")
        assert (row.status, row.is_elsewhere, row.stored_bytes) == (Status.DOWNLOADING, True, 2 * CHUNK)
        world.web_fetch.gate = None
        task.cancel()
        await asyncio.wait([task])
        await ticks()
        assert (other.row("tiny").status, other.row("tiny").is_elsewhere) == (Status.PAUSED, False)
        assert len(world.web_fetch.asked) == 3, "a pause is a pause in every tab"
        await world.manager.downloader.fetch("tiny")
        await ticks()
        assert other.row("tiny").is_ready

    play(body)


def test_when_the_working_tab_dies_the_other_one_finishes() -> None:
    async def body(world: World) -> None:
        other = another(world, world.tabs.another())
        world.web_fetch.gate = asyncio.Semaphore(2)
        task = asyncio.ensure_future(world.manager.downloader.fetch("tiny"))
        await ticks()
        world.tabs.die()
        world.web_fetch.asked.clear()
        world.web_fetch.gate = None  # the dead page's request waits at the old one for ever
        await ticks(300)
        assert other.row("tiny").is_ready
        assert next(span for _, span in world.web_fetch.asked) == "bytes=1000000-1499999"
        task.cancel()
        await asyncio.wait([task])

    play(body)


def test_a_page_that_opens_meanwhile_joins_in() -> None:
    async def body(world: World) -> None:
        world.web_fetch.gate = asyncio.Semaphore(2)
        task = asyncio.ensure_future(world.manager.downloader.fetch("tiny"))
        await ticks()
        other = another(world, world.tabs.another())
        await other.refresh()
        assert (other.row("tiny").status, other.row("tiny").is_elsewhere) == (Status.DOWNLOADING, True)
        for _ in range(3):
            world.web_fetch.gate.release()
        await task
        await ticks()
        assert other.row("tiny").is_ready

    play(body)


def test_after_a_crash_without_another_tab_it_is_paused() -> None:
    async def body(world: World) -> None:
        world.web_fetch.gate = asyncio.Semaphore(2)
        task = asyncio.ensure_future(world.manager.downloader.fetch("tiny"))
        await ticks()
        world.tabs.die()
        later = another(world, world.tabs.another())
        await later.refresh()
        row = later.row("tiny")
        assert (row.status, row.stored_bytes) == (Status.PAUSED, 2 * CHUNK)
        await ticks()
        assert later.row("tiny").status == Status.PAUSED
        task.cancel()
        await asyncio.wait([task])

    play(body)


@pytest.mark.parametrize(
    "change",
    [
        {"id": "tiny", "chunk_bytes": 1, "model.size_bytes": 10**15},
        {"model.size_bytes": 10**15},
        {"model.id": "other"},
        {"chunk_sha256": 5, "bad": [10**9, 1], "state": "damaged", "model.sources": []},
    ],
)
def test_a_damaged_record_of_a_model_can_be_deleted_and_costs_no_time(change: dict[str, object]) -> None:
    """Fault D1: sizes and parts that no file has; a model under another's name."""

    async def body(world: World) -> None:
        await world.fetch()
        record = json.loads(world.blobs.infos_by_id["tiny"])
        for path, value in change.items():
            *above, last = path.split(".")
            (record[above[0]] if above else record)[last] = value
        world.blobs.infos_by_id["tiny"] = json.dumps(record)
        manager = LocalModelManager(ModelStore(world.web, MemoryTabs(), english, chunk_bytes=CHUNK))
        await manager.refresh()
        assert [(row.model.id, row.status) for row in manager.rows] == [("tiny", "Damaged")]
        for action in (manager.verifier.verify, manager.downloader.repair):
            with suppress(AppError):
                await action("tiny")
        await manager.delete("tiny")
        assert world.blobs.infos_by_id == {}

    play(body)


def test_what_a_row_waits_for_stays_in_its_tab_which_tells_the_others_no_speed() -> None:
    row = Row(PLAIN, Status.DOWNLOADING, 10, 10, rate=5.0)
    waiting = replace(row, note=Text("store.waiting_network"))
    assert progress(row) == {**progress(waiting), "rate": 5.0}
    assert progress(waiting)["rate"] == 0.0


def test_a_record_keeps_the_texts_of_a_model_as_words() -> None:
    model = replace(PLAIN, best_for=Text("store.imported_from_file"))
    kept = Stored(model).as_info(english)["model"]
    assert isinstance(kept, dict)
    assert (kept["best_for"], kept["where"]) == ("Imported from a file", "on this device")
    assert json.loads(json.dumps(kept))["id"] == "tiny"
