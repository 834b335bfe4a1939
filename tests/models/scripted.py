"""An engine without a model that says what a test wrote.

engine = ScriptedEngine(["Paris.", TooLong()])              # the next answers, one per reply
engine = ScriptedEngine(["a b"], there=["c d"])             # those on the graphics processor, which it takes
"""

from __future__ import annotations

import asyncio
import math
import re
import string
from collections.abc import AsyncGenerator, Iterable, Sequence

from app.core.errors import AppError, EngineError, TooLong
from app.core.ports import TellPhase
from app.core.values import Counted, Delta, EngineName, EngineSettings, LoadPhase, Message, Thought, Used


def untold(phase: LoadPhase) -> None:
    """Where nobody wants to hear the phases of a load."""


#: a text (streamed word by word), a list of texts and thoughts that may end in an error, or an error to raise
Answer = str | Sequence[str | Thought | AppError] | AppError


def letters(text: str) -> list[float]:
    """A vector of length 1: how often each letter of the alphabet is in a text."""
    counts = [text.lower().count(letter) + 1.0 for letter in string.ascii_lowercase]
    return [count / math.hypot(*counts) for count in counts]


class ScriptedEngine:
    """Answers from a queue. With `there` it takes the graphics processor where it is asked to: the answers there, or
    the error with which loading fails.

    It remembers what it was given (`asked`, each with `settings`; `loads`) and what became of it (`was_stopped`,
    `is_unloaded`).
    """

    def __init__(
        self,
        answers: Iterable[Answer],
        name: EngineName = "wllama",
        needs_template: bool = False,
        restarts_after_stop: bool = False,
        used: Used | None = None,
        there: Iterable[Answer] | AppError | None = None,
    ) -> None:
        self.name = name
        self.needs_template = needs_template
        self.restarts_after_stop = restarts_after_stop
        self.used = used
        self.asked: list[tuple[Message, ...]] = []
        self.loads: list[EngineSettings] = []
        self.settings: list[EngineSettings] = []
        self.embedded: list[tuple[str, ...]] = []
        self.was_stopped = False
        self.is_unloaded = False
        self._answers = list(answers)
        self._fails_there = there if isinstance(there, AppError) else None
        self._there = None if there is None or isinstance(there, AppError) else list(there)
        self._counts: Counted | None = None

    def next(self, *answers: Answer) -> None:
        """What it says before all that it was given so far."""
        self._answers[:0] = answers

    @property
    def last_counts(self) -> Counted | None:
        """None until a reply has ended."""
        return self._counts

    async def load(self, handles: Sequence[object], settings: EngineSettings, tell: TellPhase = untold) -> None:
        """Raises an error among the handles, while the model is read."""
        tell(LoadPhase.STARTING)
        await asyncio.sleep(0)
        tell(LoadPhase.READING)
        for handle in handles:
            if isinstance(handle, AppError):
                raise handle
        self.loads.append(settings)
        if settings.on_gpu and self._fails_there:
            raise self._fails_there
        if self._there is not None:
            self.used = Used(settings.threads, settings.on_gpu)
        self.is_unloaded = False

    async def generate(
        self, messages: Sequence[Message], settings: EngineSettings, chat_id: str = ""
    ) -> AsyncGenerator[Delta | Thought, None]:
        """The next answer of the queue."""
        if self.is_unloaded:
            raise EngineError("The model is not loaded.", "Ask again.")
        self.asked.append(tuple(messages))
        self.settings.append(settings)
        self._counts, has_ended = None, False
        answer = (self._answers if self._there is None or not settings.on_gpu else self._there).pop(0)
        if isinstance(answer, AppError):
            raise answer
        deltas: Sequence[str | Thought | AppError] = (
            re.findall(r"\S+\s*", answer) if isinstance(answer, str) else answer
        )
        try:
            for delta in deltas:
                await asyncio.sleep(0)
                if isinstance(delta, AppError):
                    raise delta
                yield Delta(delta) if isinstance(delta, str) else delta
            has_ended = True
        finally:
            self.was_stopped = not has_ended
        self._counts = Counted(sum(len(message.content.split()) for message in messages), len(deltas))

    async def embed(self, texts: Sequence[str]) -> tuple[list[list[float]], int]:
        """A vector of the letters of each text. A word counts as a token."""
        self._check_loaded()
        self.embedded.append(tuple(texts))
        await asyncio.sleep(0)
        if too_long := next((text for text in texts if len(text.split()) > self.loads[-1].context_length), None):
            raise TooLong(detail=too_long[:20])
        return [letters(text) for text in texts], sum(len(text.split()) for text in texts)

    async def rank(self, query: str, texts: Sequence[str]) -> list[float]:
        """How many of the question's words are in each text."""
        self._check_loaded()
        await asyncio.sleep(0)
        return [float(len({*query.split()} & {*text.split()})) for text in texts]

    def _check_loaded(self) -> None:
        if self.is_unloaded or not self.loads:
            raise EngineError("The model is not loaded.", "Ask again.")

    async def count_tokens(self, text: str) -> int | None:
        """This engine has no tokenizer to ask."""
        return None

    async def unload(self) -> None:
        """Remembers it."""
        self.is_unloaded = True
