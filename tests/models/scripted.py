"""An engine without a model that says what a test wrote.

engine = ScriptedEngine(["Paris.", TooLong()])              # the next answers, one per reply
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Iterable, Sequence

from app.core.errors import AppError, EngineError
from app.core.ports import TellPhase
from app.core.values import Counted, Delta, EngineName, EngineSettings, LoadPhase, Message, Thought, Used


def untold(phase: LoadPhase) -> None:
    """Where nobody wants to hear the phases of a load."""


class ScriptedEngine:
    """Answers from a queue: a text (streamed word by word), a list of texts and thoughts, or an error to raise.

    It remembers what it was given (`asked`, `loads`) and what became of it (`was_stopped`, `is_unloaded`).
    """

    def __init__(
        self,
        answers: Iterable[str | Sequence[str | Thought] | AppError],
        name: EngineName = "wllama",
        needs_template: bool = False,
        restarts_after_stop: bool = False,
        holds_schema: bool = False,
        used: Used | None = None,
    ) -> None:
        self.name = name
        self.needs_template = needs_template
        self.restarts_after_stop = restarts_after_stop
        self.holds_schema = holds_schema
        self.used = used
        self.asked: list[tuple[Message, ...]] = []
        self.loads: list[EngineSettings] = []
        self.was_stopped = False
        self.is_unloaded = False
        self._answers = list(answers)
        self._counts: Counted | None = None

    @property
    def last_counts(self) -> Counted | None:
        """None until a reply has ended."""
        return self._counts

    async def load(self, handle: object, settings: EngineSettings, tell: TellPhase = untold) -> None:
        """Raises `handle` where it is an error, while the model is read."""
        tell(LoadPhase.STARTING)
        await asyncio.sleep(0)
        tell(LoadPhase.READING)
        if isinstance(handle, AppError):
            raise handle
        self.loads.append(settings)
        self.is_unloaded = False

    async def generate(
        self, messages: Sequence[Message], settings: EngineSettings, chat_id: str = ""
    ) -> AsyncGenerator[Delta | Thought, None]:
        """The next answer of the queue."""
        if self.is_unloaded:
            raise EngineError("The model is not loaded.", "Ask again.")
        self.asked.append(tuple(messages))
        self._counts, has_ended = None, False
        answer = self._answers.pop(0)
        if isinstance(answer, AppError):
            raise answer
        deltas: Sequence[str | Thought] = re.findall(r"\S+\s*", answer) if isinstance(answer, str) else answer
        try:
            for delta in deltas:
                await asyncio.sleep(0)
                yield Delta(delta) if isinstance(delta, str) else delta
            has_ended = True
        finally:
            self.was_stopped = not has_ended
        self._counts = Counted(sum(len(message.content.split()) for message in messages), len(deltas))

    async def count_tokens(self, text: str) -> int | None:
        """This engine has no tokenizer to ask."""
        return None

    async def unload(self) -> None:
        """Remembers it."""
        self.is_unloaded = True
