"""Lists of models in every shape, as rows that can chat."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from app.core.errors import BadKey, Unusable
from app.core.values import Model
from app.models.cloud.listing import models_of
from app.models.cloud.services import SERVICES, own_service
from tests.memory import MemoryReply
from tests.models.cloud.streams import KEY, World, refused
from tests.words import english, raises


def listed(service: str, *rows: dict[str, Any], under: str = "data") -> dict[str, Model]:
    found = models_of(SERVICES[service], {under: list(rows)})
    return {model.id.removeprefix(f"cloud:{service}:"): model for model in found}


def test_openais_names_alone_tell_what_chats_and_sees() -> None:
    names = ("gpt-5-mini", "gpt-4o", "gpt-3.5-turbo", "text-embedding-3-small", "whisper-1", "gpt-5-pro", "gpt-image-1")
    models = listed("openai", *({"id": name, "object": "model"} for name in names))
    assert list(models) == ["gpt-5-mini", "gpt-4o", "gpt-3.5-turbo"]
    assert ["vision" in model.capabilities for model in models.values()] == [True, True, False]
    assert english(models["gpt-4o"].where) == "sent to OpenAI"
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
    assert models["pixtral-12b"].capabilities == ("completion", "vision", "schema")
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


@pytest.mark.parametrize(
    ("service", "row", "holds"),
    [
        ("openai", {"id": "gpt-5-mini"}, True),
        ("openai", {"id": "gpt-4o-mini"}, True),
        ("openai", {"id": "gpt-4-turbo"}, False),
        ("anthropic", {"id": "claude-sonnet-4-5"}, True),
        ("gemini", {"id": "models/gemini-2.5-flash"}, True),
        ("gemini", {"id": "models/gemma-3-27b-it"}, False),
        ("mistral", {"id": "ministral-8b-latest"}, True),
        ("xai", {"id": "grok-4"}, True),
        ("groq", {"id": "openai/gpt-oss-20b"}, False),
        ("openrouter", {"id": "a/b", "supported_parameters": ["structured_outputs"]}, True),
        ("openrouter", {"id": "a/b", "supported_parameters": ["response_format"]}, False),
        ("openrouter", {"id": "a/b"}, False),
    ],
)
def test_who_holds_a_model_to_a_schema_is_known_by_service_list_or_name(
    service: str, row: dict[str, object], holds: bool
) -> None:
    [model] = listed(service, row).values()
    assert model.holds_schema is holds


@pytest.mark.parametrize(
    "answer", [{"data": []}, {"models": []}, [], {"data": [7, {}, {"id": ""}]}, {"object": "list", "data": None}]
)
def test_an_empty_list_is_empty(answer: object) -> None:
    assert models_of(SERVICES["groq"], answer) == ()


@pytest.mark.parametrize(
    "answer",
    [["m"], {"data": ["m"]}, {"models": [{"model": "m"}]}, {"result": [{"id": "m"}]}, {"items": [{"id": "m"}]}],
)
def test_a_list_of_another_shape_is_read(answer: object) -> None:
    [model] = models_of(SERVICES["groq"], answer)
    assert model.name == "m"


@pytest.mark.parametrize(
    ("row", "tokens"),
    [
        ({"max_model_len": "8192"}, 8192),
        ({"max_model_len": 8192.0}, 8192),
        ({"max_context_length": 131072, "loaded_context_length": 4096}, 4096),
        ({"context_length": -5}, 0),
    ],
)
def test_a_context_length_is_what_the_server_really_reads(row: dict[str, object], tokens: int) -> None:
    [model] = models_of(SERVICES["groq"], {"data": [{"id": "m", **row}]})
    assert model.context_length == tokens


def test_an_answer_of_nothing_is_no_error_in_words() -> None:
    with raises(Unusable, "compatible with OpenAI"):
        asyncio.run(World("own", MemoryReply(200, b"")).provider.models())


@pytest.mark.parametrize("answer", [{}, {"data": "x"}, "x", 7, None])
def test_what_is_no_list_is_told(answer: object) -> None:
    with pytest.raises(Unusable):
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
    with raises(Unusable, "web page"):
        asyncio.run(World("openai", MemoryReply(200, b"<html>")).provider.models())


ODD: tuple[object, ...] = (None, 7, -1, True, "x", [], ["image"], {}, {"n_ctx": "x"}, [7], float("nan"), 10**40)


@pytest.mark.parametrize(
    "field",
    [
        *("id", "name", "display_name", "displayName", "supportedGenerationMethods", "capabilities", "architecture"),
        *("meta", "context_length", "supported_parameters", "inputTokenLimit"),
    ],
)
def test_fields_of_wrong_types_cost_nothing_else(field: str) -> None:
    """Fault D12."""
    for service in ("openai", "gemini", "openrouter", "anthropic"):
        for odd in ODD:
            found = models_of(SERVICES[service], {"data": [{"id": "m-1", field: odd}, {"id": "m-2"}]})
            assert found[-1].name == "m-2"
            assert all(isinstance(model.name, str) and 0 <= model.context_length < 10**9 for model in found)


def test_an_error_in_place_of_a_list_is_told_in_its_words() -> None:
    """Fault D12."""
    for answer in ({"error": "no such thing"}, {"detail": "no such thing"}, {"message": "no such thing", "code": 5}):
        with raises(Unusable, "no such thing"):
            models_of(own_service("localhost:8080"), answer)


def test_what_speaks_another_language_is_told_as_that() -> None:
    """Fault D12."""
    with raises(Unusable, "compatible with OpenAI"):
        asyncio.run(World("own", MemoryReply(200, b'{"version": "1"}')).provider.models())


def test_a_model_that_goes_by_a_path_is_shown_by_its_files_name() -> None:
    """Fault O6: the id stays, since the server knows the model by it."""
    own = own_service("localhost:8080")
    for path in ("/srv/people/ada/some-1b.gguf", r"D:\ada\x\some-1b.gguf", "~/some-1b.gguf", "ada/x/some-1b.gguf"):
        [model] = models_of(own, {"data": [{"id": path}]})
        assert model.name == "some-1b.gguf"
        assert model.id.endswith(path)
    [model] = models_of(own, {"data": [{"id": "meta-llama/Llama-3.1-8B-Instruct"}]})
    assert model.name == "meta-llama/Llama-3.1-8B-Instruct"
