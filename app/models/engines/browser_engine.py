"""The models that run inside this browser, as one Provider: queue, load, stream, stop, recover.

    engine = BrowserModelEngine(open_model, make_engine, device, clock, gpu, choose)
    async for event in engine.reply(model, request): ...      # Loading(…, LoadPhase.OPENING), …, Delta, …, Done

One model is loaded at a time and one reply runs at a time; the others wait in order. Closing the iterator, or
cancelling the task that reads it, stops the engine.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Literal

from app.core.errors import AppError, EngineError, LoadFailed, NotSupported, TooLong
from app.core.ports import Clock, Device, Engine, EngineMaker, TellPhase
from app.core.signals import Signal
from app.core.text import estimate_tokens
from app.core.texts import Text
from app.core.values import (
    Delta,
    DeviceFacts,
    EngineName,
    EngineSettings,
    Event,
    Loading,
    LoadPhase,
    Message,
    Model,
    Notice,
    Request,
    Sampling,
    Thought,
    Used,
)
from app.models.answering.context import Fitted, fit, notice_about, reply_budget, tighter
from app.models.answering.reply_meter import ReplyMeter
from app.models.answering.unsupported import has_pictures, no_pictures, refuse_pictures
from app.models.engines.choice import engines_for, why_not
from app.models.engines.gpu import NotTaken, Plan, found_by, notice_of
from app.models.engines.gpu_check import check, continuing
from app.models.engines.gpu_verdicts import Graphics
from app.models.engines.load_settings import SEEING, load_options, on_gpu, sampler_of, settings_of
from app.models.engines.phases import phases_of
from app.models.engines.templates import gemma_prompt, images_of

WAITING = Notice(Text("engine.waiting"))


@dataclass(frozen=True, slots=True)
class Loaded:
    """The one model that an engine holds (or is loading), for the page. While it loads, `phase` says what is done,
    `load_seconds` is 0 and `used` None."""

    model_id: str
    model_name: str
    engine: EngineName
    context_length: int
    state: Literal["loading", "ready", "answering"]
    load_seconds: float = 0.0
    used: Used | None = None
    phase: LoadPhase = LoadPhase.READY


class BrowserModelEngine:
    """A Provider over the browser's engines: one model loaded, one reply at a time, the others wait in order.

    `open_model(model)` gives its files' handles (raises ModelMissing, Corrupt, Evicted); `choose(model)` is the engine
    the person picked for this model, None for the preferred one; `threads(model, facts)` is how many threads it
    takes, where the engine can be told (0 leaves it to the engine). `gpu` decides about the graphics processor.
    `sampling` is the person's own, `usual_seconds(model)` what loading it took here last time,
    0 where that is not known. `loaded` is the model that an engine holds.
    """

    def __init__(
        self,
        open_model: Callable[[Model], Awaitable[Sequence[object]]],
        make_engine: EngineMaker,
        device: Device,
        clock: Clock,
        gpu: Graphics,
        choose: Callable[[Model], EngineName | None] = lambda model: None,
        threads: Callable[[Model, DeviceFacts], int] = lambda model, facts: 0,
        sampling: Callable[[], Sampling] = Sampling,
        usual_seconds: Callable[[Model], float] = lambda model: 0.0,
    ) -> None:
        self._open_model = open_model
        self._make_engine = make_engine
        self._device = device
        self._clock = clock
        self._choose = choose
        self._threads = threads
        self._sampling, self._usual_seconds, self.gpu = sampling, usual_seconds, gpu
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

    async def count(self, model: Model, text: str) -> int | None:
        """Tokens of a text as the model counts them; None where it is not loaded, or is at work."""
        loaded = self.loaded()
        if self._engine is None or self._turn.locked() or loaded is None or loaded.model_id != model.id:
            return None
        async with self._turn:
            return await self._engine.count_tokens(text)

    async def unload(self) -> None:
        """Free the loaded model; waits for a running reply to end (cancel it first to be quick)."""
        async with self._turn:
            await self._discard()

    async def unload_unless(self, is_kept: Callable[[str], bool]) -> None:
        """Free the loaded model where `is_kept(its id)` is false, once the replies that wait or run have ended."""
        async with self._turn:
            loaded = self.loaded()
            if loaded is not None and not is_kept(loaded.model_id):
                await self._discard()

    async def check(self, model: Model) -> AsyncGenerator[Event, None]:
        """Check a model on the graphics processor, whatever was found before; `gpu` knows the result. Nothing happens
        where it is not to run there. Raises what loading it on the processor raises."""
        async with self._turn:
            name, facts = await self._pick(model, Request(())), await self._device.facts()
            if not (await self.gpu.plan(model, facts)).is_asked:
                return
            settings = settings_of(name, model, Request(()), self._threads(model, facts), self._sampling())
            meter = ReplyMeter(self._clock, name, settings.sampling.max_tokens)
            async with aclosing(self._check(model, name, settings, meter)) as events:
                async for event in events:
                    yield event

    async def _answer(self, model: Model, request: Request) -> AsyncGenerator[Event, None]:
        """The reply, on the graphics processor where that is sound. Where it fails there, the processor goes on."""
        name, facts = await self._pick(model, request), await self._device.facts()
        sampling = sampler_of(name, request, self._sampling())
        settings = settings_of(name, model, request, self._threads(model, facts), sampling)
        meter = ReplyMeter(self._clock, name, settings.sampling.max_tokens)
        plan = await self._plan(model, name, facts, request)
        if plan.needs_check:
            async with aclosing(self._check(model, name, settings, meter)) as events:
                async for event in events:
                    yield event
            plan = await self._plan(model, name, facts, request)
        there = self._there if plan.is_used else self._tried
        async with aclosing(there(model, name, settings, request, meter)) as events:
            async for event in events:
                yield event

    async def _there(
        self, model: Model, name: EngineName, settings: EngineSettings, request: Request, meter: ReplyMeter
    ) -> AsyncGenerator[Event, None]:
        """The reply on the graphics processor. Where it fails there the verdict says so from now on, and the processor
        goes on from the words that have come."""
        said, is_warm = "", self._is_ready(model, name, on_gpu(settings))
        try:
            async with aclosing(self._tried(model, name, on_gpu(settings), request, meter)) as events:
                async for event in events:
                    said += event.text if isinstance(event, Delta) else ""
                    yield event
            return
        except (EngineError, NotSupported) as error:
            found = found_by(error, has_begun=meter.has_begun)
            slept = is_warm and found == "lost" and not meter.has_begun  # computers that slept have lost it meanwhile
            if not slept:
                await self.gpu.note(model, await self._device.facts(), found, error.detail)
            if said and request.schema is not None:  # its beginning would not be held to the schema
                raise
        if slept:
            rest = self._there(model, name, settings, request, meter)
        else:
            yield Notice(notice_of(found, model), is_lasting=True)
            if said:
                left = replace(settings.sampling, max_tokens=meter.go_on())
                request, settings = continuing(request, said), replace(settings, sampling=left, think=False)
            rest = self._tried(model, name, settings, request, meter, estimate_tokens(said))
        async with aclosing(rest) as events:
            async for event in events:
                yield event

    async def _plan(self, model: Model, name: EngineName, facts: DeviceFacts, request: Request) -> Plan:
        """What is done about the graphics processor; only llama.cpp can do with and without."""
        if name != "wllama" or request.threads is not None:
            return Plan(Text("gpu.not_for_this"))
        return await self.gpu.plan(model, facts)

    async def _check(
        self, model: Model, name: EngineName, settings: EngineSettings, meter: ReplyMeter
    ) -> AsyncGenerator[Event, None]:
        """The check on the graphics processor; the verdict is kept. The model stays loaded there where it is sound."""

        def ready(settings: EngineSettings) -> AsyncGenerator[Loading, None]:
            return self._ready(model, name, settings, meter)

        async with aclosing(check(model, ready, self._held, settings, self._clock)) as steps:
            async for step in steps:
                if isinstance(step, Loading):
                    self._tell("loading", phase=step.phase)
                    yield step
                    continue
                await self.gpu.note(model, await self._device.facts(), step.found, step.detail)
                if step.found == "same":
                    self._tell("ready")
                else:
                    await self._discard()
                    yield Notice(notice_of(step.found, model), is_lasting=True)

    async def _tried(
        self,
        model: Model,
        name: EngineName,
        settings: EngineSettings,
        request: Request,
        meter: ReplyMeter,
        said_tokens: int = 0,
    ) -> AsyncGenerator[Event, None]:
        """Load where needed, fit the conversation, stream; after an overflow all the same, once more and tighter. Of
        the room that was kept free for the reply, what it has said already needs none."""
        context = settings.context_length
        budget = min(context - 1, context - reply_budget(context, settings.sampling.max_tokens) + said_tokens)
        for is_last in (False, True):
            async with aclosing(self._ready(model, name, settings, meter)) as steps:
                async for loading in steps:
                    yield loading
            fitted = await fit(request.messages, budget, self._held().count_tokens, settings.context_length)
            if fitted.dropped:
                yield notice_about(fitted.dropped)
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

    async def _pick(self, model: Model, request: Request) -> EngineName:
        """The engine for a model: the person's choice where it can run here, else the preferred one; for a request with
        pictures, of those that take them."""
        refuse_pictures(model, request)
        if model.ref.is_built_in:
            return "built-in"
        facts = await self._device.facts()
        names = engines_for(model.format, facts, *model.sizes)
        if not names:
            raise NotSupported(
                Text("engine.cannot_run", model=model.name, why=why_not(model, facts)),
                Text("engine.cannot_run_cure"),
            )
        if has_pictures(request) and not (names := tuple(name for name in names if name in SEEING)):
            raise no_pictures(model)
        chosen = self._choose(model)
        return chosen if chosen in names else names[0]

    async def _ready(
        self, model: Model, name: EngineName, settings: EngineSettings, meter: ReplyMeter
    ) -> AsyncGenerator[Loading, None]:
        """Have the model loaded in that engine with these settings. The engine before is ended first, so that its
        memory is free before anything of the new one is opened."""
        if self._is_ready(model, name, settings):
            return
        await self._discard()
        is_again, self._stopped_model = self._stopped_model == model.id, ""
        loading = Loading(model.name, LoadPhase.OPENING, 0.0, self._usual_seconds(model), is_again)
        start = self._clock.tick()
        yield loading
        async with aclosing(self._load(model, name, settings)) as phases:
            async for phase in phases:
                yield replace(loading, phase=phase, seconds=self._clock.tick() - start)
        meter.load_seconds = self._clock.tick() - start
        self._load_key = _key(model, name, settings)
        self._tell("ready", meter.load_seconds)
        if settings.on_gpu and not (self._engine and self._engine.used and self._engine.used.on_gpu):
            raise NotTaken()
        yield replace(loading, phase=LoadPhase.READY, seconds=meter.load_seconds)

    def _is_ready(self, model: Model, name: EngineName, settings: EngineSettings) -> bool:
        return self._engine is not None and self._load_key == _key(model, name, settings)

    async def _load(self, model: Model, name: EngineName, settings: EngineSettings) -> AsyncGenerator[LoadPhase, None]:
        """The phases of the load. One that failed or was stopped leaves nothing behind."""
        engine = self._engine = self._make_engine(name)
        phase = LoadPhase.OPENING
        self.loaded.set(Loaded(model.id, model.name, name, settings.context_length, "loading", phase=phase))

        async def load(tell: TellPhase) -> None:
            handles = () if model.ref.is_built_in else await self._open_model(model)
            await engine.load(handles, settings, tell)

        is_loaded = False
        try:
            async with aclosing(phases_of(load)) as phases:
                async for phase in phases:
                    self._tell("loading", phase=phase)
                    yield phase
            is_loaded = True
        except AppError as error:
            if error.detail or isinstance(error, EngineError):
                error.detail = f"Phase: {phase}\n{error.detail}".strip()
            raise
        finally:
            if not is_loaded:
                await self._discard()

    async def _stream(
        self, fitted: Fitted, settings: EngineSettings, chat_id: str, meter: ReplyMeter
    ) -> AsyncGenerator[Delta | Thought, None]:
        """The pieces of one run. An engine that failed or must not be used after a stop is thrown away."""
        engine, has_ended = self._held(), False
        messages = fitted.messages
        if engine.needs_template:
            messages = (Message("user", gemma_prompt(messages), images_of(messages)),)
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

    def _tell(
        self,
        state: Literal["loading", "ready", "answering"],
        load_seconds: float | None = None,
        phase: LoadPhase = LoadPhase.READY,
    ) -> None:
        if (loaded := self.loaded()) is not None:
            seconds = loaded.load_seconds if load_seconds is None else load_seconds
            used = self._engine.used if self._engine else None
            self.loaded.set(replace(loaded, state=state, load_seconds=seconds, used=used, phase=phase))

    async def _discard(self) -> None:
        engine, self._engine, self._load_key = self._engine, None, ()
        self.loaded.set(None)
        if engine is not None:
            await engine.unload()


def _key(model: Model, name: EngineName, settings: EngineSettings) -> tuple[object, ...]:
    return model.id, name, *load_options(name, settings)


def _can_drop(request: Request) -> bool:
    return any(message.role != "system" for message in request.messages[:-1])
