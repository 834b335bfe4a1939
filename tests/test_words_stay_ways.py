"""Further ways by which words could leave, each over real HTTP against servers that count."""

from __future__ import annotations

import threading

import pytest

from app.core.actions import ChatId
from app.core.commands import Say
from app.core.places import Purpose
from app.models.answering.automatic import AUTOMATIC
from app.study.archive.backup import write_backup
from app.study.chats import Chat, Turn
from tests import counting
from tests.counting import LAN
from tests.memory import picked
from tests.test_session_cloud import MINI
from tests.test_session_leave import asking, say, send
from tests.test_words_stay import CHATTY, FINDER, GIANT, HARD, LONG, SECRET, Open, chat_of, opened
from tests.test_words_stay_races import ticks


def test_the_title_of_a_private_chat_that_is_deleted_meanwhile_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """The chat is gone, and with it its mark, at the last moment before Automatic decides about its title."""

    async def scene(world: Open) -> None:
        await world.act("routing:smart", True)
        await world.act("routing:share", "100")
        await world.act("features:choose", {"arg": "title", "value": AUTOMATIC.id})
        await world.act("models:choose", "tiny")
        await world.act("chat:private", True)
        id, routing = world.session.state.chat().id, world.session.routing
        prepare, has_decided = routing.prepare, []

        async def gone(chat: Chat, turn: Turn) -> None:
            await prepare(chat, turn)
            await world.session.chats.delete(ChatId(id))
            has_decided.append(chat)

        monkeypatch.setattr(routing, "prepare", gone)
        await world.act("chat:send", HARD)
        assert has_decided
        assert world.session.state.chats() == ()
        assert world.secrets == []

    opened(scene)


