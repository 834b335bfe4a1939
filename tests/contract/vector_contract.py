"""What every engine must do that makes vectors or scores, as plain functions: they run in CPython against the fake and,
sent as text, in the browser's Python worker against the real one.

    await check_vectors(engine, handles, settings, longer="light " * 600)
    await check_scores(engine, handles, settings)
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from app.core.errors import EngineError, TooLong
from app.core.ports import Engine
from app.core.values import EngineSettings


def unheard(phase: object) -> None:
    """Nobody listens to the phases."""


async def check_vectors(
    engine: Engine, handles: Sequence[object], settings: EngineSettings, longer: str
) -> list[list[float]]:
    """A batch of 32 comes in its order, as each text alone; what is too long is told, and the engine goes on."""
    await engine.load(handles, replace(settings, makes="vectors"), unheard)
    texts = [f"light{'s' * (number % 3)}{'!' * number}" for number in range(32)]
    rows, tokens = await engine.embed(texts)
    assert len(rows) == 32
    assert tokens >= 32
    assert len({len(row) for row in rows}) == 1
    assert all(abs(math.hypot(*row) - 1) < 1e-3 for row in rows)
    [alone], _ = await engine.embed([texts[7]])
    assert max(abs(one - other) for one, other in zip(alone, rows[7], strict=True)) < 1e-2
    assert any(abs(one - other) > 1e-3 for one, other in zip(rows[0], rows[7], strict=True))
    try:
        await engine.embed(["light", longer])
    except TooLong:
        pass
    else:
        raise AssertionError("a text that is too long was cut without a word")
    again, _ = await engine.embed(texts[:2])
    assert len(again) == 2
    await engine.unload()
    try:
        await engine.embed(["light"])
    except EngineError:
        return rows
    raise AssertionError("an unloaded engine made vectors")


async def check_scores(engine: Engine, handles: Sequence[object], settings: EngineSettings) -> list[float]:
    """One score for each text, in their order, as each text alone."""
    await engine.load(handles, replace(settings, makes="scores"), unheard)
    texts = ["light", "light !", "lights"]
    scores = await engine.rank("light !", texts)
    assert len(scores) == 3
    assert len(set(scores)) > 1
    [alone] = await engine.rank("light !", texts[1:2])
    assert abs(alone - scores[1]) < 1e-2
    await engine.unload()
    return scores
