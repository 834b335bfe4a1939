"""The browser's own model: on the shelf, in a chat, and as an engine over a page that plays the browser."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from app.browser.built_in import BuiltInEngine
from app.core.adapters import Adapters
from app.core.built_in import built_in_error
from app.core.commands import AskBuiltIn, BuiltInState, BuiltInTold, Question, StopBuiltIn
from app.core.errors import AppError, BadRequest, EngineError, Interrupted, NotSupported, TooLong
from app.core.places import BUILT_IN
from app.core.ports import Engine
from app.core.values import Delta, EngineName, EngineSettings, Message, Schema
from app.models.store.rows import Status
from app.session.api_models import ApiModels
from app.ui.model_choice import groups
from app.ui.parts.built_in import built_in_region, built_in_sheet
from app.ui.parts.figures import where
from app.ui.parts.leave import line
from app.ui.shell import picker
from tests.memory import OnPiece, RecordingPage, ticks
from tests.test_session import World
from tests.words import english

RED = [Message("user", "Red?")]


class Window:
    """Plays a browser with a model. `told` are the next answers to "fetch" and "reply"; a text is a whole reply."""

    def __init__(self, state: BuiltInState = "available") -> None:
        self.state: BuiltInState = state
        self.told: list[str | BuiltInTold] = []
        self.asked: list[dict[str, Any]] = []
        self.shares: Sequence[str] = ()
        self.gate: asyncio.Event | None = None
        self.slow: asyncio.Event | None = None  # what "look" waits for once it has seen the state

    async def answers(self, question: Question[Any], on_piece: OnPiece) -> BuiltInTold:
        """What static/js/page/built-in.js answers."""
        assert isinstance(question, AskBuiltIn)
        await asyncio.sleep(0)
        if question.verb in ("look", "load"):
            seen = BuiltInTold(self.state)
            if self.slow:
                await self.slow.wait()
            return seen
        assert on_piece is not None
        if question.verb == "fetch":
            return await self._fetch(on_piece)
        self.asked.append(dict(question.asked or {}))
        told = self.told.pop(0)
        if isinstance(told, BuiltInTold):
            return told
        for word in told.split(" "):
            await asyncio.sleep(0)
            on_piece(word)
            if self.gate:
                await self.gate.wait()
        return BuiltInTold(counts=(7, 2))

    async def _fetch(self, on_piece: Callable[[str], None]) -> BuiltInTold:
        for share in self.shares:
            on_piece(share)
        if self.gate:
            await self.gate.wait()
        told = self.told.pop(0) if self.told else BuiltInTold("available")
        assert isinstance(told, BuiltInTold)
        self.state = told.state or self.state
        return told


class Own(World):
    """A browser with a model of its own, `kind` says how that is; None: a browser without one."""

    def __init__(self, state: BuiltInState | None) -> None:
        self.window, self.has_model = Window(state or "unavailable"), state is not None
        super().__init__("From the bundled one.")

    @property
    def adapters(self) -> Adapters:
        self.page.answers = self.window.answers  # type: ignore[method-assign]
        own = super().adapters

        def make(name: EngineName) -> Engine:
            self.engines.append(name)
            return BuiltInEngine(self.page) if name == "built-in" else self.engine

        return replace(own, visit=replace(own.visit, has_built_in=self.has_model), engine=make)

    @property
    def status(self) -> Status | None:
        row = self.session.state.built_in()
        return row.status if row else None

    @property
    def why_not(self) -> str | None:
        """Why it cannot be picked, "" where it can; None where the model button does not list it."""
        entries = [one for group in groups(self.session, "") for one in group.entries]
        return next((one.why_not for one in entries if one.id == BUILT_IN), None)

    @property
    def region(self) -> str:
        return built_in_region(self.session)


def scene(state: BuiltInState | None, steps: Callable[[Own], Awaitable[None]]) -> None:
    """A page of such a browser that has come to rest."""

    async def body() -> None:
        world = Own(state)
        await world.session.start("")
        await world.act("models:check")
        await steps(world)
        await world.session.jobs.join()

    asyncio.run(body())


def test_a_browser_without_a_model_is_asked_nothing_and_shows_nothing() -> None:
    async def steps(world: Own) -> None:
        assert (world.status, world.why_not, world.region) == (None, None, "")
        assert world.page.done(AskBuiltIn) == []
        assert built_in_sheet(world.session) is None

    scene(None, steps)


def test_what_the_browser_refuses_is_said_and_not_offered() -> None:
    async def steps(world: Own) -> None:
        assert (world.status, world.why_not) == (Status.FAILED, None)
        assert "available on this device" in world.region
        assert "builtin:fetch" not in world.region

    scene("unavailable", steps)


def test_nothing_is_downloaded_before_the_person_asks_and_then_its_progress_is_shown() -> None:
    async def steps(world: Own) -> None:
        assert (world.status, world.why_not) == (Status.NOT_DOWNLOADED, "not on this device yet")
        await world.act("models:choose", BUILT_IN)
        await world.act("chat:send", "Red?")
        assert world.last.problem
        assert "downloaded yet" in world.last.problem.message
        assert {one.verb for one in world.page.done(AskBuiltIn)} == {"look"}
        world.window.shares, world.window.gate = ("0", "0.421", "nonsense"), asyncio.Event()
        world.session.act("builtin:fetch", "")
        await ticks()
        assert "42 % downloaded by the browser" in world.region.replace("\N{NO-BREAK SPACE}", " ")
        world.window.gate.set()
        await world.session.jobs.join()
        assert (world.status, world.why_not) == (Status.READY, "")

    scene("downloadable", steps)


def test_a_download_that_is_given_up_is_asked_of_the_browser_again() -> None:
    async def steps(world: Own) -> None:
        world.window.gate = asyncio.Event()
        world.session.act("builtin:fetch", "")
        await ticks()
        world.window.state = "downloading"  # it goes on with it
        await world.act("builtin:stop")
        assert world.page.done(StopBuiltIn) == [StopBuiltIn(is_over=False)]
        assert world.status == Status.DOWNLOADING
        assert "Show progress" in world.region

    scene("downloadable", steps)


def test_a_download_that_fails_says_why_and_can_be_tried_again() -> None:
    async def steps(world: Own) -> None:
        world.window.told = [BuiltInTold(error="NotAllowedError", message="user activation")]
        await world.act("builtin:fetch")
        assert "allow this page" in world.region
        assert "Try again" in world.region
        await world.act("builtin:fetch")
        assert world.status == Status.READY

    scene("downloadable", steps)


def test_why_a_download_failed_stays_told_until_the_browser_has_news() -> None:
    """The app looks by itself when it has come to rest: nobody could read what goes again at once."""

    async def steps(world: Own) -> None:
        world.window.told = [BuiltInTold(error="NotAllowedError", message="user activation")]
        await world.act("builtin:fetch")
        world.window.state = "downloadable"
        await world.act("models:check")
        assert "allow this page" in world.region
        assert "Try again" in world.region
        seen = []
        for state in ("downloading", "downloadable"):
            world.window.state = state
            await world.act("models:check")
            seen.append(world.status)
        assert seen == [Status.DOWNLOADING, Status.NOT_DOWNLOADED]

    scene("downloadable", steps)


@pytest.mark.parametrize("ends", [False, True])
def test_what_was_seen_before_a_download_began_does_not_hide_it(*, ends: bool) -> None:
    async def steps(world: Own) -> None:
        world.window.slow = asyncio.Event()
        world.session.act("models:check", "")
        await ticks()
        world.window.gate = None if ends else asyncio.Event()
        world.session.act("builtin:fetch", "")
        await ticks()
        world.window.slow.set()
        await ticks()
        assert world.status == (Status.READY if ends else Status.DOWNLOADING)
        if world.window.gate:
            world.window.gate.set()

    scene("downloadable", steps)


def test_in_offline_mode_a_model_that_is_here_answers_and_none_is_downloaded() -> None:
    async def steps(world: Own) -> None:
        await world.act("offline:switch", True)
        await world.act("builtin:fetch")
        assert world.status == Status.NOT_DOWNLOADED
        assert "Offline Mode" in world.notices[-1]
        world.window.state, world.window.told = "available", ["Yes."]
        await world.act("models:choose", BUILT_IN)
        await world.act("chat:send", "Red?")
        assert world.texts[-1] == "Yes."

    scene("downloadable", steps)


def test_where_the_words_go_is_not_promised_for_the_browser() -> None:
    async def steps(world: Own) -> None:
        await world.act("models:choose", BUILT_IN)
        assert "in this browser" in picker(world.session)
        said = "The browser&#x27;s own model answers, on this device according to Chrome"
        assert said in line(world.session)
        assert "can&#x27;t check that" in (built_in_sheet(world.session) or "")
        await world.act("chat:private", True)
        assert said in line(world.session)
        assert "Nothing leaves" not in line(world.session)
        world.window.told = ["Yes."]
        await world.act("chat:send", "Red?")
        assert english(where(world.session.state.turns()[-1])) == "in this browser"

    scene("available", steps)


def test_it_answers_in_a_private_chat_and_goes_on_where_it_was() -> None:
    async def steps(world: Own) -> None:
        await world.act("models:choose", BUILT_IN)
        await world.act("chat:private", True)
        world.window.told = ["It is.", "Green."]
        await world.act("chat:send", "Red?")
        await world.act("chat:send", "And?")
        assert world.texts == ["Red?", "Itis.", "And?", "Green."]
        assert world.engines == ["built-in"]
        assert [one["goesOn"] for one in world.window.asked] == [False, True]
        assert world.session.state.chat().is_private
        assert world.last.usage.prompt_tokens == 7

    scene("available", steps)


def test_a_stopped_reply_stops_the_browser_and_the_next_one_begins_anew() -> None:
    async def steps(world: Own) -> None:
        await world.act("models:choose", BUILT_IN)
        world.window.told, world.window.gate = ["It is.", "Green."], asyncio.Event()
        world.session.act("chat:send", "Red?")
        await ticks(400)
        await world.act("chat:stop")
        assert world.page.done(StopBuiltIn) == [StopBuiltIn(is_over=False)]
        assert world.texts[-1] == "It"
        world.window.gate = None
        await world.act("chat:send", "And?")
        assert world.window.asked[-1]["goesOn"] is False

    scene("available", steps)


def test_programs_are_told_of_it_where_it_can_be_asked() -> None:
    async def steps(world: Own) -> None:
        models = ApiModels(world.session.state, world.session.ollama, english)
        assert BUILT_IN in [one["id"] for one in await models.entries()]
        assert (await models.find(BUILT_IN)).ref.is_built_in
        assert BUILT_IN in json.dumps(await models.browser())

    scene("available", steps)


def ask(window: Window, messages: Sequence[Message] = RED, schema: Schema | None = None) -> list[str]:
    """What the engine streams."""

    async def body() -> list[str]:
        page = RecordingPage()
        page.answers = window.answers  # type: ignore[method-assign]
        engine = BuiltInEngine(page)
        await engine.load((), EngineSettings())
        pieces = [piece async for piece in engine.generate(messages, EngineSettings(schema=schema))]
        return [piece.text for piece in pieces if isinstance(piece, Delta)]

    return asyncio.run(body())


def test_a_schema_is_given_to_the_browser() -> None:
    window, schema = Window(), {"type": "object", "properties": {"a": {"type": "string"}}}
    window.told = ['{"a":"b"}', "{}"]
    assert ask(window, schema=schema) == ['{"a":"b"}']
    assert ask(window, schema="json") == ["{}"]
    assert [one["schema"] for one in window.asked] == [schema, {"type": "object"}]


def test_a_schema_that_the_browser_does_not_take_is_told_apart() -> None:
    window = Window()
    window.told = [BuiltInTold(error="NotSupportedError", message="unsupported schema")]
    with pytest.raises(BadRequest):
        ask(window, schema={"type": "object"})


def test_a_model_that_is_not_here_is_never_downloaded_for_a_reply() -> None:
    for state in ("downloadable", "downloading", "unavailable"):
        with pytest.raises(NotSupported):
            ask(Window(state))


ERRORS: list[tuple[BuiltInTold, type[AppError], bool]] = [
    (BuiltInTold(error="QuotaExceededError", limit=9216), TooLong, True),
    (BuiltInTold(error="NotSupportedError"), NotSupported, False),
    (BuiltInTold(error="NotAllowedError"), EngineError, True),
    (BuiltInTold(error="NetworkError"), Interrupted, True),
    (BuiltInTold(error="OperationError", message="the process died"), EngineError, True),
]


@pytest.mark.parametrize(("told", "kind", "again"), ERRORS)
def test_what_the_browser_throws_becomes_an_error_of_ours(told: BuiltInTold, kind: type[AppError], again: bool) -> None:
    error = built_in_error(told)
    assert type(error) is kind
    assert told.message in error.detail
    assert kind is TooLong or error.again is again
    window = Window()
    window.told = [told]
    with pytest.raises(kind):
        ask(window)
