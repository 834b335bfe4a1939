"""What came with status 200 where a stream was asked for (faults S1, S2, S5 and S7)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from app.core.errors import AppError, BadKey, Declined, Interrupted, NoQuota, RateLimited, ServiceFailed, Unusable
from app.models.cloud.bodies import events_in
from tests.memory import MemoryReply
from tests.models.cloud.streams import CLAUDE, GEMINI, KEY, PARIS, World, chunk, counts, line, say, stop, stream
from tests.models.fakes import done_of, text_of
from tests.words import english

COMPLETION = {
    "object": "chat.completion",
    "choices": [{"index": 0, "message": {"role": "assistant", "content": "Paris."}, "finish_reason": "stop"}],
    "usage": {"prompt_tokens": 14, "completion_tokens": 3},
}
MESSAGE = {
    "type": "message",
    "content": [{"type": "thinking", "thinking": "Hm"}, {"type": "text", "text": "Paris."}],
    "stop_reason": "end_turn",
    "usage": {"input_tokens": 14, "output_tokens": 3},
}
JSON = {"content-type": "application/json"}
PAGE = b"<!DOCTYPE html><html><head><title>Sign in &ndash; Acme</title></head><body>Please</body></html>"


def body(value: object, headers: dict[str, str] | None = None, size: int = 0) -> MemoryReply:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    size = size or len(raw) or 1
    return MemoryReply(200, headers=headers or JSON, chunks=[raw[i : i + size] for i in range(0, len(raw), size)])


@pytest.mark.parametrize(
    ("service", "value"),
    [
        ("openai", COMPLETION),
        ("openai", json.dumps(COMPLETION, indent=2).encode()),
        ("openai", b"\xef\xbb\xbf\n " + json.dumps(COMPLETION).encode()),
        ("own", {"choices": [{"text": "Paris."}]}),
        ("own", {"choices": [{"message": {"content": [{"type": "text", "text": "Paris."}]}}]}),
        ("anthropic", MESSAGE),
        ("gemini", GEMINI[0]),
        ("gemini", {"response": GEMINI[0]}),
        ("own", {"output": [{"type": "reasoning"}, {"type": "message", "content": [{"text": "Paris."}]}]}),
        ("own", {"message": {"role": "assistant", "content": "Paris."}, "done": True}),
        ("own", b'{"message": {"content": "Paris."}, "done": false}\n{"message": {"content": ""}, "done": true}\n'),
        (
            "own",
            b"data: "
            + json.dumps({"object": "chat.completion", "choices": [{"message": {"content": "Paris."}}]}).encode(),
        ),
        ("own", b"\n".join(line(event).strip() for event in PARIS)),
        ("own", b"".join(map(line, PARIS[:3])).strip()),
        ("own", b"".join(map(line, PARIS[:2])) + b"data:  [done]\n\n"),
        ("gemini", json.dumps([*GEMINI], indent=1).encode()),
        ("own", b"".join(json.dumps(event).encode() + b"\n" for event in PARIS[:-1])),
        ("own", b"".join(map(line, PARIS))),
        ("own", b": keep-alive\n\n" + b"".join(map(line, PARIS))),
        ("anthropic", b"".join(map(line, CLAUDE))),
    ],
)
@pytest.mark.parametrize("size", [0, 1, 7])
def test_an_answer_is_used_whatever_form_it_came_in(service: str, value: object, size: int) -> None:
    """Fault S1: whole JSON, JSON lines, a stream under another content type; cut anywhere."""
    for headers in (JSON, {"content-type": "text/plain"}, {"content-type": "text/event-stream"}):
        world = World(service, body(value, headers, size))
        events = world.events()
        assert text_of(events) == "Paris."
        assert done_of(events).stop_reason == "end"
        assert len(world.sent) == 1


@pytest.mark.parametrize(
    ("value", "kind", "words"),
    [
        ({"error": "the moon is full"}, Unusable, "the moon is full"),
        ({"error": {"message": "the moon is full"}}, Unusable, "the moon is full"),
        ({"detail": "the moon is full"}, Unusable, "the moon is full"),
        ({"object": "error", "message": "the moon is full", "code": 40303}, Unusable, "the moon is full"),
        ({"errors": [{"message": "the moon is full"}]}, Unusable, "the moon is full"),
        ({"code": 1234, "msg": "the moon is full"}, Unusable, "the moon is full"),
        ({"error": {"message": "Wrong key", "code": "invalid_api_key"}}, BadKey, "key"),
        ({"error": {"message": "Slow down", "code": 429}}, RateLimited, "Too many"),
        ({"error": {"message": "x", "code": "insufficient_quota"}}, NoQuota, "credit"),
        ({"result": "Paris."}, Unusable, "compatible with OpenAI"),
        ([1, 2], Unusable, "compatible with OpenAI"),
        (b"upstream is asleep", Unusable, "upstream is asleep"),
        (b"data: upstream is asleep\n\n", Unusable, "upstream is asleep"),
        ({"success": False, "message": "the moon is full"}, Unusable, "the moon is full"),
        ({"ok": False, "reason": "the moon is full"}, Unusable, "the moon is full"),
        ({"status": "fail", "data": {"message": "the moon is full"}}, Unusable, "the moon is full"),
        ({"Error": {"Message": "the moon is full", "Code": "X"}}, Unusable, "the moon is full"),
        ({"fault": {"faultstring": "the moon is full"}}, Unusable, "the moon is full"),
        ({"error": "invalid_token", "error_description": "the moon is full"}, Unusable, "invalid_token: the moon is"),
        ({"error": True, "message": "the moon is full"}, Unusable, "error: the moon is full"),
        ({"choices": None, "base_resp": {"status_msg": "the moon is full"}}, Unusable, "the moon is full"),
        ({"choices": None, "base_resp": {"status_msg": "insufficient balance"}}, NoQuota, "credit"),
        (b'"the moon is full"', Unusable, "error: the moon is full"),
        (b"null", Unusable, "compatible with OpenAI"),
        (b"\x1f\x8b\x08\x00\xff\xfe\x00", Unusable, "compatible with OpenAI"),
        (
            b"<?xml version='1.0'?><Error><Message>the moon is full</Message></Error>",
            Unusable,
            "error: the moon is full",
        ),
        (PAGE, Unusable, "Sign in – Acme"),
        (b"\xef\xbb\xbf" + PAGE, Unusable, "Sign in – Acme"),
        (b"<h1>Gateway</h1><script>x()</script> closed", Unusable, "Gateway closed"),
    ],
)
def test_what_is_no_answer_is_told_in_its_own_words_and_once(value: object, kind: type[AppError], words: str) -> None:
    """Fault S1."""
    for headers in (JSON, {"content-type": "text/html"}, {"content-type": "text/event-stream"}):
        world = World("own", *[body(value, headers, 5) for _ in range(3)])
        assert words in english(world.error(kind).message)
        assert len(world.sent) == (1 if kind is not RateLimited else 2)


def test_an_empty_answer_is_asked_for_once_more_and_then_told() -> None:
    """Fault S1."""
    world = World("own", *[MemoryReply(200) for _ in range(3)])
    assert "empty" in english(world.error(Interrupted).message)
    assert len(world.sent) == 2


def test_lines_that_end_before_they_are_done_were_cut() -> None:
    """Fault S2."""
    World("own", body({"message": {"content": "Par"}, "done": False})).error(Interrupted)


def test_a_stream_of_nothing_but_its_end_is_no_reply() -> None:
    """Fault S2: an empty reply would look finished."""
    World("own", *[stream("[DONE]") for _ in range(3)]).error(Interrupted)


def test_words_that_a_server_repeats_hold_no_key() -> None:
    world = World("own", body({"error": f"the key {KEY} is odd"}))
    assert "[key]" in english(world.error(Unusable).message)


@pytest.mark.parametrize(
    ("service", "event", "kind"),
    [
        ("openai", {"object": "error", "message": "boom", "code": 500}, ServiceFailed),
        ("openai", {"object": "error", "message": "boom"}, Unusable),
        ("openai", {"detail": "boom"}, Unusable),
        ("openai", {"error": "boom"}, Unusable),
        ("openai", {"message": "boom", "code": "internal_error"}, Unusable),
        ("openai", {"message": "boom", "status": 503}, AppError),
        ("openai", {"type": "error", "message": "boom"}, Unusable),
        ("openai", {"success": False, "message": "boom"}, Unusable),
        ("openai", {"Error": "boom"}, Unusable),
        ("openai", {"statusCode": 500, "message": "boom"}, AppError),
        ("openai", {"base_resp": {"status_code": 1002, "status_msg": "boom"}}, Unusable),
        ("openai", {"fault": {"faultstring": "boom"}}, Unusable),
        ("openai", {"type": "response.failed", "response": {"error": {"message": "boom"}}}, Unusable),
        ("openai", ("exception", {"message": "boom"}), Unusable),
        ("openai", "[ERROR] boom", Unusable),
        ("openai", "Internal server error: boom", Unusable),
        ("openai", ("error", "boom"), Unusable),
        ("openai", ("error", {"message": "boom"}), Unusable),
        ("openai", {"choices": [{"delta": {}, "error": {"code": 502, "message": "boom"}}]}, ServiceFailed),
        ("anthropic", {"detail": "boom"}, Unusable),
        ("anthropic", {"object": "error", "message": "boom", "code": 500}, ServiceFailed),
        ("gemini", {"error": {"code": 500, "message": "boom"}}, ServiceFailed),
        ("gemini", {"message": "boom", "code": 500}, ServiceFailed),
    ],
)
def test_an_error_inside_a_stream_is_one_by_its_shape(service: str, event: object, kind: type[AppError]) -> None:
    """Fault S2: the words that came are kept, the error's own words are told."""
    first: Any = {"anthropic": CLAUDE[1], "gemini": {"candidates": [{"content": {"parts": [{"text": "Paris."}]}}]}}
    world = World(service, stream(first.get(service, say("Paris.")), event, "[DONE]"))
    with pytest.raises(kind) as caught:
        world.events()
    assert "boom" in english(caught.value.message) + caught.value.detail
    assert text_of(world.told) == "Paris."
    assert len(world.sent) == 1


