"""Vectors pass the gate of questions, and each request goes to whoever owns the model."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from app.core.errors import AppError, PrivateChat
from app.core.places import Place, Purpose
from app.core.values import Model, Request
from app.core.vectors import ToEmbed, ToRank, Vectors
from app.models.answering.egress import Egress
from app.models.answering.embedders import Embedders
from app.models.answering.prefixes import prefixed_as
from tests.memory import ticks
from tests.words import raises

HERE = Model("finder", "Finder", "embedding")
AWAY = Model("cloud:openai:text-embedding-3-small", "Small", "embedding", place=Place.CLOUD, where="sent to OpenAI")
PRIVATE = Request((), purpose=Purpose.EMBEDDING, farthest=Place.COMPUTER, belongs_to="chat1")
OPEN = Request((), purpose=Purpose.EMBEDDING, belongs_to="chat1")


class Counting:
    """An Embedder that remembers what it was asked, and waits where it is told to."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, ...]] = []
        self.gate = asyncio.Event()
        self.gate.set()

    async def embed(self, model: Model, asked: ToEmbed) -> Vectors:
        self.asked.append(asked.texts)
        await self.gate.wait()
        return Vectors(model.id, ((1.0,),) * len(asked.texts))

    async def rank(self, model: Model, asked: ToRank) -> tuple[float, ...]:
        self.asked.append(asked.texts)
        return (1.0,) * len(asked.texts)


class World:
    def __init__(self) -> None:
        self.browser, self.cloud, self.egress = Counting(), Counting(), Egress()
        self.used: list[str] = []
        note = lambda model: self.used.append(model.id)  # noqa: E731
        self.embedders = Embedders(lambda: self.browser, {"cloud": lambda: self.cloud}, self.egress, note)


def play(scene: Callable[[World], Awaitable[None]]) -> None:
    async def body() -> None:
        await scene(World())

    asyncio.run(body())


def test_each_models_texts_go_to_whoever_owns_it() -> None:
    async def scene(world: World) -> None:
        await world.embedders.embed(HERE, ToEmbed(("here",), why=PRIVATE))
        await world.embedders.embed(AWAY, ToEmbed(("away",), why=OPEN))
        await world.embedders.rank(AWAY, ToRank("q", ("ranked",), why=OPEN))
        assert (world.browser.asked, world.cloud.asked) == ([("here",)], [("away",), ("ranked",)])
        assert world.used == [HERE.id, AWAY.id, AWAY.id]

    play(scene)


def test_the_words_of_a_private_chat_never_leave_and_offline_mode_is_asked_too() -> None:
    async def scene(world: World) -> None:
        for work in (
            lambda: world.embedders.embed(AWAY, ToEmbed(("secret",), why=PRIVATE)),
            lambda: world.embedders.rank(AWAY, ToRank("q", ("secret",), why=PRIVATE)),
        ):
            with raises(PrivateChat, "Small would be sent to OpenAI"):
                await work()

        def offline(model: Model, request: Request) -> None:
            raise AppError("Offline Mode is on.", "Turn it off.")

        world.egress.also_check = offline
        with pytest.raises(AppError, match="Offline Mode"):
            await world.embedders.embed(AWAY, ToEmbed(("secret",), why=OPEN))
        assert (world.cloud.asked, world.used) == ([], [])

    play(scene)


def test_a_request_under_way_ends_when_its_chat_becomes_private() -> None:
    async def scene(world: World) -> None:
        world.cloud.gate.clear()
        running = asyncio.ensure_future(world.embedders.embed(AWAY, ToEmbed(("words",), why=OPEN)))
        await ticks()
        assert world.cloud.asked == [("words",)]
        assert world.egress.names("chat1") == ["Small"]
        world.egress.stop("chat1")
        with raises(PrivateChat, "private now"):
            await running
        assert world.egress.names("chat1") == []

    play(scene)


@pytest.mark.parametrize("name", ["nomic-embed-text:latest", "someone/nomic-embed-text-v1.5", "Nomic Embed Text v1.5"])
def test_prefixes_are_known_by_a_models_name_in_any_spelling(name: str) -> None:
    embeds = prefixed_as(name)
    assert embeds.put_before(("light",), "query") == ("search_query: light",)
    assert embeds.put_before(("light",), "document") == ("search_document: light",)
    assert embeds.put_before(("light",), "as-is") == ("light",)
    assert prefixed_as("all-minilm").put_before(("light",), "query") == ("light",)
