"""Vectors: in batches, with the right prefix, never mixed."""

from __future__ import annotations

import asyncio

import pytest

from app.core.errors import BadAnswer, NotSupported
from app.models.ollama.client import OllamaClient
from app.models.ollama.embeddings import BATCH, Embeddings, embed, prefix
from tests.memory import MemoryReply, ScriptedFetch
from tests.ollama.fetch import HttpFetch
from tests.ollama.stand_in import StandIn


def made(server: StandIn, model: str, texts: list[str], dimensions: int = 0) -> Embeddings:
    return asyncio.run(embed(OllamaClient(HttpFetch(), server.url), model, texts, "query", dimensions=dimensions))


def test_every_text_gets_its_vector_in_batches() -> None:
    with StandIn() as server:
        server.install("nomic-embed-text", capabilities=("embedding",))
        texts = [f"text {number}" for number in range(BATCH + 3)]
        found = made(server, "nomic-embed-text", texts)
        assert len(found.vectors) == len(texts)
        assert {len(vector) for vector in found.vectors} == {found.dimensions}
        assert found.digest
        asked = server.asked("/api/embed")
        assert [len(one.json["input"]) for one in asked] == [BATCH, 3]
        assert asked[0].json["input"][0] == "search_query: text 0"
        assert made(server, "nomic-embed-text", texts[:1]).vectors[0] == found.vectors[0]


@pytest.mark.parametrize(
    ("model", "query", "document"),
    [
        ("nomic-embed-text:latest", "search_query: ", "search_document: "),
        ("mxbai-embed-large", "Represent this sentence for searching relevant passages: ", ""),
        ("all-minilm", "", ""),
        ("hf.co/someone/other:q8", "", ""),
    ],
)
def test_each_model_gets_the_prefix_it_was_made_with(model: str, query: str, document: str) -> None:
    assert (prefix(model, "query"), prefix(model, "document")) == (query, document)


def test_vectors_of_different_models_do_not_mix() -> None:
    one, other = Embeddings("a", "d1", 3, ()), Embeddings("b", "d2", 3, ())
    one.check_same(one)
    with pytest.raises(NotSupported):
        one.check_same(other)


def test_a_chat_model_says_that_it_makes_none() -> None:
    with StandIn() as server:
        server.install("chatty:1b")
        with pytest.raises(NotSupported):
            made(server, "chatty:1b", ["text"])


def test_too_few_vectors_are_an_error() -> None:
    fetch = ScriptedFetch({})
    fetch.events += [MemoryReply(200, b'{"models": []}'), MemoryReply(200, b'{"embeddings": [[1.0]]}')]
    with pytest.raises(BadAnswer):
        asyncio.run(embed(OllamaClient(fetch), "all-minilm", ["one", "two"]))
