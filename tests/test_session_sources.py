"""Model sources as the session keeps them: what is added, refreshed and removed shows in the models' rows."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import Any

from app.core.errors import Interrupted
from app.core.values import Model, Source
from app.models.store.manager import LocalModelManager
from app.ui.parts.picker import model_list
from tests.memory import MemoryReply, picked
from tests.models.store.test_manager import bundled, tiny
from tests.test_session import World, play
from tests.ui.pages import settings
from tests.words import english

ADDRESS = "https://school.example/models.toml"
FILE = "https://school.example/tiny.gguf"
ROW = """
[[model]]
id = "{id}"
name = "{name}"
kind = "chat"
sources = ["tiny.gguf"]
size_bytes = {size}
"""


def catalog(*rows: tuple[str, str, int]) -> bytes:
    return (
        'title = "My school"\n' + "".join(ROW.format(id=id, name=name, size=size) for id, name, size in rows)
    ).encode()


TEXT = catalog(("school", "School model", 2326432))


async def begin(world: World, text: bytes = TEXT, visit: str = "") -> LocalModelManager:
    world.fetch.files |= {ADDRESS: text, FILE: tiny()}
    await world.session.start("#/settings", visit)
    await world.session.jobs.join()
    return world.session.manager


def names(world: World) -> list[str]:
    return [row.model.name for row in world.session.state.rows()]


def test_an_added_catalogue_is_listed_now_and_after_a_reload() -> None:
    async def scene(world: World) -> None:
        await begin(world)
        await world.act("sources:add", {"address": f" {ADDRESS} ", "arg": ""})
        assert names(world) == [bundled().name, "School model"]
        assert world.notices == ["My school added: 1 model."]
        world.fetch.files.clear()
        await world.reload()
        assert names(world) == [bundled().name, "School model"]
        await world.act("sources:remove", ADDRESS)
        assert names(world) == [bundled().name]

    play(scene)


def test_a_refresh_that_fails_leaves_what_is_kept() -> None:
    async def scene(world: World) -> None:
        await begin(world)
        await world.act("sources:add", {"address": ADDRESS, "arg": ""})
        world.fetch.events = [Interrupted(detail="net::ERR")]
        await world.act("sources:refresh", ADDRESS)
        [notice] = [item for item in world.session.state.notices() if item.kind == "error"]
        assert english(notice.text).startswith("Can't reach school.example")
        assert "keeps working" in english(notice.cure)
        assert names(world) == [bundled().name, "School model"]
        world.fetch.events = [MemoryReply(200, b"title = 7")]
        await world.act("sources:refresh", ADDRESS)
        assert "The catalogue has no title." in world.notices
        assert names(world) == [bundled().name, "School model"]

    play(scene)


def test_a_refreshed_catalogue_replaces_what_it_said_before() -> None:
    async def scene(world: World) -> None:
        await begin(world, catalog(("one", "One", 2326432), ("two", "Two", 5)))
        await world.act("sources:add", {"address": ADDRESS, "arg": ""})
        world.fetch.files[ADDRESS] = catalog(("one", "One, larger", 3000000), ("three", "Three", 6))
        await world.act("sources:refresh", ADDRESS)
        assert names(world) == [bundled().name, "One, larger", "Three"]
        assert world.session.manager.row("one").model.size_bytes == 3000000

    play(scene)


def test_what_is_stored_stays_when_its_catalogue_goes() -> None:
    async def scene(world: World) -> None:
        manager = await begin(world)
        await world.act("sources:add", {"address": ADDRESS, "arg": ""})
        await world.act("models:download", "school")
        assert manager.row("school").is_ready
        await world.act("sources:remove", ADDRESS)
        assert manager.row("school").is_ready
        await world.reload()
        assert world.session.manager.row("school").is_ready

    play(scene)


def test_a_stored_model_keeps_what_was_learned_of_it_when_its_catalogue_is_read_again() -> None:
    async def scene(world: World) -> None:
        manager = await begin(world, catalog(("school", "School model", 0)))
        await world.act("sources:add", {"address": ADDRESS, "arg": ""})
        await world.act("models:download", "school")
        before = manager.row("school")
        assert (before.model.size_bytes, before.model.format) == (len(tiny()), "gguf")
        await world.act("sources:refresh", ADDRESS)
        assert manager.row("school") == before
        world.fetch.files[ADDRESS] = catalog(("school", "Another one", 7))
        await world.act("sources:refresh", ADDRESS)
        assert manager.row("school") == before, "the file that is stored is not the one that is offered now"

    play(scene)


def test_half_a_file_is_not_mixed_with_the_one_that_the_catalogue_names_now() -> None:
    async def scene(world: World) -> None:
        manager = await begin(world, TEXT + b"chunk_bytes = 500000\n")
        await world.act("sources:add", {"address": ADDRESS, "arg": ""})
        world.fetch.rules[FILE] = lambda start, end: (
            MemoryReply(404, b"") if start else world.fetch.served(FILE, "0", str(end))
        )
        await world.act("models:download", "school")
        assert manager.row("school").stored_bytes == 500_000
        world.fetch.files[ADDRESS] = catalog(("school", "School model", 7))
        await world.act("sources:refresh", ADDRESS)
        row = manager.row("school")
        assert row.problem is not None
        assert english(row.problem.message) == "The catalogue names another file now."
        assert row.stored_bytes == 500_000

    play(scene)


def test_removing_a_mirror_leaves_the_built_in_model() -> None:
    async def scene(world: World) -> None:
        own = bundled()
        chunks = f"chunk_bytes = {own.chunk_bytes}\nchunk_sha256 = {json.dumps(own.chunk_sha256)}\n"
        manager = await begin(world, catalog((own.id, "Mirrored", own.size_bytes)) + chunks.encode())
        await world.act("sources:add", {"address": ADDRESS, "arg": ""})
        assert manager.row(own.id).model == replace(own, sources=(*own.sources, Source(FILE)))
        await world.act("sources:remove", ADDRESS)
        assert manager.row(own.id).model == own
        assert names(world) == [own.name]

    play(scene)


def test_a_catalogue_for_a_visit_keeps_nobody_waiting() -> None:
    async def scene(world: World) -> None:
        await begin(world)
        await world.reload()
        world.compose()
        world.fetch.gate = asyncio.Semaphore(0)
        await world.session.start("#/models", ADDRESS)
        assert world.session.state.route() == "models"
        assert names(world) == [bundled().name]
        world.fetch.gate.release()
        await world.session.jobs.join()
        assert names(world) == [bundled().name, "School model"]
        assert world.session.state.catalogs() == ()
        await world.reload()
        assert names(world) == [bundled().name]

    play(scene)


def test_a_catalogue_for_a_visit_that_is_no_catalogue_is_said_and_the_app_works() -> None:
    async def scene(world: World) -> None:
        await begin(world, TEXT.replace(b"size_bytes", b"size"), ADDRESS)
        [notice] = world.session.state.notices()
        assert english(notice.text) == f"{ADDRESS}: Row 1 (school) has no size_bytes."
        assert notice.kind == "error"
        assert names(world) == [bundled().name]

    play(scene)


def test_a_catalogue_from_a_file() -> None:
    async def scene(world: World) -> None:
        await begin(world)
        await world.act("sources:add-file", picked("a.toml", TEXT))
        assert names(world) == [bundled().name, "School model"]
        await world.act("sources:add-file", picked("a.toml", b"[[model"))
        assert any("not valid TOML" in text for text in world.notices)
        await world.act("sources:remove", "file:My school")
        assert names(world) == [bundled().name]

    play(scene)


def test_a_kept_catalogue_that_cannot_be_read_is_shown_and_can_be_removed() -> None:
    async def scene(world: World) -> None:
        kept: dict[str, Any] = {"id": ADDRESS, "title": "Old", "address": ADDRESS, "text": "kind = 1", "new": 1}
        await world.records.write([("settings", "sources", {"catalogs": [kept], "models": []})])
        await begin(world)
        assert world.notices == ["Old: The catalogue has no title."]
        world.session.state.section.set("classroom")
        page = settings(world.session)
        assert "Old The catalogue has no title. · " + ADDRESS in page.one(id="catalogs").text
        await world.act("sources:remove", ADDRESS)
        assert "No catalogues yet." in settings(world.session).text

    play(scene)


def test_an_added_catalogue_cannot_pass_for_the_apps_own() -> None:
    async def scene(world: World) -> None:
        manager = await begin(world, TEXT + b"bundled = true\n")
        await world.act("sources:add", {"address": ADDRESS, "arg": ""})
        assert not manager.row("school").model.is_bundled

    play(scene)


def test_a_single_model_is_listed_kept_and_removed() -> None:
    async def scene(world: World) -> None:
        await begin(world)
        await world.act("sources:add-model", {"address": f"{FILE} ", "arg": ""})
        assert names(world) == [bundled().name, "tiny"]
        assert world.notices == ["tiny is on the list, ready to download."]
        await world.reload()
        [model] = world.session.state.added()
        assert model.id.startswith("url-")
        await world.act("sources:remove", model.id)
        assert names(world) == [bundled().name]
        await world.act("sources:add-model", {"address": "https://school.example/none", "arg": ""})
        assert any("no such file" in text for text in world.notices)
        assert not any("Looking" in text for text in world.notices)

    play(scene)


def test_tokens_by_host_however_it_is_written() -> None:
    async def scene(world: World) -> None:
        await begin(world)
        await world.act("sources:token", {"arg": "", "host": " https://School.example/x ", "token": " secret "})
        assert world.session.state.token_hosts() == ("school.example",)
        world.fetch.sent.clear()
        await world.act("sources:add", {"address": ADDRESS, "arg": ""})
        assert world.fetch.sent == [{"Authorization": "Bearer secret"}]
        await world.act("sources:token", {"arg": "school.example", "token": ""})
        assert world.session.state.token_hosts() == ()
        assert "secret" not in str(world.records.shelves)

    play(scene)


def test_a_catalogue_behind_a_sign_in_asks_for_a_token() -> None:
    async def scene(world: World) -> None:
        await begin(world)
        world.fetch.events = [MemoryReply(401, b"")]
        await world.act("sources:add", {"address": ADDRESS, "arg": ""})
        [notice] = world.session.state.notices()
        assert "access token" in english(notice.cure)

    play(scene)


def test_a_visiting_catalogue_changes_nothing_of_a_built_in_model() -> None:
    """Fault D8: the id of a built-in model without a hash, its own address, and one more."""

    async def scene(world: World) -> None:
        official = Source("https://official.example/x.gguf")
        own = Model("plain", "Plain", size_bytes=2326432, sources=(official,))
        text = catalog(("plain", "Evil", 2326432)).replace(b'"tiny.gguf"', f'"{official.url}", "tiny.gguf"'.encode())
        world.compose()
        world.session.manager.add([own])
        manager = await begin(world, text, ADDRESS)
        assert manager.row("plain").model == own
        assert names(world) == [bundled().name, "Plain", "Evil (school.example)"]
        await world.act("sources:add", {"address": ADDRESS, "arg": ""})
        assert manager.row("plain").model == own, "not by one that is added for good either"
        hosts = {source.url for source in manager.row("plain").model.sources}
        assert hosts == {official.url}

    play(scene)


def test_a_long_catalogue_does_not_fill_the_dropdowns() -> None:
    """Fault D6: every dropdown of Settings had an option for each of its models, none of which can be used yet."""

    async def scene(world: World) -> None:
        await begin(world, catalog(*((f"m{number}", f"M {number}", 9) for number in range(60))))
        await world.act("sources:add", {"address": ADDRESS, "arg": ""})
        assert len(names(world)) == 61
        assert model_list(world.session).count('role="option"') == 1
        world.fetch.files[ADDRESS] = catalog(("m1", "M 1", 9))
        await world.act("sources:refresh", ADDRESS)
        assert model_list(world.session).count('role="option"') == 2, "of a short one they are shown, with why not"

    play(scene)
