"""The check of a model on the graphics processor: its first words there and on the processor, side by side.

    there = await first_words(engine, settings)        # once on the processor, once on the graphics processor
    compared(here, there)                              # "same", "differs" or "silent"

Both are greedy. A graphics processor rounds otherwise, so that far into a text, or where two words are equally likely,
a right one may give others: a few tokens are compared, of questions with one likely answer, and one of the answers
must be the same. One that computes nonsense gives none of them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import replace

from app.core.ports import Engine
from app.core.values import EngineSettings, Message, Request, Sampling
from app.models.engines.gpu import Found

TOKENS = 8
GREEDY = Sampling(temperature=0.0, max_tokens=TOKENS, seed=1)
QUESTIONS = ("Count from one to ten in words.", "What is the capital of France?")
#: for all answers there; a first use compiles the programs of the graphics processor, which takes longest
MOST_SECONDS = 90.0


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
    if not said:
        return request
    return replace(request, messages=(*request.messages, Message("assistant", said)), think=False)
