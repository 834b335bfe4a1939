"""Reading what OpenAI's clients ask: every parameter, and the name of the one that is wrong."""

from __future__ import annotations

import contextlib
import json
import random
from dataclasses import replace
from typing import Any

import pytest

from app.api.openai_in import (
    ChatAsked,
    Refusal,
    check_browser_model,
    read_chat,
    read_embeddings,
    read_json,
    refusal_of,
)
from app.core.errors import (
    AppError,
    Interrupted,
    ModelMissing,
    NotSupported,
    OriginRefused,
    RateLimited,
    TooLong,
)
from app.core.json_schema import BadSchema
from app.core.values import Message, Model, Sampling, ToolCall
from tests.mutations import mutated
from tests.words import english, raises

USUAL = Sampling(temperature=0.3, top_k=40, top_p=0.95, max_tokens=1024, seed=7)
HELLO = [{"role": "user", "content": "Hello!"}]
TOOL = {"type": "function", "function": {"name": "add", "parameters": {"type": "object"}}}
MODEL = Model("tiny", "Tiny")
PIXEL = "data:image/png;base64,iVBORw0KGgo="


def read(**body: Any) -> ChatAsked:
    return read_chat({"model": "m", "messages": HELLO, **body}, USUAL, think=True)


def refused(**body: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        read(**body)
    return caught.value


def test_what_is_not_said_is_as_the_person_has_set_it() -> None:
    asked = read()
    assert asked == ChatAsked("m", asked.request)
    assert asked.request.sampling == USUAL
    assert asked.request.messages == (Message("user", "Hello!"),)
    assert asked.request.think is True
    nothing = dict.fromkeys(("temperature", "top_p", "max_tokens", "stop", "tools", "response_format", "n", "seed"))
    assert read(**nothing) == asked, "null is the same as absent"


def test_sampling_is_read() -> None:
    asked = read(temperature=0, top_p=1, max_tokens=5, seed=42, top_k=1, presence_penalty=1, logit_bias={}, user="me")
    assert asked.request.sampling == Sampling(temperature=0, top_k=1, top_p=1, max_tokens=5, seed=42)
    assert read(max_completion_tokens=9, max_tokens=5).request.sampling.max_tokens == 9


def test_a_seed_of_nought_is_a_seed() -> None:
    assert read(seed=0).request.sampling.seed == 1
    assert read(seed=-3).request.sampling.seed == 3


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("temperature", 2.1),
        ("temperature", "hot"),
        ("temperature", True),
        ("top_p", -0.1),
        ("max_tokens", 0),
        ("max_tokens", 1.5),
        ("seed", "x"),
        ("seed", True),
        ("stream", "yes"),
        ("stream_options", []),
        ("stop", 5),
        ("stop", ["a", "b", "c", "d", "e"]),
        ("n", 2),
        ("logprobs", True),
        ("functions", [TOOL]),
        ("modalities", ["text", "audio"]),
        ("model", ""),
        ("model", 3),
        ("messages", []),
        ("messages", "Hello!"),
        ("tools", [{"type": "web_search"}]),
        ("tools", "all"),
        ("tool_choice", "required"),
        ("tool_choice", TOOL),
        ("response_format", {"type": "xml"}),
        ("response_format", {"type": "json_schema"}),
        ("reasoning_effort", "endless"),
    ],
)
def test_what_is_wrong_is_named(name: str, value: object) -> None:
    refusal = refused(**{name: value})
    assert (refusal.status, refusal.param) == (400, name)
    assert name in english(refusal.message)


@pytest.mark.parametrize(
    "message",
    [
        "Hello!",
        {"role": "owner", "content": "Hello!"},
        {"role": "user", "content": 5},
        {"role": "user", "content": [{"type": "input_audio", "input_audio": {}}]},
        {"role": "user", "content": [{"type": "text"}]},
        {"role": "user", "content": [{"type": ["text"]}]},
        {"role": "user", "content": [{"type": "image_url", "image_url": {"url": "https://example.org/a.png"}}]},
        {"role": "user", "content": [{"type": "image_url"}]},
        {"role": "assistant", "tool_calls": [{"id": "1", "function": {"name": "add", "arguments": "{"}}]},
        {"role": "assistant", "tool_calls": 5},
    ],
)
def test_a_message_that_cannot_be_read_is_named_by_its_place(message: object) -> None:
    refusal = refused(messages=[*HELLO, message])
    assert refusal.param.startswith("messages[1]")


def test_messages_of_every_role_are_read() -> None:
    call = {"id": "c1", "type": "function", "function": {"name": "add", "arguments": '{"a": 1}'}}
    picture = {"type": "image_url", "image_url": {"url": PIXEL}}
    asked = read(
        messages=[
            {"role": "developer", "content": "Be short."},
            {
                "role": "user",
                "content": [{"type": "text", "text": "What is"}, {"type": "text", "text": "this?"}, picture],
            },
            {"role": "assistant", "content": None, "tool_calls": [call]},
            {"role": "tool", "tool_call_id": "c1", "content": "2"},
        ]
    )
    assert asked.request.messages == (
        Message("system", "Be short."),
        Message("user", "What is\nthis?", images=("iVBORw0KGgo=",)),
        Message("assistant", "", tool_calls=(ToolCall("add", {"a": 1}, "c1"),)),
        Message("tool", "2", tool_name="add"),
    )


