"""The session: every action of a page, over ports in memory and engines without a model."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from dataclasses import fields, replace
from typing import Any

import pytest

from app.compose import compose
from app.core.adapters import Adapters
from app.core.commands import Copy, Draft, Focus, Install, Opened, Persist, Restore, Route, Save, Theme, Update
from app.core.errors import AppError, DeviceLost, Interrupted
from app.core.texts import Percent, Text
from app.core.values import Delta, DeviceFacts, EngineName, EngineSettings, Message, Model, Sampling, Thought
from app.models.store.rows import Status
from app.session.settings import Settings, SettingsChanges
from app.study.chats import Turn
from app.study.demo import seed
from app.study.finding import Found
from tests.adapters import memory_adapters
from tests.environment import ROOT
from tests.memory import (
    NO_WEBGPU,
    WEBGPU,
    FakeClock,
    FakeDevice,
    MemoryBlobs,
    MemoryRecords,
    MemoryTabs,
    RecordingPage,
    ScriptedFetch,
    picked,
    ticks,
)
from tests.models.scripted import Answer, ScriptedEngine
from tests.models.store.test_manager import CHUNK, PNG, URL, bundled, tiny
from tests.words import english

GPU_FILE = ROOT / "tests" / "fixtures" / "models" / "tiny-gemma3-gpu.litertlm"


class SlowEngine(ScriptedEngine):
    """Gives one word for each `more()`; without a gate all at once."""

    gate: asyncio.Semaphore | None = None

    async def generate(
        self, messages: Sequence[Message], settings: EngineSettings, chat_id: str = ""
    ) -> AsyncGenerator[Delta | Thought, None]:
        gate = self.gate
        async for delta in super().generate(messages, settings, chat_id):
            if gate is not None:
                await gate.acquire()
            yield delta


class World:
    """A page with its session; `reload()` is the same browser after a reload."""

    def __init__(self, *answers: str | AppError, facts: DeviceFacts = WEBGPU) -> None:
        self.records, self.blobs = MemoryRecords(), MemoryBlobs()
        self.fetch = ScriptedFetch({URL: tiny()})
        self.engine = SlowEngine(list(answers))
        self.engines: list[EngineName] = []
        self.device = FakeDevice(facts)
        self.compose()

    @property
    def adapters(self) -> Adapters:
        """The outside of this page."""
        return memory_adapters(
            page=self.page,
            clock=FakeClock(step=0.01),
            device=self.device,
            fetch=self.fetch,
            blobs=self.blobs,
            records=self.records,
            tabs=self.tabs,
            engine=self.make_engine,
        )

    def compose(self) -> None:
        """A page that has just been opened."""
        self.page = RecordingPage()
        self.app = compose(self.adapters)
        self.session = self.app.session
        self.gate = self.session.gate
        self.app.manager.add(self.catalog)

    def tabs(self, channel: str) -> MemoryTabs:
        """No other page is open."""
        return MemoryTabs()

    @property
    def catalog(self) -> list[Model]:
        """The built-in models."""
        return [bundled()]

    def make_engine(self, name: EngineName) -> ScriptedEngine:
        self.engines.append(name)
        return self.engine

    async def reload(self, route: str = "#/chat") -> None:
        self.compose()
        await self.session.start(route)
        await self.session.jobs.join()

    async def act(self, name: str, arg: Any = "") -> None:
        """Do something and wait until all of it has ended."""
        self.session.act(name, arg)
        await self.session.jobs.join()

    async def hear(self, *wrote: tuple[str, str]) -> None:
        """Another page says that it has written these; wait until all that follows has ended."""
        self.session.run(lambda: self.session.together.wrote(list(wrote)))
        await self.session.jobs.join()

    async def look(self, group: str) -> None:
        """A page that needs a group has it read what is stored."""
        await getattr(self.session, group).look()

    async def begin(self, name: str, arg: Any = "", words: int = 0) -> None:
        """Do something whose reply comes to a halt after so many words."""
        self.engine.gate = asyncio.Semaphore(words)
        self.session.act(name, arg)
        await ticks(400)

    async def more(self) -> None:
        """Let the replies end."""
        assert self.engine.gate is not None
        for _ in range(1000):
            self.engine.gate.release()
        await self.session.jobs.join()

    @property
    def texts(self) -> list[str]:
        return [turn.text for turn in self.session.state.turns()]

    @property
    def last(self) -> Turn:
        return self.session.state.turns()[-1]

    @property
    def toast(self) -> str:
        shown = self.session.state.toast()
        return english(shown.text) if shown else ""

    @property
    def notices(self) -> list[str]:
        return [english(notice.text) for notice in self.session.state.notices()]


Scene = Callable[[World], Awaitable[None]]


def play(scene: Scene, *answers: str | AppError, facts: DeviceFacts = WEBGPU) -> World:
    """Run a scene on a fresh page."""

    async def body() -> World:
        world = World(*answers, facts=facts)
        await world.session.start("")
        await world.session.jobs.join()
        await scene(world)
        await world.session.jobs.join()
        return world

    return asyncio.run(body())


# -- asking and answering ---------------------------------------------------------------------------------------------


def test_the_first_message_fetches_the_bundled_model_and_is_answered() -> None:
    async def scene(world: World) -> None:
        await world.act("chat:send", "  Hello!  ")
        assert world.texts == ["Hello!", "Hi there."]
        assert world.session.manager.row("tiny").is_ready
        assert world.engines == ["wllama"]
        assert (world.last.stop_reason, world.last.model_name, world.last.engine) == ("end", "Tiny", "wllama")
        chat = world.session.state.chat()
        assert [item.id for item in world.session.state.chats()] == [chat.id]
        assert Route(f"#/chat/{chat.id}") in world.page.commands
        assert world.page.done(Persist), "the browser is asked to keep what is fetched"
        assert world.session.state.live() == {}
        await world.reload(f"#/chat/{chat.id}")
        assert world.texts == ["Hello!", "Hi there."]
        assert world.session.manager.row("tiny").is_ready

    assert play(scene, "Hi there.").notices == []


def test_the_next_message_goes_with_what_was_said() -> None:
    async def scene(world: World) -> None:
        await world.act("chat:send", "One")
        await world.act("chat:send", "Two")
        assert [message.content for message in world.engine.asked[1]] == ["One", "First.", "Two"]
        assert len(world.engine.loads) == 1

    play(scene, "First.", "Second.")


def test_empty_messages_are_not_sent() -> None:
    async def scene(world: World) -> None:
        await world.act("chat:send", " \n ")
        assert (world.texts, world.session.state.chats()) == ([], ())

    play(scene)


def test_stop_keeps_the_words_and_the_next_message_works() -> None:
    async def scene(world: World) -> None:
        await world.begin("chat:send", "Count", words=2)
        assert world.session.state.live()[world.session.state.chat().id].text == "one two "
        world.session.act("chat:stop", "")
        await world.session.jobs.join()
        assert (world.last.text, world.last.stop_reason) == ("one two ", "stopped")
        assert world.session.state.live() == {}
        world.engine.gate = None
        await world.act("chat:send", "Again")
        assert world.last.text == "five"

    play(scene, "one two three four", "five")


def test_a_message_sent_while_one_is_answered_waits_for_its_turn() -> None:
    async def scene(world: World) -> None:
        await world.begin("chat:send", "first", words=1)
        world.session.act("chat:send", "second")
        world.session.act("chat:send", "third")
        await ticks()
        assert world.texts[0] == "first"
        assert "second" not in world.texts
        await world.more()
        assert world.texts == ["first", "a b", "second", "c", "third", "d"]

    play(scene, "a b", "c", "d")


def test_stop_gives_back_what_is_queued() -> None:
    async def scene(world: World) -> None:
        await world.begin("chat:send", "first", words=1)
        world.session.act("chat:send", "second")
        world.session.act("chat:send", "third")
        await ticks()
        world.session.act("chat:stop", "")
        await ticks(200)
        await world.more()
        assert world.texts == ["first", "a "]
        assert world.page.done(Draft) == [Draft(world.session.state.chat().id, "second\n\nthird")]
        assert world.session.state.queued() == {}

    play(scene, "a b", "c")


def test_a_queued_message_is_taken_back_or_edited() -> None:
    async def scene(world: World) -> None:
        await world.begin("chat:send", "first", words=1)
        for words in ("second", "third", "fourth"):
            world.session.act("chat:send", words)
        chat_id = world.session.state.chat().id
        second, third, _ = world.session.state.queued()[chat_id]
        world.session.act("chat:unqueue", second.id)
        world.session.act("chat:edit-queued", third.id)
        assert world.page.done(Draft) == [Draft(chat_id, "third")]
        assert world.page.done(Focus)[-1] == Focus("message")
        await world.more()
        assert world.texts == ["first", "a b", "fourth", "c"]

    play(scene, "a b", "c")


def test_what_is_queued_while_a_reply_is_made_again_is_asked_after_it() -> None:
    """Fault U17: nobody asked it."""

    async def scene(world: World) -> None:
        await world.act("chat:send", "first")
        world.engine.gate = asyncio.Semaphore(0)
        world.session.act("chat:regenerate", world.last.id)
        await ticks(200)
        world.session.act("chat:send", "second")
        await ticks()
        await world.more()
        assert world.texts == ["first", "b", "second", "c"]

    play(scene, "a", "b", "c")


def test_what_is_queued_survives_a_reply_that_cannot_be_stored() -> None:
    async def scene(world: World) -> None:
        await world.begin("chat:send", "first", words=1)
        world.session.act("chat:send", "second")
        world.session.act("chat:send", "third")
        world.records.is_full = True
        await world.more()
        assert world.page.done(Draft) == [Draft(world.session.state.chat().id, "second\n\nthird")]
        assert world.session.state.queued() == {}

    play(scene, "a b", "c")


def test_the_first_words_of_a_reply_are_kept_at_once_and_the_rest_when_the_page_goes() -> None:
    """Fault U6: a reload lost all that had come in the first three seconds."""

    async def scene(world: World) -> None:
        async def stored() -> str:
            [turn] = await world.session.store.turns([world.session.state.chat().path[-1]])
            return turn.text

        await world.begin("chat:send", "Count", words=1)
        assert await stored() == "one "
        assert world.engine.gate is not None
        world.engine.gate.release()
        await ticks()
        assert await stored() == "one ", "not with each word"
        world.session.act("chat:keep", "")
        await ticks()
        assert await stored() == "one two "
        await world.more()

    play(scene, "one two three")


def test_two_chats_are_answered_one_after_the_other() -> None:
    async def scene(world: World) -> None:
        await world.begin("chat:send", "in one", words=1)
        one = world.session.state.chat().id
        world.session.act("chat:new", "")
        await ticks()
        world.session.act("chat:send", "in two")
        await ticks(200)
        two = world.session.state.chat().id
        assert set(world.session.state.live()) == {one, two}
        assert english(world.session.state.live()[two].note).startswith("Waiting")
        await world.more()
        assert world.texts == ["in two", "second answer"]
        await world.act("page:go", f"#/chat/{one}")
        assert world.texts == ["in one", "first answer"]

    play(scene, "first answer", "second answer")


def test_errors_stay_with_the_reply_and_trying_again_makes_a_version() -> None:
    async def scene(world: World) -> None:
        await world.act("chat:send", "Hello!")
        assert world.last.stop_reason == "error"
        assert world.last.problem is not None
        assert world.last.problem.message == english(DeviceLost.message)
        failed = world.last.id
        await world.act("chat:regenerate", failed)
        assert world.texts == ["Hello!", "Now it works."]
        assert world.session.state.versions()[world.last.id] == (failed, world.last.id)
        await world.act("chat:version", failed)
        assert world.last.problem is not None

    assert play(scene, DeviceLost(), "Now it works.").notices == []


def test_editing_and_regenerating_keep_every_version() -> None:
    async def scene(world: World) -> None:
        await world.act("chat:send", "question")
        await world.act("chat:send", "more")
        question, answer = world.session.state.turns()[0].id, world.session.state.turns()[1].id
        await world.act("chat:edit", question)
        assert world.session.state.editing() == question
        await world.act("chat:resend", {"arg": question, "text": " better question "})
        assert world.session.state.editing() == ""
        assert world.texts == ["better question", "answer 3"]
        assert world.session.state.chat().title == "question"
        await world.act("chat:regenerate", world.last.id)
        assert world.texts == ["better question", "answer 4"]
        assert len(world.session.state.versions()) == 2
        await world.act("chat:version", question)
        assert world.texts == ["question", "answer 1", "more", "answer 2"]
        await world.act("chat:regenerate", answer)
        assert world.texts == ["question", "answer 5"]
        assert [message.content for message in world.engine.asked[-1]] == ["question"]

    play(scene, *(f"answer {number}" for number in range(1, 6)))


def test_a_cut_answer_goes_on() -> None:
    async def scene(world: World) -> None:
        await world.begin("chat:send", "Count", words=2)
        await world.act("chat:stop")
        world.engine.gate = None
        await world.act("chat:continue", world.last.id)
        assert world.texts == ["Count", "one two three"]
        assert world.last.stop_reason == "end"
        assert world.session.state.versions() == {}

    play(scene, "one two never", "three")


def test_a_closed_page_leaves_a_turn_that_says_so_and_can_be_gone_on_with() -> None:
    async def scene(world: World) -> None:
        await world.begin("chat:send", "Count", words=1)
        before = world.session
        await world.reload(f"#/chat/{world.session.state.chat().id}")
        assert (world.last.role, world.last.stop_reason) == ("assistant", "closed")
        await before.jobs.stop(f"reply:{world.session.state.chat().id}")

    play(scene, "one two")


def test_a_full_disk_loses_no_word() -> None:
    async def scene(world: World) -> None:
        await world.begin("chat:send", "Count", words=1)
        world.records.is_full = True
        await world.more()
        assert world.last.text == "one two"
        assert world.notices == ["There isn't enough space."]
        chat, turns = world.session.state.chat(), world.session.state.turns()
        await world.act("chat:send", "My long question")
        assert world.page.done(Draft) == [Draft(chat.id, "My long question")], (
            "Fault D7: the words are back in the field"
        )
        assert "wasn't sent" in world.notices[-1]
        assert (world.session.state.chat(), world.session.state.turns()) == (chat, turns)
        world.session.act("chat:new", "")
        await world.act("chat:send", "A first one")
        assert world.page.done(Draft)[-1] == Draft("", "A first one")
        assert world.session.state.turns() == ()
        world.records.is_full = False
        await world.act("chat:send", "A first one")
        assert world.texts == ["A first one", "Again."], "and nothing else is sent with it"

    play(scene, "one two", "Again.")


def test_a_setting_acts_once_it_is_stored() -> None:
    """Fault D7."""

    async def scene(world: World) -> None:
        world.records.is_full = True
        for name, arg in (
            ("settings:theme", {"value": "dark"}),
            ("settings:number", {"arg": "temperature", "value": "1.5"}),
            ("settings:think", False),
            ("settings:api", True),
            ("routing:smart", True),
            ("models:choose", "other"),
        ):
            before = world.session.state.settings()
            await world.act(name, arg)
            assert world.session.state.settings() == before, name
            assert world.notices[-1] == "Nothing was changed. There isn't enough space.", name
        assert world.page.done(Theme) == []
        assert world.page.done(Restore)
        world.records.is_full = False
        await asyncio.gather(
            world.session.preferences.change(theme="dark"), world.session.preferences.change(think=False)
        )
        await world.reload()
        assert (world.session.state.settings().theme, world.session.state.settings().think) == ("dark", False)

    play(scene)


def test_what_keeps_words_here_acts_even_where_it_cannot_be_stored() -> None:
    """Fault D7."""

    async def scene(world: World) -> None:
        world.records.is_full = True
        await world.act("offline:switch", True)
        assert world.session.state.settings().is_offline_mode
        assert world.session.state.offline().is_on
        assert world.notices[-1].startswith("This applies until you close this page, but it couldn't be saved.")
        await world.act("offline:switch", False)
        assert world.session.state.offline().is_on, "opening the gate again must be stored first"

    play(scene)


def test_copying_gives_the_text_as_written() -> None:
    async def scene(world: World) -> None:
        await world.act("chat:send", "Hello!")
        await world.act("chat:copy", world.last.id)
        assert world.page.done(Copy) == [Copy("**Bold**")]

    play(scene, "**Bold**")


# -- chats ------------------------------------------------------------------------------------------------------------


def test_a_long_chat_opens_with_its_newest_turns_only() -> None:
    async def scene(world: World) -> None:
        await seed(world.records, english, 1000)
        await world.reload()
        world.records.reads = 0
        await world.act("page:go", "#/chat/demo-1000")
        assert len(world.session.state.turns()) == 40
        assert world.records.reads <= 41
        assert world.page.done(Opened)[-1] == Opened("demo-1000", 1000)
        await world.act("chat:earlier")
        assert len(world.session.state.turns()) == 80
        assert world.session.state.turns()[0].id == "demo-1000-920"

    play(scene)


def test_answers_in_a_long_chat_do_not_draw_older_turns() -> None:
    async def scene(world: World) -> None:
        await seed(world.records, english, 100)
        await world.reload("#/chat/demo-100")
        first = world.session.state.turns()[0].id
        await world.act("chat:send", "More")
        assert world.session.state.turns()[0].id == first
        assert world.last.text == "Yes."

    play(scene, "Yes.")


def test_renaming_deleting_and_undoing() -> None:
    async def scene(world: World) -> None:
        await world.act("chat:send", "Hello!")
        chat = world.session.state.chat()
        await world.act("chat:rename", chat.id)
        assert world.session.state.renaming() == chat.id
        await world.act("chat:renamed", {"arg": chat.id, "title": "  "})
        assert world.session.state.chats()[0].title == "Hello!"
        await world.act("chat:renamed", {"arg": chat.id, "title": "Greetings"})
        assert (world.session.state.chats()[0].title, world.session.state.renaming()) == ("Greetings", "")
        await world.act("chat:delete", chat.id)
        assert (world.session.state.chats(), world.texts) == ((), [])
        assert (world.toast, world.notices) == ("Chat deleted", [])
        world.records.is_full = True
        await world.act("chat:undo", chat.id)
        assert (world.session.state.chats(), world.toast) == ((), "Chat deleted"), "it can be tried again"
        world.records.is_full = False
        await world.act("chat:undo", chat.id)
        assert [item.title for item in world.session.state.chats()] == ["Greetings"]
        assert world.toast == ""
        assert world.texts == ["Hello!", "Hi."], "it was open, and is again"
        assert world.page.done(Route)[-1].hash == f"#/chat/{chat.id}"

    play(scene, "Hi.")


def test_a_toast_goes_once_its_time_is_over_and_never_takes_a_later_one_with_it() -> None:
    async def scene(world: World) -> None:
        for text in ("One", "Two"):
            await world.act("chat:new")
            await world.act("chat:send", text)
        newest, oldest = (chat.id for chat in world.session.state.chats())
        await world.act("page:go", "#/models")
        await world.act("chat:delete", newest)
        await world.act("chat:delete", oldest)
        assert world.session.state.route() == "models", "deleting leads nowhere"
        await world.act("app:toast-over", f"deleted-{newest}")
        assert world.toast == "Chat deleted"
        await world.act("app:toast-over", f"deleted-{oldest}")
        assert world.toast == ""

    play(scene, "Yes.", "Yes.")


def test_a_pinned_chat_stays_pinned_while_it_goes_on_and_when_its_pin_is_older_than_it() -> None:
    async def scene(world: World) -> None:
        await world.act("chat:send", "Hello!")
        chat = world.session.state.chat().id
        kept = world.records.shelves["chats"]
        kept[chat] = json.dumps(
            {k: v for k, v in json.loads(kept[chat]).items() if k != "is_pinned"}
        )  # as it was before
        await world.act("chat:pin", chat)
        assert world.session.state.chats()[0].is_pinned
        await world.act("chat:send", "And on.")
        assert json.loads(kept[chat])["is_pinned"]
        await world.act("chat:delete", chat)
        await world.act("chat:undo", chat)
        assert world.session.state.chats()[0].is_pinned
        await world.act("chat:pin", chat)
        assert not world.session.state.chats()[0].is_pinned

    play(scene, "Hi.", "Yes.")


def test_deleting_a_chat_stops_its_answer() -> None:
    async def scene(world: World) -> None:
        await world.begin("chat:send", "Count", words=1)
        chat = world.session.state.chat().id
        await world.act("chat:delete", chat)
        assert world.records.shelves["turns"] == {}
        assert world.session.state.live() == {}
        await world.act("chat:undo", chat)
        await world.act("page:go", f"#/chat/{chat}")
        assert world.texts == ["Count", "one "]

    play(scene, "one two")


def test_search_shows_what_was_found_and_the_latest_query_wins() -> None:
    async def scene(world: World) -> None:
        await world.act("chat:send", "The sky")
        sky = world.session.state.chat().id
        await world.act("chat:new")
        await world.act("chat:send", "The sea")
        sea = world.session.state.chat()
        found = world.session.state.found
        await world.act("find:type", "sky")
        assert found() is None, "the search is shut"
        await world.act("find:open", True)
        world.session.act("find:type", "sea")
        world.session.act("find:type", "sky")
        await world.session.jobs.join()
        assert [hit.chat_id for hit in (found() or Found()).hits] == [sky]
        await world.act("find:type", "Blue too")
        [hit] = (found() or Found()).hits
        assert (hit.chat_id, hit.turn_id) == (sea.id, sea.path[1])
        await world.act("chat:private", True)
        await world.act("find:type", "blue")
        assert [hit.chat_id for hit in (found() or Found()).hits] == [sky], "no word of a private chat"
        await world.act("find:type", "the s")
        assert [hit.chat_id for hit in (found() or Found()).hits] == [sea.id, sky], "its title, while it is open"
        await world.act("page:go", f"#/chat/{sky}")
        await world.act("find:type", "the s")
        assert [hit.chat_id for hit in (found() or Found()).hits] == [sky]
        await world.act("find:type", "  ")
        assert found() == Found()
        await world.act("find:open", False)
        assert found() is None

    play(scene, "Blue.", "Blue too.")


def test_a_turn_has_its_address_and_is_brought_into_view() -> None:
    async def scene(world: World) -> None:
        await seed(world.session.records, english, 100)
        await world.reload("#/chat/demo-100/demo-100-3")
        assert world.session.state.chat().id == "demo-100"
        assert world.session.state.turns()[1].id == "demo-100-3", "with the one before it"
        assert world.session.state.reaching() == "demo-100-3"
        await world.reload("#/chat/demo-100")
        assert len(world.session.state.turns()) == 40
        await world.act("page:go", "#/chat/demo-100/demo-100-90")
        assert (len(world.session.state.turns()), world.session.state.reaching()) == (40, "demo-100-90")
        await world.act("page:go", "#/chat/demo-100/demo-100-3")
        assert (len(world.session.state.turns()), world.session.state.reaching()) == (98, "demo-100-3")
        await world.act("page:go", "#/chat/demo-100/gone")
        assert world.session.state.reaching() == "", "what is not there leads nowhere"

    play(scene)


def test_a_chat_can_be_saved_as_a_file() -> None:
    async def scene(world: World) -> None:
        await world.act("chat:send", "Hello!")
        await world.act("chat:export", world.session.state.chat().id)
        [file] = world.page.done(Save)
        assert file.name == "Hello!.md"
        assert file.text.startswith("# Hello!\n\n## You\n\nHello!\n\n## Tiny\n\nHi.\n\n## Sources and models\n")
        assert "- Tiny, on this device: 1 reply, 1 word (" in file.text

    play(scene, "Hi.")


def test_addresses() -> None:
    async def scene(world: World) -> None:
        await world.act("page:go", "#/models")
        assert world.session.state.route() == "models"
        await world.act("page:go", "#/nonsense")
        assert world.session.state.route() == "chat"
        await world.act("page:go", "#/chat/gone")
        assert world.notices == ["This chat isn't on this device."]
        world.session.act("page:go", "#/models")
        world.session.act("page:go", "#/settings")
        await world.session.jobs.join()
        assert world.session.state.route() == "settings"

    play(scene)


# -- models -----------------------------------------------------------------------------------------------------------


def test_pause_resume_and_cancel_a_download() -> None:
    async def scene(world: World) -> None:
        world.fetch.gate = asyncio.Semaphore(2)
        world.session.act("models:download", "tiny")
        await ticks(200)
        await world.act("models:pause", "tiny")
        assert world.session.state.rows()[0].status == Status.PAUSED
        assert world.session.state.rows()[0].stored_bytes == 2 * CHUNK
        world.fetch.gate = None
        await world.act("models:download", "tiny")
        assert world.session.state.rows()[0].status == Status.READY
        await world.act("models:delete", "tiny")
        assert world.session.state.rows()[0].status == Status.NOT_DOWNLOADED
        assert await world.blobs.infos() == []

    play(scene)


def test_the_get_button_and_a_message_share_one_download() -> None:
    async def scene(world: World) -> None:
        world.fetch.gate = asyncio.Semaphore(1)
        world.session.act("models:download", "tiny")
        await ticks(100)
        world.session.act("chat:send", "Hello!")
        await ticks(100)
        for _ in range(10):
            world.fetch.gate.release()
        await world.session.jobs.join()
        assert world.texts == ["Hello!", "Hi."]
        assert len(world.fetch.asked) == 5

    play(scene, "Hi.")


def test_the_screen_stays_on_during_a_reply_on_battery_only_where_that_is_wanted() -> None:
    async def scene(world: World) -> None:
        state = world.session.state
        assert not state.keeps_awake()
        await world.begin("chat:send", "Count", words=1)
        assert state.keeps_awake(), "no battery is known of"
        await world_quick(world, "app:battery", {"level": 0.5, "is_charging": False})
        assert not state.keeps_awake()
        await world_quick(world, "settings:awake", True)
        assert state.keeps_awake()
        await world_quick(world, "settings:awake", False)
        await world_quick(world, "app:battery", {"level": 0.5, "is_charging": True})
        assert state.keeps_awake()
        await world.more()
        assert not state.keeps_awake()
        state.progress.set(Percent(3))
        assert state.keeps_awake(), "for a download, too"

    play(scene, "one two three")


async def world_quick(world: World, name: str, arg: object) -> None:
    """Do something while a reply is under way."""
    world.session.act(name, arg)
    await ticks()


def test_stopping_a_reply_that_waits_for_its_model_pauses_the_download() -> None:
    async def scene(world: World) -> None:
        world.fetch.gate = asyncio.Semaphore(2)
        world.session.act("chat:send", "Hello!")
        await ticks(300)
        await world.act("chat:stop")
        assert world.session.state.rows()[0].status == Status.PAUSED
        assert (world.last.text, world.last.stop_reason) == ("", "stopped")
        world.fetch.gate = None
        await world.act("chat:regenerate", world.last.id)
        assert world.last.text == "Hi."
        assert [span for _, span in world.fetch.asked].count("bytes=0-499999") == 1

    play(scene, "Hi.")


def test_pausing_a_download_tells_the_reply_that_waits() -> None:
    async def scene(world: World) -> None:
        world.fetch.gate = asyncio.Semaphore(2)
        world.session.act("chat:send", "Hello!")
        await ticks(300)
        await world.act("models:pause", "tiny")
        assert world.last.problem is not None
        assert world.last.problem.message == "The download of Tiny was paused."

    play(scene)


def test_a_failed_download_is_told_once() -> None:
    async def scene(world: World) -> None:
        world.fetch.events = [Interrupted() for _ in range(4)]
        await world.act("chat:send", "Hello!")
        assert world.last.problem is not None
        assert world.last.problem.message == english(Interrupted.message)
        assert world.notices == [], "the reply says it already"
        world.fetch.events = [Interrupted() for _ in range(4)]
        await world.act("models:download", "tiny")
        assert world.notices == [english(Interrupted.message)]
        await world.act("page:go", "#/models")
        await world.act("app:dismiss", world.session.state.notices()[0].id)
        world.fetch.events = [Interrupted() for _ in range(4)]
        await world.act("models:download", "tiny")
        assert world.notices == [], "the model's row says it"

    play(scene)


def test_an_imported_file_answers_from_now_on() -> None:
    async def scene(world: World) -> None:
        data = GPU_FILE.read_bytes()
        await world.act("models:import", picked("mine.litertlm", data))
        assert world.session.state.chosen().name == "mine"
        assert world.notices == ["mine is ready."]
        await world.act("chat:send", "Hello!")
        assert world.engines == ["litert-lm-gpu"]
        await world.reload()
        assert world.session.state.chosen().name == "mine"

    play(scene, "Hi.")


def test_an_import_that_cannot_run_here_is_kept_but_not_chosen() -> None:
    async def scene(world: World) -> None:
        await world.act("models:import", picked("mine.litertlm", GPU_FILE.read_bytes()))
        assert world.session.state.chosen().name != "mine" or world.session.state.settings().model_id == ""
        assert world.notices == ["mine is stored in this browser, but can't run in it."]

    play(scene, facts=NO_WEBGPU)


def test_a_bad_file_names_itself_and_leaves_nothing() -> None:
    async def scene(world: World) -> None:
        await world.act("models:import", picked("holiday.png", PNG))
        [notice] = world.session.state.notices()
        assert english(notice.text).startswith("holiday.png: This is a picture (PNG)")
        assert notice.kind == "error"
        assert len(world.session.state.rows()) == 1
        assert await world.blobs.infos() == []

    play(scene)


def test_an_import_can_be_cancelled() -> None:
    async def scene(world: World) -> None:
        world.session.act("models:import", picked("tiny.gguf", tiny()))
        while world.session.manager.row("tiny").status != "Importing":
            await ticks(1)
        await world.act("models:cancel-import", "tiny")
        assert [row.status for row in world.session.state.rows()] == ["Not downloaded"]
        assert await world.blobs.infos() == []

    assert play(scene).notices == []


def test_deleting_the_model_that_answers_stops_it_and_keeps_the_words() -> None:
    async def scene(world: World) -> None:
        await world.begin("chat:send", "Count", words=2)
        world.session.act("models:choose", "tiny")
        await world.act("models:delete", "tiny")
        assert (world.last.text, world.last.stop_reason) == ("one two ", "stopped")
        assert world.session.state.loaded_id() == ""
        assert world.session.state.settings().model_id == ""
        assert world.engine.is_unloaded

    play(scene, "one two three")


def test_unloading_frees_the_memory_and_keeps_the_file() -> None:
    async def scene(world: World) -> None:
        await world.act("chat:send", "Hello!")
        assert world.session.state.loaded_id() == "tiny"
        await world.act("models:unload", "tiny")
        assert world.session.state.loaded_id() == ""
        assert world.session.manager.row("tiny").is_ready
        await world.act("models:unload", "tiny")

    play(scene, "Hi.")


def test_the_engine_that_was_picked_is_used_and_kept() -> None:
    async def scene(world: World) -> None:
        await world.act("models:import", picked("mine.litertlm", GPU_FILE.read_bytes()))
        model = world.session.state.chosen()
        await world.act("models:engine", {"arg": model.id, "value": "mediapipe"})
        await world.act("chat:send", "Hello!")
        assert world.engines == ["mediapipe"]
        await world.reload()
        assert world.session.state.engine_of(model) == "mediapipe"
        await world.act("models:engine", {"arg": model.id, "value": ""})
        assert world.session.state.engine_of(model) is None

    play(scene, "Hi.")


def test_the_device_is_asked_again_only_on_request() -> None:
    async def scene(world: World) -> None:
        await world.act("models:check")  # the page asks when it is at rest
        assert world.session.state.facts() == WEBGPU
        probes = world.device.probes
        await world.act("chat:send", "Hello!")
        assert world.device.probes == probes
        world.device.fixed = NO_WEBGPU
        await world.act("models:check")
        assert world.session.state.facts() == NO_WEBGPU

    play(scene, "Hi.")


# -- settings and the app ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("temperature", "1.5", 1.5),
        ("temperature", "99", 2.0),
        ("temperature", "-1", 0.0),
        ("temperature", "nan", Sampling().temperature),
        ("top_k", "inf", 40),
        ("top_k", "7.9", 7),
        ("top_k", "", 40),
        ("top_p", "0", 0.05),
        ("max_tokens", "1e99", 8192),
        ("seed", "42", 42),
        ("seed", "many", 0),
    ],
)
def test_numbers_are_kept_within_their_limits(name: str, value: str, kept: float) -> None:
    async def scene(world: World) -> None:
        await world.act("settings:number", {"arg": name, "value": value})
        assert getattr(world.session.state.settings().sampling, name) == kept
        await world.reload()
        assert getattr(world.session.state.settings().sampling, name) == kept

    assert play(scene).notices == []


def test_settings_reach_the_engine_and_survive_a_reload() -> None:
    async def scene(world: World) -> None:
        await world.act("settings:system-prompt", "Be short.")
        await world.act("settings:theme", {"value": "dark"})
        assert world.page.done(Theme) == [Theme("dark")]
        await world.act("chat:send", "Hello!")
        assert world.engine.asked[0][0] == Message("system", "Be short.")
        await world.reload()
        assert (world.session.state.settings().system_prompt, world.session.state.settings().theme) == (
            "Be short.",
            "dark",
        )
        assert world.page.done(Theme) == [Theme("dark")]

    play(scene, "Hi.")


def test_settings_of_a_later_version_are_read() -> None:
    async def scene(world: World) -> None:
        record = {"model_id": "x", "new": 1, "sampling": {"temperature": 0.1, "new": 2}, "engines": [["a", "wllama"]]}
        await world.records.write([("settings", "settings", record)])
        await world.reload()
        settings = world.session.state.settings()
        assert (settings.model_id, settings.sampling.temperature, settings.engines) == ("x", 0.1, (("a", "wllama"),))
        assert world.session.state.chosen().id == "tiny", "a model that is gone is not chosen"

    play(scene)


def test_installing_updating_and_the_network() -> None:
    async def scene(world: World) -> None:
        await world.act("app:installable", True)
        assert world.session.state.can_install()
        await world.act("app:install")
        await world.act("app:not-now")
        assert not world.session.state.can_install()
        await world.act("app:online", False)
        assert world.session.state.is_offline()
        await world.act("app:update")
        await world.act("app:update")
        assert world.notices == ["A new version of DrLeeLM is ready."]
        await world.begin("chat:send", "Count", words=1)
        await world.act("app:reload")
        assert world.last.text == "one "
        assert world.page.done(Update) == [Update()]
        assert world.page.done(Install) == [Install()]

    play(scene, "one two")


def test_a_page_that_goes_asks_for_nothing_more_and_one_that_comes_back_does() -> None:
    async def scene(world: World) -> None:
        world.fetch.events = [Interrupted() for _ in range(4)]
        await world.act("app:left")
        world.session.act("models:download", "tiny")
        await ticks()
        asked = len(world.fetch.asked)
        await ticks()
        assert world.session.state.rows()[0].note == Text("store.waiting_network")
        assert len(world.fetch.asked) == asked
        world.fetch.events = []
        await world.act("app:awake")
        await ticks()
        assert world.session.state.rows()[0].status == Status.READY

    play(scene)


def test_asking_to_keep_the_data() -> None:
    async def scene(world: World) -> None:
        await world.act("page:go", "#/settings")
        await world.act("app:persist")
        assert world.page.done(Persist) == [Persist()]
        await world.act("app:persisted", False)
        assert len(world.notices) == 1

    play(scene)


def test_every_setting_can_be_changed_by_its_name() -> None:
    assert set(SettingsChanges.__annotations__) == {one.name for one in fields(Settings)}


def test_bugs_are_shown_and_not_swallowed() -> None:
    async def scene(world: World) -> None:
        await world.act("chat:dance")
        assert world.notices == ["The page sent an unknown request: chat:dance."]
        await world.act("models:import", {})
        assert world.session.state.notices()[-1].detail == "models:import: it takes Picked"
        await world.act("models:delete", "unknown")
        assert world.notices[-1] == "This model isn't on this device."
        await world.act("app:problem", {"what": "write", "name": "tiny.gguf", "why": "The disk is full"})
        assert world.notices[-1] == "Couldn't write tiny.gguf: The disk is full"

    play(scene)


def test_without_any_model_a_question_says_what_to_do() -> None:
    async def scene(world: World) -> None:
        world.session.manager.unlearn([row.model.id for row in world.session.manager.rows])
        assert world.session.state.chosen().name == "No model"
        await world.act("chat:send", "Hello!")
        assert world.last.problem is not None

    play(scene)


def test_the_last_progress_before_a_halt_is_shown() -> None:
    async def scene(world: World) -> None:
        await world.session.start("#/models")
        row = world.session.manager.row("tiny")
        for done in (1, 2, 3, 4):
            world.session.manager.add_ready([replace(row, status=Status.DOWNLOADING, done_bytes=done)])
        shown = [row.done_bytes for row in world.session.state.rows()]
        assert shown == [1], "drawing each step costs more than making it"
        await world.session.jobs.join()
        assert [row.done_bytes for row in world.session.state.rows()] == [4]

    play(scene)


def test_each_group_keeps_the_model_that_was_chosen_last_in_it() -> None:
    async def scene(world: World) -> None:
        await world.session.start("#/chat")
        await world.act("models:choose", "tiny")
        await world.act("models:choose", "ollama:listed:1b")
        assert world.session.state.chosen().id == "ollama:listed:1b"
        assert (world.session.state.active("browser"), world.session.state.active("ollama")) == (
            "tiny",
            "ollama:listed:1b",
        )
        await world.reload()
        await world.act("models:choose", "tiny")
        assert (world.session.state.active("browser"), world.session.state.active("ollama")) == (
            "tiny",
            "ollama:listed:1b",
        )

    play(scene)


# -- the graphics processor -------------------------------------------------------------------------------------------

ACME = replace(WEBGPU, has_jspi=True, has_f16=True, adapter="acme one")


class OnEither(World):
    """A page whose engine takes the graphics processor, and says there what `there` holds."""

    def __init__(self, here: Sequence[Answer], there: Sequence[Answer]) -> None:
        super().__init__(facts=ACME)
        self.engine = SlowEngine(list(here), there=list(there))


async def asked_on_gpu(world: World) -> None:
    """The bundled model is small: the person asks for the graphics processor, then a question."""
    await world.session.start("")
    await world.session.jobs.join()
    await world.act("models:gpu", {"arg": "tiny", "value": "on"})
    await world.act("chat:send", "Hello!")


def test_a_model_that_is_right_on_the_graphics_processor_answers_there() -> None:
    async def scene() -> None:
        world = OnEither(["one two", "Paris."], ["one two", "Paris.", "Hi."])
        await asked_on_gpu(world)
        assert (world.last.text, world.last.notices) == ("Hi.", ())
        loaded = world.session.state.loaded()
        assert loaded is not None
        assert loaded.used is not None
        assert loaded.used.on_gpu

    asyncio.run(scene())


def test_one_that_is_wrong_there_is_said_to_be_and_checked_again_on_request_only() -> None:
    async def scene() -> None:
        world = OnEither(["one two", "Paris.", "Hi.", "Hi."], ["@@", "@@"])
        await asked_on_gpu(world)
        said = "The GPU gave other words than the CPU. Tiny runs on the CPU."
        assert (world.last.text, world.last.notices) == ("Hi.", (said,))
        await world.reload()
        await world.act("chat:send", "Again?")
        assert (world.last.text, world.last.notices) == ("Hi.", ())
        world.engine = SlowEngine(["one two", "Paris."], there=["one two", "Paris.", "Hi."])
        await world.act("models:unload", "tiny")
        await world.act("models:check-gpu", "tiny")
        assert "it gives the same words as the CPU" in world.notices[-1]
        await world.act("chat:send", "And now?")
        assert world.last.text == "Hi."

    asyncio.run(scene())


def test_a_reply_that_lost_the_graphics_processor_is_whole() -> None:
    async def scene() -> None:
        world = OnEither(["one two", "Paris.", "there."], ["one two", "Paris.", ["Hi ", DeviceLost()]])
        await asked_on_gpu(world)
        assert world.last.text == "Hi there."
        assert world.last.notices == ("The GPU stopped. Tiny continues on the CPU.",)
        assert (world.last.problem, world.last.stop_reason) == (None, "end")

    asyncio.run(scene())
