"""What the page knows of a server: one list of what it has and could have, and what a person does with it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from app.core.errors import ModelMissing, ProviderError
from app.models.ollama.answers import Details, Installed
from app.models.ollama.parts import make_server
from app.models.ollama.server import OllamaRow, OllamaServer
from app.models.store.rows import Status
from app.net.addresses import BadAddress
from tests.memory import FakeClock, FakeDevice, MemoryRecords
from tests.ollama.fetch import HttpFetch
from tests.ollama.stand_in import StandIn
from tests.words import english, raises

TABLE = {
    "title": "Models",
    "model": [
        {"name": "listed:1b", "title": "Listed", "kind": "code", "size_bytes": 1_000_000_000, "best_for": "Code"},
        {"name": "vectors", "title": "Vectors", "kind": "embedding", "dimensions": 3},
    ],
}
LONG_AFTER = 4_000_000_000.0  # seconds since 1970


class World:
    """A server of the app's over a stand-in; `changes` counts what pages are told."""

    def __init__(self, stand_in: StandIn, start: float = LONG_AFTER) -> None:
        self.stand_in, self.records, self.changes = stand_in, MemoryRecords(), 0
        self.clock = FakeClock(0.01, start)
        self.server = self.again()

    def again(self) -> OllamaServer:
        """The same after a reload."""

        def changed() -> None:
            self.changes += 1

        origin = "http://localhost:8000"
        return make_server(HttpFetch(), FakeDevice(), self.records, self.clock, origin, TABLE, changed)


def played(scene: Callable[[World], Awaitable[None]], start: float = LONG_AFTER) -> None:
    """Run a scene with a server that was found."""

    async def body() -> None:
        with StandIn() as stand_in:
            world = World(stand_in, start)
            await world.server.load()
            await world.server.use(stand_in.url)
            await world.server.check(clicked=True)
            for row in world.server.rows:
                if row.installed:  # what a stand-in begins with
                    await world.server.delete(row.name)
            stand_in.log.clear()
            await scene(world)

    asyncio.run(body())


def names(server: OllamaServer) -> list[str]:
    return [row.name for row in server.rows]


def test_what_is_installed_comes_first_and_what_is_listed_is_not_there_twice() -> None:
    async def scene(world: World) -> None:
        world.stand_in.install("zeta:1b")
        world.stand_in.install("listed:1b")
        await world.server.refresh()
        assert names(world.server) == ["listed:1b", "zeta:1b", "vectors"]
        row = world.server.row("listed:1b")
        assert (row.status, row.kind, row.as_model().best_for) == (Status.READY, "code", "Code")
        assert english(row.as_model().where) == "on this computer"
        assert world.server.row("vectors").status == Status.NOT_DOWNLOADED

    played(scene)


def test_what_cannot_chat_is_never_offered_for_a_chat_whatever_the_server_tells_of_it() -> None:
    """Fault O1: older servers tell no capabilities in their list."""
    for installed, kind in (
        (Installed("a", "d", 5, capabilities=("embedding",)), "embedding"),
        (Installed("a", "d", 5, capabilities=("image",)), "embedding"),
        (Installed("a", "d", 5, family="nomic-bert"), "embedding"),
        (Installed("a", "d", 5, family="llama"), "chat"),
        (Installed("a", "d", 5, family="llama", capabilities=("completion", "embedding")), "chat"),
    ):
        assert OllamaRow("a", None, installed).kind == kind, installed
    told = Details(capabilities=("embedding",))
    assert OllamaRow("a", None, Installed("a", "d", 5), details=told).kind == "embedding"


def test_the_address_is_kept_and_a_wrong_one_is_refused() -> None:
    async def scene(world: World) -> None:
        again = world.again()
        await again.load()
        assert again.address == world.stand_in.url
        with pytest.raises(BadAddress):
            await again.use("not an address")
        assert again.address == world.stand_in.url

    played(scene)


def test_an_address_that_an_earlier_version_kept_as_it_was_typed_is_cut_to_its_base() -> None:
    """Fault S9."""

    async def scene(world: World) -> None:
        again = world.again()
        for kept, address in (
            ("http://localhost:11434/api/chat", "http://localhost:11434"),
            ("http://192.168.1.20:11434/v1/chat/completions", "http://192.168.1.20:11434"),
            ("not an address", "http://localhost:11434"),
            (5, "http://localhost:11434"),
        ):
            await world.records.write([("settings", "ollama", {"address": kept, "connected": [], "used": {}})])
            await again.load()
            assert again.address == address

    played(scene)


def test_a_model_is_copied_renamed_and_deleted() -> None:
    async def scene(world: World) -> None:
        world.stand_in.install("one:1b")
        await world.server.refresh()
        await world.server.copy("one:1b", "two:1b")
        await world.server.rename("two:1b", "three:1b")
        assert names(world.server)[:2] == ["one:1b", "three:1b"]
        with raises(ProviderError, "already"):
            await world.server.copy("one:1b", "three:1b")
        assert await world.server.delete("three:1b") == world.server.row("one:1b").size_bytes
        assert names(world.server)[0] == "one:1b"
        with pytest.raises(ModelMissing):
            world.server.row("three:1b")

    played(scene)


def test_a_loaded_model_is_unloaded_before_it_is_deleted() -> None:
    async def scene(world: World) -> None:
        world.stand_in.install("one:1b")
        await world.server.client.load("one:1b")
        await world.server.refresh()
        assert world.server.row("one:1b").running
        await world.server.delete("one:1b")
        deleted = [one.path for one in world.stand_in.log if one.path in ("/api/chat", "/api/delete")]
        assert deleted == ["/api/chat", "/api/chat", "/api/delete"]

    played(scene)


def test_what_nobody_has_used_for_a_month_is_listed() -> None:
    async def scene(world: World) -> None:
        world.stand_in.install("old:1b")
        world.stand_in.install("used:1b")
        await world.server.refresh()
        await world.server.note_use("used:1b")
        assert [row.name for row in world.server.unused] == ["old:1b"]
        again = world.again()
        await again.load()
        await again.check(clicked=True)
        assert [row.name for row in again.unused] == ["old:1b"]

    played(scene)


def test_what_runs_in_the_cloud_says_where_the_words_go() -> None:
    async def scene(world: World) -> None:
        world.stand_in.install("big:cloud")
        await world.server.refresh()
        assert english(world.server.row("big:cloud").as_model().where) == "sent to ollama.com"

    played(scene)


def test_it_holds_to_a_schema_what_it_runs_itself() -> None:
    async def scene(world: World) -> None:
        for name in ("zeta:1b", "big:cloud"):
            world.stand_in.install(name)
        await world.server.refresh()
        assert [world.server.row(name).as_model().holds_schema for name in ("zeta:1b", "big:cloud")] == [True, False]
        assert "schema" not in world.server.row("zeta:1b").capabilities, "the page names what Ollama tells"

    played(scene)
