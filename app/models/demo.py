"""Engines without a model: they ship with the app, drive `?demo` and stand in for real ones in the tests.

    engine = DemoEngine(clock_sleep=asyncio.sleep, tokens=2000, rate=100)      # Markdown, 100 tokens a second
    engine = ScriptedEngine(["Paris.", TooLong()])                             # the next answers, one per reply
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

from app.core.values import EngineName, EngineSettings, Message, Model

DEMO_MODEL = Model(
    id="demo", name="Demo", format="gguf", context_length=32768, best_for="Shows the page at work; no model behind it."
)


class DemoEngine:
    """Streams scripted Markdown of `tokens` words at `rate` tokens a second (0: as fast as possible)."""

    name: EngineName = "wllama"
    needs_template = False
    restarts_after_stop = False

    def __init__(
        self, tokens: int = 300, rate: float = 30.0, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        raise NotImplementedError

    @property
    def last_counts(self) -> tuple[int, int] | None: ...

    async def load(self, handle: object, settings: EngineSettings) -> None: ...

    def generate(self, messages: Sequence[Message], settings: EngineSettings, chat_id: str = "") -> AsyncIterator[str]:
        raise NotImplementedError

    async def count_tokens(self, text: str) -> int | None: ...

    async def unload(self) -> None: ...
