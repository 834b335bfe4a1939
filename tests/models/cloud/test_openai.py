"""OpenAI's dialect, with what others add to it: what is sent, and what a stream means."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.core.errors import AppError, BadAnswer, Declined, Interrupted, Overloaded, ServiceFailed, Unusable
from app.core.values import Delta, Message, Request, Sampling, Thought, ToolCall
from tests.models.cloud.streams import ASKED, KEY, PARIS, World, chunk, counts, cut, refused, say, stop, stream
from tests.models.fakes import done_of, text_of
from tests.words import english

PNG = "iVBORw0KGgoAAAA"
TOOL = {"type": "function", "function": {"name": "weather", "parameters": {"type": "object"}}}


def calls(*parts: dict[str, Any]) -> dict[str, Any]:
    return chunk({"tool_calls": list(parts)})


def test_a_reply_gives_its_words_and_the_services_own_counts() -> None:
    details = {"prompt_tokens_details": {"cached_tokens": 6}}
    world = World("openai", stream(say("Par"), say("is."), stop(), counts(14, 3, **details), "[DONE]"))
    events = world.events()
    assert text_of(events) == "Paris."
    done = done_of(events)
    assert (done.usage.prompt_tokens, done.usage.reply_tokens, done.usage.cached_tokens) == (14, 3, 6)
    assert done.usage.counted
    assert (done.stop_reason, done.engine) == ("end", "OpenAI")
    assert done.timing.total_seconds > done.timing.first_token_seconds > 0


def test_a_request_says_what_the_service_takes_and_nothing_else() -> None:
    world = World("openai", stream(*PARIS))
    world.events()
    assert world.urls == ["https://api.openai.com/v1/chat/completions"]
    assert world.fetch.sent == [{"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}]
    assert world.sent == [
        {
            "model": "gpt-5-mini",
            "messages": [{"role": "user", "content": "What is the capital of France?"}],
            "stream": True,
            "temperature": 0.3,
            "top_p": 0.95,
            "max_completion_tokens": 60,
            "stream_options": {"include_usage": True},
        }
    ]


@pytest.mark.parametrize(
    ("service", "has", "lacks"),
    [
        ("mistral", {"random_seed": 7, "temperature": 1.5, "max_tokens": 60}, {"seed", "stream_options", "top_k"}),
        ("openrouter", {"seed": 7, "top_k": 40, "max_tokens": 60}, {"max_completion_tokens"}),
        ("groq", {"seed": 7, "temperature": 2.0}, {"top_k"}),
        ("own", {"seed": 7, "top_k": 40, "stream_options": {"include_usage": True}}, {"reasoning"}),
    ],
)
def test_each_service_is_told_its_settings_by_its_own_names(service: str, has: dict[str, Any], lacks: set[str]) -> None:
    world = World(service, stream(*PARIS))
    world.events(replace(ASKED, sampling=Sampling(temperature=2.0, seed=7, max_tokens=60)))
    assert world.sent[0].items() >= has.items()
    assert not lacks & set(world.sent[0])


@pytest.mark.parametrize(
    ("service", "model", "think", "told"),
    [
        ("openrouter", "m", False, {"reasoning": {"enabled": False}}),
        ("own", "m", True, {"chat_template_kwargs": {"enable_thinking": True}}),
        ("own", "m", False, {"chat_template_kwargs": {"enable_thinking": False}}),
        ("own", "m", None, {}),
        ("openai", "gpt-5-mini", False, {"reasoning_effort": "none"}),
        ("openai", "gpt-5-mini", True, {}),
        ("openai", "gpt-4o", False, {}),
        ("groq", "qwen/qwen3-32b", False, {"reasoning_effort": "none"}),
        ("mistral", "m", False, {}),
    ],
)
def test_the_switch_is_told_to_those_that_can_be_told(
    service: str, model: str, think: bool | None, told: dict[str, Any]
) -> None:
    world = World(service, stream(*PARIS))
    world.events(replace(ASKED, think=think), replace(world.model, id=world.service.model_id(model)))
    names = {"reasoning", "chat_template_kwargs", "reasoning_effort"}
    assert {name: value for name, value in world.sent[0].items() if name in names} == told


@pytest.mark.parametrize("name", ["chat_template_kwargs", "reasoning_effort"])
def test_where_the_switch_is_refused_the_question_is_asked_without(name: str) -> None:
    service, model = ("own", "m") if name == "chat_template_kwargs" else ("openai", "gpt-5-mini")
    bad = refused(400, {"error": {"message": f"Unsupported value: '{name}'", "param": name}})
    world = World(service, bad, stream(*PARIS), stream(*PARIS))
    asked = replace(world.model, id=world.service.model_id(model))
    for _ in range(2):
        assert text_of(world.events(replace(ASKED, think=False), asked))
    assert [name in sent for sent in world.sent] == [True, False, False]


def test_a_whole_conversation_is_sent_with_pictures_tools_and_a_schema() -> None:
    asked = Request(
        (
            Message("system", "Be brief."),
            Message("user", "What is this?", images=(PNG, "/9j/4AAQ")),
            Message("assistant", "", tool_calls=(ToolCall("weather", {"city": "Rome"}),)),
            Message("tool", "21 C", tool_name="weather"),
        ),
        tools=(TOOL,),
        schema={"type": "object"},
    )
    world = World("openai", stream(*PARIS))
    world.events(asked)
    body = world.sent[0]
    system, user, assistant, answer = body["messages"]
    assert system == {"role": "system", "content": "Be brief."}
    urls = [part["image_url"]["url"] for part in user["content"][1:]]
    assert urls == [f"data:image/png;base64,{PNG}", "data:image/jpeg;base64,/9j/4AAQ"]
    assert assistant["tool_calls"][0]["function"] == {"name": "weather", "arguments": '{"city": "Rome"}'}
    assert answer["tool_call_id"] == assistant["tool_calls"][0]["id"] != ""
    assert body["tools"] == [TOOL]
    assert body["response_format"]["json_schema"]["schema"] == {"type": "object"}


def test_json_of_any_shape_is_asked_for_as_such() -> None:
    world = World("openai", stream(*PARIS))
    world.events(replace(ASKED, schema="json"))
    assert world.sent[0]["response_format"] == {"type": "json_object"}


@pytest.mark.parametrize("name", ["reasoning_content", "reasoning"])
def test_thoughts_are_told_apart_under_either_name(name: str) -> None:
    events = World("own", stream(chunk({name: "Hm."}), *PARIS)).events()
    assert events[0] == Thought("Hm.")
    assert text_of(events) == "Paris."


def test_mistrals_parts_are_thoughts_and_words() -> None:
    parts = [{"type": "thinking", "thinking": [{"type": "text", "text": "Hm."}]}, {"type": "text", "text": "Paris."}]
    events = World("mistral", stream(chunk({"content": parts}), stop(), "[DONE]")).events()
    assert events[:2] == [Thought("Hm."), Delta("Paris.")]
    assert not done_of(events).usage.counted


def test_a_tool_call_in_pieces_is_one_call() -> None:
    events = World(
        "openai",
        stream(
            calls({"index": 0, "id": "a", "function": {"name": "weather", "arguments": ""}}),
            calls({"index": 1, "id": "b", "function": {"name": "time", "arguments": ""}}),
            calls({"index": 0, "function": {"arguments": '{"city":'}}),
            calls({"index": 0, "function": {"arguments": ' "Rome"}'}}),
            stop("tool_calls"),
            "[DONE]",
        ),
    ).events()
    assert events[:2] == [ToolCall("weather", {"city": "Rome"}, "a"), ToolCall("time", {}, "b")]


def test_a_tool_call_that_is_no_json_is_refused_in_words() -> None:
    bad = calls({"index": 0, "id": "a", "function": {"name": "weather", "arguments": '{"city'}})
    replies = [stream(bad, stop("tool_calls"), "[DONE]") for _ in range(3)]
    assert "tool" in english(World("openai", *replies).error(BadAnswer).message)


@pytest.mark.parametrize("index", [None, [], {"a": 1}, "0", 1.5])
def test_a_tool_call_with_an_odd_number_is_one_call_all_the_same(index: object) -> None:
    call = calls({"index": index, "id": "a", "function": {"name": "time", "arguments": "{}"}})
    assert World("openai", stream(call, stop("tool_calls"), "[DONE]")).events()[0] == ToolCall("time", {}, "a")


@pytest.mark.parametrize("cost", [1e300, -1, True, "0.1", None, [], {"a": 1}])
def test_what_is_no_sum_of_money_was_not_charged(cost: object) -> None:
    events = World("openrouter", stream(say("Hi"), stop(), counts(9, 1, cost=cost), "[DONE]")).events()
    assert done_of(events).usage.cost_micros is None


def test_what_a_service_charged_is_kept() -> None:
    events = World("openrouter", stream(say("Hi"), stop(), counts(9, 1, cost=0.00012), "[DONE]")).events()
    assert done_of(events).usage.cost_micros == 120


@pytest.mark.parametrize("told", [12.5, 0, -1, True, "fast", None, 1e300])
def test_the_speed_of_a_llama_cpp_server_is_believed(told: object) -> None:
    """Faults, section 7."""
    last = {"choices": [], "timings": {"predicted_per_second": told, "prompt_per_second": 40}}
    timing = done_of(World("own", stream(say("Hi"), stop(), counts(9, 4), last, "[DONE]")).events()).timing
    assert (timing.tokens_per_second, timing.read_per_second) == (told if told == 12.5 else 0.0, 40.0)


@pytest.mark.parametrize(("reason", "ours"), [("stop", "end"), ("length", "length"), ("eos", "end")])
def test_why_a_reply_ended_is_told(reason: str, ours: str) -> None:
    assert done_of(World("openai", stream(say("Hi"), stop(reason), "[DONE]")).events()).stop_reason == ours


def test_a_filtered_reply_is_declined_and_what_came_is_kept() -> None:
    world = World("openai", stream(say("Well"), stop("content_filter"), "[DONE]"))
    world.error(Declined)
    assert text_of(world.told) == "Well"


@pytest.mark.parametrize("end", [[], [chunk({})], [counts(1, 1)]])
def test_a_stream_without_its_end_is_interrupted_after_its_words(end: list[object]) -> None:
    world = World("openai", stream(say("The capital"), *end))
    error = world.error(Interrupted)
    assert text_of(world.told) == "The capital"
    assert "incomplete" in english(error.message)
    assert len(world.sent) == 1


def test_a_line_that_breaks_is_interrupted_after_its_words() -> None:
    world = World("openai", cut(say("The capital")))
    assert "TypeError" in world.error(Interrupted).detail
    assert text_of(world.told) == "The capital"


def test_a_line_that_breaks_after_the_end_loses_the_counts_alone() -> None:
    events = World("openai", cut(say("Paris."), stop())).events()
    assert text_of(events) == "Paris."
    assert not done_of(events).usage.counted


def test_an_end_mark_alone_is_an_end() -> None:
    assert done_of(World("own", stream(say("Hi"), "[DONE]")).events()).stop_reason == "end"


def test_a_broken_piece_is_told_and_what_came_is_kept() -> None:
    world = World("openai", stream(say("The"), '{"choices": [{"del', *PARIS))
    world.error(BadAnswer)
    assert text_of(world.told) == "The"


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        ({"code": 502, "message": "Provider returned error"}, ServiceFailed),
        ({"type": "overloaded_error", "message": "busy"}, Overloaded),
        ("something", Unusable),
    ],
)
def test_an_error_inside_a_stream_has_its_class(error: object, kind: type[AppError]) -> None:
    world = World("openrouter", stream(say("The"), {"error": error, "choices": []}))
    world.error(kind)
    assert text_of(world.told) == "The"


def test_a_failure_behind_openrouter_is_no_end() -> None:
    World("openrouter", stream(say("The"), stop("error"), "[DONE]")).error(ServiceFailed)


@pytest.mark.parametrize(
    ("message", "param", "gone"),
    [
        ("Unsupported value: 'temperature' does not support 0.3 with this model.", "temperature", "temperature"),
        ("Unsupported parameter: 'top_p' is not supported with this model.", None, "top_p"),
        ("Unknown field: stream_options", None, "stream_options"),
    ],
)
def test_a_setting_that_a_model_refuses_is_left_out_now_and_later(message: str, param: str | None, gone: str) -> None:
    bad = refused(400, {"error": {"message": message, "type": "invalid_request_error", "param": param}})
    world = World("openai", bad, stream(*PARIS), stream(*PARIS))
    assert text_of(list(world.events())) == "Paris."
    assert text_of(list(world.events())) == "Paris."
    assert [gone in body for body in world.sent] == [True, False, False]


def test_a_limit_that_goes_by_its_other_name_is_called_so() -> None:
    words = "Unsupported parameter: 'max_tokens' is not supported. Use 'max_completion_tokens' instead."
    world = World("groq", refused(400, {"error": {"message": words, "param": "max_tokens"}}), stream(*PARIS))
    world.events()
    assert "max_tokens" not in world.sent[1]
    assert world.sent[1]["max_completion_tokens"] == 60


def test_mistrals_refusal_of_a_field_is_understood() -> None:
    detail = [{"type": "extra_forbidden", "loc": ["body", "random_seed"], "msg": "Extra inputs are not permitted"}]
    world = World("mistral", refused(422, {"detail": detail}), stream(*PARIS))
    world.events(replace(ASKED, sampling=Sampling(seed=3)))
    assert "random_seed" not in world.sent[1]
