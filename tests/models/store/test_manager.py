"""LocalModelManager: from the first byte to deletion, and everything that can go wrong between."""

from __future__ import annotations

import asyncio
import hashlib
import struct
from dataclasses import replace
from functools import cache

import pytest

from app.core.errors import (
    AppError,
    Changed,
    Corrupt,
    Interrupted,
    LoadFailed,
    ModelMissing,
    NotSupported,
    OutOfSpace,
    Refused,
)
from app.core.values import Model, Source
from app.models.store.downloads import Web
from app.models.store.manager import LocalModelManager
from app.models.store.model_store import ModelStore
from app.models.store.rows import Status
from app.models.store.stored import HEADER_VERSION, Stored
from tests.environment import ROOT
from tests.memory import FakeClock, MemoryBlobs, MemoryHasher, MemoryReply, MemoryTabs, ScriptedFetch, ticks
from tests.models.formats.test_kinds import BERT, CHAT, LAYERS, gguf
from tests.models.store.test_downloads import bundle
from tests.ollama.gguf import make_gguf
from tests.words import english, raises

CHUNK = 500_000
URL = "static/tiny.gguf"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40


@cache
def tiny() -> bytes:
    return (ROOT / "tests" / "fixtures" / "models" / "tiny-gemma3-f16.gguf").read_bytes()


def bundled(data: bytes | None = None) -> Model:
    data = tiny() if data is None else data
    hashes = tuple(hashlib.sha256(data[at : at + CHUNK]).hexdigest() for at in range(0, len(data), CHUNK))
    return Model(
        id="tiny",
        name="Tiny",
        format="gguf",
        size_bytes=len(data),
        sources=(Source(URL),),
        chunk_bytes=CHUNK,
        chunk_sha256=hashes,
        is_bundled=True,
    )


class World:
    """A manager with its storage, network and clock; `again()` is the page after a reload."""

    def __init__(self, model: Model | None = None, data: bytes | None = None) -> None:
        self.model = model or bundled()
        self.blobs = MemoryBlobs()
        self.fetch = ScriptedFetch({URL: tiny() if data is None else data})
        self.hasher, self.clock = MemoryHasher(), FakeClock(step=0.01)
        self.statuses: list[tuple[Status, int]] = []
        self.manager = self.again()

    def again(self) -> LocalModelManager:
        self.tabs = MemoryTabs()
        self.web = Web(self.fetch, self.fetch, self.hasher, self.blobs, self.clock, jitter=lambda: 1.0)
        self.manager = LocalModelManager(ModelStore(self.web, self.tabs, english))
        self.manager.watch(self.note)
        self.manager.add([self.model])
        return self.manager

    def note(self) -> None:
        rows = [row for row in self.manager.rows if row.model.id == self.model.id] if hasattr(self, "manager") else []
        self.statuses += [(row.status, row.stored_bytes) for row in rows]

    @property
    def status(self) -> Status:
        return self.manager.row(self.model.id).status

    async def start(self, chunks: int) -> asyncio.Task[None]:
        """Start a fetch that has stored so many chunks and waits for the next."""
        self.fetch.gate = asyncio.Semaphore(chunks)
        task = asyncio.ensure_future(self.manager.downloader.fetch("tiny"))
        await ticks()
        assert self.manager.row("tiny").stored_bytes == chunks * CHUNK
        return task

    async def stop(self, task: asyncio.Task[None]) -> None:
        task.cancel()
        await asyncio.wait([task])
        self.fetch.gate = None


def test_fetching_stores_every_byte_and_says_how_far_it_is() -> None:
    async def body() -> None:
        world = World()
        await world.manager.downloader.fetch("tiny")
        row = world.manager.row("tiny")
        assert (row.status, row.stored_bytes, row.model.format) == (Status.READY, len(tiny()), "gguf")
        assert await world.manager.opener.open_for_chat(row.model) == (tiny(),)
        downloading = [stored for status, stored in world.statuses if status == Status.DOWNLOADING]
        assert downloading == sorted(downloading)
        assert len(set(downloading)) == 6
        assert [span for _, span in world.fetch.asked][:2] == ["bytes=0-499999", "bytes=500000-999999"]

    asyncio.run(body())


