"""Small stand-ins for the outside, for tests of the models' room."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import aclosing

from app.core.errors import AppError
from app.core.ports import Engine
from app.core.signals import Effect
from app.core.values import Delta, DeviceFacts, Done, EngineName, Event, Model, Notice, Request, Sampling
from app.models.engines.browser_engine import BrowserModelEngine, Loaded
from app.models.engines.gpu_verdicts import Graphics
from app.study.shelves import checked
from tests.memory import FakeClock, FakeDevice, MemoryRecords
from tests.words import english

WEBGPU = DeviceFacts(has_webgpu_api=True, has_adapter=True, has_device=True)
NO_WEBGPU = DeviceFacts(has_webgpu_api=True)
NO_GPU = Graphics(checked(MemoryRecords()), FakeClock(), lambda model: "off", "")
GGUF = Model(id="m1", name="Tiny", format="gguf", context_length=1024)
OTHER = Model(id="m2", name="Other", format="gguf", context_length=1024)
GPU_FILE = Model(id="m3", name="Gemma", format="litertlm-gpu", context_length=1024)


class Bench:
    """A BrowserModelEngine over engines that a test prepared, and a record of what happened."""

    def __init__(
        self,
        *engines: Engine,
        facts: DeviceFacts = WEBGPU,
        chosen: EngineName | None = None,
        sampling: Sampling = Sampling(),
        usual_seconds: float = 0.0,
    ) -> None:
        self.made: list[EngineName] = []
        self.seen: list[Loaded | None] = []
        self.handle: object = "a file"
        self.unreadable: AppError | None = None
        self.on_open: Callable[[Model], None] = lambda model: None
        self._engines = list(engines)
        self.engine = BrowserModelEngine(
            self._open,
            self._make,
            FakeDevice(facts),
            FakeClock(step=1.0),
            NO_GPU,
            lambda model: chosen,
            sampling=lambda: sampling,
            usual_seconds=lambda model: usual_seconds,
        )
        Effect(lambda: self.seen.append(self.engine.loaded()))

    async def _open(self, model: Model) -> tuple[object, ...]:
        self.on_open(model)
        await asyncio.sleep(0)
        if self.unreadable is not None:
            raise self.unreadable
        return (self.handle,)

    def _make(self, name: EngineName) -> Engine:
        self.made.append(name)
        return self._engines.pop(0)

    async def events(self, request: Request, model: Model = GGUF) -> list[Event]:
        """Everything that one reply says."""
        return [event async for event in self.engine.reply(model, request)]

    async def first(self, request: Request, model: Model = GGUF, deltas: int = 1) -> str:
        """The first deltas of a reply, which is stopped then."""
        text, left = "", deltas
        async with aclosing(self.engine.reply(model, request)) as events:
            async for event in events:
                if isinstance(event, Delta):
                    text, left = text + event.text, left - 1
                    if not left:
                        break
        return text


def text_of(events: list[Event]) -> str:
    """The reply's text."""
    return "".join(event.text for event in events if isinstance(event, Delta))


def notices_of(events: list[Event]) -> list[str]:
    """What the person is told."""
    return [english(event.text) for event in events if isinstance(event, Notice)]


def done_of(events: list[Event]) -> Done:
    """The last event, which must be the only Done."""
    assert [event for event in events if isinstance(event, Done)] == events[-1:]
    last = events[-1]
    assert isinstance(last, Done)
    return last