@pytest.mark.parametrize(
    "event",
    [
        *("", "null", "[]", "7", '"words"', "true", "ping", "[1]", "{}", " "),
        *({"choices": None}, {"choices": []}, {"choices": [None]}, {"choices": [{"delta": None}]}, {"news": {"a": 1}}),
        *(
            ("ping", {"type": "ping"}),
            {"code": 0, "message": "ok"},
            {"message": "x", "status": "queued"},
            {"choices": 7},
            {"choices": [7]},
        ),
    ],
)
def test_what_says_nothing_in_the_middle_is_passed_over(event: object) -> None:
    """Fault S5."""
    events = World("openai", stream(say("Par"), event, say("is."), stop(), counts(14, 3), "[DONE]")).events()
    assert text_of(events) == "Paris."
    assert done_of(events).usage.counted
    for service, first, rest in (
        ("anthropic", CLAUDE[0], CLAUDE[1:]),
        ("gemini", {"candidates": [{"content": {"parts": []}}]}, GEMINI),
    ):
        assert text_of(World(service, stream(first, event, *rest)).events()) == "Paris."


def test_text_by_other_names_is_read_and_not_read_twice() -> None:
    """Fault S7."""
    parts = [{"choices": [{"message": {"content": text}}]} for text in ("ha", "ha", "!")]
    assert text_of(World("own", stream(*parts, stop())).events()) == "haha!"
    assert text_of(World("own", stream({"choices": [{"text": "Paris."}]}, stop())).events()) == "Paris."
    again = {"choices": [{"delta": {}, "message": {"content": "Paris."}, "finish_reason": "stop"}]}
    assert text_of(World("own", stream(say("Par"), say("is."), again)).events()) == "Paris."