def test_rate_and_time_left_come_from_the_last_chunks() -> None:
    async def body() -> None:
        world = World()
        task = await world.start(2)
        row = world.manager.row("tiny")
        assert row.rate > 0
        assert row.seconds_left == pytest.approx((len(tiny()) - 2 * CHUNK) / row.rate)
        await world.stop(task)

    asyncio.run(body())


def test_a_stopped_fetch_goes_on_where_it_was() -> None:
    async def body() -> None:
        world = World()
        await world.stop(await world.start(2))
        assert (world.status, world.manager.row("tiny").stored_bytes) == (Status.PAUSED, 2 * CHUNK)
        world.fetch.asked.clear()
        await world.manager.downloader.fetch("tiny")
        assert world.status == Status.READY
        assert world.fetch.asked[0][1] == "bytes=1000000-1499999"

    asyncio.run(body())


def test_a_fetch_goes_on_after_a_reload() -> None:
    async def body() -> None:
        world = World()
        await world.stop(await world.start(3))
        await world.again().refresh()
        assert (world.status, world.manager.row("tiny").stored_bytes) == (Status.PAUSED, 3 * CHUNK)
        world.fetch.asked.clear()
        await world.manager.downloader.fetch("tiny")
        assert world.status == Status.READY
        assert len(world.fetch.asked) == 2

    asyncio.run(body())


def test_a_fetch_that_is_stopped_anywhere_still_ends_with_the_right_bytes() -> None:
    """Also between a write and its answer: then storage holds a chunk that the manager never heard of."""

    async def body(steps: int) -> None:
        world = World()
        task = asyncio.ensure_future(world.manager.downloader.fetch("tiny"))
        await ticks(steps)
        task.cancel()
        await asyncio.wait([task])
        await world.manager.downloader.fetch("tiny")
        assert world.status == Status.READY
        assert await world.manager.opener.open_for_chat(world.model) == (tiny(),)

    for steps in range(40):
        asyncio.run(body(steps))


def test_two_fetches_of_one_model_are_one() -> None:
    async def body() -> None:
        world = World()
        await asyncio.gather(world.manager.downloader.fetch("tiny"), world.manager.downloader.fetch("tiny"))
        assert world.status == Status.READY
        assert len(world.fetch.asked) == 5

    asyncio.run(body())


def test_the_second_fetch_goes_on_when_the_first_is_stopped() -> None:
    async def body() -> None:
        world = World()
        first = await world.start(1)
        second = asyncio.ensure_future(world.manager.downloader.fetch("tiny"))
        await ticks(1)
        await world.stop(first)
        await second
        assert await world.manager.opener.open_for_chat(world.model) == (tiny(),)

    asyncio.run(body())


def test_a_broken_connection_keeps_what_has_arrived() -> None:
    async def body() -> None:
        world = World()
        data = tiny()
        world.fetch.events = [MemoryReply(206, data[:CHUNK]), *[Interrupted() for _ in range(8)]]
        began = world.clock.time
        with pytest.raises(Interrupted):
            await world.manager.downloader.fetch("tiny")
        assert world.clock.time - began > 60  # it did not give up easily
        row = world.manager.row("tiny")
        assert (row.status, row.stored_bytes) == (Status.FAILED, CHUNK)
        assert isinstance(row.problem, Interrupted)
        world.fetch.asked.clear()
        await world.manager.downloader.fetch("tiny")
        assert world.fetch.asked[0][1] == "bytes=500000-999999"
        assert (world.status, world.manager.row("tiny").problem) == (Status.READY, None)

    asyncio.run(body())


def test_a_server_that_ignores_range_sends_all_and_nothing_is_doubled() -> None:
    async def body() -> None:
        world = World()
        await world.stop(await world.start(2))
        world.fetch.events = [MemoryReply(200, tiny())]
        await world.manager.downloader.fetch("tiny")
        assert await world.manager.opener.open_for_chat(world.model) == (tiny(),)

    asyncio.run(body())


def test_a_file_behind_the_wrong_name_is_damaged_and_can_be_fetched_anew() -> None:
    async def body() -> None:
        world = World(replace(bundled(), sha256="0" * 64, chunk_sha256=()))
        with raises(Corrupt, "not the publisher's"):
            await world.manager.downloader.fetch("tiny")
        row = world.manager.row("tiny")
        assert (row.status, row.stored_bytes) == (Status.DAMAGED, len(tiny()))
        await world.again().refresh()
        assert world.status == Status.DAMAGED
        world.fetch.asked.clear()
        with pytest.raises(Corrupt):
            await world.manager.downloader.fetch("tiny", anew=True)
        assert len(world.fetch.asked) == 5

    asyncio.run(body())


