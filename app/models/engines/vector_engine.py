"""Vectors and scores by llama.cpp in this browser: an engine of its own, beside the one that chats.

    engine = VectorEngine(open_model, make_engine, device, clock, threads)
    made = await engine.embed(model, ToEmbed(("Light is a wave.",)))

It stays on the processor: small models are faster there. A batch is one turn, so a question that is looked for comes
between two batches of a long list. After a while without work its memory is freed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TypeVar

from app.core.errors import NotSupported, TooLong
from app.core.ports import Clock, Device, Engine, EngineMaker
from app.core.texts import Plain, Text
from app.core.values import DeviceFacts, EngineSettings, Makes, Model
from app.core.vectors import (
    ToEmbed,
    ToRank,
    Vectors,
    check_count,
    in_batches,
    no_scores,
    no_vectors,
    text_too_long,
    vectors_of,
)

T = TypeVar("T")
MOST_TOKENS = 2048  # of a text: it is read in one step, whose memory grows with the square of its length
UNKNOWN_TOKENS = 512
IDLE_SECONDS = 120.0


class VectorEngine:
    """An Embedder over one engine at a time. `open_model(model)` gives its files' handles (raises ModelMissing,
    Corrupt, Evicted), `threads(model, facts)` how many threads of the processor it takes."""

    def __init__(
        self,
        open_model: Callable[[Model], Awaitable[Sequence[object]]],
        make_engine: EngineMaker,
        device: Device,
        clock: Clock,
        threads: Callable[[Model, DeviceFacts], int],
    ) -> None:
        self._open_model, self._make_engine = open_model, make_engine
        self._device, self._clock, self._threads = device, clock, threads
        self._turn = asyncio.Lock()
        self._engine: Engine | None = None
        self._loaded: tuple[str, Makes] = ("", "vectors")
        self._idle: asyncio.Task[None] | None = None

    async def embed(self, model: Model, asked: ToEmbed) -> Vectors:
        """Raises NotSupported, ModelMissing, Corrupt, Evicted, TooLong, LoadFailed, TimedOut, EngineError."""
        if not model.can_embed:
            raise no_vectors(model)
        rows, tokens = list[list[float]](), 0
        for texts in in_batches(model.embeds.put_before(asked.texts, asked.use)):
            made, count = await self._run(model, "vectors", partial(_embed, texts))
            rows, tokens = rows + made, tokens + count
            if rows and asked.dimensions not in (0, len(rows[0])):
                length = Plain(len(rows[0]))
                raise NotSupported(Text("vectors.one_length", model=model.name, length=length))
        return vectors_of(model, rows, asked.texts, tokens)

    async def rank(self, model: Model, asked: ToRank) -> tuple[float, ...]:
        """Raises what `embed` raises."""
        if not model.can_rank:
            raise no_scores(model)
        scores = list[float]()
        for texts in in_batches(asked.texts):
            scores += await self._run(model, "scores", partial(_rank, asked.query, texts))
        check_count(model, len(scores), len(asked.texts))
        return tuple(scores)

    async def unload(self) -> None:
        """Free the memory, after what is under way."""
        async with self._turn:
            await self._discard()

    async def _run(self, model: Model, makes: Makes, work: Callable[[Engine], Awaitable[T]]) -> T:
        """One turn. An engine that failed or was stopped in the middle is thrown away."""
        async with self._turn:
            if self._idle is not None:
                self._idle.cancel()
            try:
                return await work(await self._ready(model, makes))
            except TooLong as error:
                raise text_too_long(model, error, _tokens(model)) from error
            except BaseException:
                await self._discard()
                raise
            finally:
                self._idle = asyncio.ensure_future(self._free_later()) if self._engine else None

    async def _ready(self, model: Model, makes: Makes) -> Engine:
        if self._engine is not None and self._loaded == (model.id, makes):
            return self._engine
        await self._discard()
        if model.format != "gguf":
            raise no_vectors(model)
        threads = self._threads(model, await self._device.facts())
        settings = EngineSettings(_tokens(model), format=model.format, threads=threads, makes=makes)
        handles = await self._open_model(model)
        self._engine, self._loaded = self._make_engine("wllama"), (model.id, makes)
        await self._engine.load(handles, settings, lambda phase: None)
        return self._engine

    async def _free_later(self) -> None:
        await self._clock.sleep(IDLE_SECONDS)
        await self.unload()

    async def _discard(self) -> None:
        engine, self._engine = self._engine, None
        if engine is not None:
            await engine.unload()


async def _embed(texts: tuple[str, ...], engine: Engine) -> tuple[list[list[float]], int]:
    return await engine.embed(texts)


async def _rank(query: str, texts: tuple[str, ...], engine: Engine) -> list[float]:
    return await engine.rank(query, texts)


def _tokens(model: Model) -> int:
    return min(model.context_length or UNKNOWN_TOKENS, MOST_TOKENS)