@pytest.mark.parametrize(
    ("usage", "inside", "outside"),
    [
        ({"prompt_tokens": 14.0, "completion_tokens": 3.0}, 14, 3),
        ({"prompt_tokens": "14", "completion_tokens": "3"}, 14, 3),
        ({"prompt_tokens": 14, "total_tokens": 17}, 14, 3),
        ({"total_tokens": 17, "completion_tokens": 3}, 14, 3),
        ({"input_tokens": 14, "output_tokens": 3}, 14, 3),
    ],
)
def test_counts_of_other_forms_are_read(usage: dict[str, Any], inside: int, outside: int) -> None:
    """Fault S7."""
    told = done_of(World("own", stream(say("Paris."), stop(), {"choices": [], "usage": usage})).events()).usage
    assert (told.prompt_tokens, told.reply_tokens, told.counted) == (inside, outside, True)


@pytest.mark.parametrize(
    "usage",
    [
        *({}, None, 7, {"prompt_tokens": None, "completion_tokens": None}, {"prompt_tokens": 14}),
        *({"completion_tokens": 3}, {"prompt_tokens": 0, "completion_tokens": 0}, {"total_tokens": 17}),
        *({"prompt_tokens": "many", "completion_tokens": []}, {"prompt_tokens": 14, "completion_tokens": -3}),
        {"prompt_tokens": float("inf"), "completion_tokens": True},
    ],
)
def test_counts_that_were_not_told_stay_unknown(usage: object) -> None:
    """Fault S7: not "0 tokens, counted"."""
    told = done_of(World("own", stream(say("Paris."), stop(), {"choices": [], "usage": usage})).events()).usage
    assert not told.counted
    assert told.prompt_tokens > 0
    assert told.reply_tokens > 0


