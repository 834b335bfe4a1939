"""No word leaves where it must not: every purpose of a request, over real HTTP, against servers that count.

Each purpose has a row: how to provoke it, and what must happen in a private chat, in Offline Mode and for the local
API. A purpose without a row fails here.
Each row is really provoked: one test sees every purpose go out.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import pytest

from app.core.adapters import Adapters
from app.core.commands import Utter
from app.core.errors import AppError
from app.core.places import Carries, Purpose
from app.core.texts import Text
from app.core.values import Model
from app.core.voices import Voice, VoiceList
from app.models.answering.automatic import AUTOMATIC
from app.study.ask import Question
from app.study.features import Feature
from tests.counting import LAN, Asked, Everybody
from tests.memory import picked, ticks
from tests.models.cloud.streams import KEY
from tests.models.ollama.test_bringing import TINY
from tests.models.store.test_manager import bundled, tiny
from tests.sandbox import WantingSandbox
from tests.test_session_api import MemoryAnswer, ask
from tests.test_session_cloud import MINI, Page

SECRET = "My diagnosis is a secret."
LONG = f"{SECRET} " + "word " * 200
FAR_FILE, FAR_LIST = "https://files.example/far.task", "https://school.example/models.toml"
CATALOG = f"""title = "School"
[[model]]
id = "far"
name = "Far"
kind = "chat"
size_bytes = 9
sources = ["{FAR_FILE}"]
"""
CHATTY, GIANT, FINDER = "ollama:chatty:1b", "ollama:giant:cloud", "ollama:finder:1b"
HARD = f"{SECRET} Prove that every continuous function on a compact interval is uniformly continuous, step by step."


class Open(Page):
    """A page whose requests really travel, to servers that count them."""

    def __init__(self, everybody: Everybody, *answers: str) -> None:
        self.everybody, self.sandbox = everybody, WantingSandbox()
        super().__init__(*answers)

    @property
    def adapters(self) -> Adapters:
        """With programs that want the network."""
        return replace(super().adapters, sandbox=lambda: self.sandbox)

    def compose(self) -> None:
        self.fetch = self.everybody.fetch()  # type: ignore[assignment]
        super().compose()

    @property
    def catalog(self) -> list[Model]:
        return [replace(bundled(), context_length=1024)]  # so that a chat soon grows too long for it

    @property
    def secrets(self) -> list[Asked]:
        """The requests that carried what was written away from this computer."""
        return [one for one in self.everybody.away if SECRET in one.body or SECRET in one.path]

    @property
    def seen(self) -> set[Purpose]:
        return {one.purpose for one in self.everybody.asked}

    async def api(self, method: str, path: str, body: object = None) -> MemoryAnswer:
        return await ask(self, method, path, body)

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Wait for something that another thread brings about."""
        for _ in range(2000):
            if is_so():
                return
            await asyncio.sleep(0.005)
        raise AssertionError("it never came")


def opened(body: Callable[[Open], Coroutine[Any, Any, None]]) -> None:
    """Run a body over a page with a local model, a service with a key, and Ollama on this computer."""

    async def whole() -> None:
        with Everybody() as everybody:
            everybody.files = {"/static/tiny.gguf": tiny(), "/far.task": tiny(), "/models.toml": CATALOG.encode()}
            world = Open(everybody, *["From here."] * 12)
            await world.session.start("#/chat")
            await world.act("models:download", "tiny")
            await world.act("cloud:key", {"arg": "openai", "key": KEY, "remember": "on"})
            await world.act("cloud:pick", {"arg": MINI, "value": True})
            await world.act("ollama:connect")
            await world.act("settings:api", True)
            await world.act("models:choose", "tiny")
            await world.act("leave:switch", False)
            assert MINI in world.offered
            everybody.asked.clear()
            await body(world)

    asyncio.run(whole())


