"""Automatic is answered by the router, every other model as before; the router is made when it is needed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

from app.core.values import Delta, Event, Model, Request
from app.models.answering.automatic import AUTOMATIC, Automatic
from app.models.answering.wrapper import WrapperProvider

TINY = Model("tiny", "Tiny")


class Says:
    """A provider that says a word."""

    def __init__(self, word: str) -> None:
        self.word = word

    async def reply(self, model: Model, request: Request) -> AsyncGenerator[Event, None]:
        yield Delta(f"{self.word}: {model.name}")


def test_the_router_is_made_for_automatic_alone() -> None:
    made: list[Says] = []

    def make_router() -> Says:
        made.append(Says("router"))
        return made[-1]

    async def body(model: Model) -> list[Event]:
        provider = Automatic(WrapperProvider(Says("model")), make_router)
        return [event async for event in provider.reply(model, Request(()))]

    assert asyncio.run(body(TINY)) == [Delta("model: Tiny")]
    assert not made
    assert asyncio.run(body(AUTOMATIC)) == [Delta("router: Automatic")]
