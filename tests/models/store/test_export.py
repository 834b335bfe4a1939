"""A model saved on one machine and imported on another, and one that stays where it lies on the disk."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from app.core.errors import AppError, Corrupt, LoadFailed, NeedsPermission
from app.core.values import ModelFile, Source
from app.models.store.catalog import read_catalog
from app.models.store.export import described
from app.models.store.rows import Status
from app.models.store.stored import CHUNK_BYTES, file_names
from tests.models.store.test_downloads import PLAIN, World, bundle, play, tiny
from tests.words import english, raises


def test_a_saved_model_is_verified_on_the_machine_that_imports_it_with_its_hashes() -> None:
    async def body(world: World) -> None:
        await world.fetch()
        made = await world.manager.exporter.export("tiny")
        [(handle, name)] = made.files
        assert isinstance(handle, bytes)
        assert (handle, name, made.hashes_name) == (tiny(), "tiny.gguf", "tiny.gguf.toml")
        [model] = read_catalog(made.hashes).models
        assert model.sha256 == hashlib.sha256(tiny()).hexdigest()
        assert len(model.chunk_sha256) == 5

        elsewhere = World(replace(PLAIN, id="other", size_bytes=7))
        model_id = await elsewhere.manager.importer.copy(bundle(name, handle), [model])
        assert (model_id, elsewhere.manager.row("tiny").status) == ("tiny", Status.READY)
        assert elsewhere.manager.row("tiny").model.name == "Tiny"

    play(body)


def test_one_wrong_byte_on_the_way_is_noticed() -> None:
    async def body(world: World) -> None:
        await world.fetch()
        made = await world.manager.exporter.export("tiny")
        [(_, name)] = made.files
        wrong = tiny()[:-1] + bytes([tiny()[-1] ^ 1])
        elsewhere = World(replace(PLAIN, id="other", size_bytes=7))
        with pytest.raises(Corrupt):
            await elsewhere.manager.importer.copy(bundle(name, wrong), read_catalog(made.hashes).models)
        assert await elsewhere.blobs.infos() == []

    play(body)


@pytest.mark.parametrize(
    ("name", "source", "expected"),
    [
        ("Tiny", "https://example.org/a/b/tiny-1.gguf?download=true", "tiny-1.gguf"),
        ("Tiny / odd: name", "https://example.org/download", "Tiny - odd- name.gguf"),
        ("../../etc/passwd", "https://example.org/..", "..-..-etc-passwd.gguf"),
    ],
)
def test_the_file_has_the_publishers_name_or_one_that_every_disk_takes(name: str, source: str, expected: str) -> None:
    assert file_names(replace(PLAIN, name=name, sources=(Source(source),))) == (expected,)


def test_names_with_quotes_survive() -> None:
    async def body(world: World) -> None:
        await world.fetch()
        stored = world.manager.stored("tiny")
        assert stored is not None
        odd = replace(stored, model=replace(stored.model, name='A "quoted" \\ näme', best_for="…"))
        [model] = read_catalog(described(odd, english)).models
        assert model.name == 'A "quoted" \\ näme'

    play(body)


def test_a_linked_file_is_used_where_it_lies() -> None:
    async def body(world: World) -> None:
        model_id = await world.manager.importer.link(bundle("mine.gguf", tiny(), lambda: tiny()))
        row = world.manager.row(model_id)
        assert (row.status, row.is_linked, row.stored_bytes) == (Status.UNVERIFIED, True, 0)
        assert await world.manager.opener.open_for_chat(row.model) == (tiny(),)
        again = World(PLAIN)
        again.blobs = world.blobs
        again.web.blobs = world.blobs
        stored = await world.manager.verifier.verify(model_id)
        assert stored.file_sha256 == (hashlib.sha256(tiny()).hexdigest(),)
        await world.manager.delete(model_id)
        assert await world.blobs.infos() == []

    play(body, replace(PLAIN, id="other", size_bytes=7))


def test_a_linked_file_that_is_not_what_its_catalogue_says_is_not_saved() -> None:
    async def body(world: World) -> None:
        model_id = await world.manager.importer.link(bundle("tiny.gguf", tiny(), lambda: tiny()))
        with raises(Corrupt, "parts of"):
            await world.manager.exporter.export(model_id)

    play(body, replace(PLAIN, chunk_bytes=CHUNK_BYTES, chunk_sha256=("0" * 64,)))


def test_a_file_that_a_catalogue_lists_as_its_only_part_is_imported_with_its_hashes() -> None:
    async def body(world: World) -> None:
        one = ModelFile((), len(tiny()), hashlib.sha256(tiny()).hexdigest())
        for known in (PLAIN, replace(PLAIN, sha256=one.sha256)):
            world = World(known)
            model_id = await world.manager.importer.copy(
                bundle("tiny.gguf", tiny()), [replace(PLAIN, size_bytes=len(tiny()), sources=(), parts=(one,))]
            )
            assert world.manager.row(model_id).status == Status.READY

    play(body)


def raiser(error: AppError) -> object:
    def read() -> bytes:
        raise error

    return read


def test_a_linked_file_that_may_not_be_read_asks_and_one_that_changed_says_so() -> None:
    async def body(world: World) -> None:
        model_id = await world.manager.importer.link(bundle("mine.gguf", tiny(), lambda: tiny()))
        model = world.manager.row(model_id).model
        world.blobs.links[model_id] = [raiser(NeedsPermission())]
        with pytest.raises(NeedsPermission):
            await world.manager.opener.open_for_chat(model)
        assert world.manager.row(model_id).status == Status.FAILED
        world.blobs.links[model_id] = [lambda: tiny()]
        await world.manager.opener.look_again(model_id)
        assert world.manager.row(model_id).is_ready
        world.blobs.links[model_id] = [lambda: tiny() + b"more"]
        with raises(Corrupt, "changed on your disk"):
            await world.manager.opener.open_for_chat(model)
        assert world.manager.row(model_id).status == Status.DAMAGED

    play(body, replace(PLAIN, id="other", size_bytes=7))


def test_only_a_text_is_taken_for_a_file_of_hashes() -> None:
    async def body(world: World) -> None:
        assert await world.manager.importer.text("title = 'ä'".encode()) == "title = 'ä'"
        with pytest.raises(LoadFailed):
            await world.manager.importer.text(b"\xff\xfe\x00")
        with pytest.raises(LoadFailed):
            await world.manager.importer.text(bytes(5_000_000))

    play(body)