def test_streams_stops_tools_and_forms_are_read() -> None:
    asked = read(stream=True, stream_options={"include_usage": True}, stop="END", tools=[TOOL], tool_choice="auto")
    assert (asked.is_stream, asked.has_usage, asked.stop, asked.request.tools) == (True, True, ("END",), (TOOL,))
    assert read(tools=[TOOL], tool_choice="none").request.tools == ()
    assert read(stop=["a", "b"]).stop == ("a", "b")
    assert read(response_format={"type": "text"}).request.schema is None
    assert read(response_format={"type": "json_object"}).request.schema == "json"
    schema = {"type": "object", "properties": {}}
    form = {"type": "json_schema", "json_schema": {"name": "it", "schema": schema}}
    assert read(response_format=form).request.schema == schema
    assert [read(reasoning_effort=effort).request.think for effort in ("none", "high")] == [False, True]


@pytest.mark.parametrize(
    ("body", "param"),
    [
        ({"tools": [TOOL]}, "tools"),
        ({"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": PIXEL}]}]}, "messages"),
    ],
)
def test_what_an_engine_of_the_browser_would_pass_over_is_refused(body: dict[str, Any], param: str) -> None:
    with raises(Refusal, "Ollama") as caught:
        check_browser_model(MODEL, read(**body).request)
    assert caught.value.param == param
    check_browser_model(MODEL, read().request)
    if param == "messages":
        check_browser_model(replace(MODEL, capabilities=("vision",)), read(**body).request)


@pytest.mark.parametrize("body", ["", "{", "[]", '"text"', "null"])
def test_a_body_that_is_no_object_is_refused(body: str) -> None:
    with raises(Refusal, "JSON"):
        read_json(body)


def test_texts_to_embed_are_read() -> None:
    one = read_embeddings({"model": "m", "input": "light"})
    assert (one.texts, one.is_base64, one.dimensions) == (("light",), False, 0)
    many = read_embeddings({"model": "m", "input": ["a", "b"], "encoding_format": "base64", "dimensions": 8})
    assert (many.texts, many.is_base64, many.dimensions) == (("a", "b"), True, 8)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("input", None),
        ("input", ""),
        ("input", []),
        ("input", ["a", ""]),
        ("input", [1, 2]),
        ("input", [[1, 2]]),
        ("input", ["a"] * 2049),
        ("encoding_format", "int8"),
        ("dimensions", 0),
        ("model", None),
    ],
)
def test_texts_that_cannot_be_embedded_are_refused(name: str, value: object) -> None:
    with pytest.raises(Refusal) as caught:
        read_embeddings({"model": "m", "input": "light", name: value})
    assert caught.value.param == name


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (ModelMissing(), 404, "model_not_found"),
        (TooLong(limit=10), 400, "context_length_exceeded"),
        (NotSupported(), 400, "not_supported"),
        (OriginRefused(), 503, "ollama_unreachable"),
        (RateLimited(), 503, "ollama_busy"),
        (Interrupted(), 503, "interrupted"),
        (AppError(), 500, "local_model_failed"),
        (BadSchema(), 400, "invalid_schema"),
    ],
)
def test_our_errors_get_a_status_and_openais_shape(error: AppError, status: int, code: str) -> None:
    refusal = refusal_of(error)
    told = json.loads(json.dumps(refusal.body(english)))["error"]
    assert (refusal.status, told["code"]) == (status, code)
    assert english(error.message) in told["message"]
    assert set(told) == {"message", "type", "code", "param"}
    assert told["type"] == ("server_error" if status >= 500 else "invalid_request_error")


def test_the_raw_words_of_an_unknown_error_are_told_to_the_programmer() -> None:
    told = english(refusal_of(AppError(detail="ValueError: odd\n" + "x" * 1000)).message)
    assert "(ValueError: odd xxx" in told
    assert len(told) < 500


WHOLE: dict[str, Any] = {
    "model": "tiny",
    "messages": [
        {"role": "user", "content": [{"type": "text", "text": "Hi"}]},
        {
            "role": "assistant",
            "content": None,
            "tool_calls": [{"id": "c", "type": "function", "function": {"name": "f", "arguments": "{}"}}],
        },
        {"role": "tool", "content": "5", "tool_call_id": "c"},
    ],
    "tools": [{"type": "function", "function": {"name": "f", "parameters": {}}}],
    "response_format": {"type": "json_schema", "json_schema": {"schema": {}}},
    "stream_options": {"include_usage": True},
    "temperature": 0.5,
    "max_tokens": 5,
    "seed": 1,
    "stop": ["x"],
    "modalities": ["text"],
    "reasoning_effort": "low",
    "input": ["a"],
    "dimensions": 5,
}


@pytest.mark.parametrize("seed", range(20))
def test_a_body_of_any_shape_is_read_or_refused_in_words(seed: int) -> None:
    """Fault D11: lists as roles, numbers of 400 digits, objects where texts belong."""
    luck = random.Random(seed)
    for _ in range(300):
        body = mutated(WHOLE, luck)
        for reader in (lambda body: read_chat(body, USUAL), read_embeddings):
            with contextlib.suppress(Refusal):
                reader(read_json(json.dumps(body)))


@pytest.mark.parametrize("body", ["[" * 100_000, '{"messages":' * 500, '{"seed": 1e999}', '{"seed": NaN}', "1" * 5000])
def test_a_body_beyond_the_limits_is_refused_in_words(body: str) -> None:
    """Fault D11."""
    with pytest.raises(Refusal) as refused:
        read_json(body)
    assert refused.value.status == 400
