"""Catalogues and single models that people add, and the tokens that open gated files."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from app.core.errors import AppError, Interrupted, LoadFailed, Refused
from app.core.values import Source
from app.models.store.catalog import BadCatalog
from app.models.store.downloads import Web
from app.models.store.sources import Sources, Tokens
from tests.memory import FakeClock, MemoryBlobs, MemoryHasher, MemoryRecords, MemoryReply, ScriptedFetch
from tests.models.formats.test_kinds import BERT, CHAT, SPLIT, gguf
from tests.models.store.test_downloads import tiny
from tests.ollama.gguf import make_gguf
from tests.words import english, raises

ADDRESS = "https://school.example/models.toml"
MODEL = "https://school.example/tiny.gguf"
TEXT = """
title = "My school"
[[model]]
id = "tiny"
name = "Tiny"
kind = "chat"
sources = ["tiny.gguf"]
size_bytes = 2326432
"""


class World:
    """Sources over a scripted network; `again()` is the page after a reload."""

    def __init__(self) -> None:
        self.records = MemoryRecords()
        self.fetch = ScriptedFetch({ADDRESS: TEXT.encode(), MODEL: tiny()})
        self.sources = self.again()

    def again(self) -> Sources:
        clock = FakeClock(step=0.01)
        self.web = Web(self.fetch, self.fetch, MemoryHasher(), MemoryBlobs(), clock)
        self.sources = Sources(self.records, self.web, clock, english)
        return self.sources


def play(body: Callable[[World], object]) -> None:
    async def run() -> None:
        await body(World())  # type: ignore[misc]

    asyncio.run(run())


def test_an_added_catalogue_is_kept_with_its_text() -> None:
    async def body(world: World) -> None:
        catalog = await world.sources.add(ADDRESS)
        assert catalog.models[0].sources == (Source(MODEL),)
        world.fetch.files.clear()
        again = world.again()
        await again.load()
        [kept] = again.catalogs
        assert (kept.title, kept.address, kept.models) == ("My school", ADDRESS, catalog.models)
        with pytest.raises(Refused):
            await again.add(ADDRESS)
        assert again.catalogs == (kept,), "what cannot be read again stays as it was"
        await again.remove(ADDRESS)
        await world.again().load()
        assert world.sources.catalogs == ()

    play(body)


def test_a_catalogue_for_a_visit_is_not_kept() -> None:
    async def body(world: World) -> None:
        await world.sources.add(ADDRESS, visit_only=True)
        assert world.sources.catalogs == ()

    play(body)


def test_a_catalogue_from_a_file_replaces_the_one_of_its_title() -> None:
    async def body(world: World) -> None:
        await world.sources.add_text(TEXT)
        await world.sources.add_text(TEXT.replace("Tiny", "Tiny 2"))
        assert [kept.models[0].name for kept in world.sources.catalogs] == ["Tiny 2"]

    play(body)


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (MemoryReply(200, b"<html>"), BadCatalog),
        (MemoryReply(200, b"\xff\xfe"), BadCatalog),
        (MemoryReply(200, bytes(5_000_000)), BadCatalog),
        (MemoryReply(404, b""), Refused),
        (MemoryReply(500, b""), Interrupted),
    ],
)
def test_what_is_no_catalogue_is_refused_and_nothing_is_kept(reply: MemoryReply, error: type[AppError]) -> None:
    async def body(world: World) -> None:
        world.fetch.events = [reply]
        with pytest.raises(error):
            await world.sources.add(ADDRESS)
        assert world.sources.catalogs == ()
        assert reply.is_closed

    play(body)


def test_a_server_that_does_not_answer_is_given_up() -> None:
    async def body(world: World) -> None:
        world.fetch.gate = asyncio.Semaphore(0)
        world.web.stall_seconds = 0.01
        with raises(Interrupted, "Can't reach"):
            await world.sources.add(ADDRESS)

    play(body)


def test_an_address_with_a_password_is_neither_asked_nor_stored() -> None:
    async def body(world: World) -> None:
        for add in (world.sources.add, world.sources.add_model):
            with raises(Refused, "user name or a password"):
                await add("https://me:secret@school.example/models.toml")
        assert world.sources.catalogs == ()
        assert world.fetch.asked == []

    play(body)


def test_a_web_page_in_a_catalogues_place_is_named() -> None:
    async def body(world: World) -> None:
        world.fetch.events = [MemoryReply(200, b"<html>", {"content-type": "text/html; charset=utf-8"})]
        with raises(BadCatalog, "sent a web page"):
            await world.sources.add(ADDRESS)

    play(body)


def test_a_single_model_is_looked_at_before_it_is_listed() -> None:
    async def body(world: World) -> None:
        model = await world.sources.add_model(MODEL)
        assert (model.name, model.size_bytes, model.context_length > 0) == ("tiny", len(tiny()), True)
        assert model.format == "gguf"
        again = world.again()
        await again.load()
        assert again.models == (model,)
        await again.remove(model.id)
        assert not again.models

    play(body)


def test_the_page_of_a_file_and_the_file_are_one_model() -> None:
    """Fault E6: the page is never asked."""

    async def body(world: World) -> None:
        file = "https://huggingface.co/user/repo/resolve/main/tiny.gguf"
        world.fetch.files[file] = tiny()
        model = await world.sources.add_model(file.replace("resolve", "blob") + "?download=true")
        assert model.sources == (Source(file),)
        assert {url for url, _ in world.fetch.asked} == {file}
        assert await world.sources.add_model("user/repo/tiny.gguf") == model
        assert world.sources.models == (model,)

    play(body)


def test_what_cannot_chat_is_not_listed_and_only_its_header_is_fetched() -> None:
    """Fault E2, E5, by address."""

    async def body(world: World) -> None:
        part = "https://school.example/big.gguf"
        world.fetch.files[part] = gguf({**CHAT, "split.count": 2, "split.no": 0})
        with raises(LoadFailed, r"also needs …-00002-of-00002\.gguf"):
            await world.sources.add_model(part)
        world.fetch.files[part] = make_gguf({"general.architecture": "clip"}, 3_000_000, ("v.blk.0.ln1.weight",))
        world.fetch.asked.clear()
        with raises(LoadFailed, "sees or hears"):
            await world.sources.add_model(part)
        assert world.fetch.asked == [(part, "bytes=0-0"), (part, "bytes=0-1048575")]
        assert world.sources.models == ()
        world.fetch.files[part] = gguf(BERT)
        assert (await world.sources.add_model(part)).kind == "embedding"

    play(body)


def test_the_address_of_one_part_stands_for_all_and_stays_after_a_reload() -> None:
    async def body(world: World) -> None:
        urls = [f"https://school.example/big-0000{number}-of-00003.gguf" for number in (1, 2, 3)]
        for number, url in enumerate(urls):
            world.fetch.files[url] = gguf({**(CHAT if number == 0 else {}), **SPLIT, "split.no": number})
        model = await world.sources.add_model(urls[1])
        assert [file.sources[0].url for file in model.files] == urls
        assert (model.name, model.size_bytes, model.format) == ("big", sum(model.sizes), "gguf")
        assert await world.sources.add_model(urls[0]) == model
        again = world.again()
        await again.load()
        assert again.models == (model,)
        del world.fetch.files[urls[2]]
        with raises(Refused, "has no such file"):
            await world.sources.add_model(urls[0])

    play(body)


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("ftp://x/y.gguf", Refused),
        ("tiny.gguf", Refused),
        ("user/repo", Refused),
        (ADDRESS, LoadFailed),
        ("https://x.example/no", Refused),
    ],
)
def test_an_address_without_a_model_is_refused(url: str, error: type[AppError]) -> None:
    async def body(world: World) -> None:
        with pytest.raises(error):
            await world.sources.add_model(url)
        assert world.sources.models == ()

    play(body)


def test_a_token_goes_to_its_own_host_over_a_safe_way_only() -> None:
    tokens = Tokens()
    tokens.set("models.example", "secret")
    tokens.set("127.0.0.1:8000", "local")
    assert tokens.headers_for("https://models.example/a") == {"Authorization": "Bearer secret"}
    assert tokens.headers_for("http://127.0.0.1:8000/a") == {"Authorization": "Bearer local"}
    for url in (
        "http://models.example/a",
        "https://models.example:444/a",
        "https://evil.example/models.example",
        "https://models.example.evil.example/a",
        "https://models.example@evil.example/a",
        "http://127.0.0.1:8001/a",
        "static/a",
    ):
        assert tokens.headers_for(url) == {}
    tokens.set("models.example", "")
    assert tokens.hosts == ("127.0.0.1:8000",)


def test_tokens_are_never_stored() -> None:
    async def body(world: World) -> None:
        world.sources.tokens.set("school.example", "secret")
        await world.sources.add(ADDRESS)
        await world.sources.add_model(MODEL)
        assert world.fetch.sent[0]["Authorization"] == "Bearer secret"
        assert "secret" not in str(world.records.shelves)

    play(body)
