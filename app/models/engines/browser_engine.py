"""The models that run inside this browser, as one Provider: queue, load, stream, stop, recover.

    engine = BrowserModelEngine(open_model, make_engine, device, clock, choose)
    async for event in engine.reply(model, request): ...      # Notice("Loading ..."), Delta, ..., Done

One model is loaded at a time and one reply runs at a time; the others wait in order. Closing the iterator, or
cancelling the task that reads it, stops the engine.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Literal

from app.core.errors import AppError, LoadFailed, NotSupported, TooLong
from app.core.ports import Clock, Device, Engine, EngineMaker
from app.core.signals import Signal
from app.core.texts import Text
from app.core.values import (
    Delta,
    DeviceFacts,
    EngineName,
    EngineSettings,
    Event,
    Message,
    Model,
    Notice,
    Request,
    Thought,
    Used,
)
from app.models.answering.context import Fitted, fit, reply_budget, sentence_about, tighter
from app.models.answering.reply_meter import ReplyMeter
from app.models.engines.choice import engines_for, why_not
from app.models.engines.power import Power
from app.models.engines.templates import gemma_prompt, saying_schema

MOST_CONTEXT_TOKENS = 4096  # more costs memory that few devices have; the cache grows with it
UNKNOWN_CONTEXT_TOKENS = 1024
WAITING = Notice(Text("engine.waiting"))


@dataclass(frozen=True, slots=True)
class Loaded:
    """The one model that an engine holds (or is loading), for the page. `load_seconds` is 0 and `used`
    None while it loads."""

    model_id: str
    model_name: str
    engine: EngineName
    context_length: int
    state: Literal["loading", "ready", "answering"]
    load_seconds: float = 0.0
    used: Used | None = None


class BrowserModelEngine:
    """A Provider over the browser's engines: one model loaded, one reply at a time, the others wait in order.

    `open_model(model)` gives the file's handle (raises ModelMissing, Corrupt, Evicted); `choose(model)` is the engine
    the person picked for this model, None for the preferred one; `power(model, facts)` is what it shall run on, where
    the engine can be told. `loaded` is the model that an engine holds.
    """

    def __init__(
        self,
        open_model: Callable[[Model], Awaitable[object]],
        make_engine: EngineMaker,
        device: Device,
        clock: Clock,
        choose: Callable[[Model], EngineName | None] = lambda model: None,
        power: Callable[[Model, DeviceFacts], Power] = lambda model, facts: Power(),
    ) -> None:
        self._open_model = open_model
        self._make_engine = make_engine
        self._device = device
        self._clock = clock
        self._choose = choose
        self._power = power
        self._turn = asyncio.Lock()  # first come, first served; a waiting reply can be cancelled
        self._engine: Engine | None = None
        self.loaded: Signal[Loaded | None] = Signal(None)
        self._load_key: tuple[object, ...] = ()
        self._stopped_model = ""  # the model whose engine was thrown away by the last Stop

    async def reply(self, model: Model, request: Request) -> AsyncGenerator[Event, None]:
        """Stream the answer. Raises NotSupported, ModelMissing, TooLong, LoadFailed, DeviceLost, TimedOut."""
        if self._turn.locked():
            yield WAITING
        async with self._turn, aclosing(self._answer(model, request)) as events:
            async for event in events:
                yield event

    async def unload(self) -> None:
        """Free the loaded model; waits for a running reply to end (cancel it first to be quick)."""
        async with self._turn:
            await self._discard()

    async def _answer(self, model: Model, request: Request) -> AsyncGenerator[Event, None]:
        """Load where needed, fit the conversation, stream; after an overflow all the same, once more and tighter."""
        name = await self._pick(model)
        settings = _settings(model, request, self._power(model, await self._device.facts()))
        meter = ReplyMeter(self._clock, name, settings.sampling.max_tokens)
        budget = settings.context_length - reply_budget(settings.context_length, settings.sampling.max_tokens)
        for is_last in (False, True):
            async for notice in self._ready(model, name, settings, meter):
                yield notice
            messages = request.messages
            if request.schema is not None and not self._held().holds_schema:
                messages = saying_schema(messages, request.schema)
            fitted = await fit(messages, budget, self._held().count_tokens, settings.context_length)
            if fitted.dropped:
                yield Notice(sentence_about(fitted.dropped), is_lasting=True)
            try:
                async with aclosing(self._stream(fitted, settings, request.chat_id, meter)) as pieces:
                    async for piece in pieces:
                        yield piece
                break
            except TooLong as error:
                budget = tighter(fitted)
                if is_last or meter.has_begun or not _can_drop(request):
                    raise TooLong(limit=settings.context_length, detail=error.detail) from error
        yield meter.done(self._held().last_counts, fitted)

    async def _pick(self, model: Model) -> EngineName:
        """The engine for a model: the person's choice where it can run here, else the preferred one."""
        facts = await self._device.facts()
        names = engines_for(model.format, facts, model.size_bytes)
        if not names:
            raise NotSupported(
                Text("engine.cannot_run", model=model.name, why=why_not(model, facts)),
                Text("engine.cannot_run_cure"),
            )
        chosen = self._choose(model)
        return chosen if chosen in names else names[0]

    async def _ready(
        self, model: Model, name: EngineName, settings: EngineSettings, meter: ReplyMeter
    ) -> AsyncGenerator[Notice, None]:
        """Have the model loaded in that engine with these settings; says so where it takes time."""
        key = (model.id, name, *_load_options(name, settings))
        if self._engine is not None and key == self._load_key:
            return
        await self._discard()
        restarts = self._stopped_model == model.id
        yield Notice(
            Text("engine.loading_again", model=model.name) if restarts else Text("engine.loading", model=model.name)
        )
        self._stopped_model = ""
        start = self._clock.tick()
        await self._load(model, name, settings)
        meter.load_seconds = self._clock.tick() - start
        self._load_key = key
        self._tell("ready", meter.load_seconds)

    async def _load(self, model: Model, name: EngineName, settings: EngineSettings) -> None:
        self._engine = self._make_engine(name)
        self.loaded.set(Loaded(model.id, model.name, name, settings.context_length, "loading"))
        is_loaded = False
        try:
            await self._engine.load(await self._open_model(model), settings)
            is_loaded = True
        finally:
            if not is_loaded:  # also when the person stopped the reply meanwhile
                await self._discard()

    async def _stream(
        self, fitted: Fitted, settings: EngineSettings, chat_id: str, meter: ReplyMeter
    ) -> AsyncGenerator[Delta | Thought, None]:
        """The pieces of one run. An engine that failed or must not be used after a stop is thrown away."""
        engine, has_ended = self._held(), False
        messages = fitted.messages
        if engine.needs_template:
            messages = (Message("user", gemma_prompt(messages)),)
        self._tell("answering")
        meter.start()
        try:
            async with aclosing(engine.generate(messages, settings, chat_id)) as pieces:
                async for piece in pieces:
                    if shown := meter.take(piece):
                        yield shown
                    if meter.must_stop:
                        break
                else:
                    has_ended = True
            if rest := meter.rest():
                yield Delta(rest)
        except AppError:
            await self._discard()
            raise
        finally:
            if self._engine is engine:
                await self._after_run(engine, has_ended)

    async def _after_run(self, engine: Engine, has_ended: bool) -> None:
        if has_ended or not engine.restarts_after_stop:
            self._tell("ready")
            return
        loaded = self.loaded()
        self._stopped_model = loaded.model_id if loaded else ""
        await self._discard()

    def _held(self) -> Engine:
        if self._engine is None:
            raise LoadFailed(Text("engine.unloaded"), Text("engine.ask_again"))
        return self._engine

    def _tell(self, state: Literal["loading", "ready", "answering"], load_seconds: float | None = None) -> None:
        if (loaded := self.loaded()) is not None:
            seconds = loaded.load_seconds if load_seconds is None else load_seconds
            used = self._engine.used if self._engine else None
            self.loaded.set(replace(loaded, state=state, load_seconds=seconds, used=used))

    async def _discard(self) -> None:
        engine, self._engine, self._load_key = self._engine, None, ()
        self.loaded.set(None)
        if engine is not None:
            await engine.unload()


def _settings(model: Model, request: Request, power: Power) -> EngineSettings:
    context = min(model.context_length or UNKNOWN_CONTEXT_TOKENS, MOST_CONTEXT_TOKENS)
    sampling, think, schema = request.sampling, request.think, request.schema
    threads = power.threads if request.threads is None else request.threads
    on_gpu = power.on_gpu if request.on_gpu is None else request.on_gpu
    return EngineSettings(context, sampling, model.format, think, schema, threads, on_gpu)


def _load_options(name: EngineName, settings: EngineSettings) -> tuple[object, ...]:
    """What is fixed when the engine loads; a change of it loads the model anew. MediaPipe fixes its sampler too."""
    fixed = settings.context_length, settings.threads, settings.on_gpu
    if name != "mediapipe":
        return fixed
    sampling = settings.sampling
    return (*fixed, sampling.temperature, sampling.top_k, sampling.seed)


def _can_drop(request: Request) -> bool:
    return any(message.role != "system" for message in request.messages[:-1])
