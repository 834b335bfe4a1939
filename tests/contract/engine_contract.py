"""What every engine must do, as plain functions: they run in CPython against the fakes and, sent as text, in the
browser's Python worker against the real adapters. Each returns nothing and raises AssertionError.

    await check_engine(make, handle, settings, prompt)
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import aclosing
from typing import Any

from app.core.errors import EngineError
from app.core.ports import Engine
from app.core.values import Delta, EngineSettings, LoadPhase, Message

Prompt = Callable[[Sequence[Message]], str]

QUESTION = Message("user", "What is the capital of France?")
ANSWER = "The capital of France is Paris."
NEXT_QUESTION = Message("user", "Why is the sky blue?")
NEXT_ANSWER = "Because air scatters blue light."


class Bench:
    """One engine with what it needs to be asked."""

    def __init__(self, engine: Engine, handle: object, settings: EngineSettings, prompt: Prompt) -> None:
        self.engine, self._handle, self._settings, self._prompt = engine, handle, settings, prompt

    async def load(self) -> None:
        """Load the model."""
        phases: list[LoadPhase] = []
        await self.engine.load([self._handle], self._settings, phases.append)
        assert phases == sorted(set(phases), key=list(LoadPhase).index), "each at most once, in their order"
        assert phases[:2] == [LoadPhase.STARTING, LoadPhase.READING]

    async def ask(self, *messages: Message, deltas: int = 0) -> list[str]:
        """The deltas of a reply; stopped after `deltas` of them where that is given."""
        asked = (Message("user", self._prompt(messages)),) if self.engine.needs_template else messages
        got: list[str] = []
        async with aclosing(self.engine.generate(asked, self._settings, "chat")) as pieces:
            async for piece in pieces:
                assert isinstance(piece, Delta), piece
                got.append(piece.text)
                if len(got) == deltas:
                    break
        return got


async def check_streams(bench: Bench) -> None:
    """The reply is right and comes in pieces; the counts are the engine's own or none."""
    got = await bench.ask(QUESTION)
    assert "".join(got).strip() == ANSWER, got
    assert len(got) > 1, got
    counts = bench.engine.last_counts
    assert counts is None or (counts.prompt_tokens > 5 and 5 < counts.reply_tokens < 20), counts


async def check_goes_on(bench: Bench) -> None:
    """The next question of the same chat is answered with the earlier turns in mind."""
    got = await bench.ask(QUESTION, Message("assistant", ANSWER), NEXT_QUESTION)
    assert "".join(got).strip() == NEXT_ANSWER, got


async def check_begins_anew(bench: Bench) -> None:
    """Another history is another conversation."""
    got = await bench.ask(Message("user", "Hello!"), Message("assistant", "Hello! How can I help you today?"), QUESTION)
    assert "".join(got).strip() == ANSWER, got


async def check_stops(bench: Bench) -> None:
    """Stop returns at once, and the next message works, after a restart where the engine says so."""
    assert len(await bench.ask(QUESTION, deltas=1)) == 1
    if bench.engine.restarts_after_stop:
        await bench.load()
    assert "".join(await bench.ask(QUESTION)).strip() == ANSWER


async def check_cancels(bench: Bench) -> None:
    """Cancelling the task that reads is the same as closing the generator."""
    task = asyncio.ensure_future(bench.ask(QUESTION))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait({task})
    assert task.cancelled()
    if bench.engine.restarts_after_stop:
        await bench.load()
    assert "".join(await bench.ask(NEXT_QUESTION)).strip() == NEXT_ANSWER


async def check_counts(bench: Bench) -> None:
    """A tokenizer that can be asked answers with a whole number."""
    number = await bench.engine.count_tokens("Hello!")
    assert number is None or 0 < number < 10, number


async def check_unloads(bench: Bench) -> None:
    """Unloading twice is fine; asking afterwards is an error of ours; loading again works."""
    await bench.engine.unload()
    await bench.engine.unload()
    try:
        await bench.ask(QUESTION)
    except EngineError:
        pass
    else:
        raise AssertionError("an unloaded engine answered")
    await bench.load()
    assert "".join(await bench.ask(QUESTION)).strip() == ANSWER
    await bench.engine.unload()


Check = Callable[[Bench], Coroutine[Any, Any, None]]
CHECKS: tuple[Check, ...] = (
    check_streams,
    check_goes_on,
    check_begins_anew,
    check_stops,
    check_cancels,
    check_counts,
    check_unloads,
)


async def check_engine(
    engine: Engine, handle: object, settings: EngineSettings, prompt: Prompt, checks: Sequence[Check] = CHECKS
) -> list[str]:
    """Run every check, or those that are named, on one engine; the names of those that passed."""
    bench = Bench(engine, handle, settings, prompt)
    await bench.load()
    for check in checks:
        try:
            await check(bench)
        except AssertionError as error:
            raise AssertionError(f"{engine.name}, {check.__name__}: {error}") from error
    return [check.__name__ for check in checks]
