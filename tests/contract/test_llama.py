"""Our client against a real llama.cpp server, as a page from another origin meets it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from app.core.errors import Interrupted
from app.core.values import Delta, Done, Event, Message, Request, Sampling
from tests.cloud.llama import KEY, Llamas, llamas
from tests.contract.llama_contract import CHECKS, ENDLESS, QUESTION, TINY, Check, LlamaBench
from tests.ollama.clock import WallClock
from tests.ollama.fetch import HttpFetch
from tests.words import english


def bench_of(servers: Llamas) -> LlamaBench:
    """What asks these servers."""
    return LlamaBench(HttpFetch("https://user.github.io"), WallClock(), *servers.urls, KEY)


@pytest.fixture(scope="module")
def servers() -> Iterator[Llamas]:
    """Servers that stay."""
    with llamas() as running:
        yield running


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__.removeprefix("check_").replace("_", " "))
def test_a_llama_cpp_server_is_understood(check: Check, servers: Llamas) -> None:
    asyncio.run(check(bench_of(servers)))


def test_a_server_that_dies_in_the_middle_of_a_reply_has_not_finished_it() -> None:
    told: list[Event] = []

    async def body(servers: Llamas) -> None:
        provider = bench_of(servers).provider(servers.endless_url)
        asked = Request((Message("user", QUESTION),), Sampling(max_tokens=ENDLESS))
        async for event in provider.reply(TINY, asked):
            told.append(event)
            servers.kill()

    with llamas() as dying, pytest.raises(Interrupted) as caught:
        asyncio.run(body(dying))
    assert any(isinstance(event, Delta) for event in told)
    assert not any(isinstance(event, Done) for event in told)
    assert "127.0.0.1" in english(caught.value.message)
