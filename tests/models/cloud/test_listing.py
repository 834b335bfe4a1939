"""Lists of models in every shape, as rows that can chat."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from app.core.errors import BadAnswer, BadKey, Unreachable
from app.core.values import Model
from app.models.cloud.listing import models_of
from app.models.cloud.services import SERVICES, own_service
from tests.memory import MemoryReply
from tests.models.cloud.streams import KEY, World, refused


def listed(service: str, *rows: dict[str, Any], under: str = "data") -> dict[str, Model]:
    found = models_of(SERVICES[service], {under: list(rows)})
    return {model.id.removeprefix(f"cloud:{service}:"): model for model in found}


def test_openais_names_alone_tell_what_chats_and_sees() -> None:
    names = ("gpt-5-mini", "gpt-4o", "gpt-3.5-turbo", "text-embedding-3-small", "whisper-1", "gpt-5-pro", "gpt-image-1")
    models = listed("openai", *({"id": name, "object": "model"} for name in names))
    assert list(models) == ["gpt-5-mini", "gpt-4o", "gpt-3.5-turbo"]
    assert ["vision" in model.capabilities for model in models.values()] == [True, True, False]
    assert models["gpt-4o"].where == "sent to OpenAI"
    assert models["gpt-4o"].leaves_device


def test_anthropics_have_names_to_show() -> None:
    models = listed("anthropic", {"type": "model", "id": "claude-sonnet-4-5", "display_name": "Claude Sonnet 4.5"})
    model = models["claude-sonnet-4-5"]
    assert (model.name, model.context_length) == ("Claude Sonnet 4.5", 200_000)
    assert "vision" in model.capabilities


def test_geminis_tell_their_length_and_what_they_do() -> None:
    rows = (
        {"name": "models/gemini-2.5-pro", "displayName": "Gemini 2.5 Pro", "inputTokenLimit": 1048576},
        {"name": "models/gemini-old", "supportedGenerationMethods": ["embedContent"]},
        {"name": "models/gemini-2.5-flash-image", "supportedGenerationMethods": ["generateContent"]},
    )
    models = listed("gemini", *rows, under="models")
    assert list(models) == ["gemini-2.5-pro"]
    assert (models["gemini-2.5-pro"].name, models["gemini-2.5-pro"].context_length) == ("Gemini 2.5 Pro", 1048576)


def test_openrouters_tell_everything() -> None:
    row = {
        "id": "x-ai/grok-4",
        "name": "xAI: Grok 4",
        "context_length": 256000,
        "architecture": {"input_modalities": ["text", "image"]},
        "supported_parameters": ["temperature"],
    }
    model = listed("openrouter", row)["x-ai/grok-4"]
    assert (model.name, model.context_length, model.capabilities) == ("xAI: Grok 4", 256000, ("completion", "vision"))


def test_mistrals_abilities_are_believed() -> None:
    can = {"completion_chat": True, "function_calling": False, "vision": True}
    rows = (
        {"id": "pixtral-12b", "capabilities": can, "max_context_length": 131072},
        {"id": "codestral-x", "capabilities": {**can, "completion_chat": False}},
    )
    models = listed("mistral", *rows)
    assert list(models) == ["pixtral-12b"]
    assert models["pixtral-12b"].capabilities == ("completion", "vision")
    assert models["pixtral-12b"].context_length == 131072


def test_a_llama_cpp_server_tells_what_it_was_started_with() -> None:
    row = {"id": "tiny.gguf", "meta": {"n_ctx": 4096, "n_ctx_train": 32768}}
    answer = {"models": [{"name": "tiny.gguf", "capabilities": ["completion"]}], "object": "list", "data": [row]}
    [model] = models_of(own_service("localhost:8080", stays=True), answer)
    assert (model.id, model.context_length, model.leaves_device) == (
        "cloud:here-localhost-8080-v1-openai:tiny.gguf",
        4096,
        False,
    )


@pytest.mark.parametrize("answer", [{"data": []}, {"models": []}, [], {"data": [7, {}, {"id": ""}]}])
def test_an_empty_list_is_empty(answer: object) -> None:
    assert models_of(SERVICES["groq"], answer) == ()


@pytest.mark.parametrize("answer", [{}, {"data": "x"}, "x", 7, None])
def test_what_is_no_list_is_told(answer: object) -> None:
    with pytest.raises(BadAnswer):
        models_of(SERVICES["groq"], answer)


def test_a_list_is_fetched_with_the_key_and_once_more_where_that_is_safe() -> None:
    for service, url in (
        ("openai", "https://api.openai.com/v1/models"),
        ("anthropic", "https://api.anthropic.com/v1/models?limit=1000"),
        ("gemini", "https://generativelanguage.googleapis.com/v1beta/models?pageSize=1000"),
    ):
        world = World(service, refused(503, {}), MemoryReply(200, b'{"data": [{"id": "m"}]}'))
        [model] = asyncio.run(world.provider.models())
        assert model.name == "m"
        assert world.urls == [url, url]
        assert KEY in "".join(world.fetch.sent[0].values())


def test_a_list_that_is_refused_or_no_list_is_told() -> None:
    with pytest.raises(BadKey):
        asyncio.run(World("openai", refused(401, {})).provider.models())
    pages = [MemoryReply(200, b"<html>") for _ in range(3)]
    with pytest.raises(Unreachable, match="is not OpenAI"):
        asyncio.run(World("openai", *pages).provider.models())