def test_a_published_copy_without_its_model_says_so() -> None:
    async def body() -> None:
        world = World()
        world.fetch.files.clear()
        with raises(Refused, "doesn't include its model"):
            await world.manager.downloader.fetch("tiny")

    asyncio.run(body())


def test_a_complete_file_that_is_no_model_is_told_and_kept_until_the_person_decides() -> None:
    async def body() -> None:
        world = World(bundled(PNG), PNG)
        with pytest.raises(LoadFailed):
            await world.manager.downloader.fetch("tiny")
        assert (world.status, world.manager.row("tiny").stored_bytes) == (Status.DAMAGED, len(PNG))
        await world.again().refresh()
        assert world.status == Status.DAMAGED
        await world.manager.delete("tiny")
        assert await world.blobs.infos() == []

    asyncio.run(body())


def test_a_full_disk_keeps_what_has_arrived() -> None:
    async def body() -> None:
        world = World()
        world.blobs.room = 2 * CHUNK
        with pytest.raises(OutOfSpace):
            await world.manager.downloader.fetch("tiny")
        assert (world.status, world.manager.row("tiny").stored_bytes) == (Status.PAUSED, 2 * CHUNK)
        assert isinstance(world.manager.row("tiny").problem, OutOfSpace)
        world.blobs.room = 1 << 40
        await world.manager.downloader.fetch("tiny")
        assert await world.manager.opener.open_for_chat(world.model) == (tiny(),)

    asyncio.run(body())


def test_without_hashes_a_model_is_ready_but_unverified() -> None:
    async def body() -> None:
        world = World(replace(bundled(), chunk_sha256=()))
        await world.manager.downloader.fetch("tiny")
        assert world.status == Status.UNVERIFIED
        await world.again().refresh()
        assert world.status == Status.UNVERIFIED

    asyncio.run(body())


def test_a_model_without_an_address_cannot_be_fetched() -> None:
    async def body() -> None:
        world = World(replace(bundled(), sources=()))
        with pytest.raises(ModelMissing):
            await world.manager.downloader.fetch("tiny")
        assert world.status == Status.NOT_DOWNLOADED

    asyncio.run(body())


def test_an_import_becomes_a_model_of_its_own() -> None:
    async def body() -> None:
        world = World(replace(bundled(), id="other", size_bytes=7, chunk_sha256=()))
        model_id = await world.manager.importer.copy(bundle("my.tiny.gguf", tiny()))
        row = world.manager.row(model_id)
        assert (row.model.name, row.model.is_imported, row.status) == ("my.tiny", True, Status.UNVERIFIED)
        assert row.model.context_length > 0
        assert await world.manager.opener.open_for_chat(row.model) == (tiny(),)
        assert await world.manager.importer.copy(bundle("same file, other name.gguf", tiny())) == model_id
        await world.again().refresh()
        assert world.manager.row(model_id).is_ready
        await world.manager.delete(model_id)
        assert [item.model.id for item in world.manager.rows] == ["other"]
        assert await world.blobs.infos() == []

    asyncio.run(body())


def test_the_file_of_a_catalogue_row_fills_that_row() -> None:
    async def body() -> None:
        world = World()
        assert await world.manager.importer.copy(bundle("whatever.gguf", tiny())) == "tiny"
        assert world.status == Status.READY
        assert world.fetch.asked == []

    asyncio.run(body())


@pytest.mark.parametrize("data", [b"", PNG, b"GGUF", tiny()[:100_000], tiny()[:4096] + bytes(1 << 20)])
def test_a_bad_file_leaves_nothing(data: bytes) -> None:
    async def body() -> None:
        world = World()
        with pytest.raises(AppError):
            await world.manager.importer.copy(bundle("bad.gguf", data))
        assert await world.blobs.infos() == []
        assert [(row.model.id, row.status) for row in world.manager.rows] == [("tiny", "Not downloaded")]

    asyncio.run(body())


