"""The check of a model on the graphics processor: its first words there and on the processor, side by side.

    async for step in check(model, ready, held, settings, clock): ...      # Loading(…), …, Outcome("same")

Both are greedy. A graphics processor rounds otherwise, so that far into a text, or where two words are equally likely,
a right one may give others: a few tokens are compared, of questions with one likely answer, and one of the answers
must be the same. One that computes nonsense gives none of them.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace

from app.core.errors import EngineError, NotSupported
from app.core.ports import Clock, Engine
from app.core.values import EngineSettings, Loading, LoadPhase, Message, Model, Request, Sampling
from app.models.engines.gpu import Found, found_by
from app.models.engines.load_settings import on_gpu

TOKENS = 8
GREEDY = Sampling(temperature=0.0, max_tokens=TOKENS, seed=1)
QUESTIONS = ("Count from one to ten in words.", "What is the capital of France?")
#: for all answers there; a first use compiles the programs of the graphics processor, which takes longest
MOST_SECONDS = 180.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found, and what the engine said where it failed."""

    found: Found
    detail: str = ""


async def check(
    model: Model,
    ready: Callable[[EngineSettings], AsyncGenerator[Loading, None]],
    held: Callable[[], Engine],
    settings: EngineSettings,
    clock: Clock,
) -> AsyncGenerator[Loading | Outcome, None]:
    """How far it is, then the outcome. `ready` loads the model with settings into the engine that is `held` then:
    first on the processor, as `settings` have it. Raises what goes wrong there."""
    loading, start = Loading(model.name, LoadPhase.CHECKING), clock.tick()
    yield loading
    async with aclosing(ready(settings)) as steps:
        async for _ in steps:
            yield replace(loading, seconds=clock.tick() - start)
    here = await first_words(held(), settings)
    try:
        there = on_gpu(settings)
        async with aclosing(ready(there)) as steps:
            async for _ in steps:
                yield replace(loading, seconds=clock.tick() - start)
        outcome = Outcome(compared(here, await first_words(held(), there, MOST_SECONDS)))
    except TimeoutError:
        outcome = Outcome("silent")
    except (EngineError, NotSupported) as error:
        outcome = Outcome(found_by(error, has_begun=False), error.detail)
    yield replace(loading, phase=LoadPhase.READY, seconds=clock.tick() - start)
    yield outcome


async def first_words(engine: Engine, settings: EngineSettings, seconds: float | None = None) -> tuple[str, ...]:
    """The beginning of the answer to each question. Raises TimeoutError where they take more than `seconds` in all, and
    what the engine raises."""
    greedy = replace(settings, sampling=GREEDY, think=False, schema=None)
    async with asyncio.timeout(seconds):
        return tuple([await _answer(engine, greedy, question) for question in QUESTIONS])


async def _answer(engine: Engine, settings: EngineSettings, question: str) -> str:
    async with aclosing(engine.generate((Message("user", question),), settings)) as pieces:
        return "".join([piece.text async for piece in pieces])


def compared(here: Sequence[str], there: Sequence[str]) -> Found:
    """What the answers `there` (on the graphics processor) say beside those on the processor."""
    if not any(there):
        return "silent"
    return "same" if any(one and one == other for one, other in zip(here, there, strict=True)) else "differs"


def continuing(request: Request, said: str) -> Request:
    """The request that goes on with a reply of which these words have come. llama.cpp takes a last message of the
    assistant's as the beginning of its own; it refuses that while it is told to think."""
    return replace(request, messages=(*request.messages, Message("assistant", said)), think=False)
