"""The engines that ship with the app and need no model."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

from app.core.values import Counted, Delta, EngineSettings, Message, Sampling, Thought
from app.models.engines.demo import DEMO_TEXT, DemoEngine, demo_tokens

QUESTION = [Message("user", "What is photosynthesis?")]


def test_the_pieces_join_to_the_page_over_and_over() -> None:
    text = "".join(demo_tokens(2000))
    assert text.startswith(DEMO_TEXT + DEMO_TEXT)
    assert all(mark in text for mark in ("## ", "| Stage |", "```python", "$$", "1. ", "> "))


def test_it_streams_at_the_rate_on_average_and_counts() -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    async def read() -> list[Delta | Thought]:
        engine = DemoEngine(tokens=50, rate=100, sleep=sleep)
        settings = EngineSettings(sampling=Sampling(max_tokens=5000))
        pieces = [piece async for piece in engine.generate(QUESTION, settings)]
        assert engine.last_counts == Counted(3, 50)
        return pieces

    assert len(asyncio.run(read())) == 50
    assert 0.3 < max(slept) < 0.5


def test_it_can_be_stopped_and_asked_again() -> None:
    async def read() -> tuple[int, int]:
        engine = DemoEngine(tokens=20, rate=0)
        first = 0
        async with aclosing(engine.generate(QUESTION, EngineSettings())) as pieces:
            async for _ in pieces:
                first += 1
                if first == 3:
                    break
        return first, len([piece async for piece in engine.generate(QUESTION, EngineSettings())])

    assert asyncio.run(read()) == (3, 20)