def test_a_failed_import_leaves_nothing_and_keeps_the_catalogue_row() -> None:
    async def body() -> None:
        world = World()
        wrong = tiny()[: 3 * CHUNK] + b"\x01" + tiny()[3 * CHUNK + 1 :]
        with pytest.raises(Corrupt):
            await world.manager.importer.copy(bundle("tiny.gguf", wrong))
        assert world.status == Status.NOT_DOWNLOADED
        world.blobs.room = CHUNK
        with pytest.raises(OutOfSpace):
            await world.manager.importer.copy(bundle("tiny.gguf", tiny()))
        assert world.status == Status.NOT_DOWNLOADED
        assert await world.blobs.infos() == []

    asyncio.run(body())


def test_a_stopped_import_leaves_nothing() -> None:
    async def body(steps: int) -> None:
        world = World(replace(bundled(), id="other", size_bytes=7, chunk_sha256=()))
        task = asyncio.ensure_future(world.manager.importer.copy(bundle("mine.gguf", tiny())))
        await ticks(steps)
        task.cancel()
        await asyncio.wait([task])
        assert await world.blobs.infos() == []
        assert [row.model.id for row in world.manager.rows] == ["other"]

    for steps in range(12):
        asyncio.run(body(steps))


def test_a_file_that_is_imported_twice_at_once_is_copied_once() -> None:
    async def body() -> None:
        world = World(replace(bundled(), id="other", size_bytes=7, chunk_sha256=()))
        copies = [asyncio.ensure_future(world.manager.importer.copy(bundle("mine.gguf", tiny()))) for _ in range(2)]
        model_id = await copies[0]
        await ticks(3)
        copies[1].cancel()
        await asyncio.wait(copies)
        assert world.manager.row(model_id).is_ready

    asyncio.run(body())


def test_an_import_that_was_cut_off_by_a_closed_tab_is_cleared_away() -> None:
    async def body() -> None:
        world = World(replace(bundled(), id="other", size_bytes=7, chunk_sha256=()))
        task = asyncio.ensure_future(world.manager.importer.copy(bundle("mine.gguf", tiny())))
        await ticks(8)
        assert len(world.blobs.chunks) == 1
        world.tabs.die()
        await world.again().refresh()
        assert [row.model.id for row in world.manager.rows] == ["other"]
        assert await world.blobs.infos() == []
        task.cancel()
        await asyncio.wait([task])

    asyncio.run(body())


def test_half_a_file_that_the_catalogue_has_replaced_is_not_mixed_with_the_new_one() -> None:
    async def body() -> None:
        world = World()
        await world.stop(await world.start(2))
        world.model = replace(world.model, chunk_sha256=("0" * 64,) * 5)
        await world.again().refresh()
        assert (world.status, world.manager.row("tiny").stored_bytes) == (Status.FAILED, 2 * CHUNK)
        assert isinstance(world.manager.row("tiny").problem, Changed)
        with pytest.raises(Changed):
            await world.manager.downloader.fetch("tiny")
        world.model = replace(bundled(), chunk_sha256=(), sha256=hashlib.sha256(tiny()).hexdigest())
        world.again()
        await world.manager.downloader.fetch("tiny", anew=True)
        assert world.status == Status.READY

    asyncio.run(body())


def test_what_no_catalogue_names_any_more_can_still_be_used_and_deleted() -> None:
    async def body() -> None:
        world = World()
        await world.manager.downloader.fetch("tiny")
        world.model = Model(id="new", name="New")
        await world.again().refresh()
        assert world.manager.row("tiny").is_ready
        await world.manager.delete("tiny")
        assert await world.blobs.infos() == []

    asyncio.run(body())


def test_lost_chunks_are_noticed() -> None:
    async def body() -> None:
        world = World()
        await world.manager.downloader.fetch("tiny")
        world.blobs.chunks["tiny"].pop(4)
        with pytest.raises(Corrupt):
            await world.manager.opener.open_for_chat(world.model)
        assert world.status == Status.DAMAGED
        await world.again().refresh()
        assert world.status == Status.DAMAGED
        await world.manager.downloader.fetch("tiny")
        assert await world.manager.opener.open_for_chat(world.model) == (tiny(),)

    asyncio.run(body())


