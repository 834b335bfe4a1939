"""Gemini's dialect: what is sent, and what its responses mean."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.core.errors import BadAnswer, Declined, Interrupted, Overloaded
from app.core.values import Message, Request, Sampling, Thought, ToolCall
from tests.models.cloud.streams import ASKED, KEY, World, cut, refused, stream
from tests.models.fakes import done_of, text_of


def part(*parts: dict[str, Any], end: str = "", counts: dict[str, int] | None = None) -> dict[str, Any]:
    candidate: dict[str, Any] = {"content": {"role": "model", "parts": list(parts)}, "index": 0}
    candidate |= {"finishReason": end} if end else {}
    return {"candidates": [candidate], **({"usageMetadata": counts} if counts else {})}


def say(text: str, end: str = "", counts: dict[str, int] | None = None) -> dict[str, Any]:
    return part({"text": text}, end=end, counts=counts)


COUNTS = {"promptTokenCount": 14, "candidatesTokenCount": 3, "thoughtsTokenCount": 5, "cachedContentTokenCount": 4}
PARIS = (say("Par", counts={"promptTokenCount": 14, "candidatesTokenCount": 1}), say("is.", end="STOP", counts=COUNTS))


def test_a_reply_gives_its_words_and_the_last_counts() -> None:
    events = World("gemini", stream(*PARIS)).events()
    assert text_of(events) == "Paris."
    usage = done_of(events).usage
    assert (usage.prompt_tokens, usage.reply_tokens, usage.cached_tokens, usage.counted) == (14, 8, 4, True)


def test_a_request_names_the_model_in_its_address_and_never_the_key() -> None:
    world = World("gemini", stream(*PARIS))
    messages = (Message("system", "Be brief."), *ASKED.messages)
    world.events(Request(messages, Sampling(max_tokens=60, seed=3), schema={"type": "object"}, think=True))
    base = "https://generativelanguage.googleapis.com/v1beta/models/"
    assert world.urls == [base + "gemini-2.5-flash:streamGenerateContent?alt=sse"]
    assert world.fetch.sent == [{"x-goog-api-key": KEY, "Content-Type": "application/json"}]
    assert world.sent == [
        {
            "contents": [{"role": "user", "parts": [{"text": "What is the capital of France?"}]}],
            "generationConfig": {
                "temperature": 0.3,
                "topP": 0.95,
                "topK": 40,
                "seed": 3,
                "maxOutputTokens": 60,
                "thinkingConfig": {"includeThoughts": True},
                "responseMimeType": "application/json",
                "responseJsonSchema": {"type": "object"},
            },
            "systemInstruction": {"parts": [{"text": "Be brief."}]},
        }
    ]


def test_pictures_tools_and_their_answers_are_parts() -> None:
    tool = {"type": "function", "function": {"name": "weather", "description": "d", "parameters": {"type": "object"}}}
    asked = Request(
        (
            Message("user", "Look:", images=("R0lGODabc",)),
            Message("assistant", "", tool_calls=(ToolCall("weather", {"city": "Rome"}),)),
            Message("tool", "21 C", tool_name="weather"),
        ),
        tools=(tool,),
    )
    world = World("gemini", stream(*PARIS))
    world.events(asked)
    user, model, answer = world.sent[0]["contents"]
    assert user["parts"][1] == {"inlineData": {"mimeType": "image/gif", "data": "R0lGODabc"}}
    assert model["parts"] == [{"functionCall": {"name": "weather", "args": {"city": "Rome"}}}]
    assert answer["parts"] == [{"functionResponse": {"name": "weather", "response": {"result": "21 C"}}}]
    declared = {"name": "weather", "description": "d", "parametersJsonSchema": {"type": "object"}}
    assert world.sent[0]["tools"] == [{"functionDeclarations": [declared]}]


def test_thoughts_and_tool_calls_are_told_apart() -> None:
    call = {"functionCall": {"name": "weather", "args": {"city": "Rome"}, "id": "t"}}
    events = World("gemini", stream(part({"text": "Hm.", "thought": True}, call, end="STOP"))).events()
    assert events[:2] == [Thought("Hm."), ToolCall("weather", {"city": "Rome"}, "t")]


@pytest.mark.parametrize(("reason", "ours"), [("STOP", "end"), ("MAX_TOKENS", "length"), ("OTHER", "end")])
def test_why_a_reply_ended_is_told(reason: str, ours: str) -> None:
    assert done_of(World("gemini", stream(say("Hi", end=reason))).events()).stop_reason == ours


@pytest.mark.parametrize("reason", ["SAFETY", "RECITATION", "PROHIBITED_CONTENT"])
def test_what_its_rules_forbid_is_declined_and_what_came_is_kept(reason: str) -> None:
    world = World("gemini", stream(say("Well"), {"candidates": [{"finishReason": reason}]}))
    assert world.error(Declined).detail == reason
    assert text_of(world.told) == "Well"


def test_a_question_that_its_rules_forbid_is_declined() -> None:
    World("gemini", stream({"promptFeedback": {"blockReason": "SAFETY"}})).error(Declined)


@pytest.mark.parametrize("reason", [["STOP"], {"is": "STOP"}, 7])
def test_an_end_of_an_odd_shape_is_an_end(reason: object) -> None:
    events = World("gemini", stream(say("Hi"), {"candidates": [{"finishReason": reason}]})).events()
    assert done_of(events).stop_reason == "end"


def test_a_malformed_tool_call_is_refused_in_words() -> None:
    world = World("gemini", stream(say("The"), {"candidates": [{"finishReason": "MALFORMED_FUNCTION_CALL"}]}))
    world.error(BadAnswer)


def test_a_stream_without_its_end_is_interrupted_after_its_words() -> None:
    for reply in (stream(say("The")), stream(say("The", end="FINISH_REASON_UNSPECIFIED")), cut(say("The"))):
        world = World("gemini", reply)
        world.error(Interrupted)
        assert text_of(world.told) == "The"


def test_an_error_inside_a_stream_has_its_class() -> None:
    error = {"error": {"code": 503, "message": "The model is overloaded.", "status": "UNAVAILABLE"}}
    World("gemini", stream(say("The"), error)).error(Overloaded)


def test_a_model_that_cannot_do_without_thinking_is_let_think() -> None:
    words = "Budget 0 is invalid. This model only works in thinking mode (thinking_budget)."
    bad = refused(400, {"error": {"code": 400, "message": words, "status": "INVALID_ARGUMENT"}})
    world = World("gemini", bad, stream(*PARIS))
    world.events(replace(ASKED, think=False))
    assert ["thinkingConfig" in body["generationConfig"] for body in world.sent] == [True, False]