@pytest.mark.parametrize("how", ["offline", "private", "api"])
def test_a_model_that_ollama_passes_on_since_the_last_look(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name that ran here is a stub for Ollama's cloud now, and this page has not asked again."""

    async def scene(world: Open) -> None:
        await world.act("models:choose", CHATTY)
        if how == "offline":
            await world.act("offline:switch", True)
        if how == "private":
            await world.act("chat:private", True)
        tags = [{**tag, "remote_model": "gpt-oss:120b", "remote_host": ""} for tag in counting.TAGS]
        monkeypatch.setattr(counting, "TAGS", tags)
        world.everybody.asked.clear()
        if how == "api":
            for path, more in (
                ("v1/chat/completions", chat_of("chatty:1b")),
                ("v1/embeddings", {"model": "finder:1b", "input": SECRET}),
            ):
                assert (await world.api("POST", path, more)).status == 404
        else:
            await world.act("chat:send", SECRET)
        assert not [one for one in world.everybody.asked if SECRET in one.body], "Ollama would send it on"

    opened(scene)


@pytest.mark.parametrize(
    "name",
    [
        "cloud:openai:gpt-5-mini",
        "gpt-5-mini",
        "automatic",
        "AUTOMATIC",
        "Default",
        " default",
        "giant",
        "GIANT:CLOUD",
        "giant:cloud ",
        "ollama:giant:cloud",
        "ollama:GIANT:Cloud",
        "library/giant:cloud",
        "ollama:ollama:giant:cloud",
        "registry.ollama.ai/library/giant:cloud",
        "giant%3Acloud",
        "chatty:1b:cloud",
        "x:1b-cloud",
    ],
)
def test_tricks_with_names_do_not_take_the_local_api_elsewhere(name: str) -> None:
    async def scene(world: Open) -> None:
        await world.act("routing:smart", True)
        await world.act("routing:share", "100")
        for path, more in (("v1/chat/completions", chat_of(name)), ("v1/embeddings", {"model": name, "input": SECRET})):
            assert (await world.api("POST", path, more)).status in (400, 404)
        assert world.secrets == []

    opened(scene)


def test_the_default_of_the_local_api_is_never_automatic() -> None:
    async def scene(world: Open) -> None:
        await world.act("routing:smart", True)
        await world.act("routing:share", "100")
        answer = await world.api("POST", "v1/chat/completions", chat_of("default", HARD))
        assert answer.json["choices"][0]["message"]["content"] == "From here."
        await world.act("models:delete", "tiny")
        answer = await world.api("POST", "v1/chat/completions", chat_of("default", HARD))
        assert world.secrets == []

    opened(scene)


@pytest.mark.parametrize("model", [MINI, GIANT])
@pytest.mark.parametrize("feature", ["reply", "title", "summary"])
def test_offline_mode_ends_what_is_under_way(model: str, feature: str) -> None:
    """What goes elsewhere ends as it does for a private chat: nothing is asked and nothing comes in any more."""

    async def scene(world: Open) -> None:
        if feature == "reply":
            await world.act("models:choose", model)
        else:
            for _ in range(4 if feature == "summary" else 0):
                await world.act("chat:send", LONG)
            await world.act("features:choose", {"arg": feature, "value": model})
        world.everybody.slow = threading.Event()
        world.session.act("chat:send", LONG if feature == "summary" else SECRET)
        await world.until(lambda: bool(world.secrets))
        before = len(world.secrets)
        world.session.act("offline:switch", True)
        await world.session.jobs.join()
        assert len(world.secrets) == before
        if feature == "reply":
            assert world.last.problem or world.last.text == "From here."

    opened(scene)


def test_offline_mode_of_another_tab_ends_what_is_under_way_here() -> None:
    async def scene(world: Open) -> None:
        await world.act("models:choose", MINI)
        [stored] = await world.records.get("settings", ["settings"])
        world.everybody.slow = threading.Event()
        world.session.act("chat:send", SECRET)
        await world.until(lambda: bool(world.secrets))
        await world.records.write([("settings", "settings", {**(stored or {}), "is_offline_mode": True})])
        await world.hear(("settings", "settings"))
        assert world.last.text == "From here." or world.last.problem

    opened(scene)


def test_an_address_of_ollama_that_changes_on_the_way() -> None:
    """A private question for Ollama on this computer, and meanwhile the address of another one is typed."""

    async def scene(world: Open) -> None:
        await world.act("models:choose", CHATTY)
        await world.act("chat:private", True)
        for step in range(0, 60, 3):
            world.session.act("chat:send", SECRET)
            await ticks(step)
            world.session.act("ollama:address", {"address": LAN})
            await world.session.jobs.join()
            assert world.secrets == [], step
            await world.act("ollama:address", {"address": ""})

    opened(scene)


@asking
async def test_offline_mode_during_the_question(world: Open) -> None:
    await send(world)
    world.session.act("offline:switch", True)
    await ticks(20)
    await say(world, "send")
    assert (world.last.model_id, world.secrets) == (CHATTY, [])  # the abler of the two on this computer


@asking
async def test_another_winner_than_the_one_asked_about_is_asked_about(world: Open) -> None:
    """The yes was for one model. While it was waited for, that one has gone and another one would answer."""
    await send(world)
    assert [model.id for model in world.session.state.asking_leave().values()] == [MINI]
    world.session.act("cloud:forget", "openai")
    await world.until(lambda: MINI not in world.offered)
    world.session.act("leave:send", world.session.state.chat().id)
    await ticks(100)
    assert world.secrets == []
    assert [model.id for model in world.session.state.asking_leave().values()] == [GIANT]
    assert world.session.state.chat().leave == "", "nothing was allowed yet"
    await say(world, "here")
    assert (world.last.model_id, world.secrets) == (CHATTY, [])


@asking
async def test_enter_twice_during_the_question(world: Open) -> None:
    await send(world)
    world.session.act("chat:send", f"And {HARD}")
    await ticks(50)
    assert world.secrets == []
    await say(world, "here")
    assert world.secrets == []
    assert world.texts[-2] == f"And {HARD}"
    assert (world.last.model_id, world.last.problem) == (CHATTY, None)


@asking
async def test_a_chat_deleted_during_the_question_and_brought_back(world: Open) -> None:
    await send(world)
    id = world.session.state.chat().id
    await world.act("chat:delete", id)
    world.session.act("leave:send", id)
    await world.session.jobs.join()
    await world.act("chat:undo", id)
    await world.act("app:online", True)
    assert (world.secrets, world.session.state.asking_leave()) == ([], {})
    assert world.session.state.chat_of(id).leave == ""  # type: ignore[union-attr]


@asking
async def test_a_no_for_a_chat_holds_for_its_code_questions_and_outlasts_a_pick(world: Open) -> None:
    await send(world)
    await say(world, "here")
    await world.act("features:choose", {"arg": "code", "value": MINI})
    await world.act("chat:send", f"{SECRET} def f(x): return x\n```python\nimport os\n```")
    assert world.secrets == []
    await world.act("models:choose", MINI)
    await world.act("chat:send", HARD)
    assert len(world.secrets) == 1, "the person has picked it"
    await world.act("models:choose", AUTOMATIC.id)
    await world.act("chat:send", HARD)
    assert len(world.secrets) == 1, "a pick is no word about Automatic"


@asking
async def test_offline_mode_keeps_the_chat_unasked(world: Open) -> None:
    """A pick that sent nothing is no permission for what follows."""
    await world.act("models:choose", MINI)
    await world.act("offline:switch", True)
    await world.act("chat:send", HARD)
    await world.act("offline:switch", False)
    await world.act("models:return")
    await world.act("models:choose", AUTOMATIC.id)
    await send(world)
    await say(world, "here")
    assert world.secrets == []


def test_nothing_that_is_logged_or_announced_holds_words() -> None:
    async def scene(world: Open) -> None:
        await world.act("models:choose", MINI)
        await world.act("chat:private", True)
        await world.act("chat:send", SECRET)
        await world.act("chat:new")
        await world.act("offline:switch", True)
        await world.act("chat:send", SECRET)
        ledger = [
            record
            for shelf, kept in world.records.shelves.items()
            if shelf not in ("chats", "turns")
            for record in kept.values()
        ]
        assert SECRET not in repr((world.session.gate.standing(), world.notices, ledger))
        assert SECRET not in repr(world.page.done(Say))

    opened(scene)


def test_a_benchmark_of_what_ollama_passes_on_is_refused_in_offline_mode() -> None:
    async def scene(world: Open) -> None:
        await world.act("offline:switch", True)
        world.everybody.asked.clear()
        await world.act("measure:start", GIANT)
        assert Purpose.BENCHMARK not in world.seen
        await world.act("measure:start", FINDER)
        assert world.everybody.away == []

    opened(scene)


def test_an_import_that_makes_a_chat_private_ends_what_is_under_way() -> None:
    """Fault P2: the file knows the chat as private; its title is on its way to a service."""

    async def scene(world: Open) -> None:
        await world.act("features:choose", {"arg": "title", "value": MINI})
        world.everybody.slow = threading.Event()
        world.session.act("chat:send", SECRET)
        await world.until(lambda: bool(world.secrets))
        id = world.session.state.chat().id
        shelves = await world.records.snapshot()
        theirs = {"chats": {id: {**shelves["chats"][id], "is_private": True}}, "turns": shelves["turns"]}
        file = write_backup(theirs, "1", 1_000.0).encode()
        world.session.act("archive:open", picked("backup.json", file))
        await world.session.jobs.join()
        assert world.session.state.chat().is_private
        assert world.session.state.chat().title == SECRET
        assert len(world.secrets) == 1

    opened(scene)
