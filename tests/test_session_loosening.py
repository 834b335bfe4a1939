"""Fault D3: an import never loosens privacy or changes addresses without asking, item by item."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import pytest

from app.session.loosening import hold_back
from app.session.settings import Settings, SettingsChanges, settings_from
from app.session.state import LISTS_KEY, SERVICES_KEY
from app.study.archive.backup import write_backup
from app.study.chats import Chat
from tests.models.cloud.streams import KEY
from tests.test_session_archive import ArchiveWorld
from tests.test_session_cloud import MINI, Page, listed, page
from tests.words import english

EVIL = "http://evil.example:11434"
FAR_LIST = {"id": "https://evil.example/m.toml", "title": "More", "address": "https://evil.example/m.toml", "text": ""}
FAR_MODEL = {"id": "url-1", "name": "Far", "size_bytes": 9, "sources": [{"url": "https://evil.example/m.gguf"}]}
OWN = {"id": "own-evil.example-v1-openai", "address": "https://evil.example/v1", "dialect": "openai"}
STRICT: SettingsChanges = {"is_offline_mode": True, "is_loopback_allowed": False, "offline_since": 5.0}
LOOSE: dict[str, Any] = {
    "is_offline_mode": False,
    "is_loopback_allowed": True,
    "is_api_on": True,
    "asks_before_leaving": False,
    "is_smart": True,
    "share": 1.0,
    "model_id": MINI,
    "meaning": "cloud:openai:embed",
    "learned": {"shift": -0.1, "counts": [["local switched", 9]]},
    "abilities": {"cloud:openai:gpt-5-mini": 1.0},
    "features": {"title": {"model_id": MINI}, "summary": {"model_id": "automatic"}, "code": {"model_id": "tiny"}},
}
HOSTILE: dict[str, Any] = {
    "settings": LOOSE,
    "ollama": {"address": EVIL, "connected": [EVIL]},
    SERVICES_KEY: {
        "own": [OWN, {**OWN, "address": "http://evil.example/v1"}, {**OWN, "address": "javascript:alert(1)"}],
        "services": [{"id": "openai"}],
        "picked": [{"id": MINI}, {"id": f"cloud:{OWN['id']}:m"}],
        "shown": [{"id": MINI, "name": "Mini"}, {"id": f"cloud:{OWN['id']}:m", "name": "M"}],
    },
    "sources": {
        "catalogs": [FAR_LIST, {**FAR_LIST, "id": "ftp", "address": "ftp://evil.example/x"}],
        "models": [FAR_MODEL],
    },
}
ITEMS = {
    "is_offline_mode",
    "is_loopback_allowed",
    "is_api_on",
    "asks_before_leaving",
    "is_smart",
    "share",
    "learned",
    "abilities",
    "model_id",
    "meaning",
    "features.title",
    "features.summary",
    "ollama",
    f"own.{OWN['id']}",
    f"catalogs.{FAR_LIST['id']}",
    "models.url-1",
}


def ids(held: Any) -> set[str]:
    return {item.id for item in held}


async def strict(world: ArchiveWorld | Page) -> None:
    """A person who is careful."""
    await world.session.preferences.change(**STRICT)
    world.session.offline_gate.apply()


async def bring(world: ArchiveWorld | Page, records: Mapping[str, Any]) -> Any:
    """Import these settings; what was held back."""
    archive = world.session.archive
    await archive.bring(write_backup({"settings": dict(records)}, "0.1.0", 0.0))
    await world.session.jobs.join()
    return archive.held()


def text_of(world: ArchiveWorld | Page) -> str:
    return json.dumps(world.records.shelves["settings"])


@page
async def test_a_hostile_backup_changes_nothing_that_protects_the_person(world: Page) -> None:
    await strict(world)
    before = world.session.state.settings()
    held = await bring(world, HOSTILE)
    assert ids(held) == ITEMS
    after = world.session.state.settings()
    assert after.features == settings_from({"features": {"code": {"model_id": "tiny"}}}).features
    assert (after.is_offline_mode, after.is_loopback_allowed, after.offline_since) == (True, False, 5.0)
    assert (after.is_api_on, after.is_smart, after.asks_before_leaving) == (False, False, True)
    assert (after.model_id, after.share) == (before.model_id, before.share)
    assert world.gate.standing().is_on
    assert "evil" not in text_of(world)
    assert "16 changes" in world.notices[-1]
    assert all(model.leaves_device for model in world.session.state.cloud())
    await world.reload()
    assert world.session.state.settings().is_offline_mode
    assert "evil" not in text_of(world)


@page
async def test_only_what_is_ticked_is_applied(world: Page) -> None:
    await strict(world)
    await bring(world, HOSTILE)
    await world.act("archive:take", {"arg": "", "is_api_on": "on", "ollama": "on", "features.title": "on"})
    settings = world.session.state.settings()
    assert settings.is_api_on
    assert settings.features["title"].model_id == MINI
    assert settings.is_offline_mode
    assert not settings.is_smart
    [ollama] = await world.records.get("settings", ["ollama"])
    assert ollama
    assert (ollama["address"], ollama["connected"]) == (EVIL, [])
    assert world.session.archive.held() == ()
    assert "Turn on the local API" in world.notices[-1]


@page
async def test_everything_can_be_taken_and_then_stands_as_in_the_file(world: Page) -> None:
    await strict(world)
    held = await bring(world, HOSTILE)
    await world.act("archive:take", {item.id: "on" for item in held})
    settings = world.session.state.settings()
    assert {name: asdict(settings)[name] for name in ("is_api_on", "is_smart", "share", "model_id")} == {
        name: LOOSE[name] for name in ("is_api_on", "is_smart", "share", "model_id")
    }
    assert not world.gate.standing().is_on
    assert [one.address for one in world.session.state.catalogs()] == [FAR_LIST["address"]]
    assert [one.id for one in world.session.state.added()] == ["url-1"]
    await world.cloud.look()
    assert world.service(OWN["id"]).address == OWN["address"]


@page
async def test_nothing_is_asked_where_nothing_is_loosened(world: Page) -> None:
    """What tightens comes in as it is, and so does what is the same."""
    tight = {**asdict(Settings()), **STRICT, "share": 0.0, "system_prompt": "Be brief."}
    assert await bring(world, {"settings": tight}) == ()
    assert world.session.state.settings().is_offline_mode
    assert world.session.state.settings().system_prompt == "Be brief."
    await world.session.preferences.change(**LOOSE)
    assert await bring(world, {"settings": LOOSE}) == ()


@page
async def test_letting_go_of_the_list_applies_nothing(world: Page) -> None:
    await strict(world)
    await bring(world, HOSTILE)
    await world.act("archive:drop")
    await world.act("archive:take", {"is_api_on": "on"})
    assert not world.session.state.settings().is_api_on


@page
async def test_a_server_here_cannot_become_local_by_a_file(world: Page) -> None:
    """The person has said that this server passes questions on; the file says that it does not."""
    world.fetch.events = [listed("m")]
    await world.act("cloud:add-own", {"address": "localhost:8080", "key": KEY})
    told = {
        "address": "http://localhost:8080/v1",
        "dialect": "openai",
        "stays": True,
        "id": "here-localhost-8080-v1-openai",
    }
    lists = {"lists": [{"id": told["id"], "at": 1.0, "models": [{"id": f"cloud:{told['id']}:m"}]}]}
    held = await bring(world, {SERVICES_KEY: {"own": [told]}, LISTS_KEY: lists})
    assert [english(item.title) for item in held] == ["Treat http://localhost:8080/v1 as local"]
    assert all(model.leaves_device for model in world.session.state.cloud())
    await world.cloud.look()
    assert [one.address for one in world.session.cloud.services() if one.is_own] == ["http://localhost:8080/v1"]
    assert all(model.leaves_device for model in world.session.state.cloud())


@pytest.mark.parametrize(
    ("model_id", "address", "is_held"),
    [
        ("tiny", "", False),
        ("ollama:llama3.2:1b", "", False),
        ("ollama:llama3.2:1b", "http://192.168.1.5:11434", True),
        ("ollama:gpt-oss:120b-cloud", "", True),
        ("cloud:here-localhost-8080-v1-openai:m", "", False),
        ("cloud:own-far.example-v1-openai:m", "", True),
        ("automatic", "", True),
    ],
)
def test_a_default_model_is_asked_for_where_words_could_leave(model_id: str, address: str, is_held: bool) -> None:
    mine = {"settings": {"settings": asdict(Settings()), "ollama": {"address": address}}}
    [(_, _, record)], items = hold_back(mine, [("settings", "settings", {**asdict(Settings()), "model_id": model_id})])
    assert ids(items) == ({"model_id"} if is_held else set())
    assert record["model_id"] == ("" if is_held else model_id)


def test_private_chats_stay_private_and_leave_is_not_brought_along() -> None:
    async def scene(world: ArchiveWorld) -> None:
        await world.act("chat:private", True)
        await world.act("chat:send", "Hello!")
        chat = world.session.state.chat()
        loose = {**asdict(chat), "is_private": False, "updated": chat.updated + 9, "title": "Newer"}
        other = asdict(Chat("other", title="Other", updated=1.0))
        await world.session.archive.bring(
            write_backup({"chats": {chat.id: loose, "other": other}, "turns": {}}, "0.1.0", 0.0)
        )
        assert world.session.state.chat().is_private
        assert world.session.state.chat().title == "Newer"

    async def whole() -> None:
        world = ArchiveWorld("Hi.")
        await world.session.start("#/chat")
        await scene(world)

    asyncio.run(whole())


@pytest.mark.parametrize("odd", [None, -7, "no address", [7], {"a": 7}, [[]], {"text": ["x"]}])
def test_records_of_odd_shapes_loosen_nothing_and_stop_nothing(odd: Any) -> None:
    names = (
        "learned",
        "abilities",
        "share",
        "features",
        "own",
        "shown",
        "picked",
        "catalogs",
        "models",
        "address",
        "connected",
    )
    record = dict.fromkeys(names, odd)
    keys = ("settings", "ollama", SERVICES_KEY, "sources")
    for mine in ({}, {"settings": dict.fromkeys(keys, record)}):
        _, items = hold_back(mine, [("settings", key, record) for key in keys])
        assert items == ()