def test_a_model_that_is_not_here_cannot_be_opened() -> None:
    async def body() -> None:
        world = World()
        with raises(ModelMissing, "Tiny is not on this device"):
            await world.manager.opener.open_for_chat(world.model)
        with pytest.raises(ModelMissing):
            world.manager.row("unknown")

    asyncio.run(body())


def test_a_picked_catalogue_does_not_change_a_known_model() -> None:
    """Fault D8: the id of a built-in model without a hash, with a hash and an address of its own."""

    async def body() -> None:
        world = World(replace(bundled(), chunk_sha256=(), chunk_bytes=0))
        known = world.manager.row("tiny").model
        evil = Source("https://evil.example/x.gguf")
        digest = hashlib.sha256(tiny()).hexdigest()
        picked = replace(known, name="Evil", sources=(evil,), sha256=digest, license="MIT")
        model_id = await world.manager.importer.copy(bundle("mine.gguf", tiny()), [picked])
        row = world.manager.row(model_id)
        assert (row.status, row.model.name, row.model.sources, row.model.license) == (Status.READY, "mine", (), "")
        assert world.manager.row("tiny").model == known
        assert world.status == Status.NOT_DOWNLOADED
        await world.again().refresh()
        assert world.manager.row("tiny").model == known

    asyncio.run(body())


def test_a_picked_catalogue_brings_chunk_hashes_to_a_model_whose_hash_is_known() -> None:
    async def body() -> None:
        digest = hashlib.sha256(tiny()).hexdigest()
        world = World(replace(bundled(), chunk_sha256=(), chunk_bytes=0, sha256=digest))
        picked = replace(bundled(), name="Evil", sources=(), sha256=digest)
        assert await world.manager.importer.copy(bundle("mine.gguf", tiny()), [picked]) == "tiny"
        row = world.manager.row("tiny")
        assert (row.status, row.model.name, row.model.sources) == (Status.READY, "Tiny", world.model.sources)
        assert row.model.chunk_sha256 == bundled().chunk_sha256

    asyncio.run(body())


def test_many_rows_come_and_go_with_one_change_each() -> None:
    """Fault D6: a whole list was drawn again for every row that went."""

    async def body() -> None:
        world = World()
        many = [replace(bundled(), id=f"m-{number}", is_bundled=False) for number in range(500)]
        changes = 0

        def count() -> None:
            nonlocal changes
            changes += 1

        manager = LocalModelManager(ModelStore(world.web, MemoryTabs(), english))
        manager.watch(count)
        manager.add([world.model])
        manager.learn(many)
        manager.unlearn([model.id for model in many])
        manager.unlearn(["never-there"])
        assert changes == 3
        assert [row.model.id for row in manager.rows] == ["tiny"]

    asyncio.run(body())


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (make_gguf({"general.architecture": "clip"}, 500_000, ("v.blk.0.ln1.weight",), b"\1"), "sees or hears"),
        (make_gguf({**CHAT, "split.count": 2, "split.no": 0}, 500_000, fill=b"\1"), "part 1 of 2"),
        (make_gguf({"general.architecture": "next-year"}, 500_000, fill=b"\1"), "can't run in the browser"),
        (make_gguf({**CHAT, "general.alignment": 0}, 500_000, fill=b"\1"), "header is damaged"),
    ],
)
def test_a_download_of_what_cannot_chat_ends_with_its_header(data: bytes, words: str) -> None:
    """Fault E2: the catalogue says nothing of it, and the rest of the file is not fetched."""

    async def body() -> None:
        world = World(Model("tiny", "Tiny", size_bytes=len(data), sources=(Source(URL),), chunk_bytes=CHUNK), data)
        with raises(LoadFailed, words):
            await world.manager.downloader.fetch("tiny")
        row = world.manager.row("tiny")
        assert (row.status, row.stored_bytes) == (Status.FAILED, CHUNK)
        assert row.problem is not None
        assert words in english(row.problem.message)
        assert len(world.fetch.asked) == 1

    asyncio.run(body())