Act = Callable[[Open], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Row:
    """How to provoke a purpose, and what must happen. `api` is the same asked of the local API, where it can be."""

    purpose: Purpose
    act: Act
    private: str
    offline: str
    local_api: str
    api: Callable[[Open], Awaitable[MemoryAnswer]] | None = None


def choose_and_send(model_id: str, words: str = SECRET) -> Act:
    async def act(world: Open) -> None:
        await world.act("models:choose", model_id)
        await world.act("chat:send", words)

    return act


def act(name: str, arg: Any = "") -> Act:
    async def done(world: Open) -> None:
        await world.act(name, arg)

    return done


async def titled(world: Open) -> None:
    await world.act("features:choose", {"arg": "title", "value": MINI})
    await world.act("chat:send", SECRET)


async def studied(world: Open) -> None:
    """A study feature asks about the open chat."""
    await world.act("models:choose", MINI)
    await world.act("chat:send", SECRET)
    question = Question(
        Feature("cards", Text("study.code"), Text("study.code_about")), SECRET, world.session.state.chat().id
    )
    with suppress(AppError):
        await world.session.ask.text(question)


async def summed_up(world: Open) -> None:
    await world.act("features:choose", {"arg": "summary", "value": MINI})
    for _ in range(5):
        await world.act("chat:send", LONG)


async def imported(world: Open) -> None:
    await world.act("ollama:import", picked("mine.gguf", TINY))
    await world.act("ollama:bring", {"name": "mine", "template": "gemma", "system": "Be kind."})


async def downloaded(world: Open) -> None:
    await world.act("sources:add", {"address": FAR_LIST})
    await world.act("models:download", "far")


async def programmed(world: Open) -> None:
    """The page makes the request that it has been let make."""
    world.session.act("programs:open", {"arg": "", "value": f"want https://files.example/?{SECRET}"})
    await ticks()
    world.session.act("programs:allow", None)
    await ticks()
    for address in filter(None, world.sandbox.permitted):
        world.everybody.asked.append(Asked("files.example", "GET", address, "", Purpose.PROGRAM))


async def read_aloud(world: Open) -> None:
    """The browser itself sends what a voice elsewhere reads: the page only says so."""

    async def voices(*_: object) -> VoiceList:
        return VoiceList((Voice("far", "Google US English", "en-US"),))

    world.page.answers = voices  # type: ignore[method-assign, assignment]
    await world.session.preferences.change(voices={"en": "far"})
    await world.act("chat:send", "Hello!")
    world.session.act("aloud:read", world.last.id)
    await ticks()
    for said in world.page.done(Utter):
        world.everybody.asked.append(Asked("the maker", "POST", "", f"{SECRET} {said.sentence}", Purpose.READ_ALOUD))
    assert (world.gate.standing().left_to == "Google") == bool(world.page.done(Utter))
    await world.act("aloud:stop")


def chat_of(model: str, words: str = SECRET) -> dict[str, Any]:
    return {"model": model, "messages": [{"role": "user", "content": words}]}


def of_api(path: str, body: dict[str, Any]) -> Callable[[Open], Awaitable[MemoryAnswer]]:
    return lambda world: world.api("POST", path, body)


async def api_with_summary(world: Open) -> MemoryAnswer:
    """P1: earlier turns are summed up by a cloud model, in the chats of this page."""
    await world.act("features:choose", {"arg": "summary", "value": MINI})
    roles = ["user", "assistant"] * 4 + ["user"]
    messages = [{"role": role, "content": LONG} for role in roles]
    return await world.api("POST", "v1/chat/completions", {"model": "tiny", "messages": messages})


async def api_default(world: Open) -> MemoryAnswer:
    await world.act("models:choose", MINI)
    return await world.api("POST", "v1/chat/completions", chat_of("default"))


HERE_ONLY = "0: the words stay, a model on this device answers or a sentence says why not"
NAMES = "allowed: it carries names, nothing of the chat"
NOTHING = "0: refused"
NEVER = "cannot be reached by it"
ROWS = (
    Row(Purpose.QUESTION, choose_and_send(MINI), HERE_ONLY, NOTHING, HERE_ONLY, api_default),
    Row(Purpose.TITLE, titled, HERE_ONLY, NOTHING, "its chats have no titles"),
    Row(Purpose.SUMMARY, summed_up, HERE_ONLY, NOTHING, "its requests are never summed up", api_with_summary),
    Row(Purpose.STUDY, studied, HERE_ONLY, NOTHING, NEVER),
    Row(
        Purpose.API,
        lambda world: _done(world.api("POST", "v1/chat/completions", chat_of("chatty:1b"))),
        "it has no chat",
        "allowed: Ollama on this computer",
        HERE_ONLY,
        of_api("v1/chat/completions", chat_of("giant:cloud")),
    ),
    Row(
        Purpose.EMBEDDING,
        lambda world: _done(world.api("POST", "v1/embeddings", {"model": "finder:1b", "input": SECRET})),
        "it has no chat",
        "allowed: Ollama on this computer",
        HERE_ONLY,
        of_api("v1/embeddings", {"model": "giant:cloud", "input": SECRET}),
    ),
    Row(Purpose.OLLAMA_IMPORT, imported, "allowed: a file, nothing of the chat", "allowed: on this computer", NEVER),
    Row(Purpose.BENCHMARK, act("measure:start", CHATTY), NAMES, "allowed: on this computer", NEVER),
    Row(Purpose.OLLAMA_LOOK, act("ollama:connect"), NAMES, "allowed: on this computer", NEVER),
    Row(Purpose.OLLAMA_LIST, act("ollama:connect"), NAMES, "allowed: on this computer", NEVER),
    Row(Purpose.OLLAMA_MANAGE, act("ollama:unload", "chatty:1b"), NAMES, "allowed: on this computer", NEVER),
    Row(
        Purpose.OLLAMA_PULL,
        act("ollama:pull", "new:1b"),
        NAMES,
        "0: Ollama itself would fetch it from elsewhere",
        "allowed: a name; refused in Offline Mode",
        of_api("api/local-models/ollama/pull", {"model": "new:1b"}),
    ),
    Row(Purpose.CLOUD_LIST, act("cloud:refresh", "openai"), NAMES, NOTHING, NEVER),
    Row(Purpose.KEY_CHECK, act("cloud:key", {"arg": "openrouter", "key": KEY}), NAMES, NOTHING, NEVER),
    Row(Purpose.SIGN_IN, act("cloud:signed-in", {"code": "c", "verifier": "v"}), NAMES, NOTHING, NEVER),
    Row(Purpose.MODEL_FILE, downloaded, NAMES, NOTHING, NEVER),
    Row(Purpose.MODEL_LOOK, act("sources:add-model", {"address": FAR_FILE}), NAMES, NOTHING, NEVER),
    Row(Purpose.CATALOG, act("sources:add", {"address": FAR_LIST}), NAMES, NOTHING, NEVER),
    Row(Purpose.READ_ALOUD, read_aloud, "0: a voice of this device reads, or a sentence says why none", NOTHING, NEVER),
    Row(Purpose.PROGRAM, programmed, "0: nobody is asked, and a sentence says so", NOTHING, NEVER),
    Row(Purpose.HUB, act("hub:search", {"words": "qwen"}), NAMES, NOTHING, NEVER),
)
every_row = pytest.mark.parametrize("row", ROWS, ids=[row.purpose.name for row in ROWS])


async def _done(work: Awaitable[object]) -> None:
    await work


def test_every_purpose_has_a_row() -> None:
    assert {row.purpose for row in ROWS} == set(Purpose)


@every_row
def test_each_purpose_goes_out_where_nothing_forbids_it(row: Row) -> None:
    async def scene(world: Open) -> None:
        await row.act(world)
        asked = [one for one in world.everybody.asked if one.purpose is row.purpose]
        assert asked
        if row.purpose.carries is not Carries.WORDS:
            assert not any(SECRET in one.body for one in asked)

    opened(scene)


@every_row
def test_nothing_of_a_private_chat_leaves(row: Row) -> None:
    async def scene(world: Open) -> None:
        await world.act("chat:private", True)
        await row.act(world)
        await world.act("chat:send", SECRET)
        assert world.secrets == [], row.private

    opened(scene)


@every_row
def test_nothing_leaves_in_offline_mode(row: Row) -> None:
    async def scene(world: Open) -> None:
        await world.act("offline:switch", True)
        world.everybody.asked.clear()
        await row.act(world)
        assert world.everybody.away == [], row.offline
        if row.purpose is Purpose.OLLAMA_PULL:
            assert row.purpose not in world.seen, row.offline

    opened(scene)


@every_row
@pytest.mark.parametrize("is_far", [False, True], ids=["ollama-here", "ollama-in-the-network"])
def test_no_word_of_a_request_of_the_local_api_leaves(row: Row, is_far: bool) -> None:
    """Fault P1, and what is like it."""
    if row.api is None:
        assert row.local_api
        return
    call = row.api

    async def scene(world: Open) -> None:
        if is_far:
            await world.act("ollama:address", {"address": LAN})
        world.everybody.asked.clear()
        answer = await call(world)
        assert world.secrets == [], row.local_api
        assert answer.status in (200, 404, 503)
        if row.purpose is Purpose.OLLAMA_PULL:
            await world.act("offline:switch", True)
            world.everybody.asked.clear()
            assert (await call(world)).error == (403, "offline_mode")
            assert Purpose.OLLAMA_PULL not in world.seen

    opened(scene)


@pytest.mark.parametrize("name", ["chatty:1b", "ollama:chatty:1b", "finder:1b", "giant:cloud", "default"])
@pytest.mark.parametrize("address", [LAN, "https://box.tail1234.ts.net", "https://ollama.example.org"])
def test_the_local_api_refuses_an_ollama_elsewhere_in_words(address: str, name: str) -> None:
    """Fault P1: Ollama in the network, behind a name of its own, or on the internet."""

    async def scene(world: Open) -> None:
        await world.act("ollama:address", {"address": address})
        await world.act("models:choose", CHATTY)
        listed = (await world.api("GET", "v1/models")).json["data"]
        assert [one["id"] for one in listed] == ["tiny"]
        for path, more in (("v1/chat/completions", chat_of(name)), ("v1/embeddings", {"model": name, "input": SECRET})):
            answer = await world.api("POST", path, more)
            if name == "default" and path.endswith("completions"):
                assert answer.json["choices"][0]["message"]["content"] == "From here."
            else:
                assert answer.status in (400, 404)
                assert name == "default" or "keeps everything on this computer" in answer.json["error"]["message"]
        assert world.secrets == []

    opened(scene)


def test_ollama_on_this_computer_answers_the_local_api() -> None:
    async def scene(world: Open) -> None:
        answer = await world.api("POST", "v1/chat/completions", chat_of("chatty:1b"))
        assert answer.json["choices"][0]["message"]["content"] == "From a server."
        assert (await world.api("POST", "v1/embeddings", {"model": "finder:1b", "input": SECRET})).status == 200
        assert world.everybody.away == []

    opened(scene)


@pytest.mark.parametrize("is_known", [True, False], ids=["known", "after-a-reload"])
def test_offline_mode_stops_what_ollama_here_would_pass_on(is_known: bool) -> None:
    """A request to Ollama on this computer passes the gate, and Ollama sends the words of such a model to its cloud."""

    async def scene(world: Open) -> None:
        await world.act("models:choose", GIANT)
        await world.act("offline:switch", True)
        if not is_known:
            await world.reload()
        world.everybody.asked.clear()
        world.session.state.stand_in.set(None)
        await world.act("chat:send", SECRET)
        assert world.secrets == []

    opened(scene)


# -- a chat that becomes private while something of it is under way ----------------------------------------------------


async def started(world: Open, name: str, arg: Any = "") -> None:
    """Do something, and wait until its words are on their way to another machine."""
    world.session.act(name, arg)
    await world.until(lambda: bool(world.secrets))


async def make_private(world: Open) -> None:
    """Mark the chat, let the servers go on, and wait until all is over: nothing more may have been asked."""
    before = len(world.secrets)
    world.session.act("chat:private", True)
    await asyncio.sleep(0)
    assert world.session.egress.names(world.session.state.chat().id) == [] or world.everybody.slow
    await world.session.jobs.join()
    assert len(world.secrets) == before, "asked again after the chat was private"


@pytest.mark.parametrize("where", ["service", "network", "passed-on", "automatic"])
@pytest.mark.parametrize("verb", ["send", "regenerate", "ask-other", "queued"])
def test_a_reply_from_elsewhere_ends_when_its_chat_becomes_private(where: str, verb: str) -> None:
    """Fault P2: wherever the words are on their way to, and whatever began it. No server goes on by itself here, so the
    reply can only end because it is stopped."""

    async def scene(world: Open) -> None:
        model = {"service": MINI, "network": CHATTY, "passed-on": GIANT, "automatic": AUTOMATIC.id}[where]
        if where == "network":
            await world.act("ollama:address", {"address": LAN})
        if where == "automatic":
            await world.act("routing:smart", True)
            await world.act("routing:share", "100")
        if verb in ("regenerate", "ask-other"):
            await world.act("models:choose", "tiny")
            await world.act("chat:send", HARD)
        await world.act("models:choose", model)
        world.everybody.slow = threading.Event()
        arg = {"send": HARD, "queued": HARD, "regenerate": "", "ask-other": ""}[verb]
        if verb == "regenerate":
            arg = world.last.id
        if verb == "ask-other":
            arg = f"{world.last.id} {MINI if where == 'automatic' else model}"
        await started(world, f"chat:{'send' if verb == 'queued' else verb}", arg)
        if verb == "queued":
            world.session.act("chat:send", f"And this: {SECRET}")
        await make_private(world)
        assert world.session.state.chat().is_private
        [kept] = await world.records.get("chats", [world.session.state.chat().id])
        assert kept
        assert kept["is_private"]
        if verb == "queued":  # Automatic takes the abler of the two on this computer
            assert world.last.model_id == (CHATTY if where == "automatic" else "tiny")
            assert not world.last.problem
        else:
            assert world.last.problem
            assert "private" in world.last.problem.message

    opened(scene)


def test_a_title_on_its_way_is_stopped() -> None:
    """Fault P2: the title of a chat."""

    async def scene(world: Open) -> None:
        await world.act("features:choose", {"arg": "title", "value": MINI})
        world.everybody.slow = threading.Event()
        await started(world, "chat:send", SECRET)
        assert [one.purpose for one in world.secrets] == [Purpose.TITLE]
        await make_private(world)
        assert world.session.state.chat().title == SECRET, "its first words"

    opened(scene)


def test_a_summary_on_its_way_is_stopped_and_the_model_here_answers_without_it() -> None:
    """Fault P2: the summary of a chat's older turns."""

    async def scene(world: Open) -> None:
        for _ in range(4):
            await world.act("chat:send", LONG)
        await world.act("features:choose", {"arg": "summary", "value": MINI})
        world.everybody.slow = threading.Event()
        await started(world, "chat:send", LONG)
        assert [one.purpose for one in world.secrets] == [Purpose.SUMMARY]
        await make_private(world)
        assert world.last.text == "From here."
        assert any("Couldn't summarise" in notice for notice in world.last.notices)

    opened(scene)


def test_the_first_message_of_a_chat_may_be_under_way_already() -> None:
    """Fault P2: the chat is still empty on this page when it is marked, and its first message has been sent."""

    async def scene(world: Open) -> None:
        await world.act("models:choose", MINI)
        world.session.act("chat:send", SECRET)
        world.session.act("chat:private", True)
        assert world.session.state.chat().is_private
        await world.session.jobs.join()
        assert world.secrets == []
        [kept] = await world.records.get("chats", [world.session.state.chat().id])
        assert kept
        assert kept["is_private"]
        world.session.act("chat:private", True)
        assert world.session.state.chat().is_private, "it has words now, so it stays private"

    opened(scene)


def test_another_tab_that_makes_the_chat_private_stops_this_one() -> None:
    """Fault P2: this tab answers, the other one marks the chat."""

    async def scene(world: Open) -> None:
        await world.act("models:choose", MINI)
        world.everybody.slow = threading.Event()
        await started(world, "chat:send", SECRET)
        id = world.session.state.chat().id
        [record] = await world.records.get("chats", [id])
        await world.records.write([("chats", id, {**(record or {}), "is_private": True})])
        await world.hear(("chats", id))
        assert world.session.state.chat().is_private
        assert world.last.problem
        assert "private" in world.last.problem.message

    opened(scene)


def test_a_reply_of_this_device_goes_on_when_its_chat_becomes_private() -> None:
    async def scene(world: Open) -> None:
        await world.begin("chat:send", SECRET, words=1)
        world.session.act("chat:private", True)
        await world.more()
        assert (world.last.text, world.last.problem) == ("From here.", None)

    opened(scene)
