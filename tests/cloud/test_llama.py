"""Our client against a real llama.cpp server: chat, stop, usage, list, a wrong key."""

from __future__ import annotations

import asyncio
import json
import urllib.request
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from typing import Any

import pytest

from app.core.errors import BadKey
from app.core.values import Delta, Done, Event, Message, Request, Sampling
from app.models.cloud.provider import CloudProvider
from app.models.cloud.services import own_service
from tests.cloud.llama import CONTEXT_LENGTH, KEY, llama_server
from tests.ollama.clock import WallClock
from tests.ollama.fetch import HttpFetch

ASKED = Request((Message("user", "What is the capital of France?"),), Sampling(temperature=0, top_k=1, max_tokens=40))
TRIES = 2000  # looks at the server until it has noticed


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """A server that answers as the tiny model does."""
    with llama_server() as address:
        yield address


@pytest.fixture(scope="module")
def endless_url() -> Iterator[str]:
    """One whose replies do not end by themselves."""
    with llama_server(is_endless=True) as address:
        yield address


def provider(url: str, key: str = KEY) -> CloudProvider:
    return CloudProvider(HttpFetch("http://localhost:8000"), WallClock(), own_service(url, stays=True), lambda: key)


async def replied(url: str, key: str = KEY) -> list[Event]:
    [model] = await provider(url).models()
    return [event async for event in provider(url, key).reply(model, ASKED)]


def test_it_chats_and_counts(url: str) -> None:
    events = asyncio.run(replied(url))
    assert "".join(event.text for event in events if isinstance(event, Delta)) == "The capital of France is Paris."
    assert len([event for event in events if isinstance(event, Delta)]) > 2, "it streams"
    done = events[-1]
    assert isinstance(done, Done)
    assert (done.usage.prompt_tokens, done.usage.reply_tokens, done.usage.counted) == (18, 9, True)
    assert done.stop_reason == "end"


def test_its_list_tells_the_context_length_that_it_was_started_with(url: str) -> None:
    [model] = asyncio.run(provider(url).models())
    assert (model.name, model.context_length, model.where) == ("tiny", CONTEXT_LENGTH, "stays on this computer")


def test_a_wrong_key_is_called_so(url: str) -> None:
    with pytest.raises(BadKey):
        asyncio.run(replied(url, key="sk-another-fedcba9876543210"))


def test_stopping_stops_the_server(endless_url: str) -> None:
    async def body() -> str:
        [model] = await provider(endless_url).models()
        request = Request(ASKED.messages, Sampling(max_tokens=8000))
        words = ""
        stream: AsyncGenerator[Event, None] = provider(endless_url).reply(model, request)
        async with aclosing(stream) as events:
            async for event in events:
                words += event.text if isinstance(event, Delta) else ""
                if len(words) > 20:
                    assert slot(endless_url)["is_processing"]
                    break
        return words

    assert asyncio.run(body())
    assert any(not slot(endless_url)["is_processing"] for _ in range(TRIES))


def slot(url: str) -> Any:
    """What the server's only slot does."""
    asked = urllib.request.Request(f"{url}/slots", headers={"Authorization": f"Bearer {KEY}"})
    with urllib.request.urlopen(asked) as reply:
        [found] = json.loads(reply.read())
    return found
