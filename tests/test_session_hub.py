"""The Hub in Discover: from a search to a model that is verified, and everything that may go wrong on the way."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from app.core.values import Model
from app.models.store.rows import Row, Status
from app.session.hub import HubShown
from app.session.state import Opening
from tests.gguf_parts import names_of, split
from tests.hub import HubDouble, HubFetch, HubRepo
from tests.mmproj import projector
from tests.models.store.test_manager import tiny
from tests.test_session import World
from tests.words import english

REPO, GATED = "user/tiny-GGUF", "google/gated-GGUF"
FILE = "tiny-F16.gguf"


class HubWorld(World):
    """A page, and a double of the Hub with two repositories."""

    def __init__(self) -> None:
        self.repo = HubRepo(REPO, {FILE: tiny()}, 500, 9)
        self.double = HubDouble(self.repo, HubRepo(GATED, {"gated.gguf": tiny()}, 900, gated="auto"))
        super().__init__()

    def compose(self) -> None:
        self.fetch = HubFetch(self.double, self.fetch.files)
        super().compose()

    @property
    def shown(self) -> HubShown:
        shown = self.session.state.hub()
        assert shown is not None
        return shown

    @property
    def problem(self) -> str:
        assert self.shown.problem is not None
        return f"{english(self.shown.problem.message)} {english(self.shown.problem.cure)}"

    @property
    def row(self) -> Row:
        """The row of the file that was picked."""
        [row] = [row for row in self.session.state.rows() if row.model.id.startswith("url-")]
        return row

    async def open(self, repository: str = REPO) -> None:
        await self.act("hub:search", {"words": repository, "arg": ""})


def play(body: Callable[[HubWorld], Awaitable[None]]) -> None:
    async def run() -> None:
        world = HubWorld()
        await world.session.start("#/models/discover")
        await world.session.jobs.join()
        await body(world)

    asyncio.run(run())


def test_nothing_is_asked_before_somebody_searches() -> None:
    async def scene(world: HubWorld) -> None:
        await world.act("models:search", "tiny")
        assert (world.double.asked, world.session.state.hub()) == ([], None)
        await world.act("hub:search", {"words": " tiny ", "arg": ""})
        assert len(world.double.asked) == 3
        assert world.shown.page is not None
        assert [one.id for one in world.shown.page.repositories] == [REPO]
        await world.act("hub:search", {"words": "", "arg": ""})
        assert world.session.state.hub() is None

    play(scene)


def test_a_model_is_picked_downloaded_and_verified() -> None:
    async def scene(world: HubWorld) -> None:
        await world.act("hub:search", {"words": "tiny", "arg": ""})
        await world.act("hub:open", REPO)
        assert world.shown.opened is not None
        await world.act("hub:add", FILE)
        assert (world.row.status, world.row.model.name) == (Status.READY, "tiny-F16"), world.row.problem
        stored = world.session.manager.stored(world.row.model.id)
        assert stored is not None
        assert stored.is_verified
        await world.act("hub:back")
        assert world.shown.opened is None
        assert world.shown.page is not None
        await world.reload()
        assert world.row.status == Status.READY
        assert world.row.model.sha256 == stored.file_sha256[0]

    play(scene)


def test_what_is_listed_already_is_not_listed_twice() -> None:
    async def scene(world: HubWorld) -> None:
        await world.open()
        assert world.shown.opened is not None
        [offer] = world.shown.opened.offers
        known = replace(world.session.hub.model_of(world.shown.opened, offer), id="from-a-catalogue")
        world.session.manager.learn([known])
        await world.act("hub:add", FILE)
        assert [row.model.id for row in world.session.state.rows() if row.is_ready] == ["from-a-catalogue"]
        assert world.session.state.added() == ()

    play(scene)


def test_a_file_with_another_hash_is_refused() -> None:
    async def scene(world: HubWorld) -> None:
        data = bytearray(tiny())
        data[-7] ^= 1
        world.repo.wrong = {FILE: bytes(data)}
        await world.open()
        await world.act("hub:add", FILE)
        assert world.row.status == Status.DAMAGED
        assert world.row.problem is not None
        assert "not the publisher's" in english(world.row.problem.message)

    play(scene)


def test_a_publisher_who_replaces_a_file_changes_nothing_for_who_has_picked_it() -> None:
    async def scene(world: HubWorld) -> None:
        await world.open()
        world.repo.commit({FILE: b"something else"})
        await world.act("hub:add", FILE)
        assert world.row.status == Status.READY
        world.repo.older.clear()  # as after a history that was rewritten
        await world.act("models:delete", world.row.model.id)
        await world.act("models:download", world.row.model.id)
        assert world.row.problem is not None
        assert "no such file" in english(world.row.problem.message)

    play(scene)


def test_a_gated_model_says_where_to_accept_and_takes_the_token() -> None:
    async def scene(world: HubWorld) -> None:
        await world.open(GATED)
        await world.act("hub:add", "gated.gguf")
        assert f"https://huggingface.co/{GATED}" in world.problem
        assert "accepted its terms" in world.problem
        assert world.session.state.added() == ()
        await world.act("sources:token", {"token": "hf_of_somebody_else", "arg": "huggingface.co"})
        await world.act("hub:add", "gated.gguf")
        assert "accepted its terms" in world.problem
        await world.act("sources:token", {"token": "hf_good", "arg": "huggingface.co"})
        await world.act("hub:add", "gated.gguf")
        assert world.row.status == Status.READY, world.row.problem

    play(scene)


def test_a_hub_that_refuses_the_preflight_is_told_plainly() -> None:
    async def scene(world: HubWorld) -> None:
        world.double.refuses_preflight = True
        await world.open(GATED)
        await world.act("sources:token", {"token": "hf_good", "arg": "huggingface.co"})
        await world.act("hub:add", "gated.gguf")
        assert "doesn't let this page send your access token" in world.problem

    play(scene)


def test_offline_mode_says_so_and_asks_nothing() -> None:
    async def scene(world: HubWorld) -> None:
        await world.act("offline:switch", True)
        await world.act("hub:search", {"words": "tiny", "arg": ""})
        assert world.double.asked == []
        assert "Offline Mode is on" in world.problem
        assert "huggingface.co" in world.problem

    play(scene)


def test_a_busy_hub_asks_to_wait() -> None:
    async def scene(world: HubWorld) -> None:
        world.double.is_busy = True
        await world.open()
        assert "Wait five minutes" in world.problem
        world.double.is_busy = False
        await world.open()
        world.double.is_busy = True
        await world.act("hub:add", FILE)
        assert "too busy (status 429)" in world.problem
        assert "Wait a few minutes" in world.problem

    play(scene)


def test_a_model_in_parts_is_downloaded_as_one() -> None:
    async def scene(world: HubWorld) -> None:
        world.repo.files = dict(zip(names_of("big-F16", 3), split(tiny(), 3), strict=True))
        await world.open()
        assert world.shown.opened is not None
        [offer] = world.shown.opened.offers
        assert (offer.name, len(offer.files), offer.is_whole) == ("big-F16", 3, True)
        await world.act("hub:add", names_of("big-F16", 3)[0])
        assert world.row.status == Status.READY, world.row.problem
        assert [file.sha256 for file in world.row.model.parts] == [file.sha256 for file in offer.files]
        row = world.session.hub.row_of(world.session.hub.model_of(world.shown.opened, offer))
        assert row is not None
        assert row.model.id == world.row.model.id

    play(scene)


def test_a_model_that_sees_is_downloaded_with_the_part_that_does() -> None:
    async def scene(world: HubWorld) -> None:
        world.repo.files = {FILE: tiny(), "mmproj-F32.gguf": projector()}
        await world.open()
        await world.act("hub:see", True)
        await world.act("hub:add", FILE)
        assert (world.row.status, world.row.model.can_see) == (Status.READY, True), world.row.problem
        assert [file.role for file in world.row.model.files] == ["weights", "projector"]

    play(scene)


# -- the same addresses in Add a model


async def added(world: HubWorld, address: str) -> Model | None:
    world.session.state.sheet.set(Opening("add/address"))
    await world.act("sources:add-model", {"address": address, "arg": ""})
    models = world.session.state.added()
    return models[0] if models else None


def test_a_file_page_in_add_a_model_brings_its_hash() -> None:
    async def scene(world: HubWorld) -> None:
        model = await added(world, f"https://huggingface.co/{REPO}/blob/main/{FILE}")
        assert model is not None
        assert model.sha256
        assert world.repo.sha in model.sources[0].url
        assert world.session.state.sheet() is None
        await world.act("models:download", model.id)
        assert world.row.status == Status.READY

    play(scene)


def test_a_file_that_discover_does_not_offer_can_still_be_added() -> None:
    async def scene(world: HubWorld) -> None:
        world.repo.files["gemma-web.bin"] = tiny()
        model = await added(world, f"https://huggingface.co/{REPO}/blob/main/gemma-web.bin")
        assert model is not None
        assert model.sources[0].url.endswith("/resolve/main/gemma-web.bin")

    play(scene)


def test_a_file_can_be_added_while_the_hubs_list_cannot_be_read() -> None:
    async def scene(world: HubWorld) -> None:
        world.double.is_odd = True
        model = await added(world, f"https://huggingface.co/{REPO}/blob/main/{FILE}")
        assert model is not None
        assert not model.sha256

    play(scene)


def test_a_repository_in_add_a_model_shows_its_files() -> None:
    async def scene(world: HubWorld) -> None:
        assert await added(world, REPO) is None
        assert (world.session.state.route(), world.session.state.section()) == ("models", "discover")
        assert world.shown.opened is not None
        assert world.shown.opened.repository.id == REPO
        assert world.session.state.sheet() is None

    play(scene)


def test_what_is_wrong_with_an_address_is_told_beside_the_field() -> None:
    async def scene(world: HubWorld) -> None:
        assert await added(world, f"{REPO}/none.gguf") is None
        typed, error = world.session.state.address()
        assert typed
        assert error is not None
        assert "no model file none.gguf" in english(error.message)

    play(scene)
