"""Answers whose fields are of wrong types end in our own errors or are read as far as they can be (fault D12)."""

from __future__ import annotations

import asyncio
import copy
import json
import random
from contextlib import suppress
from typing import Any

import pytest

from app.core.errors import AppError
from tests.memory import MemoryReply
from tests.models.cloud.streams import CLAUDE, GEMINI, PARIS, World, chunk, refused, stream
from tests.models.cloud.test_bodies import COMPLETION, MESSAGE

ODD: tuple[Any, ...] = (None, 0, -1, 7.5, True, "", "x", [], [1], [[]], {}, {"a": 1}, [{}], [None], 10**30, "9" * 400)
CALL = chunk({"tool_calls": [{"index": 0, "id": "a", "function": {"name": "f", "arguments": "{}"}}]}, "tool_calls")
USE = {"type": "content_block_start", "content_block": {"type": "tool_use", "id": "a", "name": "f"}}
TOLD = {"error": {"message": "no", "type": "x", "code": 429, "details": [{"reason": "r", "loc": ["body", 1]}]}}
STREAMS: dict[str, tuple[Any, ...]] = {
    "openai": (*PARIS[:-1], CALL, COMPLETION, TOLD),
    "anthropic": (CLAUDE[0], USE, *CLAUDE[1:], MESSAGE, TOLD),
    "gemini": (*GEMINI, {"promptFeedback": {"blockReason": "x"}}, TOLD),
}


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to everything in a value."""
    found = [path]
    if isinstance(value, dict):
        found += [way for key, one in value.items() for way in places(one, (*path, key))]
    elif isinstance(value, list):
        found += [way for place, one in enumerate(value) for way in places(one, (*path, place))]
    return found


def changed(value: Any, path: tuple[Any, ...], odd: Any) -> Any:
    """The value with something odd at one place."""
    if not path:
        return odd
    mutant = copy.deepcopy(value)
    holder = mutant
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = odd
    return mutant


def told(world: World) -> None:
    """Only our own errors come out of a reply."""
    with suppress(AppError):
        world.events()


@pytest.mark.parametrize("service", STREAMS)
def test_a_field_of_a_wrong_type_in_a_stream_breaks_nothing(service: str) -> None:
    whole = STREAMS[service]
    for place, event in enumerate(whole):
        for path in places(event):
            for odd in ODD:
                told(World(service, stream(*whole[:place], changed(event, path, odd), *whole[place + 1 :])))


@pytest.mark.parametrize("service", STREAMS)
def test_a_field_of_a_wrong_type_in_whole_answers_and_refusals_breaks_nothing(service: str) -> None:
    made = random.Random(12)
    for event in STREAMS[service]:
        for path in places(event):
            mutant = changed(event, path, made.choice(ODD))
            told(World(service, MemoryReply(200, json.dumps(mutant).encode())))
            for status in (400, 429, 500):
                told(World(service, refused(status, mutant)))


def test_a_list_of_models_of_wrong_types_breaks_nothing() -> None:
    row = {"id": "m", "capabilities": {"vision": True}, "meta": {"n_ctx": 1}, "architecture": {"input_modalities": []}}
    listing = {"object": "list", "data": [row], "models": [{"name": "models/x", "supportedGenerationMethods": ["x"]}]}
    for service in ("openai", "gemini", "own"):
        for path in places(listing):
            for odd in ODD:
                body = json.dumps(changed(listing, path, odd)).encode()
                with suppress(AppError):
                    asyncio.run(World(service, MemoryReply(200, body)).provider.models())
