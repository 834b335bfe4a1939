"""Vectors and scores from services: what is sent, what is read, what is refused before anything is sent."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from app.core.errors import BadAnswer, BadKey, NotSupported, TooLong
from app.core.vectors import BATCH, ToEmbed, ToRank, Vectors
from tests.memory import MemoryReply
from tests.models.cloud.streams import World, refused
from tests.words import raises


def whole(**body: Any) -> MemoryReply:
    return MemoryReply(200, json.dumps(body).encode())


def made(*vectors: Any, tokens: int = 5) -> MemoryReply:
    """The answer of /embeddings, out of order as it may come."""
    rows = [{"object": "embedding", "index": index, "embedding": one} for index, one in enumerate(vectors)]
    return whole(object="list", data=rows[::-1], usage={"prompt_tokens": tokens, "total_tokens": tokens})


def embed(world: World, *texts: str, dimensions: int = 0) -> Vectors:
    return asyncio.run(world.provider.embed(world.model, ToEmbed(texts, dimensions=dimensions)))


def rank(world: World, *texts: str) -> tuple[float, ...]:
    return asyncio.run(world.provider.rank(world.model, ToRank("why", texts)))


def test_vectors_come_in_the_order_of_their_texts() -> None:
    world = World("openai", made([1, 0], [0.5, -0.5]))
    got = embed(world, "light", "Rome", dimensions=2)
    assert (got.rows, got.prompt_tokens, got.dimensions) == (((1.0, 0.0), (0.5, -0.5)), 5, 2)
    assert world.urls == ["https://api.openai.com/v1/embeddings"]
    [body] = world.sent
    assert body.pop("model") == world.model.ref.name
    assert body == {"input": ["light", "Rome"], "encoding_format": "float", "dimensions": 2}


def test_many_texts_go_in_batches() -> None:
    world = World("mistral", made(*[[1.0]] * BATCH), made([0.5]))
    got = embed(world, *["text"] * (BATCH + 1))
    assert len(got.rows) == BATCH + 1
    assert got.rows[-1] == (0.5,)
    assert got.prompt_tokens == 10
    assert [len(body["input"]) for body in world.sent] == [BATCH, 1]


def test_a_service_that_fails_for_a_moment_is_asked_again_and_a_bad_key_is_not() -> None:
    world = World("openai", refused(500, {"error": {"message": "Oops."}}), made([1.0]))
    assert embed(world, "a").rows == ((1.0,),)
    world = World("openai", refused(401, {"error": {"message": "Incorrect API key provided."}}))
    with pytest.raises(BadKey):
        embed(world, "a")


def test_a_text_that_is_too_long_is_told_as_such() -> None:
    said = "This model's maximum context length is 8192 tokens, however you requested 9001 tokens."
    with raises(TooLong, "A text is longer than gpt-5-mini can read") as caught:
        embed(World("openai", refused(400, {"error": {"message": said}})), "long")
    assert caught.value.limit == 8192


@pytest.mark.parametrize(
    "answer",
    [
        made([1.0]),
        whole(data="none"),
        whole(data=[{"index": [0], "embedding": [1.0]}]),
        *(made([1.0], one) for one in (["x"], [True], [], [1.0, 2.0])),
    ],
)
def test_an_answer_of_another_shape_is_a_bad_one(answer: MemoryReply) -> None:
    with pytest.raises(BadAnswer):
        embed(World("openai", answer), "a", "b")


def test_a_server_of_ones_own_ranks_and_a_service_without_it_is_not_asked() -> None:
    results = [{"index": 1, "relevance_score": 3.5}, {"index": 0, "relevance_score": -2}]
    world = World("own", whole(results=results))
    assert rank(world, "Rome fell", "light is fast") == (-2.0, 3.5)
    assert world.urls == ["http://localhost:8080/v1/rerank"]
    [body] = world.sent
    assert (body["query"], body["documents"], body["top_n"]) == ("why", ["Rome fell", "light is fast"], 2)
    with pytest.raises(BadAnswer):
        rank(World("own", whole(results=results[:1])), "a", "b")
    for service in ("openai", "anthropic"):
        world = World(service)
        with raises(NotSupported, "can't rank texts"):
            rank(world, "a")
        assert not world.urls


@pytest.mark.parametrize("service", ["anthropic", "gemini"])
def test_other_dialects_make_no_vectors_here(service: str) -> None:
    world = World(service)
    with raises(NotSupported, "can't create embeddings"):
        embed(world, "a")
    assert not world.urls