def test_a_downloaded_embedding_model_is_one_whatever_its_catalogue_says() -> None:
    """Fault E2, after a reload too; a catalogue may say more than the file, never less."""

    async def body() -> None:
        data = gguf(BERT)
        world = World(Model("tiny", "Tiny", size_bytes=len(data), sources=(Source(URL),)), data)
        await world.manager.downloader.fetch("tiny")
        judge = gguf(BERT, (*LAYERS, "cls.weight"))
        judges = World(Model("tiny", "Tiny", size_bytes=len(judge), sources=(Source(URL),)), judge)
        await judges.manager.downloader.fetch("tiny")
        for manager in (judges.manager, judges.again()):
            await manager.refresh()
            manager.learn([replace(judges.model, best_for="Words")])
            assert (manager.row("tiny").is_ready, manager.row("tiny").model.kind) == (True, "rerank")
        for manager in (world.manager, world.again()):
            await manager.refresh()
            assert (manager.row("tiny").status, manager.row("tiny").model.kind) == (Status.UNVERIFIED, "embedding")
            manager.learn([replace(world.model, best_for="Words")])
            assert (manager.row("tiny").model.kind, manager.row("tiny").model.best_for) == ("embedding", "Words")
        code = World(Model("tiny", "Tiny", kind="code", sources=(Source(URL),)), tiny())
        await code.manager.downloader.fetch("tiny")
        assert code.manager.row("tiny").model.kind == "code"

    asyncio.run(body())


def test_a_header_longer_than_a_chunk_is_read_when_it_is_here() -> None:
    async def body() -> None:
        words = struct.pack("<IIQ", 9, 8, 100_000) + (struct.pack("<Q", 4) + b"word") * 100_000
        data = make_gguf({"tokenizer.ggml.tokens": words, "general.type": "imatrix"}, 900_000, fill=b"\1")
        world = World(Model("tiny", "Tiny", size_bytes=len(data), sources=(Source(URL),), chunk_bytes=CHUNK), data)
        with raises(LoadFailed, "importance matrix"):
            await world.manager.downloader.fetch("tiny")
        assert len(world.fetch.asked) == 4
        assert world.manager.row("tiny").stored_bytes == 4 * CHUNK

    asyncio.run(body())


async def stored_by_an_older_app(data: bytes) -> World:
    """The record has no word of what the file is for, and says that it chats."""
    world = World(Model("tiny", "Tiny", size_bytes=len(data), sources=(Source(URL),)), data)
    await world.blobs.begin("tiny", Stored(world.model).as_info(english))
    info = Stored(replace(world.model, format="gguf"), state="ready").as_info(english)
    del info["header_version"]
    await world.blobs.put("tiny", 0, data, info)
    await world.again().refresh()
    assert (world.status, world.manager.row("tiny").model.kind) == (Status.UNVERIFIED, "chat")
    return world


def test_a_model_stored_by_an_older_version_opens_as_before() -> None:
    async def body() -> None:
        world = await stored_by_an_older_app(tiny())
        assert await world.manager.opener.open_for_chat(world.manager.row("tiny").model) == (tiny(),)
        await world.again().refresh()
        assert world.manager.stored("tiny").header_version == HEADER_VERSION  # type: ignore[union-attr]
        assert world.status == Status.UNVERIFIED

    asyncio.run(body())


def test_an_embedding_model_stored_by_an_older_version_is_found_when_it_is_asked() -> None:
    """Fault E2, for what is there already: never "damaged, delete it"."""

    async def body() -> None:
        world = await stored_by_an_older_app(gguf(BERT))
        with raises(NotSupported, "embedding model"):
            await world.manager.opener.open_for_chat(world.manager.row("tiny").model)
        await world.again().refresh()
        assert (world.status, world.manager.row("tiny").model.kind) == (Status.UNVERIFIED, "embedding")
        assert await world.manager.opener.open_for_chat(world.manager.row("tiny").model) == (gguf(BERT),)
        judge = await stored_by_an_older_app(gguf(BERT, (*LAYERS, "cls.weight")))
        with raises(NotSupported, "reranking model"):
            await judge.manager.opener.open_for_chat(judge.manager.row("tiny").model)

    asyncio.run(body())


def test_a_projector_stored_by_an_older_version_is_told_and_stays() -> None:
    async def body() -> None:
        world = await stored_by_an_older_app(gguf({"general.architecture": "clip"}, ("v.blk.0.ln1.weight",)))
        for _ in range(2):
            with raises(LoadFailed, "sees or hears"):
                await world.manager.opener.open_for_chat(world.manager.row("tiny").model)
        assert world.status == Status.UNVERIFIED

    asyncio.run(body())
