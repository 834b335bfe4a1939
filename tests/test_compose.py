"""The app as `main` composes it, over an outside in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from app.compose import App, compose
from app.core.adapters import visit_from
from app.core.shapes import Damaged
from app.session.session import LAZY
from app.study.chats import Chat
from app.ui.mount import mount
from tests.adapters import PlainTypesetter, memory_adapters
from tests.memory import MemoryRecords, MemoryTabs, RecordingPage

ORIGIN = "https://x.example"
HELLO = {"app": "drleelm", "base": f"{ORIGIN}/app/", "origin": ORIGIN, "hash": "#/chat", "browserLanguage": "en"}


def opened(search: str = "", **changes: Any) -> App:
    """The app of a page that was opened with a query, painted and at rest."""
    hello: Mapping[str, object] = {**HELLO, "search": search, "isOnline": True, "hasPickers": False}

    async def body() -> App:
        app = compose(memory_adapters(visit=visit_from(hello), **changes))
        await app.start()
        page = app.adapters.page
        mount(app.session, page, PlainTypesetter())
        await app.session.jobs.join()
        return app

    return asyncio.run(body())


def test_a_first_visit_lists_the_catalogue_and_paints_the_chat() -> None:
    page = RecordingPage()
    app = opened(page=page)
    assert [row.model.id for row in app.session.state.rows() if row.model.is_bundled]
    assert {id for kind, id, _ in page.painted} >= {"nav", "model", "chats", "empty"}
    assert app.session.state.notices() == ()
    assert not vars(app.session).keys() & set(LAZY), "nothing is made before somebody needs it"


def test_the_demo_has_a_model_of_its_own_and_as_many_messages_as_it_is_asked_for() -> None:
    app = opened("?demo&messages=4&models=2")
    assert [row.model.id for row in app.session.state.rows()] == ["demo", "listed-0", "listed-1"]
    assert [len(chat.path) for chat in app.session.state.chats()] == [4]


def test_where_the_browser_blocks_storage_the_person_is_told() -> None:
    app = opened(is_storage_blocked=True)
    assert [notice.id for notice in app.session.state.notices()] == ["storage-blocked"]


def test_storage_that_is_cleared_under_the_page_is_told() -> None:
    async def body() -> None:
        records = MemoryRecords()
        app = compose(memory_adapters(records=records))
        await app.session.start("")
        records.lose()
        await app.session.jobs.join()
        assert [notice.id for notice in app.session.state.notices()] == ["storage-lost"]

    asyncio.run(body())


def test_what_another_page_writes_is_shown_here() -> None:
    async def body() -> None:
        records, channels = MemoryRecords(), dict[str, MemoryTabs]()
        adapters = memory_adapters(
            records=records, tabs=lambda channel: channels.setdefault(channel, MemoryTabs()).another()
        )
        here, there = compose(adapters), compose(replace(adapters, page=RecordingPage()))
        await here.session.start("")
        await there.session.start("")
        await there.session.store.restore(([], Chat("c1", "From there")))
        await here.session.jobs.join()
        assert [chat.title for chat in here.session.state.chats()] == ["From there"]

    asyncio.run(body())


@pytest.mark.parametrize("name", ["app", "base", "origin", "hash", "search"])
def test_a_greeting_that_lacks_something_is_none(name: str) -> None:
    hello: dict[str, object] = {**HELLO, "search": "", name: 7}
    with pytest.raises(Damaged, match=name):
        visit_from(hello)
