"""A chat that was made private stays private, whatever else is written of it at that moment, here or in another tab."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.memory import MemoryTabs
from tests.test_session_cloud import MINI
from tests.test_words_stay import SECRET, Open, opened

STEPS = 24


async def ticks(count: int) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


async def record_of(world: Open, id: str) -> dict[str, Any]:
    [record] = await world.records.get("chats", [id])
    assert record
    return record


@pytest.mark.parametrize("verb", ["send", "regenerate", "resend", "version", "renamed", "title", "ask-other", "leave"])
def test_no_write_takes_the_mark_back(verb: str) -> None:
    """Fault P2: the chat is marked at every possible moment of something that writes its record."""

    async def scene(world: Open) -> None:
        if verb == "title":
            await world.act("features:choose", {"arg": "title", "value": "tiny"})
        for step in range(STEPS):
            await world.act("chat:new")
            if verb != "title":
                await world.act("chat:send", SECRET)
            question, reply = [turn.id for turn in world.session.state.turns()][:2] or ["", ""]
            if verb == "version":
                await world.act("chat:regenerate", reply)
            chat = world.session.state.chat()
            if verb == "leave":
                await world.session.chats.keep_leave(chat.id, "yes")
            name, arg = {
                "send": ("chat:send", SECRET),
                "title": ("chat:send", SECRET),
                "regenerate": ("chat:regenerate", reply),
                "ask-other": ("chat:ask-other", f"{reply} tiny"),
                "resend": ("chat:resend", {"arg": question, "text": f"{SECRET} Again."}),
                "version": ("chat:version", reply),
                "renamed": ("chat:renamed", {"arg": chat.id, "title": "Mine"}),
                "leave": ("leave:again", chat.id),
            }[verb]
            world.session.act(name, arg)
            await ticks(step)
            world.session.act("chat:private", True)
            await world.session.jobs.join()
            assert world.session.state.chat().is_private
            kept = await record_of(world, chat.id)
            assert kept["is_private"], f"{verb}, {step}"
            assert list(kept["path"]) == list(world.session.state.chat().path)
            assert all(chat.is_private for chat in world.session.state.chats())
            if verb in ("send", "title"):
                assert len(kept["path"]) == (4 if verb == "send" else 2), f"no turn is lost: {step}"
            if verb == "renamed":
                assert kept["title"] == "Mine"
            if verb == "leave":
                assert kept["leave"] == ""

    opened(scene)


@pytest.mark.parametrize("verb", ["send", "regenerate", "renamed"])
def test_no_write_of_another_tab_takes_the_mark_back(verb: str) -> None:
    """Fault P2: one tab marks the chat at every possible moment of what another one writes, and both know it then."""

    async def scene(world: Open) -> None:
        for step in range(STEPS):
            await world.act("chat:new")
            await world.act("chat:send", SECRET)
            id = world.session.state.chat().id
            other = await another(world, id)
            name, arg = {
                "send": ("chat:send", SECRET),
                "regenerate": ("chat:regenerate", world.last.id),
                "renamed": ("chat:renamed", {"arg": id, "title": "Mine"}),
            }[verb]
            world.session.act(name, arg)
            await ticks(step)
            other.session.act("chat:private", True)
            for _ in range(4):
                await world.session.jobs.join()
                await other.session.jobs.join()
                await ticks(4)
            assert (await record_of(world, id))["is_private"], f"{verb}, {step}"
            assert world.session.privacy.is_private(id)
            assert other.session.privacy.is_private(id)
            await world.act("models:choose", MINI)
            await world.act("chat:send", SECRET)
            assert world.secrets == []
            await world.act("models:choose", "tiny")

    opened(scene)


async def another(world: Open, id: str) -> Open:
    """A second tab of the same browser, with a chat open."""
    first, channels = Open(world.everybody, "Other."), dict[str, MemoryTabs]()
    first.vault, first.records = world.vault, world.records
    for page in (world, first):
        page.tabs = lambda channel: channels.setdefault(channel, MemoryTabs()).another()  # type: ignore[method-assign]
    route = f"#/chat/{id}"
    for page in (world, first):
        page.compose()
        page.session.manager.add(page.catalog)
        await page.session.start(route)
        await page.session.jobs.join()
    return first
