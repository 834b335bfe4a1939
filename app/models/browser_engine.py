"""The models that run inside this browser, as one Provider: queue, load, stream, stop, recover.

    engine = BrowserModelEngine(open_model, make_engine, device, clock, choose)
    async for event in engine.reply(model, request): ...      # Notice("Loading ..."), Delta, ..., Done
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

from app.core.ports import Clock, Device, EngineMaker
from app.core.values import Delta, Done, EngineName, Model, Notice, Request


@dataclass(frozen=True, slots=True)
class Loaded:
    """The one model that an engine holds (or is loading), for the page. `load_seconds` is 0 while it loads."""

    model_id: str
    model_name: str
    engine: EngineName
    context_length: int
    state: Literal["loading", "ready", "answering"]
    load_seconds: float = 0.0


class BrowserModelEngine:
    """A Provider over the browser's engines: one model loaded, one reply at a time, the others wait in order.

    `open_model(model)` gives the file's handle (raises ModelMissing, Corrupt, Evicted); `choose(model)` is the engine the
    person picked for this model, None for the preferred one; `on_change` is told whenever `loaded` changes.
    """

    def __init__(
        self,
        open_model: Callable[[Model], Awaitable[object]],
        make_engine: EngineMaker,
        device: Device,
        clock: Clock,
        choose: Callable[[Model], EngineName | None] = lambda model: None,
        on_change: Callable[[Loaded | None], None] = lambda loaded: None,
    ) -> None:
        raise NotImplementedError

    @property
    def loaded(self) -> Loaded | None:
        """What is loaded now."""
        raise NotImplementedError

    def reply(self, model: Model, request: Request) -> AsyncIterator[Delta | Notice | Done]:
        """Stream the answer. Raises NotSupported, ModelMissing, TooLong, LoadFailed, DeviceLost, TimedOut, EngineError."""
        raise NotImplementedError

    async def unload(self) -> None:
        """Free the loaded model; waits for a running reply to end."""
        raise NotImplementedError