def test_a_figure_that_is_no_json_does_not_cost_the_reply() -> None:
    """Fault S7."""
    odd = '{"choices": [{"delta": {"content": "NaN is \\"NaN\\""}}], "logprob": NaN, "x": [-Infinity]}'
    assert text_of(World("own", stream(odd, stop())).events()) == 'NaN is "NaN"'


def test_a_reply_without_words_may_have_no_tokens() -> None:
    told = done_of(World("own", stream(chunk({}), stop(), counts(14, 0))).events()).usage
    assert (told.reply_tokens, told.counted) == (0, True)


def test_bytes_of_a_stream_are_given_on_as_they_come() -> None:
    """A stream is not held back to see what it is."""
    seen = []

    async def chunks() -> AsyncIterator[bytes]:
        yield b"da"
        yield b"ta: 1\n\n"
        seen.append("asked for more")
        yield b"data: 2\n\n"

    async def read() -> None:
        async for _, data in events_in(chunks(), {}):
            seen.append(data)

    asyncio.run(read())
    assert seen == ["1", "asked for more", "2"]


@pytest.mark.parametrize(
    ("reason", "kind"),
    [("network_error", ServiceFailed), ("insufficient_system_resource", ServiceFailed), ("sensitive", Declined)],
)
def test_a_reason_that_is_no_end_is_an_error(reason: str, kind: type[AppError]) -> None:
    """Fault S2."""
    World("own", stream(say("Paris."), stop(reason))).error(kind)


def test_other_reasons_and_places_are_read() -> None:
    """Fault S7: a length by its other name, and counts that stand in the choice."""
    end = stop("max_tokens")
    end["choices"][0]["usage"] = {"prompt_tokens": 14, "completion_tokens": 3}
    done = done_of(World("own", stream(say("Paris."), end)).events())
    assert (done.stop_reason, done.usage.prompt_tokens, done.usage.counted) == ("length", 14, True)
