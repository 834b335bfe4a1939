"""Anthropic's dialect: what is sent, and what typed events mean."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.core.errors import Declined, Interrupted, Overloaded, RateLimited
from app.core.values import Delta, Message, Request, Sampling, Thought, ToolCall
from tests.models.cloud.streams import ASKED, KEY, World, cut, refused, stream
from tests.models.fakes import done_of, text_of

Event = tuple[str, dict[str, Any]]


def event(kind: str, **more: Any) -> Event:
    return kind, {"type": kind, **more}


def start(inside: int = 14, **more: Any) -> Event:
    return event("message_start", message={"usage": {"input_tokens": inside, "output_tokens": 1, **more}})


def block(kind: str = "text", **more: Any) -> Event:
    return event("content_block_start", index=0, content_block={"type": kind, **more})


def delta(kind: str, **more: Any) -> Event:
    return event("content_block_delta", index=0, delta={"type": kind, **more})


def say(text: str) -> Event:
    return delta("text_delta", text=text)


def end(reason: str = "end_turn", outside: int = 3, **more: Any) -> Event:
    return event("message_delta", delta={"stop_reason": reason}, usage={"output_tokens": outside, **more})


DONE = event("content_block_stop", index=0)
STOP = event("message_stop")
PARIS = (start(), block(), event("ping"), say("Par"), say("is."), DONE, end(), STOP)


def test_a_reply_gives_its_words_and_the_services_own_counts() -> None:
    first = start(10, cache_read_input_tokens=5, cache_creation_input_tokens=2)
    events = World("anthropic", stream(first, block(), say("Par"), say("is."), DONE, end(outside=3), STOP)).events()
    assert text_of(events) == "Paris."
    usage = done_of(events).usage
    assert (usage.prompt_tokens, usage.reply_tokens, usage.cached_tokens, usage.written_tokens) == (17, 3, 5, 2)
    assert usage.counted


def test_cumulative_counts_replace_and_do_not_add() -> None:
    ends = (end("end_turn", 2), end("end_turn", 5, input_tokens=20, cache_read_input_tokens=None))
    usage = done_of(World("anthropic", stream(start(14), block(), say("Hi"), DONE, *ends, STOP)).events()).usage
    assert (usage.prompt_tokens, usage.reply_tokens) == (20, 5)


def test_a_request_carries_the_headers_that_let_a_page_in() -> None:
    world = World("anthropic", stream(*PARIS))
    system, mark = Message("system", "Be brief."), Message("assistant", "Well,  \n")
    world.events(replace(ASKED, messages=(system, *ASKED.messages, mark), sampling=Sampling(temperature=1.7)))
    assert world.urls == ["https://api.anthropic.com/v1/messages"]
    assert world.fetch.sent[0] == {
        "x-api-key": KEY,
        "anthropic-version": "2023-06-01",
        "anthropic-dangerous-direct-browser-access": "true",
        "Content-Type": "application/json",
    }
    body = world.sent[0]
    assert body["system"] == "Be brief."
    assert body["messages"] == [
        {"role": "user", "content": [{"type": "text", "text": "What is the capital of France?"}]},
        {"role": "assistant", "content": [{"type": "text", "text": "Well,"}]},
    ]
    assert (body["temperature"], body["max_tokens"]) == (1.0, 1024)
    assert not {"top_p", "top_k", "seed"} & set(body)


def test_pictures_tools_and_their_answers_are_blocks() -> None:
    calls = (ToolCall("weather", {"city": "Rome"}), ToolCall("weather", {"city": "Oslo"}))
    tool = {"type": "function", "function": {"name": "weather", "description": "d", "parameters": {"type": "object"}}}
    asked = Request(
        (
            Message("user", "Look:", images=("UklGRabc",)),
            Message("assistant", "", tool_calls=calls),
            Message("tool", "21 C", tool_name="weather"),
            Message("tool", "3 C", tool_name="weather"),
            Message("user", "And now?"),
        ),
        tools=(tool,),
    )
    world = World("anthropic", stream(*PARIS))
    world.events(asked)
    user, assistant, answers = world.sent[0]["messages"]
    assert user["content"][0]["source"] == {"type": "base64", "media_type": "image/webp", "data": "UklGRabc"}
    ids = [part["id"] for part in assistant["content"]]
    assert [part["type"] for part in answers["content"]] == ["tool_result", "tool_result", "text"]
    assert [part["tool_use_id"] for part in answers["content"][:2]] == ids
    assert world.sent[0]["tools"] == [{"name": "weather", "description": "d", "input_schema": {"type": "object"}}]


def test_an_answer_by_a_schema_is_the_one_tool_and_comes_as_words() -> None:
    parts = (delta("input_json_delta", partial_json='{"fine"'), delta("input_json_delta", partial_json=": true}"))
    used = block("tool_use", id="t", name="answer", input={})
    world = World("anthropic", stream(start(), used, *parts, DONE, end("tool_use"), STOP))
    events = world.events(replace(ASKED, schema={"type": "object"}))
    assert text_of(events) == '{"fine": true}'
    assert world.sent[0]["tool_choice"] == {"type": "tool", "name": "answer"}


def test_thoughts_and_tool_calls_are_told_apart() -> None:
    thinking = (block("thinking"), delta("thinking_delta", thinking="Hm."), delta("signature_delta", signature="x"))
    used = block("tool_use", id="t", name="weather", input={})
    parts = (delta("input_json_delta", partial_json='{"city": '), delta("input_json_delta", partial_json='"Rome"}'))
    world = World("anthropic", stream(start(), *thinking, DONE, used, *parts, DONE, end("tool_use"), STOP))
    assert world.events()[:2] == [Thought("Hm."), ToolCall("weather", {"city": "Rome"}, "t")]


@pytest.mark.parametrize(
    ("reason", "ours"),
    [
        ("end_turn", "end"),
        ("stop_sequence", "end"),
        ("pause_turn", "end"),
        ("max_tokens", "length"),
        ("model_context_window_exceeded", "length"),
    ],
)
def test_why_a_reply_ended_is_told(reason: str, ours: str) -> None:
    world = World("anthropic", stream(start(), block(), say("Hi"), DONE, end(reason), STOP))
    assert done_of(world.events()).stop_reason == ours


def test_a_refusal_is_declined() -> None:
    World("anthropic", stream(start(), block(), say("I"), DONE, end("refusal"), STOP)).error(Declined)


def test_a_stream_without_its_end_is_interrupted_after_its_words() -> None:
    for reply in (stream(*PARIS[:5]), stream(*PARIS[:6]), cut(*PARIS[:5])):
        world = World("anthropic", reply)
        world.error(Interrupted)
        assert text_of(world.told) == "Paris."


def test_an_error_inside_a_stream_has_its_class() -> None:
    for kind, name in ((Overloaded, "overloaded_error"), (RateLimited, "rate_limit_error")):
        error = event("error", error={"type": name, "message": "Busy"})
        world = World("anthropic", stream(start(), block(), say("The"), error))
        assert world.error(kind).detail == "Busy"
        assert text_of(world.told) == "The"


def test_kinds_that_nobody_knows_are_passed_over() -> None:
    unknown = (event("news"), delta("citations_delta", citation={}), block("server_tool_use", id="x", name="y"))
    events = World("anthropic", stream(start(), *unknown, block(), say("Hi"), DONE, end(), STOP)).events()
    assert events[0] == Delta("Hi")


def test_an_event_of_another_shape_says_nothing() -> None:
    odd = (delta("text_delta"), {"type": "content_block_delta", "delta": 7}, {"type": "message_start"})
    events = World("anthropic", stream(start(), block(), *odd, say("Hi"), DONE, end(), STOP)).events()
    assert text_of(events) == "Hi"


def test_a_model_without_a_temperature_is_asked_without_one() -> None:
    words = {"type": "error", "error": {"type": "invalid_request_error", "message": "`temperature` is deprecated."}}
    world = World("anthropic", refused(400, words), stream(*PARIS))
    assert text_of(world.events()) == "Paris."
    assert ["temperature" in body for body in world.sent] == [True, False]
