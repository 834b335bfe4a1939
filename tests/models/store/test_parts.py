"""A model in several files: each is fetched, checked, mended and kept by itself; all together are one model."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import replace
from functools import cache, partial

import pytest

from app.core.actions import PickedFile
from app.core.errors import Corrupt
from app.core.shapes import Damaged
from app.core.values import Model, ModelFile, Source
from app.models.store.catalog import read_catalog
from app.models.store.listing import Offer, merged
from app.models.store.rows import Status
from app.models.store.stored import Stored, as_stored, file_names, same_file
from tests.gguf_parts import names_of, split
from tests.memory import ticks
from tests.models.store.test_downloads import PLAIN, World, tiny
from tests.words import english

CHUNK = 300_000
NAMES = names_of("tiny", 3)
URLS = [f"https://{host}.example/{name}" for host, name in zip(("one", "two", "six"), NAMES, strict=True)]


@cache
def parts() -> list[bytes]:
    return split(tiny(), 3)


def hashes(data: bytes) -> tuple[str, ...]:
    return tuple(hashlib.sha256(data[at : at + CHUNK]).hexdigest() for at in range(0, len(data), CHUNK))


def digests() -> tuple[str, ...]:
    return tuple(hashlib.sha256(part).hexdigest() for part in parts())


def model(*, has_hashes: bool = True, has_chunks: bool = False) -> Model:
    files = tuple(
        ModelFile(
            (Source(url),),
            len(part),
            hashlib.sha256(part).hexdigest() if has_hashes else "",
            hashes(part) if has_chunks else (),
        )
        for url, part in zip(URLS, parts(), strict=True)
    )
    size = sum(map(len, parts()))
    return replace(PLAIN, size_bytes=size, sources=(), chunk_bytes=CHUNK, format=None, parts=files)


class Several(World):
    """A World whose model is in three files."""

    def __init__(self, model: Model) -> None:
        super().__init__(model)
        self.web_fetch.files.update(zip(URLS, parts(), strict=True))

    async def opened(self) -> bool:
        handles = await self.manager.opener.open_for_chat(self.manager.row("tiny").model)
        return handles == tuple(parts())


def test_chunks_are_numbered_through_all_files_and_each_begins_a_new_one() -> None:
    stored = Stored(model(), CHUNK)
    sizes = stored.model.sizes
    assert (stored.firsts, stored.chunk_count) == ((0, 3, 6, 9), 9)
    assert [stored.file_of(index) for index in range(9)] == [0, 0, 0, 1, 1, 1, 2, 2, 2]
    assert stored.span(3) == (sizes[0], sizes[0] + CHUNK)
    assert stored.span(8) == (sizes[0] + sizes[1] + 2 * CHUNK, sum(sizes))
    one = stored.only(1)
    assert (one.chunk_count, one.span(2)) == (3, (2 * CHUNK, sizes[1]))


def test_a_record_of_several_files_reads_back_and_one_of_an_earlier_version_is_a_list_of_one() -> None:
    stored = Stored(model(has_chunks=True), CHUNK, chunk_sha256=("a", "b"), file_sha256=("c",))
    assert Stored.from_info(stored.as_info(english)) == stored
    earlier = {
        "id": "tiny",
        "model": {"id": "tiny", "name": "Tiny", "size_bytes": 7, "sources": [{"url": URLS[0]}], "sha256": "e" * 64},
        "state": "ready",
        "sha256": "e" * 64,
    }
    read = Stored.from_info(earlier)
    assert (read.file_sha256, read.chunk_count) == (("e" * 64,), 1)
    assert read.model.files == (ModelFile((Source(URLS[0]),), 7, "e" * 64),)


@pytest.mark.parametrize("harm", [None, 5, [{"size_bytes": "x"}], [{"size_bytes": 0}]])
def test_a_record_whose_list_of_files_cannot_be_read_is_damaged(harm: object) -> None:
    info = Stored(model(), CHUNK).as_info(english)
    kept = info["model"]
    assert isinstance(kept, dict)
    info["model"] = {**kept, "parts": harm}
    if harm is None:
        assert not Stored.from_info(info).model.parts
        return
    with pytest.raises(Damaged):
        Stored.from_info(info)


def test_the_same_model_has_the_same_files() -> None:
    one = model()
    assert same_file(one, one)
    assert not same_file(one, replace(one, parts=one.parts[:2]))
    assert not same_file(one, replace(one, parts=(*one.parts[:2], replace(one.parts[2], sha256="0" * 64))))


def test_what_a_file_itself_can_do_is_not_lost_by_a_row_that_does_not_say_it() -> None:
    known = replace(model(), capabilities=("thinking",))
    stored = replace(model(), capabilities=("tools", "vision"))
    assert as_stored(known, stored).capabilities == ("thinking", "vision")
    assert as_stored(model(), stored).capabilities == ("tools", "vision")


def test_files_without_an_address_get_names_that_belong_together() -> None:
    files = (*[ModelFile(size_bytes=1)] * 2, ModelFile(size_bytes=1, role="projector"))
    named = replace(PLAIN, name="Big: 3B", sources=(), format="gguf", parts=files)
    assert file_names(named) == (*names_of("Big- 3B", 2), "mmproj-Big- 3B.gguf")
    assert file_names(model()) == tuple(NAMES)


def test_all_files_come_one_after_the_other_and_open_as_a_list() -> None:
    async def body() -> None:
        world = Several(model())
        assert await world.fetch() is None
        assert world.asked == ["one"] * 3 + ["two"] * 3 + ["six"] * 3
        row = world.manager.row("tiny")
        assert (row.status, row.file_sha256, row.model.format) == (Status.READY, digests(), "gguf")
        assert await world.opened()

    asyncio.run(body())


@pytest.mark.parametrize("kept", range(1, 9))
def test_a_cut_in_any_file_goes_on_there(kept: int) -> None:
    async def body() -> None:
        world = Several(model())
        world.web_fetch.gate = asyncio.Semaphore(kept)
        task = asyncio.ensure_future(world.manager.downloader.fetch("tiny"))
        await ticks(300)
        task.cancel()
        await asyncio.wait([task])
        assert world.status == Status.PAUSED
        world.web_fetch.gate = None
        world.web_fetch.asked.clear()
        assert await world.fetch() is None
        assert len(world.asked) == 9 - kept
        assert (world.status, await world.opened()) == (Status.READY, True)

    asyncio.run(body())


def test_a_file_that_is_not_the_publishers_stops_there_and_it_alone_comes_again() -> None:
    async def body() -> None:
        world = Several(model())
        world.web_fetch.files[URLS[1]] = bytes(len(parts()[1]))
        error = await world.fetch()
        assert isinstance(error, Corrupt)
        assert NAMES[1] in english(error.message)
        assert (world.status, world.asked) == (Status.FAILED, ["one"] * 3 + ["two"] * 3)
        world.web_fetch.files[URLS[1]] = parts()[1]
        world.web_fetch.asked.clear()
        assert await world.fetch() is None
        assert world.asked == ["two"] * 3 + ["six"] * 3
        assert (world.status, await world.opened()) == (Status.READY, True)

    asyncio.run(body())


@pytest.mark.parametrize("has_chunks", [False, True])
def test_what_verifying_finds_is_fetched_from_the_file_it_belongs_to(has_chunks: bool) -> None:
    async def body() -> None:
        world = Several(model(has_hashes=not has_chunks, has_chunks=has_chunks))
        await world.fetch()
        world.blobs.chunks["tiny"][4] = bytes(CHUNK)
        world.blobs.lost.add(("tiny", 8))
        stored = await world.manager.verifier.verify("tiny")
        assert (world.status, stored.bad) == (Status.DAMAGED, (4, 8))
        world.web_fetch.asked.clear()
        await world.manager.downloader.repair("tiny")
        beyond = len(parts()[2])  # one byte more than there is: a longer file gives itself away
        assert world.web_fetch.asked == [
            (URLS[1], f"bytes={CHUNK}-{2 * CHUNK - 1}"),
            (URLS[2], f"bytes={2 * CHUNK}-{beyond}"),
        ]
        assert (await world.manager.verifier.verify("tiny")).is_verified
        assert await world.opened()

    asyncio.run(body())


def test_without_published_hashes_it_is_ready_and_unverified() -> None:
    async def body() -> None:
        world = Several(model(has_hashes=False))
        assert await world.fetch() is None
        assert (world.status, world.manager.row("tiny").file_sha256) == (Status.UNVERIFIED, digests())

    asyncio.run(body())


def test_parts_in_another_order_are_no_model() -> None:
    async def body() -> None:
        one = model(has_hashes=False)
        world = Several(replace(one, parts=(one.parts[0], one.parts[2], one.parts[1])))
        error = await world.fetch()
        assert error is not None
        assert "not the parts of one model" in english(error.message)

    asyncio.run(body())


def test_it_is_saved_as_its_parts_and_verified_on_the_machine_that_imports_them() -> None:
    async def body() -> None:
        world = Several(model())
        await world.fetch()
        made = await world.manager.exporter.export("tiny")
        assert made.files == tuple(zip(parts(), NAMES, strict=True))
        assert made.hashes_name == "tiny.gguf.toml"
        described = read_catalog(made.hashes).models
        assert [file.sha256 for file in described[0].files] == list(digests())
        elsewhere = World(replace(PLAIN, id="other", size_bytes=7))
        importer = elsewhere.manager.importer
        [found] = await importer.sorted([PickedFile(name, data) for data, name in reversed(made.files)])
        assert await importer.copy(found, described) == "tiny"
        row = elsewhere.manager.row("tiny")
        assert (row.status, row.file_sha256) == (Status.READY, digests())
        assert await elsewhere.manager.opener.open_for_chat(row.model) == tuple(parts())
        await elsewhere.manager.delete("tiny")
        assert await elsewhere.blobs.infos() == []

    asyncio.run(body())


def test_one_wrong_byte_in_one_part_is_noticed_and_nothing_of_it_stays() -> None:
    async def body() -> None:
        world = World(replace(model(), sha256=""))
        wrong = [*parts()[:2], parts()[2][:-1] + bytes([parts()[2][-1] ^ 1])]
        [found] = await world.manager.importer.sorted(list(map(PickedFile, NAMES, wrong)))
        with pytest.raises(Corrupt):
            await world.manager.importer.copy(found)
        assert await world.blobs.infos() == []
        assert world.status == Status.NOT_DOWNLOADED

    asyncio.run(body())


def test_linked_parts_stay_where_they_lie_and_are_verified_there() -> None:
    async def body() -> None:
        world = World(replace(PLAIN, id="other", size_bytes=7))
        files = [PickedFile(name, part, partial(bytes, part)) for name, part in zip(NAMES, parts(), strict=True)]
        [found] = await world.manager.importer.sorted(files)
        model_id = await world.manager.importer.link(found)
        row = world.manager.row(model_id)
        assert (row.is_linked, row.stored_bytes, row.model.sizes) == (True, 0, model().sizes)
        assert await world.manager.opener.open_for_chat(row.model) == tuple(parts())
        stored = await world.manager.verifier.verify(model_id)
        assert stored.file_sha256 == digests()

    asyncio.run(body())


def test_a_catalogue_that_was_added_gives_further_sources_file_by_file_where_the_hashes_are_the_same() -> None:
    other = tuple(
        replace(file, sources=(Source(f"https://more.example/{number}"),)) for number, file in enumerate(model().parts)
    )
    offer = Offer("more.example", (replace(model(), parts=other),), is_kept=True)
    [one] = merged([model()], [offer])
    assert [[source.url for source in file.sources] for file in one.files] == [
        [url, f"https://more.example/{number}"] for number, url in enumerate(URLS)
    ]
    changed = replace(model(), parts=(*other[:2], replace(other[2], sha256="0" * 64)))
    assert len(merged([model()], [Offer("more.example", (changed,), is_kept=True)])) == 2


def test_two_models_that_are_picked_together_stay_two() -> None:
    async def body() -> None:
        world = World(replace(PLAIN, id="other", size_bytes=7))
        names = [*NAMES, *names_of("else", 3), "tiny.gguf"]
        files = list(map(PickedFile, names, [*parts(), *parts(), tiny()]))
        found = await world.manager.importer.sorted(files)
        assert sorted((one.name, len(one.files)) for one in found) == [("else", 3), ("tiny", 1), ("tiny", 3)]

    asyncio.run(body())
