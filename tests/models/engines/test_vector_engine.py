"""Vectors and scores in this browser: batches, prefixes, texts that are too long, what frees the engine."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from app.core.embeds import Embeds
from app.core.errors import EngineError, ModelMissing, NotSupported, TooLong
from app.core.values import EngineName, Model
from app.core.vectors import BATCH, ToEmbed, ToRank
from app.models.engines.vector_engine import VectorEngine
from tests.memory import FakeClock, FakeDevice, ticks
from tests.models.scripted import ScriptedEngine, letters
from tests.words import raises

FINDER = Model("finder", "Finder", "embedding", format="gguf", context_length=512)
JUDGE = replace(FINDER, id="judge", kind="rerank")
TEXTS = tuple(f"passage {number}" for number in range(BATCH + 3))


class World:
    """A VectorEngine over scripted engines, one for each load. The clock's `sleep` waits for `idle`."""

    def __init__(self) -> None:
        self.made: list[ScriptedEngine] = []
        self.idle = asyncio.Event()
        self.clock = FakeClock()
        self.engine = VectorEngine(self._open, self._make, FakeDevice(), self.clock, lambda model, facts: 2)
        self.clock.sleep = self._sleep  # type: ignore[method-assign]

    async def _sleep(self, seconds: float) -> None:
        await self.idle.wait()

    async def _open(self, model: Model) -> tuple[object, ...]:
        if model.id == "gone":
            raise ModelMissing()
        return ("a file",)

    def _make(self, name: EngineName) -> ScriptedEngine:
        assert name == "wllama"
        self.made.append(ScriptedEngine([]))
        return self.made[-1]


def play(scene: Callable[[World], Awaitable[None]]) -> None:
    async def body() -> None:
        await scene(World())

    asyncio.run(body())


def test_many_texts_go_in_batches_of_32_in_their_order_and_the_engine_is_loaded_once_for_vectors() -> None:
    async def scene(world: World) -> None:
        made = await world.engine.embed(FINDER, ToEmbed(TEXTS))
        assert made.rows == tuple(tuple(letters(text)) for text in TEXTS)
        assert (made.model_id, made.dimensions, made.prompt_tokens) == ("finder", 26, 2 * len(TEXTS))
        await world.engine.embed(FINDER, ToEmbed(("one more",)))
        [engine] = world.made
        assert [len(batch) for batch in engine.embedded] == [BATCH, 3, 1]
        [settings] = engine.loads
        assert (settings.makes, settings.context_length, settings.threads, settings.on_gpu) == (
            "vectors",
            512,
            2,
            False,
        )

    play(scene)


def test_a_model_reads_what_it_was_trained_to_read_before_a_text() -> None:
    async def scene(world: World) -> None:
        model = replace(FINDER, embeds=Embeds(query="query: ", document="passage: "))
        for use in ("query", "document", "as-is"):
            await world.engine.embed(model, ToEmbed(("light",), use))
        assert world.made[0].embedded == [("query: light",), ("passage: light",), ("light",)]

    play(scene)


def test_a_text_that_is_too_long_is_an_error_and_the_engine_stays() -> None:
    async def scene(world: World) -> None:
        with raises(TooLong, "A text is longer than Finder can read. Nothing was cut off.") as caught:
            await world.engine.embed(FINDER, ToEmbed(("short", "word " * 513)))
        assert caught.value.limit == 512
        assert not world.made[0].is_unloaded
        assert (await world.engine.embed(FINDER, ToEmbed(("short",)))).dimensions == 26
        assert len(world.made) == 1

    play(scene)


def test_what_cannot_be_made_is_refused_in_words() -> None:
    async def scene(world: World) -> None:
        for model in (Model("chat", "Finder", format="gguf"), replace(FINDER, format="task-web")):
            with raises(NotSupported, "Finder can't create embeddings"):
                await world.engine.embed(model, ToEmbed(("a",)))
        with raises(NotSupported, "embeddings of 26 numbers"):
            await world.engine.embed(FINDER, ToEmbed(("a",), dimensions=8))
        with raises(NotSupported, "Finder can't rank texts"):
            await world.engine.rank(FINDER, ToRank("a", ("b",)))
        with raises(ModelMissing, ""):
            await world.engine.embed(replace(FINDER, id="gone"), ToEmbed(("a",)))
        assert (await world.engine.embed(FINDER, ToEmbed(("a",), dimensions=26))).dimensions == 26
        assert (await world.engine.embed(FINDER, ToEmbed(()))).rows == ()

    play(scene)


def test_texts_are_scored_by_a_model_that_ranks() -> None:
    async def scene(world: World) -> None:
        scores = await world.engine.rank(JUDGE, ToRank("why is light fast", ("rome fell", "light is fast")))
        assert scores == (0.0, 3.0)
        assert world.made[0].loads[0].makes == "scores"

    play(scene)


def test_its_memory_is_freed_when_nothing_was_asked_for_a_while_and_not_before() -> None:
    async def scene(world: World) -> None:
        await world.engine.embed(FINDER, ToEmbed(("a",)))
        await asyncio.sleep(0)
        assert not world.made[0].is_unloaded
        world.idle.set()
        await ticks()
        assert world.made[0].is_unloaded
        await world.engine.embed(FINDER, ToEmbed(("a",)))
        assert len(world.made) == 2

    play(scene)


def test_an_engine_that_failed_or_was_stopped_in_the_middle_is_thrown_away() -> None:
    async def scene(world: World) -> None:
        running = asyncio.ensure_future(world.engine.embed(FINDER, ToEmbed(("a",))))
        await _first(lambda: bool(world.made and world.made[0].embedded))
        running.cancel()
        await asyncio.wait({running})
        assert running.cancelled()
        assert world.made[0].is_unloaded
        await world.engine.embed(FINDER, ToEmbed(("a",)))
        world.made[1].is_unloaded = True  # it has crashed
        with raises(EngineError, ""):
            await world.engine.embed(FINDER, ToEmbed(("a",)))
        assert (await world.engine.embed(FINDER, ToEmbed(("a",)))).rows
        assert len(world.made) == 3

    play(scene)


async def _first(is_so: Callable[[], bool]) -> None:
    for _ in range(100):
        if is_so():
            return
        await asyncio.sleep(0)
    raise AssertionError("it never came")
