"""The first run: offered once, picked from, gone on with after a reload, never shown twice unasked."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from app.core.actions import Picked, PickedFile
from app.core.commands import Focus, Route
from app.core.values import Model, Source
from tests.memory import ticks
from tests.models.store.test_manager import bundled, tiny
from tests.study.imports.exports import as_file
from tests.test_session import World, play

BETTER_URL = "https://models.example/better.gguf"


class WithBetter(World):
    """A page whose catalogue has a larger model, too."""

    @property
    def catalog(self) -> list[Model]:
        self.fetch.files[BETTER_URL] = tiny()
        return [
            bundled(),
            replace(bundled(), id="better", name="Better", is_bundled=False, sources=(Source(BETTER_URL),)),
        ]


def shown(world: World) -> str:
    """What of the first run is on show."""
    return world.session.state.setup()


def test_it_is_offered_to_a_person_with_nothing_until_skipped_and_settings_opens_it_again() -> None:
    async def scene(world: World) -> None:
        await world.act("models:check")
        assert shown(world) == "welcome"
        await world.act("setup:later")
        assert shown(world) == ""
        await world.reload()
        await world.act("models:check")
        assert shown(world) == "", "never twice unasked"
        await world.act("setup:open")
        assert shown(world) == "welcome"
        await world.reload()
        await world.act("models:check")
        assert shown(world) == "welcome", "a reload in the middle goes on"

    play(scene)


def test_who_opens_an_imported_chat_sees_it_and_the_panel_is_not_shown_again() -> None:
    async def scene(world: World) -> None:
        await world.act("models:check")
        message = {"uuid": "m", "sender": "human", "text": "Hello"}
        data = as_file({"uuid": "k", "name": "K", "created_at": "2026-03-01T10:00:00Z", "chat_messages": [message]})
        await world.act("archive:open", Picked((PickedFile("conversations.json", data),)))
        await world.act("imports:bring")
        assert shown(world) == "welcome", "no chat is open yet"
        [chat] = world.session.state.chats()
        await world.act("page:go", f"#/chat/{chat.id}")
        assert (shown(world), world.session.state.settings().setup) == ("", "later")
        await world.act("setup:open")
        assert shown(world) == "welcome", "Settings opens it again, over any chat"

    play(scene)


def test_the_included_model_is_downloaded_while_the_person_writes() -> None:
    async def scene(world: World) -> None:
        world.fetch.gate = asyncio.Semaphore(0)
        await world.act("models:check")
        world.session.act("setup:pick", {"choice": "tiny"})
        await ticks(400)
        assert shown(world) == "fetch"
        assert Focus("message") in world.page.commands
        assert world.session.state.settings().model_id == "tiny"
        world.fetch.gate = None
        await world.reload()
        await world.act("models:check")
        assert shown(world) == "fetch", "still not here"
        await world.act("models:download", "tiny")
        assert shown(world) == ""
        assert world.session.state.settings().setup == "done"
        assert world.notices == ["Tiny is ready."]

    play(scene)


def test_a_better_model_answers_once_it_is_here_unless_another_was_chosen_meanwhile() -> None:
    async def scene() -> None:
        world = WithBetter("Hi.")
        await world.session.start("")
        await world.act("setup:pick", {"choice": "better"})
        assert (shown(world), world.session.state.settings().model_id) == ("", "better")
        await world.act("setup:pick", {"choice": "better"})
        assert world.session.state.settings().setup == "done", "what is here already is chosen at once"

    asyncio.run(scene())


def test_writing_goes_on_without_the_panel_and_keeps_the_download() -> None:
    async def scene(world: World) -> None:
        await world.act("models:check")
        await world.act("chat:send", "Hello!")
        assert shown(world) == ""
        assert world.session.state.settings().setup == "later"

    play(scene, "Hi there.")


def test_it_does_not_cover_a_question_that_is_on_its_way() -> None:
    async def scene(world: World) -> None:
        world.session.act("chat:send", "Hello!")
        world.session.setup.offer()  # the page has come to rest before the question is stored
        assert shown(world) == ""

    play(scene, "Hi there.")


def test_ollama_leads_to_its_tab() -> None:
    async def scene(world: World) -> None:
        await world.act("models:check")
        await world.act("setup:pick", {"choice": "ollama"})
        assert shown(world) == ""
        assert Route("#/models/ollama") in world.page.commands

    play(scene)


def test_a_better_model_that_an_empty_chat_offers_is_fetched_and_answers_then_or_is_declined_for_good() -> None:
    async def scene() -> None:
        world = WithBetter("Hi.")
        await world.session.start("")
        await world.act("setup:later")
        await world.act("setup:enough")
        await world.reload()
        await world.act("models:check")
        assert (world.session.state.settings().setup, shown(world)) == ("enough", "")
        await world.act("setup:fetch", "better")
        assert (shown(world), world.session.state.settings().model_id) == ("", "better")

    asyncio.run(scene())
